"""Regimes of a model: the values of one parameter at which its game is solved alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

from balancegame.exact.algebraic import number_at_place
from balancegame.exact.formula import variable
from balancegame.exact.roots import Root
from balancegame.solvers.parametric.parameter_range import ParameterRange, runs
from balancegame.solvers.solutions import Explained

T = TypeVar("T")


@dataclass(frozen=True, repr=False)
class ModelRegime(ParameterRange, Explained):
    """Values of a parameter at which a model's game is solved alike.

    Where they are an interval, ``sample`` is a value inside it. Each class of regimes adds a
    ``name`` and a ``solution``.
    """

    sample: Fraction | None
    model: Any
    fixed: tuple[tuple[str, Fraction], ...]

    @cached_property
    def values(self) -> dict[str, Any]:
        """The value of every parameter; in an interval the one that varies is a formula."""
        at = self.low if self.sample is None else variable(self.parameter, self.sample)
        return {**self.model.values(**dict(self.fixed)), self.parameter: at}

    @cached_property
    def game(self) -> Any:
        """The game: exact at a single value, formulas in the parameter otherwise."""
        return self.model.game_at(self.values)


def values_given(model: Any, fixed: dict[str, Any]) -> tuple[tuple[str, Fraction], ...]:
    """Return the values of the parameters that were given, by name and exact."""
    values = model.values(**fixed)
    return tuple((name, values[name]) for name in sorted(fixed))


def regimes_read(
    model: Any, parameter: str, fixed: dict[str, Any], places: Sequence[Root], entries: Sequence[T]
) -> Iterator[tuple[dict[str, Any], T]]:
    """Yield the attributes of each ModelRegime, and the entry that all its values share.

    Entry 2n was read at place n, entry 2n + 1 between it and the next.
    """
    ends = [number_at_place(place) for place in places]
    given = values_given(model, fixed)
    for low, high, closed, entry in runs(ends, entries):
        sample = None
        if low is not high:
            k = next(k for k, end in enumerate(ends) if end is low)
            sample = value_between(places[k], places[k + 1])
        span = {"parameter": parameter, "low": low, "high": high, "closed": closed}
        yield {**span, "sample": sample, "model": model, "fixed": given}, entry


def value_between(place: Root, following: Root) -> Fraction:
    """Return a rational value between two places."""
    return (place.interval[1] + following.interval[0]) / 2
