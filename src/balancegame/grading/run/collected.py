"""A process that collects tests, begun before whoever needs it has imported what else it needs."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

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


# What tests may meet in another state than where Python has just started.
_MET_BY_TESTS = ("_pytest", "hypothesis", "numpy")


class _Process(Protocol):
    """A process that collects, as far as it is looked after."""

    pid: int

    def poll(self) -> int | None:
        """Return how it has ended, None if it has not."""

    def kill(self) -> None:
        """Kill it if it is still there."""

    def wait(self) -> int:
        """Wait until it has ended, and return how."""


class _Fork:
    """A process that is forked from this one: what is imported here is there already."""

    def __init__(self, tests: Sequence[str], line: socket.socket, other: socket.socket) -> None:
        self._ended: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            _collect(tests, line, other)

    def poll(self) -> int | None:
        """Return how it has ended, None if it has not."""
        return self._status(os.WNOHANG)

    def kill(self) -> None:
        """Kill it if it is still there."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Wait until it has ended, and return how."""
        ended = self._status(0)
        assert ended is not None
        return ended

    def _status(self, options: int) -> int | None:
        if self._ended is None:
            try:
                process, status = os.waitpid(self.pid, options)
            except ChildProcessError:
                # Whoever started us ignores SIGCHLD: nobody hears how a process has ended.
                process, status = self.pid, 0
            self._ended = os.waitstatus_to_exitcode(status) if process else None
        return self._ended


def _collect(tests: Sequence[str], line: socket.socket, other: socket.socket) -> None:
    """Become a process that collects, as :func:`_started` starts one."""
    try:
        # Whoever is at the other end must be the only one there.
        other.close()
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1):
            os.dup2(nothing, descriptor)
        os.close(nothing)
        os.environ.update({**THREADS, **os.environ})
        from balancegame.grading.run.collecting import serve

        serve(tests, line.detach())
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(1)


def _started(tests: Sequence[str], line: socket.socket, _: socket.socket) -> _Process:
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, json.dumps([sys.path, tests, line.fileno()])],
        pass_fds=[line.fileno()],
        stdin=subprocess.DEVNULL,
        # What tests print belongs to nobody; a progress bar must not be torn by it.
        stdout=subprocess.DEVNULL,
        # A BLAS with threads of its own would not survive a fork.
        env={**THREADS, **os.environ},
    )


_Start = Callable[[Sequence[str], socket.socket, socket.socket], _Process]


class Collected:
    """A process that collects some tests and is then forked, once for each grading process.

    It is started afresh, or in another way that is given.
    """

    def __init__(self, tests: Sequence[Path], start: _Start = _started) -> None:
        self.tests = tuple(tests)
        self._line, theirs = socket.socketpair()
        with theirs:
            self._process = start([*map(str, tests)], theirs, self._line)

    @property
    def process(self) -> int:
        """The number of the process."""
        return self._process.pid

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
        return self._process.poll() is None

    def fork(self, control: socket.socket | None) -> Connection:
        """Return the line to a new grading process, which may order workers over a socket."""
        from multiprocessing.connection import Connection

        ours, theirs = socket.socketpair()
        with theirs:
            handles = [theirs.fileno(), *([control.fileno()] if control is not None else [])]
            socket.send_fds(self._line, [b"f"], handles)
        return Connection(ours.detach())

    def end(self) -> None:
        """Let it end, and all grading processes with it, whatever they are doing."""
        self._line.close()
        self._process.kill()

    def close(self) -> None:
        """End it, and see that it has ended."""
        self.end()
        self._process.wait()


# What was begun before it was needed.
_begun: list[Collected] = []


def begin_to_collect(exercises: Path, only: Sequence[str]) -> None:
    """Begin to collect tests for :func:`.open_engine`, while whoever needs it does something else.

    Nothing comes of it where they cannot be collected; ``open_engine`` says why.
    """
    with suppress(GameError):
        folder = exercises.resolve()
        tests = tests_of(exercises_meant(only, folder), folder)
        if can_fork():
            begin(tests, _Fork if _has_just_started() else _started)


def begin(tests: tuple[Path, ...], start: _Start = _started) -> None:
    """Begin to collect tests unless that is begun."""
    if can_fork() and all(begun.tests != tests for begun in _begun):
        _begun.append(Collected(tests, start))


def _has_just_started() -> bool:
    """Return whether a fork of this process is as good as one that is started afresh."""
    threads = Path("/proc/self/task").iterdir()
    return (
        len([*threads]) == 1
        and not sys.flags.optimize
        and sys.modules.keys().isdisjoint(_MET_BY_TESTS)
    )


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
