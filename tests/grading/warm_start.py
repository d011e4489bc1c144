"""Collecting processes that start at once: forked from one that has imported what they import.

A grader starts Python for each class. Tests grade classes by the hundred, and most of what that
takes is the import of pytest. ``test_two_graders.py`` and ``test_mixed_class.py`` start graders as
instructors do.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from balancegame.grading.isolation import fresh_interpreter
from tests.grading import warm_workers

_ROOM = 2**20
_MOST_TESTS_IMPORT = (
    "balancegame.grading.run.collecting",
    "balancegame.grading.run.grading_process",
    "balancegame.models",
    "balancegame.solvers.regimes",
    "balancegame.solvers.verify",
)


class WarmStart:
    """Stands in for ``subprocess`` where a grader starts a process that collects."""

    DEVNULL = subprocess.DEVNULL

    def __init__(self):
        self._alone = threading.Lock()
        self._line = None
        self._server = None

    def Popen(self, command, *, env, pass_fds, **_):
        """Return a process that does what the command does, but was forked."""
        order = {"told": json.loads(command[-1]), "cwd": str(Path.cwd()), "env": env}
        return _Forked(self, self.ask(order, *pass_fds, 2))

    def ask(self, order, *descriptors):
        """Send an order to the process that forks, which is started first, and return its reply."""
        with self._alone:
            if self._server is None:
                self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
                with theirs:
                    self._server = subprocess.Popen(
                        [sys.executable, "-m", "tests.grading.warm_start", str(theirs.fileno())],
                        cwd=Path(__file__).parents[2],
                        pass_fds=[theirs.fileno()],
                    )
            socket.send_fds(self._line, [json.dumps(order).encode()], descriptors)
            return json.loads(self._line.recv(_ROOM))

    def close(self):
        """End the process that forks."""
        if self._server is not None:
            self._line.close()
            self._server.wait(60)


class _Forked:
    """What a grader asks of its collecting process."""

    def __init__(self, start, pid):
        self._start = start
        self.pid = pid
        self.returncode = None

    def poll(self):
        return self._ended(os.WNOHANG)

    def wait(self):
        return self._ended(0)

    def kill(self):
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, 9)

    def _ended(self, options):
        if self.returncode is None:
            self.returncode = self._start.ask({"wait": self.pid, "options": options})
        return self.returncode


def _serve(descriptor):
    for name in _MOST_TESTS_IMPORT:
        import_module(name)
    fresh_interpreter.subprocess = warm_workers
    _draw()
    with socket.socket(fileno=descriptor) as line:
        while True:
            text, handles, _, _ = socket.recv_fds(line, _ROOM, 2)
            if not text:
                return
            order = json.loads(text)
            if "wait" in order:
                pid, status = os.waitpid(order["wait"], order["options"])
                reply = os.waitstatus_to_exitcode(status) if pid else None
            elif not (reply := os.fork()):
                line.close()
                _collect(order, *handles)
            for handle in handles:
                os.close(handle)
            line.send(json.dumps(reply).encode())


def _draw():
    """Let Hypothesis draw once: before its first number it reads all the modules that are ours."""
    from hypothesis import given, settings, strategies

    @settings(max_examples=1, database=None)
    @given(strategies.integers(0, 10**6))
    def nothing(number):
        pass

    nothing()


def _collect(order, line, errors):
    """Be what the command would be: a process of that environment and folder, which collects."""
    try:
        os.dup2(errors, 2)
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1):
            os.dup2(nothing, descriptor)
        for descriptor in (errors, nothing):
            os.close(descriptor)
        os.chdir(order["cwd"])
        os.environ.clear()
        os.environ.update(order["env"])
        sys.path[:], tests, _ = order["told"]
        from balancegame.grading.run.collecting import serve

        serve(tests, line)
    finally:
        os._exit(1)


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
