"""Hidden tests of exercise 8; students do not get this file."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from balancegame.grading.exercise.feedback import wrong
from balancegame.grading.exercise.mistaken_functions import AskedFunction

ERRS = "Your function errs in a vote that you have not seen."


def swings(weights, quota):
    """Return each member's swings, from how many coalitions of the others have each weight."""
    found = []
    for i, weight in enumerate(weights):
        sums = Counter({0: 1})
        for other in weights[:i] + weights[i + 1 :]:
            joined = Counter({total + other: number for total, number in sums.items()})
            sums = sums + joined
        found.append(sum(n for total, n in sums.items() if quota - weight <= total < quota))
    return found


def unseen_votes():
    """Return votes of more members and larger weights than any that students can read."""
    draw = random.Random("unseen votes")
    votes = []
    for members in (2, 4, 6, 7, 8):
        for _ in range(6):
            weights = [draw.randint(0, 9) for _ in range(members - 1)] + [draw.randint(7, 30)]
            votes.append((weights, draw.randint(1, sum(weights))))
    return votes


def listed(given, function, weights, quota):
    """Return the numbers that the student's function gave back, as a list or as a tuple."""
    if not isinstance(given, (list, tuple)):
        wrong("unseen-votes", ERRS)
    return list(given)


UNSEEN = AskedFunction("swings", swings, unseen_votes, read=listed)


@pytest.mark.hidden
@pytest.mark.task(3)
@pytest.mark.points(1)
@pytest.mark.criterion("the function in unseen votes")
def test_function_counts_the_swings_of_unseen_votes(student):
    UNSEEN.agrees(student, lambda *_: ERRS, "unseen-votes")
