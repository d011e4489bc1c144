"""The gradebook on disk: SQLite. Nothing counts that is not there, so no kill loses a grade.

Results are kept under a key that hashes all that decided them. What has a result is never graded
again, and what changed is.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from balancegame.errors import GameError
from balancegame.grading.exercise.report import UNKNOWN, Outcome, Report
from balancegame.grading.gradebook.attempts import counting
from balancegame.grading.gradebook.deadlines import Rule, kept_deadlines
from balancegame.grading.gradebook.handed_in import time_text
from balancegame.grading.gradebook.lateness import lateness
from balancegame.grading.gradebook.student_record import (
    Exercise,
    GradedExercise,
    GradedTask,
    Override,
    StudentRecord,
)

DEADLINES = "deadlines"
"""Under which name a gradebook keeps the text of the deadlines."""

ON_TIME = "on time"
"""Under which name it keeps sentences on what the deadlines could not be applied to."""

NAMES = "names"
"""Under which name it keeps how students are called, by their folders."""

INTERRUPTED = "The run was stopped before it came to this submission; grade again."

_FORMAT = 4


@dataclass(frozen=True)
class RosterEntry:
    """What one student handed in for one exercise, at one attempt; no key stands for nothing."""

    student: str
    exercise: str
    key: str | None
    note: str = ""
    attempt: int = 0
    at: datetime | None = None
    marked_late: bool = False
    digest: str = ""  # a hash of the work


@contextmanager
def open_gradebook(path: Path, *, create: bool = False) -> Iterator[sqlite3.Connection]:
    """Open a gradebook; what is done inside ``with connection:`` is kept whole or not at all."""
    if not create and not path.is_file():
        raise GameError(f"there is no gradebook at {path}; balancegame grade writes one.")
    try:
        connection = sqlite3.connect(path, timeout=60, isolation_level="IMMEDIATE")
        try:
            _prepare(connection, path)
            yield connection
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise GameError(
                f"the disk is full, so the gradebook {path} takes no more; make room and run the "
                "command again, for nothing that was graded is lost."
            ) from error
        raise GameError(
            f"the gradebook {path} cannot be used ({error}); see that the folder can be written "
            "and that no other run holds the file."
        ) from error
    except sqlite3.DatabaseError:
        raise GameError(
            f"{path} is not a gradebook; move the file away or choose another folder."
        ) from None


def begin_run(
    connection: sqlite3.Connection,
    exercises: Sequence[Exercise],
    roster: Iterable[RosterEntry],
    strays: Iterable[str],
    facts: Mapping[str, str],
) -> None:
    """Write down what there is to grade, before anything is graded."""
    listed = [(each.name, each.title, json.dumps(list(each.tasks.items()))) for each in exercises]
    entries = list(roster)
    works = [(each.student, each.exercise, each.digest) for each in entries if not each.attempt]
    with connection:
        for table in ("about", "exercises", "strays", "roster", "works"):
            connection.execute(f"DELETE FROM {table}")
        connection.executemany("INSERT INTO about VALUES (?, ?)", facts.items())
        connection.executemany("INSERT INTO exercises VALUES (?, ?, ?)", listed)
        connection.executemany("INSERT OR IGNORE INTO strays VALUES (?)", [(s,) for s in strays])
        into_roster = (
            "INSERT INTO roster (student, exercise, key, note, attempt, handed_in, late) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)"
        )
        rows = [(*astuple(each)[:5], time_text(each.at), each.marked_late) for each in entries]
        connection.executemany(into_roster, rows)
        connection.executemany("INSERT INTO works VALUES (?, ?, ?)", works)


def has_result(connection: sqlite3.Connection, key: str) -> bool:
    """Return whether a submission is graded already, and every test said something of it."""
    row = connection.execute("SELECT outcomes FROM results WHERE key = ?", (key,)).fetchone()
    return row is not None and not any(o["verdict"] in UNKNOWN for o in json.loads(row[0]))


def record_results(
    connection: sqlite3.Connection, graded: Iterable[tuple[str, str, Report]]
) -> None:
    """Keep the results of some submissions, each a key, a student and a report, all or none.

    The disk takes longer for one step than many submissions take, so what is there at the same time
    goes in one step.
    """
    with connection:
        for key, student, report in graded:
            _record(connection, key, student, report)


def _record(connection: sqlite3.Connection, key: str, student: str, report: Report) -> None:
    outcomes = f"[{', '.join(map(_written, report.outcomes))}]"
    said = (report.problem, report.made_out_to, outcomes)
    row = (key, student, report.exercise, report.points, report.worth, *said)
    # What met a test that broke is graded again, and then counts.
    if not has_result(connection, key):
        connection.execute("DELETE FROM results WHERE key = ?", (key,))
    connection.execute(
        "INSERT OR IGNORE INTO results (key, student, exercise, points, worth, problem, "
        "made_out_to, outcomes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        row,
    )


# Right answers of all students to a test are much alike.
@lru_cache(maxsize=4096)
def _written(outcome: Outcome) -> str:
    return json.dumps(vars(outcome))


def record_fault(
    connection: sqlite3.Connection,
    student: str,
    exercise: str,
    why: str,
    traceback: str = "",
    *,
    attempt: int = 0,
) -> None:
    """Note that a submission could not be graded, and where the grader stopped if it did."""
    with connection:
        connection.execute(
            "UPDATE roster SET fault = ?, traceback = ? "
            "WHERE student = ? AND exercise = ? AND attempt = ?",
            (why, traceback, student, exercise, attempt),
        )


def tracebacks(connection: sqlite3.Connection) -> tuple[tuple[str, str, str], ...]:
    """Return each student and exercise at which the grader itself stopped, and where it did."""
    return tuple(
        connection.execute(
            "SELECT student, exercise, traceback FROM roster WHERE traceback != '' ORDER BY 1, 2"
        )
    )


def about(connection: sqlite3.Connection) -> dict[str, str]:
    """Return what the last run said of itself: version and isolation."""
    return dict(connection.execute("SELECT name, value FROM about"))


def exercises_of(connection: sqlite3.Connection) -> tuple[Exercise, ...]:
    """Return the exercises of the last run."""
    rows = connection.execute("SELECT name, title, tasks FROM exercises ORDER BY name")
    return tuple(Exercise(name, title, dict(json.loads(tasks))) for name, title, tasks in rows)


def overrides_of(connection: sqlite3.Connection) -> tuple[Override, ...]:
    """Return every override, sorted."""
    rows = connection.execute("SELECT * FROM overrides ORDER BY student, exercise, task")
    return tuple(Override(*row) for row in rows)


def strays_of(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return a sentence for each file of the last run that is nobody's submission."""
    return tuple(row[0] for row in connection.execute("SELECT sentence FROM strays ORDER BY 1"))


