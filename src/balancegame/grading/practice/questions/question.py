"""What a question is, and how a typed answer is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact
from balancegame.games.normal_form import NormalFormGame
from balancegame.wording import or_list


@dataclass(frozen=True)
class Question:
    """A question with feedback for each answer that somebody might give.

    Parameters
    ----------
    name : str
        How the notebook calls it, such as "01-threshold".
    prompt : str
        What to do; shown while there is no answer yet.
    read : callable
        Turns what a student typed into a comparable answer, or raises a GameError.
    answer : callable
        Computes the right answer.
    praise : str
        What to say to the right answer: why it is right.
    misconceptions : mapping
        From a wrong answer to what probably went wrong.
    otherwise : str
        What to say to any other answer.
    rounded : str
        What to say to a number that is the right one rounded.
    """

    name: str
    prompt: str
    read: Callable[[Any], Any]
    answer: Callable[[], Any]
    praise: str
    misconceptions: Mapping[Any, str] = field(default_factory=dict)
    otherwise: str = "Read the question once more."
    rounded: str = ""


def number(value: Any) -> Fraction:
    """Read a number."""
    return exact(value)


def letter(choices: str) -> Callable[[Any], str]:
    """Return a reader of one letter among several.

    Examples
    --------
    >>> letter("abc")(" B) ")
    'b'
    """

    def read(value: Any) -> str:
        given = str(value).strip().strip("().").lower() if isinstance(value, str) else ""
        if len(given) != 1 or given not in choices:
            quoted = or_list(f'"{choice}"' for choice in choices)
            raise GameError(f"the answer is one letter in quotes: {quoted}.")
        return given

    return read


number_question = partial(
    Question,
    prompt='Replace the three dots by a number, or a fraction in quotes such as "1/2".',
    read=number,
)
"""A question for a number that is not 1/2."""

fraction_question = partial(
    Question, prompt="Replace the three dots by a fraction in quotes.", read=number
)
"""A question for a number that is not whole."""

letter_question = partial(
    Question,
    prompt='Replace the three dots by the letter "a", "b" or "c", in quotes.',
    read=letter("abc"),
)
"""A question that gives three answers to choose from."""

recalled_letter = partial(
    Question, prompt='From memory: replace the three dots by "a", "b" or "c".', read=letter("abc")
)
"""The same, at the end of a lesson."""


def action_set(game: NormalFormGame) -> Callable[[Any], frozenset[str]]:
    """Return a reader of one or more actions of any player."""

    def read(value: Any) -> frozenset[str]:
        given = [value] if isinstance(value, str) else value
        if isinstance(given, Mapping) or not isinstance(given, Iterable):
            raise GameError(
                'the answer is an action in quotes, such as "Comply", or several: '
                '{"Comply", "Engage"}.'
            )
        return frozenset(_action(game, name) for name in given)

    return read


def cell(game: NormalFormGame) -> Callable[[Any], tuple[str, ...]]:
    """Return a reader of one action a player, in the order of the players."""

    def read(value: Any) -> tuple[str, ...]:
        if not isinstance(value, (tuple, list)) or len(value) != len(game.players):
            example = ", ".join(f'"{names[0]}"' for names in game.actions)
            raise GameError(f"the answer is a pair of actions in brackets, such as ({example}).")
        names = tuple(_action(game, name) for name in value)
        if names not in _cells(game) and names[::-1] in _cells(game):
            raise GameError(f"the order is off: write {game.players[0]}'s action first.")
        if names not in _cells(game):
            raise GameError("a cell takes one action of each player, the row's first.")
        return names

    return read


def _cells(game: NormalFormGame) -> set[tuple[str, ...]]:
    return {
        tuple(names[a] for names, a in zip(game.actions, position, strict=True))
        for position in game.cells()
    }


def _action(game: NormalFormGame, name: object) -> str:
    known: list[str] = [action for names in game.actions for action in names]
    for action in known:
        if isinstance(name, str) and name.strip().lower() == action.lower():
            return action
    raise GameError(f"{name!r} is not an action of this game; the actions are {or_list(known)}.")
