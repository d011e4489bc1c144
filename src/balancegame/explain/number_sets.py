"""A set of numbers in words, such as the discount factors at which a norm holds."""

from __future__ import annotations

from typing import Any

from balancegame.wording import and_list, told


def set_in_words(found: Any, symbol: str = "delta") -> str:
    """Return a SymPy set of numbers in words.

    Examples
    --------
    >>> from sympy import EmptySet, FiniteSet, Interval, Rational, Union
    >>> set_in_words(Interval.Ropen(Rational(1, 2), 1))
    'for 1/2 <= delta < 1'
    >>> set_in_words(Union(Interval(0, Rational(1, 4)), FiniteSet(Rational(2, 3))), "h")
    'for 0 <= h <= 1/4 and at h = 2/3'
    >>> set_in_words(EmptySet)
    'for no delta'
    """
    parts = found.args if found.is_Union else (found,)
    clauses = [clause for part in parts for clause in _clauses(part, symbol)]
    return and_list(clauses) or f"for no {symbol}"


def _clauses(part: Any, symbol: str) -> list[str]:
    if part.is_empty:
        return []
    if part.is_FiniteSet:
        return [f"at {symbol} = {told(value)}" for value in part.args]
    if not part.is_Interval:
        return [f"for {symbol} in {part}"]
    left, right = ("<" if open_ else "<=" for open_ in (part.left_open, part.right_open))
    low = "" if part.start.is_infinite else f"{told(part.start)} {left} "
    high = "" if part.end.is_infinite else f" {right} {told(part.end)}"
    return [f"for {low}{symbol}{high}"] if low or high else [f"for every {symbol}"]
