"""Markov-perfect equilibria: all pure ones against brute force, mixed ones against search."""

from fractions import Fraction
from itertools import product
from random import Random

import numpy as np
import pytest

import balancegame as bg
from balancegame.exact.algebraic import number_at
from balancegame.solvers.repeated import markov_perfect
from tests.markov_search import in_floats, residual, searched
from tests.one_sentence import one_sentence
from tests.repeated_games import dilemma, random_game
from tests.stochastic_games import ACTIONS, random_chances, random_stage, random_world

HUNT = bg.NormalFormGame([[[3, 0], [2, 2]], [[3, 2], [0, 2]]], actions=(("C", "D"),) * 2)


def by_brute_force(game):
    """Return all profiles, an action for each state and player, that verify finds to hold."""
    names = [
        list(product(*(stage.actions[i] for stage in game.stages)))
        for i in range(len(game.players))
    ]
    return {
        profile
        for profile in product(*names)
        if bg.verify(
            game, [bg.always(dict(zip(game.states, plan, strict=True))) for plan in profile]
        )
    }


def plans(game, equilibrium):
    return tuple(
        tuple(
            stage.actions[i][equilibrium.strategies[state][i].index(1)]
            for state, stage in zip(game.states, game.stages, strict=True)
        )
        for i in range(len(game.players))
    )


def tied_world(rng, count, size):
    """Return a game with few numbers, so that players are often indifferent."""
    game = random_world(rng, count, size, "1/2")
    stages = [random_stage(rng, size, 0, 2) for _ in game.states]
    chances = {w: {"otherwise": random_chances(rng, game.states)} for w in game.states}
    return bg.StochasticGame(game.states, stages, chances, "1/2")


@pytest.mark.parametrize("seed", range(12))
def test_pure_equilibria_against_brute_force(seed):
    rng = Random(300 + seed)
    maker = tied_world if seed % 2 else random_world
    game = maker(rng, *rng.choice([(2, 2), (3, 2), (2, 3), (1, 3)]))
    found = bg.markov_perfect(game)
    pure = [equilibrium for equilibrium in found if equilibrium.pure]
    assert sorted(plans(game, e) for e in pure) == sorted(by_brute_force(game))
    for equilibrium in pure:
        verdict = bg.verify(game, equilibrium)
        assert verdict.holds
        assert dict(verdict.starts) == dict(equilibrium.payoffs)


def test_three_players():
    rng = Random(320)
    stages = [random_game(rng, (2, 2, 2)) for _ in range(2)]
    for _ in range(3):
        chances = {
            w: {s.outcome(c): random_chances(rng, ("a", "b")) for c in s.cells()}
            for w, s in zip("ab", stages, strict=True)
        }
        game = bg.StochasticGame(("a", "b"), stages, chances, "2/3")
        found = bg.markov_perfect(game)
        assert not found.mixed
        assert sorted(plans(game, e) for e in found) == sorted(by_brute_force(game))


# Mixed equilibria.


def check_against_search(game, rng):
    """Assert that what is listed are equilibria, and that every one that a search finds is."""
    found = bg.markov_perfect(game)
    assert found.mixed
    # Every finite stochastic game has a stationary equilibrium.
    assert found
    listed, numbers = [], in_floats(game)
    for equilibrium in found:
        (x0, y0), (x1, y1) = (
            [float(side[0]) for side in equilibrium.strategies[w]] for w in game.states
        )
        values, gains = residual(numbers, (x0, x1), (y0, y1))
        assert max(max(gain) for gain in gains) < 1e-9
        for w, state in enumerate(game.states):
            told = [float(v) for v in equilibrium.payoffs[state]]
            assert told == pytest.approx([values[0][w], values[1][w]], abs=1e-9)
        listed.append((x0, x1, y0, y1))
    for point in searched(game, rng):
        assert any(np.allclose(point, known, atol=1e-6) for known in listed), point
    return found


@pytest.mark.parametrize("seed", range(5))
def test_mixed_equilibria_against_a_search(seed):
    rng = Random(340 + seed)
    check_against_search(random_world(rng, 2, 2, rng.choice(["1/2", "4/5"])), rng)


