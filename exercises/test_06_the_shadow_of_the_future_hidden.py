"""Hidden tests of exercise 6; students do not get this file.

The automaton of task 4 has none: what it must do is verified in every state, so that nothing is
left to ask.
"""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from balancegame.exact import exact
from balancegame.grading.exercise.mistaken_functions import AskedFunction, read_returned


def least(E, Y, delta):
    """Return the sanction at which withholding for ever gains nothing, where it gains at all."""
    # Whoever withholds gets Y once and loses the sanction in each period; support is worth Y - E.
    without = (1 - delta) * Y - (Y - E)
    return max(without, Fraction(0))


def unseen_alliances():
    """Return alliances, in some of which the future alone is enough."""
    draw = random.Random("unseen alliances")
    return [
        (
            Fraction(draw.randint(1, 40), 4),
            Fraction(draw.randint(1, 40), 4),
            Fraction(draw.randint(0, 19), 20),
        )
        for _ in range(40)
    ]


def number(given, function, *question):
    """Return a number that the student's function gave back, exactly."""
    return exact(read_returned(given, function), f"what {function} gives back")


UNSEEN = AskedFunction("least_sanction", least, unseen_alliances, read=number)


@pytest.mark.hidden
@pytest.mark.task(3)
@pytest.mark.points(1)
@pytest.mark.criterion("the least sanction in unseen alliances")
def test_least_sanction_in_unseen_alliances(student):
    UNSEEN.agrees(
        student,
        lambda *_: "Your function errs in an alliance that you have not seen.",
        "unseen-alliances",
    )
