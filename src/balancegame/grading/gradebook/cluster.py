"""A cluster as a place to grade: the workers of a Dask scheduler, if Dask is installed.

What Dask says in words of its own, this module says in those that a run over a class knows: a
worker that died is an InfrastructureFault, so that what it was grading is graded elsewhere, and a
scheduler that is gone is a GameError, which ends the run.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from time import monotonic, sleep
from typing import Any

from balancegame.errors import GameError
from balancegame.grading.isolation.channel import InfrastructureFault

_PORT = re.compile(r":\d{1,5}/?\Z")
_CONNECT_SECONDS = 20
_POLL = 0.1
# Workers come and go, but asking the scheduler takes as long as to grade a submission.
_FRESH_SECONDS = 1.0


class Cluster(Executor):
    """The workers of a Dask scheduler, as an executor."""

    def __init__(self, client: Any, address: str) -> None:
        self._client = client
        self._address = address
        self._jobs, self._asked = 1, -_FRESH_SECONDS

    @property
    def jobs(self) -> int:
        """How many submissions the workers that are there now grade at a time, at least 1."""
        if monotonic() - self._asked >= _FRESH_SECONDS:
            # If the scheduler is gone, the next call finds out whether it comes back.
            with suppress(OSError):
                self._jobs = max(1, sum(self._client.nthreads().values()))
            self._asked = monotonic()
        return self._jobs

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Begin a call; a GameError says if the scheduler has gone away."""
        self._require_scheduler()
        # To Dask, equal calls of a pure function are one: a second try would get the first failure.
        asked = self._client.submit(fn, *args, pure=False, **kwargs)
        outcome: Future[Any] = Future()
        outcome.add_done_callback(lambda done: done.cancelled() and asked.cancel())
        asked.add_done_callback(partial(self._hand_on, outcome))
        return outcome

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the workers to whoever started them."""

    def _hand_on(self, outcome: Future[Any], asked: Any) -> None:
        # The executor of distributed 2026.8 (cfexecutor.py) forgets a call whose result cannot be
        # fetched: whoever waits for that would wait for ever.
        if not outcome.set_running_or_notify_cancel():
            return
        # Dask has loaded it already, and whoever grades without Dask need not.
        from asyncio import CancelledError as Dropped

        try:
            outcome.set_result(asked.result())
        except (CancelledError, Dropped, OSError):
            why = f"the scheduler at {self._address} dropped it."
            outcome.set_exception(InfrastructureFault(why))
        except Exception as error:
            died = type(error).__name__ == "KilledWorker"
            lost = InfrastructureFault("the workers that graded it died.")
            outcome.set_exception(lost if died else error)

    def _require_scheduler(self) -> None:
        """Wait while Dask tries to find a scheduler again that it has lost, and say if it fails."""
        # Dask gives up after as long as it was given to connect.
        deadline = monotonic() + 2 * _CONNECT_SECONDS
        while self._client.status != "running":
            if self._client.status == "closed" or monotonic() > deadline:
                raise GameError(
                    f"the Dask scheduler at {self._address} went away; what was graded is kept, so "
                    "start it again and give the same command."
                )
            sleep(_POLL)


@contextmanager
def cluster(address: str) -> Iterator[Cluster]:
    """Connect to a Dask scheduler whose workers see the same files."""
    # Dask would find that out too, and then wait long for a client that it could not make.
    if not _PORT.search(address):
        raise GameError(
            f"no Dask scheduler answers at {address}, which names no port; write it like "
            "tcp://127.0.0.1:8786, or leave it out."
        )
    try:
        distributed = import_module("distributed")
    except ImportError:
        raise GameError(
            'grading on a cluster needs Dask; install it with: pip install "dask[distributed]"'
        ) from None
    # What there is to know of lost workers and schedulers, we say ourselves.
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise GameError(
            f"no Dask scheduler answers at {address} ({error}); start one or leave it out."
        ) from error
    with client:
        if not client.nthreads():
            print(
                f"Waiting for workers: none has joined the scheduler at {address} yet. Start one "
                f"with: dask worker {address} --nthreads 1",
                file=sys.stderr,
            )
        yield Cluster(client, address)
