"""Hidden tests of exercise 11; students do not get this file.

The issues of task 4 have none: what they must do is verified, so that nothing is left to ask.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from balancegame.exact import exact
from balancegame.grading.exercise.feedback import wrong

WORTH = st.integers(1, 40).map(lambda quarters: Fraction(quarters, 4))
CHANCE = st.integers(0, 19).map(lambda twentieths: Fraction(twentieths, 20))


@pytest.mark.hidden
@pytest.mark.task(3)
@pytest.mark.points(1)
@pytest.mark.criterion("the largest favour in unseen cases")
@settings(max_examples=15, phases=[Phase.generate])
@given(B=WORTH, periods=st.integers(7, 12), delta=CHANCE.filter(bool), h=CHANCE)
def test_largest_favour_in_unseen_cases(student, B, periods, delta, h):
    says = exact(student.call("largest_favour", B, periods, delta, h), "what largest_favour says")
    worth = B
    for _ in range(periods):
        worth = worth * delta * (1 - h)
    if says != worth:
        wrong("unseen-favours", "Your function errs in an unseen favour, with a longer wait.")
