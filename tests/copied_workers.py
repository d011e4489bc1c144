"""Processes of pytest-xdist that start at once: copies of one that has imported all tests.

Each of them would otherwise import everything for itself, which takes longer than a hundred tests.
Where no process can be copied safely, or the one that would be copied has ended, they start as
usual.
"""

import atexit
import gc
import os
import select
import shlex
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
ASKS = Path(__file__).with_name("ask_for_a_worker.py")
SERVES = "from tests.copied_workers import serve; serve()"
_is_copy = False


def is_copy():
    """Return whether this process is a copy."""
    return _is_copy


@contextmanager
def copied_workers(places):
    """Offer copies that have imported the tests in some files and folders, until the block ends.

    Give the command that stands in for Python where a process is started.
    """
    # A path in a folder of pytest's own may be too long for a socket.
    with TemporaryDirectory(prefix="balancegame-") as folder:
        path = Path(folder, "door")
        with socket.socket(socket.AF_UNIX) as door:
            door.bind(str(path))
            door.listen()
            process = subprocess.Popen(
                [sys.executable, "-c", SERVES, str(door.fileno()), str(Path.cwd()), *places],
                pass_fds=[door.fileno()],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                cwd=REPOSITORY,
            )
        try:
            yield shlex.join([sys.executable, "-IS", str(ASKS), str(path)])
        finally:
            process.stdin.close()
            process.wait()


class _OnlyImport:
    """Has pytest import tests, which it rewrites then, and collect nothing."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session):
        folders = [Path(place.partition("::")[0]) for place in session.config.args]
        files = sorted({file for folder in folders for file in _tests_in(folder)})
        # pytest compiles each file once and keeps it: from both ends it is done in half the time.
        other = os.fork()
        for file in files if other else reversed(files):
            # What cannot be imported is told when it is collected.
            with suppress(Exception, pytest.skip.Exception):
                import_module(".".join(file.relative_to(REPOSITORY).with_suffix("").parts))
        if not other:
            os._exit(0)
        os.kill(other, signal.SIGKILL)
        os.waitpid(other, 0)
        # What is imported before pytest starts is not rewritten, of which pytest complains.
        from tests import begun_hypothesis

        begun_hypothesis.begin()
        return True


def _tests_in(place):
    return place.rglob("test_*.py") if place.is_dir() else [place]


def serve():
    """Copy this process for whoever asks, until its parent lets go of it or ends."""
    _end_at_once()
    # Control-C reaches the parent, too.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    number, folder, *places = sys.argv[1:]
    with socket.socket(fileno=int(number)) as door:
        pytest.main(["-n0", "--collect-only", "-p", "no:cacheprovider", *places], [_OnlyImport()])
        os.chdir(folder)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        # To look for garbage in what is shared would copy it, too.
        gc.disable()
        gc.freeze()
        while True:
            heard = select.select([door, sys.stdin], [], [])[0]
            if sys.stdin in heard:
                return
            asked, _ = door.accept()
            if os.fork() == 0:
                break
            asked.close()
    _become_a_worker(asked)


def _end_at_once():
    """Take nothing apart when this process ends: what will be registered from now on is done first.

    Memory that is shared until then would be copied to be freed.
    """
    own = os.getpid()
    atexit.register(lambda: os._exit(0) if os.getpid() == own else None)


def _become_a_worker(asked):
    global _is_copy
    _is_copy = True
    _end_at_once()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _, descriptors, _, _ = socket.recv_fds(asked, 1, 3)
    for descriptor, usual in zip(descriptors, (0, 1, 2), strict=True):
        os.dup2(descriptor, usual)
        os.close(descriptor)
    asked.send(b"+")
    sys.argv[1:] = []
    # What "python -c" would do with the code that execnet gives it.
    exec(eval(sys.stdin.readline()), {"__name__": "__main__"})
