"""What a process does that has collected tests: it forks grading processes, and grades nothing.

To load pytest and to collect takes a process longer than to grade thirty notebooks: it is done
once, in a process of a single thread, while the sandbox starts. Linux only, as the strongest tier.
"""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

_COLLECT_AFTER = 20_000


def serve(tests: Sequence[str], line: int) -> None:
    """Collect tests, and fork a grading process whenever the socket of this number asks for one."""
    # Ctrl-C is for whoever has given the orders, and who then ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    from balancegame.grading.run.grading_process import collect, rehearse

    paths = tuple(map(Path, tests))
    with socket.socket(fileno=line) as asked:
        said = Connection(os.dup(line))
        # Whoever asked may be gone; that is seen below.
        with suppress(OSError), said:
            said.send_bytes(pickle.dumps(collect(paths)))
        rehearse(paths)
        while True:
            word, handles, _, _ = socket.recv_fds(asked, 1, 2)
            if not word:
                os._exit(0)
            # Nobody waits for those that end: the kernel buries them.
            signal.signal(signal.SIGCHLD, signal.SIG_IGN)
            if os.fork() == 0:
                _grade(asked, *handles)
            for handle in handles:
                os.close(handle)


def _grade(asked: socket.socket, line: int, control: int | None = None) -> None:
    """Carry out orders until there are no more, and end."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        gc.enable()
        gc.set_threshold(_COLLECT_AFTER)
        from balancegame.grading.run.grading_process import take_place

        take_place(None if control is None else socket.socket(fileno=control))
        threading.Thread(target=_end_with, args=(asked,), daemon=True).start()
        orders = Connection(line)
        orders.send_bytes(pickle.dumps(os.getpid()))
        with suppress(EOFError, OSError):
            while True:
                orders.send_bytes(_carried_out(orders.recv_bytes()))
    finally:
        os._exit(0)


def _carried_out(order: bytes) -> bytes:
    try:
        return pickle.dumps((True, pickle.loads(order)()))
    except Exception as error:
        return pickle.dumps((False, error))


def _end_with(asked: socket.socket) -> None:
    # It hangs up when the process at its other end is gone, which no reading process would notice.
    gone = select.poll()
    gone.register(asked, 0)
    gone.poll()
    os._exit(1)
