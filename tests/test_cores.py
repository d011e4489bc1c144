"""The core, the least core and the nucleolus against brute force and Kohlberg's criterion."""

from fractions import Fraction
from functools import cache
from itertools import combinations
from operator import mul

import numpy as np
import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.solvers.coalitional import split_polytope
from tests.coalitions import AIRPORT, GLOVE, MAJORITY, as_table, estate, games, tabled, votes
from tests.one_sentence import one_sentence

small_games = games(most=4, values=st.integers(0, 12))


def part(split, mask):
    return sum((x for i, x in enumerate(split) if mask >> i & 1), Fraction(0))


@cache
def inverse(tight, n):
    """The inverse of the matrix of some coalitions and of everybody, None if it has none."""
    rows = [[mask >> i & 1 for i in range(n)] for mask in (*tight, 2**n - 1)]
    if abs(round(np.linalg.det(rows))) == 0:
        return None
    determinant = round(np.linalg.det(rows))
    adjugate = np.rint(np.linalg.inv(rows) * determinant).astype(int).tolist()
    return [[Fraction(x, determinant) for x in row] for row in adjugate]


def corners(game, excess=0):
    """Where n - 1 coalitions miss just an excess and no other misses more: all of them."""
    n = len(game.players)
    proper = range(1, 2**n - 1)
    found = set()
    for tight in combinations(proper, n - 1):
        rows = inverse(tight, n)
        if rows is not None:
            limits = [*(game.table[mask] - excess for mask in tight), game.table[-1]]
            split = tuple(sum(map(mul, row, limits)) for row in rows)
            if all(part(split, m) >= game.table[m] - excess for m in proper):
                found.add(split)
    return sorted(found)


@given(small_games)
@settings(max_examples=50)
def test_the_core_against_all_vertices_of_brute_force(game):
    core, vertices = bg.core(game), corners(game)
    assert list(core.vertices) == vertices
    assert core.empty == (not vertices)
    assert bg.balanced(game).holds == bool(vertices)
    if core.empty:
        weights = core.collection
        for name in game.players:
            assert sum(weight for S, weight in weights.items() if name in S) == 1
        assert min(weights.values()) > 0
        bound = sum(weight * game.value(S) for S, weight in weights.items())
        assert core.bound == bound > game.value(game.players)


@pytest.mark.parametrize(
    ("values", "count"),
    [
        # Edges that lie on more faces than they need, and pairs on enough faces that are no edge.
        ([0, 0, 0, 1, 0, 0, 2, 6, 0, 2, 0, 6, 1, 6, 6, 10], 12),
        ([0, 0, 0, 3, 0, 1, 1, 2, 0, 2, 3, 6, 1, 4, 2, 6], 4),
    ],
)
def test_cores_of_four_with_many_faces(values, count):
    game = tabled(values)
    assert list(bg.core(game)) == corners(game)
    assert len(bg.core(game)) == count


@given(small_games)
@settings(max_examples=40)
def test_the_least_core_against_brute_force(game):
    assume(len(game.players) > 1)
    found = bg.least_core(game)
    assert list(found.vertices) == corners(game, found.excess) != []
    assert found.split in found
    # No split does better, since balanced coalitions miss as much on average at every split.
    weights = found.collection
    covered = {
        name: sum(weight for S, weight in weights.items() if name in S) for name in game.players
    }
    (each,) = set(covered.values())
    average = sum(weight * game.value(S) for S, weight in weights.items())
    assert sum(weights.values()) == 1
    assert average - each * game.value(game.players) == found.excess


def kohlberg_holds(game, split):
    """Kohlberg's criterion, asked apart by floats.

    Above every excess the coalitions are balanced, with weights of more than 0, if players with no
    more than they are worth alone may add to them.
    """
    from scipy.optimize import linprog

    n = len(game.players)
    proper = range(1, 2**n - 1)
    excess = {mask: game.at(mask) - part(split, mask) for mask in proper}
    alone = [1 << i for i in range(n) if split[i] == game.at(1 << i)]
    for level in sorted(set(excess.values()), reverse=True):
        above = [mask for mask in proper if excess[mask] >= level]
        columns = [*above, *alone, 2**n - 1]
        matrix = [[float(mask >> i & 1) for mask in columns] for i in range(n)]
        bounds = [(1, None)] * len(above) + [(0, None)] * len(alone) + [(None, 0)]
        answer = linprog([0.0] * len(columns), A_eq=matrix, b_eq=[0.0] * n, bounds=bounds)
        if answer.status != 0:
            return False
    return True


@given(games(most=5, values=st.integers(0, 12)))
@settings(max_examples=50)
def test_the_nucleolus_against_kohlberg(game):
    alone = sum(game.at(1 << i) for i in range(len(game.players)))
    assume(alone <= game.value(game.players))
    found = bg.nucleolus(game)
    assert sum(found) == game.value(game.players)
    assert all(found[i] >= game.at(1 << i) for i in range(len(game.players)))
    assert kohlberg_holds(game, found)
    core = bg.core(game)
    assert core.empty or found in core
    for level in found.levels:
        assert {game.value(S) - sum(found[name] for name in S) for S in level.collection} == {
            level.excess
        }
        assert sum(level.collection.values()) == 1
    excesses = [level.excess for level in found.levels]
    assert excesses == sorted(excesses, reverse=True)


def test_kohlberg_refuses_another_split():
    assert kohlberg_holds(estate(200), (50, 75, 75))
    assert not kohlberg_holds(estate(200), (Fraction(200, 3),) * 3)


