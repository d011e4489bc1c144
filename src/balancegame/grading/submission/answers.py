"""The student's answers, from a live notebook or from cells that a worker runs."""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache, partial
from time import monotonic
from typing import Any, Protocol

from balancegame.grading.isolation.channel import InfrastructureFault, Silent, TooLong, Worker
from balancegame.grading.isolation.deadline import Deadline
from balancegame.grading.submission.bare_words import (
    advice_on_bare_word,
    complaint_of_bare_word,
    stopped_before,
)
from balancegame.grading.submission.cells import CodeCell
from balancegame.grading.submission.submitted_file import Submission
from balancegame.grading.submission.unreadable_cells import (
    advice_in,
    complaint_of_unreadable_cell,
)
from balancegame.grading.submission.untouched import last_that_gives, names_given
from balancegame.grading.worker.namespace import Reply, call, call_each, fetch
from balancegame.grading.worker.wire import MAX_LINE, Unreadable, encode, unpack
from balancegame.wording import capital


@dataclass(frozen=True)
class Patience:
    """How many seconds student code may take: a cell, a call, and all that a submission runs."""

    cell: float = 20.0
    call: float = 5.0
    whole: float = 60.0


PATIENCE = Patience()

# Whoever needs longer for many questions is asked them one by one, each with its own time.
_SECONDS_AT_ONCE = 1.0

# What a submission replies is kept until it has been compared, and takes ten times as much memory.
_MOST_BYTES = 20 * MAX_LINE

# Tests that ask for ever new names would let this grow for ever.
_MOST_NAMES = 100

_OUT_OF_TIME = "the time for one check is used up; look for what takes so long"
_ENDED = "it ended Python; look for a call to exit, or for code that takes a lot of memory"
_TOO_LONG = "it is longer than an answer can be; hand back a plain number, a word or a short list"
_TOO_MUCH = f"its answers are too long together; {_TOO_LONG.partition('; ')[2]}"
_FORGED = "its answer cannot be read; hand back plain numbers, text, lists or the like"


# Each submission is asked the same.
_unpacked = lru_cache(maxsize=64)(unpack)


def _late(limit: float) -> str:
    return f"it was not done within {limit:g} seconds; look for an endless loop"


class Answers(Protocol):
    """Where answers come from."""

    def fetch(self, name: str) -> Reply:
        """Return the reply that holds the value of a name."""

    def call(self, name: str, arguments: Any) -> Reply:
        """Return the reply that holds what a function answers."""

    def call_each(self, name: str, packed: str) -> Iterable[Reply]:
        """Return the reply that holds what a function answers, for each of many packed questions.

        They are a list, or asked one by one, as :meth:`call` does, if they cannot be answered all
        at once.
        """

    def why_missing(self, name: str, task: int | None) -> str | None:
        """Return what kept an answer from being there or from being read, if anything did."""


@dataclass(frozen=True)
class Source:
    """Whose answers the tests read, and from where.

    ``answers`` returns those for a task that opens some packages and modules, in a fresh process
    if asked to. Where ``student`` is empty, nobody knows whose they are, and the published payoffs
    hold.
    """

    answers: Callable[[frozenset[str], bool], Answers]
    close: Callable[[], None]
    student: str = ""
    # What tests have found out that further tests will ask for, such as the student's payoffs.
    known: dict[Any, Any] = field(default_factory=dict, compare=False)


def live_source(namespace: dict[str, Any], student: str = "") -> Source:
    """Return a running notebook as a source."""
    answers = _LiveAnswers(namespace)
    return Source(lambda allowed, fresh: answers, lambda: None, student)


def cell_source(
    submission: Submission,
    start: Callable[[frozenset[str]], Worker],
    student: str,
    patience: Patience | None = None,
    wanted: dict[str, None] | None = None,
) -> Source:
    """Return cells as a source; ``start`` starts a worker that opens some packages and modules.

    ``wanted`` are names whose values tests have asked of earlier submissions: they are fetched all
    at once, and others are added to them.
    """
    names = {} if wanted is None else wanted
    opened: dict[frozenset[str], _CellAnswers] = {}

    def answers(allowed: frozenset[str], fresh: bool) -> _CellAnswers:
        if allowed not in opened:
            opened[allowed] = _CellAnswers(
                submission,
                partial(start, allowed),
                PATIENCE if patience is None else patience,
                names,
            )
        if fresh:
            opened[allowed].close()
        else:
            opened[allowed].begin()
        return opened[allowed]

    def close() -> None:
        for each in opened.values():
            each.close()

    return Source(answers, close, student)


