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
from balancegame.grading.worker.limits import limit

READY, FAILED = b"+", b"-"


def serve_forks(settings: dict[str, Any]) -> None:
    """Fork one worker for each socket that comes over the control socket, until it closes.

    The settings are ``control``, the descriptor of the control socket; ``preload``, modules to
    import once; ``system_calls``, the filter of system calls in hexadecimal digits.
    """
    system_calls = bytes.fromhex(settings["system_calls"])
    for name in settings["preload"]:
        importlib.import_module(name)
    rehearse()
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
            _become_worker(line, system_calls)
        # The grader kills by this, which no process in between can lose or mistake.
        handle = os.pidfd_open(worker)
        try:
            socket.send_fds(line, [READY], [handle])
        finally:
            os.close(handle)
    except OSError as error:
        _report(line, error)


def _become_worker(line: socket.socket, system_calls: bytes) -> None:
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(line.fileno(), 3)
        close_from(4)
        line.detach()
        line = socket.socket(fileno=3)
        try:
            # Opened afresh: whoever shares an open file sees what the others do with it.
            silence()
            limit()
            confine(system_calls)
        except BaseException as error:
            _report(line, error)
            raise
        # The grader waits for this, and sends no student's code before.
        os.write(line.fileno(), READY)
        line.detach()
        serve(os.fdopen(3, "rb"), os.fdopen(os.dup(3), "wb"))
    finally:
        os._exit(0)


def _report(line: socket.socket, error: BaseException) -> None:
    with suppress(OSError):
        line.send(FAILED + f"{type(error).__name__}: {error}".encode())
