"""A function that an exercise asks for: its right answers and its known mistakes, stated once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from balancegame.grading.exercise.feedback import wrong
from balancegame.grading.exercise.student import Student


def read_returned(student: Student, function: str, *arguments: object) -> Any:
    """Return what a student's function gives back for plain arguments.

    Raises
    ------
    Wrong
        If it gives nothing back, stops with an error or takes too long.
    Unattempted
        If nobody has written it yet.
    """
    says = student.call(function, *arguments)
    if says is None:
        wrong(
            "no-return",
            f"{function} gives nothing back; end each way through it with return and the answer "
            "(print only shows a value).",
        )
    return says


def read_truth(student: Student, function: str, *arguments: object) -> bool:
    """Return whether a student's function says True or False; see :func:`read_returned`.

    Raises
    ------
    Wrong
        If it says neither.
    """
    says = read_returned(student, function, *arguments)
    if not isinstance(says, bool):
        wrong("not-a-truth-value", f"{function} gives back {says!r}, not True or False.")
    return says


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
    mistakes : mapping
        From a key and mistaken functions to what these do wrong, said after the function's name.
    read : callable, optional
        Reads what the student's function gives back, like :func:`.read_returned`.
    """

    name: str
    right: Callable[..., Any]
    questions: Callable[[], Sequence[tuple[Any, ...]]]
    mistakes: Mapping[tuple[Any, ...], str]
    read: Callable[..., Any] = read_returned

    @cached_property
    def asked(self) -> Sequence[tuple[Any, ...]]:
        """The questions."""
        return self.questions()

    @cached_property
    def wanted(self) -> list[Any]:
        """The right answers."""
        return [self.right(*question) for question in self.asked]

    def knows(
        self,
        student: Student,
        questions: Sequence[tuple[Any, ...]],
        key: str,
        says: Callable[..., str],
    ) -> None:
        """Find the student's function wrong at the first question that it answers wrongly.

        Parameters
        ----------
        student : Student
        questions : sequence of tuple
        key : str
        says : callable
            Returns a sentence; takes what was given, what is right, and the question.
        """
        for question in questions:
            given, right = self.read(student, self.name, *question), self.right(*question)
            if given != right:
                wrong(key, says(given, right, *question))

    def agrees(self, student: Student, says: Callable[..., str]) -> None:
        """Ask many questions; name the mistake that explains every answer, or show an example.

        Parameters
        ----------
        student : Student
        says : callable
            As for :meth:`knows`.
        """
        given = [self.read(student, self.name, *question) for question in self.asked]
        if given == self.wanted:
            return
        for (key, *functions), words in self.mistakes.items():
            if given in map(self.answers, functions):
                wrong(key, f"{self.name} {words}.")
        for question, says_what, right in zip(self.asked, given, self.wanted, strict=True):
            if says_what != right:
                wrong("counterexample", says(says_what, right, *question))

    def answers(self, function: Callable[..., Any]) -> list[Any]:
        """Return what a function answers to the questions."""
        return [function(*question) for question in self.asked]
