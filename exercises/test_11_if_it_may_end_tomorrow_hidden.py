"""Hidden test of exercise 11; students do not get this file."""

import random
from fractions import Fraction

from balancegame.grading.exercise.mistaken_functions import asks_unseen


@asks_unseen("largest_favour", "in unseen cases")
def test_unseen_cases():
    """Return favours that are repaid later than any that students can read."""
    draw = random.Random("unseen favours")
    return [
        (
            Fraction(draw.randint(1, 40), 4),
            draw.randint(7, 12),
            Fraction(draw.randint(1, 19), 20),
            Fraction(draw.randint(0, 19), 20),
        )
        for _ in range(40)
    ]
