"""Hidden test of exercise 5; students do not get this file."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from balancegame.grading.exercise.mistaken_functions import asks_unseen


@pytest.mark.hidden
@asks_unseen("belief", "in unseen cases")
def test_unseen_cases():
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
