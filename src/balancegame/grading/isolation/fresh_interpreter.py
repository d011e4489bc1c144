"""Workers of the process tier, which runs everywhere: a fresh interpreter for each submission."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from balancegame.grading.isolation.channel import (
    Channel,
    InfrastructureFault,
    PipeLine,
    SocketLine,
    Worker,
)
from balancegame.grading.isolation.library import PACKAGE, Library

# A BLAS that starts threads keeps a process from entering namespaces, and graders need their cores.
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "MPLBACKEND": "agg",
    "MKL_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
"""All that a worker's environment holds besides folders."""


@dataclass(frozen=True)
class _Process:
    channel: Channel
    popen: subprocess.Popen[bytes]
    scratch: TemporaryDirectory[str] | None

    def end(self) -> None:
        # Its process group goes with it; a grandchild that left the group stays behind.
        with suppress(OSError):
            if sys.platform == "win32":
                self.popen.kill()
            else:
                os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait()
        self.channel.close()
        if self.scratch is not None:
            self.scratch.cleanup()


def start_process(opened: Library, folder: Path | None = None) -> Worker:
    """Start a fresh interpreter, in a folder or in an empty one of its own."""
    scratch = TemporaryDirectory(ignore_cleanup_errors=True) if folder is None else None
    place = str(folder) if scratch is None else scratch.name
    settings = {
        "package": str(PACKAGE.parent),
        "roots": opened.roots,
        "modules": opened.modules,
    }
    program = str(PACKAGE / "grading" / "worker" / "__main__.py")
    environment = {**ENVIRONMENT, "HOME": place, "TMPDIR": place}
    if "SYSTEMROOT" in os.environ:
        environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    launch = _launched_on_pipes if sys.platform == "win32" else _launched_on_a_socket
    try:
        channel, popen = launch(
            [sys.executable, "-I", "-S", program, json.dumps(settings)],
            stderr=subprocess.DEVNULL,
            cwd=place,
            env=environment,
        )
    except OSError as error:
        raise InfrastructureFault(f"no worker could be started: {error}") from error
    return _Process(channel, popen, scratch)


def _launched_on_pipes(
    command: list[str], **options: Any
) -> tuple[Channel, subprocess.Popen[bytes]]:
    popen = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **options)
    assert popen.stdin is not None
    assert popen.stdout is not None
    return Channel(PipeLine(popen.stdin, popen.stdout)), popen


def _launched_on_a_socket(
    command: list[str], **options: Any
) -> tuple[Channel, subprocess.Popen[bytes]]:
    ours, theirs = socket.socketpair()
    with theirs:
        popen = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, start_new_session=True, **options
        )
    return Channel(SocketLine(ours)), popen
