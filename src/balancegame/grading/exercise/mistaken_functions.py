"""A function that an exercise asks for: its right answers and its known mistakes, stated once.

:func:`asks_function` makes the visible tests of a declaration, and :func:`asks_unseen` the hidden
one, which adds nothing but questions. The checks of the exercise itself follow from it too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from inspect import signature
from pathlib import Path
from typing import Any

from balancegame.errors import GameError
from balancegame.grading.exercise.number_meant import meant_within, number_meant
from balancegame.grading.exercise.reading import read_or_refuse
from balancegame.grading.exercise.student import Student
from balancegame.grading.exercise.variants import defined_in
from balancegame.grading.exercise.verdicts import wrong
from balancegame.grading.submission.file_names import HIDDEN_SUFFIX
from balancegame.grading.worker.wire import Questions, decode, encode, exactly
from balancegame.wording import and_list, capital

Arguments = Sequence[tuple[Any, ...]]
"""The arguments of many calls, a tuple for each."""


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


def read_returned_number(given: Any, function: str, *question: object) -> Fraction:
    """Return the number that a student's function gave back, read like any other answer.

    Raises
    ------
    Wrong
        If it gave nothing back.
    GameError
        If that is no number.
    """
    return number_meant(read_returned(given, function), f"what {function} gives back")


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


@dataclass(frozen=True, eq=False)
class AskedFunction:
    """A function that an exercise asks for; see :func:`asks_function`."""

    name: str
    right: Callable[..., Any]
    mistakes: Mapping[tuple[Any, ...], str]
    reader: Callable[..., Any] | None
    says: Callable[..., str]
    # The last of them is where mistakes are recognised.
    trials: Mapping[str, Trial]

    def agrees(self, student: Student, place: str) -> None:
        """Find a student's function wrong if it errs at a place of the visible tests.

        Raises
        ------
        Wrong
            With the sentence of the mistake that explains every answer, or with an example.
        """
        trial = self.trials[place]
        given = trial.answered(self, student)
        wanted = trial.wanted(self.right)
        if given == wanted:
            return
        key, before = "example", ""
        if trial is self.last:
            for known, answers, words in self._mistaken:
                if given == answers:
                    end = "" if words.rstrip().endswith((".", "!", "?")) else "."
                    wrong(known, f"{self.name} {words.rstrip()}{end}")
            key, before = self._found_on_the_whole(given, wanted)
        for question, says_what, right in zip(trial.asked, given, wanted, strict=True):
            if says_what != right:
                # Numbers may be too large for a sentence; the answer is wrong all the same.
                sentence = f"{self.name} gives a wrong answer to one of the questions."
                with suppress(Exception):
                    sentence = self._begun(self.says(says_what, right, *question))
                wrong(key, f"{before}{sentence}")

    def _begun(self, sentence: str) -> str:
        """Return a sentence with a capital letter, unless it begins with the function's name."""
        return sentence if sentence.startswith(self.name) else capital(sentence)

    def _found_on_the_whole(self, given: list[Any], wanted: list[Any]) -> tuple[str, str]:
        """Return the key of answers that no known mistake explains, and what comes first."""
        if not _always_the_same(given) or _always_the_same(wanted):
            return "counterexample", ""
        answers = f"says {given[0]}" if isinstance(given[0], bool) else "answers the same"
        taken = and_list(signature(self.right).parameters)
        return "always-the-same", f"{self.name} {answers} every time; it depends on {taken}. "

    @cached_property
    def read(self) -> Callable[..., Any]:
        """Reads what a function gave back: the reader declared, or one for answers of its kind."""
        if self.reader:
            return self.reader
        right = self.last.wanted(self.right)
        if all(isinstance(each, bool) for each in right):
            return read_truth
        are_numbers = all(isinstance(each, int | float | Fraction) for each in right)
        return read_returned_number if are_numbers else read_returned

    @property
    def last(self) -> Trial:
        """Where mistakes are recognised."""
        return [*self.trials.values()][-1]

    @cached_property
    def _mistaken(self) -> list[tuple[str, list[Any], str]]:
        """Each mistaken function's key, answers and words."""
        return [
            (key, self.last.wanted(function), words)
            for (key, *functions), words in self.mistakes.items()
            for function in functions
        ]


