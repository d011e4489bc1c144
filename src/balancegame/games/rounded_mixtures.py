"""Mixtures that a computation in floating point has left: read as the exact ones they stand for.

Probabilities of nashpy, NumPy or SciPy often sum to 0.9999999999999999, and a third comes as
0.3333333333333333. A decimal is otherwise taken at its word; only where nobody would have typed it
is the simplest fraction beside each probability taken instead, of the same support. Whether what
was read is an equilibrium is then decided exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isfinite
from numbers import Real
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact

# A sum that is further from 1 is no matter of rounding, nor is a fraction further from a float.
FROM_ONE = Fraction(1, 10**9)
FROM_FLOAT = Fraction(1, 10**12)
LARGEST_DENOMINATOR = 10**5

# Nobody types so many digits of a probability.
COMPUTED = 15


def exact_mixture(weights: Any) -> tuple[Fraction, ...] | None:
    """Return the mixture that rounded probabilities stand for, None if they are not rounded ones.

    Examples
    --------
    >>> [str(p) for p in exact_mixture([0.1, 0.2, 0.7000000000000001])]
    ['1/10', '1/5', '7/10']
    >>> [str(p) for p in exact_mixture([0.3333333333333333, 0.6666666666666667])]
    ['1/3', '2/3']
    >>> exact_mixture([0.5, 0.5]) is None
    True
    """
    listed = list(weights) if isinstance(weights, Sequence) or hasattr(weights, "dtype") else []
    floats = [weight for weight in listed if _is_float(weight)]
    if not floats:
        return None
    try:
        given = [exact(weight) for weight in listed]
    except GameError:
        return None
    off = abs(sum(given, Fraction(0)) - 1)
    if off > FROM_ONE or min(given) < -FROM_FLOAT or not (off or any(map(_is_computed, floats))):
        return None
    near = [p if p > FROM_FLOAT else Fraction(0) for p in given]
    simple = [p.limit_denominator(LARGEST_DENOMINATOR) for p in near]
    close = all(abs(p - q) <= FROM_FLOAT for p, q in zip(simple, near, strict=True))
    if close and sum(simple) == 1:
        return tuple(simple)
    rest = sum(near, Fraction(0))
    return tuple(p / rest for p in near) if off else None


def _is_computed(number: Any) -> bool:
    digits = repr(float(number)).partition("e")[0].replace(".", "").lstrip("0")
    return len(digits) >= COMPUTED


def _is_float(value: object) -> bool:
    return isinstance(value, Real) and type(value).__name__.startswith("float") and isfinite(value)
