"""Ending what a thread of this process is busy with: an answer may never end by itself.

In a browser there are no threads, so what runs there looks at the clock itself.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from functools import cache
from pathlib import Path
from sysconfig import get_paths
from time import monotonic
from types import FrameType
from typing import Any

# Code that catches everything may go on all the same, so it is interrupted again.
_AGAIN = 0.5

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
        self._seconds = seconds
        self._left = threading.Event()
        self._lock = threading.Lock()
        self._thread = 0
        self._end = 0.0
        self._tracing: Any = None

    def __enter__(self) -> Deadline:
        self._thread = threading.get_ident()
        if can_start_threads():
            threading.Thread(target=self._watch, daemon=True).start()
        else:
            self._end = monotonic() + self._seconds
            self._tracing = sys.gettrace()
            sys.settrace(self._look_at_the_clock)
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> bool:
        if not can_start_threads():
            sys.settrace(self._tracing)
            return kind is TakesTooLong
        # The interruption may come even here, on the way out. One that is under way is received and
        # not taken back: CPython 3.11 never forgets one that was taken back, and from then on any
        # function that a debugger or a coverage tool traces hangs.
        received = False
        while True:
            try:
                with self._lock:
                    self._left.set()
                if self.over and not received:
                    received = True
                    interrupt(self._thread)
                    while True:
                        pass
                return kind is TakesTooLong
            except TakesTooLong:
                continue

    def _watch(self) -> None:
        seconds = self._seconds
        while not self._left.wait(seconds):
            with self._lock:
                if self._left.is_set():
                    return
                self.over = True
                interrupt(self._thread)
            seconds = _AGAIN

    def _look_at_the_clock(self, frame: FrameType, event: str, argument: object) -> Any:
        """Trace a student's own code, line by line, until its time is over."""
        if frame.f_code.co_filename.startswith(_LIBRARIES):
            return None
        if monotonic() > self._end:
            self.over = True
            raise TakesTooLong
        return self._look_at_the_clock
