"""Which cells of a payoff table are marked: best responses, and equilibria in pure strategies.

How a player's mark looks follows from its name (:mod:`.player_looks`).
"""

from __future__ import annotations

from dataclasses import dataclass

from balancegame.games.normal_form import NormalFormGame
from balancegame.wording import called

Cell = tuple[int, ...]


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