def _always_the_same(answers: list[Any]) -> bool:
    return answers.count(answers[0]) == len(answers)


@dataclass(frozen=True, eq=False)
class Trial:
    """Questions at which a function is tried, or a function that returns them; and the points."""

    points: int
    questions: Arguments | Callable[[], Arguments]

    @cached_property
    def asked(self) -> Questions:
        """The questions."""
        return Questions(self.questions() if callable(self.questions) else self.questions)

    def wanted(self, right: Callable[..., Any]) -> list[Any]:
        """Return what a function answers; what is right is worked out once."""
        if right not in self._known:
            # What is asked is packed first: a function that changes its arguments changes nothing.
            _ = self.asked.packed
            self._known[right] = [right(*question) for question in self.asked]
        return self._known[right]

    @cached_property
    def _known(self) -> dict[Callable[..., Any], list[Any]]:
        return {}

    def answered(self, function: AskedFunction, student: Student) -> list[Any]:
        """Return what a student's function answers, as it is read."""
        name, wanted = function.name, self.wanted(function.right)
        replies = student.answers_unlike(name, self.asked, self._wanted_replies(function))
        if replies is None:
            return wanted
        return [
            read_or_refuse(function.read, (reply, name, *question), (right, name, *question), name)
            for reply, right, question in zip(replies, wanted, self.asked, strict=True)
        ]

    def _wanted_replies(self, function: AskedFunction) -> frozenset[bytes]:
        """Return the right answers as they travel, each way in which they are read as right."""
        if function not in self._travelling:
            ways = (_travelling(self, function, write) for write in _WRITTEN)
            self._travelling[function] = frozenset(filter(None, ways))
        return self._travelling[function]

    @cached_property
    def _travelling(self) -> dict[AskedFunction, frozenset[bytes]]:
        return {}


def _travelling(trial: Trial, function: AskedFunction, write: Callable[[Any], Any]) -> bytes:
    """Return the right answers as they travel, written in one way; b"" if not read as such.

    So whoever is right need not be read answer by answer.
    """
    wanted = trial.wanted(function.right)
    # Not every answer is a number.
    with suppress(Exception):
        replies = [{"value": encode(write(right))} for right in wanted]
        read = [
            function.read(meant_within(decode(reply["value"])), function.name, *question)
            for reply, question in zip(replies, trial.asked, strict=True)
        ]
        if read == wanted:
            return exactly(replies)
    return b""


def _as_it_is(right: Any) -> Any:
    return right


def _whole_if_it_is(right: Any) -> Any:
    return int(right) if isinstance(right, Fraction) and right.denominator == 1 else right


def _whole_if_nothing(right: Any) -> Any:
    # As max(..., 0) gives it back.
    return 0 if isinstance(right, Fraction) and not right else right


def _whole_or_float(right: Any) -> Any:
    return int(right) if int(right) == right else float(right)


_WRITTEN: tuple[Callable[[Any], Any], ...] = (
    *(_as_it_is, _whole_if_it_is, _whole_if_nothing),
    *(float, _whole_or_float),
)


