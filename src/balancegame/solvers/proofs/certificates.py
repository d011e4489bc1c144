r"""Certificates: identities that show conditions to contradict each other.

If conditions :math:`h_i > 0` or :math:`h_i \ge 0` all held at some point, every product of some of
them would be at least 0 there, and more than 0 if all its factors are strict; so would a sum of
such products with positive coefficients. So an identity

.. math:: \sum_k c_k \, q_k^2 \prod_{i \in I_k} h_i = 0, \qquad c_k > 0,

in which one product has strict factors only (the empty product, which is 1, is one) and no square,
shows that they cannot all hold. To check it, multiply out. For linear conditions and sums of the
conditions themselves it always exists (Farkas 1902); with products it exists where the conditions
leave no point of a bounded region by enough (Handelman 1988; Schmüdgen 1991).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any, Protocol

from balancegame.exact.multivariate import Multivariate
from balancegame.solvers.proofs.conditions import AT_LEAST, MORE, Condition


class AnyCertificate(Protocol):
    """Conditions that contradict each other, and what shows it, such as an identity."""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions."""

    def holds(self) -> bool:
        """Return whether they do, gone through again without a search."""


@dataclass(frozen=True)
class Term:
    """A positive multiple of a product of conditions, by their positions, and of a square."""

    factor: Fraction
    conditions: tuple[int, ...]
    # What is squared and multiplied in; None for 1.
    root: Multivariate | None = None


@dataclass(frozen=True)
class Certificate:
    """Conditions that contradict each other, and the identity that shows it."""

    conditions: tuple[Condition, ...]
    terms: tuple[Term, ...]

    def __str__(self) -> str:
        """Return the identity as it is read."""
        return " + ".join(self._written(term) for term in self.terms) + " = 0"

    def holds(self) -> bool:
        """Return whether the identity is one, multiplied out, and contradicts the conditions.

        Examples
        --------
        >>> from balancegame.exact.multivariate import variables
        >>> s, E = variables(("s", "E"))
        >>> both = (Condition(s - E, MORE), Condition(E - s, AT_LEAST))
        >>> one = Fraction(1)
        >>> Certificate(both, (Term(one, (0,)), Term(one, (1,)))).holds()
        True
        >>> Certificate(both, (Term(one, (0,)), Term(2 * one, (1,)))).holds()
        False
        """
        total: Any = Fraction(0)
        strict = False
        for term in self.terms:
            chosen = [self.conditions[k] for k in term.conditions]
            if term.factor <= 0 or any(h.relation not in (MORE, AT_LEAST) for h in chosen):
                return False
            strict |= term.root is None and all(h.relation == MORE for h in chosen)
            square = 1 if term.root is None else term.root * term.root
            product = prod((h.polynomial for h in chosen), start=Fraction(1))
            total = total + product * square * term.factor
        return strict and (not total.terms if isinstance(total, Multivariate) else not total)

    def _written(self, term: Term) -> str:
        parts = [f"({self.conditions[k].polynomial})" for k in term.conditions]
        if term.root is not None:
            parts.append(f"({term.root})**2")
        if term.factor != 1 or not parts:
            parts.insert(0, str(term.factor))
        return "*".join(parts)
