"""Grading processes that carry out orders side by side, each as long as it lasts."""

from __future__ import annotations

import os
import pickle
import signal
import socket
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from typing import Any

from balancegame.grading.run.collected import Collected
from balancegame.grading.run.orders import GraderFault

_Order = tuple["Future[Any]", Callable[[], Any]]
_Given = tuple["Future[Any]", bytes]


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
            self._collected.end()
        if wait:
            self._collected.close()
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
                # The process may still owe a reply, which must not be taken for another's.
                if (grader := self._graders.pop(thread, None)) is not None:
                    grader.end()
                sent = 0
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
