"""Explanations: the exact sentences and their forms."""

from fractions import Fraction

import numpy as np
import pytest
import sympy

import balancegame as bg
from balancegame.explain.solution import side_in_words
from tests.one_sentence import one_sentence

MODEL = bg.models["core-dilemma"]
NAMES = {"players": ("Japan", "US"), "actions": (("Comply", "Engage"), ("Enforce", "Acquiesce"))}
COORDINATION = bg.NormalFormGame([[[2, 0], [0, 1]]] * 2, **NAMES)


def flowing(text):
    """Leave out line breaks and indents, which other tests look at."""
    return " ".join(str(text).split())


PROFILES = [
    pytest.param(
        MODEL.game(s=4),
        ("Comply", "Enforce"),
        """
            Japan plays Comply and the US plays Enforce; Japan gets 10 and the US
              10.
              - Japan would gain 1 by playing Engage instead (11 rather than 10).
              - The US cannot gain: Acquiesce would yield the same 10 against
                Comply.
            So this is not an equilibrium.
        """,
        id="a threat too small",
    ),
    pytest.param(
        MODEL.game(s=6),
        ("Comply", {"Enforce": "5/6", "Acquiesce": "1/6"}),
        """
            Japan plays Comply and the US plays Enforce with probability 5/6 and
              Acquiesce with 1/6; Japan gets 10 and the US 10.
              - Japan cannot gain: Engage would yield the same 10 against the US's
                mixture.
              - The US is indifferent against Comply between Enforce and Acquiesce:
                each yields 10.
            So this is an equilibrium.
        """,
        id="the end of a continuum",
    ),
    pytest.param(
        MODEL.game(s=6),
        ({"Comply": "1/4", "Engage": "3/4"}, "Acquiesce"),
        """
            Japan plays Comply with probability 1/4 and Engage with 3/4 and the US
              plays Acquiesce; Japan gets 55/4 and the US 31/4.
              - Japan would gain 5/4 by playing Engage instead (15 rather than
                55/4).
              - The US would gain 3/2 by playing Enforce instead (37/4 rather than
                31/4).
            So this is not an equilibrium.
        """,
        id="both would rather change",
    ),
    pytest.param(
        bg.NormalFormGame([[1, 3, 3]], players=("Japan",), actions=(("Low", "Mid", "High"),)),
        ("Mid",),
        """
            Japan plays Mid; Japan gets 3.
              - Japan cannot gain: High would yield the same 3, and Low would yield
                less.
            This choice is optimal.
        """,
        id="a decision",
    ),
    pytest.param(
        bg.NormalFormGame([[1, 3, 3]], players=("Japan",), actions=(("Low", "Mid", "High"),)),
        ("Low",),
        """
            Japan plays Low; Japan gets 1.
              - Japan would gain 2 by playing Mid instead (3 rather than 1).
            So this choice is not optimal.
        """,
        id="a poor decision",
    ),
    pytest.param(
        bg.NormalFormGame(
            [np.arange(8).reshape(2, 2, 2), -np.arange(8).reshape(2, 2, 2), np.zeros((2, 2, 2))],
            players=("US", "Japan", "Russia"),
            actions=(("Stay", "Go"), ("Left", "Right"), ("Up", "Down")),
        ),
        ("Stay", {"Left": "1/2", "Right": "1/2"}, "Up"),
        """
            The US plays Stay, Japan plays Left with probability 1/2 and Right with
              1/2 and Russia plays Up; the US gets 1, Japan -1 and Russia 0.
              - The US would gain 4 by playing Go instead (5 rather than 1).
              - Japan would gain 1 by playing Left instead (0 rather than -1).
              - Russia cannot gain: Down would yield the same 0 given what the
                others play.
            So this is not an equilibrium.
        """,
        id="three players",
    ),
]


@pytest.mark.parametrize(("game", "profile", "text"), PROFILES)
def test_a_profile_in_words(game, profile, text):
    assert flowing(bg.explain(game, profile)) == flowing(text)
    assert flowing(bg.explain(bg.verify(game, profile))) == flowing(text)


