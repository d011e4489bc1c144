"""Polynomials in several variables with rational coefficients, as payoffs are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from math import prod
from operator import add
from typing import Any

from balancegame.errors import GameError
from balancegame.exact.ring import RingElement

Terms = Mapping[tuple[int, ...], int | Fraction]


@dataclass(frozen=True)
class Multivariate(RingElement):
    """A polynomial: a coefficient for each tuple of exponents, none of them zero.

    Most coefficients are whole and then mostly an int, which is compared, multiplied and hashed in
    a small part of the time: whoever divides two of them has to make a Fraction of one.

    Examples
    --------
    >>> s, E = variables(("s", "E"))
    >>> (10 + E - s / 2 - E).terms
    {(0, 0): 10, (1, 0): Fraction(-1, 2)}
    """

    names: tuple[str, ...]
    terms: Terms

    @cached_property
    def degree(self) -> int:
        """Total degree; 0 for the zero polynomial."""
        return max(map(sum, self.terms), default=0)

    def _operand(self, other: object) -> Terms | None:
        if isinstance(other, Multivariate):
            return other.terms
        return self.constant(other).terms if isinstance(other, (int, Fraction)) else None

    def constant(self, number: int | Fraction) -> Multivariate:
        """Return a number as a polynomial in the same variables."""
        whole = number.numerator if number.denominator == 1 else number
        return Multivariate(self.names, {(0,) * len(self.names): whole} if number else {})

    def _plus(self, theirs: Terms) -> Multivariate:
        total = dict(self.terms)
        for powers, coefficient in theirs.items():
            total[powers] = total[powers] + coefficient if powers in total else coefficient
        return Multivariate(self.names, {p: c for p, c in total.items() if c})

    def _times(self, theirs: Terms) -> Multivariate:
        if len(theirs) == 1:
            # What is multiplied by one term has as many as before: none meet.
            ((powers, b),) = theirs.items()
            if any(powers):
                grown = {tuple(map(add, ours, powers)): a * b for ours, a in self.terms.items()}
                return Multivariate(self.names, grown)
            return Multivariate(self.names, {ours: a * b for ours, a in self.terms.items()})
        product: dict[tuple[int, ...], int | Fraction] = {}
        for ours, a in self.terms.items():
            for powers, b in theirs.items():
                key = tuple(map(add, ours, powers))
                product[key] = product[key] + a * b if key in product else a * b
        return Multivariate(self.names, {p: c for p, c in product.items() if c})

    def _inverse(self) -> Multivariate:
        constant = (0,) * len(self.names)
        if set(self.terms) - {constant}:
            raise GameError(
                f"a payoff divides by {' or '.join(self.names)}, so it is not a polynomial; choose "
                "another parameter or rewrite the payoff."
            )
        return Multivariate(self.names, {constant: 1 / Fraction(self.terms.get(constant, 0))})

    def __hash__(self) -> int:
        return hash((self.names, frozenset(self.terms.items())))

    def __neg__(self) -> Multivariate:
        return Multivariate(self.names, {p: -c for p, c in self.terms.items()})

    def at(self, values: Mapping[str, Any]) -> Any:
        """Return the value where each variable is an element of any ring.

        Examples
        --------
        >>> s, E = variables(("s", "E"))
        >>> (s * s - E).at({"s": Fraction(3), "E": Fraction(1, 2)})
        Fraction(17, 2)
        """
        total: Any = 0
        for powers, coefficient in self.terms.items():
            term: Any = coefficient
            for name, power in zip(self.names, powers, strict=True):
                if power:
                    factor = values[name]
                    if type(factor) is Fraction and factor.denominator == 1:
                        factor = factor.numerator
                    term = term * (factor if power == 1 else factor**power)
            total = total + term
        return Fraction(total) if type(total) is int else total

    def replacing(self, name: str, value: Multivariate) -> Multivariate:
        """Return the polynomial with another one in place of a variable.

        Examples
        --------
        >>> s, E = variables(("s", "E"))
        >>> print((s * s + E).replacing("s", E + 1))
        E**2 + 3*E + 1
        """
        k = self.names.index(name)
        parts: dict[int, dict[tuple[int, ...], int | Fraction]] = {}
        for powers, coefficient in self.terms.items():
            rest = (*powers[:k], 0, *powers[k + 1 :])
            parts.setdefault(powers[k], {})[rest] = coefficient
        total = Multivariate(self.names, parts.pop(0, {}))
        raised, reached = value, 1
        for power, terms in sorted(parts.items()):
            raised *= prod([value] * (power - reached))
            reached = power
            total += Multivariate(self.names, terms) * raised
        return total

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """The names that occur in it."""
        # Without any term there is no column of powers either.
        columns = zip(self.names, zip(*self.terms, strict=True), strict=False)
        return tuple(name for name, powers in columns if any(powers))

    def __str__(self) -> str:
        """Return the polynomial as a person writes it, what is added before what is taken away."""
        parts: list[str] = []
        order = sorted(self.terms, key=lambda p: (self.terms[p] < 0, -sum(p), tuple(-k for k in p)))
        for powers in order:
            size = abs(self.terms[powers])
            factors = [
                name if power == 1 else f"{name}**{power}"
                for name, power in zip(self.names, powers, strict=True)
                if power
            ]
            if size != 1 or not factors:
                factors.insert(0, str(size))
            body = "*".join(factors)
            sign = "-" if self.terms[powers] < 0 else "+"
            parts.append(f" {sign} {body}" if parts else f"-{body}" if sign == "-" else body)
        return "".join(parts) or "0"


@lru_cache(maxsize=256)
def variables(names: tuple[str, ...]) -> tuple[Multivariate, ...]:
    """Return for each name the polynomial that is that variable."""
    return tuple(
        Multivariate(names, {tuple(int(k == i) for k in range(len(names))): 1})
        for i in range(len(names))
    )
