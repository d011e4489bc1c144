"""What number a student means: floats that stand for fractions, percent, comma and ½.

The rule for decimals. Two different fractions with denominators up to 1,000 lie more than one
millionth apart, so seven decimals tell them from each other. A number with at least seven decimals
stands for such a fraction if one is that near, as ``0.4444444`` and Python's ``4/9`` are to 4/9.
Any other decimal stands for itself. What the right answer is plays no part, so all students are
judged alike, whatever their payoffs.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import isfinite
from numbers import Rational, Real
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.grading.exercise.words_meant import LONGEST, alone, seen

LARGEST_DENOMINATOR = 1000
FEWEST_DECIMALS = 7
# A computer's last digits are off by a few units, so no more decimals than these are held to.
_MOST_DECIMALS = 9

NEAR = Fraction(1, 100)
"""A difference from the right number of no more than this is rounding, not another idea."""

EXAMPLE = Fraction(2, 7)
"""How sentences show the way to write a fraction; it should be nobody's right answer."""

_PLAIN = re.compile(r"-?[0-9]{1,20}(?:/[0-9]{1,20})?", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_MIXED = re.compile(r"([+-]?)(\d+)\s+(\d+)\s*/\s*(\d+)", re.ASCII)
_COMMA = re.compile(r"([+-]?\d+),(\d+)", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)
# Thousands apart, by a blank or an apostrophe, more than once, or beside decimals; one comma alone
# may part decimals, and one point does.
_GROUPED = re.compile(
    r"([+-]?[1-9]\d{0,2}(?:(?:[ '_\u2019]\d{3})+|(?:,\d{3})+(?=\.\d)|(?:\.\d{3})+(?=,\d)"
    r"|(?:,\d{3}){2,}|(?:\.\d{3}){2,}))((?:[.,]\d+)?(?: ?%)?| ?/ ?\d+)",
    re.ASCII,
)
_ASSIGNED = re.compile(r"^[^\W\d]\w*\s*\*?\s*=\s*(?=[^=])")
_AROUND = re.compile(r"[(\[{\"'\u201c\u2018]+\s*([^(){}\[\]\"',]*?)\s*[)\]}\"'\u201d\u2019]+")
_SIGN_APART = re.compile(r"^([+-]) (?=[\d.])", re.ASCII)
_SEVERAL = re.compile(r"\d.*\b(?:and|or|to)\b.*\d")
_STRANGE = re.compile(r"[^\d\s+\-./,%eE]")
_SLASHES = str.maketrans({"\u2044": "/", "\u2215": "/", "\u00f7": "/", "\u066b": "."})
_EXAMPLE = "write a whole number, a decimal, a percentage or a fraction such as 2/7"


def number_meant(given: Any, name: str = "") -> Fraction:
    """Return the number that a student means.

    Parameters
    ----------
    given : object
        A number of Python, NumPy or SymPy, or text: a whole number, a decimal with point or comma,
        a percentage, a fraction or a mixed number; or a list of one of these.
    name : str
        What the answer is called, for a complaint.

    Raises
    ------
    GameError
        If it is not a number, or may mean two; the character that is in the way is named.

    Examples
    --------
    >>> number_meant(4 / 9), number_meant("0.44"), number_meant("62.5%"), number_meant("1 1/3")
    (Fraction(4, 9), Fraction(11, 25), Fraction(5, 8), Fraction(4, 3))
    """
    # SymPy's solve hands the one solution over in a list.
    given = alone(given)
    if isinstance(given, str):
        return exact(given, name) if stands_for_itself(given) else _of_text(given, name)
    if isinstance(given, tuple) and len(given) == 2 and all(type(part) is int for part in given):
        whole, decimals = given
        place = f"{name}: " if name else ""
        raise GameError(
            f"{place}the comma in {whole}, {decimals} makes two numbers of it; write "
            f"{whole}.{decimals} if you mean one."
        )
    if isinstance(given, list | tuple | set | frozenset) and len(given) > 1:
        raise GameError(_several(given, name))
    number = exact(given, name)
    return number if _is_whole_or_fraction(given) else _of_decimal(number, str(given))


def stands_for_itself(given: Any) -> bool:
    """Return whether something is a number written so plainly that it can mean nothing else.

    Examples
    --------
    >>> stands_for_itself("-5/6"), stands_for_itself(3), stands_for_itself("0.3333333")
    (True, True, False)
    """
    return type(given) is int or (isinstance(given, str) and bool(_PLAIN.fullmatch(given)))


def remark(given: Any, read: Fraction) -> str:
    """Return what to say of how an answer was read; empty if it stands there as it was read.

    Examples
    --------
    >>> remark(1 / 3, Fraction(1, 3)), remark("0.5", Fraction(1, 2))
    ('0.3333333333333333 is read as 1/3.', '')
    """
    text = " ".join(str(given).split())
    try:
        literal = exact(text)
    except GameError:
        literal = None
    return "" if literal == read else f"{text} is read as {plain(read)}."


def is_rounded(given: Fraction, right: Fraction) -> bool:
    """Return whether a number is very near the right one, but not the same."""
    return given != right and abs(given - right) <= NEAR


def passes_for(value: int | Fraction, right: int | Fraction) -> bool:
    """Return whether a number is so near another that it might be given in place of it, rounded.

    Examples
    --------
    >>> passes_for(Fraction(51, 100), Fraction(1, 2)), passes_for(1, Fraction(1, 2))
    (True, False)
    """
    # Nearer than twice NEAR. Payoffs are drawn until no two ideas are, so this is asked often, and
    # whole numbers take a part of the time of fractions.
    (p, q), (r, s) = value.as_integer_ratio(), right.as_integer_ratio()
    return abs(p * s - r * q) * NEAR.denominator < 2 * NEAR.numerator * q * s


def rounded_in_words(given: Fraction, right: Fraction) -> str:
    """Return the sentence for a number that is only nearly right."""
    if right.denominator == 1:
        return f"{float(given):.16g} is very near, but not it; the answer is one exact number."
    return (
        f"{float(given):.16g} is very near, but rounded; the answer is one exact number, so write "
        f"it as a fraction, such as {EXAMPLE}."
    )


def meant_within(value: Any) -> Any:
    """Return a value with each float in it that stands for a fraction replaced by that fraction.

    Examples
    --------
    >>> meant_within([1 / 3, {"Enforce": 0.5}])
    [Fraction(1, 3), {'Enforce': 0.5}]
    """
    if isinstance(value, float) and isfinite(value):
        number = number_meant(value)
        return value if number == exact(value) else number
    if isinstance(value, dict):
        return {meant_within(key): meant_within(each) for key, each in value.items()}
    if type(value) in (list, tuple, set, frozenset):
        return type(value)(map(meant_within, value))
    return value


def _several(given: Any, name: str) -> str:
    place = f"{name}: " if name else ""
    return f"{place}one number is asked for, and {given} holds several; give one."


def _is_whole_or_fraction(given: Any) -> bool:
    return isinstance(given, Rational) or not (
        isinstance(given, Real | Decimal) or getattr(given, "is_Float", False)
    )


def _of_text(given: str, name: str) -> Fraction:
    place = f"{name}: " if name else ""
    if len(given) > LONGEST:
        raise GameError(f"{place}a text of {len(given):,} characters is no number; {_EXAMPLE}.")
    text = _thousands_together(_ASSIGNED.sub("", _written_out(given)))
    if _SEVERAL.search(text):
        raise GameError(_several(repr(given.strip()), name))
    if _THOUSANDS.fullmatch(text):
        point, none = text.replace(",", "."), text.replace(",", "")
        raise GameError(
            f"{place}the comma in {text} may part thousands or decimals; write {none} or {point}."
        )
    text = _COMMA.sub(r"\1.\2", text) if _COMMA.fullmatch(text.rstrip("% ")) else text
    # ¹⁄₂ is a fraction, and 2⁵ is no 25.
    powers = [b for a, b in pairwise(given) if a.isnumeric() and _is_small(b) > _is_small(a)]
    strange = powers or _STRANGE.findall(text)
    if strange and re.search(r"\d", text):
        raise GameError(
            f"{place}the character {strange[0]} in {given.strip()!r} is not part of a number; "
            f"{_EXAMPLE}."
        )
    if text.endswith("%"):
        number = text[:-1].strip()
        share = _mixed_or_exact(number, name) / 100
        return _of_decimal(share, number, further=2) if _DECIMAL.fullmatch(number) else share
    meant = _mixed_or_exact(text, name)
    return _of_decimal(meant, text) if _DECIMAL.fullmatch(text) else meant


def _thousands_together(text: str) -> str:
    """Return a number without what parts thousands in it; 2 125/250 is mixed all the same."""
    grouped, mixed = _GROUPED.fullmatch(text), _MIXED.fullmatch(text)
    is_mixed = mixed and not mixed[3].startswith("0") and int(mixed[3]) < int(mixed[4])
    if grouped is None or is_mixed:
        return text
    whole, rest = grouped.groups()
    return re.sub(r"[ '_\u2019,.]", "", whole) + rest


def _mixed_or_exact(text: str, name: str) -> Fraction:
    mixed = _MIXED.fullmatch(text)
    if mixed is None:
        return exact(text, name)
    sign, whole, top, bottom = mixed.groups()
    size = exact(whole) + exact(f"{top}/{bottom}", name)
    return -size if sign == "-" else size


def _is_small(character: str) -> bool:
    return unicodedata.decomposition(character).startswith(("<super>", "<sub>"))


def _written_out(text: str) -> str:
    """Return text with ASCII digits and signs, and ½ as a fraction after a space."""
    parted = "".join(
        f" {c}" if unicodedata.decomposition(c).startswith("<fraction>") else c for c in text
    )
    spelled = unicodedata.normalize("NFKC", seen(parted)).translate(_SLASHES)
    words = " ".join("".join(map(_in_ascii, spelled)).split())
    if around := _AROUND.fullmatch(words):
        words = around[1]
    words = _SIGN_APART.sub(r"\1", words)
    # "5/8." ends a sentence; "5." is a decimal all the same.
    return words[:-1] if words.endswith(".") and not words.endswith("..") else words


def _in_ascii(character: str) -> str:
    """Return a digit of any script as one of ASCII, and each dash as a minus sign."""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return "-" if character == "\u2212" or unicodedata.category(character) == "Pd" else character


def _of_decimal(number: Fraction, text: str, further: int = 0) -> Fraction:
    """Return the number that decimals stand for, so many more of them than the text has."""
    decimals = further - int(Decimal(text).as_tuple().exponent)
    if decimals < FEWEST_DECIMALS:
        return number
    fraction = number.limit_denominator(LARGEST_DENOMINATOR)
    near = abs(fraction - number) < Fraction(1, 10 ** min(decimals, _MOST_DECIMALS))
    return fraction if near else number
