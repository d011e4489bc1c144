"""Grades as they were: at the end of each run, and when they were released to students.

A run is kept to compare with, so it holds points alone. What was released holds everything that a
page of feedback shows: a later run cannot change what a student has been told.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.grading.exercise.report import Outcome
from balancegame.grading.gradebook.database import records
from balancegame.grading.gradebook.student_record import (
    Exercise,
    GradedExercise,
    GradedTask,
    Override,
    StudentRecord,
)

RUNS_KEPT = 10

Grades = Mapping[tuple[str, str], GradedExercise]
"""What each student has for each exercise."""


def current_grades(book: sqlite3.Connection) -> Grades:
    """Return the grades of the last run, with what was decided by hand since."""
    return {
        (record.student, graded.exercise.name): graded
        for record in records(book)
        for graded in record.exercises
    }


def keep_run(book: sqlite3.Connection) -> None:
    """Keep the points of a run that is over, unless they are those of the run before."""
    now = {place: as_text(_points_alone(graded)) for place, graded in current_grades(book).items()}
    last = _newest(book)
    before = dict(_rows(book, last)) if last else {}
    if now == before:
        return
    with book:
        at = _now()
        number = book.execute("INSERT INTO runs (at) VALUES (?)", (at,)).lastrowid
        rows = [(number, *place, text) for place, text in now.items()]
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
    for (student, exercise), graded in current_grades(book).items():
        if exercise not in names:
            continue
        if graded.points is None:
            waiting.append(student)
        else:
            rows.append((student, exercise, _now(), as_text(graded)))
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
    for student, exercises in by_student.items():
        yield StudentRecord(student, tuple(exercises))


def as_text(graded: GradedExercise) -> str:
    """Return a grade as text that :func:`from_text` reads."""
    data = asdict(graded)
    data["deduction"] = str(graded.deduction)
    data["exercise"]["tasks"] = sorted(graded.exercise.tasks.items())
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def from_text(text: str) -> GradedExercise:
    """Return the grade that :func:`as_text` wrote."""
    data: dict[str, Any] = json.loads(text)
    about = data["exercise"]
    exercise = Exercise(about["name"], about["title"], dict(map(tuple, about["tasks"])))
    tasks = tuple(
        GradedTask(
            task["number"],
            task["worth"],
            tuple(Outcome(**{**each, "hints": tuple(each["hints"])}) for each in task["outcomes"]),
            None if task["override"] is None else Override(**task["override"]),
        )
        for task in data["tasks"]
    )
    changes = {
        "exercise": exercise,
        "tasks": tasks,
        "deduction": Fraction(data["deduction"]),
        "rules": tuple(data["rules"]),
    }
    return GradedExercise(**{**data, **changes})


def _points_alone(graded: GradedExercise) -> GradedExercise:
    tasks = tuple(
        replace(
            task,
            outcomes=tuple(
                replace(each, message="", answered="", hints=()) for each in task.outcomes
            ),
        )
        for task in graded.tasks
    )
    return replace(graded, tasks=tasks, rules=(), note="", problem="", made_out_to="")


def _newest(book: sqlite3.Connection) -> int | None:
    (number,) = book.execute("SELECT max(number) FROM runs").fetchone()
    return None if number is None else int(number)


def _rows(book: sqlite3.Connection, number: int) -> Iterator[tuple[tuple[str, str], str]]:
    found = book.execute("SELECT student, exercise, grade FROM run_grades WHERE run = ?", (number,))
    for student, exercise, text in found:
        yield (student, exercise), text


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