class _LiveAnswers:
    """Answers in the namespace of a running notebook."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        # Functions that did not answer in time, which are not asked again.
        self._late: dict[str, Reply] = {}
        # IPython keeps the source of every cell that was run.
        ran = namespace.get("In")
        self._ran = [each for each in ran if isinstance(each, str)] if isinstance(ran, list) else []
        self._known = {*dir(builtins), *namespace}
        self._stale: dict[str, bool] = {}

    def fetch(self, name: str) -> Reply:
        return fetch(self._given(name), name)

    def call(self, name: str, arguments: Any) -> Reply:
        if name in self._late:
            return self._late[name]
        reply: Reply = {"missing": True}
        with Deadline(PATIENCE.call) as deadline:
            reply = call(self._given(name), name, arguments)
        if deadline.over:
            reply = self._late[name] = {"stopped": _late(PATIENCE.call), "silent": True}
        return reply

    def call_each(self, name: str, packed: str) -> Iterable[Reply]:
        replies: list[Reply] = []
        with Deadline(_SECONDS_AT_ONCE) as deadline:
            for reply in call_each(self._given(name), name, packed):
                # What a function is interrupted in is no answer of it.
                if deadline.over:
                    break
                replies.append(reply)
        if deadline.over:
            return (self.call(name, encode(question)) for question in unpack(packed))
        return replies

    def why_missing(self, name: str, task: int | None) -> str | None:
        unreadable = complaint_of_unreadable_cell(self._ran, name)
        return unreadable or complaint_of_bare_word(last_that_gives(name, self._ran), self._known)

    def _given(self, name: str) -> dict[str, Any]:
        """Return the namespace, empty where a name still means what it did before its cell."""
        if name not in self._stale:
            self._stale[name] = stopped_before(
                last_that_gives(name, self._ran), name, self._known
            ) or bool(complaint_of_unreadable_cell(self._ran, name))
        return {} if self._stale[name] else self._namespace


class _CellAnswers:
    """Answers of cells, run one by one in a worker.

    A cell that fails does not stop those after it, and is tried once more when all have run:
    somebody may have moved it above what it needs. A cell that never ends, or ends the process,
    is left out of a second run.
    """

    def __init__(
        self,
        submission: Submission,
        start: Callable[[], Worker],
        patience: Patience,
        wanted: dict[str, None],
    ) -> None:
        self._submission = submission
        self._start = start
        self._patience = patience
        self._failed: dict[CodeCell, str] = {}
        self._fatal: dict[CodeCell, str] = {}
        self._wanted = wanted
        # What names meant when the cells had run, whatever a function has done since.
        self._values: dict[str, Reply] = {}
        # Why the value of a name did not come, though something was there.
        self._unread: dict[str, str] = {}
        self._worker: Worker | None = None
        # One that is still at the cells, and which these are.
        self._begun: tuple[Worker, list[CodeCell]] | None = None
        self._seconds_left = patience.whole
        self._bytes_left = _MOST_BYTES

    def begin(self) -> None:
        """Let a worker begin with the cells: tests think before they ask."""
        busy = self._worker is not None or self._begun is not None
        if self._submission.problem or busy or self._seconds_left <= 0:
            return
        # The first question tries again, and hears why not.
        with suppress(InfrastructureFault):
            self._begun = self._at_the_cells()

    def fetch(self, name: str) -> Reply:
        if name not in self._values:
            if len(self._wanted) < _MOST_NAMES:
                self._wanted.setdefault(name)
            self._values |= self._fetched(name)
        reply = self._values[name]
        return reply if "value" in reply else {"missing": True}

    def call(self, name: str, arguments: Any) -> Reply:
        reply, why = self._ask({"name": name, "arguments": arguments}, self._patience.call)
        if reply is None:
            return {"stopped": why, "silent": True} if why else {"missing": True}
        return reply

    def call_each(self, name: str, packed: str) -> Iterable[Reply]:
        questions = _unpacked(packed)
        replies = self._at_once({"name": name, "questions": packed}, len(questions))
        if replies is not None:
            return replies
        return (self.call(name, encode(question)) for question in questions)

    def why_missing(self, name: str, task: int | None) -> str | None:
        if self._submission.problem:
            return self._submission.problem
        # A cell that lost its task is known by the answer that it gives.
        gives = re.compile(rf"^(?:def\s+)?{re.escape(name)}\s*[=(,]", re.MULTILINE)
        stopped = {**self._failed, **self._fatal}
        for cell in sorted(stopped, key=lambda cell: cell.number):
            if cell.task == task or (cell.task is None and gives.search(cell.source)):
                why = stopped[cell]
                advice = advice_on_bare_word(cell.source, why) or advice_in(cell.source, why)
                return f"{capital(cell.place)} stopped: {why}{advice}."
        return self._unread.get(name)

    def close(self) -> None:
        """End the worker; the next question starts another."""
        begun = None if self._begun is None else self._begun[0]
        for worker in (self._worker, begun):
            if worker is not None:
                worker.end()
        self._worker = self._begun = None

    def _fetched(self, name: str) -> dict[str, Reply]:
        """Return the value of a name, and of all others that the tests will want if there are."""
        if not self._values and len(self._wanted) > 1:
            names = [*self._wanted]
            replies = self._at_once({"names": names}, len(names))
            if replies is not None and name in names:
                return dict(zip(names, replies, strict=True))
        reply, why = self._ask({"name": name}, self._patience.call)
        if reply is None and why:
            self._unread[name] = f"{name} cannot be read: {why}."
        return {name: {"missing": True} if reply is None else reply}

    def _at_once(self, request: Mapping[str, Any], count: int) -> list[Reply] | None:
        """Return the replies to several questions in one, None if they have to be asked alone."""
        reply, _ = self._ask(request, min(_SECONDS_AT_ONCE, self._patience.call))
        replies = None if reply is None else reply.get("replies")
        if not isinstance(replies, list) or len(replies) != count:
            return None
        return replies if all(isinstance(each, dict) for each in replies) else None

    def _ask(self, request: Mapping[str, Any], limit: float) -> tuple[Reply | None, str]:
        """Return the reply, or None and why there is none; nothing where nothing can be asked."""
        if self._submission.problem:
            return None, ""
        if self._bytes_left < 0:
            return None, _TOO_MUCH
        while self._worker is None:
            if self._seconds_left <= 0:
                return None, _OUT_OF_TIME
            self._worker = self._started()
        channel = self._worker.channel
        before = channel.length
        reply, why = self._in_time(partial(channel.ask, request), limit)
        self._bytes_left -= channel.length - before
        if reply is None:
            self.close()
        return reply, why

    def _at_the_cells(self) -> tuple[Worker, list[CodeCell]]:
        """Start a worker and give it the cells; return both."""
        worker = self._start()
        try:
            cells = [cell for cell in self._submission.cells if cell not in self._fatal]
            self._give(worker, cells)
        except BaseException:
            worker.end()
            raise
        return worker, cells

    def _started(self) -> Worker | None:
        """Return a worker that has run the cells, None if a cell ended it."""
        worker, cells = self._begun or self._at_the_cells()
        self._begun = None
        try:
            self._failed = {}
            if self._all_ran(worker, cells):
                early = self._early(cells)
                self._give(worker, early)
                if self._all_ran(worker, early):
                    return worker
        except BaseException:
            worker.end()
            raise
        worker.end()
        return None

    def _early(self, cells: list[CodeCell]) -> list[CodeCell]:
        """Return the cells that may have stood above what they need, for a second try."""
        early = [cell for cell, why in self._failed.items() if why.startswith("NameError")]
        ran = [cell for cell in cells if cell not in self._failed]
        # A draft that failed must not come back over the answer that was written below it.
        return [
            cell
            for cell in early
            if not any(
                later.number > cell.number and names_given(cell.source) & names_given(later.source)
                for later in ran
            )
        ]

    def _give(self, worker: Worker, cells: list[CodeCell]) -> None:
        """Give cells to a worker, which then runs them one by one."""
        if not cells:
            return
        # They go in one request, so that the two processes wake each other once, not once a cell.
        request = {"cells": [cell.source for cell in cells]}
        # If the worker does not take them, whoever waits for the replies hears of it.
        with suppress(Silent):
            worker.channel.send(request, self._patience.cell, replies=len(cells))

    def _all_ran(self, worker: Worker, cells: list[CodeCell]) -> bool:
        """Await the cells that a worker was given, and say whether it is still there."""
        for cell in cells:
            self._failed.pop(cell, None)
            reply, why = self._in_time(worker.channel.reply, self._patience.cell)
            if reply is None:
                self._fatal[cell] = why
                return False
            if "stopped" in reply:
                self._failed[cell] = str(reply["stopped"])
        return True

    def _in_time(self, step: Callable[[float], Reply], limit: float) -> tuple[Reply | None, str]:
        """Return the reply, or None and why there is none."""
        seconds = min(limit, max(self._seconds_left, 0.01))
        begin = monotonic()
        try:
            return step(seconds), ""
        except Silent as silent:
            if not silent.late:
                return None, _ENDED
            return None, _OUT_OF_TIME if seconds < limit else _late(limit)
        except TooLong:
            return None, _TOO_LONG
        except Unreadable:
            return None, _FORGED
        finally:
            self._seconds_left -= monotonic() - begin
