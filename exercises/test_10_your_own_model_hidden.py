"""Hidden tests of exercise 10; students do not get this file."""

import runpy
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from balancegame.grading import exercise as ex

ERRS = "Your function errs at a value that you have not seen."
VISIBLE = Path(__file__).with_name("test_10_your_own_model.py")

# Between the values that the visible test asks about.
UNSEEN = tuple(Fraction(k, 7) for k in range(1, 7)) + tuple(Fraction(k, 23) for k in (1, 8, 22))


@cache
def visible():
    """Return what the visible tests define, read once for all students."""
    return runpy.run_path(str(VISIBLE))


@pytest.mark.task(3)
@pytest.mark.criterion("the function at unseen values")
def test_function_gives_a_threshold_at_unseen_values(student):
    names = visible()["LETTERS"]
    given = dict(zip(names, student.answers(*names), strict=True))
    right, at_rest = visible()["followed"](visible()["asked_of"](UNSEEN, **given))
    if not right:
        ex.wrong(
            "unseen-values", "Inside the range of moved there is no threshold to compare with."
        )
    answers = student.call_each("threshold", [(value,) for value in right])
    said = []
    for found, answer in zip(right.values(), answers, strict=True):
        said.append(ex.number_meant(answer, "threshold"))
        if not visible()["is_one_of"](said[-1], found):
            ex.wrong("unseen-values", ERRS)
    if visible()["rests"](said, at_rest):
        ex.wrong("unseen-values", ERRS)
