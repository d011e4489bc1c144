"""The student as exercise tests see one: named answers, and functions to call."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.grading.exercise.number_meant import (
    meant_within,
    number_meant,
    remark,
    stands_for_itself,
)
from balancegame.grading.exercise.report import CELL_STOPPED, READ_AS
from balancegame.grading.exercise.variants import Variant, variant
from balancegame.grading.exercise.verdicts import Unattempted, Wrong, wrong
from balancegame.grading.submission.answers import Answers
from balancegame.grading.worker.namespace import Reply
from balancegame.grading.worker.wire import Questions, Unreadable, decode, encode, exactly
from balancegame.wording import and_list

_LONGEST = 160


class Student:
    """What a test knows of a student.

    Parameters
    ----------
    answers : Answers
    task : int, optional
        The task under test, to name the right cell when an answer is missing.
    name : str
        Whose answers they are; empty if nobody knows.
    exercise : str
    folder : Path, optional
        Where the exercise lies.
    known : dict, optional
        What other tests have found out about these answers; see :meth:`once`.

    Attributes
    ----------
    name, exercise : str
    """

    def __init__(
        self,
        answers: Answers,
        task: int | None = None,
        *,
        name: str = "",
        exercise: str = "",
        folder: Path | None = None,
        known: dict[Hashable, Any] | None = None,
    ) -> None:
        self.name = name
        self.exercise = exercise
        self._answers = answers
        self._task = task
        self._folder = folder
        self._known = {} if known is None else known
        self._last: Wrong | None = None
        self._answered = True
        self._given: dict[str, Any] = {}

    @property
    def variant(self) -> Variant:
        """The payoffs that hold: the student's own, the published ones where nobody is named."""
        own: Variant = self.once(
            ("payoffs", self.exercise), lambda: variant(self.name, self.exercise, self._folder)
        )
        return own

    def once(self, key: Hashable, find: Callable[[], Any]) -> Any:
        """Return what a function finds; further tests of the same submission find it here.

        Parameters
        ----------
        key : hashable
            All that it depends on, such as the student's answers.
        find : callable
        """
        if key not in self._known:
            self._known[key] = find()
        return self._known[key]

    @property
    def last_complaint(self) -> Wrong | None:
        """What a call was found wrong for most recently."""
        return self._last

    @property
    def answered(self) -> str:
        """What the student gave, as a person writes it, and how a number in it was read.

        What is too long to read beside a message is left out: it stands in the cell above.
        """
        # To read what is left out, very many numbers or a text of millions of letters, would take
        # longer than to judge it.
        if sum(map(_count, self._given.values())) > _LONGEST:
            return ""
        several = len(self._given) > 1
        told = (
            f"{name} = {answer_in_words(given)}" if several else answer_in_words(given)
            for name, given in self._given.items()
        )
        text = "; ".join(told)
        return text if len(text) <= _LONGEST else ""

    def answer(self, name: str) -> Any:
        """Return the value that the student gave a name.

        Raises
        ------
        Unattempted
            If there is none, or it still holds the three dots.
        Wrong
            If the cell that should give it stopped with an error.
        """
        value = self._given[name] = self._value(name, self._answers.fetch(name))
        return meant_within(value)

    def answers(self, *names: str) -> tuple[Any, ...]:
        """Return the values of several names, for a test that needs them all.

        Raises
        ------
        Unattempted
            If some are missing or hold the three dots; it names every one of these.
        Wrong
            If a cell that should give one stopped with an error.
        """
        values, waiting = [], []
        for name in names:
            try:
                values.append(self.answer(name))
            except Unattempted as unattempted:
                waiting.append(unattempted)
        if len(waiting) > 1:
            unwritten = [each.name for each in waiting]
            raise Unattempted(
                " ".join(unwritten),
                f"{and_list(unwritten)} are not there yet or still hold the three dots; write your "
                "answers in their place.",
            )
        if waiting:
            raise waiting[0]
        return tuple(values)

    def call(self, name: str, *arguments: object) -> Any:
        """Return what the student's function answers to plain arguments.

        Raises
        ------
        Unattempted
            If there is no such function yet, or it still returns the three dots.
        Wrong
            If the function stops with an error or takes too long.
        """
        # Whoever tries many inputs should not wait for an endless loop at each of them.
        if self._last is not None and not self._answered:
            raise self._last
        return self._returned(name, arguments, self._answers.call(name, encode(arguments)))

    def call_each(self, name: str, questions: Iterable[tuple[object, ...]]) -> Iterator[Any]:
        """Return what the student's function answers to each of many questions, one after another.

        The answers are those of :meth:`call`, and so are the errors, each raised where its question
        is reached. All questions travel together, so this is far quicker than many calls.

        Parameters
        ----------
        name : str
        questions : iterable of tuple
            The arguments of each call; :class:`.Questions` if they are asked again and again.
        """
        asked = questions if isinstance(questions, Questions) else Questions(questions)
        yield from self._each(name, asked, self._replies(name, asked))

    def answers_unlike(
        self, name: str, questions: Questions, wanted: Container[bytes]
    ) -> Iterator[Any] | None:
        """Return None if a function answers just what is wanted, else what it answers.

        Parameters
        ----------
        name : str
        questions : Questions
        wanted : container of bytes
            Replies as :func:`.exactly` writes them, each a way to be right: whoever is need not be
            read answer by answer. Whoever replies something else may be right all the same.
        """
        replies = self._replies(name, questions)
        if isinstance(replies, list) and exactly(replies) in wanted:
            return None
        return self._each(name, questions, replies)

    def _replies(self, name: str, questions: Questions) -> Iterable[Reply]:
        # Whoever tries many inputs should not wait for an endless loop at each of them.
        if self._last is not None and not self._answered:
            raise self._last
        return self._answers.call_each(name, questions.packed)

    def _each(self, name: str, questions: Questions, replies: Iterable[Reply]) -> Iterator[Any]:
        for arguments, reply in zip(questions, replies, strict=True):
            value = reply.get("value")
            # Most of them are whole numbers or truth values, which mean just what they say.
            if len(reply) == 1 and type(value) in (int, bool):
                yield value
            else:
                yield self._returned(name, arguments, reply)

    def _returned(self, name: str, arguments: tuple[object, ...], reply: Reply) -> Any:
        if "stopped" in reply:
            shown = ", ".join(map(_written, arguments))
            self._answered = "silent" not in reply
            self._last = Wrong("function-stopped", f"{name}({shown}) stopped: {reply['stopped']}.")
            raise self._last
        value = self._value(name, reply)
        if "not_a_function" in reply:
            wrong(
                "not-a-function",
                f"{name} is not a function any more; keep the line that starts with def {name}.",
            )
        return meant_within(value)

    def _value(self, name: str, reply: Reply) -> Any:
        try:
            value = decode(reply["value"]) if "value" in reply else ...
        except Unreadable:
            wrong("unreadable-answer", f"{name} cannot be read; give plain numbers, text or lists.")
        if not _has_dots(value):
            return value
        reason = self._answers.why_missing(name, self._task)
        if reason is not None:
            wrong(CELL_STOPPED, reason)
        if "value" not in reply:
            raise Unattempted(
                name,
                f"There is no {name} yet; give your answer exactly this name and run its cell.",
            )
        raise Unattempted(name, f"{name} still holds the three dots; put your answer there.")


