"""What a question is, and the kinds of questions by how an answer is given and read."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from itertools import chain, product
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.games.moves import History
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.sequential import GameTree
from balancegame.grading.exercise.number_meant import (
    is_rounded,
    number_meant,
    remark,
    rounded_in_words,
)
from balancegame.grading.exercise.reading import read_actions, read_choice, read_situation
from balancegame.grading.exercise.words_meant import named, spelled
from balancegame.grading.practice.questions.inputs import (
    Branches,
    Cells,
    Input,
    NumberField,
    OneOf,
    SomeOf,
)
from balancegame.solvers.parametric.situations import SITUATIONS
from balancegame.wording import and_list, called, capital, or_list

# How an answer is called in the lessons.
_MINE = "my_answer"


@dataclass(frozen=True)
class Question:
    """A question with a sentence for each answer that somebody might give.

    Parameters
    ----------
    read : callable
        Turns what a student gave into a comparable answer, or raises a GameError or Wrong.
    input : Input
        By what an answer is given in a lesson.
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
    input: Input
    answer: Callable[[], Any]
    praise: str
    wrong: Mapping[Hashable, str]
    otherwise: str = "Read the question once more."

    @cached_property
    def right(self) -> Any:
        """The right answer, computed when it is first asked for."""
        return self.answer()

    @cached_property
    def misconceptions(self) -> dict[Any, str]:
        """From each wrong answer that is known, as it is read, to what probably went wrong."""
        return {self.read(typed): words for typed, words in self.wrong.items()}

    def says(self, given: Any) -> str:
        """Return what to say to a wrong answer."""
        known = self.misconceptions.get(given)
        if known is None and isinstance(self.right, Fraction):
            if is_rounded(given, self.right):
                return rounded_in_words(given, self.right)
            if 0 < self.right < 1 and (
                given / 100 == self.right or is_rounded(given / 100, self.right)
            ):
                percent = f"{float(given):.16g}%"
                return f"did you mean {percent}? A percentage needs its sign: write {percent}."
        return known or self.otherwise


def shown(answer: Any) -> str:
    """Return an answer that has been read, as a person writes it.

    Examples
    --------
    >>> shown(Fraction(5, 8)), shown(("Engage", "Enforce")), shown(frozenset({"b", "a"}))
    ('5/8', '(Engage, Enforce)', 'a and b')
    """
    if isinstance(answer, tuple):
        return f"({', '.join(map(str, answer))})"
    if isinstance(answer, frozenset):
        return and_list(sorted(map(str, answer)))
    return plain(answer) if isinstance(answer, Fraction) else str(answer)


def how_read(given: Any, answer: Any) -> str:
    """Return what to say of how a number was read; empty for other answers."""
    return remark(given, answer) if isinstance(answer, Fraction) else ""


number = partial(Question, number_meant, NumberField())
"""A question for a number."""

situation_name = partial(
    Question,
    partial(read_situation, name=_MINE),
    OneOf(tuple(name for name in SITUATIONS if name != "on a boundary")),
)
"""A question for the name of a situation."""


def one_of(options: tuple[str, ...], *parts: Any) -> Question:
    """Return a question for one of a few answers by name; the rest as in a Question.

    Examples
    --------
    >>> one_of(("Engage", "Stay out"), lambda: "Engage", "Indeed.", {}).read("stay out")
    'Stay out'
    """
    return Question(partial(read_choice, name=_MINE, choices=options), OneOf(options), *parts)


def branch(tree: GameTree, node: History, *parts: Any) -> Question:
    """Return a question for the branch that is taken at a node; the rest as in a Question."""
    asked = Branches(tree, node)
    return Question(partial(read_choice, name=_MINE, choices=asked.actions), asked, *parts)


def letter(
    answer: Callable[[], str],
    praise: str,
    wrong: Mapping[Hashable, str],
    choices: Mapping[str, str],
) -> Question:
    """Return a question that gives answers to choose from, each with its letter and its text.

    Examples
    --------
    >>> letter(lambda: "b", "Indeed.", {}, {"a": "Nobody gains.", "b": "All do."}).read(" B) ")
    'b'
    """

    def read(value: Any) -> str:
        given = spelled(value) if isinstance(value, str) else ""
        if len(given) != 1 or given not in choices:
            quoted = or_list(f'"{choice}"' for choice in choices)
            raise GameError(f"the answer is one letter in quotes: {quoted}.")
        return given

    return Question(read, OneOf(tuple(choices), tuple(choices.values())), answer, praise, wrong)


def actions(game: NormalFormGame, *parts: Any) -> Question:
    """Return a question for one or more actions of any player; the rest as in a Question."""
    read = partial(read_actions, name=_MINE, actions=[*chain(*game.actions)])
    groups = zip((capital(called(name)) for name in game.players), game.actions, strict=True)
    once = {options: heading for heading, options in groups}
    # Two players with the same actions choose from one list.
    several = len(once) == len(game.players)
    boxes = SomeOf(tuple((heading if several else "", each) for each, heading in once.items()))
    return Question(read, boxes, *parts)


def cell(game: NormalFormGame, *parts: Any) -> Question:
    """Return a question for an action of each player; the rest as in a Question."""
    cells = {*product(*game.actions)}
    known = {spelled(action) for names in game.actions for action in names}

    def read(value: Any) -> tuple[str, ...]:
        value = named(value, known) if isinstance(value, str) else value
        if not isinstance(value, (tuple, list)) or len(value) != len(game.players):
            example = ", ".join(f'"{names[0]}"' for names in game.actions)
            raise GameError(f"the answer is a pair of actions in brackets, such as ({example}).")
        (*names,) = (min(read_actions([name], _MINE, chain(*game.actions))) for name in value)
        if tuple(names) not in cells:
            swapped = tuple(names[::-1]) in cells
            raise GameError(
                f"the order is off: write {game.players[0]}'s action first."
                if swapped
                else "a cell takes one action of each player, the row's first."
            )
        return tuple(names)

    return Question(read, Cells(game), *parts)
