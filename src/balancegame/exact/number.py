"""Exact numbers: anything a person types becomes exact, or a clear error.

A decimal is taken at its word: ``0.1`` and ``"0.1"`` are one tenth, not the binary float
nearest to it. No tolerance is used anywhere in the package, so two numbers are equal only if
they are the same number.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from numbers import Rational, Real
from typing import Any, cast

from balancegame.errors import GameError
from balancegame.exact.algebraic import Algebraic, from_sympy
from balancegame.exact.formula import Formula

# A student's slip ("1e99999") must not fill the memory: no payoff needs more digits than this.
MAX_DIGITS = 400

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)"
    r"(?:(?P<decimal>(?=\d|\.\d)\d*(?:\.\d*)?(?:[eE](?P<exponent>[+-]?\d+))?)"
    r"|(?P<numerator>\d+)\s*/\s*(?P<denominator>\d+))",
    re.ASCII,
)
_TRUTH_TYPES = {"bool", "bool_", "BooleanTrue", "BooleanFalse"}
# Dashes for minus, and the full width in which a Japanese keyboard writes digits and signs.
_SIGNS = {0x2212: "-", 0x2013: "-"} | {0xFF01 + k: chr(0x21 + k) for k in range(94)}


def exact(value: object, where: str = "") -> Fraction:
    """Return a number as a Fraction, without rounding.

    Numbers of Python, NumPy and SymPy are read. A float stands for its shortest decimal. Text may
    be a whole number, a decimal, a decimal with an exponent, or a fraction of whole numbers. An
    irrational algebraic number such as ``sympy.sqrt(2)`` comes back as an Algebraic, which behaves
    like a Fraction; other irrational numbers are refused. ``where`` is the place to name in an
    error, such as "the payoff of Japan at (Comply, Enforce)".

    Examples
    --------
    >>> exact("1/3"), exact(0.1), exact(-2)
    (Fraction(1, 3), Fraction(1, 10), Fraction(-2, 1))
    """
    if type(value) is int:
        return whole_number(value)
    if isinstance(value, (Fraction, Algebraic, Formula)):
        return cast(Fraction, value)
    place = f" for {where}" if where else ""
    if isinstance(value, str):
        return _from_text(value, place)
    if isinstance(value, bool) or type(value).__name__ in _TRUTH_TYPES:
        raise GameError(f"{value}{place} is a truth value, not a number; write 1 or 0 instead.")
    if isinstance(value, Rational):
        return Fraction(int(value.numerator), int(value.denominator))
    if getattr(value, "is_number", False):
        return _from_sympy(value, place)
    if isinstance(value, Real) or type(value).__name__ == "Decimal":
        return _from_text(str(value), place)
    if symbols := getattr(value, "free_symbols", None):
        names = ", ".join(sorted(map(str, symbols)))
        raise GameError(
            f"{_shown(value)}{place} holds the symbol {names}; give numbers, or make a bg.Model "
            f"whose parameters are {names}."
        )
    item = getattr(value, "item", None)
    if item is not None and getattr(value, "shape", None) == ():
        return exact(item(), where)
    raise _not_a_number(value, place)


@lru_cache(1024)
def whole_number(value: int) -> Fraction:
    """Return a whole number as a Fraction, which takes longer than to find it again."""
    return Fraction(value)


def compare(first: Any, second: Any) -> int:
    """Return 1 if the first number is the larger one, -1 if the second is, 0 if they are equal.

    Examples
    --------
    >>> compare(Fraction(1, 2), Fraction(1, 3)), compare(Fraction(2), Fraction(4, 2))
    (1, 0)
    """
    # Two Fractions ask each other at length what kind of number they are.
    if type(first) is Fraction and type(second) is Fraction:
        (p, q), (r, s) = first.as_integer_ratio(), second.as_integer_ratio()
        more = p * s - r * q
        return (more > 0) - (more < 0)
    return int(first > second) - int(first < second)


def is_within(number: Any, low: Any, high: Any) -> bool:
    """Return whether a number lies between two others or is one of them.

    Examples
    --------
    >>> is_within(Fraction(1, 2), Fraction(0), Fraction(1, 2)), is_within(2, 0, 1)
    (True, False)
    """
    # As in :func:`compare`; each parameter of each game that a model makes is looked at.
    if type(number) is type(low) is type(high) is Fraction:
        (p, q), (a, b), (c, d) = map(Fraction.as_integer_ratio, (number, low, high))
        return a * q <= p * b and p * d <= c * q
    return compare(low, number) <= 0 and compare(number, high) <= 0


def plain(number: object) -> str:
    """Return a number as a person writes it: "3", "-1/2".

    Examples
    --------
    >>> plain(Fraction(-1, 2)), plain(Fraction(6, 2))
    ('-1/2', '3')
    """
    return str(number)


def _from_text(text: str, place: str) -> Fraction:
    # Most numbers are whole, and then there is little to look at.
    digits = text.removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) <= MAX_DIGITS:
        return whole_number(int(text))
    stripped = text.strip().translate(_SIGNS)
    if stripped.lower().lstrip("+-") in {"nan", "inf", "infinity"}:
        raise GameError(f"{stripped}{place} is not a finite number; use a finite one instead.")
    match = _NUMBER.fullmatch(stripped)
    if match is None:
        raise _not_a_number(text, place)
    if len(stripped.lstrip("+-")) > MAX_DIGITS or abs(int(match["exponent"] or 0)) > MAX_DIGITS:
        raise GameError(f"a number{place} has more than {MAX_DIGITS} digits; shorten it.")
    if match["denominator"] is not None and int(match["denominator"]) == 0:
        raise GameError(f"{_shown(text)}{place} divides by zero; the denominator must not be 0.")
    return Fraction("".join(stripped.split()))


def _from_sympy(value: Any, place: str) -> Fraction:
    if value.is_Rational:
        return Fraction(int(value.p), int(value.q))
    if value.is_Float:
        return _from_text(str(value), place)
    if value.is_finite is not True or value.is_real is False:
        raise GameError(f"{value}{place} is not a finite real number; use a fraction instead.")
    if value.is_algebraic and value.is_real:
        return cast(Fraction, from_sympy(value))
    raise GameError(
        f"{value}{place} is not an algebraic number; use a whole number or a fraction near it."
    )


def _not_a_number(value: object, place: str) -> GameError:
    return GameError(
        f"{_shown(value)}{place} is not a number; use a whole number, a decimal or a fraction "
        'such as "1/3".'
    )


def _shown(value: object) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) <= 40 else text[:37] + "..."