def steering_world(rng, worlds):
    """Return a game in which the second player's own action pays nothing today in some worlds."""
    stages = []
    for w in (0, 1):
        first, second = ([[rng.randint(-2, 2) for _ in "12"] for _ in "12"] for _ in "12")
        if w in worlds:
            second = [[row[0]] * 2 for row in second]
        stages.append(bg.NormalFormGame([first, second], actions=ACTIONS))
    chances = {
        w: {s.outcome(c): random_chances(rng, ("x", "y")) for c in s.cells()}
        for w, s in zip("xy", stages, strict=True)
    }
    return bg.StochasticGame(("x", "y"), stages, chances, rng.choice(["1/2", "4/5"]))


# Six in a row, and others in which an equilibrium was once missed.
@pytest.mark.parametrize("seed", [*range(600, 606), 652, 678, 730, 769, 869])
def test_an_action_that_only_steers_the_world_against_a_search(seed):
    rng = Random(seed)
    check_against_search(steering_world(rng, ((0, 1), (0,), (1,))[seed % 3]), rng)


def two_worlds(payoffs, after_x, after_y, delta):
    cells = list(product("CD", "LR"))
    half = {"x": "1/2", "y": "1/2"}
    return bg.StochasticGame(
        ("x", "y"),
        [bg.NormalFormGame(stage, actions=(("C", "D"), ("L", "R"))) for stage in payoffs],
        {
            w: dict(zip(cells, [half if to == "half" else to for to in after], strict=True))
            for w, after in (("x", after_x), ("y", after_y))
        },
        delta,
    )


def only_one(found, **mixes):
    """Return the equilibrium in which the players' first actions have these chances."""
    (one,) = [
        e
        for e in found
        if all(tuple(s[0] for s in e.strategies[w]) == pair for w, pair in mixes.items())
    ]
    return one


def surd(rational, factor, under):
    """Return rational + factor * the square root of a number that is no square."""
    root = number_at((-under, 0, 1), (Fraction(0), Fraction(under)))
    return rational + factor * root


def test_who_pays_nothing_for_its_action_is_indifferent_where_worlds_are_worth_the_same():
    # In y the second player gets 1 whatever happens, so it is indifferent where x is worth 1 too.
    game = two_worlds(
        [
            [[[-1, -1], [-1, -2]], [[2, 2], [-1, -1]]],
            [[[2, -1], [1, -2]], [[1, 1], [1, 1]]],
        ],
        ("x", "y", "half", "y"),
        ("x", "y", "x", "half"),
        "1/2",
    )
    share = surd(Fraction(11, 4), Fraction(-1, 4), 73)
    one = only_one(bg.markov_perfect(game), x=(Fraction(2, 3), share), y=(1, 1))
    assert one.payoffs["x"][1] == one.payoffs["y"][1] == 1
    assert one.payoffs["x"][0] == surd(Fraction(7, 3), Fraction(-1, 3), 73)


def test_of_two_mixtures_with_the_same_share_both_are_found():
    game = two_worlds(
        [
            [[[0, 0], [0, 2]], [[0, -2], [-2, -1]]],
            [[[0, 1], [2, 0]], [[2, 2], [-2, -2]]],
        ],
        ("x", "half", {"x": "1/3", "y": "2/3"}, "y"),
        ("x", "half", "half", "x"),
        "9/10",
    )
    found = bg.markov_perfect(game)
    # Three, none of them degenerate: an even number would be a sign that one is missing.
    assert len(found) == 3
    assert not found.degenerate
    share = surd(Fraction(-23, 6), Fraction(1, 6), 609)
    one = only_one(found, x=(0, 0), y=(Fraction(1, 4), share))
    assert one.payoffs["x"][1] == one.payoffs["y"][1] == -1
    assert only_one(found, x=(0, 0), y=(Fraction(1, 2), share)).payoffs["y"][1] == Fraction(-27, 67)


def test_players_may_mix_in_different_worlds():
    rng = Random(1030)
    (one,) = check_against_search(random_world(rng, 2, 2), rng)
    assert one.strict
    mixing = [[0 < side[0] < 1 for side in one.strategies[w]] for w in ("w0", "w1")]
    assert sorted(mixing) == [[False, True], [True, False]]


