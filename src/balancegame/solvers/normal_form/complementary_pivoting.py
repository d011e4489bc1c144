"""The pivots of Lemke and Howson: in floats, to search; in integers, to decide.

Both players' payoffs are shifted to be positive, which changes no equilibrium. The row chooser's
mixtures x, up to scale, and slacks s fill the equations B'x + s = 1; those of the column chooser
A y + r = 1. Variable i of each side has label i: x_i and r_i belong to the row chooser's action i,
s_j and y_j to action j of the other. A basis of each side such that together they leave no label
basic twice but one is a step of the path that drops that label; it ends where none is.

Ties in the ratio test are broken by the lexicographic rule: the right side is perturbed by
(e, e^2, ...), so that no basis returns and the path ends in degenerate games too. See von Stengel,
"Computing equilibria for two-person games" (Handbook of Game Theory 3, 2002), sections 2.3 to 2.6.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

# Ratios of floats that are nearer to each other than this count as tied, and coefficients below
# it as zero. Either may mislead the search, never the answer: that is decided in integers.
NEAR = 1e-9

Basis = tuple[int, ...]


class FloatTableau:
    """The equations of one side, solved for a basis, in floats."""

    def __init__(self, matrix: NDArray[Any], slack: int, columns: int) -> None:
        rows = len(matrix)
        self.columns, self.slack = columns, slack
        # Labels in order, the right side last.
        self.table = np.zeros((rows, rows + columns + 1))
        free = 0 if slack else rows
        self.table[:, free : free + columns] = matrix
        self.table[np.arange(rows), slack + np.arange(rows)] = 1.0
        self.table[:, -1] = 1.0
        self.basis = [slack + row for row in range(rows)]

    def enter(self, label: int) -> int:
        """Bring a label's variable into the basis and return the label that leaves."""
        table = self.table
        column = table[:, label].copy()
        rising = np.flatnonzero(column > NEAR)
        if not len(rising):
            raise ArithmeticError("no row limits the pivot")
        steps = column[rising]
        tied = rising
        for at in (-1, *range(self.slack, self.slack + len(table))):
            ratios = table[tied, at] / steps
            least = ratios.min()
            kept = ratios <= least + NEAR * (abs(least) + 1)
            tied, steps = tied[kept], steps[kept]
            if len(tied) == 1:
                break
        row = int(tied[0])
        table[row] /= column[row]
        column[row] = 0.0
        table -= column[:, None] * table[row]
        leaves, self.basis[row] = self.basis[row], label
        return leaves


class IntegerTableau:
    """The same equations in integers, over a common denominator: the pivot before (Bareiss)."""

    def __init__(self, matrix: NDArray[Any], slack: int, columns: int) -> None:
        rows = len(matrix)
        self.slack = slack
        self.table = np.zeros((rows, rows + columns + 1), dtype=object)
        free = 0 if slack else rows
        self.table[:, free : free + columns] = matrix
        self.table[np.arange(rows), slack + np.arange(rows)] = 1
        self.table[:, -1] = 1
        self.basis = [slack + row for row in range(rows)]
        self.denominator = 1

    def enter(self, label: int) -> int:
        """Bring a label's variable into the basis and return the label that leaves."""
        table = self.table
        column = table[:, label].copy()
        row = -1
        for other in np.flatnonzero(column > 0).tolist():
            if row < 0 or self._before(other, row, column):
                row = other
        pivot = column[row]
        column[row] = 0
        kept = table[row].copy()
        table = (table * pivot - column[:, None] * kept) // self.denominator
        table[row] = kept
        self.table, self.denominator = table, pivot
        leaves, self.basis[row] = self.basis[row], label
        return leaves

    def _before(self, one: int, other: int, column: NDArray[Any]) -> bool:
        """Return whether a row's ratios come before another's, lexicographically."""
        mine, theirs = self.table[one], self.table[other]
        for at in (-1, *range(self.slack, self.slack + len(self.table))):
            difference = mine[at] * column[other] - theirs[at] * column[one]
            if difference:
                return bool(difference < 0)
        raise AssertionError("two rows of a tableau are proportional")


def path_end(
    kind: type[FloatTableau] | type[IntegerTableau],
    first: NDArray[Any],
    second: NDArray[Any],
    dropped: int,
    most: int,
) -> tuple[Basis, Basis] | None:
    """Return the bases in which the path ends that drops a label; None after too many pivots.

    ``first`` and ``second`` are positive payoffs, shape (rows, columns). The bases are those of
    the row chooser's side and of the column chooser's.
    """
    rows, columns = first.shape
    ours, theirs = kind(second.T, rows, rows), kind(first, 0, columns)
    side, other = (ours, theirs) if dropped < rows else (theirs, ours)
    label = dropped
    for _ in range(most):
        label = side.enter(label)
        if label == dropped:
            return tuple(sorted(ours.basis)), tuple(sorted(theirs.basis))
        side, other = other, side
    return None


def basic_solution(matrix: list[list[int]], free: int, basis: Basis) -> list[int] | None:
    """Return a basic solution of ``matrix z + slacks = 1``, up to a positive scale.

    Parameters
    ----------
    matrix : list of list of int
        A row for each slack.
    free : int
        The label of the first column; labels of slacks are the others, in order.
    basis : tuple of int

    Returns
    -------
    list of int or None
        The values of the columns, times one positive number; None if the basis is singular or
        some value or slack is negative, so that it is no vertex.
    """
    columns = len(matrix[0])
    first_slack = 0 if free else columns
    basic = set(basis)
    chosen = [a for a in range(columns) if free + a in basic]
    tight = [row for row in range(len(matrix)) if first_slack + row not in basic]
    if len(chosen) != len(tight):
        return None
    solved = _solved([[matrix[row][a] for a in chosen] + [1] for row in tight])
    if solved is None:
        return None
    values, scale = solved
    if any(value < 0 for value in values):
        return None
    for row in matrix:
        if sum(row[a] * value for a, value in zip(chosen, values, strict=True)) > scale:
            return None
    solution = [0] * columns
    for a, value in zip(chosen, values, strict=True):
        solution[a] = value
    return solution


def _solved(table: list[list[int]]) -> tuple[list[int], int] | None:
    """Solve a square system, its right side last, without fractions (Bareiss 1968).

    Returns the solution times a positive determinant and that determinant; None if it is zero.
    """
    size, before = len(table), 1
    for k in range(size):
        found = next((i for i in range(k, size) if table[i][k]), None)
        if found is None:
            return None
        table[k], table[found] = table[found], table[k]
        above = table[k]
        pivot = above[k]
        # All rows, so that the matrix ends up diagonal with the determinant in every place.
        for i in range(size):
            if i != k:
                row = table[i]
                factor = row[k]
                table[i] = [
                    (pivot * a - factor * b) // before if j > k else 0
                    for j, (a, b) in enumerate(zip(row, above, strict=True))
                ]
        before = pivot
    if before < 0:
        return [-row[-1] for row in table], -before
    return [row[-1] for row in table], before
