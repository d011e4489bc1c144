"""The line between the grader and a worker: one question, one answer, and a deadline."""

from __future__ import annotations

import json
import os
import queue
import secrets
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from time import monotonic
from typing import IO, Protocol

from balancegame.grading.worker.namespace import Reply
from balancegame.grading.worker.wire import MAX_LINE, Unreadable, parse

_CHUNK = 1 << 16


class Silent(Exception):  # noqa: N818 - what a worker does, not an error of the program
    """A worker that gave no answer: it ended, or its time ran out.

    Parameters
    ----------
    late : bool
        Whether its time ran out.
    """

    def __init__(self, late: bool) -> None:
        super().__init__()
        self.late = late


class InfrastructureFault(Exception):  # noqa: N818 - the name that callers know it by
    """Something failed that no submission is to blame for: try again, and score nothing."""


class Line(Protocol):
    """Bytes to and from a worker."""

    def send(self, data: bytes, seconds: float) -> None:
        """Send all of it; raise OSError if the worker has gone or does not listen."""

    def receive(self, seconds: float) -> bytes:
        """Return what comes next, nothing at the end; raise TimeoutError if nothing comes."""

    def close(self) -> None:
        """Hang up."""


class Channel:
    """One worker at the other end of a line. The worker is the student: believe nothing."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._received = b""
        self._number = ""
        self._awaited = 0

    def ask(self, request: Mapping[str, object], seconds: float, replies: int = 1) -> Reply:
        """Return the reply to a request, or the first of some replies.

        Raises
        ------
        Silent
            If none came in time.
        Unreadable
            If what came is not one well-formed reply to this very request.
        """
        deadline = monotonic() + seconds
        # Drawn only now, so that a reply written beforehand cannot carry it.
        self._number, self._awaited = secrets.token_hex(16), replies
        try:
            line = json.dumps({"id": self._number, **request}).encode() + b"\n"
            self._line.send(line, seconds)
        except TimeoutError:
            raise Silent(late=True) from None
        except OSError:
            raise Silent(late=False) from None
        return self.reply(deadline - monotonic())

    def reply(self, seconds: float) -> Reply:
        """Return the next reply to what was asked; see :meth:`ask`."""
        try:
            answer = parse(self._next_line(monotonic() + seconds))
        except TimeoutError:
            raise Silent(late=True) from None
        except OSError:
            raise Silent(late=False) from None
        self._awaited -= 1
        unasked = self._received and self._awaited <= 0
        if unasked or answer.pop("id", None) != self._number:
            raise Unreadable("it answers another question")
        return answer

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def _next_line(self, deadline: float) -> bytes:
        pieces = [self._received]
        length = len(self._received)
        while b"\n" not in pieces[-1]:
            left = deadline - monotonic()
            piece = self._line.receive(left) if left > 0 else None
            if piece is None:
                raise TimeoutError
            if not piece:
                raise ConnectionError
            pieces.append(piece)
            length += len(piece)
            if length > MAX_LINE:
                raise Unreadable("it is too long")
        line, _, self._received = b"".join(pieces).partition(b"\n")
        return line


class Worker(Protocol):
    """A process that runs one student's code."""

    @property
    def channel(self) -> Channel:
        """The line to it."""

    def end(self) -> None:
        """Kill it, with all that it started as far as the tier can."""


class SocketLine:
    """A line over a socket."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end

    def send(self, data: bytes, seconds: float) -> None:
        """Send all of it."""
        self._end.settimeout(seconds)
        self._end.sendall(data)

    def receive(self, seconds: float) -> bytes:
        """Return what comes next."""
        self._end.settimeout(seconds)
        return self._end.recv(_CHUNK)

    def close(self) -> None:
        """Hang up."""
        self._end.close()


class PipeLine:
    """A line over two pipes, for systems whose processes inherit no sockets.

    Such a pipe cannot be read or written with a deadline, but a thread can be waited for.
    """

    def __init__(self, requests: IO[bytes], replies: IO[bytes]) -> None:
        self._requests = requests
        # Bounded, so that endless output fills the pipe and not the grader's memory.
        self._pieces: queue.Queue[bytes] = queue.Queue(maxsize=32)
        threading.Thread(target=self._forward, args=(replies,), daemon=True).start()

    def send(self, data: bytes, seconds: float) -> None:
        """Send all of it."""
        failures: list[Exception] = []
        writer = threading.Thread(target=self._write, args=(data, failures), daemon=True)
        writer.start()
        writer.join(seconds)
        if failures:
            raise ConnectionError from failures[0]
        if writer.is_alive():
            raise TimeoutError

    def receive(self, seconds: float) -> bytes:
        """Return what comes next."""
        try:
            return self._pieces.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError from None

    def close(self) -> None:
        """Hang up."""
        with suppress(OSError):
            self._requests.close()
        # The forwarding thread may be waiting for room.
        with suppress(queue.Empty):
            while True:
                self._pieces.get_nowait()

    def _write(self, data: bytes, failures: list[Exception]) -> None:
        try:
            self._requests.write(data)
            self._requests.flush()
        except (OSError, ValueError) as error:
            failures.append(error)

    def _forward(self, replies: IO[bytes]) -> None:
        with replies, suppress(OSError, ValueError):
            while piece := os.read(replies.fileno(), _CHUNK):
                self._pieces.put(piece)
        self._pieces.put(b"")
