"""Points that a person gives in place of those from the tests, with the reason."""

from __future__ import annotations

import sqlite3
from dataclasses import astuple
from math import isfinite

from balancegame.errors import GameError
from balancegame.grading.gradebook.class_folder import readable
from balancegame.grading.gradebook.database import exercises_of, overrides_of
from balancegame.grading.gradebook.plain_text import clean
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
    student = readable(student)
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
        connection.execute(
            "INSERT OR REPLACE INTO works_overridden "
            "SELECT student, exercise, ?, digest FROM works WHERE student = ? AND exercise = ?",
            (task, student, found.name),
        )
    return override


def remove_override(
    connection: sqlite3.Connection, student: str, exercise: str, task: int
) -> Override:
    """Take an override back and return it."""
    student = readable(student)
    found = _found(connection, student, exercise, task)
    place = (student, found.name, task)
    with connection:
        where = "WHERE student = ? AND exercise = ? AND task = ?"
        row = connection.execute(f"SELECT points, reason FROM overrides {where}", place).fetchone()
        connection.execute(f"DELETE FROM overrides {where}", place)
        connection.execute(f"DELETE FROM works_overridden {where}", place)
    if row is None:
        raise GameError(
            f"task {task} of {found.name} has no override for {student}; there is nothing to "
            "take back."
        )
    return Override(*place, *row)


def overtaken_overrides(connection: sqlite3.Connection) -> tuple[Override, ...]:
    """Return the overrides whose students have other work there now than when they were given."""
    rows = connection.execute(
        "SELECT student, exercise, task FROM works_overridden "
        "JOIN works USING (student, exercise) WHERE works.digest != works_overridden.digest"
    )
    places = set(rows)
    return tuple(o for o in overrides_of(connection) if (o.student, o.exercise, o.task) in places)


def earlier_attempt(override: Override) -> str:
    """Return what an instructor should know of an override that newer work has overtaken."""
    place = f"{clean(override.student)}, {override.exercise}, task {override.task}"
    return (
        f"{place}: {points_text(override.points)} points by hand count, which were given for an "
        "earlier attempt; look at the new one and set them again, or remove them."
    )


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
