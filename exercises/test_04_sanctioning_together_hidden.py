"""Hidden test of exercise 4; students do not get this file."""

import random
from itertools import permutations

from balancegame.grading.exercise.mistaken_functions import asks_unseen


@asks_unseen("strictly_dominates", "in larger tables")
def test_larger_tables():
    """Return pairs of rows of larger tables; a step or two apart, for dominance and ties."""
    draw = random.Random("unseen tables")
    asked = []
    for rows, columns in ((3, 5), (5, 1), (6, 4)):
        first = [draw.randint(-9, -5) for _ in range(columns)]
        steps = [draw.choice(((1, 2), (0, 1), (-1, 1))) for _ in range(rows - 1)]
        table = [first, *([x + draw.choice(step) for x in first] for step in steps)]
        asked += [(table, row, other) for row, other in permutations(range(rows), 2)]
    return asked
