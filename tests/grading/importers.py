"""How Canvas and Moodle take in a table of grades: their importers' rules, written down again.

Each function follows the platform's own code, and shares nothing with the package.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class CanvasCourse:
    """Users and assignments by their numbers, and what has been graded."""

    users: dict[int, str]
    assignments: dict[int, str]
    grades: dict[tuple[int, int], str] = field(default_factory=dict)


def canvas_import(data, course):
    """lib/gradebook_importer.rb: return changed grades, possible points, and new things."""
    text = data.decode("utf-8")
    first = text.splitlines()[:3]
    counts = {}
    for separator in ";,":
        sizes = {len(next(csv.reader([line], delimiter=separator))) for line in first}
        counts[separator] = sizes.pop() if len(sizes) == 1 else 0
    delimiter = ";" if counts[";"] > counts[","] else ","
    rows = [
        row
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        if "".join(row).strip(" ;,")
    ]
    header = rows[0]
    assert len(header) > 3
    assert "Student" in header[0]
    assert "ID" in header[1]
    columns = 3
    sis_user = sis_login = None
    if re.search(r"SIS\s+Login\s+ID", header[2]):
        columns, sis_login = 4, 2
    elif re.search(r"SIS\s+User\s+ID", header[2]) and re.search(r"SIS\s+Login\s+ID", header[3]):
        columns, sis_user, sis_login = 5, 2, 3
    assert "Section" in header[columns - 1], "Invalid header row"
    totals = re.compile("Current Score|Current Points|Current Grade|Final Score|Final|Override")
    assignments, places, new = [], {}, []
    for heading in header[columns:]:
        if totals.search(heading):
            continue
        found = re.fullmatch(r"(.*?)\s*\((\d+)\)", heading)
        number = int(found[2]) if found else None
        if number not in course.assignments:
            by_title = [n for n, title in course.assignments.items() if title == heading]
            number = by_title[0] if by_title else None
        if number is None:
            number = -1 - len(new)
            new.append(heading)
        assignments.append(number)
        places[number] = header.index(heading)
    possible, changes, strangers = {}, {}, []
    for row in rows[1:]:
        if "Points Possible" in row[0]:
            possible = {number: row[at] for number, at in places.items()}
            continue
        if all(re.fullmatch(r"\s*(Muted|Manual Posting.*)?\s*", cell, re.I) for cell in row):
            continue
        user = int(row[1]) if row[1].isdecimal() else None
        if user not in course.users:
            assert sis_user is None or row[sis_user] is not None
            assert sis_login is None or row[sis_login] is not None
            strangers.append(row[0])
            continue
        for number, at in places.items():
            grade = row[at].strip()
            if re.fullmatch(r"-?[0-9.,]+%?", grade):
                *rest, last = re.split("[,.]", grade)
                grade = f"{''.join(rest)}.{last}" if rest else last
            before = course.grades.get((user, number), "")
            if grade != before and (grade not in {"", "-"} or before not in {"", "-"}):
                changes[user, number] = grade
    return changes, possible, new, strangers


@dataclass
class MoodleGrade:
    """A grade that Moodle has, and when it was last changed."""

    grade: float
    modified: float


def moodle_rows(data):
    """lib/csvlib.class.php: the mark is cut off and every row is as long as the first."""
    text = data.decode("utf-8").removeprefix("\ufeff")
    rows = [*csv.reader(io.StringIO(text, newline=""), strict=True)]
    header = [cell.strip() for cell in rows[0]]
    assert {len(row) for row in rows} == {len(header)}, "csvweirdcolumns"
    return header, rows[1:]


def moodle_offline_import(data, users, maximum, known=(), ignore_modified=False):
    """mod/assign/feedback/offline: return the grades and the comments that are taken in."""
    header, rows = moodle_rows(data)
    at = {name: header.index(name) for name in ("Identifier", "Grade", "Last modified (grade)")}
    comments = header.index("Feedback comments") if "Feedback comments" in header else 0
    known, grades, feedback = dict(known), {}, {}
    for row in rows:
        number = row[at["Identifier"]][len("Participant ") :]
        if not number.isdecimal() or int(number) not in users:
            continue
        user = int(number)
        try:
            modified = datetime.strptime(
                row[at["Last modified (grade)"]], "%A, %d %B %Y, %I:%M %p"
            ).timestamp()
        except ValueError:
            modified = 0
        text = row[at["Grade"]].strip()
        grade = float(text) if text else ""
        mine = known.get(user)
        stale = mine is not None and mine.modified > modified + 60
        skipped = (
            (mine is not None and mine.grade == grade)
            or grade == ""
            or grade < 0
            or (stale and not ignore_modified)
            or grade > maximum
        )
        if not skipped:
            grades[user] = grade
        if comments and (ignore_modified or not stale) and row[comments]:
            feedback[user] = row[comments]
    return grades, feedback


def moodle_gradebook_import(data, by, users, items):
    """grade/import/csv/classes/load_data.php: by a mapped column; one error and nothing counts.

    ``users`` maps what stands in the column ``by`` to a user, and ``items`` headings to items.
    """
    header, rows = moodle_rows(data)
    who = header.index(by)
    grades = {}
    for row in rows:
        if not row[who]:
            continue
        assert row[who] in users, "usermappingerror"
        for heading, item in items.items():
            value = row[header.index(heading)]
            if value in {"", "-"}:
                grades[users[row[who]], item] = None
                continue
            number = float(value)
            assert number <= 100, "gradevaluetoobig"
            grades[users[row[who]], item] = number
    return grades
