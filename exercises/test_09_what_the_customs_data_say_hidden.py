"""Hidden test of exercise 9; students do not get this file."""

import random

from balancegame.grading.exercise.mistaken_functions import asks_unseen


@asks_unseen("bounds", "with unseen fuels")
def test_unseen_fuels():
    """Return more fuels, and larger savings, than any that students can read."""
    draw = random.Random("unseen fuels")
    cases = []
    for count in (2, 4, 6, 8):
        for _ in range(8):
            top = draw.randint(20, 200)
            cases.append([(draw.randint(-40, top), draw.random() < 0.3) for _ in range(count)])
    return [(case,) for case in cases]
