"""Records of students, read from a gradebook with every override in place."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from balancegame.grading.gradebook.records import (
    Exercise,
    GradedCriterion,
    GradedExercise,
    GradedTask,
    Override,
    StudentRecord,
)

INTERRUPTED = "The run was ended before it came to this submission; grade again."


def exercises_of(connection: sqlite3.Connection) -> tuple[Exercise, ...]:
    """Return the exercises of the last run."""
    rows = connection.execute("SELECT name, title, tasks FROM exercises ORDER BY name")
    return tuple(Exercise(name, title, dict(json.loads(tasks))) for name, title, tasks in rows)


def overrides_of(connection: sqlite3.Connection) -> tuple[Override, ...]:
    """Return every override, sorted."""
    rows = connection.execute(
        "SELECT student, exercise, task, points, reason FROM overrides "
        "ORDER BY student, exercise, task"
    )
    return tuple(Override(*row) for row in rows)


def strays_of(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return a sentence for each file of the last run that is nobody's submission."""
    return tuple(row[0] for row in connection.execute("SELECT sentence FROM strays ORDER BY 1"))


def records(connection: sqlite3.Connection) -> Iterator[StudentRecord]:
    """Return the record of each student of the last run, one at a time, sorted by name."""
    exercises = {exercise.name: exercise for exercise in exercises_of(connection)}
    overrides = {(o.student, o.exercise, o.task): o for o in overrides_of(connection)}
    students = connection.execute("SELECT DISTINCT student FROM roster ORDER BY student").fetchall()
    for (student,) in students:
        rows = connection.execute(
            "SELECT roster.exercise, roster.key, roster.fault, results.problem, results.criteria "
            "FROM roster LEFT JOIN results ON results.key = roster.key "
            "WHERE roster.student = ? ORDER BY roster.exercise",
            (student,),
        ).fetchall()
        graded = tuple(
            _exercise(student, exercises[name], overrides, *rest) for name, *rest in rows
        )
        yield StudentRecord(student, graded)


def _exercise(
    student: str,
    exercise: Exercise,
    overrides: dict[tuple[str, str, int], Override],
    key: str | None,
    fault: str,
    problem: str | None,
    criteria: str | None,
) -> GradedExercise:
    found = [
        GradedCriterion(**{**data, "hints": tuple(data["hints"])})
        for data in json.loads(criteria or "[]")
    ]
    tasks = tuple(
        GradedTask(
            number,
            worth,
            tuple(criterion for criterion in found if criterion.task == number),
            overrides.get((student, exercise.name, number)),
        )
        for number, worth in sorted(exercise.tasks.items())
    )
    waiting = "" if key is None or criteria is not None else fault or INTERRUPTED
    return GradedExercise(exercise, tasks, key is not None, problem or "", waiting)
