"""bg.best_responses: which actions yield most, for any number of players."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import balancegame as bg
from balancegame.solvers.normal_form.best_response import action_payoffs
from tests.one_sentence import one_sentence

MODEL = bg.models["core-dilemma"]
HAIR = Fraction(1, 10**20)
PENNIES = bg.NormalFormGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]], players=("Odd", "Even"))


@pytest.mark.parametrize(
    ("game", "player", "profile", "expected"),
    [
        (MODEL.game(s=4), "Japan", [None, "Enforce"], ("Engage",)),
        (MODEL.game(s=5), "Japan", [None, "Enforce"], ("Comply", "Engage")),
        (MODEL.game(s=6), "Japan", [None, "Enforce"], ("Comply",)),
        (MODEL.game(s=6), "Japan", [None, "Acquiesce"], ("Engage",)),
        (MODEL.game(s=6), 0, [None, ("5/6", "1/6")], ("Comply", "Engage")),
        (MODEL.game(s=6), 0, [None, (0.84, 0.16)], ("Comply",)),
        (MODEL.game(s=6), 0, [None, (HAIR + Fraction(5, 6), Fraction(1, 6) - HAIR)], ("Comply",)),
        (MODEL.game(s=6), 0, [None, (Fraction(5, 6) - HAIR, Fraction(1, 6) + HAIR)], ("Engage",)),
        (MODEL.game(s=6), "US", ["Comply", None], ("Enforce", "Acquiesce")),
        (MODEL.game(s=6), "US", ["Engage", None], ("Enforce",)),
        (MODEL.game(s=6, k=5), 1, ["Engage", None], ("Acquiesce",)),
        (MODEL.game(s=6, k=4), np.int64(1), ["Engage", None], ("Enforce", "Acquiesce")),
        (PENNIES, "Odd", [None, (Fraction(1, 2), Fraction(1, 2))], ("action 1", "action 2")),
        (PENNIES, "Even", [("501/1000", "499/1000"), None], ("action 2",)),
        (bg.NormalFormGame([[3, 5, 5]]), 0, [None], ("action 2", "action 3")),
    ],
)
def test_best_responses_of_known_games(game, player, profile, expected):
    assert bg.best_responses(game, player, profile) == expected


def test_the_own_entry_is_not_read():
    game = MODEL.game(s=6)
    for own in (None, "Comply", "Engage", ("1/2", "1/2"), "nonsense", (7, 7), object()):
        assert bg.best_responses(game, "Japan", [own, "Enforce"]) == ("Comply",)


def test_an_equilibrium_is_a_profile():
    game = MODEL.game(s=6)
    for equilibrium in bg.equilibria(game):
        for i, strategy in enumerate(equilibrium):
            best = bg.best_responses(game, i, equilibrium)
            played = [a for a, p in zip(game.actions[i], strategy, strict=True) if p]
            assert set(played) <= set(best)


@st.composite
def games(draw):
    shape = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4).map(tuple))
    size = int(np.prod(shape))
    payoffs = st.lists(st.integers(-3, 3), min_size=size, max_size=size)
    arrays = [np.array(draw(payoffs)).reshape(shape) for _ in shape]
    weights = [draw(st.lists(st.integers(0, 3), min_size=n, max_size=n).filter(any)) for n in shape]
    profile = [tuple(Fraction(w, sum(row)) for w in row) for row in weights]
    return arrays, profile


@given(games())
def test_what_each_action_yields_is_its_expectation(drawn):
    arrays, profile = drawn
    game = bg.NormalFormGame(arrays)
    for i, array in enumerate(arrays):
        expected = [Fraction(0)] * game.shape[i]
        for cell in product(*map(range, game.shape)):
            weight = Fraction(1)
            for j, a in enumerate(cell):
                weight *= profile[j][a] if j != i else 1
            expected[cell[i]] += weight * int(array[cell])
        assert action_payoffs(game, i, tuple(profile)) == tuple(expected)
        best = [f"action {a + 1}" for a, v in enumerate(expected) if v == max(expected)]
        assert list(bg.best_responses(game, i, profile)) == best


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((PENNIES, "China", [None, 0]), ["'China'", "Odd and Even"]),
        ((PENNIES, 2, [None, 0]), ["2", "Odd and Even"]),
        ((PENNIES, -1, [None, 0]), ["-1"]),
        ((PENNIES, True, [None, 0]), ["True"]),
        ((PENNIES, None, [None, 0]), ["None"]),
        ((PENNIES, 0, [None]), ["1 entries", "2"]),
        ((PENNIES, 0, [None, 0, 0]), ["3 entries", "2"]),
        ((PENNIES, 0, None), ["profile"]),
        ((PENNIES, 0, 5), ["profile"]),
        ((PENNIES, 0, [None, None]), ["Even", "None"]),
        ((PENNIES, 0, [None, "Left"]), ["Even", "'Left'"]),
        ((PENNIES, 0, [None, (1, 1)]), ["Even", "sum to 2"]),
        ((PENNIES, 0, [None, (2, -1)]), ["Even", "-1"]),
        (([[1, 2], [3, 4]], 0, [None, 0]), ["best_responses", "NormalFormGame", "list"]),
        ((MODEL, 0, [None, 0]), ["NormalFormGame", "Model", "model.game"]),
        ((None, 0, [None, 0]), ["NormalFormGame", "NoneType"]),
    ],
    ids=str,
)
def test_bad_input_gets_one_sentence(arguments, words):
    with one_sentence(*words):
        bg.best_responses(*arguments)


@pytest.mark.parametrize("solve", [bg.equilibria, bg.pure_equilibria], ids=lambda f: f.__name__)
@pytest.mark.parametrize("wrong", [None, 5, "game", [[1, 2], [3, 4]], MODEL, ([[1]], [[1]])])
def test_every_solver_says_what_it_takes(solve, wrong):
    with one_sentence(solve.__name__, "NormalFormGame", type(wrong).__name__):
        solve(wrong)
