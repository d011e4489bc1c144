"""Continua of Markov-perfect equilibria: what lies between those listed, against sampling."""

from itertools import combinations
from random import Random

import balancegame as bg
from tests.markov_search import in_floats, residual
from tests.stochastic_games import random_chances, random_stage
from tests.test_markov_perfect import HUNT, tied_world


def between(one, other, share):
    """Return the chances of first actions, player by player, part of the way to another."""
    return [
        [
            (1 - share) * float(one.strategies[w][i][0]) + share * float(other.strategies[w][i][0])
            for w in one.game.states
        ]
        for i in (0, 1)
    ]


def test_continua_hold_equilibria_only_and_all_such_segments():
    rng = Random(360)
    joined = apart = 0
    for _ in range(24):
        game = tied_world(rng, 2, 2)
        if rng.random() < 0.7:
            stages = [random_stage(rng, 2, 0, rng.choice((1, 2))) for _ in game.states]
            chances = {
                w: {(a, b): random_chances(rng, game.states) for a in "CD" for b in "CD"}
                for w in game.states
            }
            stages = [bg.NormalFormGame(s.payoffs, actions=(("C", "D"),) * 2) for s in stages]
            game = bg.StochasticGame(game.states, stages, chances, "1/2")
        found, numbers = bg.markov_perfect(game), in_floats(game)
        for (i, one), (j, other) in combinations(enumerate(found), 2):
            changed = sum(
                a != b
                for w in game.states
                for a, b in zip(one.strategies[w], other.strategies[w], strict=True)
            )
            if changed != 1:
                assert (i, j) not in found.segments
                continue
            worst = max(
                max(map(max, residual(numbers, *between(one, other, k / 40))[1]))
                for k in range(1, 40)
            )
            assert (worst < 1e-9) == ((i, j) in found.segments)
            joined, apart = joined + (worst < 1e-9), apart + (worst >= 1e-9)
        assert {k for group in found.continua for k in group} == {
            k for pair in found.segments for k in pair
        }
    assert joined > 50
    assert apart > 0


def test_a_continuum_is_said():
    zeros = bg.NormalFormGame([[[0, 0], [0, 0]]] * 2, actions=(("C", "D"),) * 2)
    game = bg.StochasticGame(
        ("on", "over"), (HUNT, zeros), {"on": {"on": "1/2", "over": "1/2"}, "over": "over"}, "1/2"
    )
    found = bg.markov_perfect(game)
    # What is done at the end does not matter: a square for each equilibrium of the hunt.
    assert found.continua == ((0, 1, 2, 3), (4, 5, 6, 7), (8, 9, 10, 11))
    assert len(found.segments) == 12
    assert "3 continua" in repr(found)
    words = str(bg.explain(found))
    assert "Numbers 5, 6, 7 and 8 of these lie in one continuum of equilibria" in words
    assert "every mixture of the two is an equilibrium too" in words
    alone = bg.markov_perfect(
        bg.StochasticGame(("a", "b"), (HUNT, HUNT), {"a": "b", "b": "a"}, "1/2")
    )
    assert alone.segments == alone.continua == ()
