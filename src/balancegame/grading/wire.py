"""Plain values as JSON: what may pass between a student's code and the tests.

Only data crosses: numbers, text, truth values, Fractions and containers of these. Anything else
arrives as an :class:`Other` that names its type, so no object of a student's own class ever meets
a test. The same road is taken inside a live notebook, so all ways of checking see equal values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from numbers import Integral, Rational, Real
from typing import Any

__all__ = ["Other", "decode", "encode"]

MAX_DEPTH = 12
MAX_ITEMS = 10_000


@dataclass(frozen=True)
class Other:
    """A value that does not travel, known by the name of its type."""

    kind: str


def encode(value: object, depth: int = 0) -> Any:
    """Return a value as JSON data.

    Examples
    --------
    >>> encode(("Comply", Fraction(5, 6)))
    {'tuple': ['Comply', {'fraction': '5/6'}]}
    >>> encode(object())
    {'other': 'object'}
    """
    if depth > MAX_DEPTH:
        return {"other": "deeply nested value"}
    if value is None or isinstance(value, (bool, str)):
        return value if value is None or isinstance(value, bool) else str(value)
    if value is ...:
        return {"dots": True}
    if callable(value):
        return {"other": "function"}
    number = _number(value)
    return _container(value, depth) if number is None else number


def decode(data: Any) -> Any:
    """Return the value that :func:`encode` made into JSON data.

    Examples
    --------
    >>> decode(encode({"Enforce": Fraction(5, 6), "Acquiesce": 1}))
    {'Enforce': Fraction(5, 6), 'Acquiesce': 1}
    """
    if not isinstance(data, dict):
        return data
    ((tag, content),) = data.items()
    return _READERS[tag](content)


def _number(value: Any) -> Any:
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Rational):
        return {"fraction": f"{int(value.numerator)}/{int(value.denominator)}"}
    if getattr(value, "is_Rational", False) is True:
        return {"fraction": f"{int(value.p)}/{int(value.q)}"}
    if isinstance(value, Decimal) and value.is_finite():
        return {"fraction": str(Fraction(value))}
    if isinstance(value, Real):
        return float(value) if isfinite(value) else {"float": str(float(value))}
    # numpy.bool is neither a bool nor a number to Python
    if type(value).__name__ in {"bool", "bool_"}:
        return bool(value)
    return None


def _container(value: Any, depth: int) -> Any:
    if type(value).__module__ == "numpy" and hasattr(value, "tolist"):
        return encode(value.tolist(), depth)
    for kind, tag in ((list, "list"), (tuple, "tuple"), (set, "set"), (frozenset, "set")):
        if isinstance(value, kind) and len(value) <= MAX_ITEMS:
            return {tag: [encode(item, depth + 1) for item in value]}
    if isinstance(value, dict) and len(value) <= MAX_ITEMS:
        return {"dict": [[encode(k, depth + 1), encode(v, depth + 1)] for k, v in value.items()]}
    return {"other": type(value).__name__}


def _hashable(value: Any) -> Any:
    return value if value.__hash__ is not None else Other(type(value).__name__)


_READERS: dict[str, Callable[[Any], Any]] = {
    "dots": lambda _: ...,
    "other": Other,
    "fraction": Fraction,
    "float": float,
    "list": lambda items: [decode(item) for item in items],
    "tuple": lambda items: tuple(decode(item) for item in items),
    "set": lambda items: {_hashable(decode(item)) for item in items},
    "dict": lambda pairs: {_hashable(decode(k)): decode(v) for k, v in pairs},
}
