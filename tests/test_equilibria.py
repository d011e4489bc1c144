"""bg.equilibria on games whose answers are known, and what must not change an answer."""

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import balancegame as bg
from tests.bounded_fractions import bounded_fractions, fractions_between
from tests.brute_force import in_hull, is_nash


def exact(strategies):
    return tuple(tuple(Fraction(p) for p in strategy) for strategy in strategies)


def profiles(solution):
    return {equilibrium.strategies for equilibrium in solution}


def subsets(solution):
    """The components as sets, so that no order matters."""
    return {
        frozenset(tuple(frozenset(side) for side in subset) for subset in component)
        for component in solution.components
    }


def point(*strategies):
    """A component that is one equilibrium."""
    return frozenset([tuple(frozenset([strategy]) for strategy in exact(strategies))])


def segment(*sides):
    """A component that is one maximal Nash subset, by the vertices of its sides."""
    return frozenset([tuple(frozenset(exact(side)) for side in sides)])


VON_STENGEL = [[3, 3], [2, 5], [0, 6]]

KNOWN = [
    pytest.param(
        VON_STENGEL,
        [[3, 2], [2, 6], [3, 1]],
        {
            point((1, 0, 0), (1, 0)),
            point(("4/5", "1/5", 0), ("2/3", "1/3")),
            point((0, "1/3", "2/3"), ("1/3", "2/3")),
        },
        False,
        id="von Stengel 2007",
    ),
    pytest.param(
        VON_STENGEL,
        [[3, 3], [2, 6], [3, 1]],
        {
            segment([(1, 0, 0)], [(1, 0), ("2/3", "1/3")]),
            point((0, "1/3", "2/3"), ("1/3", "2/3")),
        },
        True,
        id="von Stengel 2007, degenerate",
    ),
    pytest.param(
        [[0.6, 0, 0.3], [0.7, 0.4, 0.8], [0.5, 0.6, 0.7]],
        [[1, 0, 0.1], [0.1, 0.2, 0], [1, 0.2, 0.5]],
        {point((0, "8/9", "1/9"), ("1/2", "1/2", 0))},
        False,
        id="nashpy 0.0.43 returns nothing",
    ),
    pytest.param(
        [[0, -1, 1], [1, 0, -1], [-1, 1, 0]],
        [[0, 1, -1], [-1, 0, 1], [1, -1, 0]],
        {point(("1/3", "1/3", "1/3"), ("1/3", "1/3", "1/3"))},
        False,
        id="rock, paper, scissors",
    ),
    pytest.param(
        [[3, 0], [5, 1]],
        [[3, 5], [0, 1]],
        {point((0, 1), (0, 1))},
        False,
        id="prisoners' dilemma",
    ),
    pytest.param(
        [[1, -1], [-1, 1]],
        [[-1, 1], [1, -1]],
        {point(("1/2", "1/2"), ("1/2", "1/2"))},
        False,
        id="matching pennies",
    ),
    pytest.param(
        [[0, 0], [0, 0]],
        [[0, 0], [0, 0]],
        {segment([(1, 0), (0, 1)], [(1, 0), (0, 1)])},
        True,
        id="everything is an equilibrium",
    ),
    pytest.param(
        # Entry game: two segments that share a corner are one component of two subsets.
        [[1, 1], [1, 0]],
        [[1, 1], [1, 0]],
        {
            frozenset(
                [
                    (frozenset(exact([(1, 0), (0, 1)])), frozenset(exact([(1, 0)]))),
                    (frozenset(exact([(1, 0)])), frozenset(exact([(1, 0), (0, 1)]))),
                ]
            )
        },
        True,
        id="an L of two segments",
    ),
    pytest.param([[5]], [[-7]], {point((1,), (1,))}, False, id="1 x 1"),
    pytest.param(
        [[0, 0, 0]],
        [[2, 1, 2]],
        {segment([(1,)], [(1, 0, 0), (0, 0, 1)])},
        True,
        id="1 x 3 with a tie",
    ),
    pytest.param(
        [[1], [3], [2]],
        [[0], [0], [0]],
        {point((0, 1, 0), (1,))},
        False,
        id="3 x 1",
    ),
]


@pytest.mark.parametrize(("A", "B", "components", "degenerate"), KNOWN)
def test_known_answers(A, B, components, degenerate):
    solution = bg.equilibria(bg.NormalFormGame([A, B]))
    assert subsets(solution) == components
    assert solution.degenerate is degenerate
    extreme = {(x, y) for component in components for X, Y in component for x in X for y in Y}
    assert profiles(solution) == extreme
    assert len(solution) == len(extreme)


