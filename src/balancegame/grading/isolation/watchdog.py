"""A watch over the grading processes, which student code can stop where it can see them."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

_EVERY = 0.25
# Code that stops a process again and again takes all of its time: it is given up.
_TIMES = 12


class Watch:
    """Lets child processes of this process go on when somebody has stopped them.

    One that is stopped again each time is killed, so that whoever waits for it hears of it.
    """

    def __init__(self) -> None:
        self._found: Counter[int] = Counter()

    def look(self, children: Iterable[int]) -> None:
        """Look once after some processes."""
        # Windows has no signal that stops a process.
        if sys.platform == "win32":
            return
        for child in children:
            if not _is_stopped(child):
                self._found.pop(child, None)
                continue
            self._found[child] += 1
            again = self._found[child] >= _TIMES
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL if again else signal.SIGCONT)


@contextmanager
def watched(children: Callable[[], Iterable[int]]) -> Iterator[None]:
    """Look after child processes of this process in the meantime."""
    over = threading.Event()
    thread = threading.Thread(target=_watch, args=(over, children), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _watch(over: threading.Event, children: Callable[[], Iterable[int]]) -> None:
    watch = Watch()
    while not over.wait(_EVERY):
        watch.look(children())


def _is_stopped(child: int) -> bool:
    if sys.platform == "win32" or not hasattr(os, "waitid"):
        # Going on is nothing new to a process that runs; whether it runs, is not to be seen here.
        return True
    with suppress(ChildProcessError):
        return os.waitid(os.P_PID, child, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is not None
    return False
