"""Many curves at once in floating point: their values, and where they cross sides of a grid.

Floating point only places pixels here. Curves of one degree are worked on together, an element of
each array each, by the same steps as one curve alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.solvers.parametric.sign_changes import Signs
from balancegame.solvers.phase_diagram.curves import Curve

Shares = NDArray[np.float64]

# A grid point itself counts as this share of a side away from it.
END = 1e-7

STEPS = 60


@dataclass(frozen=True)
class Bundle:
    """Polynomials in x and y of one total degree.

    Attributes
    ----------
    numbers : ndarray of int
        Which of all curves these are.
    degree : int
    rows : list of list of ndarray
        For each power of x, from the highest down, the coefficients of the powers of y, from the
        highest down; an entry of each array for each polynomial.
    """

    numbers: NDArray[np.intp]
    degree: int
    rows: list[list[Shares]]

    def each(self, chosen: Any) -> Bundle:
        """Return some of the polynomials, of which any may be taken several times."""
        rows = [[coefficients[chosen] for coefficients in row] for row in self.rows]
        return Bundle(self.numbers[chosen], self.degree, rows)

    def values(self, x: Shares, y: Shares) -> Shares:
        """Return the value of each polynomial; x and y broadcast against them."""
        return _horner(self.rows, x, y)

    def scales(self, x: Shares, y: Shares) -> Shares:
        """Return the sum of the sizes of each polynomial's terms: what rounding is relative to."""
        return _horner([[abs(c) for c in row] for row in self.rows], abs(x), abs(y))

    def roots(self, start: Signs, x: Shares, y: Shares, dx: Shares, dy: Shares) -> Shares:
        """Return where each curve crosses a side, from its sign ``start`` to the opposite one.

        The signs hold just beside the grid points: at a point itself the curve may vanish.

        Parameters
        ----------
        start : ndarray of int8
        x, y : ndarray of float
            Where the side starts.
        dx, dy : ndarray of float
            How far it goes.

        Returns
        -------
        ndarray of float
            The share of the side before the crossing.
        """
        low, high = np.full(len(x), END), np.full(len(x), 1 - END)
        at_low, at_high = (self.values(x + at * dx, y + at * dy) for at in (low, high))
        at_start, at_end = at_low * start <= 0, at_high * start >= 0
        at_low, at_high = np.where(at_start, start, at_low), np.where(at_end, -start, at_high)
        if self.degree == 2:
            middle = self.values(x + 0.5 * dx, y + 0.5 * dy)
            share = END + (1 - 2 * END) * _quadratic(at_low, middle, at_high)
            return np.where(at_start, 0, np.where(at_end, 1, share))
        share = _chord(low, high, at_low, at_high)
        for _ in range(STEPS if self.degree > 2 else 0):
            value = self.values(x + share * dx, y + share * dy)
            beyond = value * start > 0
            # Illinois: an end that stays counts half, so that both ends close in.
            at_low, at_high = np.where(beyond, [value, at_high / 2], [at_low / 2, value])
            low, high = np.where(beyond, [share, high], [low, share])
            last, share = share, _chord(low, high, at_low, at_high)
            if np.all(np.abs(share - last) < END):
                break
        return np.where(at_start, 0, np.where(at_end, 1, share))


def bundles(curves: Sequence[Curve]) -> list[Bundle]:
    """Return curves in bundles; those of degree 3 and more, found step by step, are alone."""
    numbered = sorted(enumerate(curves), key=lambda entry: entry[1].degree)
    together = groupby(
        numbered, lambda entry: (entry[1].degree, entry[0] if entry[1].degree > 2 else None)
    )
    return [_bundle(dict(group)) for _, group in together]


def _bundle(curves: dict[int, Curve]) -> Bundle:
    across: dict[int, int] = {}
    for curve in curves.values():
        for i, j in curve.terms:
            across[i] = max(across.get(i, 0), j)
    rows = [
        [
            np.array([float(curve.terms.get((i, j), 0)) for curve in curves.values()])
            for j in range(across.get(i, 0), -1, -1)
        ]
        for i in range(max(across), -1, -1)
    ]
    return Bundle(np.array(list(curves), dtype=np.intp), curves[min(curves)].degree, rows)


def _horner(rows: list[list[Shares]], x: Shares, y: Shares) -> Shares:
    total: Any = 0.0
    for k, row in enumerate(rows):
        inner: Any = row[0]
        for coefficients in row[1:]:
            inner = inner * y + coefficients
        total = total * x + inner if k else inner
    return np.broadcast_to(total, np.broadcast_shapes(np.shape(total), x.shape))


def _quadratic(at_low: Shares, middle: Shares, at_high: Shares) -> Shares:
    """Return where a parabola through values at 0, 1/2 and 1 vanishes between the ends."""
    a, b = 2 * (at_low + at_high - 2 * middle), 4 * middle - 3 * at_low - at_high
    root = np.sqrt(np.maximum(b * b - 4 * a * at_low, 0))
    q = -(b + np.copysign(root, b)) / 2
    # One of q / a and at_low / q lies between the ends; neither divisor is 0 there.
    other = q / np.where(a == 0, 1, a)
    inside = (a != 0) & (other >= 0) & (other <= 1)
    return np.where(inside, other, at_low / np.where(q == 0, 1, q))


def _chord(low: Shares, high: Shares, at_low: Shares, at_high: Shares) -> Shares:
    """Return where the chord between two values of opposite sign vanishes."""
    difference = at_high - at_low
    flat = difference == 0
    return np.where(flat, low, low - at_low * (high - low) / np.where(flat, 1, difference))
