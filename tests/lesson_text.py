"""What a lesson says, for tests that hold it against the solver and the facts."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import product
from pathlib import Path

import nbformat

import balancegame as bg
from balancegame.customs import figure

REPOSITORY = Path(__file__).parents[1]
FACTS = (REPOSITORY / "docs" / "facts.md").read_text(encoding="utf-8")

NUMBERS = r"([−\d]+(?:, [−\d]+)+)"
ROW = re.compile(rf"^\| \*\*([\w ]+)\*\* \| {NUMBERS} \| {NUMBERS} \|$", re.M)


def cells(number, *kinds):
    """Return the cells of a lesson by their ids: all, or those of some kinds."""
    (path,) = (REPOSITORY / "notebooks").glob(f"{number}_*.ipynb")
    found = nbformat.read(path, as_version=nbformat.NO_CONVERT).cells
    return {cell.id: cell.source for cell in found if not kinds or cell.cell_type in kinds}


def lesson(number):
    """Return what says whether a cell of a lesson holds some words, with numbers filled in."""
    texts = cells(number)

    def says(cell, words, *numbers, **letters):
        told = re.sub(r"-(?=\d)", "−", words.format(*numbers, **letters))
        return told in texts[cell]

    return says


def text(number):
    """Return what stands between the code of a lesson."""
    return "\n\n".join(cells(number, "markdown").values())


def prints(cell, game):
    """Return whether a cell prints the tables of a game, one for each action of others."""
    found = [
        (name, *(tuple(map(int, each.replace("−", "-").split(", "))) for each in payoffs))
        for name, *payoffs in ROW.findall(cell)
    ]
    rows, columns, *others = game.actions
    return found == [
        (row, *(game.payoff((row, column, *beside)) for column in columns))
        for beside in product(*others)
        for row in rows
    ]


def explorer(number, cell):
    """Return the explorer that the last line of a cell of a lesson makes."""
    code = cells(number, "code")
    models = re.findall(r"^\w+ = bg\.models\[.+$", "\n".join(code.values()), re.M)
    return value("\n".join([*models, code[cell].splitlines()[-1]]))


def value(code, **names):
    """Return what the last line of some code makes, given the names that it knows beside bg."""
    *before, last = code.strip().splitlines()
    known = {"bg": bg, **names}
    exec("\n".join(before), known)
    return eval(last, known)


def bet(explorer, words):
    """Return what an explorer says to somebody who bets on a choice, by its words."""
    asked = explorer.shown["bets"] or explorer.plan
    choices = {choice["words"]: choice["value"] for choice in asked["choices"]}
    explorer.answer({"kind": "bet", "choice": choices[words]})
    return explorer.shown["bet"]


def saved(year, *fuels):
    """Return what Japan saved by buying fuels from Russia in a year, in billion yen."""
    return sum(figure(year, f"{fuel}_advantage") for fuel in fuels or ("crude", "coal", "LNG"))


def half_of_five(saving):
    """Return a saving as the presets of the models count it, five billion yen to a unit."""
    return Fraction(round(saving / 5), 2)
