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

# Coordinates and slacks of all bases; a game of 10 x 10 actions has 3.7 million.
MAX_ENTRIES = 5_000_000

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


def _subsets(size: int, of: int) -> NDArray[np.intp]:
    """Return the subsets of {0, ..., of - 1} with ``size`` elements, in lexicographic order."""
    listed = list(combinations(range(of), size))
    return np.array(listed, dtype=np.intp).reshape(len(listed), size)


def _rank(subsets: NDArray[np.intp], of: int) -> NDArray[np.intp]:
    """Return the positions of sorted subsets (along the last axis) in lexicographic order."""
    size = subsets.shape[-1]
    after = np.array(
        [[comb(of - 1 - element, size - p) for p in range(size)] for element in range(of)],
        dtype=np.intp,
    ).reshape(of, size)
    position = np.full(subsets.shape[:-1], comb(of, size) - 1, dtype=np.intp)
    for p in range(size):
        position -= after[subsets[..., p], p]
    return position


def _without_each(subsets: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return, along a new axis, every subset without its p-th element."""
    size = subsets.shape[-1]
    keep = np.array([[k for k in range(size) if k != p] for p in range(size)], dtype=np.intp)
    return subsets[:, keep.reshape(size, max(size - 1, 0))]


@lru_cache(maxsize=64)
def levels(rows: int, columns: int) -> tuple[Level, ...]:
    """Return the steps of the expansion for a matrix of the given shape."""
    _require_small(rows, columns)
    steps = []
    for size in range(1, min(rows, columns - 1) + 1):
        chosen, kept = _subsets(size, rows), _subsets(size + 1, columns)
        above = _rank(chosen[:, :-1], rows) * comb(columns, size)
        left = _rank(_without_each(kept), columns)
        smaller = (above[:, None, None] + left[None]).reshape(-1, size + 1)
        last_row, column = np.repeat(chosen[:, -1], len(kept)), np.tile(kept, (len(chosen), 1))
        steps.append(Level(size, last_row, column, smaller))
    return tuple(steps)


def bordered_minors(matrix: NDArray[Any]) -> list[NDArray[Any]]:
    """Return every bordered minor of a matrix, an array for each number of rows 0, 1, ....

    The matrix has shape (rows, columns) or (rows, columns, cells) for unrelated cells of a grid,
    and elements of any commutative ring: int64 (see :func:`minor_bound`), or object for Python
    integers and polynomials. The arrays have shape (minors,) or (minors, cells), in lexicographic
    order of (rows, columns).

    Examples
    --------
    >>> bordered_minors(np.array([[3, 5], [4, 1]]))
    [array([1, 1]), array([ 2, -3])]
    """
    rows, columns, *cells = matrix.shape
    values = [np.ones((columns, *cells), dtype=matrix.dtype)]
    for level in levels(rows, columns):
        smaller = values[-1]
        total = _term(matrix, smaller, level, level.size)
        for p in reversed(range(level.size)):
            if (level.size + p) % 2 == 0:
                total += _term(matrix, smaller, level, p)
            else:
                total -= _term(matrix, smaller, level, p)
        values.append(total)
    return values


def _term(matrix: NDArray[Any], smaller: NDArray[Any], level: Level, p: int) -> NDArray[Any]:
    """Return, without its sign, the term of each minor of a level with its p-th column."""
    entries = matrix[level.last_row, level.column[:, p]]
    # The minors of level 0 are all 1.
    return np.multiply(entries, smaller[level.smaller[:, p]]) if level.size > 1 else entries


def minor_bound(rows: int, columns: int, largest: int) -> int:
    """Return a bound on every number met in the expansion of a matrix of integers.

    Examples
    --------
    >>> minor_bound(2, 3, 5)
    150
    """
    bound, product = max(largest, 1), 1
    for size in range(1, min(rows, columns - 1) + 1):
        product *= (size + 1) * max(largest, 1)
        bound = max(bound, product)
    return bound


@lru_cache(maxsize=64)
def bases(rows: int, columns: int) -> Bases:
    """Return every basis of the polyhedron for a matrix of the given shape."""
    _require_small(rows, columns)
    minors, signs = [], []
    start = 0
    for size in range(1, min(rows, columns) + 1):
        chosen, kept = _subsets(size, rows), _subsets(size, columns)
        pairs = len(chosen), len(kept)
        minor = np.zeros((*pairs, rows + columns), dtype=np.intp)
        sign = np.zeros((*pairs, rows + columns), dtype=np.int8)
        each = np.arange(pairs[0])[:, None]
        coordinates = start + _rank(_without_each(chosen), rows) * pairs[1]
        minor[each, :, chosen] = coordinates[:, :, None] + np.arange(pairs[1])
        sign[each, :, chosen] = ((-1) ** np.arange(size))[None, :, None]
        start += comb(rows, size - 1) * pairs[1]
        if size < columns:
            held = np.zeros((pairs[1], columns), dtype=np.bool_)
            held[np.arange(pairs[1])[:, None], kept] = True
            outside = np.nonzero(~held)[1].reshape(pairs[1], columns - size)
            before = (kept[:, None, :] < outside[:, :, None]).sum(axis=2)
            each_kept = np.repeat(kept[:, None], columns - size, axis=1)
            wider = np.sort(np.concatenate([each_kept, outside[:, :, None]], axis=2), axis=2)
            slack = start + np.arange(pairs[0])[:, None, None] * comb(columns, size + 1)
            places: NDArray[np.intp] = slack + _rank(wider, columns)[None]
            each = np.arange(pairs[1])[:, None]
            minor[:, each, rows + outside] = places
            sign[:, each, rows + outside] = ((-1) ** before)[None]
        minors.append(minor.reshape(-1, rows + columns))
        signs.append(sign.reshape(-1, rows + columns))
    return Bases(rows, columns, np.concatenate(minors), np.concatenate(signs))


def many_bases(rows: int, columns: int) -> bool:
    """Return whether a game has more bases than one of 5 x 5 actions.

    Beyond that, a parameter's thresholds to sift number in the thousands, and so do the tables
    of a game that is solved once for each point of a grid.
    """
    return comb(rows + columns, rows) > comb(10, 5)


def too_many_bases(rows: int, columns: int) -> bool:
    """Return whether a game has more bases than can be gone through: about 10 x 10 actions."""
    labels = rows + columns
    minors = sum(comb(rows, k) * comb(columns, k + 1) for k in range(min(rows, columns - 1) + 1))
    return comb(labels, rows) * labels > MAX_ENTRIES or minors > MAX_ENTRIES // 4


def _require_small(rows: int, columns: int) -> None:
    if too_many_bases(rows, columns):
        raise GameError(
            f"a game of {rows} x {columns} actions is too large to solve completely; remove "
            "dominated actions or split it, so that each player has about 10 actions at most."
        )
