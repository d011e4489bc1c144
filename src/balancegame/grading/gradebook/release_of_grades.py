"""Feedback for students: pages of what is released, and of nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from balancegame.errors import GameError
from balancegame.grading.gradebook import kept_grades
from balancegame.grading.gradebook.changes import Changes, changes_between
from balancegame.grading.gradebook.database import exercises_of, open_gradebook, students_of
from balancegame.grading.gradebook.html_reports import feedback_page
from balancegame.grading.gradebook.reports import file_names
from balancegame.grading.gradebook.whole_files import write_whole
from balancegame.grading.submission.file_names import exercise_named
from balancegame.wording import and_list

RELEASED, PREVIOUS = "released", "previous"


def write_feedback(book: sqlite3.Connection, out: Path) -> int:
    """Write a page for each student of whom something is released; return how many.

    Pages of students of whom nothing is released any more are deleted.
    """
    found = {record.student: record for record in kept_grades.released_records(book)}
    names = file_names({*students_of(book), *found})
    try:
        for student, name in names.items():
            path = out / f"{name}.html"
            if student in found:
                write_whole(path, feedback_page(found[student]))
            else:
                path.unlink(missing_ok=True)
    except OSError as error:
        raise GameError(
            f"the feedback cannot be written to {out} ({error.strerror}); correct that and run the "
            "command again."
        ) from None
    return len(found)


def graded_now(book: sqlite3.Connection) -> list[str]:
    """Return the exercises of the last run, which can be released."""
    return [each.name for each in exercises_of(book)]


def released_now(book: sqlite3.Connection) -> list[str]:
    """Return the exercises of which something is released, whatever the last run graded."""
    return sorted({exercise for _, exercise in kept_grades.released_grades(book)})


def exercises_named(known: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return which of the known exercises names or numbers mean; "all" means all."""
    found: list[str] = []
    for name in names:
        meant = exercise_named(name, known)
        if name != "all" and meant is None:
            there = and_list(known) or "none"
            raise GameError(f"there is no exercise {name!r} to choose; there is {there}.")
        found += known if meant is None else [meant[0]]
    return sorted(set(found))


def changes_since(book: sqlite3.Connection, since: str | None) -> Changes:
    """Return what has changed since a release, a run, or another gradebook.

    Without ``since`` it is the release if there is one, and the run before the last otherwise.
    """
    now = kept_grades.current_grades(book)
    released = kept_grades.released_grades(book)
    if since is None:
        since = RELEASED if released else PREVIOUS
    if since == RELEASED:
        if not released:
            raise GameError("nothing is released yet, so there is nothing to compare with.")
        return changes_between(released, now, "the release")
    runs = kept_grades.runs_of(book)
    if since == PREVIOUS:
        if len(runs) < 2:
            raise GameError(
                "the gradebook keeps one run alone, so there is nothing to compare with; grade "
                "again after a change."
            )
        since = str([*runs][-2])
    if since.isascii() and since.isdecimal():
        number = int(since)
        then = kept_grades.grades_of_run(book, number)
        return changes_between(then, now, f"run {number}, which ended at {runs[number]}")
    with open_gradebook(Path(since)) as other:
        return changes_between(kept_grades.current_grades(other), now, f"the grading in {since}")
