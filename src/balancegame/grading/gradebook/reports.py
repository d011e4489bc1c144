"""All reports of a gradebook, each written in one step, the same for the same grades."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from balancegame.errors import GameError
from balancegame.grading.exercise.report import Outcome
from balancegame.grading.gradebook import database
from balancegame.grading.gradebook.gradescope import results_json
from balancegame.grading.gradebook.html_reports import class_page, feedback_page
from balancegame.grading.gradebook.junit import TestSuites
from balancegame.grading.gradebook.kept_grades import RunGrades
from balancegame.grading.gradebook.overrides import earlier_attempt, overtaken_overrides
from balancegame.grading.gradebook.plain_text import clean
from balancegame.grading.gradebook.spreadsheet import GradesTable
from balancegame.grading.gradebook.statistics import ClassStatistics
from balancegame.grading.gradebook.student_record import StudentRecord, points_text
from balancegame.grading.gradebook.whole_files import UNFINISHED, write_whole

# No system reads anything but a name into these, and none forbids them.
_PLAIN = re.compile(r"[^\W_](?:[\w@+ .-]{0,98}[\w@+-])?")
_LIKE_OURS = re.compile(r".*-[0-9a-f]{12}", re.IGNORECASE)
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


# To read a record again takes longer than to keep it, but a class may be of any size.
_MOST_KEPT = 1_000


class StudentPages:
    """The pages of single students, each written as soon as all of its grades are there.

    While a class is graded, whoever takes down the results waits most of the time. What reports
    that hold all students say of one is put together then, too: ``suites``, and the points of a
    run, if there is one.
    """

    def __init__(
        self, connection: sqlite3.Connection, out: Path, run: RunGrades | None = None
    ) -> None:
        self._out = out
        self._facts = database.about(connection)
        self.suites = TestSuites(self._facts)
        self._told: list[TestSuites | RunGrades] = [self.suites, *([] if run is None else [run])]
        self._have_heard_of: set[str] = set()
        self._names = file_names(database.students_of(connection))
        self._asked: deque[str] = deque()
        self._outcomes: dict[str, tuple[Outcome, ...]] = {}
        # Whatever is the same for all students is read once.
        asked = iter(self._asked.popleft, None)
        self._records = database.records(connection, asked, self._outcomes)
        self._written: set[str] = set()
        self._kept: dict[str, StudentRecord] = {}

    def expect(self, key: str, outcomes: tuple[Outcome, ...]) -> None:
        """Keep what was recorded under a key until the pages are written that show it."""
        if len(self._outcomes) < _MOST_KEPT:
            self._outcomes[key] = outcomes

    def write(self, student: str) -> None:
        """Write the pages of one student; what cannot be written is left to the end of the run."""
        record = self.record(student)
        if len(self._kept) < _MOST_KEPT:
            self._kept[student] = record
        self.tell(record)
        with suppress(GameError):
            self.write_record(record)

    def tell(self, record: StudentRecord) -> None:
        """Tell the reports that hold all students of one, unless they have heard."""
        if record.student not in self._have_heard_of:
            self._have_heard_of.add(record.student)
            for each in self._told:
                each.add(record)

    def record(self, student: str) -> StudentRecord:
        """Return all grades of a student."""
        kept = self._kept.pop(student, None)
        if kept is not None:
            return kept
        self._asked.append(student)
        return next(self._records)

    def write_record(self, record: StudentRecord) -> str:
        """Write the pages of a student unless that is done; return the address of the feedback."""
        name = self._names[record.student]
        if record.student not in self._written:
            with _told(self._out):
                write_whole(self._out / "feedback" / f"{name}.html", feedback_page(record))
                page = results_json(record, self._facts)
                write_whole(self._out / "results" / f"{name}.json", page)
            self._written.add(record.student)
        return f"feedback/{quote(name)}.html"


def write_reports(
    connection: sqlite3.Connection,
    out: Path,
    pages: StudentPages | None = None,
) -> None:
    """Write every report of a gradebook into a folder, but for the pages that are written."""
    facts, exercises = database.about(connection), database.exercises_of(connection)
    pages = StudentPages(connection, out) if pages is None else pages
    statistics, rows = ClassStatistics(), []
    grades = GradesTable(exercises, facts)
    for student in database.students_of(connection):
        record = pages.record(student)
        link = pages.write_record(record)
        pages.tell(record)
        statistics.add(record)
        grades.add(record)
        points = [
            points_text(graded.points) if graded.status == "graded" else graded.status
            for graded in record.exercises
        ]
        rows.append((record.called, link, [*points, points_text(record.points)]))
    with _told(out):
        write_whole(out / "grades.csv", grades.text)
        write_whole(out / "junit.xml", pages.suites.text)
        _write_tracebacks(database.tracebacks(connection), out / "tracebacks.txt")
        overrides, strays = database.overrides_of(connection), database.strays_of(connection)
        earlier = [earlier_attempt(each) for each in overtaken_overrides(connection)]
        page = class_page(statistics, exercises, rows, overrides, strays, facts, earlier)
        write_whole(out / "class-report.html", page)


@contextmanager
def _told(out: Path) -> Iterator[None]:
    """Say it in a sentence if a report cannot be written."""
    try:
        yield
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
        # Nobody may be called like the file of somebody else.
        plain = plain and not _LIKE_OURS.fullmatch(name)
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
