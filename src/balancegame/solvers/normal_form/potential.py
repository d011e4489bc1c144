r"""Exact potentials: one function whose changes are everybody's gains.

A function P on the combinations of actions is an exact potential (Monderer and Shapley 1996) if
for every player i, :math:`P(a'_i, a_{-i}) - P(a_i, a_{-i}) = u_i(a'_i, a_{-i}) - u_i(a_i, a_{-i})`.
Where it is largest nobody can gain, so a game with a potential has an equilibrium in pure
strategies, and every sequence of improvements by one player at a time ends in one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

from balancegame.games.normal_form import NormalFormGame, require_numbers
from balancegame.solvers.solutions import Explained


@dataclass(frozen=True)
class Potential(Explained):
    """An exact potential, 0 where everybody takes the first action."""

    game: NormalFormGame = field(compare=False, repr=False)
    values: Mapping[tuple[str, ...], Fraction]

    def __hash__(self) -> int:
        return hash(frozenset(self.values.items()))

    @property
    def highest(self) -> tuple[tuple[str, ...], ...]:
        """Where the potential is largest: equilibria in pure strategies."""
        most = max(self.values.values())
        return tuple(cell for cell, value in self.values.items() if value == most)


def potential(game: NormalFormGame) -> Potential | None:
    """Return the exact potential of a game, or None if it has none.

    Parameters
    ----------
    game : NormalFormGame
        Of any number of players.

    Notes
    -----
    Walking from the first combination of actions to another, one player at a time, adds up what
    each gains. Whether the way matters is checked on every single deviation.

    Examples
    --------
    >>> dilemma = NormalFormGame([[[2, 0], [3, 1]], [[2, 3], [0, 1]]])
    >>> [str(value) for value in potential(dilemma).values.values()]
    ['0', '1', '1', '2']
    >>> potential(NormalFormGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])) is None
    True
    """
    require_numbers(game, "potential")
    values = {cell: _along_the_way(game, cell) for cell in game.cells()}
    for cell, value in values.items():
        for i in range(len(cell)):
            for deviation in game.deviations(i, cell):
                if values[deviation] - value != game.at(i, deviation) - game.at(i, cell):
                    return None
    names = {game.outcome(cell): value for cell, value in values.items()}
    return Potential(game, MappingProxyType(names))


def _along_the_way(game: NormalFormGame, cell: tuple[int, ...]) -> Fraction:
    walk = [(*cell[:i], *[0] * (len(cell) - i)) for i in range(len(cell) + 1)]
    gains = (game.at(i, after) - game.at(i, at) for i, (at, after) in enumerate(pairwise(walk)))
    return sum(gains, Fraction(0))