@pytest.mark.parametrize(("A", "B", "components", "degenerate"), KNOWN)
def test_payoffs_and_regrets_of_known_answers(A, B, components, degenerate):
    game = bg.NormalFormGame([A, B])
    for equilibrium in bg.equilibria(game):
        verdict = bg.verify(game, equilibrium)
        assert verdict.regrets == (0, 0)
        x, y = equilibrium.strategies
        assert equilibrium.payoffs == tuple(
            sum(
                p * q * entry
                for p, row in zip(x, matrix, strict=True)
                for q, entry in zip(y, row, strict=True)
            )
            for matrix in game.payoffs
        )


@pytest.mark.parametrize("size", range(1, 7))
def test_coordination_has_one_equilibrium_a_support(size):
    identity = np.eye(size, dtype=int)
    solution = bg.equilibria(bg.NormalFormGame([identity, identity]))
    uniform = {
        tuple(Fraction(int(chosen >> a & 1), chosen.bit_count()) for a in range(size))
        for chosen in range(1, 2**size)
    }
    assert profiles(solution) == {(x, x) for x in uniform}
    assert len(solution) == len(solution.components) == 2**size - 1
    assert not solution.degenerate
    assert all(e.payoffs == (Fraction(1, sum(map(bool, e.strategies[0]))),) * 2 for e in solution)


def test_order_is_decreasing_and_indexing_is_a_sequence():
    solution = bg.equilibria(bg.NormalFormGame([VON_STENGEL, [[3, 2], [2, 6], [3, 1]]]))
    listed = [equilibrium.strategies for equilibrium in solution]
    assert listed == sorted(listed, reverse=True)
    assert solution[0].strategies == exact([(1, 0, 0), (1, 0)])
    assert solution[-1].strategies == listed[-1]
    assert [e.strategies for e in solution[1:]] == listed[1:]
    assert solution[0] in solution
    with pytest.raises(IndexError):
        solution[3]


def test_repr_names_actions():
    game = bg.NormalFormGame(
        [[[1, 0], [0, 2]], [[1, 0], [0, 2]]],
        players=("Japan", "US"),
        actions=(("Comply", "Engage"), ("Enforce", "Acquiesce")),
    )
    assert repr(bg.equilibria(game)) == (
        "<Equilibria (3 extreme, 3 connected):\n"
        "  <Equilibrium: Japan Comply, US Enforce; payoffs 1, 1>\n"
        "  <Equilibrium: Japan 2/3 Comply + 1/3 Engage, US 2/3 Enforce + 1/3 Acquiesce; "
        "payoffs 2/3, 2/3>\n"
        "  <Equilibrium: Japan Engage, US Acquiesce; payoffs 2, 2>>"
    )


def test_a_decision_of_one_player():
    decision = bg.NormalFormGame([["1", "3", "3", "-2"]], actions=[("a", "b", "c", "d")])
    solution = bg.equilibria(decision)
    assert subsets(solution) == {segment([(0, 1, 0, 0), (0, 0, 1, 0)])}
    assert [e.payoffs for e in solution] == [(3,), (3,)]
    assert solution.degenerate
    assert bg.pure_equilibria(decision) == (("b",), ("c",))
    assert not bg.equilibria(bg.NormalFormGame([[1, 2]])).degenerate


# --- what must not change an answer ---------------------------------------------------------


@st.composite
def games(draw, most=3):
    """Small games full of ties."""
    rows, columns = draw(st.integers(1, most)), draw(st.integers(1, most))
    payoffs = st.integers(0, 2)
    matrix = st.lists(
        st.lists(payoffs, min_size=columns, max_size=columns), min_size=rows, max_size=rows
    )
    return draw(matrix), draw(matrix)


def permuted(strategy, order):
    return tuple(strategy[a] for a in order)


@given(games(), st.data())
def test_permuting_actions_permutes_the_answer(matrices, data):
    A, B = matrices
    rows = data.draw(st.sampled_from(list(permutations(range(len(A))))))
    columns = data.draw(st.sampled_from(list(permutations(range(len(A[0]))))))
    moved = [[[M[i][j] for j in columns] for i in rows] for M in (A, B)]
    before, after = (bg.equilibria(bg.NormalFormGame(M)) for M in ((A, B), moved))
    assert subsets(after) == {
        frozenset(
            (frozenset(permuted(x, rows) for x in X), frozenset(permuted(y, columns) for y in Y))
            for X, Y in component
        )
        for component in subsets(before)
    }
    assert after.degenerate is before.degenerate


