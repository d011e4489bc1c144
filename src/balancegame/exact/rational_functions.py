"""Rational functions of one parameter: quotients of integer polynomials in lowest terms."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from balancegame.exact.polynomials import (
    Polynomial,
    add,
    common_divisor,
    divided,
    multiply,
    negative,
    sign_at,
)
from balancegame.exact.ring import RingElement


@dataclass(frozen=True)
class RationalFunction(RingElement):
    """A quotient of two polynomials that have no common divisor; the lower one leads with plus.

    Examples
    --------
    >>> t = ratio((0, 1))
    >>> (1 - t * t) / (1 - t)
    RationalFunction(top=(1, 1), bottom=(1,))
    """

    top: Polynomial
    bottom: Polynomial

    def sign(self, at: Fraction) -> int:
        """Return the sign at a number that is no pole."""
        return sign_at(self.top, at) * sign_at(self.bottom, at)

    def __bool__(self) -> bool:
        return bool(self.top)

    def _operand(self, other: object) -> RationalFunction | None:
        if isinstance(other, RationalFunction):
            return other
        if isinstance(other, int):
            return RationalFunction((other,) if other else (), (1,))
        if isinstance(other, Fraction):
            return RationalFunction((other.numerator,) if other else (), (other.denominator,))
        return None

    def _plus(self, theirs: RationalFunction) -> RationalFunction:
        if self.bottom == theirs.bottom:
            return ratio(add(self.top, theirs.top), self.bottom)
        ours = multiply(self.top, theirs.bottom)
        return ratio(
            add(ours, multiply(theirs.top, self.bottom)), multiply(self.bottom, theirs.bottom)
        )

    def _times(self, theirs: RationalFunction) -> RationalFunction:
        return ratio(multiply(self.top, theirs.top), multiply(self.bottom, theirs.bottom))

    def _inverse(self) -> RationalFunction:
        if not self.top:
            raise ZeroDivisionError
        return ratio(self.bottom, self.top)

    def __neg__(self) -> RationalFunction:
        return RationalFunction(negative(self.top), self.bottom)


def ratio(top: Polynomial, bottom: Polynomial = (1,)) -> RationalFunction:
    """Return a quotient of polynomials in lowest terms."""
    if not top:
        return RationalFunction((), (1,))
    if len(bottom) > 1 and len(top) > 1:
        shared = common_divisor(top, bottom)
        if len(shared) > 1:
            top, bottom = divided(top, shared), divided(bottom, shared)
    number = gcd(*top, *bottom) if bottom[-1] > 0 else -gcd(*top, *bottom)
    if number != 1:
        top, bottom = tuple(a // number for a in top), tuple(b // number for b in bottom)
    return RationalFunction(top, bottom)
