"""bg.verify: regrets, best deviations and verdicts."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import balancegame as bg
from tests.one_sentence import one_sentence

MODEL = bg.models["core-dilemma"]
DILEMMA = bg.NormalFormGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]], actions=(("C", "D"), ("C", "D")))


@pytest.mark.parametrize(
    ("game", "profile", "payoffs", "regrets", "deviations"),
    [
        (DILEMMA, ("C", "C"), (3, 3), (2, 2), ("D", "D")),
        (DILEMMA, ("D", "D"), (1, 1), (0, 0), ("D", "D")),
        (DILEMMA, ("C", "D"), (0, 5), (1, 0), ("D", "D")),
        (DILEMMA, (("1/2", "1/2"), "C"), (4, "3/2"), (1, "3/2"), ("D", "D")),
        (MODEL.game(s=4), ("Comply", "Enforce"), (10, 10), (1, 0), ("Engage", "Enforce")),
        (MODEL.game(s=4), ("Comply", "Acquiesce"), (10, 10), (5, 0), ("Engage", "Acquiesce")),
        (MODEL.game(s=6), ("Comply", ("5/6", "1/6")), (10, 10), (0, 0), ("Comply", "Enforce")),
        (
            MODEL.game(s=6),
            ("Comply", (Fraction(5, 6) - Fraction(1, 10**9), Fraction(1, 6) + Fraction(1, 10**9))),
            (10, 10),
            (Fraction(6, 10**9), 0),
            ("Engage", "Enforce"),
        ),
        (bg.NormalFormGame([[1, 3, 2]]), (2,), (2,), (1,), ("action 2",)),
        (bg.NormalFormGame([[1, 3, 3]]), (2,), (3,), (0,), ("action 3",)),
    ],
)
def test_verdicts_of_known_profiles(game, profile, payoffs, regrets, deviations):
    verdict = bg.verify(game, profile)
    assert verdict.payoffs == tuple(map(Fraction, payoffs))
    assert verdict.regrets == tuple(map(Fraction, regrets))
    assert verdict.deviations == deviations
    assert verdict.holds is bool(verdict) is not any(verdict.regrets)
    assert verdict.game is game
    assert verdict.profile == game.profile(profile)


def test_a_verdict_reads_well():
    game = MODEL.game(s=4)
    assert repr(bg.verify(game, ("Comply", "Enforce"))) == (
        "<Verdict: fails; regrets Japan 1 (Engage), US 0>"
    )
    assert repr(bg.verify(game, ("Engage", "Enforce"))) == (
        "<Verdict: holds; regrets Japan 0, US 0>"
    )


@st.composite
def games(draw):
    shape = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3).map(tuple))
    size = int(np.prod(shape))
    payoffs = st.lists(st.integers(-3, 3), min_size=size, max_size=size)
    arrays = [np.array(draw(payoffs)).reshape(shape) for _ in shape]
    profile = []
    for n in shape:
        row = draw(st.lists(st.integers(0, 3), min_size=n, max_size=n).filter(any))
        profile.append(tuple(Fraction(w, sum(row)) for w in row))
    return arrays, profile


def expected_payoff(array, profile):
    total = Fraction(0)
    for cell in product(*(range(n) for n in array.shape)):
        weight = Fraction(1)
        for strategy, a in zip(profile, cell, strict=True):
            weight *= strategy[a]
        total += weight * int(array[cell])
    return total


@given(games())
def test_regrets_are_what_the_best_pure_deviation_gains(drawn):
    arrays, profile = drawn
    game = bg.NormalFormGame(arrays)
    verdict = bg.verify(game, profile)
    for i, array in enumerate(arrays):
        now = expected_payoff(array, profile)
        gains = []
        for a in range(array.shape[i]):
            pure = tuple(Fraction(int(a == b)) for b in range(array.shape[i]))
            gains.append(expected_payoff(array, [*profile[:i], pure, *profile[i + 1 :]]) - now)
        assert verdict.payoffs[i] == now
        assert verdict.regrets[i] == max(gains) >= 0
        chosen = game.actions[i].index(verdict.deviations[i])
        assert gains[chosen] == max(gains)
        if not verdict.regrets[i]:
            assert profile[i][chosen] > 0
    assert verdict.holds is not any(verdict.regrets)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([[1, 2], [3, 4]], (0, 0)), ["verify", "list"]),
        ((MODEL, (0, 0)), ["verify", "Model"]),
        ((None, (0, 0)), ["verify", "NoneType"]),
        ((DILEMMA, ("C",)), ["1 entry", "2"]),
        ((DILEMMA, ("C", "X")), ["player 2", "'X'", "C and D"]),
        ((DILEMMA, (("1/2", "1/3"), "C")), ["player 1", "5/6"]),
        ((DILEMMA, "CC"), ["'CC'"]),
        ((DILEMMA, None), ["None"]),
    ],
    ids=str,
)
def test_bad_input_gets_one_sentence(arguments, words):
    with one_sentence(*words):
        bg.verify(*arguments)
