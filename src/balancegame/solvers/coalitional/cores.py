r"""The core and the least core.

The *core* (Gillies 1959) holds the splits x of v(N) to which no coalition objects:
:math:`x(S) \ge v(S)` for every S. It is empty if and only if some balanced collection of coalitions
proves it (Bondareva 1963; Shapley 1967): with weights :math:`\lambda_S > 0` that sum to 1 over the
coalitions of each player, :math:`\sum_S \lambda_S v(S) > v(N)`. The *least core* (Maschler, Peleg
and Shapley 1979) holds the splits at which the largest excess v(S) - x(S) of all coalitions but
nobody and everybody is as small as possible.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from balancegame.exact import plain
from balancegame.games.coalitional import CoalitionalGame, require_coalitional
from balancegame.solvers.coalitional.least_excess import LeastExcess, Programme
from balancegame.solvers.coalitional.player_values import PlayerValues, numbered
from balancegame.solvers.coalitional.split_polytope import marginal_vectors, polytope_vertices
from balancegame.solvers.coalitional.split_verdict import read_split, split_verdict
from balancegame.solvers.coalitional.superadditivity import Property, convex
from balancegame.solvers.solutions import Explained

# With more players than this, the vertices of a convex game are found faster order by order.
_MANY = 5
# With no more than this, to find the vertices takes no longer than to find out if there are any.
_FEW = 3


@dataclass(frozen=True, repr=False)
class Core(Explained):
    """The core of a game: its vertices, or the balanced collection that proves it empty.

    It is true if it is not empty, and it holds a split (``split in core``) to which no coalition
    objects. As a sequence it holds its vertices.

    Attributes
    ----------
    game : CoalitionalGame
    collection : mapping of tuple of str to Fraction
        Where the core is empty, coalitions with weights that sum to 1 over those of each player,
        and that together are worth more than everybody; empty otherwise.
    """

    game: CoalitionalGame
    collection: Mapping[tuple[str, ...], Fraction]

    @property
    def empty(self) -> bool:
        """Whether some coalition objects to every split."""
        return bool(self.collection)

    @cached_property
    def vertices(self) -> tuple[PlayerValues, ...]:
        """The corners of the core, each a number for each player; found when first asked for."""
        game, size = self.game, len(self.game.players)
        if self.empty:
            return ()
        if game.votes is not None:
            corners = [tuple(Fraction(int(i == k)) for i in range(size)) for k in vetoing(game)]
        elif size > _MANY and convex(game):
            corners = list(marginal_vectors(game.at, size))
        else:
            corners = list(polytope_vertices(game.table.__getitem__, size, Fraction(0)))
        return tuple(PlayerValues(game, corner) for corner in sorted(corners))

    @property
    def bound(self) -> Fraction:
        """Where the core is empty, what its balanced collection is worth: more than everybody."""
        worth = (weight * self.game.value(S) for S, weight in self.collection.items())
        return sum(worth, Fraction(0))

    def __contains__(self, split: Any) -> bool:
        return split_verdict(self.game, read_split(self.game, split)).holds

    def __bool__(self) -> bool:
        return not self.empty

    def __iter__(self) -> Iterator[PlayerValues]:
        return iter(self.vertices)

    def __len__(self) -> int:
        return len(self.vertices)

    def __getitem__(self, index: int) -> PlayerValues:
        return self.vertices[index]

    def __repr__(self) -> str:
        if self.empty:
            return f"<Core: empty, since balanced coalitions are worth {plain(self.bound)}>"
        return f"<Core: {'; '.join(map(numbered, self.vertices))}>"


@dataclass(frozen=True, repr=False)
class LeastCore(Explained):
    """The least core: the smallest possible largest excess, and the splits that reach it.

    Attributes
    ----------
    game : CoalitionalGame
    excess : Fraction
        What the coalition that misses most misses; negative where all get more than they are worth.
    split : PlayerValues
        One of the splits.
    collection : mapping of tuple of str to Fraction
        The balanced collection that proves the excess least: weights that sum to 1.
    """

    game: CoalitionalGame
    excess: Fraction
    split: PlayerValues
    collection: Mapping[tuple[str, ...], Fraction]

    @cached_property
    def vertices(self) -> tuple[PlayerValues, ...]:
        """The corners of the least core; found when first asked for."""
        game, size = self.game, len(self.game.players)
        corners = polytope_vertices(game.at, size, self.excess)
        return tuple(PlayerValues(game, corner) for corner in sorted(corners))

    def __contains__(self, split: Any) -> bool:
        verdict = split_verdict(self.game, read_split(self.game, split))
        return not verdict.left_over and verdict.excess <= self.excess

    def __repr__(self) -> str:
        return f"<LeastCore: excess {plain(self.excess)}, such as {numbered(self.split)}>"


def core(game: CoalitionalGame) -> Core:
    """Return the core: its vertices, or a balanced collection that proves it empty.

    Parameters
    ----------
    game : CoalitionalGame
        Votes of any size; any other game up to 20 players. Vertices are found when asked for, for
        about 7 players or fewer.

    Returns
    -------
    Core

    Raises
    ------
    GameError
        If it is not a coalitional game, or has too many players; where vertices are asked for, if
        there are more than 2,000.

    Notes
    -----
    Terms of the glossary:

    core
        the splits to which no coalition objects

    Examples
    --------
    >>> found = core(CoalitionalGame.weighted((1, 1, 1), 2, ("A", "B", "C")))
    >>> found.empty, {"+".join(S): str(weight) for S, weight in found.collection.items()}
    (True, {'A+B': '1/2', 'A+C': '1/2', 'B+C': '1/2'})
    """
    require_coalitional(game, "core")
    if len(game.players) == 1:
        return Core(game, {})
    if game.votes is not None:
        return Core(game, {} if vetoing(game) else _without_vetoes(game))
    held = Core(game, {})
    if len(game.players) <= _FEW and held.vertices:
        return held
    found = Programme(game, individual=False).solve()
    return held if found.excess <= 0 else Core(game, _balanced(game, found))


def least_core(game: CoalitionalGame) -> LeastCore:
    """Return the least core: how little the coalition that misses most can be made to miss.

    Parameters
    ----------
    game : CoalitionalGame
        Up to 20 players.

    Returns
    -------
    LeastCore

    Raises
    ------
    GameError
        If it is not a coalitional game, or has too many players.

    Examples
    --------
    >>> str(least_core(CoalitionalGame.weighted((1, 1, 1), 2)).excess)
    '1/3'
    """
    require_coalitional(game, "least_core")
    if len(game.players) == 1:
        return LeastCore(game, Fraction(0), PlayerValues(game, (game.at(1),)), {})
    found = Programme(game, individual=False).solve()
    collection = {game.members(mask): weight for mask, weight in found.weights.items()}
    return LeastCore(game, found.excess, PlayerValues(game, found.split), collection)


def balanced(game: CoalitionalGame) -> Property:
    """Return whether the core is not empty.

    Parameters
    ----------
    game : CoalitionalGame
        As for :func:`balancegame.core`.

    Returns
    -------
    Property
        True or false; where it fails, ``.against`` is the balanced collection that proves it.

    Raises
    ------
    GameError
        If it is not a coalitional game, or has too many players.

    Examples
    --------
    >>> balanced(CoalitionalGame.weighted((1, 1, 1), 2)).holds
    False
    """
    require_coalitional(game, "balanced")
    found = core(game)
    return Property(game, "balanced", not found.empty, tuple(found.collection))


def vetoing(game: CoalitionalGame) -> tuple[int, ...]:
    """Return the positions of the members without whom nobody wins."""
    everybody = game.everybody
    return tuple(i for i in range(len(game.players)) if not game.at(everybody & ~(1 << i)))


def _balanced(game: CoalitionalGame, found: LeastExcess) -> dict[tuple[str, ...], Fraction]:
    """Return the weights of the programme, scaled so that each player is covered once."""
    covered = sum((weight for mask, weight in found.weights.items() if mask & 1), Fraction(0))
    return {game.members(mask): weight / covered for mask, weight in found.weights.items()}


def _without_vetoes(game: CoalitionalGame) -> dict[tuple[str, ...], Fraction]:
    """Return a balanced collection of votes without vetoes.

    Everybody but one wins, whoever that is: n coalitions, each player in n - 1 of them.
    """
    size = len(game.players)
    return {
        game.members(game.everybody & ~(1 << i)): Fraction(1, size - 1)
        for i in reversed(range(size))
    }
