"""Questions that many exercises ask: each usual mistake gets its sentence, in any game."""

from fractions import Fraction

import pytest

from balancegame.games.normal_form import NormalFormGame
from balancegame.games.reciprocity import grim_trigger
from balancegame.grading.exercise import best_replies, mixture, patience
from balancegame.grading.exercise.mistakes import asked
from balancegame.grading.exercise.verdicts import Wrong

HALF = Fraction(1, 2)
INVESTMENT = NormalFormGame(
    [[[6, 2, -3], [2, 2, 2]], [[5, 7, 7], [1, 0, 0]]],
    ("Japan", "Russia"),
    (("Invest", "Wait"), ("Protect", "Tax", "Seize")),
)
# The US watches: in every cell somebody would rather do something else.
WATCHED = NormalFormGame(
    [[[-1, 2], [0, 0]], [[-2, -5], [-1, 0]]],
    ("Japan", "US"),
    (("Violate", "Obey"), ("Sanction", "Refrain")),
)
CHICKEN = NormalFormGame([[[-1, -1], [0, -4]], [[-2, 0], [-2, -6]]], ("US", "Japan"))
UNLIKE = NormalFormGame([[[5, 0], [8, 2]], [[4, 7], [1, 2]]], ("Japan", "US"))
ALL_TIE = NormalFormGame([[[1], [1], [1]], [[0], [0], [0]]], ("Japan", "US"))
GRIM = grim_trigger(("action 1", "action 1"), ("action 2", "action 2"))


@pytest.mark.parametrize(
    ("question", "right", "answer", "key", "sentence"),
    [
        (
            best_replies(INVESTMENT, "Russia", "Invest"),
            {"Tax", "Seize"},
            {"Tax"},
            "one-of-a-tie",
            "Tax is a best response to Invest, but not the only one;",
        ),
        (
            best_replies(ALL_TIE, "Japan", "action 1"),
            {"action 1", "action 2", "action 3"},
            {"action 1", "action 3"},
            "one-of-a-tie",
            "action 1 and action 3 are best responses to action 1, but not the only ones;",
        ),
        (
            best_replies(INVESTMENT, "Russia", "Wait"),
            {"Protect"},
            {"Wait"},
            "other-players-actions",
            "Russia chooses among Protect, Seize, Tax; the action of the other player, Wait,",
        ),
        (
            best_replies(INVESTMENT, "Russia", "Wait"),
            {"Protect"},
            {"Tax"},
            "not-best",
            "against Wait, Tax gives Russia 0, but another action gives 1.",
        ),
        (
            best_replies(INVESTMENT, "Japan", "Tax"),
            {"Invest", "Wait"},
            {"Invest"},
            "one-of-a-tie",
            "Invest is a best response to Tax",
        ),
        (
            best_replies(INVESTMENT, "Japan", "Seize"),
            {"Wait"},
            {"Invest"},
            "other-players-payoffs",
            "you compared the other player's payoffs. In each cell Japan's number comes first and",
        ),
        (
            best_replies(WATCHED, "US", "Violate"),
            {"Sanction"},
            {"Sanction", "Refrain"},
            "not-best",
            "against Violate, Refrain gives the US -5, but another action gives -2. Hold Violate",
        ),
        (mixture(WATCHED, "Japan"), Fraction(1, 4), 1, "pure", "if Japan is that predictable, the"),
        (
            mixture(WATCHED, "US"),
            Fraction(2, 3),
            Fraction(1, 4),
            "own-payoffs",
            "you made the US indifferent, by its own payoffs. The mixture of the US must make",
        ),
        (
            mixture(WATCHED, "Japan"),
            Fraction(1, 4),
            Fraction(3, 4),
            "other-action",
            "that is the probability of Obey; the question is about Violate.",
        ),
        (
            mixture(CHICKEN, "US"),
            Fraction(2, 3),
            1,
            "not-indifferent",
            "then Japan gets -2 from action 1 and 0 from action 2, and would not mix.",
        ),
        (
            patience(UNLIKE, GRIM, "leaving"),
            Fraction(3, 5),
            HALF,
            "too-small",
            "at delta = 1/2 the US still gains 1/2 by leaving once; more patience is needed.",
        ),
        (
            patience(UNLIKE, GRIM, "leaving"),
            Fraction(3, 5),
            Fraction(9, 10),
            "too-large",
            "at delta = 9/10 leaving loses at least 3/2, so less patience would do;",
        ),
        (patience(UNLIKE, GRIM, "leaving"), Fraction(3, 5), 1, "no-discount-factor", "1 is no"),
    ],
)
def test_a_usual_mistake_gets_its_sentence(question, right, answer, key, sentence):
    found = asked(*question, lambda given, name: given)
    assert (found.right, found.clash()) == (right, "")
    found.judge(right, "x")
    with pytest.raises(Wrong) as error:
        found.judge(frozenset(answer) if isinstance(answer, set) else Fraction(answer), "x")
    assert error.value.misconception == key
    assert error.value.message.startswith(f"x: {sentence}")
