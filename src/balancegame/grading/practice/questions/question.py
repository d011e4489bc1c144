"""What a question is, and the kinds of questions by how a typed answer is read."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from itertools import product
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact
from balancegame.games.normal_form import NormalFormGame
from balancegame.grading.exercise.reading import read_actions, read_situation
from balancegame.wording import or_list

NEAR = Fraction(1, 100)
"""So small a difference is a rounded answer, not another idea; what counts stays exact."""

_ROUNDED = (
    "very near, but rounded; the answer is one exact number, so type it as a fraction in quotes."
)
# How an answer is called in the lessons.
_MINE = "my_answer"


@dataclass(frozen=True)
class Question:
    """A question with a sentence for each answer that somebody might give.

    Parameters
    ----------
    read : callable
        Turns what a student typed into a comparable answer, or raises a GameError.
    example : callable
        Says what to type, given the right answer, such as "a number".
    answer : callable
        Computes the right answer.
    praise : str
        What to say to the right answer: why it is right.
    wrong : mapping
        From a wrong answer, as somebody would type it, to what probably went wrong.
    otherwise : str
        What to say to any other answer.
    """

    read: Callable[[Any], Any]
    example: Callable[[Any], str]
    answer: Callable[[], Any]
    praise: str
    wrong: Mapping[Hashable, str]
    otherwise: str = "Read the question once more."

    @property
    def prompt(self) -> str:
        """What to do; shown while there is no answer yet."""
        return f"Replace the three dots by {self.example(self.answer())}."

    @cached_property
    def misconceptions(self) -> dict[Any, str]:
        """From each wrong answer that is known, as it is read, to what probably went wrong."""
        return {self.read(typed): words for typed, words in self.wrong.items()}

    def says(self, given: Any) -> str:
        """Return what to say to a wrong answer."""
        known, right = self.misconceptions.get(given), self.answer()
        broken = isinstance(right, Fraction) and right.denominator > 1
        if known is None and broken and abs(given - right) < NEAR:
            return _ROUNDED
        return known or self.otherwise


def _fraction(right: Fraction) -> str:
    shown = "2/3" if right == Fraction(1, 2) else "1/2"
    return f'a number, or by a fraction in quotes such as "{shown}"'


number = partial(Question, exact, _fraction)
"""A question for a number."""

situation_name = partial(
    Question,
    partial(read_situation, name=_MINE),
    lambda right: f'the name of a situation, such as "{_other(right)}"',
)
"""A question for the name of a situation."""


def _other(right: str) -> str:
    return "Chicken" if right == "deadlock" else "deadlock"


def letter(
    answer: Callable[[], str], praise: str, wrong: Mapping[Hashable, str], choices: str = "abc"
) -> Question:
    """Return a question that gives answers to choose from.

    Examples
    --------
    >>> letter(lambda: "b", "Indeed.", {}).read(" B) ")
    'b'
    """
    quoted = or_list(f'"{choice}"' for choice in choices)

    def read(value: Any) -> str:
        given = value.strip().strip("().").lower() if isinstance(value, str) else ""
        if len(given) != 1 or given not in choices:
            raise GameError(f"the answer is one letter in quotes: {quoted}.")
        return given

    return Question(read, lambda right: f"one letter in quotes: {quoted}", answer, praise, wrong)


def actions(game: NormalFormGame, *parts: Any) -> Question:
    """Return a question for one or more actions of any player; the rest as in a Question."""
    read = partial(read_actions, game, name=_MINE)
    several = 'an action in quotes, or several in curly brackets: {"...", "..."}'
    return Question(read, lambda right: several, *parts)


def cell(game: NormalFormGame, *parts: Any) -> Question:
    """Return a question for an action of each player; the rest as in a Question."""
    cells = {*product(*game.actions)}

    def read(value: Any) -> tuple[str, ...]:
        if not isinstance(value, (tuple, list)) or len(value) != len(game.players):
            example = ", ".join(f'"{names[0]}"' for names in game.actions)
            raise GameError(f"the answer is a pair of actions in brackets, such as ({example}).")
        (*names,) = (min(read_actions(game, [name], _MINE)) for name in value)
        if tuple(names) not in cells:
            swapped = tuple(names[::-1]) in cells
            raise GameError(
                f"the order is off: write {game.players[0]}'s action first."
                if swapped
                else "a cell takes one action of each player, the row's first."
            )
        return tuple(names)

    first, second = game.players
    shown = f'a pair: ("the action of {first}", "the action of {second}")'
    return Question(read, lambda right: shown, *parts)
