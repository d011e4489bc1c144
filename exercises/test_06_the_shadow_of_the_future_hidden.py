"""Hidden tests of exercise 6; students do not get this file.

The automaton of task 4 has none: what it must do is verified in every state, so that nothing is
left to ask.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from balancegame.exact import exact
from balancegame.grading.exercise.feedback import wrong

WORTH = st.integers(1, 40).map(lambda quarters: Fraction(quarters, 4))
DELTA = st.integers(0, 19).map(lambda twentieths: Fraction(twentieths, 20))


@pytest.mark.hidden
@pytest.mark.task(3)
@pytest.mark.points(1)
@pytest.mark.criterion("the least sanction in unseen alliances")
@settings(max_examples=15, phases=[Phase.generate])
@given(E=WORTH, Y=WORTH, delta=DELTA)
def test_least_sanction_in_unseen_alliances(student, E, Y, delta):
    s = exact(student.call("least_sanction", E, Y, delta), "what least_sanction gives back")
    # What Japan gains by withholding for ever: Y once, and the sanction in each period.
    gain = (1 - delta) * (Y - s) + delta * (0 - s) - (Y - E)
    if s < 0 or gain > 0 or (s > 0 and gain < 0):
        wrong("unseen-alliances", "Your function errs in an alliance that you have not seen.")
