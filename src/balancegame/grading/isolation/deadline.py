"""Ending what a thread of this process is busy with: an answer may never end by itself.

In a browser there are no threads, so what runs there looks at the clock itself.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from contextlib import suppress
from functools import cache
from math import inf
from pathlib import Path
from sysconfig import get_paths
from time import monotonic
from types import FrameType
from typing import Any

# Code that catches everything may go on all the same, so it is interrupted again.
_AGAIN = 0.5

# Where many answers are asked for, the next deadline follows at once.
_NAP = 0.5

# What is not a student's own code: to look at the clock at each line of it would take long.
_LIBRARIES = (
    str(Path(__file__).parents[2]),
    *(get_paths()[kind] for kind in ("stdlib", "purelib", "platlib")),
)


class TakesTooLong(BaseException):
    """Raised in code whose time is over."""


def interrupt(thread: int) -> None:
    """Raise :class:`TakesTooLong` in the thread of this identifier, at its next step in Python."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread), ctypes.py_object(TakesTooLong)
    )


@cache
def can_start_threads() -> bool:
    """Return whether this Python can start a thread, found out by trying."""
    thread = threading.Thread(target=int, daemon=True)
    try:
        thread.start()
    except RuntimeError:
        return False
    thread.join()
    return True


class Deadline:
    """A context that the thread which entered it has to leave in some seconds.

    ``over`` says whether the time was over before it left. Times shorter than it takes to start a
    thread are not for this: the interruption would come before the context is entered.

    Examples
    --------
    >>> with Deadline(0.1) as deadline:
    ...     while True:
    ...         pass
    >>> deadline.over
    True
    """

    def __init__(self, seconds: float) -> None:
        self.over = False
        self.due = inf
        self._seconds = seconds
        self._is_left = False
        self._lock = threading.Lock()
        self._thread = 0
        self._watch: _Watch | None = None
        self._tracing: Any = None

    def __enter__(self) -> Deadline:
        self._thread = threading.get_ident()
        if can_start_threads():
            self._watch = _watch()
            self.due = monotonic() + self._seconds
            self._watch.add(self)
        else:
            self.due = monotonic() + self._seconds
            self._tracing = sys.gettrace()
            sys.settrace(self._look_at_the_clock)
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> bool:
        if self._watch is None:
            sys.settrace(self._tracing)
            return kind is TakesTooLong
        # The interruption may come even here, on the way out. One that is under way is received and
        # not taken back: CPython 3.11 never forgets one that was taken back, and from then on any
        # function that a debugger or a coverage tool traces hangs.
        received = False
        while True:
            try:
                with self._lock:
                    self._is_left = True
                self._watch.running.discard(self)
                if self.over and not received:
                    received = True
                    interrupt(self._thread)
                    while True:
                        pass
                return kind is TakesTooLong
            except TakesTooLong:
                continue

    def interrupt_if_due(self) -> None:
        """Interrupt the thread if it has not left in time."""
        with self._lock:
            if monotonic() >= self.due and not self._is_left:
                self.over = True
                interrupt(self._thread)
                self.due = monotonic() + _AGAIN

    def _look_at_the_clock(self, frame: FrameType, event: str, argument: object) -> Any:
        """Trace a student's own code, line by line, until its time is over."""
        if frame.f_code.co_filename.startswith(_LIBRARIES):
            return None
        if monotonic() > self.due:
            self.over = True
            raise TakesTooLong
        return self._look_at_the_clock


class _Watch:
    """A thread that looks after all deadlines of this process.

    To start one for each would take longer than most answers do. It sleeps until the first of those
    that it has seen is due, or takes a nap for as long as others come and go; one that is due
    earlier rings. A thread that adds one or leaves may be interrupted anywhere, so what they share
    is changed in single steps, without a lock.
    """

    def __init__(self) -> None:
        self.running: set[Deadline] = set()
        self._wakes = inf
        self._has_news = False
        self._bell = threading.Lock()
        self._bell.acquire()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    @property
    def is_there(self) -> bool:
        """Whether its thread still runs, as it does not in a process that was forked from here."""
        return self._thread.is_alive()

    def add(self, deadline: Deadline) -> None:
        """Look after a deadline until it is no longer among those that are running."""
        self.running.add(deadline)
        self._has_news = True
        if deadline.due < self._wakes:
            # Whoever has rung before may not have been heard yet, and once is enough.
            with suppress(RuntimeError):
                self._bell.release()

    def _look(self) -> None:
        while True:
            # Whoever is added from here on may have been overlooked, and rings.
            self._wakes = inf
            nap = monotonic() + _NAP if self._has_news else inf
            self._has_news = False
            running = [*self.running]
            for deadline in running:
                deadline.interrupt_if_due()
            self._wakes = min((deadline.due for deadline in running), default=nap)
            seconds = max(self._wakes - monotonic(), 0)
            self._bell.acquire(timeout=min(seconds, threading.TIMEOUT_MAX))


_watches: list[_Watch] = []


def _watch() -> _Watch:
    """Return the watch of this process."""
    # Should its thread ever end, another takes its place.
    if not _watches or not _watches[-1].is_there:
        _watches[:] = [_Watch()]
    return _watches[-1]
