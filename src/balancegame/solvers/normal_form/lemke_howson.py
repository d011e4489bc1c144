"""Some equilibria of a game that is too large for all of them, exactly, by Lemke and Howson.

From no play at all, for each action (label) of either player a path of pivots leads to an
equilibrium. Floats walk along the path; where it ends, the equations of that basis are solved in
integers, which say whether it is an equilibrium. If not, integers walk too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from balancegame.errors import GameError
from balancegame.exact.algebraic import Algebraic
from balancegame.games.normal_form import NormalFormGame, Profile, require_numbers
from balancegame.progress_bar import with_progress
from balancegame.solvers.normal_form.complementary_pivoting import (
    Basis,
    FloatTableau,
    IntegerTableau,
    basic_solution,
    path_end,
)
from balancegame.solvers.normal_form.nash import Equilibrium
from balancegame.solvers.solutions import Explained

MOST_ACTIONS = 60

# Random games need a few hundred pivots at most; there are games whose paths grow exponentially
# (Savani and von Stengel 2006), and nobody waits for those.
MOST_PIVOTS = 20_000
MOST_INTEGER_PIVOTS = 2_000


@dataclass(frozen=True, repr=False)
class SomeEquilibria(Sequence[Equilibrium], Explained):
    """Equilibria that were found on the way from labels, a sequence; there may be others.

    Attributes
    ----------
    labels : tuple of int
        The labels from which was searched: the first player's actions, then the second's.
    abandoned : tuple of int
        Those among them whose path was too long to follow to its end.
    """

    game: NormalFormGame
    found: tuple[Equilibrium, ...]
    labels: tuple[int, ...]
    abandoned: tuple[int, ...] = field(default=())

    @overload
    def __getitem__(self, index: int) -> Equilibrium: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Equilibrium, ...]: ...
    def __getitem__(self, index: int | slice) -> Equilibrium | tuple[Equilibrium, ...]:
        return self.found[index]

    def __len__(self) -> int:
        return len(self.found)

    def __repr__(self) -> str:
        lines = "".join(f"\n  {equilibrium!r}" for equilibrium in self.found)
        return f"<SomeEquilibria ({len(self)}; there may be others):{lines}>"


def lemke_howson(game: NormalFormGame, labels: Iterable[int] | None = None) -> SomeEquilibria:
    """Return some equilibria of a two-player game, exactly: for games too large for all.

    Parameters
    ----------
    game : NormalFormGame
        With rational payoffs and up to 60 x 60 actions.
    labels : iterable of int, optional
        Where to search from, by default everywhere: 0, 1, ... for the first player's actions,
        then on for the second's. A single one gives a single equilibrium, quickly.

    Returns
    -------
    SomeEquilibria
        The different equilibria that were reached, in decreasing lexicographic order of the
        strategies. Each is exact; whether they are all, this does not say: :func:`equilibria`
        does, for smaller games.

    Raises
    ------
    GameError
        If the game has not two players, has irrational payoffs or too many actions, a label does
        not exist, or no path was followed to its end.

    Notes
    -----
    Lemke and Howson (1964), from every label as Shapley (1974) shows it, with the lexicographic
    rule against cycling in degenerate games; see von Stengel (2002).

    Examples
    --------
    >>> game = NormalFormGame([[[3, 3], [2, 5], [0, 6]], [[3, 2], [2, 6], [3, 1]]])
    >>> for equilibrium in lemke_howson(game):
    ...     print([[str(p) for p in strategy] for strategy in equilibrium.strategies])
    [['1', '0', '0'], ['1', '0']]
    [['0', '1/3', '2/3'], ['1/3', '2/3']]
    """
    _require(game)
    rows, columns = game.shape
    asked = _labels(labels, rows + columns)
    tables = tuple(_positive(table) for table in game.payoffs)
    paths = _Paths(tables[0], tables[1])
    reached: dict[Profile, None] = {}
    abandoned = []
    for position in with_progress(range(len(asked)), "following paths"):
        profile = paths.end(asked[position])
        if profile is None:
            abandoned.append(asked[position])
        else:
            reached[profile] = None
    if not reached:
        raise GameError(
            f"no path of Lemke and Howson came to its end within {MOST_PIVOTS} pivots; remove "
            "dominated actions, or try other labels."
        )
    found = [Equilibrium(profile, game.payoff(profile), game) for profile in reached]
    ordered = tuple(sorted(found, key=lambda e: e.strategies, reverse=True))
    return SomeEquilibria(game, ordered, asked, tuple(abandoned))


class _Paths:
    """The paths of one game, in floats first, and the equilibria in which they end."""

    def __init__(self, first: NDArray[Any], second: NDArray[Any]) -> None:
        self.integers: tuple[NDArray[Any], NDArray[Any]] = (first, second)
        self.rows = first.tolist()
        self.columns = second.T.tolist()
        self.floats = _near(first), _near(second)
        self.certified: dict[tuple[Basis, Basis], Profile | None] = {}

    def end(self, label: int) -> Profile | None:
        """Return the equilibrium in which a label's path ends; None if the path is too long."""
        try:
            bases = path_end(FloatTableau, *self.floats, label, MOST_PIVOTS)
            profile = self._profile(bases) if bases else None
        except ArithmeticError:
            profile = None
        if profile is None:
            # What misled the floats (a tie, a number too large for them) misleads no integer.
            bases = path_end(IntegerTableau, *self.integers, label, MOST_INTEGER_PIVOTS)
            profile = self._profile(bases) if bases else None
        return profile

    def _profile(self, bases: tuple[Basis, Basis]) -> Profile | None:
        """Return the profile of complementary bases if both are vertices, None if not.

        It is an equilibrium then: an action that is played has a basic variable, so that the slack
        of its label is not basic, hence zero, and the action is a best reply.
        """
        if bases not in self.certified:
            ours, theirs = bases
            complementary = not set(ours) & set(theirs)
            x = complementary and basic_solution(self.columns, 0, ours)
            y = x and basic_solution(self.rows, len(self.rows), theirs)
            self.certified[bases] = (_mixture(x), _mixture(y)) if x and y else None
        return self.certified[bases]


