"""A watch over the grading processes, which student code can stop where it can see them."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_EVERY = 0.25
# Code that stops a process again and again takes all of its time: it is given up.
_TIMES = 12


@contextmanager
def watched(processes: Callable[[], Iterable[int]]) -> Iterator[None]:
    """Let processes go on when somebody has stopped them.

    One that is stopped again each time is killed, so that whoever waits for it hears of it.
    """
    over = threading.Event()
    thread = threading.Thread(target=_watch, args=(over, processes), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _watch(over: threading.Event, processes: Callable[[], Iterable[int]]) -> None:
    # Windows has no signal that stops a process.
    if sys.platform == "win32":
        return
    found: Counter[int] = Counter()
    while not over.wait(_EVERY):
        for process in processes():
            if not _is_stopped(process):
                found.pop(process, None)
                continue
            found[process] += 1
            with suppress(ProcessLookupError):
                again = found[process] >= _TIMES
                os.kill(process, signal.SIGKILL if again else signal.SIGCONT)


def _is_stopped(process: int) -> bool:
    if sys.platform == "linux":
        # Whoever is not a child of this process has no other way to tell.
        try:
            about = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return False
        return about.rpartition(")")[2].split()[0] == "T"
    if sys.platform == "win32" or not hasattr(os, "waitid"):
        # Going on is nothing new to a process that runs; whether it runs, is not to be seen here.
        return True
    with suppress(ChildProcessError):
        return os.waitid(os.P_PID, process, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is not None
    return False
