"""Model M16: balancing when China looks first, and when all choose at once."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import balancegame as bg
from balancegame.solvers.parametric.regime_names import solution_name

BALANCING = bg.models["balancing"]
AT_ONCE = bg.models["balancing-at-once"]

quarter = st.integers(1, 20).map(lambda n: Fraction(n, 4))
values = st.fixed_dictionaries(dict.fromkeys(("g", "kappa", "b_US", "b_JP"), quarter)).map(
    lambda v: {**v, "kappa": min(v["kappa"], Fraction(5))}
)
# Losses exceed the costs, as the model assumes.
losing = st.fixed_dictionaries({"US": quarter, "JP": quarter})


def with_losses(v, more):
    return {**v, "L_US": v["b_US"] + more["US"], "L_JP": v["b_JP"] + more["JP"]}


def region(g, kappa):
    """Where g and kappa lie on the map, from the model's propositions."""
    if g <= 0:
        return "no threat"
    return "Chicken" if g <= kappa else "Stag Hunt" if g <= 2 * kappa else "giving up"


@given(values, losing)
def test_at_once_balancing_is_strictly_dominated_and_china_asserts_itself(v, more):
    game = AT_ONCE.game(**with_losses(v, more))
    for cell in game.cells():
        for ally in (0, 1):
            if cell[ally] == 0:
                passing = tuple(1 if i == ally else a for i, a in enumerate(cell))
                assert game.at(ally, passing) == game.at(ally, cell) + v[("b_US", "b_JP")[ally]]
    assert bg.pure_equilibria(game) == (("Pass", "Pass", "Assert"),)


@given(values, losing)
def test_when_china_looks_first_the_allies_play_chicken_stag_hunt_or_give_up(v, more):
    v = with_losses(v, more)
    solution = bg.equilibria(BALANCING.game(**v))
    name = region(v["g"], v["kappa"])
    balance, passing = (1, 0), (0, 1)
    us, japan = v["b_US"] / v["L_US"], v["b_JP"] / v["L_JP"]
    if name == "Chicken":
        # What an ally does leaves the *other* indifferent, so the other's costs are in it.
        mixed = ((1 - japan, japan), (1 - us, us))
        assert [e.strategies for e in solution] == [(balance, passing), mixed, (passing, balance)]
    elif name == "Stag Hunt":
        mixed = ((japan, 1 - japan), (us, 1 - us))
        assert [e.strategies for e in solution] == [
            (balance, balance),
            mixed,
            (passing, passing),
        ]
    else:
        assert name == "giving up"
        assert [e.strategies for e in solution] == [(passing, passing)]
    assert solution_name(BALANCING, **v) == name


@given(values, losing)
def test_the_outcomes_are_those_of_the_subgame_perfect_plans_in_which_china_holds_back(v, more):
    """Brute force: every plan of the three, China's reply to each pair of actions included."""
    v = with_losses(v, more)
    tree, at_once = BALANCING.tree(**v), AT_ONCE.game(**v)
    pairs = list(product(("Balance", "Pass"), repeat=2))

    def payoffs(pair, reply):
        return at_once.payoff((*pair, reply[pair]))

    expected = set()
    for replies in product(("Assert", "Hold back"), repeat=4):
        reply = dict(zip(pairs, replies, strict=True))
        # China's gain from asserting itself says which replies are best, ties included.
        gain = {pair: v["g"] - pair.count("Balance") * v["kappa"] for pair in pairs}
        if any(gain[p] < 0 if reply[p] == "Assert" else gain[p] > 0 for p in pairs):
            continue
        for pair in pairs:
            others = [("Pass" if a == "Balance" else "Balance") for a in pair]
            departures = [(others[0], pair[1]), (pair[0], others[1])]
            if all(
                payoffs(d, reply)[i] <= payoffs(pair, reply)[i] for i, d in enumerate(departures)
            ):
                expected.add((pair, tuple(reply.items())))
    found = bg.subgame_perfect(tree).pure
    assert {(e.plan[()], tuple((p, e.plan[p,]) for p in pairs)) for e in found} == expected
    assert len(found) == len(expected)
    game = bg.truncated(tree, when_indifferent={"China": "Hold back"})
    assert game == BALANCING.game(**v)


