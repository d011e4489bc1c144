"""Hidden test of exercise 5; students do not get this file."""

import random
from fractions import Fraction

from balancegame.grading.exercise.mistaken_functions import asks_unseen


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
