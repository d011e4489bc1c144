"""Where a wrong answer gets its sentence: each answer with its mistakes, stated once.

A test that asks for answers is declared by :func:`asks`. The function below it returns what is
right with a student's own payoffs, and which mistakes are known: from a key, and the answers to
which that mistake leads, to a sentence for the student. The pytest test, the choice of payoffs with
which no two mistakes lead to the same answer, and the checks of the exercise itself follow from it.

The sentences stand in exercises/test_*.py, and those that many tasks share in
:mod:`.usual_questions`. Those of a lesson's questions stand in grading/practice/questions, where
question.py chooses among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from inspect import signature
from pathlib import Path
from typing import Any

from balancegame.exact import plain
from balancegame.grading.exercise.number_meant import passes_for
from balancegame.grading.exercise.reading import (
    EXAMPLE,
    read_choice,
    read_number,
    read_or_refuse,
    refuse_rounded,
)
from balancegame.grading.exercise.verdicts import wrong

Mistakes = Mapping[str | tuple[Any, ...], str | Callable[..., str]]
"""From a key and the answers that a mistake leads to, ("sign", -right), to a sentence.

In place of an answer there may be a predicate, or :class:`perhaps` where it may coincide with
another. A key alone stands for all other answers. Where a sentence says "{given}" it shows the
answer; one that needs more of it is a function of it.
"""


@dataclass(frozen=True)
class Mistake:
    """A known way to go wrong.

    Attributes
    ----------
    key : str
        For counting over a class.
    answers : tuple
        What it leads to: values, predicates, or three dots for whatever is left.
    sentence : str or callable
        What to say, or a function of the answer that returns it.
    """

    key: str
    answers: tuple[Any, ...]
    sentence: str | Callable[..., str]

    @property
    def values(self) -> tuple[Any, ...]:
        """The answers that are known beforehand."""
        return tuple(each for each in self.answers if each is not ... and not callable(each))

    def explains(self, given: Any) -> bool:
        """Return whether the mistake leads to an answer."""
        return any(
            answer(given) if callable(answer) else answer is ... or answer == given
            for answer in self.answers
        )

    def says(self, given: Any) -> str:
        """Return what to say to whoever made it."""
        shown = plain(given) if isinstance(given, Fraction) else str(given)
        sentence = self.sentence if isinstance(self.sentence, str) else self.sentence(given)
        return sentence.replace("{given}", shown)


@dataclass(frozen=True)
class Asked:
    """One answer that an exercise asks for.

    Attributes
    ----------
    right : object
    mistakes : tuple of Mistake
        The first that explains an answer is taken.
    read : callable
        Reads what a student gave by a name, such as :func:`.read_number`.
    """

    right: Any
    mistakes: tuple[Mistake, ...]
    read: Callable[[Any, str], Any]

    def explanation(self, given: Any) -> Mistake | None:
        """Return the mistake that is told to whoever gives an answer, if there is one."""
        return next((each for each in self.mistakes if _explains(each, given)), None)

    def judge(self, answer: Any, name: str) -> None:
        """Find an answer wrong, with the sentence of the mistake that explains it.

        Raises
        ------
        Wrong
            If it is not right.

        Examples
        --------
        >>> asked(2, {("sign", -2): "mind the sign."}).judge(-2, "gain")
        Traceback (most recent call last):
        balancegame.grading.exercise.verdicts.Wrong: gain: mind the sign.
        """
        given = read_or_refuse(self.read, (answer, name), (self.right, name), name)
        if given == self.right:
            return
        if isinstance(given, Fraction):
            refuse_rounded(given, self.right, name)
        if mistake := self.explanation(given):
            sentence = ""
            # A sentence that breaks at a wrong answer does not make it another one.
            with suppress(Exception):
                sentence = mistake.says(given)
            if sentence:
                wrong(mistake.key, f"{name}: {sentence}")
        wrong("not-right", f"{name}: that is not right; read the question once more.")

    def clash(self) -> str:
        """Return which two ideas lead to the same answer; empty if each has one of its own.

        A mistake that leads so near to the right number that it would pass for rounding counts too.

        Examples
        --------
        >>> asked(2, {("half", 1): "", ("sign", -2): ""}).clash()
        ''
        >>> asked(0, {("sign", 0): ""}).clash()
        'the mistake "sign" leads to the right answer'
        """
        if self.right == EXAMPLE:
            return "the right answer stands in the example of how to write a fraction"
        # Payoffs are drawn until nothing clashes, so every student's are looked at more than once.
        known: list[tuple[str, Any]] = []
        rules: list[tuple[str, Callable[[Any], Any]]] = []
        for mistake in self.mistakes:
            own = [each for each in mistake.answers if callable(each)]
            values = mistake.values
            if any(rule(self.right) for rule in own) or any(map(self._passes_for_right, values)):
                return f'the mistake "{mistake.key}" leads to the right answer'
            for value in values:
                for key, answer in known:
                    if _is_same(answer, value):
                        return f'the mistake "{mistake.key}" leads to that of "{key}"'
                for key, rule in rules:
                    if rule(value):
                        return f'the mistake "{mistake.key}" leads to that of "{key}"'
            known += [(mistake.key, value) for value in values]
            rules += [(mistake.key, rule) for rule in own]
            if len(own) + len(values) < len(mistake.answers):
                # Three dots stand for whatever is left.
                rules.append((mistake.key, lambda value: True))
        return ""

    def _passes_for_right(self, value: Any) -> bool:
        if isinstance(value, _NUMBERS) and isinstance(self.right, _NUMBERS):
            return passes_for(value, self.right)
        return bool(value == self.right)


_NUMBERS = (int, Fraction)


def _is_same(one: Any, other: Any) -> bool:
    # Two Fractions ask each other at length what kind of number they are.
    if type(one) is type(other) is Fraction:
        return one.as_integer_ratio() == other.as_integer_ratio()
    return bool(one == other)


def asked(right: Any, mistakes: Mistakes, read: Callable[[Any, str], Any] = read_number) -> Asked:
    """Return what is asked: the right answer, the known mistakes, and how an answer is read."""
    listed: list[Mistake] = []
    for known, sentence in mistakes.items():
        key: Any
        key, *answers = [known, ...] if isinstance(known, str) else known
        apart = [
            each
            for answer in answers
            for each in (answer.beside(right, listed) if isinstance(answer, perhaps) else [answer])
        ]
        listed.append(Mistake(key, tuple(apart), sentence))
    return Asked(right, tuple(listed), read)


class perhaps:  # noqa: N801 - it reads like a word of the declaration
    """Answers that a mistake leads to unless it leads to the right one, or to an earlier mistake's.

    They are values; a condition stands beside them, not within.

    Examples
    --------
    >>> said = asked(4, {("doubled", 2): "", ("squared", perhaps(2, 4, 9)): ""})
    >>> [mistake.values for mistake in said.mistakes]
    [(2,), (9,)]
    """

    def __init__(self, *answers: Any) -> None:
        self._answers = answers

    def beside(self, right: Any, earlier: Iterable[Mistake]) -> list[Any]:
        """Return the answers that nothing else leads to."""
        return [
            answer
            for answer in self._answers
            if not _is_same(answer, right)
            and not any(_explains(mistake, answer) for mistake in earlier)
        ]


def _explains(mistake: Mistake, given: Any) -> bool:
    try:
        return mistake.explains(given)
    except Exception:
        # A condition that breaks at a wrong answer does not make it another one.
        return False


@dataclass(frozen=True)
class Declared:
    """Answers that one test asks for.

    Attributes
    ----------
    names : tuple of str
    declare : callable
        Returns what is right and the known mistakes; takes what it needs of ``own``, a student's
        own payoffs, and ``name``, which of the answers.
    read : callable
        Reads what a student gave by a name.
    """

    names: tuple[str, ...]
    declare: Callable[..., tuple[Any, Mistakes]]
    read: Callable[[Any, str], Any]

    @cached_property
    def needs(self) -> frozenset[str]:
        """What the function takes."""
        return frozenset(signature(self.declare).parameters)

    @cached_property
    def place(self) -> tuple[str, int]:
        """The file and the line of the test, the same whoever has read the file."""
        code = self.declare.__code__
        return Path(code.co_filename).name, code.co_firstlineno

    def asked(self, name: str, own: Callable[[], Any]) -> Asked:
        """Return what is asked under a name, given where to get a student's own payoffs."""
        offers: dict[str, Callable[[], Any]] = {"own": own, "name": lambda: name}
        needed = {each: offers[each]() for each in offers if each in self.needs}
        return asked(*self.declare(**needed), self.read)

    def asked_of(self, name: str, own: Callable[[], Any]) -> Asked:
        """Return what is asked under a name; whoever drew payoffs has found that out already."""
        known: Asked | None = own().known(self, name) if "own" in self.needs else None
        return known or self.asked(name, own)