GAMES = [
    pytest.param(
        MODEL.game(s=4),
        """
            There is one equilibrium, in pure strategies.
            Japan plays Engage and the US plays Enforce; Japan gets 11 and the US 9.
              - Japan would lose 1 by playing Comply instead.
              - The US would lose 2 by playing Acquiesce instead.
        """,
        id="s = 4",
    ),
    pytest.param(
        MODEL.game(s=5),
        """
            There are infinitely many equilibria, two of them in pure strategies:
              a continuum.
            Japan plays any mixture of Comply and Engage and the US plays Enforce,
              because Japan is indifferent against Enforce; Japan gets 10 and the US
              between 9 and 10.
              - Each of Comply and Engage yields Japan 10.
              - The US would lose between 0 and 2 by playing Acquiesce instead.
        """,
        id="s = 5",
    ),
    pytest.param(
        MODEL.game(s=6),
        """
            There are infinitely many equilibria, one of them in pure strategies:
              a continuum.
            Japan plays Comply and the US plays any mixture with at least 5/6 on
              Enforce, because the US is indifferent against Comply; Japan gets 10
              and the US 10.
              - Japan would lose between 0 and 1 by playing Engage instead.
              - Each of Enforce and Acquiesce yields the US 10.
              - The limit is Enforce with probability 5/6 and Acquiesce with 1/6:
                beyond it Japan would rather play Engage.
        """,
        id="s = 6",
    ),
    pytest.param(
        COORDINATION,
        """
            There are three equilibria: two in pure strategies and one in mixed
              strategies.
            Japan plays Comply and the US plays Enforce; Japan gets 2 and the US 2.
              - Japan would lose 2 by playing Engage instead.
              - The US would lose 2 by playing Acquiesce instead.
            Japan plays Comply with probability 1/3 and Engage with 2/3 and the US
              plays Enforce with probability 1/3 and Acquiesce with 2/3;
              Japan gets 2/3 and the US 2/3.
              - Japan is indifferent against the US's mixture between Comply and
                Engage: each yields 2/3.
              - The US is indifferent against Japan's mixture between Enforce and
                Acquiesce: each yields 2/3.
              - Japan's mixture keeps the US indifferent between Enforce and
                Acquiesce: it follows from the US's payoffs alone.
              - The US's mixture keeps Japan indifferent between Comply and Engage:
                it follows from Japan's payoffs alone.
            Japan plays Engage and the US plays Acquiesce; Japan gets 1 and the US
              1.
              - Japan would lose 1 by playing Comply instead.
              - The US would lose 1 by playing Enforce instead.
        """,
        id="coordination",
    ),
]


@pytest.mark.parametrize(("game", "text"), GAMES)
def test_all_equilibria_in_words(game, text):
    assert flowing(bg.explain(game)) == flowing(text)
    assert flowing(bg.explain(bg.equilibria(game))) == flowing(text)


CHANGES = [
    (
        {"s": 4},
        {"s": 6},
        """
            Now s rises from 4 to 6.
              - Against Enforce, the best response of Japan changes from Engage to
                Comply: Comply still yields 10 and Engage yields 9 rather than
                11.
            Before: Japan plays Engage and the US plays Enforce.
            After: Japan plays Comply and the US plays any mixture with at least 5/6
              on Enforce.
        """,
    ),
    (
        {"s": 5},
        {"s": 4},
        """
            Now s falls from 5 to 4.
              - Against Enforce, the best response of Japan changes from a tie of
                Comply and Engage to Engage: Comply still yields 10 and
                Engage yields 11 rather than 10.
            Before: Japan plays any mixture of Comply and Engage and the US plays
              Enforce.
            After: Japan plays Engage and the US plays Enforce.
        """,
    ),
    (
        {"s": 6},
        {"s": 8},
        """
            Now s rises from 6 to 8.
              - No best response to a pure action changes, but some to a mixture do.
            Before: Japan plays Comply and the US plays any mixture with at least
              5/6 on Enforce.
            After: Japan plays Comply and the US plays any mixture with at least 5/8
              on Enforce.
        """,
    ),
    (
        {"s": 4, "E": 5},
        {"s": "9/2", "E": 7},
        """
            Now s rises from 4 to 9/2 and E rises from 5 to 7.
            The equilibria stay the same: Japan plays Engage and the US plays
              Enforce.
        """,
    ),
    (
        {"s": 6},
        {"s": 6, "k": 5},
        """
            Now k rises from 2 to 5.
              - Against Engage, the best response of the US changes from Enforce to
                Acquiesce: Enforce yields 6 rather than 9 and Acquiesce still
                yields 7.
            Before: Japan plays Comply and the US plays any mixture with at least
              5/6 on Enforce.
            After: Japan plays Comply and the US plays any mixture with at least 5/6
              on Enforce; or Japan plays Engage and the US plays Acquiesce.
        """,
    ),
]


