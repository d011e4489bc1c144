"""Hidden tests of exercise 2; students do not get this file."""

from __future__ import annotations

import random

import pytest

from balancegame.exact import exact
from balancegame.grading.exercise.mistaken_functions import AskedFunction, read_returned


def moves_first(first, second):
    """Return the row that the first mover takes, by backward induction."""
    columns = [max(range(len(row)), key=row.__getitem__) for row in second]
    yields = [row[column] for row, column in zip(first, columns, strict=True)]
    return yields.index(max(yields))


def unseen_tables():
    """Return larger tables, and such with one row or one column."""
    draw = random.Random("unseen tables")
    tables = []
    for rows, columns in ((5, 4), (1, 4), (6, 1), (2, 6)):
        for _ in range(8):
            tables.append(tuple(table(draw, rows, columns) for _ in "FS"))
    return tables


def table(draw, rows, columns):
    numbers = iter(draw.sample(range(-90, -10), rows * columns))
    return [[next(numbers) for _ in range(columns)] for _ in range(rows)]


def row_chosen(given, function, first, second):
    return exact(read_returned(given, function), f"what {function} gives back")


UNSEEN = AskedFunction("first_choice", moves_first, unseen_tables, read=row_chosen)


@pytest.mark.hidden
@pytest.mark.task(3)
@pytest.mark.points(1)
@pytest.mark.criterion("the function in larger tables")
def test_function_in_larger_tables_with_payoffs_below_zero(student):
    UNSEEN.agrees(
        student,
        lambda *_: "Your function errs in a table that you have not seen.",
        "unseen-tables",
    )
