"""Conditions on one variable, decided exactly: signs between and at the places where one is 0.

The real roots of all polynomials cut the line into finitely many places and intervals, on each of
which no sign changes (Sturm's theorem finds the roots). So the conditions contradict each other if
and only if they do at each of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from balancegame.exact.algebraic import number_at_place
from balancegame.exact.polynomials import Polynomial, from_terms
from balancegame.exact.roots import Root
from balancegame.solvers.parametric.sign_changes import signs_along
from balancegame.solvers.proofs.conditions import AT_LEAST, EQUAL, MORE, UNEQUAL, Condition
from balancegame.solvers.proofs.simple_numbers import Span, complexity, simplest

_MET: dict[str, Callable[[int], bool]] = {
    MORE: lambda sign: sign > 0,
    AT_LEAST: lambda sign: sign >= 0,
    EQUAL: lambda sign: sign == 0,
    UNEQUAL: lambda sign: sign != 0,
}


@dataclass(frozen=True)
class LineCertificate:
    """Conditions on one variable that hold together nowhere on the line."""

    conditions: tuple[Condition, ...]

    @property
    def variable(self) -> str:
        """The variable that they are about."""
        return next(name for h in self.conditions for name in h.polynomial.variables)

    def __str__(self) -> str:
        listed = ", ".join(map(str, self.conditions))
        return f"nowhere on the line of {self.variable} do these hold together: {listed}"

    def holds(self) -> bool:
        """Return whether that is so, from the signs along the line."""
        return not any(met for _, met in _along(self.conditions))


def line_contradiction(conditions: Sequence[Condition]) -> LineCertificate | None:
    """Return why conditions on one variable contradict each other, None if they do not."""
    found = LineCertificate(tuple(conditions))
    return found if found.holds() else None


def line_values(conditions: Sequence[Condition]) -> Iterator[Any]:
    """Yield a number of each place and interval at which conditions on one variable hold.

    The simplest come first; an irrational number is algebraic and comes last.
    """
    numbers = [number for number, met in _along(conditions) if met]
    rational = [x for x in numbers if not hasattr(x, "root")]
    yield from sorted(rational, key=complexity)
    yield from sorted((x for x in numbers if hasattr(x, "root")), key=lambda x: bool(x < 0))


def _along(conditions: Sequence[Condition]) -> Iterator[tuple[Any, bool]]:
    """Yield a number of each place and interval, and whether all conditions hold there."""
    whole = []
    for h in conditions:
        scale = lcm(*(c.denominator for c in h.polynomial.terms.values()))
        whole.append(from_terms({(sum(p),): int(c * scale) for p, c in h.polynomial.terms.items()}))
    for where, signs in along(whole):
        met = all(has_sign(h.relation, s) for h, s in zip(conditions, signs, strict=True))
        yield number_of(where) if met else None, met


def has_sign(relation: str, sign: int) -> bool:
    """Return whether a polynomial with this sign is as a relation says."""
    return _MET[relation](sign)


def along(polynomials: Sequence[Polynomial]) -> Iterator[tuple[Root | Fraction, tuple[int, ...]]]:
    """Yield each root and a number of each interval between them, with every sign there."""
    # Beyond the bound of Cauchy no polynomial has a root.
    bound = Fraction(1 + max((sum(map(abs, p)) for p in polynomials), default=0))
    places, table = signs_along(list(polynomials), -bound, bound)
    columns = [tuple(column) for column in table.T.tolist()]
    for k, place in enumerate(places):
        yield place, columns[2 * k]
        if k + 1 < len(places):
            # The end of an irrational root's interval lies beside the root, a rational one on it.
            after = places[k + 1]
            ends = (place.interval[1], after.interval[0])
            yield simplest(Span(*ends, not place.rational, not after.rational)), columns[2 * k + 1]


def number_of(where: Root | Fraction) -> Any:
    """Return the number at a place, a Fraction if it is rational."""
    return number_at_place(where) if isinstance(where, Root) else where
