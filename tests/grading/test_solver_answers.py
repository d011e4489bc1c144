"""What exercises ask in the same way, against the solvers of equilibria and of norms."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.errors import GameError
from balancegame.grading.exercise.solver_answers import (
    gains_from_departing,
    least_patience,
    mixtures,
    temptations,
)
from tests.bounded_fractions import bounded_fractions

tables = st.lists(st.lists(st.integers(-4, 4), min_size=2, max_size=2), min_size=2, max_size=2)
# Sucker's payoff, and by how much more punishment, reward and temptation pay.
steps = st.tuples(st.integers(-3, 3), *[st.integers(1, 5)] * 3)


@settings(deadline=None)
@given(tables, tables)
def test_mixtures_are_those_of_the_one_equilibrium_in_which_both_mix(first, second):
    game = bg.NormalFormGame([first, second])
    found = bg.equilibria(game)
    both = [e.strategies for e in found if all(0 < p < 1 for side in e.strategies for p in side)]
    if len(both) == 1 and not found.degenerate:
        assert mixtures(game) == tuple(side[0] for side in both[0])
    elif not found.degenerate:
        with pytest.raises(GameError, match="nobody has to mix"):
            mixtures(game)


@settings(deadline=None)
@given(steps, steps, bounded_fractions(0, Fraction(9, 10), 20))
def test_temptations_are_the_gains_of_one_departure_at_any_patience(japan, us, delta):
    (S, P, R, T), (s, p, r, t) = ([sum(each[: k + 1]) for k in range(4)] for each in (japan, us))
    stage = bg.NormalFormGame([[[R, S], [T, P]], [[r, t], [s, p]]], actions=(("C", "D"),) * 2)
    grim = bg.grim_trigger(("C", "C"), ("D", "D"))
    verdict = bg.verify(bg.RepeatedGame(stage, delta), grim)
    for (gain, needed), regret in zip(temptations(stage, grim), verdict.regrets, strict=True):
        assert regret == max(gain * (1 - delta / needed), 0)
    gains = gains_from_departing(stage, grim, delta)
    assert (*(max(gain, 0) for gain in gains),) == verdict.regrets


@pytest.mark.parametrize("cost", [1, 2, 3])
@pytest.mark.parametrize("lost", [0, 1, 2, 3])
def test_a_player_who_gains_nothing_at_once_needs_no_patience(cost, lost):
    japan, us = [[3, 0], [5, 1]], [[cost, cost - lost], [-9, 0]]
    stage = bg.NormalFormGame([japan, us], actions=(("C", "D"),) * 2)
    grim = bg.grim_trigger(("C", "C"), ("D", "D"))
    assert temptations(stage, grim) == ((2, Fraction(1, 2)), (-lost, 0))
    assert least_patience(stage, grim) == Fraction(1, 2)
    for delta in (Fraction(1, 4), Fraction(3, 4)):
        assert bool(bg.verify(bg.RepeatedGame(stage, delta), grim)) is (delta > Fraction(1, 2))
        by_japan, by_the_us = gains_from_departing(stage, grim, delta)
        assert by_japan == 2 * (1 - 2 * delta)
        assert by_the_us == -lost * (1 - delta) - cost * delta


def test_a_punishment_that_costs_nothing_is_refused():
    stage = bg.NormalFormGame([[[3, 0], [5, 4]], [[3, 5], [0, 1]]], ("Japan", "US"))
    grim = bg.grim_trigger(("action 1", "action 1"), ("action 2", "action 2"))
    with pytest.raises(GameError, match="costs Japan nothing"):
        least_patience(stage, grim)
