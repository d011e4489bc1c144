"""Quotients of polynomials in several variables that remember all they have divided by.

A quotient is never reduced: x/x is 1 wherever x is not zero, and nothing at all where it is, so
whoever uses it must be able to see that it divides by x.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from balancegame.exact.multivariate import Multivariate, variables
from balancegame.exact.ring import RingElement

Factor = tuple[tuple[tuple[int, ...], int], ...]
"""The terms of a polynomial with coprime whole coefficients, the leading one positive."""


@dataclass(frozen=True)
class Quotient(RingElement):
    """A polynomial over a product of powers of others.

    Examples
    --------
    >>> (r,) = quotient_variables(("r",))
    >>> value = 1 / (2 + 2 * r)
    >>> value.top.terms, value.bottom
    ({(0,): Fraction(1, 2)}, {(((0,), 1), ((1,), 1)): 1})
    """

    top: Multivariate
    bottom: Mapping[Factor, int] = field(default_factory=dict)

    def over(self, bottom: Mapping[Factor, int]) -> Multivariate:
        """Return the top once the bottom is brought to a multiple of what it is."""
        top = self.top
        for factor, power in bottom.items():
            for _ in range(power - self.bottom.get(factor, 0)):
                top = top * self.factor(factor)
        return top

    def factor(self, factor: Factor) -> Multivariate:
        """Return a factor of a bottom as a polynomial."""
        return Multivariate(self.top.names, {powers: Fraction(c) for powers, c in factor})

    def _operand(self, other: object) -> Quotient | None:
        if isinstance(other, Quotient):
            return other
        if isinstance(other, (int, Fraction)):
            return Quotient(self.top.constant(other))
        return None

    def _plus(self, theirs: Quotient) -> Quotient:
        if not self.bottom and not theirs.bottom:
            return Quotient(self.top + theirs.top)
        bottom = common_bottom((self, theirs))
        return Quotient(self.over(bottom) + theirs.over(bottom), bottom)

    def _times(self, theirs: Quotient) -> Quotient:
        bottom = dict(self.bottom)
        for factor, power in theirs.bottom.items():
            bottom[factor] = bottom.get(factor, 0) + power
        return Quotient(self.top * theirs.top, bottom)

    def _inverse(self) -> Quotient:
        if not self.top.terms:
            raise ZeroDivisionError
        factor, scale = _primitive(self.top)
        one = self.top.constant(1 / scale)
        if self.top.degree:
            kept = {**self.bottom, factor: self.bottom.get(factor, 0) + 1}
        else:
            kept = dict(self.bottom)
        # What this had divided by stays below the line, so that its zeros are not forgotten.
        twice = {known: 2 * power for known, power in self.bottom.items()}
        return Quotient(Quotient(one).over(twice), kept)

    def __neg__(self) -> Quotient:
        return Quotient(-self.top, self.bottom)


def common_bottom(quotients: Sequence[Quotient]) -> dict[Factor, int]:
    """Return the smallest product of the factors that every bottom divides."""
    found: dict[Factor, int] = {}
    for quotient in quotients:
        for factor, power in quotient.bottom.items():
            found[factor] = max(power, found.get(factor, 0))
    return found


def quotient_variables(names: Sequence[str]) -> tuple[Quotient, ...]:
    """Return for each name the quotient that is that variable."""
    return tuple(map(Quotient, variables(tuple(names))))


def _primitive(polynomial: Multivariate) -> tuple[Factor, Fraction]:
    """Return a polynomial's factor and the number by which that is multiplied."""
    terms: dict[tuple[int, ...], Any] = dict(polynomial.terms)
    scale = Fraction(
        gcd(*(c.numerator for c in terms.values())), lcm(*(c.denominator for c in terms.values()))
    )
    if terms[max(terms)] < 0:
        scale = -scale
    return tuple(sorted((powers, int(c / scale)) for powers, c in terms.items())), scale
