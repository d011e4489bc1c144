"""The student's answers, from a live notebook or from cells that a worker runs."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from balancegame.grading.isolation.channel import Worker
from balancegame.grading.isolation.deadline import Deadline
from balancegame.grading.submission.asked_before import AskedBefore
from balancegame.grading.submission.bare_words import complaint_of_bare_word, stopped_before
from balancegame.grading.submission.cell_answers import CellAnswers, late
from balancegame.grading.submission.closed_modules import complaint_of_closed_module
from balancegame.grading.submission.patience import PATIENCE, Patience
from balancegame.grading.submission.submitted_file import Submission
from balancegame.grading.submission.unreadable_cells import complaint_of_unreadable_cell
from balancegame.grading.submission.untouched import last_that_gives
from balancegame.grading.worker.namespace import Reply, call, call_each, fetch
from balancegame.grading.worker.wire import encode, unpack


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
    opened: dict[frozenset[str], _LiveAnswers] = {}

    def answers(allowed: frozenset[str], fresh: bool) -> _LiveAnswers:
        if allowed not in opened:
            opened[allowed] = _LiveAnswers(namespace, allowed)
        return opened[allowed]

    return Source(answers, lambda: None, student)


def cell_source(
    submission: Submission,
    start: Callable[[frozenset[str]], Worker],
    student: str,
    patience: Patience | None = None,
    before: AskedBefore | None = None,
) -> Source:
    """Return cells as a source; ``start`` starts a worker that opens some packages and modules.

    What tests have asked of earlier submissions, ``before``, is asked all at once, and what they
    ask of this one is added to it.
    """
    habits = AskedBefore() if before is None else before
    patient = PATIENCE if patience is None else patience
    at_once = min(patient.at_once, patient.call)
    opened: dict[frozenset[str], CellAnswers] = {}

    def answers(allowed: frozenset[str], fresh: bool) -> CellAnswers:
        if allowed not in opened:
            begin = partial(start, allowed)
            opened[allowed] = CellAnswers(submission, begin, patient, at_once, habits, allowed)
        if fresh:
            opened[allowed].part()
        else:
            opened[allowed].begin()
        return opened[allowed]

    def close() -> None:
        for each in opened.values():
            each.close()

    return Source(answers, close, student)


class _LiveAnswers:
    """Answers in the namespace of a running notebook, for a task that opens some packages."""

    def __init__(self, namespace: dict[str, Any], allowed: frozenset[str]) -> None:
        self._namespace = namespace
        self._allowed = allowed
        # Functions that did not answer in time, which are not asked again.
        self._late: dict[str, Reply] = {}
        # IPython keeps the source of every cell that was run.
        ran = namespace.get("In")
        self._ran = [each for each in ran if isinstance(each, str)] if isinstance(ran, list) else []
        self._written = _as_written(namespace, self._ran)
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
            reply = self._late[name] = {"stopped": late(PATIENCE.call), "silent": True}
        return reply

    def call_each(self, name: str, packed: str) -> Iterable[Reply]:
        replies: list[Reply] = []
        with Deadline(PATIENCE.at_once) as deadline:
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
        closed = complaint_of_closed_module(name, self._written, self._allowed)
        last = last_that_gives(name, self._ran)
        return unreadable or closed or complaint_of_bare_word(last, self._known)

    def _given(self, name: str) -> dict[str, Any]:
        """Return the namespace, empty where a name does not mean what it will to the grader."""
        if name not in self._stale:
            self._stale[name] = (
                stopped_before(last_that_gives(name, self._ran), name, self._known)
                or complaint_of_unreadable_cell(self._ran, name) is not None
                or complaint_of_closed_module(name, self._written, self._allowed) is not None
            )
        return {} if self._stale[name] else self._namespace


def _as_written(namespace: dict[str, Any], ran: list[str]) -> list[str]:
    """Return the cells that were run as somebody wrote them, where Jupyter still knows."""
    shell = namespace.get("get_ipython")
    with suppress(AttributeError, TypeError):
        raw = shell().history_manager.input_hist_raw if callable(shell) else ran
        return [each for each in raw if isinstance(each, str)]
    return ran
