"""Polynomials in several variables with rational coefficients, as payoffs are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError


@dataclass(frozen=True)
class Multivariate:
    """A polynomial: a coefficient for each tuple of exponents, none of them zero.

    Examples
    --------
    >>> s, E = variables(("s", "E"))
    >>> (10 + E - s / 2 - E).terms
    {(0, 0): Fraction(10, 1), (1, 0): Fraction(-1, 2)}
    """

    names: tuple[str, ...]
    terms: Mapping[tuple[int, ...], Fraction]

    @property
    def degree(self) -> int:
        """Total degree; 0 for the zero polynomial."""
        return max((sum(powers) for powers in self.terms), default=0)

    def __add__(self, other: object) -> Any:
        theirs = self._terms(other)
        if theirs is None:
            return NotImplemented
        total = dict(self.terms)
        for powers, coefficient in theirs.items():
            total[powers] = total.get(powers, Fraction(0)) + coefficient
        return Multivariate(self.names, {p: c for p, c in total.items() if c})

    __radd__ = __add__

    def __neg__(self) -> Multivariate:
        return Multivariate(self.names, {p: -c for p, c in self.terms.items()})

    def __pos__(self) -> Multivariate:
        return self

    def __sub__(self, other: object) -> Any:
        return self + (-other) if self._terms(other) is not None else NotImplemented  # type: ignore[operator]

    def __rsub__(self, other: object) -> Any:
        return -self + other

    def __mul__(self, other: object) -> Any:
        theirs = self._terms(other)
        if theirs is None:
            return NotImplemented
        product: dict[tuple[int, ...], Fraction] = {}
        for ours, a in self.terms.items():
            for powers, b in theirs.items():
                key = tuple(map(sum, zip(ours, powers, strict=True)))
                product[key] = product.get(key, Fraction(0)) + a * b
        return Multivariate(self.names, {p: c for p, c in product.items() if c})

    __rmul__ = __mul__

    def __pow__(self, power: int) -> Any:
        result: Any = Multivariate(self.names, {(0,) * len(self.names): Fraction(1)})
        for _ in range(power):
            result = result * self
        return result

    def __truediv__(self, other: object) -> Any:
        theirs = self._terms(other)
        if theirs is None:
            return NotImplemented
        constant = (0,) * len(self.names)
        if set(theirs) - {constant}:
            raise GameError(_not_polynomial(self.names))
        return self * (1 / theirs.get(constant, Fraction(0)))

    def __rtruediv__(self, other: object) -> Any:
        raise GameError(_not_polynomial(self.names))

    def _terms(self, other: object) -> Mapping[tuple[int, ...], Fraction] | None:
        if isinstance(other, Multivariate):
            return other.terms
        if isinstance(other, (int, Fraction)):
            return {(0,) * len(self.names): Fraction(other)} if other else {}
        return None


def variables(names: Sequence[str]) -> tuple[Multivariate, ...]:
    """Return one polynomial a name, equal to that variable."""
    listed = tuple(names)
    return tuple(
        Multivariate(listed, {tuple(int(k == i) for k in range(len(listed))): Fraction(1)})
        for i in range(len(listed))
    )


def _not_polynomial(names: Sequence[str]) -> str:
    return (
        f"a payoff divides by {' or '.join(names)}, so it is not a polynomial; choose another "
        "parameter or rewrite the payoff."
    )
