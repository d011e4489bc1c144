"""Points that a person gives in place of those from the tests, with the reason."""

from __future__ import annotations

import sqlite3
from dataclasses import astuple
from math import isfinite

from balancegame.errors import GameError
from balancegame.grading.gradebook.database import exercises_of
from balancegame.grading.gradebook.student_record import Exercise, Override, points_text
from balancegame.wording import and_list


def set_override(
    connection: sqlite3.Connection,
    student: str,
    exercise: str,
    task: int,
    points: float,
    reason: str,
) -> Override:
    """Give a task of one student other points, until that is taken back."""
    found = _found(connection, student, exercise, task)
    worth = found.tasks[task]
    if not isfinite(points) or not 0 <= points <= worth:
        raise GameError(
            f"{points_text(points)} points cannot be given for task {task} of {found.name}; give "
            f"0 to {worth}."
        )
    if not reason.strip():
        raise GameError("an override needs its reason; the student will read it in the feedback.")
    override = Override(student, found.name, task, points, reason.strip())
    with connection:
        row = astuple(override)
        connection.execute("INSERT OR REPLACE INTO overrides VALUES (?, ?, ?, ?, ?)", row)
    return override


def remove_override(
    connection: sqlite3.Connection, student: str, exercise: str, task: int
) -> Override:
    """Take an override back and return it."""
    found = _found(connection, student, exercise, task)
    place = (student, found.name, task)
    with connection:
        where = "WHERE student = ? AND exercise = ? AND task = ?"
        row = connection.execute(f"SELECT points, reason FROM overrides {where}", place).fetchone()
        connection.execute(f"DELETE FROM overrides {where}", place)
    if row is None:
        raise GameError(
            f"task {task} of {found.name} has no override for {student}; there is nothing to "
            "take back."
        )
    return Override(*place, *row)


def _found(connection: sqlite3.Connection, student: str, exercise: str, task: int) -> Exercise:
    known = connection.execute("SELECT 1 FROM roster WHERE student = ?", (student,)).fetchone()
    if known is None:
        raise GameError(
            f"the gradebook has no student {student!r}; a student is called like the folder among "
            "the submissions."
        )
    exercises = exercises_of(connection)
    number = exercise.zfill(2) if exercise.isdecimal() else None
    matching = [e for e in exercises if exercise == e.name or e.name.split("_")[0] == number]
    if len(matching) != 1:
        names = and_list(each.name for each in exercises)
        raise GameError(f"the gradebook has no exercise {exercise!r}; it has {names}.")
    if task not in matching[0].tasks:
        tasks = and_list(map(str, matching[0].tasks))
        raise GameError(f"{matching[0].name} has no task {task}; it has {tasks}.")
    return matching[0]
