"""Real roots of integer polynomials, kept apart by rational intervals."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key

from balancegame.exact.polynomials import (
    Interval,
    Polynomial,
    common_divisor,
    isolate,
    refine,
    sign_at,
    squarefree,
)


@dataclass(eq=False, slots=True)
class Root:
    """One real root of a squarefree polynomial.

    Its interval is a rational root twice, or holds this irrational root strictly inside and no
    other root of the polynomial. Narrowing the interval does not change the root.
    """

    polynomial: Polynomial
    interval: Interval

    @property
    def rational(self) -> bool:
        """Whether the root is known as a rational number."""
        low, high = self.interval
        return low is high or low == high

    def halve(self) -> None:
        """Narrow the interval of an irrational root."""
        if not self.rational:
            self.interval = refine(self.polynomial, self.interval)

    def compare(self, other: Root) -> int:
        """Return -1, 0 or 1 as this root is less than, equal to or greater than another.

        Two irrational roots are equal if and only if the greatest common divisor of their
        polynomials changes sign where their intervals overlap. Unequal ones are narrowed until a
        gap lies between their intervals.
        """
        if self is other:
            return 0
        if self.rational and other.rational:
            (p, q), (r, s) = map(Fraction.as_integer_ratio, (self.interval[0], other.interval[0]))
            return (p * s > r * q) - (p * s < r * q)
        known_unequal = False
        while True:
            if self.interval[1] < other.interval[0]:
                return -1
            if other.interval[1] < self.interval[0]:
                return 1
            if self.rational and other.rational:
                return 0
            if not (known_unequal or self.rational or other.rational):
                if self._meets(other):
                    return 0
                known_unequal = True
            self.halve()
            other.halve()

    def sign(self, polynomial: Polynomial) -> int:
        """Return the sign of any polynomial at the root.

        Examples
        --------
        >>> root = roots_between((-2, 0, 1), Fraction(1), Fraction(2))[0]
        >>> root.sign((-3, 2)), root.sign((-4, 0, 2)), root.sign((-3, 0, 1))
        (-1, 0, -1)
        """
        if len(polynomial) <= 1 or self.rational:
            return sign_at(polynomial, self.interval[0])
        for other in roots_between(squarefree(polynomial), *self.interval):
            if self.compare(other) == 0:
                return 0
        # Every root of the polynomial is now outside the interval.
        return sign_at(polynomial, self.interval[0])

    def _meets(self, other: Root) -> bool:
        low = max(self.interval[0], other.interval[0])
        high = min(self.interval[1], other.interval[1])
        if low >= high:
            return False
        shared = self.polynomial
        if other.polynomial != shared:
            shared = common_divisor(shared, other.polynomial)
        return sign_at(shared, low) * sign_at(shared, high) < 0


def roots_between(polynomial: Polynomial, low: Fraction, high: Fraction) -> list[Root]:
    """Return the real roots of a squarefree polynomial in a closed interval, in order."""
    return [Root(polynomial, interval) for interval in isolate(polynomial, low, high)]


def sorted_apart(roots: list[Root]) -> list[list[Root]]:
    """Return roots of any polynomials in increasing order, equal ones together.

    Afterwards the intervals of roots in different groups have gaps between them.
    """
    groups: list[list[Root]] = []
    for root in sorted(roots, key=cmp_to_key(Root.compare)):
        if groups and root.compare(groups[-1][0]) == 0:
            groups[-1].append(root)
        else:
            groups.append([root])
    return groups