def test_at_the_boundaries_china_is_indifferent_and_is_taken_to_hold_back():
    assert bg.pure_equilibria(BALANCING.game(g=2, kappa=2)) == (
        ("Balance", "Pass"),
        ("Pass", "Balance"),
    )
    assert bg.pure_equilibria(BALANCING.game(g=4, kappa=2))[0] == ("Balance", "Balance")
    assert bg.pure_equilibria(BALANCING.game(g=0, kappa=2)) == (("Pass", "Pass"),)
    with pytest.raises(bg.GameError, match="China is indifferent after"):
        bg.truncated(BALANCING.tree(g=4, kappa=2))
    # What it might do instead makes other equilibria: at g = 2 kappa also giving up.
    outcomes = {e.outcomes[0].history for e in bg.subgame_perfect(BALANCING.tree(g=4, kappa=2))}
    assert outcomes == {
        (("Balance", "Balance"), "Hold back"),
        (("Pass", "Pass"), "Assert"),
    }


@pytest.mark.parametrize("resolution", [11, 21])
def test_the_map_is_exact_in_every_cell_and_on_its_lines(resolution):
    diagram = bg.sweep(BALANCING, "g", "kappa", resolution=resolution)
    for j, kappa in enumerate(diagram.y):
        for i, g in enumerate(diagram.x):
            words = diagram.legend[diagram.labels[j, i]]
            assert words.startswith(f"{region(g, kappa)}: "), (g, kappa)
    assert sum(g in (kappa, 2 * kappa) for g in diagram.x for kappa in diagram.y) >= resolution


def test_the_regimes_of_g():
    found = bg.regimes(BALANCING, "g")
    assert [(r.low, r.high, r.name) for r in found] == [
        (0, 0, "no threat"),
        (0, 2, "Chicken"),
        (2, 2, "Chicken"),
        (2, 4, "Stag Hunt"),
        (4, 4, "Stag Hunt"),
        (4, 10, "giving up"),
    ]
    costs = bg.regimes(BALANCING, "b_JP", g=1)
    # Above its loss Japan never balances, and the US must.
    assert [(r.low, r.high, r.name) for r in costs] == [
        (Fraction(1, 4), 6, "Chicken"),
        (6, 6, ""),
        (6, 10, ""),
    ]
    mixed = costs[0].solution[1].strategies[0]
    assert [str(p) for p in mixed] == ["(6 - b_JP)/6", "b_JP/6"]
    assert [e.strategies for e in costs[2].solution] == [((1, 0), (0, 1))]


def test_what_china_gains_changes_nothing_at_once_until_it_gains_nothing():
    found = bg.regimes(AT_ONCE, "g")
    assert [(r.low, r.high) for r in found] == [(0, 0), (0, 10)]
    assert found[0].solution == (("Pass", "Pass", "Assert"), ("Pass", "Pass", "Hold back"))
    assert found[1].solution == (("Pass", "Pass", "Assert"),)


@pytest.mark.parametrize("preset", AT_ONCE.presets)
def test_presets_have_the_one_equilibrium_at_once(preset):
    game = AT_ONCE.game(**AT_ONCE.presets[preset])
    assert bg.pure_equilibria(game) == (("Pass", "Pass", "Assert"),)


def test_presets_lie_where_their_titles_say():
    told = {title: solution_name(BALANCING, **v) for title, v in BALANCING.presets.items()}
    assert told == {
        "one is enough": "Chicken",
        "it takes both": "Stag Hunt",
        "out of reach": "giving up",
        "2014, by spending": "giving up",
    }


def test_a_budget_as_the_cost_of_balancing_makes_balancing_hopeless_for_the_us():
    game = BALANCING.game(**BALANCING.presets["2014, by spending"])
    assert bg.pure_equilibria(game) == (("Pass", "Pass"),)
    assert bg.undominated(game)[0] == ("Pass",)
