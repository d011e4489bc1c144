"""A clean process that starts workers by forking: nothing of tests or answers is in its memory.

It runs inside bubblewrap, has imported once for all what many need, and forks once for each
submission. The child is the first process of a process namespace of its own: when it is killed, the
kernel kills everything in it, whatever it did to get away.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import socket
from contextlib import suppress
from typing import Any

from balancegame.grading.worker.answering import rehearse, serve, silence
from balancegame.grading.worker.confinement import close_from, confine, fork_first_process, seal
from balancegame.grading.worker.landlock import version
from balancegame.grading.worker.limits import limit, limits

READY, FAILED = b"+", b"-"

_LINE = 3


def serve_forks(settings: dict[str, Any]) -> None:
    """Fork one worker for each socket that comes over the control socket, until it closes.

    The settings are ``control``, the descriptor of the control socket; ``preload``, modules to
    import once; ``system_calls``, the filter of system calls in hexadecimal digits.
    """
    system_calls = bytes.fromhex(settings["system_calls"])
    for name in settings["preload"]:
        importlib.import_module(name)
    rehearse()
    # Looked up once, for all workers.
    limits()
    version()
    seal()
    silence()
    # The kernel buries the workers that end: nobody waits for them here.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    # A collection in each child would copy every page that it shares with the others.
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=settings["control"]) as control:
        control.send(READY)
        while True:
            word, descriptors, _, _ = socket.recv_fds(control, 1, 1)
            if not word:
                return
            with socket.socket(fileno=descriptors[0]) as line:
                _start_worker(line, system_calls)


def _start_worker(line: socket.socket, system_calls: bytes) -> None:
    try:
        worker = fork_first_process()
        if worker == 0:
            _become_worker(line.fileno(), system_calls)
        # The grader kills by this, which no process in between can lose or mistake.
        handle = os.pidfd_open(worker)
        try:
            socket.send_fds(line, [READY], [handle])
        finally:
            os.close(handle)
    except OSError as error:
        _report(line.fileno(), error)


def _become_worker(line: int, system_calls: bytes) -> None:
    # Each object that is touched here costs every submission a copy of the memory around it.
    try:
        os.dup2(line, _LINE)
        close_from(_LINE + 1)
        try:
            # Opened afresh: whoever shares an open file sees what the others do with it.
            silence()
            limit()
            confine(system_calls)
        except BaseException as error:
            _report(_LINE, error)
            raise
        # The grader waits for this, and sends no student's code before.
        os.write(_LINE, READY)
        serve(os.fdopen(_LINE, "rb"), os.fdopen(os.dup(_LINE), "wb"))
    finally:
        os._exit(0)


def _report(line: int, error: BaseException) -> None:
    with suppress(OSError):
        os.write(line, FAILED + f"{type(error).__name__}: {error}".encode())
