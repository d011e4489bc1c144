"""Hidden tests of exercise 4; students do not get this file."""

from __future__ import annotations

import random
from itertools import permutations

import pytest

import balancegame as bg
from balancegame.grading.exercise.feedback import wrong


@pytest.mark.hidden
@pytest.mark.task(3)
@pytest.mark.points(1)
@pytest.mark.criterion("the function in larger tables")
def test_function_in_larger_tables_with_payoffs_below_zero(student):
    draw = random.Random("unseen tables")
    for rows, columns in ((3, 5), (5, 1), (6, 4)):
        first = [draw.randint(-9, -5) for _ in range(columns)]
        # Rows a step or two apart, so that dominance and ties are frequent.
        steps = [draw.choice(((1, 2), (0, 1), (-1, 1))) for _ in range(rows - 1)]
        table = [first, *([x + draw.choice(step) for x in first] for step in steps)]
        for row, other in permutations(range(rows), 2):
            says = student.call("strictly_dominates", table, row, other)
            if says is not best_alone(table[row], table[other]):
                wrong("unseen-tables", "Your function errs in a table that you have not seen.")


def best_alone(row, other):
    """Ask the solver whether, of two rows, the first is the one best response throughout."""
    game = bg.NormalFormGame([[row, other]] * 2)
    return all(
        list(bg.best_responses(game, 0, (None, column))) == [game.actions[0][0]]
        for column in game.actions[1]
    )
