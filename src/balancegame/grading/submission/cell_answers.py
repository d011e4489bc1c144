"""The answers of cells that a worker runs."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import lru_cache, partial
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from balancegame.grading.isolation.channel import InfrastructureFault, Silent, TooLong, Worker
from balancegame.grading.submission.asked_before import AskedBefore, Request, is_same
from balancegame.grading.submission.bare_words import advice_on_bare_word
from balancegame.grading.submission.cells import CodeCell
from balancegame.grading.submission.submitted_file import Submission
from balancegame.grading.submission.unreadable_cells import advice_in
from balancegame.grading.submission.untouched import names_given
from balancegame.grading.worker.namespace import Reply
from balancegame.grading.worker.wire import MAX_LINE, Unreadable, encode, unpack
from balancegame.wording import capital

if TYPE_CHECKING:
    from balancegame.grading.submission.patience import Patience

# What a submission replies is kept until it has been compared, and takes ten times as much memory.
_MOST_BYTES = 20 * MAX_LINE

_OUT_OF_TIME = "the time for one check is used up; look for what takes so long"
_ENDED = "it ended Python; look for a call to exit, or for code that takes a lot of memory"
_TOO_LONG = "it is longer than an answer can be; hand back a plain number, a word or a short list"
_TOO_MUCH = f"its answers are too long together; {_TOO_LONG.partition('; ')[2]}"
_FORGED = "its answer cannot be read; hand back plain numbers, text, lists or the like"


# Each submission is asked the same.
_unpacked = lru_cache(maxsize=64)(unpack)


def late(limit: float) -> str:
    """Return a clause for whoever takes longer than some seconds."""
    return f"it was not done within {limit:g} seconds; look for an endless loop"


class _Begun(NamedTuple):
    """A worker that is still at the cells, which these are, and what it was asked along with them.

    There is nothing along if each cell is awaited by itself.
    """

    worker: Worker
    cells: list[CodeCell]
    along: list[Request] | None


class CellAnswers:
    """Answers of cells, run one by one in a worker.

    A cell that fails does not stop those after it, and is tried once more when all have run:
    somebody may have moved it above what it needs. A cell that never ends, or ends the process,
    is left out of a second run.

    What tests have always asked so far is asked along with the cells. Nobody can tell: as soon as a
    test asks something else, another worker is asked just what was asked before that.
    """

    def __init__(
        self,
        submission: Submission,
        start: Callable[[], Worker],
        patience: Patience,
        at_once: float,
        before: AskedBefore,
        opened: frozenset[str],
    ) -> None:
        self._submission = submission
        self._start = start
        self._patience = patience
        self._failed: dict[CodeCell, str] = {}
        self._fatal: dict[CodeCell, str] = {}
        self._before = before
        self._opened = opened
        self._seconds_at_once = at_once
        # What names meant when the cells had run, whatever a function has done since.
        self._values: dict[str, Reply] = {}
        # Why the value of a name did not come, though something was there.
        self._unread: dict[str, str] = {}
        self._worker: Worker | None = None
        self._begun: _Begun | None = None
        # How many workers were parted from, each after a hidden check.
        self._parted = 0
        # What the present worker was asked to call, and how much of that before the present test.
        self._asked: list[Request] = []
        self._asked_before_test = 0
        # Replies to calls that nobody has asked for yet.
        self._ahead: deque[tuple[Request, Reply]] = deque()
        # Whether a worker has been lost, so that what tests ask is no habit of theirs.
        self._is_odd = False
        self._is_each_awaited = False
        self._seconds_left = patience.whole
        self._bytes_left = _MOST_BYTES

    def begin(self) -> None:
        """Let a worker begin with the cells: tests think before they ask."""
        self._asked_before_test = len(self._asked)
        busy = self._worker is not None or self._begun is not None
        if self._submission.problem or busy or self._seconds_left <= 0:
            return
        # The first question tries again, and hears why not.
        with suppress(InfrastructureFault):
            self._begun = self._at_the_cells()

    def fetch(self, name: str) -> Reply:
        """Return the reply that holds the value of a name, or that it is missing."""
        if name not in self._values:
            self._before.want(name)
            # It may come with the cells.
            self._why_nobody_is_there()
        if name not in self._values:
            self._values |= self._fetched(name)
        reply = self._values[name]
        if "missing" in reply and "stopped" in reply:
            self._unread[name] = f"{name} cannot be worked out here: {reply['stopped']}."
        return reply if "value" in reply else {"missing": True}

    def call(self, name: str, arguments: Any) -> Reply:
        """Return the reply that holds what a function answers."""
        request = {"name": name, "arguments": arguments}
        reply, why = self._ask(request, self._patience.call)
        self._asked.append(request)
        if reply is None:
            return {"stopped": why, "silent": True} if why else {"missing": True}
        return reply

    def call_each(self, name: str, packed: str) -> Iterable[Reply]:
        """Return such a reply for each of many packed questions."""
        questions = _unpacked(packed)
        request = {"name": name, "questions": packed}
        replies = self._at_once(request, len(questions))
        self._asked.append(request)
        if replies is not None:
            return replies
        return (self.call(name, encode(question)) for question in questions)

    def why_missing(self, name: str, task: int | None) -> str | None:
        """Return what kept an answer from being there or from being read, if anything did."""
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

    def part(self) -> None:
        """End the worker to which a hidden check was put; the next question starts another."""
        # What that check has asked must be sent to nobody who is asked anything else.
        del self._asked[self._asked_before_test :]
        self.close()
        self._parted += 1
        self._is_odd = False

    def close(self) -> None:
        """End the worker, after its last question."""
        if not self._submission.problem and not self._is_odd:
            self._before.note((self._opened, self._parted), self._asked)
        self._end()

    def _end(self) -> None:
        begun = None if self._begun is None else self._begun.worker
        for worker in (self._worker, begun):
            if worker is not None:
                worker.end()
        self._worker = self._begun = None
        self._asked.clear()
        self._ahead.clear()
        self._asked_before_test = 0

    def _fetched(self, name: str) -> dict[str, Reply]:
        """Return the value of a name, and of all others that the tests will want if there are."""
        names = self._before.names
        if not self._values and len(names) > 1:
            replies = self._at_once({"names": names}, len(names))
            if replies is not None and name in names:
                return dict(zip(names, replies, strict=True))
        reply, why = self._ask({"name": name}, self._patience.call)
        if reply is None and why:
            self._unread[name] = f"{name} cannot be read: {why}."
        return {name: {"missing": True} if reply is None else reply}

    def _at_once(self, request: Mapping[str, Any], count: int) -> list[Reply] | None:
        """Return the replies to several questions in one, None if they have to be asked alone."""
        reply, _ = self._ask(request, self._seconds_at_once)
        return None if reply is None else _several(reply.get("replies"), count)

    def _ask(self, request: Mapping[str, Any], limit: float) -> tuple[Reply | None, str]:
        """Return the reply, or None and why there is none; nothing where nothing can be asked."""
        why = self._why_nobody_is_there()
        if self._ahead and not why:
            foreseen, found = self._ahead.popleft()
            if is_same(foreseen, request):
                return found, ""
            self._ask_another()
            why = self._why_nobody_is_there()
        if why or self._worker is None:
            return None, why
        channel = self._worker.channel
        before = channel.length
        reply, why = self._in_time(partial(channel.ask, request), limit)
        self._bytes_left -= channel.length - before
        if reply is None:
            self._is_odd = True
            self._end()
        return reply, why

    def _why_nobody_is_there(self) -> str:
        """Start a worker unless there is one, and return why that cannot be."""
        if self._submission.problem:
            return ""
        if self._bytes_left < 0:
            return _TOO_MUCH
        while self._worker is None:
            if self._seconds_left <= 0:
                return _OUT_OF_TIME
            self._worker = self._started()
        return ""

    def _ask_another(self) -> None:
        """Start a worker that is asked what tests have asked so far, and not what was foreseen."""
        asked, before_test = [*self._asked], self._asked_before_test
        self._end()
        self._begun = self._at_the_cells(asked)
        self._asked, self._asked_before_test = asked, before_test

    def _at_the_cells(self, asked: list[Request] | None = None) -> _Begun:
        """Start a worker and give it the cells, along with what is likely to be asked."""
        worker = self._start()
        try:
            cells = [cell for cell in self._submission.cells if cell not in self._fatal]
            along = None if self._is_each_awaited else self._along(asked)
            self._give(worker, cells, along)
        except BaseException:
            worker.end()
            raise
        return _Begun(worker, cells, along)

    def _along(self, asked: list[Request] | None) -> list[Request] | None:
        calls = self._foreseen() if asked is None else asked
        names = [] if self._values else self._before.names
        return [*([{"names": names}] if names else []), *calls] or None

    def _foreseen(self) -> list[Request]:
        return [] if self._is_odd else self._before.calls((self._opened, self._parted))

    def _started(self) -> Worker | None:
        """Return a worker that has run the cells, None if that has to be tried again."""
        begun = self._begun or self._at_the_cells()
        worker, cells, along = begun
        self._begun = None
        try:
            self._failed = {}
            if along is not None:
                if self._all_answered(begun):
                    return worker
                self._is_each_awaited = self._is_odd = True
            elif self._all_ran(worker, cells):
                early = self._early(cells)
                self._give(worker, early)
                if self._all_ran(worker, early):
                    return worker
        except BaseException:
            worker.end()
            raise
        worker.end()
        return None

    def _all_answered(self, begun: _Begun) -> bool:
        """Await the cells and what was asked along with them; say whether all is as it should be.

        If not, it is found out what is wrong by awaiting each of them by itself.
        """
        worker, cells, along = begun
        before = worker.channel.length
        reply, _ = self._in_time(worker.channel.reply, 2 * self._seconds_at_once)
        self._bytes_left -= worker.channel.length - before
        ran = None if reply is None else _several(reply.get("ran"), len(cells))
        replies = None if reply is None else _several(reply.get("replies"), len(along or ()))
        if ran is None or replies is None:
            return False
        stopped = zip(cells, ran, strict=True)
        self._failed = {cell: str(how["stopped"]) for cell, how in stopped if "stopped" in how}
        if self._early(cells):
            return False
        answered = deque(zip(along or (), replies, strict=True))
        if answered and "names" in answered[0][0]:
            request, reply = answered.popleft()
            values = _several(reply.get("replies"), len(request["names"]))
            if values is None:
                return False
            self._values |= dict(zip(request["names"], values, strict=True))
        # Those that were asked before already have been told.
        self._ahead = deque([*answered][len(self._asked) :])
        return True

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

    def _give(
        self, worker: Worker, cells: list[CodeCell], along: list[Request] | None = None
    ) -> None:
        """Give cells to a worker, which then runs them one by one."""
        # They go in one request, so that the two processes wake each other once, not once a cell.
        request: dict[str, Any] = {"cells": [cell.source for cell in cells]}
        replies = len(cells)
        if along is not None:
            request["along"] = along
            replies = 1
        # If the worker does not take them, whoever waits for the replies hears of it.
        with suppress(Silent):
            if replies:
                worker.channel.send(request, self._patience.cell, replies=replies)

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
            return None, _OUT_OF_TIME if seconds < limit else late(limit)
        except TooLong:
            return None, _TOO_LONG
        except Unreadable:
            return None, _FORGED
        finally:
            self._seconds_left -= monotonic() - begin


def _several(replies: Any, count: int) -> list[Reply] | None:
    """Return several replies if that is what they are."""
    if not isinstance(replies, list) or len(replies) != count:
        return None
    # Whoever reads JSON makes no other kind of mapping.
    return replies if {*map(type, replies)} <= {dict} else None
