r"""Linear programmes, solved exactly.

Every programme here reads: maximise :math:`c \cdot x` subject to :math:`A x \le b` and
:math:`x \ge 0`, with :math:`b \ge 0`, so that x = 0 is feasible. Its dual prices y are at least 0
with :math:`A' y \ge c`; a feasible x and feasible prices with :math:`c \cdot x = b \cdot y` certify
each other. Whatever found them, this certificate alone decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import floordiv, truediv
from typing import Any

Row = Sequence[Fraction]

# A float this small counts as zero while searching; the certificate does not look at floats.
_SEEMS_ZERO = 1e-7


@dataclass(frozen=True)
class Optimum:
    """A best point of a linear programme and the prices that prove it best."""

    value: Fraction
    point: tuple[Fraction, ...]
    prices: tuple[Fraction, ...]


def maximum(
    objective: Sequence[int | Fraction],
    rows: Sequence[Sequence[int | Fraction]],
    limits: Sequence[int | Fraction],
) -> Optimum:
    """Return a vertex that maximises a bounded objective, by the exact simplex method.

    Integer-preserving pivots (Edmonds 1967; Bareiss 1968): every entry stays a minor of the scaled
    data over one common denominator. The choice of pivots is Bland's (1977), under which the
    method cannot cycle. Payoffs that are irrational are divided in their field instead.

    Examples
    --------
    >>> found = maximum([1, 1], [[1, 2], [3, 1]], [4, 6])
    >>> str(found.value), [str(x) for x in found.point], [str(y) for y in found.prices]
    ('14/5', ['8/5', '6/5'], ['2/5', '1/5'])
    """
    n, m = len(objective), len(rows)
    lines: list[list[Any]] = [[*row, limit] for row, limit in zip(rows, limits, strict=True)]
    lines.append([*(-c for c in objective), 0])
    rational = all(isinstance(x, (int, Fraction)) for line in lines for x in line)
    scales = [lcm(*(x.denominator for x in line)) if rational else 1 for line in lines]
    table = []
    for i, (line, scale) in enumerate(zip(lines, scales, strict=True)):
        # Whole numbers where all are rational; an irrational number is left in its field.
        *scaled, limit = (
            x.numerator * (scale // x.denominator)
            if rational
            else Fraction(x)
            if isinstance(x, (int, Fraction))
            else x
            for x in line
        )
        table.append([*scaled, *(int(i == k) for k in range(m)), limit])
    divide = floordiv if rational else truediv
    basis, common = _pivoted(table, [n + i for i in range(m)], divide)
    point = [Fraction(0)] * (n + m)
    for i, j in enumerate(basis):
        point[j] = _quotient(table[i][-1], common)
    prices = tuple(_quotient(table[m][n + i] * scales[i], common * scales[m]) for i in range(m))
    return Optimum(_quotient(table[m][-1], common * scales[m]), tuple(point[:n]), prices)


def maximum_by_search(objective: Row, rows: Sequence[Row], limits: Row) -> Optimum:
    """Return what :func:`maximum` does, faster for programmes of dozens of rows.

    A search in floats (HiGHS, by way of SciPy) proposes which variables and which limits are in
    force. The point and the prices follow from these by rational equations and are certified; if
    they fail the certificate, the exact simplex method decides.
    """
    if all(isinstance(x, (int, Fraction)) for row in (*rows, objective, limits) for x in row):
        found = _proposed(objective, rows, limits)
        if found is not None and _certified(found, objective, rows, limits):
            return found
    return maximum(objective, rows, limits)


def _pivoted(table: list[list[Any]], basis: list[int], divide: Any) -> tuple[list[int], Any]:
    """Pivot until no column improves; return the basis and the common denominator."""
    common: Any = 1
    while True:
        last = table[-1]
        column = next((j for j in range(len(last) - 1) if last[j] < 0), None)
        if column is None:
            return basis, common
        row = _leaving(table, basis, column)
        pivot, chosen = table[row][column], table[row]
        for i, entries in enumerate(table):
            factor = entries[column]
            if i != row and factor:
                table[i] = [
                    divide(pivot * x - factor * y, common)
                    for x, y in zip(entries, chosen, strict=True)
                ]
            elif i != row and pivot != common:
                table[i] = [divide(pivot * x, common) if x else x for x in entries]
        basis[row], common = column, pivot


def _leaving(table: list[list[Any]], basis: list[int], column: int) -> int:
    """Return the row with the smallest ratio, of several the one of the first variable."""
    best = -1
    for i, row in enumerate(table[:-1]):
        if row[column] > 0:
            order = best < 0 or row[-1] * table[best][column] - table[best][-1] * row[column]
            if best < 0 or order < 0 or (order == 0 and basis[i] < basis[best]):
                best = i
    assert best >= 0, "an unbounded programme; every caller bounds the sum of the variables"
    return best


def _quotient(number: Any, divisor: Any) -> Any:
    if isinstance(number, int) and isinstance(divisor, int):
        return Fraction(number, divisor)
    return number / divisor


def _proposed(objective: Row, rows: Sequence[Row], limits: Row) -> Optimum | None:
    import numpy as np
    from scipy.optimize import linprog

    A = np.array([[float(x) for x in row] for row in rows])
    size = max(1.0, float(np.abs(A).max()))
    found = linprog(
        -np.array([float(c) for c in objective]), A / size, [float(b) / size for b in limits]
    )
    if found.status != 0:
        return None
    tight = [i for i, slack in enumerate(found.slack) if slack < _SEEMS_ZERO]
    used = [j for j, x in enumerate(found.x) if x > _SEEMS_ZERO]
    priced = [i for i in tight if -found.ineqlin.marginals[i] > _SEEMS_ZERO]
    even = [j for j, reduced in enumerate(found.lower.marginals) if reduced < _SEEMS_ZERO]
    point = _solution([[rows[i][j] for j in used] for i in tight], [limits[i] for i in tight])
    prices = _solution([[rows[i][j] for i in priced] for j in even], [objective[j] for j in even])
    if point is None or prices is None:
        return None
    value = sum((objective[j] * x for j, x in zip(used, point, strict=True)), Fraction(0))
    return Optimum(value, _spread(point, used, len(objective)), _spread(prices, priced, len(rows)))


def _spread(values: Row, places: Sequence[int], size: int) -> tuple[Fraction, ...]:
    spread = [Fraction(0)] * size
    for value, place in zip(values, places, strict=True):
        spread[place] = value
    return tuple(spread)


def _solution(rows: Sequence[Row], right: Row) -> list[Fraction] | None:
    """Return the only solution of a system of equations, or None if there is none or many."""
    size = len(rows[0]) if rows else 0
    system = [[Fraction(x) for x in (*row, b)] for row, b in zip(rows, right, strict=True)]
    for column in range(size):
        pivot = next((i for i in range(column, len(system)) if system[i][column]), None)
        if pivot is None:
            return None
        system[column], system[pivot] = system[pivot], system[column]
        lead = system[column][column]
        system[column] = [x / lead for x in system[column]]
        for i, row in enumerate(system):
            if i != column and (factor := row[column]):
                system[i] = [
                    x - factor * y if y else x for x, y in zip(row, system[column], strict=True)
                ]
    if any(row[-1] for row in system[size:]):
        return None
    return [row[-1] for row in system[:size]]


def _certified(found: Optimum, objective: Row, rows: Sequence[Row], limits: Row) -> bool:
    """Whether point and prices are feasible and worth the same, by exact arithmetic."""
    point, prices = _used(found.point), _used(found.prices)
    columns = list(zip(*rows, strict=True))
    return (
        min((x for _, x in (*point, *prices)), default=Fraction(1)) > 0
        and all(_worth(row, point) <= limit for row, limit in zip(rows, limits, strict=True))
        and all(_worth(column, prices) >= c for column, c in zip(columns, objective, strict=True))
        and _worth(limits, prices) == _worth(objective, point) == found.value
    )


def _used(values: Row) -> list[tuple[int, Fraction]]:
    return [(k, value) for k, value in enumerate(values) if value]


def _worth(row: Row, used: list[tuple[int, Fraction]]) -> Fraction:
    return sum((row[k] * x for k, x in used), Fraction(0))
