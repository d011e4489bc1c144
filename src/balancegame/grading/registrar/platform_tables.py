"""Tables of grades as Canvas, Moodle and spreadsheets take them in.

What goes back to a platform is what it handed out, with grades filled in: its importer finds
students and assignments by what stands there.

Names are students' own, and a spreadsheet takes a cell that begins like a formula for one: such a
cell gets a ``'`` in front. IDs go back as they came, since importers go by them; one that is more
than letters, digits and ``.@+-_`` is treated like a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from balancegame.errors import GameError
from balancegame.grading.gradebook.plain_text import clean
from balancegame.grading.gradebook.spreadsheet import safe_cell
from balancegame.grading.gradebook.student_record import Exercise
from balancegame.grading.registrar.class_grades import (
    PLATFORM,
    ClassGrades,
    Policy,
    heading_of,
    number_text,
    read_number,
)
from balancegame.grading.registrar.roster import CANVAS, WORKSHEET, Roster

# What an ID may be, and what stands for nothing or for a number in any other cell.
_PLAIN_ID, _NOTHING = re.compile(r"[\w.@+-]*"), re.compile(r"-?|[-+]?\d+([.,]\d+)?")
_IDS = {
    *("id", "sis user id", "sis login id", "integration id", "root account", "id number"),
    *("email address", "email", "username", "login", "student id"),
}
_WITH_A_COMMA = re.compile(r"\d+,\d+")
_HIGHEST_IN_MOODLE = 100


@dataclass
class GradeTable:
    """The rows of a file, and sentences on what its reader should know."""

    rows: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def canvas_table(
    roster: Roster, grades: ClassGrades, policy: Policy, columns: Mapping[str, str]
) -> GradeTable:
    """Return Canvas's gradebook with the columns of these exercises alone.

    ``lib/gradebook_importer.rb`` wants Student, ID and what follows up to Section as it came, takes
    the row "    Points Possible" for the points of each assignment, and finds an assignment by the
    number at the end of its heading. A cell that is left empty would delete a grade that Canvas
    has, so where there is no grade the cell of the roster goes back.
    """
    if roster.kind != CANVAS:
        raise GameError(
            f"{roster.source} is not Canvas's gradebook, with columns Student, ID and Section; "
            "export it from Canvas and give it as the roster."
        )
    section = roster.column("section") or 0
    points_row = next((row for row in roster.above if "Points Possible" in row[0]), None)
    if points_row is None:
        raise GameError(
            f"{roster.source} has no row of possible points, which Canvas wants back; export the "
            "gradebook from Canvas again."
        )
    offered = [
        heading
        for at, heading in enumerate(roster.header)
        if at > section and "read only" not in points_row[at]
    ]
    table = GradeTable()
    headings = {
        each.name: columns.get(each.name) or _canvas_heading(each, offered, roster)
        for each in grades.exercises
    }
    at = {name: _place(heading, roster.header) for name, heading in headings.items()}
    possible: dict[str, Fraction | None] = {}
    for each in grades.exercises:
        place = at[each.name]
        known = None if place is None else read_number(points_row[place])
        possible[each.name] = Fraction(each.worth) if place is None else known
        _check_scale(each, possible[each.name], policy, table, "Canvas")
    table.rows.append([*roster.header[: section + 1], *headings.values()])
    for row in roster.above:
        is_points = row is points_row
        cells = [
            row[place] if place is not None else str(each.worth) if is_points else ""
            for each in grades.exercises
            for place in (at[each.name],)
        ]
        table.rows.append([*row[: section + 1], *cells])
    for student in roster.students:
        leading = zip(roster.header, student.cells[: section + 1], strict=False)
        own = [_safe(cell, heading) for heading, cell in leading]
        for each in grades.exercises:
            place = at[each.name]
            before = "" if place is None else student.cells[place]
            text = policy.text(grades.grade(student, each), each.worth, possible[each.name])
            # Canvas writes N/A where the assignment is not for this student.
            own.append(before if text is None or before.strip() == "N/A" else text)
        table.rows.append(own)
    return table


def moodle_worksheet(roster: Roster, grades: ClassGrades, policy: Policy) -> GradeTable:
    """Return the grading worksheet of one assignment with its grades filled in.

    ``mod/assign/feedback/offline`` finds a student by the number in Identifier, leaves out a grade
    that is empty or above the maximum, and one that Moodle has seen changed since the time in "Last
    modified (grade)": so that column, and all others, go back as they came.
    """
    if len(grades.exercises) != 1:
        raise GameError(
            f"{roster.source.name} is the worksheet of one assignment; name the exercise that it "
            "holds with --exercise."
        )
    (exercise,) = grades.exercises
    column = roster.column("grade") or 0
    maximum = roster.column("maximum grade")
    locked_at = roster.column("grade can be changed")
    table = GradeTable([list(roster.header)])
    identifier = roster.column("identifier")
    modified = roster.column("last modified grade") or 0
    # A site writes numbers as its language does, and reads them so.
    numbers = [
        student.cells[at]
        for student in roster.students
        for at in (column, maximum)
        if at is not None
    ]
    decimal = "," if any(map(_WITH_A_COMMA.fullmatch, map(str.strip, numbers))) else "."
    locked, told = [], False
    for student in roster.students:
        # What stands behind the time are comments of those who grade, which Moodle takes in.
        cells = [
            _safe(cell, roster.header[at]) if at < modified and at != identifier else cell
            for at, cell in enumerate(student.cells)
        ]
        possible = None if maximum is None else read_number(student.cells[maximum])
        if not told:
            _check_scale(exercise, possible, policy, table, "Moodle")
            told = True
        text = policy.text(grades.grade(student, exercise), exercise.worth, possible)
        if locked_at is not None and student.cells[locked_at].strip().casefold() == "no":
            locked += [student.folder] if text is not None else []
        elif text is not None:
            _refuse_above(text, possible, exercise, "Moodle", policy)
            cells[column] = text.replace(".", decimal)
        table.rows.append(cells)
    if locked:
        table.notes.append(f"{len(locked)} grades are locked in Moodle, so they stay as they are.")
    return table


def moodle_gradebook(
    roster: Roster, grades: ClassGrades, policy: Policy, columns: Mapping[str, str]
) -> GradeTable:
    """Return a table for Moodle's gradebook: who it is, and a column for each exercise.

    ``grade/import/csv`` asks for the column by which users are found, the ID number or the email
    address, and for the grade item of each other one. One row of an unknown user, or a grade above
    100 on most sites, and it takes in nothing.
    """
    identity = [
        at
        for heading in ("first name", "last name", "surname", "full name", "name", "username")
        for at in [roster.column(heading)]
        if at is not None
    ]
    ids = [
        at
        for heading in ("id number", "email address", "email", "username", "login", "student id")
        for at in [roster.column(heading)]
        if at is not None and all(student.cells[at].strip() for student in roster.students)
    ]
    if not ids:
        raise GameError(
            f"{roster.source} has no column with an ID number or email address for every "
            "student, by which Moodle finds them; export the participants from Moodle with one of "
            "these."
        )
    shown = sorted({*identity, *ids})
    table = GradeTable()
    headings = [columns.get(each.name) or each.title for each in grades.exercises]
    table.rows.append([*(roster.header[at].strip() for at in shown), *map(safe_cell, headings)])
    for student in roster.students:
        own = [_safe(student.cells[at], roster.header[at]) for at in shown]
        for each in grades.exercises:
            text = policy.text(grades.grade(student, each), each.worth, None)
            _refuse_above(text or "", Fraction(_HIGHEST_IN_MOODLE), each, "Moodle", policy)
            own.append(text or "")
        table.rows.append(own)
    return table


def plain_table(roster: Roster, grades: ClassGrades, policy: Policy) -> GradeTable:
    """Return a table for a spreadsheet: folder, name, exercises, total."""
    table = GradeTable()
    names = [each.name for each in grades.exercises]
    table.rows.append(["student", "name", *map(safe_cell, names), "total", "out of"])
    scale = policy.scale if isinstance(policy.scale, Fraction) else None
    for student in roster.students:
        found = [grades.grade(student, each) for each in grades.exercises]
        texts = [
            policy.text(grade, each.worth, None) or ""
            for grade, each in zip(found, grades.exercises, strict=True)
        ]
        known = [
            policy.scaled(grade.points, each.worth, None)
            for grade, each in zip(found, grades.exercises, strict=True)
            if grade.points is not None
        ]
        total = number_text(sum(known, Fraction(0))) if len(known) == len(found) else ""
        worth = sum((scale or Fraction(each.worth) for each in grades.exercises), Fraction(0))
        row = [safe_cell(student.folder), safe_cell(student.name)]
        table.rows.append([*row, *texts, total, number_text(worth)])
    return table


def is_worksheet(roster: Roster) -> bool:
    """Return whether a roster is the grading worksheet of one of Moodle's assignments."""
    return roster.kind == WORKSHEET


