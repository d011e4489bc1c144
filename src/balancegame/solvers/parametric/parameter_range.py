"""What holds along a parameter: intervals and single values in turn, each with its solution."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeVar

from balancegame.exact import plain
from balancegame.solvers.solutions import Solutions


@dataclass(frozen=True, repr=False)
class ParameterRange:
    """Values of a parameter at which one solution holds: an interval or a single value.

    A single value is both its low and its high end. ``closed`` says whether each end belongs to it.
    """

    parameter: str
    low: Any
    high: Any
    closed: tuple[bool, bool]

    @property
    def is_point(self) -> bool:
        """Whether this is a single value."""
        return bool(self.low == self.high)

    @property
    def span(self) -> str:
        """The values as a formula: "s = 5", "0 <= s < 5"."""
        if self.is_point:
            return f"{self.parameter} = {plain(self.low)}"
        below, above = ("<=" if closed else "<" for closed in self.closed)
        return f"{plain(self.low)} {below} {self.parameter} {above} {plain(self.high)}"

    def __repr__(self) -> str:
        return f"<{self.span}>"

    def __contains__(self, value: Any) -> bool:
        at_end = (self.closed[0] and value == self.low) or (self.closed[1] and value == self.high)
        return bool(at_end or self.low < value < self.high)


R = TypeVar("R", bound=Any)


class Regimes(Solutions[R]):
    """How the solution of a model changes along one parameter: its regimes in turn."""

    __slots__ = ()

    @property
    def model(self) -> Any:
        """The model."""
        return self[0].model

    @property
    def parameter(self) -> str:
        """The parameter that varies."""
        return str(self[0].parameter)

    @property
    def fixed(self) -> Mapping[str, Any]:
        """The values of other parameters that were given."""
        return dict(self[0].fixed)


def runs(
    ends: Sequence[Any], entries: Sequence[Any]
) -> Iterator[tuple[Any, Any, tuple[bool, bool], Any]]:
    """Yield where neighbouring entries are the same: between which ends, which of them included.

    Entry 2n is that of end n, entry 2n + 1 that of the interval up to the next.
    """
    for entry, positions in groupby(range(len(entries)), key=entries.__getitem__):
        listed = list(positions)
        first, last = listed[0], listed[-1]
        yield ends[first // 2], ends[(last + 1) // 2], (first % 2 == 0, last % 2 == 0), entry
