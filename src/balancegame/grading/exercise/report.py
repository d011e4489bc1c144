"""What a check found, as a person reads it."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field

from balancegame.wording import and_list, counted

PASSED, WRONG, UNATTEMPTED = "passed", "wrong", "unattempted"
SKIPPED, FAULT = "skipped", "fault"
_TO_DO = frozenset({WRONG, UNATTEMPTED})
UNKNOWN = frozenset({SKIPPED, FAULT})
"""Verdicts on a test that says nothing of the answer: neither points nor their absence follow."""

CELL_STOPPED = "cell-stopped"
"""The key of an answer that is missing because its cell stopped."""

INFRASTRUCTURE = "infrastructure"
"""The key of an outcome that says nothing about the submission."""

READ_AS = ", read as "
"""Stands between what a student answered and the number that it was read as."""

_WIDTH = 88
_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_$<>[]"})


def markdown_safe(text: str) -> str:
    r"""Return text so that Markdown shows it as it stands.

    Examples
    --------
    >>> print(markdown_safe("best_reply"))
    best\_reply
    """
    return text.translate(_MARKS)


@dataclass(frozen=True)
class Outcome:
    """What one test found.

    Attributes
    ----------
    exercise : str
    task : int
    worth : int
        Points for passing.
    verdict : str
        "passed", "wrong", "unattempted", "skipped", or "fault" if the test itself broke.
    message : str
    key : str
        The misconception if the answer is wrong, the name of the answer if there is none;
        several names are parted by spaces.
    criterion : str
        What the test is called, unique within the exercise.
    hints : tuple of str
        A ladder of hints: a question, a pointer, a worked step.
    hidden : bool
        Whether the student is not meant to see what was asked.
    answered : str
        What the student answered, as a person writes it; "" if that is not known.
    """

    exercise: str
    task: int
    worth: int
    verdict: str
    message: str = ""
    key: str = ""
    criterion: str = ""
    hints: tuple[str, ...] = ()
    hidden: bool = False
    answered: str = ""

    @property
    def said(self) -> str:
        """What to tell the student: the message, and what was answered unless that says it."""
        if not self.answered or self.verdict == UNATTEMPTED:
            return self.message
        known = self.verdict == PASSED and READ_AS not in self.answered
        if known or self.answered in self.message:
            return self.message
        return f"{self.message} You answered {self.answered}.".strip()

    @property
    def points(self) -> int:
        """The points that it gives."""
        return self.worth if self.verdict == PASSED else 0


@dataclass(frozen=True, repr=False)
class Report:
    """What a check of one exercise found, task by task.

    Attributes
    ----------
    exercise : str
    outcomes : tuple of Outcome
    rungs : int
        How many hints to show to what is not right yet.
    problem : str
        What is wrong with the submission as a whole, in a sentence; "" if nothing is.
    made_out_to : str
        The student for whom the notebook says that it was made; "" if it says nothing.
    elsewhere : mapping of int to int
        How many more points a task has, for checks that only the grader makes.
    """

    exercise: str
    outcomes: tuple[Outcome, ...]
    rungs: int = 0
    problem: str = ""
    made_out_to: str = ""
    elsewhere: Mapping[int, int] = field(default_factory=dict)

    @property
    def tasks(self) -> tuple[int, ...]:
        """The numbers of the tasks."""
        return tuple(sorted({outcome.task for outcome in self.outcomes}))

    @property
    def points(self) -> int:
        """The points reached."""
        return sum(outcome.points for outcome in self.outcomes)

    @property
    def worth(self) -> int:
        """The points that could be reached."""
        return sum(outcome.worth for outcome in self.outcomes)

    @property
    def passed(self) -> bool:
        """Whether there were tests and every one passed."""
        return bool(self.outcomes) and all(o.verdict == PASSED for o in self.outcomes)

    def of(self, task: int) -> Report:
        """Return the part of the report on one task."""
        outcomes = tuple(outcome for outcome in self.outcomes if outcome.task == task)
        elsewhere = {task: self.elsewhere[task]} if task in self.elsewhere else {}
        return Report(self.exercise, outcomes, self.rungs, elsewhere=elsewhere)

    @property
    def verdict(self) -> str:
        """The verdict in words: passed, not attempted yet, not known, or not there yet."""
        if self.passed:
            return "passed"
        if all(outcome.verdict == UNATTEMPTED for outcome in self.outcomes):
            return "not attempted yet"
        if self.outcomes and {o.verdict for o in self.outcomes} <= {PASSED, *UNKNOWN}:
            return "not known, for a check broke or was left out"
        return "not there yet"

    @property
    def has_more_hints(self) -> bool:
        """Whether there are hints to what is not right yet that are not shown."""
        return any(o.verdict in _TO_DO and len(o.hints) > self.rungs for o in self.outcomes)

    @property
    def _stuck_at(self) -> int:
        """The first task with a hint that is not shown."""
        return min(
            o.task for o in self.outcomes if o.verdict in _TO_DO and len(o.hints) > self.rungs
        )

    @property
    def messages(self) -> tuple[str, ...]:
        """What to tell the student, each thing once."""
        told = [o.said for o in self.outcomes if o.said and o.verdict != UNATTEMPTED]
        waiting = {o.key: o.message for o in self.outcomes if o.verdict == UNATTEMPTED}
        if len(waiting) > 1:
            names = dict.fromkeys(name for key in waiting for name in key.split())
            told.append(f"Waiting for your answers: {and_list(names)}.")
        else:
            told.extend(waiting.values())
        told += [h for o in self.outcomes if o.verdict in _TO_DO for h in o.hints[: self.rungs]]
        if more := sum(self.elsewhere.values()):
            points = counted(more, "more point is", "more points are")
            told.append(f"{points} given by checks that only the grader makes.")
        return tuple(dict.fromkeys(told))

    @property
    def table(self) -> str:
        """Points and verdict of each task, and the sum."""
        lines = [self._line(task) for task in self.tasks]
        return "\n".join([*lines, f"{_of_points(self)}."])

    def _line(self, task: int) -> str:
        part = self.of(task)
        return f"Task {task}   {part.points} of {part.worth}   {part.verdict}"

    def __str__(self) -> str:
        lines = []
        for task in self.tasks:
            lines.append(self._line(task))
            lines.extend(
                textwrap.fill(message, _WIDTH, initial_indent="    ", subsequent_indent="    ")
                for message in self.of(task).messages
            )
        if len(self.tasks) > 1:
            lines.append(f"{_of_points(self)}.")
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        lines = []
        for task in self.tasks:
            part = self.of(task)
            lines.append(f"**Task {task}: {part.verdict}** ({_of_points(part)})")
            lines.extend(f"- {markdown_safe(message)}" for message in part.messages)
            lines.append("")
        if len(self.tasks) > 1:
            lines.append(f"{_of_points(self)}.")
        if self.has_more_hints:
            lines.append(
                f'Stuck? In the cell of the check, write `bg.check("{self.exercise[:2]}", '
                f"task={self._stuck_at}, hints=1)` and run it, for a question; `hints=2` gives a "
                "pointer too, `hints=3` a worked step."
            )
        return "\n\n".join(line for line in lines if line)


def _of_points(found: Report) -> str:
    return f"{found.points} of {counted(found.worth, 'point', 'points')}"