def test_nothing_found_is_never_said_to_be_all(monkeypatch):
    monkeypatch.setattr(markov_perfect, "equilibria_of_two_by_two", lambda game: iter(()))
    found = bg.markov_perfect(random_world(Random(1), 2, 2))
    assert not found.mixed
    assert "there may be others, in which somebody mixes" in str(bg.explain(found))


def test_irrational_mixtures_are_exact():
    rng = Random(4)
    game = random_world(rng, 2, 2)
    irrational = []
    for k in range(12):
        game = random_world(Random(400 + k), 2, 2)
        irrational += [
            (game, e)
            for e in bg.markov_perfect(game)
            if not all(isinstance(v, Fraction) for v in e.payoffs[game.states[0]])
        ]
    assert irrational
    game, equilibrium = irrational[0]
    d, worth = game.delta, equilibrium.payoffs
    # What an action that is taken yields is what the world is worth: to the last digit.
    for w, state in enumerate(game.states):
        own, other = equilibrium.strategies[state]
        for a in (0, 1):
            if own[a]:
                value = Fraction(0)
                for b in (0, 1):
                    later = sum(
                        (p * worth[game.states[t]][0] for t, p in game.odds(w, (a, b)).items()),
                        Fraction(0),
                    )
                    value = value + other[b] * ((1 - d) * game.stages[w].at(0, (a, b)) + d * later)
                assert value == worth[state][0]


def test_two_hunts_apart_are_nine():
    game = bg.StochasticGame(
        ("here", "there"), (HUNT, HUNT), {"here": "here", "there": "there"}, "1/2"
    )
    found = bg.markov_perfect(game)
    assert len(found) == 9
    assert not found.degenerate
    assert {tuple(e.strategies["here"]) for e in found} == {
        tuple(e.strategies) for e in bg.equilibria(HUNT)
    }


def test_what_is_played_may_close_a_door():
    # Whoever defects in good times ends them; bad times last.
    bad = bg.NormalFormGame([[[0, 0], [1, 0]], [[0, 1], [0, 0]]], actions=(("C", "D"),) * 2)
    game = bg.StochasticGame(
        ("good", "bad"),
        (dilemma(), bad),
        {"good": {("C", "C"): "good", "otherwise": "bad"}, "bad": "bad"},
        "1/2",
    )
    for delta, cooperative in (("1/2", True), ("1/3", False)):
        found = bg.markov_perfect(game.at_delta(delta))
        plays = {plans(game, e)[0][0] for e in found if e.pure}
        assert ("C" in plays) is cooperative


def test_indifference_is_said():
    zeros = bg.NormalFormGame([[[0, 0], [0, 0]]] * 2, actions=(("C", "D"),) * 2)
    game = bg.StochasticGame(
        ("on", "over"), (HUNT, zeros), {"on": {"on": "1/2", "over": "1/2"}, "over": "over"}, "1/2"
    )
    found = bg.markov_perfect(game)
    assert found.degenerate
    assert "degenerate" in repr(found)
    # The three equilibria of the hunt, with every pure profile in the end.
    assert len(found) == 12
    assert "indifferent" in str(bg.explain(found))


def test_words():
    game = bg.StochasticGame(
        ("here", "there"), (HUNT, HUNT), {"here": "there", "there": "here"}, "1/2"
    )
    words = str(bg.explain(bg.markov_perfect(game)))
    assert "nine Markov-perfect equilibria" in words
    assert "In here (C, C)" in words
    words = str(bg.explain(bg.markov_perfect(random_world(Random(7), 3, 3))))
    assert "pure strategies" in words


def test_errors():
    with one_sentence("markov_perfect takes", "StochasticGame", "NormalFormGame"):
        bg.markov_perfect(dilemma())
    wide = random_world(Random(1), 4, 2)
    stages = [random_game(Random(1), (4, 4, 4), 0, 1)] * 4
    large = bg.StochasticGame(wide.states, stages, {w: w for w in wide.states}, "1/2")
    with one_sentence("65536 ways to act in 4 states"):
        bg.markov_perfect(large)
    mixed = next(
        e
        for k in range(9)
        for e in bg.markov_perfect(random_world(Random(400 + k), 2, 2))
        if not e.pure
    )
    with one_sentence("somebody mixes", "automata do not"):
        _ = mixed.automata
    with one_sentence("somebody mixes", "automata do not"):
        bg.verify(mixed.game, mixed)
