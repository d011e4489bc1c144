"""Hidden test of exercise 6; students do not get this file."""

import random
from fractions import Fraction

from balancegame.grading.exercise.mistaken_functions import asks_unseen


@asks_unseen("least_sanction", "in unseen alliances")
def test_unseen_alliances():
    """Return alliances, in some of which the future alone is enough."""
    draw = random.Random("unseen alliances")
    return [
        (
            Fraction(draw.randint(1, 16), 4),
            Fraction(draw.randint(1, 40), 4),
            Fraction(draw.randint(1, 19), 20),
        )
        for _ in range(40)
    ]
