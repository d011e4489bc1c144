"""A process that collects tests, begun before whoever needs it has imported what else it needs."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from balancegame.errors import GameError
from balancegame.grading.isolation.environment import THREADS
from balancegame.grading.run.exercise_files import exercises_meant, tests_of

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from balancegame.grading.exercise.criterion import Criterion

_PROGRAM = (
    "import json, sys; path, tests, line = json.loads(sys.argv[1]); sys.path[:] = path; "
    "from balancegame.grading.run.collecting import serve; serve(tests, line)"
)


class Collected:
    """A process that collects some tests and is then forked, once for each grading process."""

    def __init__(self, tests: Sequence[Path]) -> None:
        self.tests = tuple(tests)
        self._line, theirs = socket.socketpair()
        told = json.dumps([sys.path, [*map(str, tests)], theirs.fileno()])
        with theirs:
            self._popen = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM, told],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                # What tests print belongs to nobody; a progress bar must not be torn by it.
                stdout=subprocess.DEVNULL,
                # A BLAS with threads of its own would not survive a fork.
                env={**THREADS, **os.environ},
            )

    @property
    def process(self) -> int:
        """The number of the process."""
        return self._popen.pid

    def manifest(self) -> dict[str, tuple[Criterion, ...]]:
        """Return the criteria of each exercise, once; a GameError says if there are none."""
        import pickle
        from multiprocessing.connection import Connection

        try:
            with Connection(os.dup(self._line.fileno())) as said:
                found = pickle.loads(said.recv_bytes())
        except (EOFError, OSError):
            names = ", ".join(path.name for path in self.tests)
            raise GameError(f"Python ended while it read the tests in {names}.") from None
        if isinstance(found, GameError):
            raise found
        return dict(found)

    @property
    def is_there(self) -> bool:
        """Whether it can still be forked."""
        return self._popen.poll() is None

    def fork(self, control: socket.socket | None) -> Connection:
        """Return the line to a new grading process, which may order workers over a socket."""
        from multiprocessing.connection import Connection

        ours, theirs = socket.socketpair()
        with theirs:
            handles = [theirs.fileno(), *([control.fileno()] if control is not None else [])]
            socket.send_fds(self._line, [b"f"], handles)
        return Connection(ours.detach())

    def close(self) -> None:
        """End it, and all grading processes with it."""
        self._line.close()
        self._popen.kill()
        self._popen.wait()


# What was begun before it was needed.
_begun: list[Collected] = []


def begin_to_collect(exercises: Path, only: Sequence[str]) -> None:
    """Begin to collect tests for :func:`.open_engine`, while whoever needs it does something else.

    Nothing comes of it where they cannot be collected; ``open_engine`` says why.
    """
    with suppress(GameError):
        folder = exercises.resolve()
        begin(tests_of(exercises_meant(only, folder), folder))


def begin(tests: tuple[Path, ...]) -> None:
    """Begin to collect tests unless that is begun."""
    if can_fork() and all(begun.tests != tests for begun in _begun):
        _begun.append(Collected(tests))


def collected(tests: tuple[Path, ...]) -> Collected:
    """Return what was begun, or begin."""
    while _begun:
        begun = _begun.pop()
        if begun.tests == tests:
            return begun
        begun.close()
    return Collected(tests)


def can_fork() -> bool:
    """Return whether grading processes are forked here."""
    return sys.platform == "linux"