def students_of(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the students of the last run, sorted."""
    rows = connection.execute("SELECT DISTINCT student FROM roster ORDER BY student")
    return tuple(student for (student,) in rows)


def names_of(connection: sqlite3.Connection) -> dict[str, str]:
    """Return how students are called, by their folders, as far as the last run knew."""
    return dict(json.loads(about(connection).get(NAMES, "{}")))


def records(
    connection: sqlite3.Connection,
    students: Iterable[str] | None = None,
    known: MutableMapping[str, tuple[Outcome, ...]] | None = None,
) -> Iterator[StudentRecord]:
    """Return the record of each student of the last run, one at a time.

    They come in the order of ``students``, or sorted by name if none are given. The outcomes of
    results that somebody has recorded just now need not be read again: ``known`` holds them by the
    key of the result, and each is taken out of it.
    """
    recorded = {} if known is None else known
    exercises = {exercise.name: exercise for exercise in exercises_of(connection)}
    overrides = {(o.student, o.exercise, o.task): o for o in overrides_of(connection)}
    deadlines = kept_deadlines(about(connection).get(DEADLINES, ""))
    names = names_of(connection)
    for student in students_of(connection) if students is None else students:
        rows = connection.execute(
            "SELECT roster.exercise, roster.handed_in, roster.late, roster.key, roster.note, "
            "roster.fault, results.problem, results.made_out_to, results.outcomes "
            "FROM roster LEFT JOIN results ON results.key = roster.key "
            "WHERE roster.student = ? "
            "ORDER BY roster.exercise, roster.attempt > 0, roster.attempt DESC",
            (student,),
        ).fetchall()
        listed = []
        for name, attempts in groupby(rows, key=lambda row: row[0]):
            rule = deadlines.rule(student, name)
            graded = [
                _with_lateness(
                    _graded(student, exercises[name], overrides, recorded, *rest), rule, at, late
                )
                for _, at, late, *rest in attempts
            ]
            listed.append(counting(graded))
        yield StudentRecord(student, tuple(listed), names.get(student, ""))


def _with_lateness(graded: GradedExercise, rule: Rule, at: str, marked: int) -> GradedExercise:
    if not graded.handed_in:
        return graded
    found = lateness(
        rule, datetime.fromisoformat(at) if at else None, bool(marked), graded.exercise.worth
    )
    return replace(graded, deduction=found.deduction, rules=found.sentences, is_late=found.is_late)


def _graded(
    student: str,
    exercise: Exercise,
    overrides: Mapping[tuple[str, str, int], Override],
    recorded: MutableMapping[str, tuple[Outcome, ...]],
    key: str | None,
    note: str,
    fault: str,
    problem: str | None,
    made_out_to: str | None,
    outcomes: str | None,
) -> GradedExercise:
    found = recorded.pop(key or "", None)
    if found is None:
        read = json.loads(outcomes or "[]")
        found = tuple(Outcome(**{**each, "hints": tuple(each["hints"])}) for each in read)
    tasks = []
    for number, worth in sorted(exercise.tasks.items()):
        of_task = tuple(outcome for outcome in found if outcome.task == number)
        override = overrides.get((student, exercise.name, number))
        tasks.append(GradedTask(number, worth, of_task, override))
    waiting = "" if key is None or outcomes is not None else fault or INTERRUPTED
    handed_in, said = key is not None, (problem or "", waiting, note, made_out_to or "")
    return GradedExercise(exercise, tuple(tasks), handed_in, *said)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    (others,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if found > _FORMAT:
        raise GameError(
            f"{path} was written by a newer version of balancegame; update balancegame, or move "
            "the file away and grade again."
        )
    if found == _FORMAT - 1:
        # The next run writes the list of students anew; what a person decided stays.
        connection.execute("DROP TABLE IF EXISTS roster")
    elif found != _FORMAT and (found or others):
        raise GameError(
            f"{path} is not a gradebook of this version of balancegame; move it away, and "
            "balancegame grade writes a new one."
        )
    # Each commit then costs one write to disk, and readers never wait for the run.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    tables = files(__package__).joinpath("tables.sql").read_text(encoding="utf-8")
    connection.executescript(f"BEGIN IMMEDIATE; {tables} PRAGMA user_version = {_FORMAT}; COMMIT;")
