"""Hidden tests of exercise 7; students do not get this file."""

from __future__ import annotations

import random

import pytest

from balancegame.grading.exercise.feedback import wrong
from balancegame.grading.exercise.mistaken_functions import AskedFunction

ERRS = "Your function errs in a game that you have not seen."


def optimal(outcomes):
    """Return the outcomes that no other one improves on."""
    return [outcome for outcome in outcomes if not improved(outcome, outcomes)]


def improved(outcome, outcomes):
    """Return whether some other outcome gives somebody more and nobody less."""
    return any(
        other != outcome and all(x <= y for x, y in zip(outcome, other, strict=True))
        for other in outcomes
    )


def unseen_outcomes():
    """Return lists of outcomes; few different payoffs, so that ties and doubles are frequent."""
    draw = random.Random("unseen games")
    return [
        ([tuple(draw.randint(-7, -4) for _ in range(players)) for _ in range(draw.randint(1, 9))],)
        for players in range(1, 6)
        for _ in range(8)
    ]


def listed(given, function, outcomes):
    """Return the outcomes that the student's function gave back, as lists or as tuples."""
    if not isinstance(given, (list, tuple)):
        wrong("unseen-games", ERRS)
    return [tuple(each) if isinstance(each, list) else each for each in given]


UNSEEN = AskedFunction("pareto_optimal", optimal, unseen_outcomes, read=listed)


@pytest.mark.hidden
@pytest.mark.task(3)
@pytest.mark.points(1)
@pytest.mark.criterion("the function in unseen games")
def test_function_finds_what_is_pareto_optimal_in_unseen_games(student):
    UNSEEN.agrees(student, lambda *_: ERRS, "unseen-games")
