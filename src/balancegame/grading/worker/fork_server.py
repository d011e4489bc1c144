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
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from balancegame.grading.worker.answering import fresh_module, rehearse, serve, silence
from balancegame.grading.worker.confinement import (
    Networks,
    fork_first_process,
    seal,
    way_into_confinement,
)
from balancegame.grading.worker.steps import FREE, Step, take

READY, FAILED = b"+", b"-"

_COLLECT_AFTER = 20_000
_LINE = FREE - 1
_HANDLE = socket.CMSG_SPACE(4)


def serve_forks(settings: dict[str, Any]) -> None:
    """Fork one worker for each socket that comes over the control socket, until it closes.

    The settings are ``control``, the descriptor of the control socket; ``preload``, modules to
    import once; ``system_calls``, the filter of system calls in hexadecimal digits.
    """
    for name in settings["preload"]:
        importlib.import_module(name)
    rehearse()
    way = way_into_confinement(bytes.fromhex(settings["system_calls"]))
    seal()
    silence()
    networks = Networks()
    control, line = _lines(settings["control"])
    begin = partial(serve, os.fdopen(_LINE, "rb"), os.fdopen(FREE, "wb"), fresh_module())
    # The kernel buries the workers that end: nobody waits for them here.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    # A collection in each child would copy every page that it shares with the others.
    gc.collect()
    gc.freeze()
    # Answers are many objects and few circles: to look for these every 700 objects takes long.
    gc.set_threshold(_COLLECT_AFTER)
    control.send(READY)
    while True:
        word, passed, _, _ = control.recvmsg(1, _HANDLE)
        if not word:
            return
        number = int.from_bytes(passed[0][2], sys.byteorder)
        os.dup2(number, _LINE)
        os.close(number)
        _start_worker(line, networks, way, begin)
        # Whoever is at the other end must hear when the worker ends.
        os.dup2(control.fileno(), _LINE)


def _lines(control: int) -> tuple[socket.socket, socket.socket]:
    """Return the control socket, and one for the line of each worker in turn.

    A number that is to be a worker's is open from now on, so that Python makes files for it: what
    is made here once, no worker makes for itself.
    """
    for number in (_LINE, FREE):
        os.dup2(control, number)
    if control <= FREE:
        control = os.dup(control)
    return socket.socket(fileno=control), socket.socket(
        socket.AF_UNIX, socket.SOCK_STREAM, 0, _LINE
    )


def _start_worker(
    line: socket.socket, networks: Networks, way: tuple[Step, ...], begin: Callable[[], None]
) -> None:
    # Each page that is written to here is copied, for a worker shares it: there are few.
    try:
        network = networks.enter()
        try:
            worker = fork_first_process()
            if worker == 0:
                _become_worker(way, begin)
            # The grader kills by this, which no process in between can lose or mistake.
            handle = os.pidfd_open(worker)
        except OSError:
            # Whoever may be in it keeps it alone.
            os.close(network)
            raise
        networks.leave(network, handle)
        sent = handle.to_bytes(4, sys.byteorder)
        line.sendmsg((READY,), ((socket.SOL_SOCKET, socket.SCM_RIGHTS, sent),))
    except OSError as error:
        _report(error)


def _become_worker(way: tuple[Step, ...], begin: Callable[[], None]) -> None:
    # Each object that is touched here costs every submission a copy of the memory around it.
    try:
        try:
            take(way)
        except BaseException as error:
            _report(error)
            raise
        # The grader waits for this, and sends no student's code before.
        os.write(_LINE, READY)
        os.dup(_LINE)
        begin()
    finally:
        os._exit(0)


def _report(error: BaseException) -> None:
    with suppress(OSError):
        os.write(_LINE, FAILED + f"{type(error).__name__}: {error}".encode())
