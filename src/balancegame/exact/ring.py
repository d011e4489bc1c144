"""Arithmetic shared by every kind of number and polynomial that is not a plain fraction."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from operator import mul
from typing import Any


class RingElement:
    """Sums, differences, products, quotients and powers, plain numbers on either side.

    A subclass reads the other operand (``_operand``, None if it is of no use), adds and multiplies
    what that returns (``_plus``, ``_times``), negates (``-x``) and inverts (``_inverse``).
    """

    __slots__ = ()

    _operand: Callable[..., Any]
    _plus: Callable[..., Any]
    _times: Callable[..., Any]
    _inverse: Callable[..., Any]
    __neg__: Callable[..., Any]

    def __pos__(self) -> Any:
        return self

    def __add__(self, other: object) -> Any:
        theirs = self._operand(other)
        return NotImplemented if theirs is None else self._plus(theirs)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        return self + -other

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    def __mul__(self, other: object) -> Any:
        theirs = self._operand(other)
        return NotImplemented if theirs is None else self._times(theirs)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        if self._operand(other) is None:
            return NotImplemented
        return self * (other._inverse() if isinstance(other, RingElement) else 1 / Fraction(other))

    def __rtruediv__(self, other: Any) -> Any:
        return self._inverse() * other

    def __pow__(self, power: int) -> Any:
        if not power:
            return self * 0 + 1
        base = self if power > 0 else self._inverse()
        return reduce(mul, [base] * abs(power))
