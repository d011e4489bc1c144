"""bg.solve_many: unrelated games, each label that of the game solved by itself."""

import random
from fractions import Fraction

import numpy as np
import pytest
import sympy

import balancegame as bg
from tests.test_sweep import supports


@pytest.mark.parametrize("shape", [(2, 2), (2, 3), (3, 2), (3, 3), (3, 4), (4, 4), (1, 3)])
@pytest.mark.parametrize("payoffs", [(-1, 1), (-5, 5), (-(10**12), 10**12)])
def test_labels_are_those_of_the_games_solved_one_by_one(shape, payoffs):
    source = np.random.default_rng([*shape, payoffs[1] % 97])
    first, second = source.integers(*payoffs, size=(2, 60, *shape), endpoint=True)
    solved = bg.solve_many(first, second)
    for k in range(60):
        one = bg.equilibria(bg.NormalFormGame([first[k], second[k]]))
        assert solved.supports[solved.labels[k]] == supports(one)
        assert [e.strategies for e in solved[k]] == [e.strategies for e in one]


def test_equal_labels_mean_equal_supports():
    source = np.random.default_rng(3)
    first, second = source.integers(-2, 2, size=(2, 2000, 2, 2), endpoint=True)
    solved = bg.solve_many(first, second)
    assert len(set(solved.supports)) == len(solved.supports)
    assert set(solved.labels.tolist()) == set(range(len(solved.supports)))


def test_rational_payoffs_are_scaled_game_by_game():
    source = random.Random(4)
    first, second = (
        [
            [[Fraction(source.randint(-3, 3), source.randint(1, 5)) for _ in "ab"] for _ in "ab"]
            for _ in range(50)
        ]
        for _ in "ab"
    )
    solved = bg.solve_many(first, second)
    for k in range(50):
        one = bg.equilibria(bg.NormalFormGame([first[k], second[k]]))
        assert solved.supports[solved.labels[k]] == supports(one)


def test_a_float_stands_for_its_decimal():
    tie = bg.solve_many([[[0.1, 0], [0.3, 0]]], [[[0.1, 0.1], [0, 0]]])
    exact = bg.solve_many([[["1/10", 0], ["3/10", 0]]], [[["1/10", "1/10"], [0, 0]]])
    assert tie.supports == exact.supports


def test_large_numbers_beside_decimals_are_not_rounded():
    first, second = [[10**17 + 1, 0], [10**17, 0.5]], [[1, 0], [0, 1]]
    one = bg.equilibria(bg.NormalFormGame([first, second]))
    solved = bg.solve_many([first], [second])
    assert len(one) == 3
    assert solved.supports[solved.labels[0]] == supports(one)


def test_single_precision_stands_for_its_decimal_too():
    narrow = np.array([[[0.1, 0], [0.3, 0]]], dtype=np.float32)
    exact = bg.solve_many([[["1/10", 0], ["3/10", 0]]], [[[0, 0], [0, 0]]])
    assert bg.solve_many(narrow, np.zeros((1, 2, 2), dtype=int)).supports == exact.supports


def test_later_changes_of_the_input_change_nothing():
    first, second = np.ones((2, 1, 2, 2), dtype=int)
    solved = bg.solve_many(first, second)
    first[0] = [[5, 5], [0, 0]]
    assert solved.supports[solved.labels[0]] == supports(solved[0])


def test_no_games_have_no_solutions():
    empty = np.zeros((0, 2, 2), dtype=int)
    assert len(bg.solve_many(empty, empty)) == 0


def test_an_item_and_a_slice():
    first, second = [[[2, 0], [0, 1]], [[1, 1], [0, 0]]], [[[1, 0], [0, 2]], [[0, 1], [0, 1]]]
    solved = bg.solve_many(first, second)
    assert len(solved) == 2
    assert len(solved[0]) == 3
    assert [len(one) for one in solved[:2]] == [3, 1]
    with pytest.raises(IndexError):
        solved[2]


BAD = [
    (([[1, 2]], [[1, 2]]), "same shape (games, m, n)"),
    (([[[1, 2]]], [[[1], [2]]]), "same shape (games, m, n)"),
    (([], []), "same shape (games, m, n)"),
    (([[["x"]]], [[[1]]]), "not a number"),
    (([[[float("nan")]]], [[[1.0]]]), "not a finite number"),
    ((np.zeros((1, 9, 9), dtype=int),) * 2, "too large to solve by the thousand"),
    (([[[1, 2], [3]]], [[[1, 2], [3]]]), "ragged"),
    (([[[True]]], [[[1]]]), "truth value"),
    (([[[sympy.sqrt(2)]]], [[[1]]]), "is irrational"),
]


@pytest.mark.parametrize(("payoffs", "words"), BAD, ids=[words for _, words in BAD])
def test_bad_input_gets_one_sentence(payoffs, words):
    with pytest.raises(bg.GameError) as raised:
        bg.solve_many(*payoffs)
    assert words in str(raised.value)
    assert str(raised.value).endswith(".")
