"""A model's formulas in one or two of its parameters, and polynomials that have their signs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.exact.multivariate import Multivariate
from balancegame.exact.quotients import Quotient, common_bottom, quotient_variables
from balancegame.solvers.parametric.denominators import Denominators

MAX_DEGREE = 4


class ModelFormulas:
    """What a model's formulas are while the axes vary and its other parameters are fixed.

    ``values`` are those at which the model is to be evaluated: quotients for the axes, fractions
    elsewhere. Raises GameError if a fixed value is irrational.
    """

    def __init__(
        self, model: Any, axes: Sequence[str], fixed: dict[str, Any], what: str = "a formula"
    ) -> None:
        values: dict[str, Any] = model.values(**fixed)
        for name, value in values.items():
            if not isinstance(value, Fraction):
                raise GameError(f"{name} = {value} is irrational; fix it at a fraction.")
        free = quotient_variables(axes)
        self.what = f"{what} of model {model.name}"
        self.axes = tuple(axes)
        self.values = {**values, **dict(zip(axes, free, strict=True))}
        self.zero = free[0] * 0
        self.ranges = [(model.parameters[name].low, model.parameters[name].high) for name in axes]
        self._below = Denominators(self.what, self.axes, self.ranges)

    def quotient(self, entry: Any) -> Quotient:
        """Return a formula's value as a quotient of polynomials; it may be a plain number."""
        return entry if isinstance(entry, Quotient) else Quotient(self.zero.top.constant(entry))

    def alone(self, entry: Any) -> Multivariate:
        """Return a polynomial that has the sign of a formula everywhere in the range.

        Raises GameError if what the formula divides by is zero somewhere there.
        """
        quotient = self.quotient(entry)
        return self._below.cleared(quotient, quotient.bottom)

    def together(self, entries: Iterable[Any]) -> list[Multivariate]:
        """Return formulas multiplied by one denominator, the same for all and positive everywhere.

        So they compare with each other, and add up, as before. Raises GameError as ``alone``.
        """
        quotients = list(map(self.quotient, entries))
        bottom = common_bottom(quotients)
        return [self._below.cleared(quotient, bottom) for quotient in quotients]

    def require_degree(self, entries: Iterable[Any]) -> None:
        """Refuse formulas of a total degree above 4, by themselves, once divisions are cleared."""
        degree = max(self.alone(entry).degree for entry in entries)
        if degree > MAX_DEGREE:
            raise GameError(
                f"{self.what} has degree {degree} in {' and '.join(self.axes)}; up to degree "
                f"{MAX_DEGREE} they can be followed exactly."
            )
