"""Hidden tests of exercise 11; students do not get this file.

The issues of task 4 have none: what they must do is verified, so that nothing is left to ask.
"""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from balancegame.exact import exact
from balancegame.grading.exercise.mistaken_functions import AskedFunction, read_returned


def worth_today(B, periods, delta, h):
    """Return what a return is worth today, one period of the wait after the other."""
    worth = B
    for _ in range(periods):
        worth = worth * delta * (1 - h)
    return worth


def unseen_favours():
    """Return favours that are repaid later than any that students can read."""
    draw = random.Random("unseen favours")
    return [
        (
            Fraction(draw.randint(1, 40), 4),
            draw.randint(7, 12),
            Fraction(draw.randint(1, 19), 20),
            Fraction(draw.randint(0, 19), 20),
        )
        for _ in range(40)
    ]


def number(given, function, *question):
    """Return a number that the student's function gave back, exactly."""
    return exact(read_returned(given, function), f"what {function} gives back")


UNSEEN = AskedFunction("largest_favour", worth_today, unseen_favours, read=number)


@pytest.mark.hidden
@pytest.mark.task(3)
@pytest.mark.points(1)
@pytest.mark.criterion("the largest favour in unseen cases")
def test_largest_favour_in_unseen_cases(student):
    UNSEEN.agrees(
        student,
        lambda *_: "Your function errs in an unseen favour, one with a longer wait.",
        "unseen-favours",
    )
