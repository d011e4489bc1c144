"""Hidden tests of exercise 1; students do not get this file."""

from __future__ import annotations

import random

import pytest

import balancegame as bg
from balancegame.grading.exercise.mistaken_functions import AskedFunction, read_truth


def stays(japan, us, row, column):
    """Ask the solver whether a cell is an equilibrium."""
    game = bg.NormalFormGame([japan, us])
    return (game.actions[0][row], game.actions[1][column]) in bg.pure_equilibria(game)


def unseen_cells():
    """Return cells of larger tables; few different payoffs, so that ties are frequent."""
    draw = random.Random("unseen tables")
    cells = []
    for rows, columns in ((4, 3), (1, 5), (3, 1), (5, 5)):
        japan, us = (
            [[draw.randint(-9, -6) for _ in range(columns)] for _ in range(rows)] for _ in "JU"
        )
        cells += [(japan, us, row, column) for row in range(rows) for column in range(columns)]
    return cells


UNSEEN = AskedFunction("is_equilibrium", stays, unseen_cells, read=read_truth)


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
