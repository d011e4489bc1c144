"""Hidden test of exercise 3; students do not get this file."""

import random

from balancegame.grading.exercise.mistaken_functions import asks_unseen


@asks_unseen("first_row", "in unseen tables")
def test_unseen_tables():
    """Return tables with larger payoffs, in which both players must mix."""
    draw = random.Random("unseen tables")
    tables = []
    while len(tables) < 40:
        (a, b), (c, d) = us = [[draw.randint(-60, 60) for _ in range(2)] for _ in range(2)]
        if (a - b) * (c - d) < 0 and (a - c) * (b - d) < 0:
            tables.append((us,))
    return tables
