"""Hidden tests of exercise 1; students do not get this file."""

from __future__ import annotations

import random

import pytest

import balancegame as bg
from balancegame.grading.exercise.feedback import wrong


@pytest.mark.hidden
@pytest.mark.task(3)
@pytest.mark.points(1)
@pytest.mark.criterion("the function in larger tables")
def test_function_in_larger_tables_with_payoffs_below_zero(student):
    draw = random.Random("unseen tables")
    for rows, columns in ((4, 3), (1, 5), (3, 1), (5, 5)):
        # Few different payoffs, so that ties are frequent.
        japan, us = (
            [[draw.randint(-9, -6) for _ in range(columns)] for _ in range(rows)] for _ in "JU"
        )
        game = bg.NormalFormGame([japan, us])
        equilibria = bg.pure_equilibria(game)
        for row, column in game.cells():
            cell = (game.actions[0][row], game.actions[1][column])
            if student.call("is_equilibrium", japan, us, row, column) is not (cell in equilibria):
                wrong("unseen-tables", "Your function errs in a table that you have not seen.")
