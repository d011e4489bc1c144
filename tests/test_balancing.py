"""Model M16: balancing when China looks first, and when all choose at once."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import balancegame as bg
from balancegame.models.balancing import BALANCING

AT_ONCE = bg.models["balancing-at-once"]

quarter = st.integers(1, 20).map(lambda n: Fraction(n, 4))
values = st.fixed_dictionaries(dict.fromkeys(("g", "kappa", "b_US", "b_JP"), quarter)).map(
    lambda v: {**v, "kappa": min(v["kappa"], Fraction(5))}
)
# Losses exceed the costs, as the model assumes.
losing = st.fixed_dictionaries({"US": quarter, "JP": quarter})


def with_losses(v, more):
    return {**v, "L_US": v["b_US"] + more["US"], "L_JP": v["b_JP"] + more["JP"]}


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
    situation = solution_name(BALANCING, g=v["g"], kappa=v["kappa"])
    balance, passing = (1, 0), (0, 1)
    us, japan = v["b_US"] / v["L_US"], v["b_JP"] / v["L_JP"]
    if situation == "Chicken":
        # What an ally does leaves the *other* indifferent, so the other's costs are in it.
        mixed = ((1 - japan, japan), (1 - us, us))
        assert [e.strategies for e in solution] == [(balance, passing), mixed, (passing, balance)]
    elif situation == "Stag Hunt":
        mixed = ((japan, 1 - japan), (us, 1 - us))
        assert [e.strategies for e in solution] == [
            (balance, balance),
            mixed,
            (passing, passing),
        ]
    else:
        assert situation == "giving up"
        assert [e.strategies for e in solution] == [(passing, passing)]


def test_at_the_boundaries_china_holds_back():
    assert bg.pure_equilibria(BALANCING.game(g=2, kappa=2)) == (
        ("Balance", "Pass"),
        ("Pass", "Balance"),
    )
    assert bg.pure_equilibria(BALANCING.game(g=4, kappa=2))[0] == ("Balance", "Balance")
    assert bg.pure_equilibria(BALANCING.game(g=0, kappa=2)) == (("Pass", "Pass"),)


def test_what_china_gains_changes_nothing_at_once_until_it_gains_nothing():
    found = bg.regimes(AT_ONCE, "g")
    assert [(r.low, r.high) for r in found] == [(0, 0), (0, 10)]
    assert found[0].solution == (("Pass", "Pass", "Assert"), ("Pass", "Pass", "Hold back"))
    assert found[1].solution == (("Pass", "Pass", "Assert"),)


@pytest.mark.parametrize("preset", AT_ONCE.presets)
def test_presets_have_the_one_equilibrium(preset):
    game = AT_ONCE.game(**AT_ONCE.presets[preset])
    assert bg.pure_equilibria(game) == (("Pass", "Pass", "Assert"),)


def test_a_budget_as_the_cost_of_balancing_makes_balancing_hopeless_for_the_us():
    game = BALANCING.game(**AT_ONCE.presets["2014, by spending"])
    assert bg.pure_equilibria(game) == (("Pass", "Pass"),)
