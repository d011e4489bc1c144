"""Workers of the process tier that start at once: forked from one that has got ready.

A grader starts Python for each worker of this tier. Tests ask workers by the thousand, and most of
what that takes is to start Python and to import what a worker consists of. Here each grader has a
process that forks workers for it. They are children of the grader, as those that it starts are, and
nothing else is in their memory; ``test_warm_workers.py`` sees to that.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

_PROGRAM = Path(__file__).with_name("worker_that_forks.py")
_ROOM = 100

DEVNULL, PIPE = subprocess.DEVNULL, subprocess.PIPE


def Popen(command, *, stdin, cwd, env, **options):
    """Return a process that does what the command does, but was forked if this system can do so."""
    pid = None
    if sys.platform == "linux" and stdin != PIPE:
        common = tuple((n, text) for n, text in env.items() if n not in {"HOME", "TMPDIR"})
        forking = _forking(tuple(command), common, _lender or os.getpid())
        pid = forking.fork(stdin, {"cwd": cwd, "env": env})
    if pid is None:
        return subprocess.Popen(command, stdin=stdin, cwd=cwd, env=env, **options)
    return Forked(pid)


def lend():
    """Let all who are forked from this process use what forks workers for it.

    These workers are children of this process, for tests in which nobody looks at whose they are.
    """
    global _lender
    _lender = os.getpid()


_lender = None


@cache
def _forking(command, environment, process):
    return _Forking(command, dict(environment))


class _Forking:
    """A worker that has got ready, and what is told to it."""

    def __init__(self, command, environment):
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        *python, program, settings = command
        with theirs:
            self._popen = subprocess.Popen(
                [*python, str(_PROGRAM), program, settings, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=DEVNULL,
                stdout=DEVNULL,
                stderr=DEVNULL,
                env=environment,
                start_new_session=True,
            )

    def fork(self, line, order):
        """Return the number of a new worker at a line, or None if none can be forked."""
        # Several processes may give orders, and each has a line of its own for the reply.
        told, telling = socket.socketpair()
        with told, suppress(OSError):
            with telling:
                handles = [line, telling.fileno()]
                socket.send_fds(self._line, [json.dumps(order).encode()], handles)
            if said := told.recv(_ROOM):
                return int(said)
        return None


class Forked:
    """What is asked of the process of a worker."""

    def __init__(self, pid):
        self.pid = pid
        self._handle = os.pidfd_open(pid)

    def kill(self):
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def wait(self):
        ended = select.poll()
        ended.register(self._handle, select.POLLIN)
        ended.poll()
        os.close(self._handle)
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