def asks(
    *names: str, read: Callable[[Any, str], Any] | Sequence[str] = read_number
) -> Callable[[Callable[..., tuple[Any, Mistakes]]], Callable[..., None]]:
    """Make a pytest test of a function that returns what is right and the known mistakes.

    Parameters
    ----------
    *names : str
        What the answers are called in the notebook; each is one criterion.
    read : callable or sequence of str, optional
        Reads an answer, such as :func:`.read_probability`; or the words to choose from.

    Returns
    -------
    callable
        Turns the function into a test of each answer; see :class:`Declared`.

    Examples
    --------
    >>> @asks("double")
    ... def test_double():
    ...     return 14, {("square", 49): "7 times 7 is another thing."}
    """
    reads = read if callable(read) else partial(read_choice, choices=read)

    def decorate(declare: Callable[..., tuple[Any, Mistakes]]) -> Callable[..., None]:
        declared = Declared(names, declare, reads)

        def judge(student: Any, name: str) -> None:
            declared.asked_of(name, lambda: student.variant).judge(student.answer(name), name)

        def test(student: Any) -> None:
            judge(student, names[0])

        made = test
        if len(names) > 1:
            # Lessons read this file too, and need no pytest.
            import pytest

            made = pytest.mark.parametrize("name", names)(judge)
        # functools.wraps would lend it the signature too, which pytest reads.
        made.__name__, made.__doc__ = declare.__name__, declare.__doc__
        vars(made)["declared"] = declared
        return made

    return decorate


def declared_in(namespace: Mapping[str, Any]) -> Iterator[Declared]:
    """Return what the tests of a module declare, in their order.

    Hidden tests are left out: students, who do not have them, must draw the same payoffs.
    """
    for test in namespace.values():
        marks = {mark.name for mark in getattr(test, "pytestmark", ())}
        if hasattr(test, "declared") and "hidden" not in marks:
            yield test.declared