@pytest.mark.parametrize(
    ("size", "split"), [(100, ("100/3",) * 3), (200, (50, 75, 75)), (300, (50, 100, 150))]
)
def test_the_talmud(size, split):
    assert bg.nucleolus(estate(size)) == tuple(map(Fraction, split))


def test_the_nucleolus_of_votes_of_eight():
    game = bg.CoalitionalGame.majority((8, 6, 6, 5, 2, 2, 2, 1))
    assert bg.nucleolus(game) == tuple(Fraction(k, 15) for k in (4, 3, 3, 2, 1, 1, 1, 0))


def test_three_who_share_by_majority():
    core = bg.core(MAJORITY)
    assert core.empty
    assert not core
    assert len(core) == 0
    half = Fraction(1, 2)
    assert core.collection == {("A", "B"): half, ("A", "C"): half, ("B", "C"): half}
    assert core.bound == Fraction(3, 2)
    assert bg.least_core(MAJORITY).excess == Fraction(1, 3)
    assert bg.least_core(MAJORITY).vertices == ((Fraction(1, 3),) * 3,)
    assert bg.nucleolus(MAJORITY) == (Fraction(1, 3),) * 3


def test_glove_and_airport():
    assert bg.core(GLOVE).vertices == ((0, 0, 1),)
    assert (0, 0, 1) in bg.core(GLOVE)
    assert {"left 1": "1/10", "left 2": 0, "right": "9/10"} not in bg.core(GLOVE)
    # Of costs: what a coalition saves by sharing is convex.
    saved = bg.CoalitionalGame({"1": 1}) + bg.CoalitionalGame({"2": 2})
    saved = saved + bg.CoalitionalGame({"3": 3}) - AIRPORT
    assert bg.convex(saved)
    assert bg.shapley(saved) in bg.core(saved)


def test_an_edge_of_the_core_is_still_in_it():
    game = tabled([0, 0, 0, 6, 0, 6, 6, 9])
    assert bg.core(game).vertices == ((3, 3, 3),)
    verdict = bg.verify(game, (4, 3, 2))
    assert not verdict
    assert verdict.excess == 1
    assert [(o.coalition, o.excess) for o in verdict.objections] == [(("B", "C"), 1)]
    assert bg.verify(game, {"A": 3, "B": 3, "C": 3}).holds
    short = bg.verify(game, (3, 3, 2))
    assert (short.left_over, short.holds) == (1, False)
    assert [o.coalition for o in short.objections] == [("A", "C"), ("B", "C")]


@given(votes(most=5))
@settings(max_examples=40)
def test_votes_have_the_core_of_their_table(game):
    core = bg.core(game)
    assert core.vertices == bg.core(as_table(game)).vertices
    assert [v.index(1) for v in core.vertices] == sorted(
        (game.player_index(name) for name in bg.vetoers(game)), reverse=True
    )


def test_twelve_players():
    game = bg.CoalitionalGame(
        lambda S: (
            (7 * len(S) + sum(map(int, S))) ** 2 // 50 + (3 * max(map(int, S), default=0)) % 7
        ),
        players=tuple(map(str, range(12))),
    )
    found = bg.nucleolus(game)
    gets = [0]
    for x in found:
        gets += [total + x for total in gets]
    excess = [v - x for v, x in zip(game.table, gets, strict=True)][1:-1]
    assert max(excess) == found.levels[0].excess
    assert sum(found) == game.table[-1]


def test_convex_games_by_their_orders():
    game = bg.CoalitionalGame(lambda S: len(S) ** 2, players=tuple("ABCDEF"))
    assert len(bg.core(game).vertices) == 720
    assert bg.core(game).vertices[0] == (1, 3, 5, 7, 9, 11)


def test_one_player_and_two():
    alone = bg.CoalitionalGame({"A": 5})
    assert bg.core(alone).vertices == ((5,),)
    assert bg.nucleolus(alone) == (5,)
    pair = bg.CoalitionalGame({"A": 1, "B": 2, ("A", "B"): 9})
    assert bg.core(pair).vertices == ((1, 8), (7, 2))
    assert bg.nucleolus(pair) == (4, 5)


def test_irrational_values_stay_exact():
    root = sympy.sqrt(2)
    pairs = {("A", "B"): root, ("A", "C"): 1, ("B", "C"): 1}
    game = bg.CoalitionalGame({**dict.fromkeys("ABC", 0), **pairs, ("A", "B", "C"): 2})
    value = bg.shapley(game)
    assert [x - sympy.Rational(1, 2) - root / 6 for x in map(sympy.sympify, value[:2])] == [0, 0]
    assert sum(value) == sum(bg.nucleolus(game)) == 2
    assert len(bg.core(game)) == 3
    assert bg.nucleolus(game) in bg.core(game)
    assert bg.nucleolus(game).levels[0].excess == bg.least_core(game).excess < 0


def test_errors():
    with one_sentence("together only 1", "no nucleolus"):
        bg.nucleolus(bg.CoalitionalGame({"A": 1, "B": 1, ("A", "B"): 1}))
    with one_sentence("2 parts", "give 3"):
        bg.verify(MAJORITY, (1, 2))
    with one_sentence("gives nothing to C"):
        bg.verify(MAJORITY, {"A": 1, "B": 0})
    with one_sentence("no player 'D'"):
        bg.verify(MAJORITY, {"D": 1})
    with one_sentence("2**21"):
        bg.nucleolus(bg.CoalitionalGame.majority([1] * 21))


def test_too_many_corners_are_refused(monkeypatch):
    monkeypatch.setattr(split_polytope, "MOST_VERTICES", 20)
    game = bg.CoalitionalGame(lambda S: len(S) ** 2, players=tuple("ABCDE"))
    with one_sentence("more than 20 vertices"):
        len(bg.core(game))
