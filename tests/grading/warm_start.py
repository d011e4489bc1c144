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
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from balancegame.grading.isolation import fresh_interpreter
from balancegame.grading.run import collecting, grading_process
from tests import begun_hypothesis
from tests.grading import warm_workers

_ROOM = 2**20
_KEPT = 2
_MOST_TESTS_IMPORT = (
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
    begun_hypothesis.begin()
    with socket.socket(fileno=descriptor) as line:
        _take_orders(line, _Nests())


def _take_orders(line, forks):
    """Fork processes that collect, and wait for them, until nobody gives orders any more."""
    while True:
        text, handles, _, _ = socket.recv_fds(line, _ROOM, 2)
        if not text:
            return
        order = json.loads(text)
        reply = forks.wait(order) if "wait" in order else forks.fork(order, handles, line)
        for handle in handles:
            os.close(handle)
        line.send(json.dumps(reply).encode())


class _Forks:
    """Processes that are forked from this one."""

    def fork(self, order, handles, *lines):
        if pid := os.fork():
            return pid
        for line in lines:
            line.close()
        _collect(order, *handles)
        raise AssertionError

    def wait(self, order):
        pid, status = os.waitpid(order["wait"], order["options"])
        return os.waitstatus_to_exitcode(status) if pid else None


class _Nests(_Forks):
    """Processes that have collected some tests, each forked where these are collected again.

    The last few are kept, and others as long as what was forked from them is there.
    """

    def __init__(self):
        self._lines = {}
        self._left = {}

    def fork(self, order, handles, *lines):
        key = _what_is_collected(order)
        if key not in self._lines:
            self._lines[key] = self._nest(order, handles, *lines)
        nest = self._lines[key] = self._lines.pop(key)
        pid = _asked(nest, order, handles)
        if pid is None:
            # It ended as it collected, and so will this one.
            self._lines.pop(key).close()
            return super().fork(order, handles, *lines, *self._lines.values())
        self._left[pid] = nest
        for old in [*self._lines][:-_KEPT]:
            if self._lines[old] not in self._left.values():
                self._lines.pop(old).close()
        return pid

    def wait(self, order):
        nest = self._left.get(order["wait"])
        if nest is None:
            return super().wait(order)
        code = _asked(nest, order)
        if code is not None:
            del self._left[order["wait"]]
        return code

    def _nest(self, order, handles, *lines):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            if os.fork() == 0:
                for line in (ours, *lines, *self._lines.values()):
                    line.close()
                _collect_for_others(order, theirs, *handles)
        return ours


def _asked(nest, order, handles=()):
    with suppress(OSError):
        socket.send_fds(nest, [json.dumps(order).encode()], handles)
        if said := nest.recv(_ROOM):
            return json.loads(said)
    return None


def _what_is_collected(order):
    """Return what tells tests from others: where they are, and what lies beside them."""
    path, tests, _ = order["told"]
    # Which of our tests has them collected is told them, too.
    env = {name: text for name, text in order["env"].items() if name != "PYTEST_CURRENT_TEST"}
    seen = sha256(json.dumps([path, tests, env]).encode())
    for file in sorted(Path(tests[0]).parent.iterdir()):
        if file.is_file():
            seen.update(file.name.encode() + b"\0" + sha256(file.read_bytes()).digest())
    return seen.hexdigest()


def _collect_for_others(order, theirs, line, errors):
    """Collect, and fork processes that then need not."""
    try:
        os.close(line)
        _settle(order, errors)
        paths = tuple(map(Path, order["told"][1]))
        with suppress(BaseException):
            grading_process.collect(paths)
            grading_process.rehearse(paths)
            grading_process.rehearse = lambda tests: None
        _take_orders(theirs, _Forks())
    finally:
        os._exit(1)


def _collect(order, line, errors):
    """Be what the command would be: a process of that environment and folder, which collects."""
    try:
        _settle(order, errors)
        collecting.serve(order["told"][1], line)
    finally:
        os._exit(1)


def _settle(order, errors):
    os.dup2(errors, 2)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nothing, descriptor)
    for descriptor in (errors, nothing):
        os.close(descriptor)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    sys.path[:] = order["told"][0]


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