@given(games())
def test_exchanging_the_players_exchanges_the_answer(matrices):
    A, B = matrices
    exchanged = [[list(column) for column in zip(*M, strict=True)] for M in (B, A)]
    before, after = (bg.equilibria(bg.NormalFormGame(M)) for M in ((A, B), exchanged))
    assert subsets(after) == {
        frozenset((Y, X) for X, Y in component) for component in subsets(before)
    }


@given(games())
def test_names_do_not_matter(matrices):
    A, B = matrices
    plain = bg.equilibria(bg.NormalFormGame([A, B]))
    named = bg.equilibria(
        bg.NormalFormGame(
            [A, B],
            players=("日本", "Россия"),
            actions=([f"行{i}" for i in range(len(A))], [f"$_{j}*" for j in range(len(A[0]))]),
        )
    )
    assert named.components == plain.components
    assert [e.strategies for e in named] == [e.strategies for e in plain]


@given(
    games(),
    fractions_between(Fraction(1, 7), 9),
    fractions_between(-5, 5),
    st.data(),
)
def test_positive_affine_payoffs_and_constants_against_an_action_change_nothing(
    matrices, scale, shift, data
):
    A, B = matrices
    by_column = data.draw(st.lists(st.integers(-9, 9), min_size=len(A[0]), max_size=len(A[0])))
    by_row = data.draw(st.lists(st.integers(-9, 9), min_size=len(A), max_size=len(A)))
    A2 = [[scale * a + shift + c for a, c in zip(row, by_column, strict=True)] for row in A]
    B2 = [[b / scale - shift + c for b in row] for row, c in zip(B, by_row, strict=True)]
    before, after = (bg.equilibria(bg.NormalFormGame(M)) for M in ((A, B), (A2, B2)))
    assert after.components == before.components
    assert after.degenerate is before.degenerate


@given(games(most=2), bounded_fractions(0, 1, 4), bounded_fractions(0, 1, 4))
def test_every_profile_of_a_2x2_game_is_in_a_subset_exactly_if_it_is_an_equilibrium(matrices, p, q):
    A, B = matrices
    x = (p, 1 - p) if len(A) == 2 else (Fraction(1),)
    y = (q, 1 - q) if len(A[0]) == 2 else (Fraction(1),)
    solution = bg.equilibria(bg.NormalFormGame([A, B]))
    covered = any(
        in_hull(x, X) and in_hull(y, Y) for component in solution.components for X, Y in component
    )
    assert covered is is_nash(A, B, x, y)


@given(games(), st.data())
def test_averages_within_a_subset_are_equilibria(matrices, data):
    A, B = matrices
    solution = bg.equilibria(bg.NormalFormGame([A, B]))
    for component in solution.components:
        for X, Y in component:
            x, y = average(X, data), average(Y, data)
            assert is_nash(A, B, x, y)
            assert bg.verify(solution.game, (x, y)).holds


def average(corners, data):
    weights = data.draw(st.lists(st.integers(1, 5), min_size=len(corners), max_size=len(corners)))
    return tuple(
        sum(
            Fraction(w, sum(weights)) * corner[a]
            for w, corner in zip(weights, corners, strict=True)
        )
        for a in range(len(corners[0]))
    )


# --- pure equilibria of any number of players -------------------------------------------------


@given(st.integers(1, 4), st.data())
def test_pure_equilibria_are_the_cells_that_nobody_leaves(count, data):
    shape = tuple(data.draw(st.integers(1, 3)) for _ in range(count))
    size = int(np.prod(shape))
    arrays = [
        np.array(data.draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))).reshape(
            shape
        )
        for _ in range(count)
    ]
    expected = {
        cell
        for cell in np.ndindex(shape)
        if all(
            array[cell] == max(array[(*cell[:i], a, *cell[i + 1 :])] for a in range(shape[i]))
            for i, array in enumerate(arrays)
        )
    }
    game = bg.NormalFormGame(arrays)
    found = bg.pure_equilibria(game)
    assert list(found) == [
        tuple(f"action {a + 1}" for a in cell) for cell in np.ndindex(shape) if cell in expected
    ]
    for cell in np.ndindex(shape):
        assert bg.verify(game, cell).holds is (cell in expected)


def test_three_players_get_one_sentence_for_a_complete_solution():
    game = bg.NormalFormGame(np.zeros((3, 2, 2, 2), dtype=int))
    with pytest.raises(bg.GameError) as caught:
        bg.equilibria(game)
    assert str(caught.value) == (
        "complete solutions are for 1 or 2 players and this game has 3; use "
        "pure_equilibria(game) for its equilibria in pure strategies."
    )
    assert len(bg.pure_equilibria(game)) == 8
