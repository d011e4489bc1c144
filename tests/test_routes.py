"""Model M7: the closed form for n routes against the solver, and its propositions."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import balancegame as bg
from balancegame.models.routes import routes_game, routes_in_closed_form

MODEL = bg.models["routes"]

numbers = st.integers(0, 12).map(lambda n: Fraction(n, 2))
routes = st.lists(st.tuples(numbers, numbers.map(lambda x: x + 1)), min_size=1, max_size=5)


@given(routes)
def test_the_closed_form_is_an_equilibrium_of_the_game(listed):
    costs, losses = zip(*listed, strict=True)
    found = routes_in_closed_form(costs, losses)
    game = routes_game(costs, losses)
    verdict = bg.verify(game, (found.supply, found.attack))
    assert verdict.holds
    assert verdict.payoffs == (-found.loss, found.loss)


@given(routes.filter(lambda listed: len(listed) <= 4))
def test_the_solver_finds_the_closed_form_and_no_other_attack(listed):
    costs, losses = zip(*listed, strict=True)
    found = routes_in_closed_form(costs, losses)
    solution = bg.equilibria(routes_game(costs, losses))
    assert {e.strategies[1] for e in solution} == {found.attack}
    assert found.supply in {e.strategies[0] for e in solution}
    if found.loss not in costs:
        assert [e.strategies for e in solution] == [(found.supply, found.attack)]


@given(st.lists(numbers.map(lambda x: x + 1), min_size=1, max_size=5), numbers.map(lambda x: x + 1))
def test_a_new_route_that_costs_nothing_lowers_the_loss_by_the_harmonic_rule(losses, new):
    before = routes_in_closed_form([0] * len(losses), losses).loss
    after = routes_in_closed_form([0] * (len(losses) + 1), [*losses, new]).loss
    assert 1 / after == 1 / before + 1 / new
    assert after < before


def test_a_route_too_dear_to_use_is_neither_used_nor_attacked():
    assert routes_in_closed_form([0, 5], [4, 1]).supply == (1, 0)
    assert routes_in_closed_form([0, 5], [4, 1]).loss == 4
    tie = routes_in_closed_form([0, 4], [4, 1])
    assert (tie.supply, tie.attack) == ((1, 0), (1, 0))
    assert bg.equilibria(routes_game([0, 4], [4, 1])).degenerate


def test_the_model_is_the_game_of_three_routes():
    values = MODEL.values()
    costs = [values[f"c_{i}"] for i in "MLS"]
    losses = [values[f"l_{i}"] for i in "MLS"]
    assert MODEL.game().payoffs == routes_game(costs, losses).payoffs
    found = routes_in_closed_form(costs, losses)
    assert found.loss == Fraction(5, 2)
    assert found.supply == (Fraction(1, 6), Fraction(1, 2), Fraction(1, 3))


@pytest.mark.parametrize("preset", MODEL.presets)
def test_presets_are_zero_sum_and_solved_by_the_closed_form(preset):
    values = MODEL.values(**MODEL.presets[preset])
    found = routes_in_closed_form(
        [values[f"c_{i}"] for i in "MLS"], [values[f"l_{i}"] for i in "MLS"]
    )
    (only,) = bg.equilibria(MODEL.game(**values))
    assert only.strategies == (found.supply, found.attack)
    assert only.payoffs == (-found.loss, found.loss)


def test_refused():
    with pytest.raises(bg.GameError, match="there are 2 costs and 1 losses"):
        routes_in_closed_form([0, 1], [1])
    with pytest.raises(bg.GameError, match="the loss on route 2 is 0; it must be more than 0"):
        routes_game([0, 1], [1, 0])
