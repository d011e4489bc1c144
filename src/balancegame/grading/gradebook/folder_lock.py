"""One command at a time in the folder of a gradebook: the second is told who is at work there.

The lock is SQLite's own, on a file beside the gradebook. The system lets go of it when the process
ends, however it ends.
"""

from __future__ import annotations

import getpass
import os
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from balancegame.errors import GameError

LOCK = "gradebook.lock"

# Long enough for whoever has just come to write down who they are.
_PATIENCE = 0.5


@contextmanager
def alone_in(folder: Path, lock: str = LOCK) -> Iterator[None]:
    """Keep all other commands that write there out of a folder, or say who is at work in it.

    They know each other by the name of a file.
    """
    try:
        connection = sqlite3.connect(folder / lock, timeout=_PATIENCE, isolation_level=None)
    except sqlite3.Error as error:
        raise _unusable(folder / lock, error) from None
    with closing(connection):
        try:
            _take(connection)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise _unusable(folder / lock, error) from None
            raise GameError(
                f"the folder {folder} is in use by {_holder(connection)}; wait until that is done."
            ) from None
        yield


def _take(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE IF NOT EXISTS holder (name TEXT)")
    connection.execute("DELETE FROM holder")
    connection.execute("INSERT INTO holder VALUES (?)", (_myself(),))
    connection.execute("COMMIT")
    # Who waits may still read, which a lock for writing allows.
    connection.execute("BEGIN IMMEDIATE")


def _myself() -> str:
    user = "an unknown user"
    with suppress(OSError, KeyError, ImportError):
        user = getpass.getuser()
    since = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S %Z").strip()
    return f"process {os.getpid()} of {user} on {socket.gethostname()}, since {since}"


def _holder(connection: sqlite3.Connection) -> str:
    with suppress(sqlite3.Error):
        for (name,) in connection.execute("SELECT name FROM holder"):
            return str(name)
    return "another balancegame command"


def _unusable(lock: Path, error: sqlite3.Error) -> GameError:
    return GameError(
        f"the file {lock} cannot be used ({error}); see that the folder can be written, "
        "or delete the file if nobody is grading."
    )