def _near(table: NDArray[Any]) -> NDArray[Any]:
    """Return positive integers of any size as floats up to 1."""
    near: NDArray[Any] = (table / table.max()).astype(float)
    return near


def _mixture(weights: list[int]) -> tuple[Fraction, ...]:
    total = sum(weights)
    return tuple(Fraction(weight, total) for weight in weights)


def _positive(table: Sequence[Sequence[Fraction]]) -> NDArray[Any]:
    """Scale and shift payoffs to positive integers, which changes no equilibrium."""
    scale = lcm(*(entry.denominator for row in table for entry in row))
    scaled = [[entry.numerator * (scale // entry.denominator) for entry in row] for row in table]
    below = 1 - min(min(row) for row in scaled)
    return np.array([[entry + below for entry in row] for row in scaled], dtype=object)


def _labels(labels: Iterable[Any] | None, count: int) -> tuple[int, ...]:
    asked = tuple(range(count) if labels is None else labels)
    for label in asked:
        if isinstance(label, bool) or not isinstance(label, int) or not 0 <= label < count:
            raise GameError(f"there is no label {label!r}; labels are 0 to {count - 1}.")
    if not asked:
        raise GameError("there is no label to search from; give one, or leave labels out.")
    return asked


def _require(game: NormalFormGame) -> None:
    require_numbers(game, "lemke_howson")
    if len(game.players) != 2:
        raise GameError(
            f"lemke_howson is for 2 players and this game has {len(game.players)}; use "
            "pure_equilibria(game) for its equilibria in pure strategies."
        )
    if max(game.shape) > MOST_ACTIONS:
        rows, columns = game.shape
        raise GameError(
            f"lemke_howson is for up to {MOST_ACTIONS} x {MOST_ACTIONS} actions and this game has "
            f"{rows} x {columns}; remove dominated actions, or use pure_equilibria(game)."
        )
    entries: Iterable[Any] = (entry for table in game.payoffs for row in table for entry in row)
    for entry in entries:
        if isinstance(entry, Algebraic):
            raise GameError(
                f"the payoff {entry} is irrational and lemke_howson takes fractions; round it to a "
                "fraction."
            )
