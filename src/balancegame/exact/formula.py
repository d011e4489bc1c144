"""Formulas in one parameter: the field of rational functions, ordered on an interval.

Inside an interval where nothing about a solution changes, its probabilities and payoffs are ratios
of polynomials in the parameter, and whatever is compared to solve the game has one sign
throughout. So a formula is compared by its value at one sample point of that interval, and a game
whose payoffs are formulas is solved, verified and explained like any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, total_ordering
from math import gcd
from typing import Any

from balancegame.exact.polynomials import (
    Polynomial,
    add,
    common_divisor,
    divided,
    evaluate,
    multiply,
    negative,
    trim,
)
from balancegame.exact.ring import RingElement


@total_ordering
@dataclass(frozen=True, eq=False, repr=False)
class Formula(RingElement):
    """A ratio of polynomials in a parameter, in lowest terms."""

    top: Polynomial
    bottom: Polynomial
    symbol: str
    # A point of the interval on which the formula holds; the order is that of the values there.
    sample: Fraction

    def at(self, value: Any) -> Any:
        """Return the value of the formula at a value of the parameter."""
        return _horner(self.top, value) / _horner(self.bottom, value)

    def sympy(self) -> Any:
        """Return the formula as a SymPy expression."""
        import sympy

        return sympy.sympify(self.at(sympy.Symbol(self.symbol)))

    _sympy_ = sympy

    def _operand(self, other: object) -> tuple[Polynomial, Polynomial] | None:
        if isinstance(other, Formula):
            return other.top, other.bottom
        if isinstance(other, (int, Fraction)):
            return trim([other.numerator]), (other.denominator,)
        return None

    def _plus(self, theirs: tuple[Polynomial, Polynomial]) -> Fraction | Formula:
        top, bottom = theirs
        if self.bottom == bottom:
            return self._with(add(self.top, top), bottom)
        return self._with(
            add(multiply(self.top, bottom), multiply(top, self.bottom)),
            multiply(self.bottom, bottom),
        )

    def _times(self, theirs: tuple[Polynomial, Polynomial]) -> Fraction | Formula:
        return self._with(multiply(self.top, theirs[0]), multiply(self.bottom, theirs[1]))

    def _inverse(self) -> Fraction | Formula:
        return self._with(self.bottom, self.top)

    def __neg__(self) -> Formula:
        return Formula(negative(self.top), self.bottom, self.symbol, self.sample)

    def __eq__(self, other: object) -> bool:
        pair = self._operand(other)
        return pair is not None and (self.top, self.bottom) == pair

    def __hash__(self) -> int:
        return hash((self.top, self.bottom))

    def __lt__(self, other: object) -> bool:
        if isinstance(other, Formula):
            return bool(self._value < other.at(self.sample))
        return bool(self._value < other) if isinstance(other, (int, Fraction)) else NotImplemented

    @cached_property
    def _value(self) -> Any:
        return self.at(self.sample)

    def __bool__(self) -> bool:
        return bool(self.top)

    def __float__(self) -> float:
        return float(self.at(self.sample))

    def __str__(self) -> str:
        above, below = self.top, self.bottom
        terms = sum(map(bool, below))
        # A difference below the line is written so that it is positive here: 1/(2 - p).
        if terms > 1 and evaluate(below, self.sample) < 0:
            above, below = negative(above), negative(below)
        top, bottom = _text(above, self.symbol), _text(below, self.symbol)
        if below == (1,):
            return top
        many = terms > 1 or (len(below) > 1 and below[-1] != 1)
        top = f"({top})" if sum(map(bool, above)) > 1 else top
        return f"{top}/{f'({bottom})' if many else bottom}"

    __repr__ = __str__

    def _with(self, top: Polynomial, bottom: Polynomial) -> Fraction | Formula:
        """Reduce to lowest terms; a constant comes back as a Fraction."""
        if len(bottom) > 1:
            shared = common_divisor(top, bottom) if top else bottom
            if len(shared) > 1:
                top, bottom = divided(top, shared), divided(bottom, shared)
        if len(top) <= 1 and len(bottom) == 1:
            return Fraction(top[0] if top else 0, bottom[0])
        content = gcd(*top, *bottom)
        if bottom[-1] < 0:
            content = -content
        if content != 1:
            top = tuple(a // content for a in top)
            bottom = tuple(a // content for a in bottom)
        return Formula(top, bottom, self.symbol, self.sample)


def variable(symbol: str, sample: Fraction) -> Formula:
    """Return a parameter itself as a formula.

    Examples
    --------
    >>> s = variable("s", Fraction(6))
    >>> 5 / s, (s - 5) / (2 * s), 5 / s < 1, (s * s - 1) / (s - 1)
    (5/s, (s - 5)/(2*s), True, s + 1)
    """
    return Formula((0, 1), (1,), symbol, sample)


def _horner(p: Polynomial, value: Any) -> Any:
    if isinstance(value, Fraction):
        return evaluate(p, value)
    total: Any = Fraction(0)
    for coefficient in reversed(p):
        total = total * value + coefficient
    return total


def _text(p: Polynomial, symbol: str) -> str:
    terms: list[str] = []
    powers = range(len(p)) if p and p[-1] < 0 else reversed(range(len(p)))
    for power in powers:
        coefficient = p[power]
        if not coefficient:
            continue
        size = abs(coefficient)
        name = "" if power == 0 else symbol if power == 1 else f"{symbol}**{power}"
        body = str(size) if not name else name if size == 1 else f"{size}*{name}"
        sign = "-" if coefficient < 0 else "+"
        terms.append(f" {sign} {body}" if terms else f"-{body}" if sign == "-" else body)
    return "".join(terms) or "0"
