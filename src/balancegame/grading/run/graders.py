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
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from balancegame.errors import GameError
from balancegame.grading.isolation.fresh_interpreter import THREADS
from balancegame.grading.run.orders import GraderFault

if TYPE_CHECKING:
    from balancegame.grading.exercise.criterion import Criterion

_PROGRAM = (
    "import json, sys; path, tests, line = json.loads(sys.argv[1]); sys.path[:] = path; "
    "from balancegame.grading.run.graders import serve; serve(tests, line)"
)
_COLLECT_AFTER = 20_000

_Order = tuple["Future[Any]", Callable[[], Any]]
_Given = tuple["Future[Any]", bytes]


class Collected:
    """A process that collects some tests and is then forked, once for each grading process."""

    def __init__(self, tests: Sequence[Path]) -> None:
        self.tests = tuple(tests)
        self._line, theirs = socket.socketpair()
        self._said = Connection(os.dup(self._line.fileno()))
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

    def manifest(self) -> dict[str, tuple[Criterion, ...]]:
        """Return the criteria of each exercise, once; a GameError says if there are none."""
        try:
            found = pickle.loads(self._said.recv_bytes())
        except (EOFError, OSError):
            names = ", ".join(path.name for path in self.tests)
            raise GameError(f"Python ended while it read the tests in {names}.") from None
        if isinstance(found, GameError):
            raise found
        return dict(found)

    @property
    def is_there(self) -> bool:
        """Whether it can still be forked."""
        return self._popen.poll() is None

    def fork(self, control: socket.socket | None) -> Connection:
        """Return the line to a new grading process, which may order workers over a socket."""
        ours, theirs = socket.socketpair()
        with theirs:
            handles = [theirs.fileno(), *([control.fileno()] if control is not None else [])]
            socket.send_fds(self._line, [b"f"], handles)
        return Connection(ours.detach())

    def close(self) -> None:
        """End it, and all grading processes with it."""
        self._said.close()
        self._line.close()
        self._popen.kill()
        self._popen.wait()


class Graders(Executor):
    """A few grading processes. One that ends takes no more along than what it was grading.

    One that has been at one order for some seconds is ended: a single step of Python that takes for
    ever cannot be interrupted from within.
    """

    def __init__(
        self, jobs: int, collected: Collected, control: socket.socket | None, seconds: float
    ) -> None:
        self._collected = collected
        self._control = control
        self._seconds = seconds
        self._replacing = threading.Lock()
        self._is_over = False
        self._graders: dict[threading.Thread, _Grader] = {}
        self._orders: SimpleQueue[_Order | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._order, daemon=True) for _ in range(jobs)]
        for thread in self._threads:
            thread.start()

    @property
    def processes(self) -> tuple[int, ...]:
        """The numbers of all processes."""
        return (self._collected.process, *(each.process for each in [*self._graders.values()]))

    def submit(self, order: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:
        """Begin to carry out an order in one of the processes."""
        answer: Future[Any] = Future()
        self._orders.put((answer, partial(order, *arguments, **options)))
        return answer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End all processes, whatever they are doing: nobody waits for it any more."""
        self._is_over = True
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
        thread = threading.current_thread()
        # What the process is at comes first, and behind it what lies ready: so it need not wait.
        given: deque[_Given] = deque()
        sent = 0
        while self._has_more(given):
            try:
                if thread not in self._graders:
                    self._graders[thread] = self._forked()
                for _, order in [*given][sent:]:
                    self._graders[thread].line.send_bytes(order)
                    sent += 1
                done, found = self._graders[thread].carried_out(self._seconds)
            except (EOFError, OSError) as error:
                self._graders.pop(thread, None)
                sent = 0
                answer, _ = given.popleft()
                answer.set_exception(BrokenExecutor(f"a grading process ended ({error})"))
            except BaseException as error:
                if isinstance(error, GraderFault):
                    self._graders.pop(thread).end()
                    sent = 0
                sent = max(0, sent - 1)
                answer, _ = given.popleft()
                answer.set_exception(error)
            else:
                sent -= 1
                answer, _ = given.popleft()
                (answer.set_result if done else answer.set_exception)(found)

    def _has_more(self, given: deque[_Given]) -> bool:
        """Take orders for a process, one to be at and one to lie ready; say if there are any."""
        # What few orders there are is shared among all processes.
        while not given or (len(given) == 1 and self._orders.qsize() > len(self._threads)):
            try:
                order = self._orders.get(block=not given)
            except Empty:
                break
            if order is None:
                break
            answer, what = order
            if answer.set_running_or_notify_cancel():
                try:
                    given.append((answer, pickle.dumps(what)))
                except Exception as error:
                    answer.set_exception(error)
        if self._is_over:
            while given:
                answer, _ = given.popleft()
                answer.set_exception(BrokenExecutor("the run is over"))
        return bool(given)

    def _forked(self) -> _Grader:
        with self._replacing:
            if self._is_over:
                raise BrokenExecutor("the run is over")
            if not self._collected.is_there:
                self._collected = Collected(self._collected.tests)
                self._collected.manifest()
            line = self._collected.fork(self._control)
        return _Grader(line, pickle.loads(line.recv_bytes()))


@dataclass(frozen=True)
class _Grader:
    """One grading process, seen from the process that gives the orders."""

    line: Connection
    process: int

    def carried_out(self, seconds: float) -> tuple[bool, Any]:
        """Return whether the order that it is at went well, and what came of it."""
        if not self.line.poll(seconds):
            raise GraderFault(
                f"It cannot be graded: the grader did not come to an end at it in {seconds:.0f} "
                "seconds.",
                "One step of the grader took too long; it could not be interrupted.",
            )
        done, found = pickle.loads(self.line.recv_bytes())
        return done, found

    def end(self) -> None:
        """Kill it."""
        with suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)
        self.line.close()


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
