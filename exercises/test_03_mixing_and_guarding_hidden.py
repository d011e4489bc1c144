"""Hidden tests of exercise 3; students do not get this file."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from balancegame.exact import exact
from balancegame.grading.exercise.mistaken_functions import AskedFunction, read_returned

CLOSE = Fraction(1, 10**9)


def indifferent(us):
    """Return the probability of the first row at which both columns pay the US the same."""
    (a, b), (c, d) = us
    return Fraction(d - c, a - b - c + d)


def unseen_tables():
    """Return tables in which each column is better for the US in one row."""
    draw = random.Random("unseen tables")
    tables = []
    for _ in range(40):
        first, second = draw.randint(-60, 60), draw.randint(-60, 60)
        gain, loss = draw.randint(1, 40), draw.randint(1, 40)
        sign = draw.choice((1, -1))
        tables.append(([[first, first - sign * gain], [second, second + sign * loss]],))
    return tables


def chance(given, function, us):
    """Return the right probability for one that a computer has rounded, else what is given."""
    p, right = exact(read_returned(given, function), f"what {function} gives back"), indifferent(us)
    return right if abs(p - right) <= CLOSE else p


UNSEEN = AskedFunction("first_row", indifferent, unseen_tables, read=chance)


@pytest.mark.hidden
@pytest.mark.task(3)
@pytest.mark.points(1)
@pytest.mark.criterion("the function in unseen tables")
def test_function_leaves_the_us_indifferent_in_unseen_tables(student):
    UNSEEN.agrees(
        student,
        lambda *_: "Your function errs in a table that you have not seen.",
        "unseen-tables",
    )
