"""The claims: each is proved; a broken model and a wider domain are refuted, by an exact game."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

import balancegame as bg

# What comes next in both models in which the weather changes.
WEATHER = {
    "calm": {"calm": "1 - f", "hostility": "f"},
    "hostility": {"calm": "r", "hostility": "1 - r"},
}
ALL = {claim.number: claim for claim in bg.claims}


def payoff(model, player, cell, text):
    """Return a model in which one payoff is another."""
    if isinstance(model, bg.SequentialModel):
        return replace(model, at_once=payoff(model.at_once, player, cell, text))
    if isinstance(model, bg.RepeatedModel):
        stage = payoff(model.stage, player, cell, text)
        return bg.RepeatedModel(stage, model.norms, model.delta, model.hazard)
    if isinstance(model, bg.StochasticModel):
        stages = {state: payoff(m, player, cell, text) for state, m in model.stages.items()}
        return bg.StochasticModel(stages, WEATHER, model.norms)
    k = model.players.index(player)
    place = tuple(names.index(a) for names, a in zip(model.actions, cell, strict=True))

    def changed(table, at):
        if not at:
            return text
        return tuple(changed(part, at[1:]) if j == at[0] else part for j, part in enumerate(table))

    tables = [changed(t, place) if i == k else t for i, t in enumerate(model.payoffs)]
    return replace(model, payoffs=tables)


def worth(model, **changed):
    """Return a coalitional model in which some coalitions are worth something else."""
    given = {
        tuple(name for i, name in enumerate(model.players) if mask >> i & 1): formulas
        for mask, formulas in enumerate(model.worth)
        if mask
    }
    return replace(model, worth={**given, **{tuple(k.split("_")): v for k, v in changed.items()}})


def weights(model, name, text):
    k = model.players.index(name)
    (rule,) = model.weights
    return replace(model, weights=[text if i == k else w for i, w in enumerate(rule)],
                   quota="majority" if model.quota == (None,) else model.quota[0])  # fmt: skip


def ends(game):
    """Return the pure ways in which subgame-perfect play can end, actions one by one."""
    found = set()
    for outcome in bg.subgame_perfect(game).pure.outcomes:
        flat = ()
        for label in outcome[0].history:
            flat += (label,) if isinstance(label, str) else tuple(label)
        found.add(flat)
    return found


def norm(number):
    model = ALL[number].model
    (title,) = (t for t in model.norms if t in ALL[number].proposition)
    return model.norms[title].automata


def dominates(game):
    _, japan = game.payoffs
    return all(japan[i][0] > japan[i][1] for i in range(2))


def share(game, name):
    return bg.shapley(game)[name]


def nash(*profile):
    return lambda v, game: bg.verify(game, profile).holds


def routes(v, game):
    l_M, l_L = v["l_M"], v["l_L"]
    total = l_M + l_L
    profile = (
        (l_L / total, l_M / total, 0),
        ((l_L + v["c_L"] - v["c_M"]) / total, (l_M + v["c_M"] - v["c_L"]) / total, 0),
    )
    mixes = min(min(side) for side in profile) >= 0
    cost = l_M * l_L + v["c_M"] * l_L + v["c_L"] * l_M
    return (mixes and bg.verify(game, profile).holds) == (v["c_S"] * total >= cost)


def turns(v):
    return 1 - v["delta"] + v["delta"] * (v["f"] + v["r"])


def to_come(v):
    """Return what the outputs from a calm on come to, times what both limits are divided by."""
    calm, hostile = 1 - v["delta"] + v["delta"] * v["r"], v["delta"] * v["f"]
    return v["y"] * calm + (v["y"] - v["z"]) * hostile


@dataclass(frozen=True)
class Case:
    """How to break a model, a domain that is too wide, and what each means in plain Python."""

    broken: Callable[[Any], Any]
    # A part of the proposition's domain, and what stands in its place.
    drop: str
    instead: str
    inside: Callable[[Mapping[str, Any]], bool]
    says: Callable[[Mapping[str, Any], Any], bool]


CASES = {
    1: Case(
        lambda m: payoff(m, "Japan", ("Concede", "Engage", "Punish"), "S + E - s"),
        "I > x",
        "I > 0",
        lambda v: min(v["E"], v["z"], v["x"], v["f"], v["r"] - v["k"], v["I"] - v["x"]) > 0
        and v["E"] < v["s"] < v["E"] + v["z"],
        lambda v, g: ends(g) == {("Concede", "Engage", "Punish")},
    ),
    2: Case(
        lambda m: replace(m, outcomes={"islands returned": ("v_J", "-v_R + a")}),
        "v_J < v_R + a",
        "v_J <= v_R + a",
        lambda v: min(v["v_R"], v["a"], v["v_R"] + v["a"] - v["v_J"]) > 0,
        lambda v, g: not bg.nash_bargaining(g).deal,
    ),
    3: Case(
        lambda m: payoff(m, "Japan", ("Trade", "Trade"), "g_JP - s"),
        "s > c_JP - beta*B",
        "s >= c_JP - beta*B",
        lambda v: v["s"] > v["c_JP"] - v["beta"] * v["B"]
        and v["s"] > v["c_JP"] + v["g_JP"] - (1 - v["beta"]) * v["B"],
        lambda v, g: dominates(g),
    ),
    4: Case(
        lambda m: payoff(m, "Russia", ("Invest", "Seize"), "y + I"),
        "I, y > 0",
        "y > 0",
        lambda v: min(v["I"], v["y"]) > 0 and v["s"] >= 0 and 0 <= v["theta"] <= 1,
        lambda v, g: bg.verify(g, norm(4)).holds
        == (v["I"] + v["s"] <= v["theta"] * v["y"] and v["theta"] <= v["delta"] * (1 - v["h"])),
    ),
    5: Case(
        lambda m: worth(m, Russia_China="2*c"),
        "j <= c + s",
        "j <= c + 2*s",
        lambda v: v["c"] > 0 and v["s"] >= 0 and v["s"] <= v["j"] <= v["c"] + v["s"],
        lambda v, g: share(g, "Russia") == v["c"] / 2 + (v["j"] - v["s"]) / 6
        and share(g, "China") == v["c"] / 2 - (v["j"] - v["s"]) / 3
        and share(g, "Japan") == (v["j"] - v["s"]) / 6,
    ),
    6: Case(
        lambda m: worth(m, Russia_Vietnam="2*v"),
        "j - s <= v",
        "j - s <= c",
        lambda v: v["c"] > v["v"] > 0 and v["s"] >= 0 and v["j"] - v["s"] <= v["v"],
        lambda v, g: bg.verify(g, (v["p"], v["c"] - v["p"], 0, 0)).holds
        == (v["v"] <= v["p"] <= v["c"]),
    ),
    7: Case(
        lambda m: payoff(m, "Japan", ("Withhold",), "rho*S + E"),
        "Delta*S >= E",
        "Delta > 0",
        lambda v: min(v["E"], v["S"]) > 0 and v["Delta"] * v["S"] >= v["E"],
        nash("Support"),
    ),
    8: Case(
        lambda m: payoff(m, "Russia", ("Invest", "Seize"), "0"),
        "< y*(1 - delta)",
        "<= y*(1 - delta)",
        lambda v: v["I"] > 0 and v["s"] >= 0 and 0 <= v["z"] < v["y"] and 0 <= v["theta"] <= 1
        and (1 - v["theta"]) * to_come(v) < v["y"] * (1 - v["delta"]) * turns(v),
        lambda v, g: not bg.verify(g, norm(8)).holds,
    ),
    9: Case(
        lambda m: worth(m, Russia_Japan="0"),
        "j > s",
        "j >= s",
        lambda v: v["c"] > 0 and v["j"] > v["s"] >= 0,
        lambda v, g: share(g, "Russia") > v["c"] / 2,
    ),
    10: Case(
        lambda m: payoff(m, "US", ("Give 0", "Give 0"), "3*v_US*m_1"),
        "v_JP*m_2 < 1",
        "v_JP*m_3 < 1",
        lambda v: v["m_1"] > v["m_2"] > v["m_3"] > v["m_4"] >= 0 and v["v_JP"] > 0
        and v["v_US"] * v["m_2"] > 1 > v["v_US"] * v["m_3"] and v["v_JP"] * v["m_2"] < 1,
        lambda v, g: bg.pure_equilibria(g) == (("Give 2", "Give 0"),),
    ),
    11: Case(
        lambda m: weights(m, "China", "2"),
        "q - J <= 9",
        "q - J <= 10",
        lambda v: v["J"] >= 0 and v["c"] == 1 and 8 < v["q"] - v["J"] <= 9,
        lambda v, g: [str(share(g, name)) for name in ("US", "China", "Russia", "elected 1")]
        == ["421/2145"] * 3 + ["4/2145"],
    ),
    12: Case(
        lambda m: replace(m, vetoes={**m.vetoes, "UK": 0}),
        "q - J <= 9",
        "q - J <= 10",
        lambda v: min(v["J"], v["V"], v["q"]) > 0 and v["c"] == 0 and v["q"] - v["J"] <= 9,
        lambda v, g: 283 <= share(g, "China") * 1716 <= 286
        and share(g, "US") == share(g, "China") == share(g, "Japan"),
    ),
    13: Case(
        lambda m: weights(m, "US", "2*US"),
        "US <= CN + RU + JP + IN",
        "US <= 2*CN",
        lambda v: min(v.values()) > 0 and 2 * max(v.values()) <= sum(v.values()),
        lambda v, g: max(bg.shapley(g)) < 1,
    ),
    14: Case(
        lambda m: payoff(m, "State", ("0", "1", "US"), "2"),
        "b = 0",
        "b >= 0",
        lambda v: v["b"] == 0 and v["w_U"] > 4 and v["w_R"] > 1,
        lambda v, g: ("0", "0", "US") not in ends(g),
    ),
    15: Case(
        lambda m: payoff(m, "State", ("0", "0", "Russia"), "1"),
        "w_R < b",
        "w_R < 2*b",
        lambda v: v["w_U"] > 0 and 0 < v["w_R"] < v["b"],
        lambda v, g: ("0", "0", "US") in ends(g),
    ),
    16: Case(
        lambda m: payoff(m, "Japan", ("Public", "Comply"), "0"),
        "s < E + a",
        "s < E + 2*a",
        lambda v: 0 < v["e"] < v["I"] and v["a"] > 0 and v["E"] < v["s"] < v["E"] + v["a"],
        lambda v, g: ends(g) == {("Public", "Engage")},
    ),
    17: Case(
        lambda m: payoff(m, "Japan", ("Hedge",), "eps*E - q*L*(1 - a)/2 - sigma*s"),
        "q*L = E",
        "q*L >= E",
        lambda v: min(v["E"], v["L"], v["q"]) > 0 and 0 < v["a"] < 1 and 0 < v["eps"] < 1
        and v["s"] == 0 and v["q"] * v["L"] == v["E"],
        lambda v, g: bg.verify(g, ("Hedge",)).holds == (v["a"] + v["eps"] >= 1),
    ),
    18: Case(
        lambda m: payoff(m, "Japan", ("Withhold", "Support"), "2*Y"),
        "k > q",
        "k >= 0",
        lambda v: min(v["E"], v["Y"], v["D"], v["y"], v["k"] - v["q"]) > 0 and v["s"] == 0
        and v["delta"] * v["D"] >= v["y"],
        lambda v, g: bg.verify(g, norm(18)).holds
        == ((v["delta"] * v["Y"] - v["E"]) * turns(v)
            >= (v["k"] - v["q"]) * (1 - v["delta"] + v["delta"] * v["f"])),
    ),
    19: Case(
        lambda m: payoff(m, "China", ("Balance", "Balance", "Assert"), "g - kappa"),
        "b_US < L_US",
        "b_US < 2*L_US",
        lambda v: 0 < v["b_US"] < v["L_US"] and 0 < v["b_JP"] < v["L_JP"]
        and min(v["g"], v["kappa"]) > 0,
        lambda v, g: (("Balance", "Balance", "Hold back") in ends(g))
        == (v["kappa"] <= v["g"] <= 2 * v["kappa"]),
    ),
    20: Case(
        lambda m: payoff(m, "Japan", ("Sakhalin", "Attack Malacca"), "0"),
        "c_M < c_L + l_L",
        "c_M < c_L + 2*l_L",
        lambda v: min(v["l_M"], v["l_L"], v["l_S"]) > 0 and v["c_M"] < v["c_L"] + v["l_L"]
        and v["c_L"] < v["c_M"] + v["l_M"],
        routes,
    ),
    21: Case(
        lambda m: payoff(m, "Russia", ("Nothing", "Return"), "B/2"),
        "B, c > 0",
        "B > 0",
        lambda v: min(v["B"], v["c"]) > 0,
        lambda v, g: bg.verify(g, norm(21)).holds
        == (v["c"] <= (v["delta"] * (1 - v["h"])) ** 3 * v["B"]),
    ),
    22: Case(
        lambda m: payoff(m, "Japan", ("Sanction", "Engage"), "E"),
        "E, h, d > 0",
        "h, d > 0",
        lambda v: min(v["E"], v["h"], v["d"]) > 0,
        lambda v, g: (("Sanction", "Engage") in ends(g))
        == (v["s"] <= v["E"] and v["g"] <= -v["d"]),
    ),
    23: Case(
        lambda m: payoff(m, "US", ("Sanction", "Stay out"), "1"),
        "s > E",
        "s >= 0",
        lambda v: min(v["E"], v["h"], v["d"]) > 0 and v["s"] > v["E"],
        lambda v, g: (("Lift", "Engage") in ends(g)) == (v["g"] >= 0),
    ),
}  # fmt: skip


def test_there_are_23_in_order():
    assert [claim.number for claim in bg.claims] == list(range(1, 24))
    assert sorted(CASES) == list(range(1, 24))
    assert bg.claims.numbered(12) is bg.claims[11]
    with pytest.raises(bg.GameError, match="numbered 1 to 23"):
        bg.claims.numbered(24)


@pytest.mark.parametrize("claim", bg.claims, ids=lambda claim: str(claim.number))
def test_each_is_proved(claim):
    proof = claim.prove(seconds=60)
    assert proof.holds is True, repr(proof)
    assert proof.steps
    assert proof.checked()


@pytest.mark.parametrize("number", CASES)
def test_a_broken_model_is_refuted(number):
    claim, case = ALL[number], CASES[number]
    proof = bg.prove(claim.proposition, case.broken(claim.model), seconds=60)
    assert proof.holds is False, repr(proof)
    found = proof.counterexample
    assert bg.verify(found).holds
    assert case.inside(found.values)
    assert not case.says(found.values, found.game)


@pytest.mark.parametrize("number", CASES)
def test_a_wider_domain_is_refuted(number):
    claim, case = ALL[number], CASES[number]
    domain, colon, statement = claim.proposition.partition(":")
    # Part of a chain stays a chain.
    wider = domain.replace(case.drop, case.instead)
    if wider == domain:
        _first, second = case.drop.split(" ", 1)
        wider = domain.replace(second, case.instead.split(" ", 1)[1])
    assert wider != domain
    proof = bg.prove(f"{wider}{colon}{statement}", claim.model, seconds=60)
    assert proof.holds is False, repr(proof)
    found = proof.counterexample
    assert bg.verify(found).holds
    assert not case.inside(found.values)
    assert not case.says(found.values, found.game)


@pytest.mark.parametrize("claim", bg.claims, ids=lambda claim: str(claim.number))
def test_each_is_told(claim):
    assert claim.kind in ("supported", "supported if", "contradicted")
    assert claim.verdict.startswith(claim.kind)
    words = str(bg.explain(claim))
    assert claim.text in words
    assert "This is proved" in words
    assert claim.model.omits in words
    assert bg.draw(claim).alt
    assert claim.models
    assert claim.model.name in claim.models or claim.number in claim.model.claims


def test_some_claims_are_not_simply_supported():
    kinds = [claim.kind for claim in bg.claims]
    assert kinds.count("contradicted") >= 1
    assert kinds.count("supported if") >= 3
