"""Hidden tests of exercise 5; students do not get this file."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from balancegame.exact import exact
from balancegame.grading.exercise.mistaken_functions import AskedFunction, read_returned


def share(prior, independent, dependent):
    """Return Independent's share of the visits, counted one kind after the other."""
    visits = [prior * independent, (1 - prior) * dependent]
    return visits[0] / sum(visits)


def unseen_beliefs():
    """Return chances that students cannot read anywhere; somebody always engages."""
    draw = random.Random("unseen beliefs")
    return [
        (
            Fraction(draw.randint(1, 22), 23),
            Fraction(draw.randint(0, 16), 17),
            Fraction(draw.randint(1, 18), 19),
        )
        for _ in range(40)
    ]


def number(given, function, *question):
    """Return a number that the student's function gave back, exactly."""
    return exact(read_returned(given, function), f"what {function} gives back")


UNSEEN = AskedFunction("belief", share, unseen_beliefs, read=number)


@pytest.mark.hidden
@pytest.mark.task(3)
@pytest.mark.points(1)
@pytest.mark.criterion("the belief in unseen cases")
def test_belief_in_unseen_cases(student):
    UNSEEN.agrees(student, lambda *_: "Your function errs in an unseen case.", "unseen-beliefs")
