"""The gradebook on disk: SQLite, one transaction a submission, so that no kill loses a grade.

Results are kept under a key that hashes all that decided them. What has a result is never graded
again, and what changed is.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from balancegame.errors import GameError
from balancegame.grading.gradebook.records import Exercise, GradedCriterion

FORMAT = 1

_TABLES = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS exercises (
    name TEXT PRIMARY KEY, title TEXT NOT NULL, tasks TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS strays (sentence TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS roster (
    student TEXT, exercise TEXT, key TEXT, fault TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (student, exercise));
CREATE TABLE IF NOT EXISTS results (
    number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE NOT NULL, student TEXT NOT NULL,
    exercise TEXT NOT NULL, points INTEGER NOT NULL, worth INTEGER NOT NULL, tier TEXT NOT NULL,
    problem TEXT NOT NULL, seconds REAL NOT NULL, criteria TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS overrides (
    student TEXT, exercise TEXT, task INTEGER, points REAL NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (student, exercise, task));
"""

RosterEntry = tuple[str, str, str | None]
"""A student, an exercise, and the key of the result; no key where nothing was handed in."""


@contextmanager
def open_gradebook(path: Path, *, create: bool = False) -> Iterator[sqlite3.Connection]:
    """Open a gradebook.

    Raises
    ------
    GameError
        If there is none, or the file is something else.
    """
    if not create and not path.is_file():
        raise GameError(f"there is no gradebook at {path}; balancegame grade writes one.")
    try:
        connection = sqlite3.connect(path, timeout=60, isolation_level=None)
        try:
            _prepare(connection, path)
            yield connection
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
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
    with transaction(connection):
        for table in ("about", "exercises", "strays", "roster"):
            connection.execute(f"DELETE FROM {table}")
        connection.executemany("INSERT INTO about VALUES (?, ?)", facts.items())
        connection.executemany(
            "INSERT INTO exercises VALUES (?, ?, ?)",
            [(each.name, each.title, json.dumps(list(each.tasks.items()))) for each in exercises],
        )
        connection.executemany("INSERT OR IGNORE INTO strays VALUES (?)", [(s,) for s in strays])
        connection.executemany(
            "INSERT INTO roster (student, exercise, key) VALUES (?, ?, ?)", roster
        )


def has_result(connection: sqlite3.Connection, key: str) -> bool:
    """Return whether a submission is graded already."""
    return connection.execute("SELECT 1 FROM results WHERE key = ?", (key,)).fetchone() is not None


def record_result(
    connection: sqlite3.Connection,
    key: str,
    student: str,
    exercise: str,
    criteria: Sequence[GradedCriterion],
    *,
    tier: str,
    problem: str,
    seconds: float,
) -> None:
    """Keep the result of one submission, whole or not at all."""
    points, worth = sum(c.points for c in criteria), sum(c.worth for c in criteria)
    data = json.dumps([asdict(criterion) for criterion in criteria])
    with transaction(connection):
        connection.execute(
            "INSERT OR IGNORE INTO results (key, student, exercise, points, worth, tier, problem, "
            "seconds, criteria) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (key, student, exercise, points, worth, tier, problem, seconds, data),
        )


def record_fault(connection: sqlite3.Connection, student: str, exercise: str, why: str) -> None:
    """Note that a submission could not be graded, through no fault of its own."""
    with transaction(connection):
        connection.execute(
            "UPDATE roster SET fault = ? WHERE student = ? AND exercise = ?",
            (why, student, exercise),
        )


def about(connection: sqlite3.Connection) -> dict[str, str]:
    """Return what the last run said of itself: version and isolation."""
    return dict(connection.execute("SELECT name, value FROM about"))


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do everything inside, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if found != FORMAT and (found or tables):
        raise GameError(
            f"{path} is not a gradebook of this version of balancegame; move it away, and "
            "balancegame grade writes a new one."
        )
    # Each commit then costs one write to disk, and readers never wait for the run.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    with transaction(connection):
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {FORMAT}")
