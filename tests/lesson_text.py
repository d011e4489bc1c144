"""What a lesson says, for tests that hold it against the solver and the facts."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat

REPOSITORY = Path(__file__).parents[1]
FACTS = (REPOSITORY / "docs" / "facts.md").read_text(encoding="utf-8")

_ROW = re.compile(r"\*\*([\w ]+)\*\* \| ([−\d]+), ([−\d]+) \| ([−\d]+), ([−\d]+) \|")


def cells(number, *kinds):
    """Return the cells of a lesson by their ids: all, or those of some kinds."""
    (path,) = (REPOSITORY / "notebooks").glob(f"{number}_*.ipynb")
    found = nbformat.read(path, as_version=nbformat.NO_CONVERT).cells
    return {cell.id: cell.source for cell in found if not kinds or cell.cell_type in kinds}


def text(number):
    """Return what stands between the code of a lesson."""
    return "\n\n".join(cells(number, "markdown").values())


def prints(cell, game):
    """Return whether a cell prints the table of a game of two players, and no other."""
    rows = {
        name: [int(number.replace("−", "-")) for number in numbers]
        for name, *numbers in _ROW.findall(cell)
    }
    return rows == {
        name: [payoff for column in game.actions[1] for payoff in game.payoff((name, column))]
        for name in game.actions[0]
    }
