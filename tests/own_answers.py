"""Right answers to each student's own payoffs, worked out by hand.

They follow from the closed forms of the lessons, so that neither the solver, which the exercises
ask, nor what they declare is asked about itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import compress
from typing import Any

from balancegame.grading.exercise.variants import Variant

SENDERS = ("US", "JP")


def security_or_energy(own: Variant) -> dict[int, dict[str, Any]]:
    """Return best replies with ties, and a continuum with two ends."""
    japan, russia = own["investment"].payoffs
    _, tax, seize = zip(*japan, strict=True)
    compared = {"japan_if_tax": tax, "japan_if_seize": seize}
    compared |= {"russia_if_invest": russia[0], "russia_if_wait": russia[1]}
    names = {"japan": ("Invest", "Wait"), "russia": ("Protect", "Tax", "Seize")}
    best = {
        asked: frozenset(compress(names[asked.split("_")[0]], (x == max(line) for x in line)))
        for asked, line in compared.items()
    }
    (comply, _), (punished, unpunished) = own["empty_threat"].payoffs[0]
    p = (unpunished - comply) / (unpunished - punished)
    end = ("Comply", {"Enforce": str(p), "Acquiesce": str(1 - p)})
    return {1: best, 2: {"all_equilibria": [("Comply", "Enforce"), ("Engage", "Acquiesce"), end]}}


def who_moves_first(own: Variant) -> dict[int, dict[str, Any]]:
    """Return what backward induction finds without ties, and thresholds of the lesson's trees."""
    japan, russia = own["investment"].payoffs
    scale, treatment = own["investment"].actions
    # Russia sees the row; if it goes first, Japan sees the column.
    replies = [row.index(max(row)) for row in russia]
    rows = [column.index(max(column)) for column in zip(*japan, strict=True)]
    foreseen = [row[reply] for row, reply in zip(japan, replies, strict=True)]
    yields = [russia[row][column] for column, row in enumerate(rows)]
    E, a, s, d = own["values"].values()
    return {
        1: {
            "after_build": treatment[replies[0]],
            "after_lease": treatment[replies[1]],
            "japan_first": scale[foreseen.index(max(foreseen))],
            "russia_first": treatment[yields.index(max(yields))],
        },
        2: {
            "in_public": E + a,
            "least_concession": s - E,
            "lifts_if_japan_waits": 0,
            "lifts_if_japan_goes": -d,
        },
    }


def mixing_and_guarding(own: Variant) -> dict[int, dict[str, Any]]:
    """Return mixtures that keep the other player indifferent, and whose of them moves."""
    ((e, f), (g, h)), ((a, b), (c, d)) = own["watched"].payoffs
    japan, us = (d - c) / (a - b - c + d), (h - f) / (e - f - g + h)
    moved = {"tougher": "US", "cheaper": "Japan", "more_to_gain": "US", "more_damage": "nobody"}
    return {1: {"japan_violates": japan, "us_sanctions": us}, 2: moved}


def sanctioning_together(own: Variant) -> dict[int, dict[str, Any]]:
    """Return the situation of each table, and thresholds of dominance."""
    situations = {}
    for name in ("table_a", "table_b", "table_c", "table_d"):
        us, japan = own[name].payoffs
        kinds = {sender_kind(us), sender_kind(tuple(zip(*japan, strict=True)))}
        situations[name] = kinds.pop() if len(kinds) == 1 else "suasion"
    thresholds = {}
    for name in ("first_threshold", "second_threshold", "third_threshold"):
        v = own[name]
        greed = max(v[f"c_{i}"] + v[f"g_{i}"] for i in SENDERS) - (1 - v["beta"]) * v["B"]
        fear = max(v[f"c_{i}"] for i in SENDERS) - v["beta"] * v["B"]
        thresholds[name] = max(greed, fear)
    return {1: situations, 2: thresholds}


def sender_kind(own: Any) -> str:
    """Name the situation of one sender by its four payoffs."""
    (joint, alone), (tempted, apart) = own
    keeps, dares = joint > tempted, alone > apart
    if keeps or dares:
        return {(1, 1): "harmony", (1, 0): "assurance", (0, 1): "Chicken"}[keeps, dares]
    return "prisoners' dilemma" if joint > apart else "deadlock"


def hedging_and_independence(own: Variant) -> dict[int, dict[str, Any]]:
    """Return the best policies, the ends of a band, w - b and E/S."""
    policies = {}
    for name in ("first", "second", "third", "fourth"):
        E, a, eps, cost, s = own[name].values()
        brings = {
            "Align": 0,
            "Hedge": eps * E - cost * (1 - a) - Fraction(s, 4),
            "Engage": E - cost - s,
        }
        policies[name] = max(brings, key=lambda policy: brings[policy])
    E, a, eps = own["band"].values()
    turns = {
        "hedge_from": (1 - eps) * E / a,
        "align_from": eps * E / (1 - a),
        "price_of_loyalty": own["suitor"]["w_R"] - own["suitor"]["b"],
        "fall_of_help": Fraction(own["ally"]["E"], own["ally"]["S"]),
    }
    return {1: policies, 2: turns}


