"""Workers of the process tier, which runs everywhere: a fresh interpreter for each submission."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from balancegame.grading.isolation.channel import (
    CHUNK,
    Channel,
    InfrastructureFault,
    Silent,
    Worker,
)
from balancegame.grading.isolation.environment import ENVIRONMENT
from balancegame.grading.isolation.library import PACKAGE, Library
from balancegame.grading.worker.wire import Unreadable

_START_SECONDS = 60.0


@dataclass(frozen=True)
class _Process:
    channel: Channel
    popen: subprocess.Popen[bytes]
    scratch: TemporaryDirectory[str] | None

    def end(self) -> None:
        # Its process group goes with it; a grandchild that left the group stays behind.
        if sys.platform != "win32":
            with suppress(OSError):
                os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.kill()
        self.popen.wait()
        self.channel.close()
        if self.scratch is not None:
            self.scratch.cleanup()


def start_process(opened: Library, folder: Path | None = None) -> Worker:
    """Start a fresh interpreter, in a folder or in an empty one of its own."""
    scratch = TemporaryDirectory(ignore_cleanup_errors=True) if folder is None else None
    place = str(folder) if scratch is None else scratch.name
    package = str(PACKAGE.parent)
    settings = {"package": package, "roots": opened.roots, "modules": opened.modules}
    program = str(PACKAGE / "grading" / "worker" / "__main__.py")
    environment = {**ENVIRONMENT, "HOME": place, "TMPDIR": place}
    if "SYSTEMROOT" in os.environ:
        environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    launch = _launched_on_pipes if sys.platform == "win32" else _launched_on_a_socket
    try:
        line, popen = launch(
            [sys.executable, "-I", "-S", program, json.dumps(settings)],
            stderr=subprocess.DEVNULL,
            cwd=place,
            env=environment,
        )
    except OSError as error:
        raise InfrastructureFault(f"no worker could be started: {error}") from error
    worker = _Process(Channel(line), popen, scratch)
    try:
        # An interpreter that is slow to start costs the student nothing.
        worker.channel.ask({"cells": [""]}, _START_SECONDS)
    except (Silent, Unreadable):
        worker.end()
        raise InfrastructureFault("a worker did not start.") from None
    return worker


def _launched_on_a_socket(
    command: list[str], **options: Any
) -> tuple[socket.socket, subprocess.Popen[bytes]]:
    ours, theirs = socket.socketpair()
    with theirs:
        end = theirs.fileno()
        popen = subprocess.Popen(command, stdin=end, stdout=end, start_new_session=True, **options)
    return ours, popen


def _launched_on_pipes(
    command: list[str], **options: Any
) -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """Launch where processes inherit no sockets: two threads carry what goes to and fro.

    A pipe cannot be read or written with a deadline, but the socket at this end can.
    """
    popen = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **options)
    assert popen.stdin is not None
    assert popen.stdout is not None
    ours, bridge = socket.socketpair()
    requests = partial(bridge.recv, CHUNK), popen.stdin
    # Endless output fills socket and pipe, not the grader's memory.
    replies = partial(os.read, popen.stdout.fileno(), CHUNK), bridge.makefile("wb")
    for source, target in (requests, replies):
        threading.Thread(target=_carry, args=(source, target, bridge), daemon=True).start()
    return ours, popen


def _carry(source: Callable[[], bytes], target: IO[bytes], bridge: socket.socket) -> None:
    with suppress(OSError, ValueError), target:
        while piece := source():
            target.write(piece)
            target.flush()
    # Whoever waits at the other end learns that nothing more comes.
    with suppress(OSError):
        bridge.shutdown(socket.SHUT_RDWR)
