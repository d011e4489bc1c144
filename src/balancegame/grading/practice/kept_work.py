"""What a student has done so far, as the course folder keeps it: answers, bets and checks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from balancegame.grading.practice.judgement import RIGHT
from balancegame.grading.practice.memory import ANSWERS, BETS, EXERCISES, all_kept


@dataclass(frozen=True)
class KeptAnswer:
    """What became of the answers to a question of a lesson.

    Attributes
    ----------
    given : str
        The last answer, as it was read.
    right : bool
        Whether it is right.
    mistakes : int
        How many answers were wrong.
    """

    given: str
    right: bool
    mistakes: int


@dataclass(frozen=True)
class KeptBet:
    """A bet that was placed in an explorer.

    Attributes
    ----------
    lesson : str
        The number of the lesson, such as "01"; "" if it was placed in another notebook.
    words : str
        What was bet on.
    outcome : str
        "right", "partly" or "wrong".
    """

    lesson: str
    words: str
    outcome: str


@dataclass(frozen=True)
class KeptCheck:
    """How many points the last check of an exercise found."""

    points: int
    worth: int


@dataclass(frozen=True)
class KeptWork:
    """What a student has done in a course.

    Attributes
    ----------
    answers : mapping of str to KeptAnswer
        By question, such as "01-threshold".
    bets : tuple of KeptBet
    checks : mapping of str to KeptCheck
        By exercise, such as "01_security_or_energy".
    complaints : tuple of str
        A sentence for each file that could not be read and was set aside.
    """

    answers: Mapping[str, KeptAnswer]
    bets: tuple[KeptBet, ...]
    checks: Mapping[str, KeptCheck]
    complaints: tuple[str, ...] = ()


def kept_work(folder: Path | None = None) -> KeptWork:
    """Return what was done in a course folder, by default in the one around us.

    Examples
    --------
    >>> kept_work(Path("no-course")).answers
    {}
    """
    kinds = [all_kept(kind, folder) for kind in (ANSWERS, BETS, EXERCISES)]
    answers, bets, checks = (records for records, _ in kinds)
    return KeptWork(
        {
            name: KeptAnswer(
                _text(kept, "answered"), kept.get("verdict") == RIGHT, _count(kept, "mistakes")
            )
            for name, kept in answers.items()
        },
        tuple(
            KeptBet(
                lesson_of(_text(kept, "notebook")), _text(kept, "words"), _text(kept, "outcome")
            )
            for kept in bets.values()
        ),
        {
            name: KeptCheck(_count(kept, "points"), _count(kept, "worth"))
            for name, kept in checks.items()
        },
        tuple(sentence for _, sentences in kinds for sentence in sentences),
    )


def lesson_of(notebook: str) -> str:
    """Return the number of a lesson by its notebook's name; empty if it has none.

    Examples
    --------
    >>> lesson_of("01_security_or_energy.ipynb"), lesson_of("mine.ipynb")
    ('01', '')
    """
    numbered = re.match(r"\d\d(?=_)", notebook)
    return numbered[0] if numbered else ""


def _text(kept: Mapping[str, Any], key: str) -> str:
    return str(kept.get(key, ""))


def _count(kept: Mapping[str, Any], key: str) -> int:
    value = kept.get(key)
    return value if isinstance(value, int) else 0