@pytest.mark.parametrize(("before", "after", "text"), CHANGES)
def test_a_change_in_words(before, after, text):
    assert flowing(bg.explain(MODEL, before, after)) == flowing(text)


def test_thresholds_in_words():
    found = bg.regimes(MODEL, "s", E=5)
    assert flowing(bg.explain(found)) == flowing("""
        There is one threshold of s: 5.
        For 0 <= s < 5: Japan plays Engage and the US plays Enforce.
        At s = 5: Japan plays any mixture of Comply and Engage and the US plays Enforce.
          - Against Enforce, Japan gets 10 from Comply and 15 - s from Engage, which are
            equal at s = 5.
          - The probability (s - 5)/s with which the US plays Acquiesce reaches 0.
        For 5 < s <= 20: Japan plays Comply and the US plays any mixture with at least
          5/s on Enforce.
    """)
    assert "beyond it Japan would rather play Engage" in str(bg.explain(found[2]))


@pytest.mark.parametrize(
    ("side", "words"),
    [
        ([(1, 0, 0), (0, 1, 0)], "any mixture of Stay and Go"),
        ([(1, 0, 0), ("1/3", "2/3", 0)], "any mixture with at least 1/3 on Stay, the rest on Go"),
        ([(0, "1/4", "3/4"), (0, 0, 1)], "any mixture with at least 3/4 on Wait, the rest on Go"),
        (
            [("2/3", "1/3", 0), ("1/4", "3/4", 0)],
            "any mixture with between 1/4 and 2/3 on Stay, the rest on Go",
        ),
        ([(1, 0, 0), (0, 1, 0), (0, 0, 1)], "any mixture of Stay, Go and Wait"),
        (
            [(1, 0, 0), ("1/2", "1/2", 0)],
            "any mixture with at least 1/2 on Stay, the rest on Go",
        ),
        (
            [(1, 0, 0), (0, 1, 0), (0, "1/2", "1/2")],
            "any average of these strategies: Stay; Go; Go with probability 1/2 and Wait with 1/2",
        ),
    ],
)
def test_one_side_of_a_continuum_in_words(side, words):
    exact = tuple(tuple(map(Fraction, vertex)) for vertex in side)
    assert side_in_words(exact, ("Stay", "Go", "Wait")) == words


# --- forms --------------------------------------------------------------------------------------


def test_irrational_payoffs_are_explained():
    text = str(bg.explain(MODEL.game(s=sympy.sqrt(2)), ("Comply", "Enforce")))
    assert "would gain 5 - sqrt(2) by playing Engage instead (15 - sqrt(2) rather than 10)" in text


def test_three_players_are_verified_and_explained_in_pure_strategies():
    game = bg.NormalFormGame(np.zeros((3, 2, 2, 2), dtype=int))
    assert str(bg.explain(game, (0, 0, 0))).endswith("So this is an equilibrium.")
    assert str(bg.explain(game)).startswith("There are eight equilibria in pure strategies.")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((5,), ["int"]),
        ((None,), ["NoneType"]),
        (("Japan",), ["str"]),
        ((("Comply", "Enforce"),), []),
        (((),), []),
        ((COORDINATION, 0, 0), ["2"]),
        ((COORDINATION, "Comply"), ["'Comply'"]),
        ((COORDINATION, ("Comply", "Obey")), ["US", "'Obey'"]),
        ((MODEL, {"s": 1}), ["two settings"]),
        ((MODEL, {"s": 1}, {"s": 1}), ["same"]),
        ((MODEL, {"s": 1}, {"t": 1}), ["t"]),
        ((MODEL, {"s": 1}, {"s": 100}), ["s = 100", "0 to 20"]),
        ((MODEL, 1, 2), ["two settings"]),
        ((bg.equilibria(COORDINATION), 0), []),
        ((bg.verify(COORDINATION, (0, 0)), 0), []),
    ],
    ids=str,
)
def test_what_cannot_be_explained_gets_one_sentence(arguments, words):
    with one_sentence(*words):
        bg.explain(*arguments)
