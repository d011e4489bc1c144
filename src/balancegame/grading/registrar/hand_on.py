"""``balancegame grades``: write the grades of a gradebook as a platform takes them in."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from balancegame.errors import GameError
from balancegame.grading.gradebook import database
from balancegame.grading.gradebook.changes import changes_between
from balancegame.grading.gradebook.csv_tables import table_text, with_rows
from balancegame.grading.gradebook.gradescope import results_json
from balancegame.grading.gradebook.kept_grades import current_grades, released_grades
from balancegame.grading.gradebook.student_record import as_written
from balancegame.grading.gradebook.whole_files import write_whole
from balancegame.grading.registrar.class_grades import (
    PLATFORM,
    ClassGrades,
    Policy,
    chosen,
    class_grades,
)
from balancegame.grading.registrar.platform_tables import (
    canvas_table,
    is_worksheet,
    moodle_gradebook,
    moodle_worksheet,
    plain_table,
)
from balancegame.grading.registrar.roster import Roster

CANVAS, MOODLE, GRADESCOPE, CSV = "canvas", "moodle", "gradescope", "csv"


def write_grades(
    book: sqlite3.Connection,
    roster: Roster,
    platform: str,
    out: Path,
    policy: Policy,
    *,
    only: Sequence[str] = (),
    columns: Mapping[str, str] | None = None,
) -> list[str]:
    """Write the grades of the students in a roster, and return sentences on what to know of them.

    ``out`` is a file, and for Gradescope a folder. ``columns`` gives the headings of exercises.
    """
    exercises = database.exercises_of(book)
    grades = class_grades(roster, database.records(book), exercises, only)
    untold = _unreleased(book)
    named = {
        exercise.name: heading
        for name, heading in (columns or {}).items()
        for exercise in chosen(exercises, [name])
    }
    try:
        if platform == GRADESCOPE:
            return [*grades.notes, *untold, *_results(book, roster, grades, policy, out)]
        if platform == CANVAS:
            table = canvas_table(roster, grades, policy, named)
        elif platform == MOODLE and is_worksheet(roster):
            table = moodle_worksheet(roster, grades, policy)
        else:
            if policy.scale == PLATFORM:
                raise GameError(
                    f"{roster.source.name} does not say how many points the platform has; give the "
                    "number with --scale."
                )
            table = (
                moodle_gradebook(roster, grades, policy, named)
                if platform == MOODLE
                else plain_table(roster, grades, policy)
            )
        if platform == MOODLE and is_worksheet(roster):
            write_whole(out, with_rows(roster.table, table.rows[1:]))
        else:
            # A mark at the start is part of the first heading for some importers.
            write_whole(out, table_text(table.rows, mark=platform == CSV))
    except OSError as error:
        raise GameError(
            f"the grades cannot be written to {out} ({error.strerror}); name another file with "
            "--out."
        ) from None
    return [*grades.notes, *untold, *table.notes]


def _unreleased(book: sqlite3.Connection) -> list[str]:
    """Return a sentence if students have been told other grades."""
    released = released_grades(book)
    differ = changes_between(released, current_grades(book), "the release").changes
    if not released or not differ:
        return []
    count = len({change.student for change in differ})
    students = "student has" if count == 1 else "students have"
    return [f"{count} {students} been told another grade; see balancegame changes."]


def _results(
    book: sqlite3.Connection, roster: Roster, grades: ClassGrades, policy: Policy, out: Path
) -> list[str]:
    """Write a results.json for each student, as Gradescope's autograders hand them over."""
    if policy.scale == PLATFORM:
        raise GameError("Gradescope's roster has no points to scale to; give --scale a number.")
    facts = database.about(book)
    names = {each.name for each in grades.exercises}
    waiting = 0
    for student in roster.students:
        record = grades.records.get(student.folder)
        if record is None:
            continue
        kept = tuple(each for each in record.exercises if each.exercise.name in names)
        own = type(record)(record.student, kept)
        score = None if own.points is None else as_written(own.points)
        if score is not None:
            score = policy.scaled(score, own.worth, None)
        waiting += score is None
        write_whole(out / student.folder / "results.json", results_json(own, facts, score))
    return [f"{waiting} students are not graded yet, so they have no score."] if waiting else []
