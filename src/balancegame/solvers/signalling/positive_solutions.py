r"""Whether linear conditions with formulas in parameters have a positive solution, and why.

There is a :math:`y > 0` with :math:`E y = 0` and :math:`G y \ge 0`, or there are u and
:math:`w \ge 0` such that :math:`c = -(E^\top u + G^\top w)` is at least 0 and not 0: just one of
the two is true (Motzkin 1936). So one maximises the sum of the c, beginning with u = w = 0, by the
simplex method with Bland's rule. It ends with a basis that shows that no sum is more than 0, or
with a direction in which the sum grows.

Either is a *certificate*, and it says more than what holds at one place: each entry of the last
tableau is a minor of the conditions, hence a polynomial in the parameters, and wherever these have
the signs they have there, the answer is the same. (Integer pivoting: Edmonds 1967; Bareiss 1968.)
A polynomial is computed as one long integer, its digits being its coefficients (Kronecker's
substitution).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.exact.cones import sign
from balancegame.solvers.parametric.factors import Terms
from balancegame.solvers.parametric.sign_changes import Signs
from balancegame.solvers.signalling.supports import Rows

Table = list[list[Any]]


@dataclass(frozen=True)
class System:
    """Conditions on a positive y: entries are polynomials, each packed into an integer.

    ``columns`` are first those of the rows that must be 0, ``equal`` of them, then those of the
    rows that must be at least 0. Each has an entry for each coordinate of y.
    """

    columns: tuple[tuple[int, ...], ...]
    equal: int

    @classmethod
    def of(cls, rows: Rows) -> System:
        """Return the system with these rows; those without an entry say nothing."""
        _, equal, at_least = rows
        kept = [[tuple(row) for row in part if any(row)] for part in (equal, at_least)]
        return cls((*kept[0], *kept[1]), len(kept[0]))


@dataclass(frozen=True)
class Certificate:
    """What a system comes to wherever some polynomials are 0, at least 0, and positive."""

    solvable: bool
    zero: tuple[Terms, ...]
    at_least: tuple[Terms, ...]
    positive: tuple[Terms, ...]

    @property
    def polynomials(self) -> tuple[Terms, ...]:
        """All of them, in that order."""
        return (*self.zero, *self.at_least, *self.positive)

    def holds(self, signs: Signs) -> NDArray[np.bool_]:
        """Return where it holds, from signs of its polynomials of shape (polynomials, places)."""
        zero, weak = len(self.zero), len(self.zero) + len(self.at_least)
        here: NDArray[np.bool_] = (signs[:zero] == 0).all(axis=0)
        here &= (signs[zero:weak] >= 0).all(axis=0)
        here &= (signs[weak:] > 0).all(axis=0)
        return here


class Packing:
    """Polynomials as integers: the coefficient of x^i y^j is digit ``i * wide + j``."""

    def __init__(self, wide: int, bits: int) -> None:
        self.wide, self.bits = wide, bits

    def pack(self, terms: Terms) -> int:
        """Return a polynomial in one or two variables as an integer."""
        return sum(c << self.bits * self._digit(powers) for powers, c in terms.items())

    def _digit(self, powers: tuple[int, ...]) -> int:
        return powers[0] if len(powers) == 1 else powers[0] * self.wide + powers[1]

    def terms(self, packed: int, variables: int) -> Terms:
        """Return the coefficients of a packed polynomial.

        Examples
        --------
        >>> packing = Packing(4, 8)
        >>> packing.terms(packing.pack({(2, 1): -3, (0, 0): 5}), 2)
        {(0, 0): 5, (2, 1): -3}
        """
        bits, half, mask = self.bits, 1 << (self.bits - 1), (1 << self.bits) - 1
        found: Terms = {}
        digit = 0
        while packed:
            c = packed & mask
            if c >= half:
                c -= mask + 1
            if c:
                found[(digit,) if variables == 1 else divmod(digit, self.wide)] = c
            packed = (packed - c) >> bits
            digit += 1
        return found


class Place:
    """Values of the parameters, at which polynomials have values and signs."""

    def __init__(self, values: Sequence[Any], degrees: Sequence[int]) -> None:
        self.values, self.degrees = tuple(values), tuple(degrees)
        self._powers: dict[tuple[int, ...], Any] = {}

    def value(self, terms: Terms) -> Any:
        """Return the value of a polynomial of the given degrees at most, times a positive number.

        It is the same number for all, such that rational values become whole.
        """
        return sum(c * self._power(powers) for powers, c in terms.items())

    def _power(self, powers: tuple[int, ...]) -> Any:
        if powers not in self._powers:
            factors = [
                value.numerator**k * value.denominator ** (degree - k)
                if isinstance(value, Fraction)
                else value**k
                for value, k, degree in zip(self.values, powers, self.degrees, strict=True)
            ]
            self._powers[powers] = prod(factors)
        return self._powers[powers]

    def sign(self, terms: Terms) -> int:
        """Return the sign of any polynomial."""
        degrees = [max((p[k] for p in terms), default=0) for k in range(len(self.values))]
        return sign(Place(self.values, degrees).value(terms))


class Certifier:
    """Certificates of systems whose entries are packed in one way, at any place."""

    def __init__(self, packing: Packing, variables: int) -> None:
        self.packing, self.variables = packing, variables
        self._known: dict[int, Terms] = {}
        self._certified: dict[System, list[Certificate]] = {}

    def unpacked(self, packed: int) -> Terms:
        """Return the polynomial of an entry."""
        if packed not in self._known:
            self._known[packed] = self.packing.terms(packed, self.variables)
        return self._known[packed]

    def known(self, system: System) -> tuple[Certificate, ...]:
        """Return the certificates of a system that were found so far."""
        return tuple(self._certified.get(system, ()))

    def certificate(self, system: System, place: Place) -> Certificate:
        """Return why a system has a solution at a place, or none."""
        found = self._certificate(system, place)
        self._certified.setdefault(system, []).append(found)
        return found

    def _certificate(self, system: System, place: Place) -> Certificate:
        entries = [[self.unpacked(entry) for entry in column] for column in system.columns]
        if not entries:
            return Certificate(True, (), (), ())
        known: dict[int, Any] = {}
        numbers = [
            [
                known[packed] if packed in known else known.setdefault(packed, place.value(terms))
                for packed, terms in zip(column, listed, strict=True)
            ]
            for column, listed in zip(system.columns, entries, strict=True)
        ]
        last = _last_basis(numbers, system.equal)
        # A minor of k rows has k factors, and none but the sum of the rows is of another kind.
        size = len(last.inside) + 1
        sums = [2 * sum(sum(map(abs, terms.values())) for terms in column) for column in entries]
        bound = prod(max(sums[k], 1) for k in last.inside) * max(*sums, 1)
        highest = max((p[-1] for column in entries for terms in column for p in terms), default=0)
        packing = Packing(size * highest + 1, bound.bit_length() + 2)
        packed = [[packing.pack(terms) for terms in column] for column in entries]
        return self._read(last, packed, packing, place)

    def _read(
        self, last: _Basis, packed: Sequence[Sequence[int]], packing: Packing, place: Place
    ) -> Certificate:
        table, divisor, paired = _brought_in(packed, last)
        side = 1 if place.sign(packing.terms(divisor, self.variables)) > 0 else -1
        zero, at_least, positive = [], [], [side * divisor]
        count, free = len(packed), last.free
        if last.growing is None:
            for j in range(count):
                if j < free and j not in last.inside:
                    zero.append(table[-1][j])
                elif j >= free or j in last.inside:
                    at_least.append(side * table[-1][j])
        else:
            j = last.growing if last.growing < count else paired[last.growing - count]
            positive.append(-side * table[-1][j])
            for i, row in enumerate(table[:-1]):
                if paired.get(i, count) >= free:
                    at_least.append(-side * row[j])
        return Certificate(
            last.growing is None,
            *(self._moving(part, packing) for part in (zero, at_least, positive)),
        )

    def _moving(self, packed: Sequence[int], packing: Packing) -> tuple[Terms, ...]:
        """Return those polynomials that are not constant, each once."""
        found: dict[int, Terms] = {}
        for entry in packed:
            if entry not in found:
                terms = packing.terms(entry, self.variables)
                found[entry] = _divided(terms) if any(map(any, terms)) else {}
        return tuple(filter(None, found.values()))


@dataclass(frozen=True)
class _Basis:
    """The last basis: which columns are in it, and instead of which coordinates of c.

    ``growing`` is the column, or the number of columns plus the coordinate, along which the sum
    grows; None if it cannot.
    """

    inside: tuple[int, ...]
    outside: tuple[int, ...]
    free: int
    growing: int | None


def _table(columns: Sequence[Sequence[Any]]) -> Table:
    """Return the first tableau: a row for each coordinate of c, and their sum."""
    return [*map(list, zip(*columns, strict=True)), [sum(column) for column in columns]]


def _exchange(
    table: Table, r: int, s: int, divisor: Any, over: Callable[[Any], Callable[[Any], Any]]
) -> Any:
    """Exchange what row r and column s stand for; return the new common denominator.

    ``over`` makes of the denominator so far what divides by it.
    """
    pivot, divided = table[r], over(divisor)
    p = pivot[s]
    for i, row in enumerate(table):
        if i == r:
            continue
        a = row[s]
        if a:
            table[i] = [divided(p * x - a * y) for x, y in zip(row, pivot, strict=True)]
        elif p != divisor:
            table[i] = [divided(p * x) for x in row]
        table[i][s] = -a
    pivot[s] = divisor
    return p


def _floor(divisor: int) -> Callable[[int], int]:
    return lambda number: number // divisor


def _quotient(divisor: Any) -> Callable[[Any], Any]:
    inverse = Fraction(1) / divisor
    return lambda number: number * inverse


def _last_basis(columns: Sequence[Sequence[Any]], free: int) -> _Basis:
    """Run the simplex method; the first columns may have any sign."""
    count = len(columns)
    table = _table(columns)
    whole = all(isinstance(entry, int) for row in table for entry in row)
    over = _floor if whole else _quotient
    basic = [count + i for i in range(len(table) - 1)]
    other = list(range(count))
    divisor: Any = 1

    def pivot(r: int, s: int) -> None:
        nonlocal divisor, table
        divisor = _exchange(table, r, s, divisor, over)
        if divisor < 0:
            table, divisor = [[-x for x in row] for row in table], -divisor
        basic[r], other[s] = other[s], basic[r]

    for s in range(free):
        r = next((i for i, k in enumerate(basic) if k >= count and table[i][s]), None)
        if r is not None:
            pivot(r, s)
    growing = None
    while True:
        gains = [(k, s) for s, k in enumerate(other) if k >= free and table[-1][s] < 0]
        if not gains:
            break
        k, s = min(gains)
        blocking = [(b, r) for r, b in enumerate(basic) if b >= free and table[r][s] > 0]
        if not blocking:
            growing = k
            break
        pivot(min(blocking)[1], s)
    inside = tuple(sorted(k for k in basic if k < count))
    outside = tuple(sorted(k - count for k in other if k >= count))
    return _Basis(inside, outside, free, growing)


def _brought_in(
    columns: Sequence[Sequence[int]], last: _Basis
) -> tuple[Table, int, dict[int, int]]:
    """Return the tableau of a basis, its denominator, and the column in each row's place."""
    table, divisor = _table(columns), 1
    paired: dict[int, int] = {}
    for s in last.inside:
        r = next(i for i in last.outside if i not in paired and table[i][s])
        divisor = _exchange(table, r, s, divisor, _floor)
        paired[r] = s
    return table, divisor, paired


def _divided(terms: Terms) -> Terms:
    """Divide a polynomial by the greatest common divisor of its coefficients."""
    divisor = gcd(*terms.values())
    return {powers: c // divisor for powers, c in terms.items()} if divisor > 1 else terms
