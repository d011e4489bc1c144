"""Many unrelated two-player games of one shape, solved together."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from balancegame.errors import GameError
from balancegame.exact import exact
from balancegame.games.normal_form import NormalFormGame
from balancegame.progress_bar import with_progress
from balancegame.solvers.normal_form.batch import (
    Words,
    distinct,
    integer_type,
    solution_sets,
    supports_of,
)
from balancegame.solvers.normal_form.label_sets import Supports
from balancegame.solvers.normal_form.minors import many_bases, minor_bound
from balancegame.solvers.normal_form.nash import Equilibria, equilibria


@dataclass(frozen=True, repr=False, eq=False)
class ManySolutions(Sequence[Equilibria]):
    """The solutions of many games; an item is the :class:`Equilibria` of one."""

    payoffs: tuple[Any, Any]
    sets: Words

    @cached_property
    def _labelled(self) -> tuple[NDArray[np.int32], tuple[Supports, ...]]:
        shape = self.payoffs[0].shape[1:]
        chosen, number = distinct(self.sets)
        found = [supports_of(tuple(words), shape) for words in self.sets[:, chosen].T.tolist()]
        order = sorted(set(found), reverse=True)
        rank = {supports: k for k, supports in enumerate(order)}
        return np.array([rank[s] for s in found], dtype=np.int32)[number], tuple(order)

    @property
    def labels(self) -> NDArray[np.int32]:
        """Equal for two games if and only if their maximal Nash subsets have equal supports."""
        return self._labelled[0]

    @property
    def supports(self) -> tuple[Supports, ...]:
        """For each label the supports of the vertices of each maximal Nash subset."""
        return self._labelled[1]

    @overload
    def __getitem__(self, index: int) -> Equilibria: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Equilibria, ...]: ...
    def __getitem__(self, index: int | slice) -> Equilibria | tuple[Equilibria, ...]:
        if isinstance(index, slice):
            return tuple(self[k] for k in range(*index.indices(len(self))))
        first, second = (array[index].tolist() for array in self.payoffs)
        return equilibria(NormalFormGame([first, second]))

    def __len__(self) -> int:
        return int(self.sets.shape[1])

    def __repr__(self) -> str:
        size = " x ".join(map(str, self.payoffs[0].shape[1:]))
        return f"<ManySolutions of {len(self)} games, {size}>"


def solve_many(first: Any, second: Any) -> ManySolutions:
    """Return the solutions of many unrelated two-player games, exactly.

    Parameters
    ----------
    first, second : array-like, shape (games, m, n)
        The payoffs of each player; whole numbers, or anything that :func:`exact` understands.
        At most 5 x 5 actions.

    Returns
    -------
    ManySolutions
        The label of each game's solution; an item solves one game in full.

    Raises
    ------
    GameError
        If the arrays are not of one shape (games, m, n), a payoff is not rational, or the games
        are too large.

    Examples
    --------
    >>> A, B = [[[2, 0], [0, 1]], [[1, 1], [0, 0]]], [[[1, 0], [0, 2]], [[0, 1], [0, 1]]]
    >>> solved = solve_many(A, B)
    >>> solved.labels.tolist(), len(solved[0])
    ([1, 0], 3)
    """
    arrays = _array(first, "first"), _array(second, "second")
    if arrays[0].shape != arrays[1].shape or arrays[0].ndim != 3 or 0 in arrays[0].shape[1:]:
        raise GameError(
            f"the payoffs have shapes {arrays[0].shape} and {arrays[1].shape}; give two arrays of "
            "the same shape (games, m, n)."
        )
    _, m, n = arrays[0].shape
    if many_bases(m, n):
        raise GameError(
            f"games of {m} x {n} actions are too large to solve by the thousand; solve them one "
            "at a time with equilibria, or remove dominated actions."
        )
    scaled = [_integers(array) for array in arrays]
    return ManySolutions(arrays, solution_sets(*scaled))


def _array(payoffs: Any, which: str) -> NDArray[Any]:
    """Return whole numbers as they are, anything else as Fractions; a copy in both cases."""
    if isinstance(payoffs, np.ndarray) and payoffs.dtype.kind in "iu":
        return payoffs.copy()
    try:
        array = np.array(payoffs, dtype=np.object_)
    except ValueError:
        array = np.array(0)
    known: dict[tuple[type, Any], Fraction] = {}
    flat = array.ravel()
    for k in with_progress(range(len(flat)), "reading"):
        value = flat[k]
        if isinstance(value, (list, tuple)):
            raise GameError(
                f"the payoffs of the {which} player are ragged; give an array of one shape "
                "(games, m, n)."
            )
        key = (type(value), value if isinstance(value, Hashable) else id(value))
        if key not in known:
            known[key] = exact(value, f"a payoff of the {which} player")
            if not isinstance(known[key], Fraction):
                raise GameError(
                    f"the payoff {known[key]} of the {which} player is irrational; solve its game "
                    "by itself with equilibria."
                )
        flat[k] = known[key]
    return flat.reshape(array.shape)


def _integers(array: NDArray[Any]) -> NDArray[Any]:
    """Scale each game to integers and put the games last."""
    games, m, n = array.shape
    if not games:
        return np.empty((m, n, 0), dtype=np.int64)
    if array.dtype == np.object_:
        scaled = []
        for row in array.reshape(games, m * n).tolist():
            scale = lcm(*(entry.denominator for entry in row))
            scaled.append([int(entry * scale) for entry in row])
        array = np.array(scaled, dtype=np.object_).reshape(games, m, n)
    largest = max(abs(int(array.max())), abs(int(array.min())))
    dtype = integer_type(max(minor_bound(m, n, largest), minor_bound(n, m, largest)))
    return np.ascontiguousarray(np.moveaxis(array, 0, -1).astype(dtype))
