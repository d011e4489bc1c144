"""What payoffs divide by: it must keep one sign over the range, and is then multiplied away.

Multiplying all payoffs of one player by the same positive number changes neither that player's
best replies nor any equilibrium; where the denominator depends on a parameter the number is another
at each value, and the same holds at each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import comb, prod
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.exact.algebraic import number_at_place
from balancegame.exact.multivariate import Multivariate, variables
from balancegame.exact.polynomials import from_terms
from balancegame.exact.quotients import Factor, Quotient
from balancegame.exact.roots import roots_between

Ranges = Sequence[tuple[Fraction, Fraction]]

# A denominator that is zero nowhere is told from zero in a few parts, unless it all but touches it.
MOST_PARTS = 1000


class Denominators:
    """The signs of what a model's payoffs divide by, over the range of the axes."""

    def __init__(self, what: str, axes: tuple[str, ...], ranges: Ranges) -> None:
        self._what, self._axes, self._ranges = what, axes, ranges
        self._signs: dict[Factor, int] = {}

    def sign(self, factor: Factor) -> int:
        """Return the sign of a factor, the same everywhere; GameError if it has a zero."""
        if factor not in self._signs:
            self._signs[factor] = self._sign(factor)
        return self._signs[factor]

    def cleared(self, quotient: Quotient, bottom: Mapping[Factor, int]) -> Multivariate:
        """Return a quotient times a positive multiple of a bottom."""
        if not bottom:
            return quotient.top
        odd = [factor for factor, power in bottom.items() if power % 2]
        # The even ones are positive wherever they are not zero, which is asked too.
        signs = {factor: self.sign(factor) for factor in bottom}
        found = quotient.over(bottom) * prod(signs[factor] for factor in odd)
        return Multivariate(found.names, found.terms)

    def _sign(self, factor: Factor) -> int:
        if len(self._axes) == 1:
            (low, high), polynomial = self._ranges[0], from_terms(dict(factor))
            roots = roots_between(polynomial, low, high)
            if roots:
                at = number_at_place(roots[0])
                raise self._error(factor, f"zero at {self._axes[0]} = {plain(at)}")
        sign = sign_on_box(factor, self._ranges)
        if not sign:
            raise self._error(factor, "zero, or too near to it to tell, somewhere")
        return sign

    def _error(self, factor: Factor, where: str) -> GameError:
        spans = " and ".join(
            f"{name} from {plain(low)} to {plain(high)}"
            for name, (low, high) in zip(self._axes, self._ranges, strict=True)
        )
        return GameError(
            f"{self._what} divides by {_written(factor, self._axes)}, which is {where} in the "
            f"range of {spans}; choose another range or rewrite the payoff."
        )


def sign_on_box(factor: Factor, ranges: Ranges) -> int:
    """Return the sign that a polynomial has everywhere in a box; 0 if it has none or none is found.

    On a box the polynomial lies between the least and the greatest of its Bernstein coefficients,
    those of the corners being its values there; halving the box brings them nearer (Garloff 1993).

    Examples
    --------
    >>> one_and_r = (((0,), 1), ((1,), 1))
    >>> sign_on_box(one_and_r, [(Fraction(0), Fraction(1))])
    1
    >>> sign_on_box(one_and_r, [(Fraction(-2), Fraction(1))])
    0
    """
    signs: set[int] = set()
    pending = [tuple(ranges)]
    for _ in range(MOST_PARTS):
        box = pending.pop()
        inside, corners = _bernstein(factor, box)
        signs |= {(value > 0) - (value < 0) for value in corners}
        if 0 in signs or len(signs) > 1:
            return 0
        if not (min(inside) > 0 or max(inside) < 0):
            axis = max(range(len(box)), key=lambda k: (box[k][1] - box[k][0]) / _width(ranges[k]))
            low, high = box[axis]
            for part in ((low, (low + high) / 2), ((low + high) / 2, high)):
                pending.append((*box[:axis], part, *box[axis + 1 :]))
        if not pending:
            return signs.pop()
    return 0


def _width(span: tuple[Fraction, Fraction]) -> Fraction:
    return span[1] - span[0] or Fraction(1)


def _bernstein(factor: Factor, box: Ranges) -> tuple[list[Fraction], list[Fraction]]:
    """Return a polynomial's Bernstein coefficients on a box, and its values at the corners."""
    axes = range(len(box))
    units = variables(tuple(map(str, axes)))
    moved: Any = units[0] * 0
    for powers, c in factor:
        moved += c * prod(
            ((low + (high - low) * unit) ** power)
            for unit, (low, high), power in zip(units, box, powers, strict=True)
        )
    degrees = [max((powers[k] for powers, _ in factor), default=0) for k in axes]
    inside, corners = [], []
    for place in product(*(range(degree + 1) for degree in degrees)):
        value = Fraction(0)
        for powers, c in moved.terms.items():
            if all(powers[k] <= place[k] for k in axes):
                shares = prod(comb(place[k], powers[k]) for k in axes)
                value += c * Fraction(shares, prod(comb(degrees[k], powers[k]) for k in axes))
        inside.append(value)
        if all(place[k] in (0, degrees[k]) for k in axes):
            corners.append(value)
    return inside, corners


def _written(factor: Factor, names: Sequence[str]) -> str:
    import sympy

    symbols = sympy.symbols(list(names))
    return str(
        sum(c * prod(s**p for s, p in zip(symbols, powers, strict=True)) for powers, c in factor)
    )