def _written(argument: object) -> str:
    return plain(argument) if isinstance(argument, Fraction) else repr(argument)


def answer_in_words(given: Any) -> str:
    """Return an answer as a person writes it, and how it was read if that is another number.

    Examples
    --------
    >>> answer_in_words({"Wait", "Invest"}), answer_in_words(2 / 3)
    ('Invest and Wait', '0.6666666666666666, read as 2/3')
    """
    if stands_for_itself(given):
        return str(given)
    if isinstance(given, (set, frozenset)):
        return and_list(sorted(map(answer_in_words, given)))
    if isinstance(given, dict):
        return f"{{{', '.join(f'{key}: {answer_in_words(each)}' for key, each in given.items())}}}"
    if isinstance(given, (list, tuple)):
        inside = ", ".join(map(answer_in_words, given))
        return f"[{inside}]" if isinstance(given, list) else f"({inside})"
    if isinstance(given, str) and not any(map(str.isnumeric, given)):
        return given
    try:
        number = number_meant(given)
    except GameError:
        return str(given)
    return f"{given}{READ_AS}{plain(number)}" if remark(given, number) else str(given)


def _count(value: Any) -> int:
    """Return how many letters and things a value holds, each of which takes one character."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return len(value) + sum(map(_count, value.values()))
    return sum(map(_count, value)) if isinstance(value, (list, tuple, set, frozenset)) else 1


def _has_dots(value: Any) -> bool:
    if value is ...:
        return True
    if isinstance(value, (list, tuple, set)):
        return any(map(_has_dots, value))
    if isinstance(value, dict):
        return any(map(_has_dots, value.values()))
    return False
