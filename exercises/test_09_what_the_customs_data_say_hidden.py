"""Hidden tests of exercise 9; students do not get this file."""

from __future__ import annotations

import random

import pytest

from balancegame.grading.exercise.feedback import wrong
from balancegame.grading.exercise.mistaken_functions import AskedFunction

ERRS = "Your function errs with fuels that you have not seen."


def bounds(seen):
    """Return the bounds, one fuel after the other."""
    low, high = 0, None
    for saving, kept in seen:
        if kept and (high is None or saving < high):
            high = saving
        if not kept and saving > low:
            low = saving
    return "none" if high is not None and high <= low else (low, high)


def unseen_fuels():
    """Return more fuels, and larger savings, than any that students can read."""
    draw = random.Random("unseen fuels")
    cases = []
    for count in (2, 4, 6, 8):
        for _ in range(8):
            top = draw.randint(20, 900)
            cases.append([(draw.randint(-40, top), draw.random() < 0.3) for _ in range(count)])
    return [(case,) for case in cases]


def pairs(given, function, seen):
    """Return what the student's function gave back, a list as a tuple."""
    if isinstance(given, str):
        return given.strip().casefold()
    if not isinstance(given, (list, tuple)) or len(given) != 2:
        wrong("unseen-fuels", ERRS)
    return tuple(given)


UNSEEN = AskedFunction("bounds", bounds, unseen_fuels, read=pairs)


@pytest.mark.hidden
@pytest.mark.task(3)
@pytest.mark.points(1)
@pytest.mark.criterion("the function with unseen fuels")
def test_function_bounds_unseen_fuels(student):
    UNSEEN.agrees(student, lambda *_: ERRS, "unseen-fuels")
