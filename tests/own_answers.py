"""Right answers to each student's own payoffs, worked out by hand, and what mistakes lead to.

Answers to exercises that ask for numbers follow from the closed forms of the lessons here, so that
the solver, which the exercise tests ask, is not asked about itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

import balancegame as bg
from balancegame.grading.exercise.variants import Variant
from tests.wrong_answers_06 import APART, GRIM, TURNS, WAYS, automaton

GRIM_TRIGGER, TAKING_TURNS = GRIM, automaton(TURNS, WAYS)
NO_SUPPORT = automaton({"apart": APART}, {"apart": "apart"})


@dataclass(frozen=True)
class Asked:
    """What a variant asks.

    Attributes
    ----------
    task : int
    right : str
        The source of the right answer.
    mistakes : dict
        From the key of a misconception, or of several parted by a space, to a source.
    """

    task: int
    right: str
    mistakes: dict[str, str] = field(default_factory=dict)


def number(task: int, name: str, right: Fraction, **mistakes: Fraction) -> Asked:
    """Return a question for a number; the keys of mistakes have hyphens for underscores."""
    wrong = {key.replace("_", "-"): f'{name} = "{value}"' for key, value in mistakes.items()}
    return Asked(task, f'{name} = "{right}"', wrong)


def word(task: int, name: str, right: str, **mistakes: str) -> Asked:
    """Return a question for a word."""
    wrong = {key.replace("_", "-"): f"{name} = {value!r}" for key, value in mistakes.items()}
    return Asked(task, f"{name} = {right!r}", wrong)


def security_or_energy(own: Variant) -> list[Asked]:
    """Return what exercise 1 asks: best replies with ties, and a continuum with two ends."""
    (japan, russia), threat = own["investment"].payoffs, own["empty_threat"]
    asked = {
        "japan_if_tax": dict(zip(("Invest", "Wait"), (row[1] for row in japan), strict=True)),
        "japan_if_seize": dict(zip(("Invest", "Wait"), (row[2] for row in japan), strict=True)),
        "russia_if_invest": dict(zip(("Protect", "Tax", "Seize"), russia[0], strict=True)),
        "russia_if_wait": dict(zip(("Protect", "Tax", "Seize"), russia[1], strict=True)),
    }
    found = []
    for name, payoffs in asked.items():
        best = {action for action, payoff in payoffs.items() if payoff == max(payoffs.values())}
        mistakes = {"one-of-a-tie": f"{name} = {min(best)!r}"} if len(best) > 1 else {}
        others = {"Invest"} if name.startswith("russia") else {"Tax"}
        mistakes["other-players-actions"] = f"{name} = {others!r}"
        found.append(Asked(1, f"{name} = {best!r}", mistakes))
    comply = threat.payoff(("Comply", "Enforce"))[0]
    punished, unpunished = (
        threat.payoff(("Engage", column))[0] for column in ("Enforce", "Acquiesce")
    )
    p = (unpunished - comply) / (unpunished - punished)
    pure = [("Comply", "Enforce"), ("Engage", "Acquiesce")]
    end = ("Comply", {"Enforce": str(p), "Acquiesce": str(1 - p)})
    swapped = ("Comply", {"Enforce": str(1 - p), "Acquiesce": str(p)})
    mistakes = {"pure-only": f"all_equilibria = {pure}"}
    if p > Fraction(1, 2):
        key = "probability-of-the-wrong-action pure-only"
        mistakes[key] = f"all_equilibria = {[*pure, swapped]}"
    return [*found, Asked(2, f"all_equilibria = {[*pure, end]}", mistakes)]


def mixing_and_guarding(own: Variant) -> list[Asked]:
    """Return what exercise 3 asks: each mixture keeps the other player indifferent."""
    ((e, f), (g, h)), ((a, b), (c, d)) = own["watched"].payoffs
    violate, sanction = (d - c) / (a - b - c + d), (h - f) / (e - f - g + h)
    return [
        number(1, "japan_violates", violate, own_payoffs=sanction, other_action=1 - violate),
        number(1, "us_sanctions", sanction, own_payoffs=violate, other_action=1 - sanction),
        word(2, "tougher", "US", own_payoff="Japan", nobody_moves="nobody"),
        word(2, "cheaper", "Japan", own_payoff="US", one_moves="both"),
        word(2, "more_to_gain", "US", own_payoff="Japan", one_moves="both"),
        word(2, "more_damage", "nobody", difference_counts="Japan"),
    ]


def sanctioning_together(own: Variant) -> list[Asked]:
    """Return what exercise 4 asks: the situation of each table, and thresholds of dominance."""
    found = []
    for name in ("table_a", "table_b", "table_c", "table_d"):
        right = bg.situation(own[name])
        pairs = (("prisoners' dilemma", "deadlock"), ("assurance", "Chicken"))
        keys = ("equilibrium-alone", "assurance-or-chicken")
        found.append(
            Asked(
                1,
                f"{name} = {right!r}",
                {
                    key: f"{name} = {other!r}"
                    for key, pair in zip(keys, pairs, strict=True)
                    for this, other in (pair, pair[::-1])
                    if this == right
                },
            )
        )
    for name in ("first_threshold", "second_threshold", "third_threshold"):
        v = own[name]
        greed, fear = (
            max(
                v[f"c_{sender}"] + gain * v[f"g_{sender}"] - share * v["B"]
                for sender in ("US", "JP")
            )
            for gain, share in ((1, 1 - v["beta"]), (0, v["beta"]))
        )
        half = {"greed_only": greed} if greed < fear else {"fear_only": fear}
        found.append(number(2, name, max(greed, fear), **half, too_large=max(greed, fear) + 1))
    return found


def shadow_of_the_future(own: Variant) -> list[Asked]:
    """Return what exercise 6 asks: (T - R)/(T - P), a gain, and an automaton that takes turns."""
    ((R, _), (T, P)) = own["alliance_a"].payoffs[0]
    (((r, _), (t, p)), ((q, u), (_, v))) = own["alliance_b"].payoffs
    h, delta = own["hazard"], own["forgiving_delta"]
    alone = (T - R) / (T - P)
    low, high = sorted([(t - r) / (t - p), (u - q) / (u - v)])
    third = alone / (1 - h)
    gain = (1 - delta) * (T - R - delta * (R - P))
    tiny = Fraction(1, 10**4)
    return [
        number(1, "first_delta", alone, rounded=alone + tiny, no_discount_factor=1 / alone),
        number(1, "second_delta", high, one_player_only=low, too_large=(1 + high) / 2),
        number(1, "third_delta", third, no_hazard=alone, too_small=alone / 2),
        word(2, "weak_state", "peace", safe_state="punishment"),
        number(
            2,
            "gain",
            gain,
            today_only=T - R,
            no_punishment=(1 - delta) * (T - R),
            grim_instead=(1 - delta) * (T - R) - delta * (R - P),
            sign=-gain,
            not_the_gain=gain / 3,
        ),
        Asked(
            4,
            TAKING_TURNS,
            {"temptation": GRIM_TRIGGER, "no-better nothing-sustained": NO_SUPPORT},
        ),
    ]


def balancing_china(own: Variant) -> list[Asked]:
    """Return what exercise 7 asks: regions of the map, and mixtures 1 - b/L and b/L."""
    found = []
    for name in ("first", "second", "third", "fourth"):
        g, kappa = own[name]["g"], own[name]["kappa"]
        one, both = g <= kappa, g <= 2 * kappa
        right = "Chicken" if one else "Stag Hunt" if both else "giving up"
        if g == 2 * kappa:
            mistakes = {"on_the_line": "giving up"}
        else:
            mistakes = {"another_region": "Chicken" if right == "Stag Hunt" else "Stag Hunt"}
        found.append(word(1, name, right, **mistakes))
    v = own["chicken"]
    us, japan = (Fraction(v[f"b_{ally}"], v[f"L_{ally}"]) for ally in ("US", "JP"))
    for game, chances in (("chicken", (1 - japan, 1 - us)), ("stag_hunt", (japan, us))):
        for ally, right, other in (("us", *chances), ("japan", *chances[::-1])):
            name = f"{ally}_in_{game}"
            found.append(number(2, name, right, own_payoffs=other, other_action=1 - right))
    return found


QUESTIONS: dict[str, Callable[[Variant], list[Asked]]] = {
    "01_security_or_energy": security_or_energy,
    "03_mixing_and_guarding": mixing_and_guarding,
    "04_sanctioning_together": sanctioning_together,
    "06_the_shadow_of_the_future": shadow_of_the_future,
    "07_balancing_china": balancing_china,
}


def right_answers(own: Variant) -> dict[int, str]:
    """Return the right answers to a variant, a source a task."""
    return _joined([(one.task, one.right) for one in QUESTIONS[own.exercise](own)])


def mistaken_answers(own: Variant, number: int) -> tuple[dict[int, str], list[tuple[int, str]]]:
    """Return answers that make the mistake of this number wherever there is one, and the keys.

    The keys are pairs of a task and a misconception, one for each criterion that is not met.
    """
    chosen, keys = [], []
    for one in QUESTIONS[own.exercise](own):
        key, source = ([*one.mistakes.items()][number : number + 1] or [("", one.right)])[0]
        chosen.append((one.task, source))
        keys += [(one.task, each) for each in key.split()]
    return _joined(chosen), sorted(keys)


def most_mistakes(own: Variant) -> int:
    """Return how many mistakes the question with the most of them knows."""
    return max(len(one.mistakes) for one in QUESTIONS[own.exercise](own))


def _joined(sources: list[tuple[int, str]]) -> dict[int, str]:
    found: dict[int, str] = {}
    for task, source in sources:
        found[task] = f"{found[task]}\n{source}" if task in found else source
    return found
