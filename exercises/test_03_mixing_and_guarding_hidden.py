"""Hidden tests of exercise 3; students do not get this file."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from balancegame.exact import exact
from balancegame.grading.feedback import wrong

PAYOFF = st.integers(-60, 60)
ROW = st.tuples(PAYOFF, PAYOFF).map(list)
CLOSE = Fraction(1, 10**9)


@pytest.mark.hidden
@pytest.mark.task(3)
@pytest.mark.points(1)
@pytest.mark.criterion("the function in unseen tables")
@settings(max_examples=30, phases=[Phase.generate])
@given(first=ROW, second=ROW)
def test_function_leaves_the_us_indifferent_in_unseen_tables(student, first, second):
    gains = [left - right for left, right in (first, second)]
    # No row may be better for one column than the other: else nothing leaves the US indifferent.
    assume(gains[0] != gains[1] and gains[0] * gains[1] <= 0)
    p = exact(student.call("first_row", [first, second]), "what first_row gives back")
    left, right = (p * a + (1 - p) * b for a, b in zip(first, second, strict=True))
    if not (0 <= p <= 1 and abs(left - right) <= CLOSE):
        wrong("unseen-tables", "Your function errs in a table that you have not seen.")
