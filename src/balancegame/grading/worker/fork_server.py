"""A clean process that starts workers by forking: nothing of tests or answers is in its memory.

It runs inside bubblewrap, has imported numpy once for all, and forks twice for each submission.
The first child makes fresh namespaces, the second is their first process: when it is killed, the
kernel kills everything in them, whatever it did to get away.
"""

from __future__ import annotations

import gc
import importlib
import os
import socket
from contextlib import suppress
from typing import Any

from balancegame.grading.worker.confinement import confine, enter_namespaces
from balancegame.grading.worker.limits import limit
from balancegame.grading.worker.service import serve, silence

__all__ = ["serve_forks"]

READY, FAILED = b"+", b"-"


def serve_forks(settings: dict[str, Any]) -> None:
    """Fork one worker for each socket that comes over the control socket, until it closes.

    Parameters
    ----------
    settings : dict
        ``control``, the descriptor of the control socket; ``preload``, modules to import once.
    """
    for name in settings["preload"]:
        importlib.import_module(name)
    # A collection in each child would copy every page that it shares with the others.
    gc.collect()
    gc.freeze()
    silence()
    with socket.socket(fileno=settings["control"]) as control:
        control.send(READY)
        while True:
            word, descriptors, _, _ = socket.recv_fds(control, 1, 1)
            if not word:
                return
            child = os.fork()
            if child == 0:
                control.close()
                _become_parent_of_worker(descriptors[0])
            os.close(descriptors[0])
            os.waitpid(child, 0)


def _become_parent_of_worker(descriptor: int) -> None:
    line = socket.socket(fileno=descriptor)
    try:
        enter_namespaces()
        worker = os.fork()
        if worker:
            # The grader kills by this, which no process in between can lose or mistake.
            handle = os.pidfd_open(worker)
            socket.send_fds(line, [READY], [handle])
            os._exit(0)
    except BaseException as error:
        with suppress(OSError):
            line.send(FAILED + f"{type(error).__name__}: {error}".encode())
        os._exit(1)
    _become_worker(line)


def _become_worker(line: socket.socket) -> None:
    try:
        os.dup2(line.fileno(), 3)
        os.closerange(4, 1024)
        line.detach()
        limit()
        confine()
        # The grader waits for this, and sends no student's code before.
        os.write(3, READY)
        serve(os.fdopen(3, "rb"), os.fdopen(os.dup(3), "wb"))
    finally:
        os._exit(0)