def shadow_of_the_future(own: Variant) -> dict[int, dict[str, Any]]:
    """Return (T - R)/(T - P) for both players, with and without a sanction, and a gain."""
    ((R, _), (T, P)) = own["alliance_a"].payoffs[0]
    (((r, _), (t, p)), ((q, u), (_, v))) = own["alliance_b"].payoffs
    delta, alone = own["forgiving_delta"], (T - R) / (T - P)
    patience = {
        "first_delta": alone,
        "second_delta": max((t - r) / (t - p), (u - q) / (u - v)),
        "sanctioned_delta": (T - own["sanction"] - R) / (T - P),
    }
    gain = (1 - delta) * (T - R - delta * (R - P))
    return {1: patience, 2: {"weak_state": "peace", "gain": gain}}


def balancing_china(own: Variant) -> dict[int, dict[str, Any]]:
    """Return regions of the map, and mixtures 1 - b/L and b/L."""
    regions = {}
    for name in ("first", "second", "third", "fourth"):
        g, kappa = own[name]["g"], own[name]["kappa"]
        regions[name] = "Chicken" if g <= kappa else "Stag Hunt" if g <= 2 * kappa else "giving up"
    v = own["chicken"]
    us, japan = Fraction(v["b_US"], v["L_US"]), Fraction(v["b_JP"], v["L_JP"])
    mixtures = {"us_in_chicken": 1 - japan, "japan_in_chicken": 1 - us}
    mixtures |= {"us_in_stag_hunt": japan, "japan_in_stag_hunt": us}
    return {1: regions, 2: mixtures}


def pivots_concerts_and_councils(own: Variant) -> dict[int, dict[str, Any]]:
    """Return how often A is pivotal in six orders, and the formulas of the lesson."""
    power = {}
    for name in ("first", "second", "third", "fourth"):
        A, B, C, quota = own[name].values()
        # A comes first twice, after B, after C, and last twice.
        before = (0, 0, B, C, B + C, B + C)
        power[name] = Fraction(sum(total < quota <= total + A for total in before), 6)
    c, j, s = own["gas"].values()
    prices = {
        "russia_at_least": j - s,
        "china_shapley": Fraction(c, 2) - Fraction(j - s, 3),
        "japan_shapley": Fraction(j - s, 6),
        "payment": Fraction(sum(own["islands"].values()), 2),
    }
    return {1: power, 2: prices}


def what_the_customs_data_say(own: Variant) -> dict[int, dict[str, Any]]:
    """Return bounds of one sanction, and what prices and contracts come to."""
    crude, coal, gas = own["first_year"].values()
    average, russia, volume = own["prices"].values()
    E, s, b = own["contract"].values()
    before, after, much, little = own["trade"].values()
    *left, kept = own["second_year"].values()
    return {
        1: {
            "crude_alone": crude,
            "at_least": max(crude, coal),
            "below": gas,
            "second_year": "yes" if max(left) < kept else "no",
        },
        2: {
            "advantage": volume * average - volume * russia,
            "least_contract": s - E,
            "largest_sanction": b + E,
            "price_times": Fraction(after * much, before * little),
        },
    }


def if_it_may_end_tomorrow(own: Variant) -> dict[int, dict[str, Any]]:
    """Return a hazard and a sanction that are survived, and ratios of cost to worth."""
    ((R, _), (T, P)), delta = own["alliance"].payoffs[0], own["delta"]
    invested, output, counts, h = own["project"].values()
    E, Y, e, y = map(Fraction, own["issues"].values())
    return {
        1: {
            "largest_hazard": 1 - (T - R) / (T - P) / delta,
            "largest_sanction": counts * (1 - h) * output - invested,
        },
        2: {"hard_alone": E / Y, "easy_alone": e / y, "linked": (E + e) / (Y + y)},
        5: weather(*own["weather"].values(), *own["costs"].values()),
    }


def weather(E: Any, k: Any, Y: Any, d: Any, r: Any, calm: Any, hostility: Any) -> dict[str, Any]:
    """Return what follows from d Y = E + k - k w with w = d r/(1 - d + d (f + r))."""
    w = 1 - (d * Y - E) / k
    f = (d * r / w - (1 - d)) / d - r
    return {"largest_chance": f, "more_frequent": "harder" if hostility > calm else "easier"}


def linked_issues(own: Variant) -> dict[str, Any]:
    """Return two issues, each worth q, whose costs sum to 2 p, where delta is p/q."""
    (p, q), doubt = own["design_delta"].as_integer_ratio(), own["design_hazard"]
    costs = {"hard_cost": p * (1 + doubt), "easy_cost": p * (1 - doubt)}
    return {**costs, "hard_worth": q, "easy_worth": q}


def right_values(own: Variant) -> Mapping[int, Mapping[str, Any]]:
    """Return the right answers to a variant, for each task its names and values."""
    by_hand: Callable[[Variant], dict[int, dict[str, Any]]] = globals()[
        own.exercise[3:].removeprefix("the_")
    ]
    return by_hand(own)


def right_answers(own: Variant) -> dict[int, str]:
    """Return the right answers to a variant, a source for each task that depends on it."""
    found = {
        task: "\n".join(written(name, value) for name, value in values.items())
        for task, values in right_values(own).items()
    }
    if "design_delta" in own.games:
        own_issues = (written(name, value) for name, value in linked_issues(own).items())
        return {**found, 4: "\n".join(own_issues)}
    return found


def written(name: str, value: Any) -> str:
    """Return the source that gives a name a value, as a student would write it."""
    if isinstance(value, Fraction):
        return f'{name} = "{value}"'
    return f"{name} = {set(value) if isinstance(value, frozenset) else value!r}"
