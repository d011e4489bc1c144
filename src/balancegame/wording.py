"""Pieces of English that errors and explanations share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache

from balancegame.exact import plain

__all__ = [
    "and_list",
    "called",
    "capital",
    "mixture",
    "number_word",
    "or_list",
    "regime_in_words",
    "supports_in_words",
]

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


def mixture(strategy: Sequence[Fraction], actions: Sequence[str]) -> str:
    """Return a strategy in words.

    Examples
    --------
    >>> mixture((Fraction(1, 3), Fraction(2, 3)), ("Comply", "Engage"))
    'Comply with probability 1/3 and Engage with 2/3'
    """
    played = [(action, p) for action, p in zip(actions, strategy, strict=True) if p]
    if len(played) == 1:
        return played[0][0]
    parts = [f"{action} with {plain(p)}" for action, p in played]
    parts[0] = f"{played[0][0]} with probability {plain(played[0][1])}"
    return and_list(parts)


@lru_cache(maxsize=4096)
def supports_in_words(
    subsets: tuple[tuple[tuple[int, ...], ...], ...],
    actions: tuple[tuple[str, ...], ...],
    later: tuple[tuple[str, tuple[str, ...]], ...] = (),
) -> str:
    """Return maximal Nash subsets, given by the supports of their vertices, in short.

    Parameters
    ----------
    subsets : tuple
        For each subset and player the supports of the vertices, a bit mask of actions each; after
        two players one mask for each of those who move later.
    actions : tuple of tuple of str
    later : tuple of pair, optional
        The name and the actions of each of those who move later.

    Examples
    --------
    >>> supports_in_words((((1,), (1, 3)),), (("Comply", "Engage"), ("Enforce", "Acquiesce")))
    '(Comply, Enforce to Enforce + Acquiesce)'
    >>> supports_in_words((((1,), (1,), (3,)),), (("Out",), ("In",)), (("China", ("Act", "Wait")),))
    '(Out, In, then Act or Wait)'
    """
    clauses = []
    for subset in subsets:
        sides = []
        for masks, names in zip(subset, actions, strict=False):
            mixtures = [
                " + ".join(name for a, name in enumerate(names) if mask >> a & 1) for mask in masks
            ]
            sides.append(" to ".join(mixtures))
        for (mask,), (_, names) in zip(subset[2:], later, strict=True):
            sides.append(f"then {or_list(_members(mask, names))}")
        clauses.append(f"({', '.join(sides)})")
    return "; ".join(clauses)


@lru_cache(maxsize=4096)
def regime_in_words(
    subsets: tuple[tuple[tuple[int, ...], ...], ...],
    players: tuple[str, ...],
    actions: tuple[tuple[str, ...], ...],
    later: tuple[tuple[str, tuple[str, ...]], ...] = (),
) -> tuple[str, ...]:
    """Return a clause for each maximal Nash subset, given by the supports of its vertices.

    Those who move later, each with actions, are said to do what the last masks hold.

    Examples
    --------
    >>> names = (("Japan", "US"), (("Comply", "Engage"), ("Enforce", "Acquiesce")))
    >>> regime_in_words((((1,), (1, 3)),), *names)
    ('Japan: Comply; US: Enforce, alone or mixed with Acquiesce',)
    >>> regime_in_words((((1,), (1,)), ((3,), (3,))), *names)[1]
    'Japan: mixes Comply and Engage; US: mixes Enforce and Acquiesce'
    """
    return tuple(
        "; ".join(
            [
                f"{player}: {_side_in_words(masks, names)}"
                for player, names, masks in zip(players, actions, subset, strict=False)
            ]
            + [
                f"then {player}: {_reply_in_words(mask, names)}"
                for (mask,), (player, names) in zip(subset[2:], later, strict=True)
            ]
        )
        for subset in subsets
    )


def _reply_in_words(mask: int, names: Sequence[str]) -> str:
    done = _members(mask, names)
    return f"{or_list(done)}, by what it sees" if len(done) > 1 else done[0]


def _members(mask: int, names: Sequence[str]) -> list[str]:
    return [name for a, name in enumerate(names) if mask >> a & 1]


def _side_in_words(masks: Sequence[int], names: Sequence[str]) -> str:
    played = [[name for a, name in enumerate(names) if mask >> a & 1] for mask in masks]
    if len(masks) == 1:
        return f"mixes {and_list(played[0])}" if len(played[0]) > 1 else played[0][0]
    if all(len(used) == 1 for used in played):
        return f"any mixture of {and_list(used[0] for used in played)}"
    if len(set(masks)) == 1:
        return f"a range of mixtures of {and_list(played[0])}"
    least, most = min(masks, key=int.bit_count), max(masks, key=int.bit_count)
    if len(masks) == 2 and least & most == least and least.bit_count() == 1:
        rest = and_list(name for a, name in enumerate(names) if most & ~least & 1 << a)
        return f"{names[least.bit_length() - 1]}, alone or mixed with {rest}"
    return f"any average of {'; '.join(' + '.join(used) for used in played)}"


def _joined(names: Iterable[str], word: str) -> str:
    listed = list(names)
    if not listed:
        return ""
    *most, last = listed
    return f"{', '.join(most)} {word} {last}" if most else last
