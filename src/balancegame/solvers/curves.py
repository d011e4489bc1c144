"""Polynomials in two parameters whose signs decide every label of a phase diagram.

The zero sets of these polynomials are the only curves along which a phase diagram can change. A
bordered minor of polynomials in x and y is found as one in a single variable, by Kronecker's
substitution x = y^w, with w beyond every power of y.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.exact.polynomials import Polynomial, sign_at
from balancegame.solvers.conditions import Signs, minor_polynomials
from balancegame.solvers.factors import Terms, canonical, coprime_factors
from balancegame.solvers.grid import Axis, shape_of, two_players
from balancegame.solvers.labels import with_replies
from balancegame.solvers.many_games import (
    distinct,
    integer_type,
    solution_sets_from_signs,
    supports_of,
)
from balancegame.solvers.parametric import Case, polynomial_cases
from balancegame.solvers.situations import SITUATIONS, situation_of_signs
from balancegame.solvers.sweep import PhaseDiagram

__all__ = ["Curve", "Curves", "curves_of", "signs_on_grid"]

Integers = NDArray[Any]
Reader = Callable[[Signs], list[Hashable]]


@dataclass(frozen=True)
class Curve:
    """The points at which a polynomial in two parameters vanishes.

    Attributes
    ----------
    terms : dict
        The coefficient of x^i y^j, integers without a common divisor, at (i, j).
    """

    terms: Terms

    @cached_property
    def degree(self) -> int:
        """The total degree."""
        return max(map(sum, self.terms))

    def along_x(self, y: Fraction) -> Polynomial:
        """Return a positive multiple of the polynomial in x at a given y."""
        return _at(y, {(i, j): c for (i, j), c in self.terms.items()})

    def along_y(self, x: Fraction) -> Polynomial:
        """Return a positive multiple of the polynomial in y at a given x."""
        return _at(x, {(j, i): c for (i, j), c in self.terms.items()})

    def sign(self, x: Fraction, y: Fraction) -> int:
        """Return the exact sign of the polynomial at a point."""
        return sign_at(self.along_x(y), x)

    def value(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the polynomial in floating point, to place pixels."""
        return _horner_float(self._rows, x, y)

    def scale(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the sum of the sizes of the polynomial's terms: what rounding is relative to."""
        return _horner_float([[abs(c) for c in row] for row in self._rows], abs(x), abs(y))

    @cached_property
    def _rows(self) -> list[list[float]]:
        """For each power of x, from the highest down, the coefficients of the powers of y."""
        rows = []
        for i in range(max(powers[0] for powers in self.terms), -1, -1):
            up = [powers[1] for powers in self.terms if powers[0] == i]
            rows.append(
                [float(self.terms.get((i, j), 0)) for j in range(max(up, default=0), -1, -1)]
            )
        return rows

    def at(self, x: float, y: float) -> float:
        """Return the polynomial at one point in floating point, to place pixels."""
        total = 0.0
        for (i, j), c in self.terms.items():
            total += c * x**i * y**j
        return total

    def gradient(self, x: float, y: float) -> tuple[float, float]:
        """Return the partial derivatives in floating point, to place pixels."""
        across = up = 0.0
        for (i, j), c in self.terms.items():
            if i:
                across += c * i * x ** (i - 1) * y**j
            if j:
                up += c * j * x**i * y ** (j - 1)
        return across, up


def _horner_float(
    rows: list[list[float]], x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.float64]:
    total: Any = 0.0
    for k, row in enumerate(rows):
        inner: Any = row[0]
        for coefficient in row[1:]:
            inner = inner * y + coefficient
        total = total * x + inner if k else inner
    return np.broadcast_to(total, x.shape) if np.ndim(total) == 0 else np.asarray(total)


@dataclass(frozen=True)
class Curves:
    """Distinct curves, and how their signs are read.

    Attributes
    ----------
    curves : tuple of Curve
    read : callable
        From signs of the curves' polynomials, shape (curves, places), to the label of each place.
    """

    curves: tuple[Curve, ...]
    read: Callable[[Signs], list[Hashable]]


def curves_of(diagram: PhaseDiagram) -> Curves:
    """Return every curve along which a phase diagram could change, each once."""
    cases = polynomial_cases(diagram.model, diagram.axes, dict(diagram.fixed))
    shape = shape_of(diagram.model)
    polynomials: list[Terms] = list(cases.conditions)
    readers = []
    for case in cases.cases:
        asked, read_case = (_minors_of if diagram.supports else _comparisons)(case, shape)
        readers.append((len(polynomials), len(polynomials) + len(asked), read_case))
        polynomials += asked
    count = len(cases.conditions)

    def read(signs: Signs) -> list[Hashable]:
        number = cases.at(signs[:count])
        found: list[Hashable] = [()] * signs.shape[1]
        for k in np.unique(number).tolist():
            start, stop, read_case = readers[k]
            (here,) = np.nonzero(number == k)
            for place, regime in zip(
                here.tolist(), read_case(signs[start:stop, here]), strict=True
            ):
                found[place] = regime
        return found

    return _distinct(polynomials, read)


def _minors_of(case: Case, shape: tuple[int, int]) -> tuple[list[Terms], Reader]:
    """Return both players' minors in one case, and how their signs are read as supports."""
    rows, columns = shape
    first, second = two_players(case)
    ours = _minors([[second[i, j] for j in range(columns)] for i in range(rows)])
    theirs = _minors([[first[i, j] for i in range(rows)] for j in range(columns)])
    split = len(ours)

    def read(signs: Signs) -> list[Hashable]:
        sets = solution_sets_from_signs(signs[:split], signs[split:], shape)
        chosen, number = distinct(sets)
        words = sets[:, chosen].T.tolist()
        found = [with_replies(supports_of(tuple(one), shape), case.replies) for one in words]
        return [found[k] for k in number.tolist()]

    return [*ours, *theirs], read


def signs_on_grid(curve: Curve, x: Axis, y: Axis) -> Signs:
    """Return the sign of a polynomial beside every point of a grid, shape (len(y), len(x)).

    Where it vanishes at the point itself, the sign is that of its value at (x + e, y + e'), e' far
    smaller than e and both smaller than any number; in the last column and row e and e' are
    negative. So a whole grid of places is seen at which no curve passes.
    """
    scaled = _scaled(curve.terms, x, y)
    bound = sum(abs(c) * x.largest**i * y.largest**j for (i, j), c in scaled.items())
    dtype = integer_type(bound)
    across, up = np.array(x.numerators, dtype=dtype), np.array(y.numerators, dtype=dtype)
    values = _horner(scaled, across[None, :], up[:, None], dtype)
    signs = _sign(values)
    rows, columns = np.nonzero(signs == 0)
    if len(rows):
        signs[rows, columns] = _beside(scaled, rows, columns, x, y)
    return signs


def _beside(
    scaled: Terms,
    rows: NDArray[np.intp],
    columns: NDArray[np.intp],
    across: Axis,
    up: Axis,
) -> Signs:
    """Return the signs beside points at which a polynomial vanishes, from its derivatives."""
    x = np.array(across.numerators, dtype=np.object_)[columns]
    y = np.array(up.numerators, dtype=np.object_)[rows]
    right = np.where(columns == len(across.numerators) - 1, -1, 1).astype(np.int8)
    above = np.where(rows == len(up.numerators) - 1, -1, 1).astype(np.int8)
    found = np.zeros(len(rows), dtype=np.int8)
    powers = [max(power[axis] for power in scaled) for axis in (0, 1)]
    in_y = scaled
    for j in range(powers[1] + 1):
        derivative = in_y
        for i in range(powers[0] + 1):
            if i or j:
                sign = _sign(_horner(derivative, x, y, np.object_)) * right**i * above**j
                found = np.where(found == 0, sign, found).astype(np.int8)
                if found.all():
                    return found
            derivative = {(a - 1, b): c * a for (a, b), c in derivative.items() if a}
        in_y = {(a, b - 1): c * b for (a, b), c in in_y.items() if b}
    return found


def _horner(terms: Terms, x: Integers, y: Integers, dtype: type) -> Integers:
    """Return the values of a polynomial, its powers of y summed before they meet x."""
    highest = max((i for i, _ in terms), default=0)
    total: Integers = np.zeros(np.broadcast_shapes(x.shape, y.shape), dtype=dtype)
    for i in range(highest, -1, -1):
        if i < highest:
            total *= x
        column = [(j, c) for (a, j), c in terms.items() if a == i]
        if column:
            total += sum((y**j * _number(c, dtype) for j, c in column), start=np.zeros_like(y))
    return total


def _number(value: int, dtype: Any) -> int:
    number: int = value if dtype is np.object_ else dtype(value)
    return number


def _scaled(terms: Terms, x: Axis, y: Axis) -> Terms:
    across, up = (max(power[axis] for power in terms) for axis in (0, 1))
    return {
        (i, j): c * x.denominator ** (across - i) * y.denominator ** (up - j)
        for (i, j), c in terms.items()
    }


def _sign(values: Integers) -> Signs:
    return (values > 0).astype(np.int8) - (values < 0).astype(np.int8)


def _comparisons(case: Case, shape: tuple[int, int]) -> tuple[list[Terms], Reader]:
    """Return the comparisons that name a situation in one case, and how their signs are read."""
    first, second = two_players(case)
    comparisons = [
        _difference(first[0, 0], first[1, 0]),
        _difference(first[0, 1], first[1, 1]),
        _difference(first[0, 0], first[1, 1]),
        _difference(second[0, 0], second[0, 1]),
        _difference(second[1, 0], second[1, 1]),
        _difference(second[0, 0], second[1, 1]),
    ]

    def read(signs: Signs) -> list[Hashable]:
        return [SITUATIONS[k] for k in situation_of_signs(signs[:3], signs[3:]).tolist()]

    return comparisons, read


def _distinct(polynomials: Sequence[Terms], read: Callable[[Signs], list[Hashable]]) -> Curves:
    """Keep each factor once and remember whose product has which sign."""
    whole: dict[frozenset[Any], int] = {}
    positions, constants = [], []
    for terms in polynomials:
        if not any(i or j for i, j in terms):
            positions.append(-1)
            constants.append(_constant_sign(terms))
            continue
        form, sign = canonical(terms)
        positions.append(whole.setdefault(frozenset(form.items()), len(whole)))
        constants.append(sign)
    factors = coprime_factors([dict(form) for form in whole])
    listed = {frozenset(terms.items()): terms for parts in factors for terms in parts}
    # Simple curves first: they speak for a boundary that several share.
    order = sorted(listed, key=lambda key: (_simplicity(listed[key]), sorted(key)))
    rank = {key: k for k, key in enumerate(order)}
    most = max(map(len, factors), default=0)
    one = len(order)
    rows = [
        [rank[frozenset(terms.items())] for terms in parts] + [one] * (most - len(parts))
        for parts in factors
    ]
    table = np.array([*rows, [one] * most], dtype=np.intp).reshape(len(rows) + 1, most)
    places, outer = table[positions], np.array(constants, dtype=np.int8)[:, None]

    def expanded(signs: Signs) -> list[Hashable]:
        with_one = np.concatenate([signs, np.ones((1, signs.shape[1]), dtype=np.int8)])
        products = np.repeat(outer, signs.shape[1], axis=1)
        for k in range(most):
            products *= with_one[places[:, k]]
        return read(products)

    return Curves(tuple(Curve(listed[key]) for key in order), expanded)


def _constant_sign(terms: Terms) -> int:
    constant = terms.get((0, 0), 0)
    return (constant > 0) - (constant < 0)


def _simplicity(terms: Terms) -> tuple[int, int]:
    return max(map(sum, terms)), len(terms)


def _minors(matrix: list[list[Terms]]) -> list[Terms]:
    """Return every bordered minor but those of level 0."""
    rows, columns = len(matrix), len(matrix[0])
    highest = max((j for row in matrix for entry in row for _, j in entry), default=0)
    wide = min(rows, columns - 1) * highest + 1
    packed = [[_packed(entry, wide) for entry in row] for row in matrix]
    return [
        {divmod(k, wide): c for k, c in enumerate(minor) if c}
        for minor in minor_polynomials(packed)[columns:]
    ]


def _packed(entry: Terms, wide: int) -> Polynomial:
    size = max((i * wide + j for i, j in entry), default=-1) + 1
    dense = [0] * size
    for (i, j), c in entry.items():
        dense[i * wide + j] = c
    return tuple(dense)


def _difference(first: Terms, second: Terms) -> Terms:
    powers = first.keys() | second.keys()
    both = {power: first.get(power, 0) - second.get(power, 0) for power in powers}
    return {power: c for power, c in both.items() if c}


def _at(value: Fraction, terms: Terms) -> Polynomial:
    """Put a rational number for the second variable and scale to integers."""
    highest = max(j for _, j in terms)
    dense = [0] * (max(i for i, _ in terms) + 1)
    for (i, j), c in terms.items():
        dense[i] += c * value.numerator**j * value.denominator ** (highest - j)
    while dense and not dense[-1]:
        dense.pop()
    return tuple(dense)
