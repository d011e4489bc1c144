"""Exact signs of many polynomials in two parameters at and beside every point of a grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.solvers.normal_form.batch import integer_type
from balancegame.solvers.parametric.factors import Terms
from balancegame.solvers.parametric.grid import Axis, evaluated, largest_value, scaled
from balancegame.solvers.parametric.sign_changes import Signs

# A sum of integers is exact in double precision, in whatever order its terms are added, if their
# sizes add up to less than this.
WHOLE_IN_DOUBLE = 2**53

# Values worked on at once, so that they stay in the processor's cache.
BLOCK = 2**15


def signs_on_grid(polynomials: Sequence[Terms], x: Axis, y: Axis) -> tuple[Signs, Signs]:
    """Return the sign of each polynomial at every point of a grid, and beside it.

    Both have the shape (polynomials, len(y), len(x)). Where a polynomial vanishes at the point
    itself, the sign beside is that of its value at (x + e, y + e'), e' far smaller than e and both
    smaller than any number; in the last column and row e and e' are negative. So a whole grid of
    places is seen at which no curve passes.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from balancegame.games.parameter import Parameter
    >>> x, y = (Axis(Parameter(name, "", 0, -1, 1), 3) for name in "xy")
    >>> at, beside = signs_on_grid([{(1, 0): 1, (0, 1): -1}], x, y)
    >>> at[0].tolist(), beside[0].tolist()
    ([[0, 1, 1], [-1, 0, 1], [-1, -1, 0]], [[1, 1, 1], [-1, 1, 1], [-1, -1, -1]])
    """
    at = np.empty((len(polynomials), len(y.numerators), len(x.numerators)), dtype=np.int8)
    whole = [scaled([terms], x, y)[0] for terms in polynomials]
    bounds = [largest_value(terms, x, y) for terms in whole]
    in_double = [k for k, bound in enumerate(bounds) if bound < WHOLE_IN_DOUBLE]
    for chosen, values in _in_double([whole[k] for k in in_double], x, y):
        at[in_double[chosen]] = _sign(values)
    for k, bound in enumerate(bounds):
        if bound >= WHOLE_IN_DOUBLE:
            dtype = integer_type(bound)
            across, up = (np.array(axis.numerators, dtype=dtype) for axis in (x, y))
            at[k] = _sign(evaluated(whole[k], across, up[:, None]))
    beside = at.copy()
    for k in np.flatnonzero((at == 0).any(axis=(1, 2))).tolist():
        rows, columns = np.nonzero(at[k] == 0)
        beside[k, rows, columns] = _beside(whole[k], rows, columns, x, y)
    return at, beside


def _in_double(
    polynomials: Sequence[Terms], x: Axis, y: Axis
) -> Iterator[tuple[slice, NDArray[np.float64]]]:
    """Yield the values of a few polynomials at a time, as products of matrices."""
    powers = [max((p[axis] for terms in polynomials for p in terms), default=0) for axis in (0, 1)]
    table = np.zeros((len(polynomials), powers[1] + 1, powers[0] + 1))
    for coefficients, terms in zip(table, polynomials, strict=True):
        for (i, j), c in terms.items():
            coefficients[j, i] = c
    across, up = (
        np.array([[float(n**k) for n in axis.numerators] for k in range(highest + 1)])
        for axis, highest in zip((x, y), powers, strict=True)
    )
    step = max(1, BLOCK // (across.shape[1] * up.shape[1]))
    for start in range(0, len(table), step):
        chosen = slice(start, start + step)
        yield chosen, up.T @ table[chosen] @ across


def _beside(
    whole: Terms, rows: NDArray[np.intp], columns: NDArray[np.intp], across: Axis, up: Axis
) -> Signs:
    """Return the signs beside points at which a polynomial vanishes, from its derivatives."""
    x = np.array(across.numerators, dtype=np.object_)[columns]
    y = np.array(up.numerators, dtype=np.object_)[rows]
    right = np.where(columns == len(across.numerators) - 1, -1, 1).astype(np.int8)
    above = np.where(rows == len(up.numerators) - 1, -1, 1).astype(np.int8)
    found = np.zeros(len(rows), dtype=np.int8)
    powers = [max((power[axis] for power in whole), default=0) for axis in (0, 1)]
    in_y = whole
    for j in range(powers[1] + 1):
        derivative = in_y
        for i in range(powers[0] + 1):
            if i or j:
                sign = _sign(evaluated(derivative, x, y)) * right**i * above**j
                found = np.where(found == 0, sign, found).astype(np.int8)
                if found.all():
                    return found
            derivative = {(a - 1, b): c * a for (a, b), c in derivative.items() if a}
        in_y = {(a, b - 1): c * b for (a, b), c in in_y.items() if b}
    return found


def _sign(values: NDArray[Any]) -> Signs:
    return (values > 0).view(np.int8) - (values < 0).view(np.int8)
