"""The line between the grader and a worker: one question, one answer, and a deadline."""

from __future__ import annotations

import json
import secrets
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import monotonic
from typing import Protocol

from balancegame.grading.worker.namespace import Reply
from balancegame.grading.worker.wire import MAX_LINE, Unreadable, parse

CHUNK = 1 << 16


class Silent(Exception):  # noqa: N818 - what a worker does, not an error of the program
    """A worker that gave no answer: it ended, or it is ``late`` and its time ran out."""

    def __init__(self, late: bool) -> None:
        super().__init__("its time ran out" if late else "it ended")
        self.late = late


class TooLong(Unreadable):
    """A reply of more than :data:`MAX_LINE` bytes."""


class InfrastructureFault(Exception):  # noqa: N818 - the name that callers know it by
    """Something failed that no submission is to blame for: try again, and score nothing."""


class Worker(Protocol):
    """A process that runs one student's code."""

    @property
    def channel(self) -> Channel:
        """The line to it."""

    def end(self) -> None:
        """Kill it, with all that it started as far as the tier can."""


class Channel:
    """One worker at the other end of a line. The worker is the student: believe nothing."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._received = b""
        self._number = ""
        self._awaited = 0
        self.length = 0  # of all replies so far

    def ask(self, request: Mapping[str, object], seconds: float, replies: int = 1) -> Reply:
        """Return the reply to a request, or the first of some replies.

        Raises Silent if none came in time, and Unreadable if what came is not one well-formed reply
        to this very request.
        """
        deadline = monotonic() + seconds
        self.send(request, seconds, replies)
        return self.reply(deadline - monotonic())

    def send(self, request: Mapping[str, object], seconds: float, replies: int = 1) -> None:
        """Send a request without waiting for the replies; see :meth:`ask`."""
        # Drawn only now, so that a reply written beforehand cannot carry it.
        self._number, self._awaited = secrets.token_hex(16), replies
        with _silence():
            self._line.settimeout(seconds)
            self._line.sendall(json.dumps({"id": self._number, **request}).encode() + b"\n")

    def reply(self, seconds: float) -> Reply:
        """Return the next reply to what was asked; see :meth:`ask`."""
        with _silence():
            answer = parse(self._next_line(monotonic() + seconds))
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
            if left <= 0:
                raise TimeoutError
            self._line.settimeout(left)
            piece = self._line.recv(CHUNK)
            if not piece:
                raise ConnectionError
            pieces.append(piece)
            length += len(piece)
            if length > MAX_LINE:
                raise TooLong("it is too long")
        line, _, self._received = b"".join(pieces).partition(b"\n")
        self.length += len(line)
        return line


@contextmanager
def _silence() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Silent(late=isinstance(error, TimeoutError)) from None
