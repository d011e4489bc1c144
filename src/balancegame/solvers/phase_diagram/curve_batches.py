"""Many curves at once in floating point: their values, and where they cross sides of a grid.

Where a curve crosses a side is only drawn. A sign is given where it is certain: the value is larger
than all roundings together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from balancegame.solvers.parametric.sign_changes import Signs
from balancegame.solvers.phase_diagram.curves import Curve

Shares = NDArray[np.float64]

# A grid point itself counts as this share of a side away from it.
END = 1e-7

STEPS = 60

# A value in double precision is off by less than this share of the sum of its terms' sizes: each
# term is rounded once for its coefficient and for each factor, product and sum, every time by
# 2**-53 at most, and a polynomial of degree 20 does so fewer than 128 times.
ROUNDING = 2.0**-46


class CurveBatches:
    """Curves in floating point: for each degree a table of the coefficients of x^i y^j at (i, j).

    A table made positive has, at the sizes of x and y, the sum of the sizes of all terms, to which
    rounding is relative.
    """

    def __init__(self, curves: Sequence[Curve]) -> None:
        degrees, self._batch = np.unique([c.degree for c in curves], return_inverse=True)
        self._numbers = [np.flatnonzero(self._batch == k) for k in range(len(degrees))]
        self._position = np.empty(len(curves), dtype=np.intp)
        self._tables: list[Shares] = []
        for degree, numbers in zip(degrees.tolist(), self._numbers, strict=True):
            self._position[numbers] = np.arange(len(numbers))
            table = np.zeros((degree + 1, degree + 1, len(numbers)))
            for position, k in enumerate(numbers.tolist()):
                for (i, j), c in curves[k].terms.items():
                    table[i, j, position] = c
            self._tables.append(table)

    def _each(self, curve: NDArray[np.intp]) -> Iterator[tuple[NDArray[np.intp], Shares]]:
        """Yield entries that name curves of one degree, and the table of the curves they name."""
        batch = self._batch[curve]
        for k in np.unique(batch).tolist():
            at = np.flatnonzero(batch == k)
            yield at, self._tables[k][:, :, self._position[curve[at]]]

    def roots(
        self, curve: NDArray[np.intp], start: Signs, x: Shares, y: Shares, dx: Shares, dy: Shares
    ) -> Shares:
        """Return the share of each side before a curve crosses it.

        The side starts at x and y and goes on by dx and dy. The sign of the curve with that number
        is ``start`` just beside the one end and the opposite beside the other: at an end itself the
        curve may vanish.
        """
        shares = np.empty(len(curve))
        for at, table in self._each(curve):
            shares[at] = _roots(table, start[at], x[at], y[at], dx[at], dy[at])
        return shares

    def signs(self, curve: NDArray[np.intp], x: Shares, y: Shares) -> Signs:
        """Return the sign of one curve's polynomial at each point, 0 where rounding hides it."""
        signs = np.empty(len(curve), dtype=np.int8)
        for at, table in self._each(curve):
            value = _values(table, x[at], y[at])
            size = _values(abs(table), abs(x[at]), abs(y[at]))
            signs[at] = np.where(abs(value) > ROUNDING * size, np.sign(value), 0)
        return signs

    def steady_signs(self, x: Shares, y: Shares, dx: Shares, dy: Shares) -> Shares:
        """Return the signs that all polynomials have all around points, shape (curves, points).

        They are not-a-number where the sign may change within dx and dy of the point, or rounding
        hides it.
        """
        signs = np.empty((len(self._batch), len(x)))
        for numbers, table in zip(self._numbers, self._tables, strict=True):
            value, sized = _values(table[..., None], x, y), abs(table[..., None])
            size = _values(sized, abs(x), abs(y))
            # No term changes by more than its size grows if both coordinates are that much larger.
            change = _values(sized, abs(x) + dx, abs(y) + dy) - size
            plain = abs(value) > change + ROUNDING * size
            signs[numbers] = np.where(plain, np.sign(value), np.nan)
        return signs


def _values(table: Shares, x: Shares, y: Shares) -> Shares:
    """Return the value of each polynomial; x and y broadcast against them."""
    degree, total = len(table) - 1, np.zeros_like(x)
    for i in range(degree, -1, -1):
        inner = table[i, degree - i]
        for j in range(degree - i - 1, -1, -1):
            inner = inner * y + table[i, j]
        total = total * x + inner
    return total


def _roots(table: Shares, start: Signs, x: Shares, y: Shares, dx: Shares, dy: Shares) -> Shares:
    """Return how far along its side each curve crosses it."""
    low, high = np.full(len(x), END), np.full(len(x), 1 - END)
    at_low, at_high = (_values(table, x + at * dx, y + at * dy) for at in (low, high))
    at_start, at_end = at_low * start <= 0, at_high * start >= 0
    at_low, at_high = np.where(at_start, start, at_low), np.where(at_end, -start, at_high)
    share = _chord(low, high, at_low, at_high)
    for _ in range(STEPS if len(table) > 2 else 0):
        value = _values(table, x + share * dx, y + share * dy)
        beyond = value * start > 0
        # Illinois: an end that stays counts half, so that both ends close in.
        at_low, at_high = np.where(beyond, [value, at_high / 2], [at_low / 2, value])
        low, high = np.where(beyond, [share, high], [low, share])
        last, share = share, _chord(low, high, at_low, at_high)
        if np.all(np.abs(share - last) < END):
            break
    return np.where(at_start, 0, np.where(at_end, 1, share))


def _chord(low: Shares, high: Shares, at_low: Shares, at_high: Shares) -> Shares:
    """Return where the chord between two values of opposite sign vanishes."""
    difference = at_high - at_low
    flat = difference == 0
    return np.where(flat, low, low - at_low * (high - low) / np.where(flat, 1, difference))