def asks_function(
    right: Callable[..., Any],
    places: Mapping[str, tuple[int, Arguments | Callable[[], Arguments]]],
    mistakes: Mapping[tuple[Any, ...], str],
    read: Callable[..., Any] | None = None,
) -> Callable[[Callable[..., str]], Callable[..., None]]:
    """Make a pytest test of a function that says what is wrong with an answer.

    Parameters
    ----------
    right : callable
        A function that answers rightly.
    places : mapping
        From where the function is tried, such as "in many tables", to the points for it and to
        questions, the arguments of each call, or a function that returns them. Each is one
        criterion. At the last, mistakes are recognised.
    mistakes : mapping
        From a key and mistaken functions to what these do wrong, which is said after the name and
        ended by a full stop where it has none: "counts rows from 1" becomes "best_reply counts
        rows from 1." That a function answers the same to everything is known without.
    read : callable, optional
        Reads what the student's function gave back, like :func:`read_returned`; takes the name of
        the function and the arguments too. Numbers, and True or False, are read as such without.

    Returns
    -------
    callable
        Turns a function into a test at each place; its name, without ``test_`` in front, is that of
        the student's function. It returns a sentence for whoever made no known mistake; it takes
        what was given, what is right, and the arguments of the first question that the student's
        function answers wrongly.

    Examples
    --------
    >>> @asks_function(lambda x: 2 * x, {"of small numbers": (1, [(2,), (3,)])}, {})
    ... def test_double(given, right, x):
    ...     return f"twice {x} is {right}, not {given}."
    >>> test_double.asked_function.last.wanted(lambda x: x * x)
    [4, 9]
    """

    def decorate(says: Callable[..., str]) -> Callable[..., None]:
        import pytest

        name = says.__name__.removeprefix("test_")
        trials = {place: Trial(*tried) for place, tried in places.items()}
        function = AskedFunction(name, right, mistakes, read, says, trials)

        def test(student: Student, place: str) -> None:
            function.agrees(student, place)

        cases = [
            pytest.param(place, marks=_marks(name, place, trial.points))
            for place, trial in trials.items()
        ]
        return _named(pytest.mark.parametrize("place", cases, ids=trials)(test), says, function)

    return decorate


def asks_unseen(name: str, place: str) -> Callable[[Callable[..., Arguments]], Callable[..., None]]:
    """Make a test, worth a point and to be marked hidden, of a function that returns questions.

    Its parameters are filled by name from the file that students see: it may take what makes the
    questions there, and ask that for others.

    Parameters
    ----------
    name : str
        A function that :func:`asks_function` declares in the same file, or in the file of the same
        exercise that students see; what is right there is right here.
    place : str
        Such as "in larger tables", for the name of the criterion: all that students are told.

    Raises
    ------
    GameError
        If no function of this name is declared.
    """

    def decorate(questions: Callable[..., Arguments]) -> Callable[..., None]:
        import pytest

        visible, beside = _declared_beside(questions, name)
        taken = {each: beside[each] for each in signature(questions).parameters}
        function, trial = visible.asked_function, Trial(1, partial(questions, **taken))

        def test(student: Student) -> None:
            if trial.answered(function, student) != trial.wanted(function.right):
                wrong("unseen", f"{name} errs {place}.")

        (task,) = (mark for mark in visible.pytestmark if mark.name == "task")
        for mark in (pytest.mark.task(*task.args), *_marks(name, place, trial.points)):
            mark(test)
        return _named(test, questions)

    return decorate


def functions_in(namespace: Iterable[Any]) -> list[AskedFunction]:
    """Return the functions for which tests ask."""
    return [test.asked_function for test in namespace if hasattr(test, "asked_function")]


def _declared_beside(questions: Callable[..., Any], name: str) -> tuple[Any, Mapping[str, Any]]:
    path, namespace = Path(questions.__code__.co_filename), questions.__globals__
    if path.stem.endswith(HIDDEN_SUFFIX):
        path = path.with_stem(path.stem.removesuffix(HIDDEN_SUFFIX))
        namespace = defined_in(path, path.read_bytes())
    for test in [*namespace.values()]:
        if hasattr(test, "asked_function") and test.asked_function.name == name:
            return test, namespace
    raise GameError(f"{path.name} declares no function {name}; declare it with asks_function.")


def _marks(name: str, place: str, points: int) -> list[Any]:
    import pytest

    return [pytest.mark.points(points), pytest.mark.criterion(f"{name} {place}")]


def _named(
    test: Callable[..., None], like: Callable[..., Any], function: AskedFunction | None = None
) -> Callable[..., None]:
    """Return a test under the name of what declares it."""
    # functools.wraps would lend it the signature too, which pytest reads.
    test.__name__, test.__doc__ = like.__name__, like.__doc__
    if function:
        vars(test)["asked_function"] = function
    return test
