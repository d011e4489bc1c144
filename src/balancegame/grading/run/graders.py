"""Grading processes, forked from one that has collected the tests and grades nothing itself.

To load pytest and to collect takes a process longer than to grade thirty notebooks: it is done
once, in a process of a single thread, while the sandbox starts. Linux only, as the strongest tier.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty, SimpleQueue
from socket import AF_UNIX, SOCK_SEQPACKET, recv_fds, send_fds, socket, socketpair
from typing import Any

from balancegame.grading.isolation.fresh_interpreter import THREADS
from balancegame.grading.isolation.watchdog import Watch

_PROGRAM = (
    "import json, sys; path, tests, line = json.loads(sys.argv[1]); sys.path[:] = path; "
    "from balancegame.grading.run.graders import serve; serve(tests, line)"
)
_LOOK_EVERY = 0.25
_COLLECT_AFTER = 20_000

_Order = tuple["Future[Any]", Callable[[], Any]]


class Collected:
    """A process that collects some tests and is then forked, once for each grading process."""

    def __init__(self, tests: Sequence[Path]) -> None:
        self.tests = tuple(tests)
        self._line, theirs = socketpair(AF_UNIX, SOCK_SEQPACKET)
        told = json.dumps([sys.path, [*map(str, tests)], theirs.fileno()])
        with theirs:
            self._popen = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM, told],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                # What tests print belongs to nobody; a progress bar must not be torn by it.
                stdout=subprocess.DEVNULL,
                # A BLAS with threads of its own would not survive a fork.
                env={**THREADS, **os.environ},
            )

    @property
    def process(self) -> int:
        """The number of the process."""
        return self._popen.pid

    @property
    def is_there(self) -> bool:
        """Whether it can still be forked."""
        return self._popen.poll() is None

    def fork(self, control: socket | None) -> Connection:
        """Return the line to a new grading process, which may order workers over a socket."""
        ours, theirs = socketpair()
        with theirs:
            handles = [theirs.fileno(), *([control.fileno()] if control is not None else [])]
            send_fds(self._line, [b"f"], handles)
        return Connection(ours.detach())

    def close(self) -> None:
        """End it, and all grading processes with it."""
        self._line.close()
        self._popen.kill()
        self._popen.wait()


class Graders(Executor):
    """A few grading processes. One that ends takes no more along than what it was grading."""

    def __init__(self, jobs: int, collected: Collected, control: socket | None) -> None:
        self._collected = collected
        self._control = control
        self._replacing = threading.Lock()
        self._orders: SimpleQueue[_Order | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._order, daemon=True) for _ in range(jobs)]
        for thread in self._threads:
            thread.start()

    @property
    def processes(self) -> tuple[int, ...]:
        """The process that the others are forked from, which looks after them."""
        return (self._collected.process,)

    def submit(self, order: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:
        """Begin to carry out an order in one of the processes."""
        answer: Future[Any] = Future()
        self._orders.put((answer, partial(order, *arguments, **options)))
        return answer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End all processes, whatever they are doing: nobody waits for it any more."""
        with suppress(Empty):
            while True:
                left = self._orders.get_nowait()
                if left is not None:
                    left[0].cancel()
        for _ in self._threads:
            self._orders.put(None)
        with self._replacing:
            self._collected.close()
        if wait:
            for thread in self._threads:
                thread.join()

    def _order(self) -> None:
        """Hand orders to one process, and to another when it has ended."""
        grader: Connection | None = None
        while (order := self._orders.get()) is not None:
            answer, what = order
            if not answer.set_running_or_notify_cancel():
                continue
            try:
                grader = grader or self._forked()
                grader.send_bytes(pickle.dumps(what))
                done, found = pickle.loads(grader.recv_bytes())
            except (EOFError, OSError) as error:
                grader = None
                answer.set_exception(BrokenExecutor(f"a grading process ended ({error})"))
            except BaseException as error:
                answer.set_exception(error)
            else:
                (answer.set_result if done else answer.set_exception)(found)

    def _forked(self) -> Connection:
        with self._replacing:
            if not self._collected.is_there:
                self._collected = Collected(self._collected.tests)
            return self._collected.fork(self._control)


def serve(tests: Sequence[str], line: int) -> None:
    """Collect tests, and fork a grading process whenever the socket of this number asks for one."""
    # Ctrl-C is for whoever has given the orders, and who then ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    from balancegame.grading.run.grading_process import collect

    collect([*map(Path, tests)])
    children: set[int] = set()
    watch = Watch()
    with socket(fileno=line) as asked:
        while True:
            if not select.select([asked], [], [], _LOOK_EVERY)[0]:
                children -= set(_ended())
                watch.look(children)
                continue
            word, handles, _, _ = recv_fds(asked, 1, 2)
            if not word:
                os._exit(0)
            child = os.fork()
            if child == 0:
                _grade(asked, *handles)
            children.add(child)
            for handle in handles:
                os.close(handle)


def _ended() -> Iterator[int]:
    with suppress(ChildProcessError):
        while (child := os.waitpid(-1, os.WNOHANG)[0]) != 0:
            yield child


def _grade(asked: socket, line: int, control: int | None = None) -> None:
    """Carry out orders until there are no more, and end."""
    try:
        gc.enable()
        gc.set_threshold(_COLLECT_AFTER)
        from balancegame.grading.run.grading_process import take_place

        take_place(None if control is None else socket(fileno=control))
        threading.Thread(target=_end_with, args=(asked,), daemon=True).start()
        orders = Connection(line)
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


def _end_with(asked: socket) -> None:
    # It hangs up when the process at its other end is gone, which no reading process would notice.
    gone = select.poll()
    gone.register(asked, 0)
    gone.poll()
    os._exit(1)
