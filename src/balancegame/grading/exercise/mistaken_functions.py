"""A function that an exercise asks for: its right answers and its known mistakes, stated once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from balancegame.grading.exercise.feedback import wrong
from balancegame.grading.exercise.number_meant import meant_within
from balancegame.grading.exercise.reading import read_or_refuse
from balancegame.grading.exercise.student import Student
from balancegame.grading.worker.wire import Questions, decode, encode


def read_returned(given: Any, function: str, *question: object) -> Any:
    """Return what a student's function gave back, unless that is nothing.

    Raises
    ------
    Wrong
        If it gave nothing back.
    """
    if given is None:
        wrong(
            "no-return",
            f"{function} gives nothing back; end each way through it with return and the answer "
            "(print only shows a value).",
        )
    return given


def read_truth(given: Any, function: str, *question: object) -> bool:
    """Return whether a student's function said True or False.

    Raises
    ------
    Wrong
        If it said neither, or gave nothing back.
    """
    says = read_returned(given, function)
    if not isinstance(says, bool):
        wrong("not-a-truth-value", f"{function} gives back {says!r}, not True or False.")
    return says


def _as_it_is(right: Any) -> Any:
    return right


def _whole_if_it_is(right: Any) -> Any:
    return int(right) if isinstance(right, Fraction) and right.denominator == 1 else right


def _whole_or_float(right: Any) -> Any:
    return int(right) if int(right) == right else float(right)


@dataclass(frozen=True)
class AskedFunction:
    """A function that an exercise asks for.

    Parameters
    ----------
    name : str
    right : callable
        A function that answers rightly.
    questions : callable
        Returns the arguments of many calls, a tuple for each.
    mistakes : mapping, optional
        From a key and mistaken functions to what these do wrong, said after the function's name.
    read : callable, optional
        Reads what the student's function gave back, like :func:`.read_returned`; takes the name of
        the function and the arguments too.
    """

    name: str
    right: Callable[..., Any]
    questions: Callable[[], Sequence[tuple[Any, ...]]]
    mistakes: Mapping[tuple[Any, ...], str] = field(default_factory=dict)
    read: Callable[..., Any] = read_returned

    @cached_property
    def asked(self) -> Questions:
        """The questions."""
        return Questions(self.questions())

    @cached_property
    def wanted(self) -> list[Any]:
        """The right answers."""
        return [self.right(*question) for question in self.asked]

    def agrees(
        self, student: Student, says: Callable[..., str], key: str = "counterexample"
    ) -> None:
        """Ask all questions; name the mistake that explains every answer, or show an example.

        Parameters
        ----------
        student : Student
        says : callable
            Returns a sentence; takes what was given, what is right, and the arguments of the first
            question that the student's function answers wrongly.
        key : str
            For whoever makes none of the known mistakes.
        """
        answers = student.answers_unlike(self.name, self.asked, self._wanted_replies)
        if answers is None:
            return
        replies = zip(answers, self.asked, strict=True)
        given = [
            read_or_refuse(
                self.read, (answer, self.name, *question), (right, self.name, *question), self.name
            )
            for (answer, question), right in zip(replies, self.wanted, strict=True)
        ]
        if given == self.wanted:
            return
        for known, answers, words in self._mistaken:
            if given == answers:
                wrong(known, f"{self.name} {words}.")
        for question, says_what, right in zip(self.asked, given, self.wanted, strict=True):
            if says_what != right:
                # Numbers may be too large for a sentence; the answer is wrong all the same.
                sentence = f"{self.name} gives a wrong answer to one of the questions."
                with suppress(Exception):
                    sentence = says(says_what, right, *question)
                wrong(key, sentence)

    @cached_property
    def _wanted_replies(self) -> frozenset[str]:
        """The right answers as they travel, in each way in which they are read as what they are."""
        found = set()
        for written in (_as_it_is, _whole_if_it_is, float, _whole_or_float):
            # Not every answer is a number.
            with suppress(Exception):
                replies = [{"value": encode(written(right))} for right in self.wanted]
                read = [
                    self.read(meant_within(decode(reply["value"])), self.name, *question)
                    for reply, question in zip(replies, self.asked, strict=True)
                ]
                if read == self.wanted:
                    found.add(json.dumps(replies))
        return frozenset(found)

    @cached_property
    def _mistaken(self) -> list[tuple[str, list[Any], str]]:
        """Each mistaken function's key, answers and words."""
        return [
            (key, self.answers(function), words)
            for (key, *functions), words in self.mistakes.items()
            for function in functions
        ]

    def answers(self, function: Callable[..., Any]) -> list[Any]:
        """Return what a function answers to the questions."""
        return [function(*question) for question in self.asked]