def _canvas_heading(exercise: Exercise, offered: Sequence[str], roster: Roster) -> str:
    found = heading_of(exercise, offered)
    if found is None:
        raise GameError(
            f"{roster.source} has no one column for {exercise.name}; name it, such as --column "
            f'"{exercise.name}=Exercise (77)", or name with --exercise those to write.'
        )
    return found


def _place(heading: str, header: Sequence[str]) -> int | None:
    return list(header).index(heading) if heading in header else None


def _check_scale(
    exercise: Exercise, possible: Fraction | None, policy: Policy, table: GradeTable, where: str
) -> None:
    if policy.scale == PLATFORM and possible is None:
        raise GameError(
            f"{where} does not say how many points {exercise.name} has, so nothing can be scaled "
            "to them; give the number with --scale."
        )
    if policy.scale is None and possible is not None and possible != exercise.worth:
        table.notes.append(
            f"{exercise.name} has {exercise.worth} points here and {number_text(possible)} in "
            f"{where}; add --scale platform to scale them."
        )


def _refuse_above(
    text: str, possible: Fraction | None, exercise: Exercise, where: str, policy: Policy
) -> None:
    if text and possible is not None and Fraction(text) > possible:
        most = number_text(possible)
        todo = f"add --scale {most}" if policy.scale is None else f"give --scale {most} or less"
        raise GameError(
            f"{text} points for {exercise.name} are more than {where} takes, which is {most}; "
            f"{todo}."
        )


def _safe(cell: str, heading: str) -> str:
    """Return a cell as it came unless a spreadsheet takes it, or a part of it, for a formula."""
    plain = _PLAIN_ID if " ".join(heading.casefold().split()) in _IDS else _NOTHING
    safe = safe_cell(cell)
    return cell if plain.fullmatch(cell.strip()) or safe == clean(cell) else safe
