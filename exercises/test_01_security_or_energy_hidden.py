"""Hidden test of exercise 1; students do not get this file."""

import random

from balancegame.grading.exercise.mistaken_functions import asks_unseen


@asks_unseen("is_equilibrium", "in larger tables")
def test_larger_tables():
    """Return cells of larger tables; few different payoffs, so that ties are frequent."""
    draw = random.Random("unseen tables")
    cells = []
    for rows, columns in ((4, 3), (1, 5), (3, 1), (5, 5)):
        japan, us = (
            [[draw.randint(-9, -6) for _ in range(columns)] for _ in range(rows)] for _ in "JU"
        )
        cells += [(japan, us, row, column) for row in range(rows) for column in range(columns)]
    return cells
