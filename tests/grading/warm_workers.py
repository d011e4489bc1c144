"""Workers of the process tier that start at once: forked from one that has got ready.

A grader starts Python for each worker of this tier. Tests ask workers by the thousand, and most of
what that takes is to start Python and to import what a worker consists of. Each process that starts
workers has one that forks them, and so leaves them to it that they are its own children, in whose
memory is what would be there anyway.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path

_PROGRAM = Path(__file__).with_name("worker_that_forks.py")
_ROOM = 100

DEVNULL, PIPE = subprocess.DEVNULL, subprocess.PIPE


def Popen(command, *, stdin, cwd, env, **options):
    """Return a process that does what the command does, but was forked if this system can do so."""
    pid = None
    if stdin != PIPE:
        pid = _forking(tuple(command), os.getpid()).fork(stdin, {"cwd": cwd, "env": env})
    if pid is None:
        return subprocess.Popen(command, stdin=stdin, cwd=cwd, env=env, **options)
    return Forked(pid)


@cache
def _forking(command, process):
    return _Forking(command)


class _Forking:
    """A worker that has got ready, and what is told to it."""

    def __init__(self, command):
        self._alone = threading.Lock()
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        *python, program, settings = command
        with theirs:
            self._popen = subprocess.Popen(
                [*python, str(_PROGRAM), program, settings, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=DEVNULL,
                stdout=DEVNULL,
                stderr=DEVNULL,
                start_new_session=True,
            )

    def fork(self, line, order):
        """Return the number of a new worker at a line, or None if none can be forked."""
        with self._alone, suppress(OSError):
            socket.send_fds(self._line, [json.dumps(order).encode()], [line])
            if said := self._line.recv(_ROOM):
                return int(said)
        return None


class Forked:
    """What is asked of the process of a worker."""

    def __init__(self, pid):
        self.pid = pid
        self._is_there = True

    def kill(self):
        if self._is_there:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def wait(self):
        if self._is_there:
            self._is_there = False
            os.waitpid(self.pid, 0)
