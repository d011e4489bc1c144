"""Grades as they were: at the end of each run, and when they were released to students.

A run is kept to compare with, so it holds points alone. What was released holds everything that a
page of feedback shows: a later run cannot change what a student has been told.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, fields
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.grading.exercise.report import Outcome
from balancegame.grading.gradebook.database import names_of, records
from balancegame.grading.gradebook.student_record import (
    Exercise,
    GradedExercise,
    GradedTask,
    Override,
    StudentRecord,
)

RUNS_KEPT = 5

_ALL_OF_A_GRADE = [
    each.name
    for each in fields(GradedExercise)
    if each.name not in ("exercise", "tasks", "deduction")
]
_ALL_OF_AN_OUTCOME = [each.name for each in fields(Outcome)]
_POINTS_ALONE = (
    ("handed_in", "fault", "is_late"),
    (*("exercise", "task", "worth", "verdict", "criterion"),),
)

Grades = Mapping[tuple[str, str], GradedExercise]
"""What each student has for each exercise."""


def current_grades(book: sqlite3.Connection) -> Grades:
    """Return the points of the last run, with what was decided by hand since."""
    # Without what is said of each answer, so that a class of any size fits into the memory.
    now = RunGrades()
    for record in records(book):
        now.add(record)
    return {place: from_text(text) for place, text in now.texts.items()}


class RunGrades:
    """The points of a run that is over, student by student.

    ``unknown`` is how many met a test that broke or was left out, so that nobody knows their
    points.
    """

    def __init__(self) -> None:
        self.texts: dict[tuple[str, str], str] = {}
        self.unknown = 0

    def add(self, record: StudentRecord) -> None:
        """Add the points of one student; they come in any order."""
        for graded in record.exercises:
            place = record.student, graded.exercise.name
            self.texts[place] = _text(graded, *_POINTS_ALONE)
            self.unknown += graded.points is None and not graded.fault

    def keep(self, book: sqlite3.Connection) -> None:
        """Keep the points, unless they are those of the run before."""
        last = _newest(book)
        if self.texts == (dict(_rows(book, last)) if last else {}):
            return
        with book:
            number = book.execute("INSERT INTO runs (at) VALUES (?)", (_now(),)).lastrowid
            rows = [(number, *place, text) for place, text in sorted(self.texts.items())]
            book.executemany("INSERT INTO run_grades VALUES (?, ?, ?, ?)", rows)
            oldest = (number or 0) - RUNS_KEPT
            book.execute("DELETE FROM runs WHERE number <= ?", (oldest,))
            book.execute("DELETE FROM run_grades WHERE run <= ?", (oldest,))


def runs_of(book: sqlite3.Connection) -> dict[int, str]:
    """Return the runs that are kept, oldest first, and when each ended."""
    return dict(book.execute("SELECT number, at FROM runs ORDER BY number"))


def grades_of_run(book: sqlite3.Connection, number: int) -> Grades:
    """Return the points of a run that is kept."""
    if number not in (known := runs_of(book)):
        listed = ", ".join(map(str, known)) or "none"
        raise GameError(f"the gradebook keeps no run {number}; it keeps {listed}.")
    return {place: from_text(text) for place, text in _rows(book, number)}


def release(book: sqlite3.Connection, exercises: Iterable[str]) -> list[str]:
    """Release what these exercises have now; return who is left out, being not graded yet."""
    names = set(exercises)
    rows, waiting = [], []
    for record in records(book):
        for graded in record.exercises:
            if graded.exercise.name not in names:
                continue
            if graded.points is None:
                waiting.append(record.student)
            else:
                rows.append((record.student, graded.exercise.name, _now(), as_text(graded)))
    with book:
        book.executemany("INSERT OR REPLACE INTO released VALUES (?, ?, ?, ?)", rows)
    return sorted(set(waiting))


def withdraw(book: sqlite3.Connection, exercises: Iterable[str]) -> None:
    """Take back what was released of these exercises."""
    with book:
        book.executemany("DELETE FROM released WHERE exercise = ?", [(e,) for e in exercises])


def released_grades(book: sqlite3.Connection) -> Grades:
    """Return what students have been told."""
    rows = book.execute("SELECT student, exercise, grade FROM released ORDER BY 1, 2")
    return {(student, exercise): from_text(text) for student, exercise, text in rows}


def released_records(book: sqlite3.Connection) -> Iterator[StudentRecord]:
    """Yield what each student has been told, sorted by name."""
    by_student: dict[str, list[GradedExercise]] = {}
    for (student, _), graded in released_grades(book).items():
        by_student.setdefault(student, []).append(graded)
    names = names_of(book)
    for student, exercises in by_student.items():
        yield StudentRecord(student, tuple(exercises), names.get(student, ""))


def as_text(graded: GradedExercise) -> str:
    """Return a grade as text that :func:`from_text` reads."""
    return _text(graded, _ALL_OF_A_GRADE, _ALL_OF_AN_OUTCOME)


def _text(graded: GradedExercise, of_grade: Sequence[str], of_outcome: Sequence[str]) -> str:
    """Return these fields of a grade as text; by hand, for dataclasses copy all that they hold."""
    exercise = graded.exercise
    data: dict[str, Any] = {name: getattr(graded, name) for name in of_grade}
    data["exercise"] = [exercise.name, exercise.title, sorted(exercise.tasks.items())]
    data["deduction"] = str(graded.deduction)
    data["tasks"] = [
        [
            task.number,
            task.worth,
            [{name: getattr(each, name) for name in of_outcome} for each in task.outcomes],
            None if task.override is None else astuple(task.override),
        ]
        for task in graded.tasks
    ]
    return json.dumps(data, ensure_ascii=False)


def from_text(text: str) -> GradedExercise:
    """Return the grade that :func:`as_text` wrote."""
    data: dict[str, Any] = json.loads(text)
    name, title, worth = data["exercise"]
    tasks = tuple(
        GradedTask(
            number,
            of_task,
            tuple(Outcome(**{**each, "hints": tuple(each.get("hints", ()))}) for each in outcomes),
            None if override is None else Override(*override),
        )
        for number, of_task, outcomes, override in data["tasks"]
    )
    changes = {
        "exercise": Exercise(name, title, dict(map(tuple, worth))),
        "tasks": tasks,
        "deduction": Fraction(data["deduction"]),
        "rules": tuple(data.get("rules", ())),
    }
    return GradedExercise(**{**data, **changes})


def _newest(book: sqlite3.Connection) -> int | None:
    (number,) = book.execute("SELECT max(number) FROM runs").fetchone()
    return None if number is None else int(number)


def _rows(book: sqlite3.Connection, number: int) -> Iterator[tuple[tuple[str, str], str]]:
    found = book.execute("SELECT student, exercise, grade FROM run_grades WHERE run = ?", (number,))
    for student, exercise, text in found:
        yield (student, exercise), text


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
