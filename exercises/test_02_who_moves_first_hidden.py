"""Hidden test of exercise 2; students do not get this file."""

import random

from balancegame.grading.exercise.mistaken_functions import asks_unseen


def table(draw, rows, columns):
    numbers = iter(draw.sample(range(-90, -10), rows * columns))
    return [[next(numbers) for _ in range(columns)] for _ in range(rows)]


@asks_unseen("first_choice", "in larger tables")
def test_larger_tables():
    """Return larger tables, and such with one row or one column."""
    draw = random.Random("unseen tables")
    tables = []
    for rows, columns in ((5, 4), (1, 4), (6, 1), (2, 6)):
        for _ in range(8):
            tables.append(tuple(table(draw, rows, columns) for _ in "FS"))
    return tables
