"""Intervals of exact numbers, as the beliefs, probabilities or payoffs that are possible."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from balancegame.exact.number import plain


@dataclass(frozen=True)
class Interval:
    """The numbers from one to another; ``closed`` says whether each end belongs to them.

    Examples
    --------
    >>> from fractions import Fraction
    >>> half_or_more = Interval(Fraction(1, 2), Fraction(1))
    >>> print(half_or_more), Fraction(1, 3) in half_or_more
    [1/2, 1]
    (None, False)
    """

    low: Any
    high: Any
    closed: tuple[bool, bool] = (True, True)

    @property
    def is_point(self) -> bool:
        """Whether this is a single number."""
        return bool(self.low == self.high)

    def __contains__(self, number: Any) -> bool:
        at_end = (self.closed[0] and number == self.low) or (self.closed[1] and number == self.high)
        return bool(at_end or self.low < number < self.high)

    def __str__(self) -> str:
        if self.is_point:
            return plain(self.low)
        before, after = "(["[self.closed[0]], ")]"[self.closed[1]]
        return f"{before}{plain(self.low)}, {plain(self.high)}{after}"


def hull(intervals: Iterable[Interval]) -> Interval:
    """Return the smallest interval that holds several, of which there is one or more.

    Examples
    --------
    >>> print(hull([Interval(0, 1), Interval(1, 3, (False, False))]))
    [0, 3)
    """
    listed = list(intervals)
    low, high = min(each.low for each in listed), max(each.high for each in listed)
    closed = (
        any(each.closed[0] for each in listed if each.low == low),
        any(each.closed[1] for each in listed if each.high == high),
    )
    return Interval(low, high, closed)
