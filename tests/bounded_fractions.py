"""Fractions drawn by Hypothesis, several times as fast as it draws them by itself."""

from fractions import Fraction
from math import ceil, floor

from hypothesis import strategies as st


def bounded_fractions(low, high, most):
    """Draw what ``st.fractions`` does: first a denominator up to the largest, then a numerator.

    Hypothesis makes a strategy for each numerator that it draws, and looks through it. Here there
    is one for each denominator.
    """

    def over(denominator):
        numerators = st.integers(ceil(low * denominator), floor(high * denominator))
        return numerators.map(lambda numerator: Fraction(numerator, denominator))

    return st.one_of([over(d) for d in range(1, most + 1) if ceil(low * d) <= high * d])


def fractions_between(low, high):
    """Draw fractions of any denominator, and often of a small one; an integer lies between."""

    def at(denominator, numerator):
        first, last = ceil(low * denominator), floor(high * denominator)
        return Fraction(first + numerator % (last - first + 1), denominator)

    wide = st.builds(at, st.integers(1), st.integers(0, 2**128))
    return bounded_fractions(low, high, 12) | wide
