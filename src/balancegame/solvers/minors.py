r"""Bordered minors: the one family of numbers that decides every two-player game.

Let :math:`B` be the m x n payoff matrix of a player, whose actions are the columns, against an
opponent, whose actions are the rows. For rows I and columns J with \|J\| = \|I\| + 1 the bordered
minor N(I, J) is the determinant of the matrix whose first row is ones and whose other rows are
B[i, J], i in I. Expansion along the last row gives all of them, level by level:

.. math::  N(\emptyset, \{j\}) = 1, \qquad
   N(I, J) = \sum_{p} (-1)^{|I| + p} \, B[\max I, J_p] \; N(I \setminus \max I, J \setminus J_p)

with p the position in J, counted from 0. The opponent's mixtures against which the columns'
payoffs are at most v form the polyhedron

.. math::  \{(x, v) : x \ge 0, \ \mathbf 1^\top x = 1, \ B^\top x \le v\}.

A basis of it is a pair (I, J) with \|I\| = \|J\|: the support I of x and the binding columns J. By
Cramer's rule every coordinate of the basic solution and every slack is, up to one common factor,
a bordered minor:

- x_i is proportional to :math:`(-1)^q N(I \setminus i, J)`, q the position of i in I,
- the slack of a column j outside J to :math:`(-1)^p N(I, J \cup j)`, p the number of elements of
  J before j.

So signs of minors tell which bases are feasible and which inequalities bind at each. Only +, -, x
and sign occur: the entries may be integers, arrays of integers or polynomials.

Source: the best-response polyhedron and labels are those of von Stengel (2007), "Equilibrium
computation for two-player games in strategic and extensive form"; the expansion is Laplace's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.errors import GameError

__all__ = ["Bases", "Level", "bases", "bordered_minors", "levels", "minor_bound"]

# Beyond about ten actions a player the bases number in the millions.
MAX_BASES = 1_000_000

INT64_SAFE = 2**62


@dataclass(frozen=True)
class Level:
    """How the minors with ``size`` rows are made from those with one row fewer.

    ``last_row[t]`` is the last row of minor t; ``column[t, p]`` its p-th column; ``smaller[t, p]``
    the position, within the previous level, of the minor without that row and column.
    """

    size: int
    last_row: NDArray[np.intp]
    column: NDArray[np.intp]
    smaller: NDArray[np.intp]


@dataclass(frozen=True)
class Bases:
    """Where the coordinates and slacks of every basis stand among the minors.

    Labels 0 to m - 1 are the coordinates of x, labels m to m + n - 1 the slacks of the columns.
    Entry [b, label] of ``minor`` is the position of the minor proportional to it and that of
    ``sign`` its sign relative to the basis, 0 where the label binds by construction.
    """

    rows: int
    columns: int
    minor: NDArray[np.intp]
    sign: NDArray[np.int8]


@lru_cache(maxsize=64)
def levels(rows: int, columns: int) -> tuple[Level, ...]:
    """Return the steps of the expansion for a matrix of the given shape."""
    steps = []
    position: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {
        ((), (j,)): j for j in range(columns)
    }
    for size in range(1, min(rows, columns - 1) + 1):
        minors = [
            (chosen, kept)
            for chosen in combinations(range(rows), size)
            for kept in combinations(range(columns), size + 1)
        ]
        steps.append(
            Level(
                size,
                np.array([chosen[-1] for chosen, _ in minors], dtype=np.intp),
                np.array([kept for _, kept in minors], dtype=np.intp),
                np.array(
                    [
                        [position[chosen[:-1], kept[:p] + kept[p + 1 :]] for p in range(size + 1)]
                        for chosen, kept in minors
                    ],
                    dtype=np.intp,
                ),
            )
        )
        position = {minor: t for t, minor in enumerate(minors)}
    return tuple(steps)


def bordered_minors(matrix: NDArray[Any]) -> list[NDArray[Any]]:
    """Return every bordered minor of a matrix, one array a level.

    Parameters
    ----------
    matrix : ndarray, shape (rows, columns) or (rows, columns, cells)
        Elements of any commutative ring: int64 (see :func:`minor_bound`), or object for Python
        integers and polynomials. A last axis holds unrelated cells of a grid.

    Returns
    -------
    list of ndarray
        For each number of rows k = 0, 1, ... an array of shape (minors,) or (minors, cells),
        in lexicographic order of (rows, columns).

    Examples
    --------
    >>> bordered_minors(np.array([[3, 5], [4, 1]]))
    [array([1, 1]), array([ 2, -3])]
    """
    rows, columns, *cells = matrix.shape
    values = [np.ones((columns, *cells), dtype=matrix.dtype)]
    for level in levels(rows, columns):
        smaller = values[-1]
        total: NDArray[Any] | None = None
        for p in range(level.size + 1):
            term = matrix[level.last_row, level.column[:, p]] * smaller[level.smaller[:, p]]
            if total is None:
                total = term if (level.size + p) % 2 == 0 else -term
            elif (level.size + p) % 2 == 0:
                total += term
            else:
                total -= term
        assert total is not None
        values.append(total)
    return values


def minor_bound(rows: int, columns: int, largest: int) -> int:
    """Return a bound on every number met in the expansion of a matrix of integers.

    Examples
    --------
    >>> minor_bound(2, 3, 5)
    150
    """
    bound = 1
    for size in range(1, min(rows, columns - 1) + 1):
        bound *= (size + 1) * max(largest, 1)
    return bound


@lru_cache(maxsize=64)
def bases(rows: int, columns: int) -> Bases:
    """Return every basis of the polyhedron for a matrix of the given shape.

    Raises
    ------
    GameError
        If there are more than a million, as for a game of 11 x 11 actions.
    """
    if comb(rows + columns, rows) > MAX_BASES:
        raise GameError(
            f"a game of {rows} x {columns} actions is too large to solve completely; remove "
            "dominated actions or split it, so that each player has about 10 actions at most."
        )
    position: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}
    for size in range(min(rows, columns - 1) + 1):
        for chosen in combinations(range(rows), size):
            for kept in combinations(range(columns), size + 1):
                position[chosen, kept] = len(position)
    minors, signs = [], []
    for size in range(1, min(rows, columns) + 1):
        for chosen in combinations(range(rows), size):
            for kept in combinations(range(columns), size):
                minor, sign = [0] * (rows + columns), [0] * (rows + columns)
                for q, i in enumerate(chosen):
                    minor[i] = position[chosen[:q] + chosen[q + 1 :], kept]
                    sign[i] = (-1) ** q
                for j in range(columns):
                    if j not in kept:
                        before = sum(k < j for k in kept)
                        wider = (*kept[:before], j, *kept[before:])
                        minor[rows + j] = position[chosen, wider]
                        sign[rows + j] = (-1) ** before
                minors.append(minor)
                signs.append(sign)
    return Bases(rows, columns, np.array(minors, dtype=np.intp), np.array(signs, dtype=np.int8))
