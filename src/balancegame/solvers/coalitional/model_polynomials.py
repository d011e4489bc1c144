"""A coalitional model's formulas as polynomials in one or two of its parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.exact.multivariate import Multivariate, variables
from balancegame.solvers.parametric.factors import Terms
from balancegame.solvers.parametric.payoff_polynomials import MAX_DEGREE, whole_coefficients


def in_polynomials(model: Any, axes: Sequence[str], fixed: dict[str, Any]) -> tuple[Any, Any]:
    """Return a model's values with polynomials for the axes, and what makes a number one of them.

    Raises GameError if a fixed value is irrational.
    """
    values: dict[str, Any] = model.values(**fixed)
    for name, value in values.items():
        if not isinstance(value, Fraction):
            raise GameError(f"{name} = {value} is irrational; fix it at a fraction.")
    free = variables(tuple(axes))
    zero = free[0] * 0
    return {**values, **dict(zip(axes, free, strict=True))}, _reader(model, zero)


def _reader(model: Any, zero: Multivariate) -> Callable[[Any], Multivariate]:
    def polynomial(entry: Any) -> Multivariate:
        found: Multivariate = entry + zero
        if found.degree > MAX_DEGREE:
            raise GameError(
                f"a formula of model {model.name} has degree {found.degree} in "
                f"{' and '.join(zero.names)}; up to degree {MAX_DEGREE} they are followed exactly."
            )
        return found

    return polynomial


def whole_terms(polynomial: Multivariate) -> Terms:
    """Return a positive multiple of a polynomial with integer coefficients."""
    return whole_coefficients({(): polynomial})[()]


def distinct(polynomials: Iterable[Multivariate]) -> list[Multivariate]:
    """Return each polynomial once, in their order."""
    found: list[Multivariate] = []
    for polynomial in polynomials:
        if polynomial not in found:
            found.append(polynomial)
    return found
