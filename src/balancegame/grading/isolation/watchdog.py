"""A watch over the grading processes, which student code can stop where it can see them."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import active_children

_EVERY = 0.25
# Code that stops a process again and again takes all of its time: it is given up.
_TIMES = 12


@contextmanager
def watched() -> Iterator[None]:
    """Let the child processes of this process go on when somebody has stopped them.

    One that is stopped again each time is killed, so that whoever waits for it hears of it.
    """
    over = threading.Event()
    thread = threading.Thread(target=_watch, args=(over,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _watch(over: threading.Event) -> None:
    # Windows has no signal that stops a process.
    if sys.platform == "win32":
        return
    found: Counter[int] = Counter()
    while not over.wait(_EVERY):
        for child in active_children():
            if child.pid is None:
                continue
            if not _is_stopped(child.pid):
                found.pop(child.pid, None)
                continue
            found[child.pid] += 1
            with suppress(ProcessLookupError):
                os.kill(child.pid, signal.SIGCONT if found[child.pid] < _TIMES else signal.SIGKILL)


def _is_stopped(child: int) -> bool:
    if sys.platform == "win32" or not hasattr(os, "waitid"):
        # Going on is nothing new to a process that runs; whether it runs, is not to be seen here.
        return True
    with suppress(ChildProcessError):
        return os.waitid(os.P_PID, child, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is not None
    return False
