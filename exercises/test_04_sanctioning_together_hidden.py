"""Hidden tests of exercise 4; students do not get this file."""

from __future__ import annotations

import random
from itertools import permutations

import pytest

import balancegame as bg
from balancegame.grading.exercise.mistaken_functions import AskedFunction, read_truth


def dominates(table, row, other):
    """Ask the solver whether, of two rows, the first is the one best response throughout."""
    game = bg.NormalFormGame([[table[row], table[other]]] * 2)
    return all(
        list(bg.best_responses(game, 0, (None, column))) == [game.actions[0][0]]
        for column in game.actions[1]
    )


def unseen_questions():
    """Return pairs of rows of larger tables; a step or two apart, for dominance and ties."""
    draw = random.Random("unseen tables")
    asked = []
    for rows, columns in ((3, 5), (5, 1), (6, 4)):
        first = [draw.randint(-9, -5) for _ in range(columns)]
        steps = [draw.choice(((1, 2), (0, 1), (-1, 1))) for _ in range(rows - 1)]
        table = [first, *([x + draw.choice(step) for x in first] for step in steps)]
        asked += [(table, row, other) for row, other in permutations(range(rows), 2)]
    return asked


UNSEEN = AskedFunction("strictly_dominates", dominates, unseen_questions, read=read_truth)


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
