"""Pieces of English that errors and explanations share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

_TAKES_ARTICLE = frozenset(
    {"EU", "G7", "UK", "UN", "US", "USA", "USSR", "Soviet Union", "United States"}
)
_SPELLED = re.compile(r"[0-9./\\_]|^-?(?:nan|inf)$")
_SYMBOL = re.compile(r"\w+ = ")
_SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def and_list(names: Iterable[str]) -> str:
    """Join names as a person would: "A", "A and B", "A, B and C"."""
    return _joined(names, "and")


def or_list(names: Iterable[str]) -> str:
    """Join names as a person would: "A", "A or B", "A, B or C"."""
    return _joined(names, "or")


def called(player: str) -> str:
    """Return how a sentence calls a player: "Japan", but "the US".

    Examples
    --------
    >>> called("US"), called("Japan")
    ('the US', 'Japan')
    """
    return f"the {player}" if player in _TAKES_ARTICLE else player


def capital(sentence: str) -> str:
    """Start a sentence with a capital letter and leave the rest alone.

    A first word that is spelled as it is, a file's name, a symbol's or a value, stays so.

    Examples
    --------
    >>> capital("the threshold is 7"), capital("first_delta is missing")
    ('The threshold is 7', 'first_delta is missing')
    >>> capital("handout/ann is a file"), capital("s = 12 is outside its range")
    ('handout/ann is a file', 's = 12 is outside its range')
    """
    first = sentence.split(" ", 1)[0].rstrip(".,:;?")
    if _SPELLED.search(first) or _SYMBOL.match(sentence):
        return sentence
    return sentence[:1].upper() + sentence[1:]


def number_word(count: int) -> str:
    """Return a count in words up to nine, in figures beyond; none is "no"."""
    return _SMALL_NUMBERS[count] if 0 <= count < len(_SMALL_NUMBERS) else str(count)


def counted(count: int, thing: str, things: str) -> str:
    """Return how many there are of a thing, as "1 entry" or "3 entries"."""
    return f"{count} {thing if count == 1 else things}"


def mixture(strategy: Sequence[Fraction], actions: Sequence[str]) -> str:
    """Return a strategy in words.

    Examples
    --------
    >>> mixture((Fraction(1, 3), Fraction(2, 3)), ("Comply", "Engage"))
    'Comply with probability 1/3 and Engage with 2/3'
    """
    (first, p), *others = ((a, p) for a, p in zip(actions, strategy, strict=True) if p)
    if not others:
        return first
    rest = (f"{action} with {told(q)}" for action, q in others)
    return and_list([f"{first} with probability {told(p)}", *rest])


def told(number: Any) -> str:
    """Return a number or a formula as a page writes it: "4 - 2 y", not "4 - 2*y".

    Examples
    --------
    >>> from balancegame.exact.formula import variable
    >>> y = variable("y", Fraction(1))
    >>> told(4 - 2 * y * y), told(Fraction(1, 2))
    ('4 - 2 y^2', '1/2')
    """
    return str(number).replace("**", "^").replace("*", " ")


def amounts(players: Iterable[str], values: Iterable[Fraction]) -> str:
    """Return each player's name with an amount.

    Where a name ends in a figure, the amount would run into it, so it stands first.

    Examples
    --------
    >>> amounts(("Japan", "US"), (10, 9))
    'Japan 10 and the US 9'
    >>> amounts(("player 1", "player 2"), (1, 0))
    '1 for player 1 and 0 for player 2'
    """
    pairs = [(called(player), told(value)) for player, value in zip(players, values, strict=True)]
    if any(name[-1:].isdigit() for name, _ in pairs):
        return and_list(f"{amount} for {name}" for name, amount in pairs)
    return and_list(f"{name} {amount}" for name, amount in pairs)


def gets(players: Iterable[str], amounts: Iterable[Any]) -> str:
    """Return what each player gets, as a sentence says it.

    Where a name ends in a figure, the verb stands between it and every amount.

    Examples
    --------
    >>> gets(("Japan", "US"), (15, 7))
    'Japan gets 15 and the US 7'
    >>> gets(("player 1", "player 2"), (1, "between 0 and 1"))
    'player 1 gets 1 and player 2 gets between 0 and 1'
    """
    pairs = [
        (called(player), amount if isinstance(amount, str) else told(amount))
        for player, amount in zip(players, amounts, strict=True)
    ]
    verb = " gets" if any(name[-1:].isdigit() for name, _ in pairs) else ""
    (first, amount), *others = pairs
    return and_list([f"{first} gets {amount}", *(f"{name}{verb} {x}" for name, x in others)])


def possessive(name: str) -> str:
    """Return whose: "Japan's", "the US's", "allies'"."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _joined(names: Iterable[str], word: str) -> str:
    *most, last = list(names) or [""]
    return f"{', '.join(most)} {word} {last}" if most else last
