"""How far a student has come: what was answered in each lesson, and what went wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from balancegame.grading.practice.judgement import RIGHT
from balancegame.grading.practice.memory import ANSWERS, BETS, EXERCISES, all_kept
from balancegame.grading.practice.questions import questions


@dataclass(frozen=True)
class KeptAnswer:
    """An answer to a question of a lesson.

    Attributes
    ----------
    question : str
        Such as "01-threshold".
    given : str
        The last answer, as it was read.
    right : bool
        Whether the last answer was right.
    tries : int
        How many answers were given, up to the first that was right.
    """

    question: str
    given: str
    right: bool
    tries: int


@dataclass(frozen=True)
class KeptBet:
    """A bet that was placed in an explorer.

    Attributes
    ----------
    words : str
        What was bet on.
    outcome : str
        "right", "partly" or "wrong".
    """

    words: str
    outcome: str


@dataclass(frozen=True)
class KeptCheck:
    """The last check of an exercise.

    Attributes
    ----------
    exercise : str
    points, worth : int
    """

    exercise: str
    points: int
    worth: int


@dataclass(frozen=True)
class LessonProgress:
    """What a student has done in one lesson.

    Attributes
    ----------
    lesson : str
        Its number, such as "01".
    questions : tuple of str
        All that the lesson asks, those from memory included, in their order.
    answers : tuple of KeptAnswer
        To those that were answered.
    bets : tuple of KeptBet
    check : KeptCheck or None
        Of the exercise that goes with the lesson, if it was ever checked.
    """

    lesson: str
    questions: tuple[str, ...]
    answers: tuple[KeptAnswer, ...]
    bets: tuple[KeptBet, ...] = ()
    check: KeptCheck | None = None

    @property
    def wrong(self) -> tuple[str, ...]:
        """The questions whose last answer was wrong."""
        return tuple(answer.question for answer in self.answers if not answer.right)

    @property
    def wrong_at_first(self) -> tuple[str, ...]:
        """The questions that were answered wrongly before they were answered rightly."""
        return tuple(each.question for each in self.answers if each.right and each.tries > 1)

    @property
    def finished(self) -> bool:
        """Whether every question was answered rightly."""
        return sum(answer.right for answer in self.answers) == len(self.questions)


@dataclass(frozen=True)
class Progress:
    """What a student has done in the course.

    Attributes
    ----------
    lessons : mapping of str to LessonProgress
        By number, such as "01".
    complaints : tuple of str
        A sentence for each file that could not be read and was set aside.
    """

    lessons: Mapping[str, LessonProgress]
    complaints: tuple[str, ...] = ()


def progress(folder: Path | None = None) -> Progress:
    """Return what was answered, bet and checked in a course folder, by default the one around us.

    Examples
    --------
    >>> progress(Path("no-course")).lessons["01"].answers
    ()
    """
    (answers, *broken), (bets, *more), (checks, *last) = (
        all_kept(kind, folder) for kind in (ANSWERS, BETS, EXERCISES)
    )
    complaints = tuple(sentence for group in (*broken, *more, *last) for sentence in group)
    numbers = sorted({name.split("-")[0] for name in questions})
    return Progress({n: _lesson(n, answers, bets, checks) for n in numbers}, complaints)


Kept = Mapping[str, Mapping[str, Any]]


def _lesson(number: str, answers: Kept, bets: Kept, checks: Kept) -> LessonProgress:
    asked = tuple(name for name in questions if name.split("-")[0] == number)
    given = tuple(
        KeptAnswer(
            name, _text(kept, "answered"), kept.get("verdict") == RIGHT, _number(kept, "tries", 1)
        )
        for name in asked
        if (kept := answers.get(name)) is not None
    )
    placed = tuple(
        KeptBet(_text(kept, "words"), _text(kept, "outcome"))
        for kept in bets.values()
        if lesson_of(_text(kept, "notebook")) == number
    )
    checked = [
        KeptCheck(name, _number(kept, "points", 0), _number(kept, "worth", 0))
        for name, kept in checks.items()
        if lesson_of(name) == number
    ]
    return LessonProgress(number, asked, given, placed, checked[0] if checked else None)


def lesson_of(notebook: str) -> str:
    """Return the number of the lesson by a notebook's name; empty if it has none.

    Examples
    --------
    >>> lesson_of("01_security_or_energy.ipynb"), lesson_of("mine.ipynb")
    ('01', '')
    """
    numbered = re.match(r"\d+(?=_)", notebook)
    return numbered[0].zfill(2) if numbered else ""


def _text(kept: Mapping[str, Any], key: str) -> str:
    return str(kept.get(key, ""))


def _number(kept: Mapping[str, Any], key: str, otherwise: int) -> int:
    value = kept.get(key)
    return value if isinstance(value, int) else otherwise
