"""Which cells of a payoff table are marked: best responses, and equilibria in pure strategies.

Each player's mark has a shape and a colour of its own; neither is needed to tell it by the other.
"""

from __future__ import annotations

from dataclasses import dataclass

from balancegame.games.normal_form import NormalFormGame
from balancegame.wording import called

Cell = tuple[int, ...]

SHAPES = ("circle", "square", "diamond", "octagon")
"""The shape of each player's mark, in order; further players start again."""


@dataclass(frozen=True)
class Marks:
    """The cells in which each player's action is a best response, and those where all are."""

    best: tuple[frozenset[Cell], ...]
    equilibria: frozenset[Cell]


def best_response_marks(game: NormalFormGame) -> Marks:
    """Return the cells in which each player plays a best response.

    Examples
    --------
    >>> marks = best_response_marks(NormalFormGame([[[2, 0], [3, 1]], [[2, 3], [0, 1]]]))
    >>> sorted(marks.best[0]), sorted(marks.equilibria)
    ([(1, 0), (1, 1)], [(1, 1)])
    """
    best = tuple(_best_cells(game, player) for player in range(len(game.players)))
    return Marks(best, frozenset.intersection(*best))


def shape(player: int) -> str:
    """Return the shape of a player's mark."""
    return SHAPES[player % len(SHAPES)]


def legend(game: NormalFormGame) -> tuple[str, ...]:
    """Return what each player's mark means."""
    return tuple(f"best response of {called(player)}" for player in game.players)


def _best_cells(game: NormalFormGame, player: int) -> frozenset[Cell]:
    rivals: dict[Cell, list[Cell]] = {}
    for cell in game.cells():
        rivals.setdefault(cell[:player] + cell[player + 1 :], []).append(cell)
    best = set()
    for cells in rivals.values():
        most = max(game.at(player, cell) for cell in cells)
        best |= {cell for cell in cells if game.at(player, cell) == most}
    return frozenset(best)
