"""Hidden tests of exercise 3; students do not get this file."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from balancegame.exact import exact
from balancegame.grading.exercise.feedback import wrong

PAYOFF, GAIN = st.integers(-60, 60), st.integers(1, 40)
CLOSE = Fraction(1, 10**9)


@pytest.mark.hidden
@pytest.mark.task(3)
@pytest.mark.points(1)
@pytest.mark.criterion("the function in unseen tables")
@settings(max_examples=15, phases=[Phase.generate])
@given(first=PAYOFF, second=PAYOFF, gain=GAIN, loss=GAIN, sign=st.sampled_from((1, -1)))
def test_function_leaves_the_us_indifferent_in_unseen_tables(
    student, first, second, gain, loss, sign
):
    # Each column is better for the US in one row: else nothing would leave it indifferent.
    us = [[first, first - sign * gain], [second, second + sign * loss]]
    p = exact(student.call("first_row", us), "what first_row gives back")
    left, right = (p * a + (1 - p) * b for a, b in zip(*us, strict=True))
    if not (0 <= p <= 1 and abs(left - right) <= CLOSE):
        wrong("unseen-tables", "Your function errs in a table that you have not seen.")
