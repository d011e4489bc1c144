"""The simplest number in an interval: what a counterexample should be made of.

A number is the simpler the smaller its numerator and the square of its denominator, and positive
numbers come before negative ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache


@dataclass(frozen=True)
class Span:
    """An interval of numbers; an end that is None is infinite."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_belongs: bool = True
    high_belongs: bool = True

    @property
    def empty(self) -> bool:
        """Whether no number lies in it."""
        if self.low is None or self.high is None:
            return False
        if self.low == self.high:
            return not (self.low_belongs and self.high_belongs)
        return self.low > self.high

    def __contains__(self, number: Fraction) -> bool:
        above = self.low is None or number > self.low or (self.low_belongs and number == self.low)
        below = (
            self.high is None or number < self.high or (self.high_belongs and number == self.high)
        )
        return above and below

    def end(self, upper: bool) -> tuple[Fraction | None, bool]:
        """Return an end, and whether it belongs to the interval."""
        return (self.high, self.high_belongs) if upper else (self.low, self.low_belongs)

    def above(self, low: Fraction, belongs: bool) -> Span:
        """Return the part from a number on."""
        if self.low is not None and (low < self.low or (low == self.low and belongs)):
            return self
        return Span(low, self.high, belongs, self.high_belongs)

    def below(self, high: Fraction, belongs: bool) -> Span:
        """Return the part up to a number."""
        if self.high is not None and (high > self.high or (high == self.high and belongs)):
            return self
        return Span(self.low, high, self.low_belongs, belongs)


def complexity(number: Fraction) -> tuple[int, int, bool]:
    """Return a key by which simpler numbers come first.

    Examples
    --------
    >>> [str(x) for x in sorted(map(Fraction, ("1/2", "-1", "3", "0", "1")), key=complexity)]
    ['0', '1', '-1', '3', '1/2']
    """
    size = abs(number.numerator) + number.denominator**2 - 1
    return size, number.denominator, number < 0


def simplest(span: Span) -> Fraction:
    """Return the simplest number in an interval that is not empty.

    Examples
    --------
    >>> third, half = Fraction(1, 3), Fraction(1, 2)
    >>> str(simplest(Span(third, half, False, False))), str(simplest(Span(Fraction(-7), None)))
    ('2/5', '0')
    """
    denominator = 1
    while True:
        low = high = None
        if span.low is not None:
            (p, q), belongs = span.low.as_integer_ratio(), span.low_belongs
            low = -(-p * denominator // q) if belongs else p * denominator // q + 1
        if span.high is not None:
            (p, q), belongs = span.high.as_integer_ratio(), span.high_belongs
            high = p * denominator // q if belongs else -(-p * denominator // q) - 1
        if low is None or high is None or low <= high:
            # Of those with this denominator the one nearest to 0.
            nearest = max(0, low) if low is not None else 0
            if high is not None and nearest > high:
                nearest = high
            return Fraction(nearest, denominator)
        denominator += 1


def simple_in(span: Span, count: int) -> Iterator[Fraction]:
    """Yield up to so many simple numbers of an interval, the simplest ones first."""
    found = 0
    for number in _simple_numbers():
        if number in span:
            yield number
            found += 1
            if found == count:
                return
    if not found and not span.empty:
        yield simplest(span)
        if span.low is not None and span.high is not None:
            yield (span.low + span.high) / 2


@lru_cache(maxsize=1)
def _simple_numbers() -> tuple[Fraction, ...]:
    listed = {Fraction(n, d) for d in range(1, 11) for n in range(-12, 13)}
    return tuple(sorted(listed, key=complexity))
