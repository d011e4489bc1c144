"""All reports of a gradebook, each written in one step, the same for the same grades."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from balancegame.errors import GameError
from balancegame.grading.gradebook import database
from balancegame.grading.gradebook.gradescope import results_json
from balancegame.grading.gradebook.html_reports import class_page, feedback_page
from balancegame.grading.gradebook.junit import junit_xml
from balancegame.grading.gradebook.overrides import earlier_attempt, overtaken_overrides
from balancegame.grading.gradebook.plain_text import clean
from balancegame.grading.gradebook.spreadsheet import grades_csv
from balancegame.grading.gradebook.statistics import ClassStatistics
from balancegame.grading.gradebook.student_record import points_text
from balancegame.grading.gradebook.whole_files import UNFINISHED, write_whole

# No system reads anything but a name into these, and none forbids them.
_PLAIN = re.compile(r"[^\W_](?:[\w@+ .-]{0,98}[\w@+-])?")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def write_reports(connection: sqlite3.Connection, out: Path) -> None:
    """Write every report of a gradebook into a folder."""
    facts, exercises = database.about(connection), database.exercises_of(connection)
    names = file_names(database.students_of(connection))
    statistics = ClassStatistics()
    rows = []
    try:
        for record in database.records(connection):
            statistics.add(record)
            name = names[record.student]
            write_whole(out / "feedback" / f"{name}.html", feedback_page(record))
            write_whole(out / "results" / f"{name}.json", results_json(record, facts))
            link = f"feedback/{quote(name)}.html"
            points = [
                points_text(graded.points) if graded.status == "graded" else graded.status
                for graded in record.exercises
            ]
            rows.append((record.called, link, [*points, points_text(record.points)]))
        write_whole(out / "grades.csv", grades_csv(exercises, database.records(connection), facts))
        write_whole(out / "junit.xml", junit_xml(database.records(connection), facts))
        _write_tracebacks(database.tracebacks(connection), out / "tracebacks.txt")
        overrides, strays = database.overrides_of(connection), database.strays_of(connection)
        earlier = [earlier_attempt(each) for each in overtaken_overrides(connection)]
        page = class_page(statistics, exercises, rows, overrides, strays, facts, earlier)
        write_whole(out / "class-report.html", page)
    except OSError as error:
        raise GameError(
            f"the report {error.filename or out} cannot be written ({error.strerror}); the grades "
            "are safe in the gradebook, so correct that and grade again."
        ) from error


def file_names(students: Iterable[str]) -> dict[str, str]:
    """Return for each student the name of a file, different for each on any system.

    Examples
    --------
    >>> file_names(["ann", "bob"])
    {'ann': 'ann', 'bob': 'bob'}
    """
    names = {}
    students = sorted(students)
    alike = Counter(map(str.casefold, students))
    for name in students:
        plain = _PLAIN.fullmatch(name) and not _RESERVED.fullmatch(name)
        if not plain or len(name.encode()) > 200 or alike[name.casefold()] > 1:
            readable = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[:40] or "student"
            names[name] = f"{readable}-{sha256(name.encode()).hexdigest()[:12]}"
        else:
            names[name] = name
    return names


def _write_tracebacks(found: Iterable[tuple[str, str, str]], path: Path) -> None:
    """Keep where the grader itself stopped, for whoever mends it."""
    texts = [f"{clean(student)}, {exercise}\n\n{trace}" for student, exercise, trace in found]
    if texts:
        write_whole(path, "\n\n".join(texts))
    else:
        path.unlink(missing_ok=True)


def remove_leftovers(out: Path) -> None:
    """Remove what a run that was killed had begun to write."""
    for folder in (out, out / "feedback", out / "results"):
        for path in folder.glob(f".*{UNFINISHED}"):
            path.unlink(missing_ok=True)
