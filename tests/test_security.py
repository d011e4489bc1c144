"""Maxmin, minmax and the value of zero-sum games: from the definition and by another method."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings

import balancegame as bg
from balancegame.models.routes import routes_game, routes_in_closed_form
from tests.one_sentence import one_sentence
from tests.tied_games import games, payoff_at, zero_sum_games


def others(game, player):
    return product(*(range(n) for i, n in enumerate(game.shape) if i != player))


@settings(max_examples=150, deadline=None)
@given(games())
def test_both_strategies_do_what_they_promise_and_meet(game):
    """A strategy that yields at least v, and one that allows at most v: no other v will do."""
    for i, level in enumerate(bg.security_levels(game)):
        assert level.player == game.players[i]
        assert level.maxmin == level.minmax
        secured = min(
            sum(
                p * payoff_at(game, i, (*rest[:i], a, *rest[i:]))
                for a, p in enumerate(level.strategy)
            )
            for rest in others(game, i)
        )
        assert sum(level.strategy) == 1
        assert min(level.strategy) >= 0
        assert secured == level.maxmin
        rivals = [k for k in range(len(game.players)) if k != i]
        held = [
            (tuple(game.actions[k].index(a) for k, a in zip(rivals, names, strict=True)), p)
            for names, p in level.against
        ]
        assert sum(p for _, p in held) == 1
        assert min(p for _, p in held) > 0
        allowed = max(
            sum(p * payoff_at(game, i, (*rest[:i], a, *rest[i:])) for rest, p in held)
            for a in range(game.shape[i])
        )
        assert allowed == level.minmax


@settings(max_examples=100, deadline=None)
@given(games())
def test_without_mixing_as_by_brute_force(game):
    for i, level in enumerate(bg.security_levels(game)):
        rows = [
            [payoff_at(game, i, (*rest[:i], a, *rest[i:])) for rest in others(game, i)]
            for a in range(game.shape[i])
        ]
        assert level.pure_maxmin == max(min(row) for row in rows)
        assert level.pure_minmax == min(max(column) for column in zip(*rows, strict=True))
        assert min(rows[game.actions[i].index(level.pure_strategy)]) == level.pure_maxmin
        assert level.pure_maxmin <= level.maxmin <= level.pure_minmax


@settings(max_examples=150, deadline=None)
@given(zero_sum_games())
def test_the_value_is_what_every_equilibrium_yields(game):
    found = bg.zero_sum_value(game)
    assert {e.payoffs for e in bg.equilibria(game)} == {(found.value, -found.value)}
    assert bg.verify(game, found.strategies).holds
    ours, theirs = bg.security_levels(game)
    assert ours.maxmin == ours.minmax == found.value == -theirs.maxmin


@pytest.mark.parametrize(
    ("costs", "losses"), [([0, 0], [3, 6]), ([0, 1, 2], [6, 3, 2]), ([0, 5], [4, 1]), ([2], [1])]
)
def test_routes(costs, losses):
    closed = routes_in_closed_form(costs, losses)
    assert bg.zero_sum_value(routes_game(costs, losses)).value == -closed.loss


def test_a_large_value_and_a_single_action():
    big = 10**12
    game = bg.NormalFormGame([[[big, -big], [-big, big]], [[-big, big], [big, -big]]])
    assert bg.zero_sum_value(game).value == 0
    decision = bg.NormalFormGame([[1, 3, 2]])
    (level,) = bg.security_levels(decision)
    assert (level.maxmin, level.strategy, level.against) == (3, (0, 1, 0), (((), 1),))


def test_three_players_hold_down_by_coordinating():
    """Two who match hurt the third only where it guesses wrong, so they toss one coin for both."""
    third = [[[0, 1], [1, 1]], [[1, 1], [1, 0]]]
    game = bg.NormalFormGame([[[[0, 0]] * 2] * 2, [[[0, 0]] * 2] * 2, third])
    level = bg.security_levels(game)[2]
    assert level.maxmin == Fraction(1, 2)
    assert level.against == (
        (("action 1", "action 1"), Fraction(1, 2)),
        (("action 2", "action 2"), Fraction(1, 2)),
    )


def test_refused():
    with one_sentence("sum to 2 at", "and to 3 at", "security_levels"):
        bg.zero_sum_value(bg.NormalFormGame([[[1, 2]], [[1, 1]]]))
    with one_sentence("2 players", "3"):
        bg.zero_sum_value(bg.NormalFormGame([[[[1]]]] * 3))
