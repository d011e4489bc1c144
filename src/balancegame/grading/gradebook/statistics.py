"""What a class found hard and which mistakes it shared, counted in one pass over the records."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from statistics import fmean, median

from balancegame.grading.exercise.report import UNATTEMPTED, UNKNOWN, WRONG
from balancegame.grading.gradebook.report_words import told_together
from balancegame.grading.gradebook.student_record import GradedExercise, GradedTask, StudentRecord


@dataclass
class TaskStatistics:
    """How a class did in one task, over those whose work could be graded."""

    exercise: str
    title: str
    task: int
    students: int = 0
    share: float = 0.0
    full: int = 0
    unattempted: int = 0

    @property
    def mean(self) -> float:
        """The mean share of the points."""
        return self.share / self.students


@dataclass
class Misconception:
    """One mistake, how many students made it, and what one of them read about it."""

    title: str
    task: int
    key: str
    students: int = 0
    said: tuple[bool, str] | None = None  # whether a hidden check said it, and its words

    @property
    def message(self) -> str:
        """What one of the students read."""
        return "" if self.said is None else self.said[1]


@dataclass
class ClassStatistics:
    """Counts over a class; add each student once."""

    totals: list[float] = field(default_factory=list)
    students: int = 0
    worth: int = 0
    tasks: dict[tuple[str, int], TaskStatistics] = field(default_factory=dict)
    mistakes: dict[tuple[str, int, str], Misconception] = field(default_factory=dict)
    statuses: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    borrowed: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    def add(self, record: StudentRecord) -> None:
        """Count one student."""
        self.students += 1
        self.worth = record.worth
        if record.points is not None:
            self.totals.append(record.points)
        notes = ((g.exercise.name, g.exercise.title, g.note) for g in record.exercises)
        self.notes += (f"{record.student}, {told}" for told in told_together(notes))
        for graded in record.exercises:
            self._add_exercise(record.student, graded)

    @property
    def mean(self) -> float:
        """The mean total of those whose total is known."""
        return fmean(self.totals) if self.totals else 0.0

    @property
    def median(self) -> float:
        """The median of the same totals."""
        return median(self.totals) if self.totals else 0.0

    @property
    def hardest(self) -> list[TaskStatistics]:
        """The tasks, the hardest first."""
        return sorted(self.tasks.values(), key=lambda task: (task.mean, task.exercise, task.task))

    @property
    def commonest(self) -> list[Misconception]:
        """The misconceptions, the commonest first."""
        return sorted(self.mistakes.values(), key=lambda m: (-m.students, m.title, m.task, m.key))

    @property
    def tenths(self) -> list[int]:
        """How many totals fall into each tenth of the points."""
        counts = [0] * 10
        for total in self.totals:
            counts[min(9, int(10 * total / self.worth)) if self.worth else 0] += 1
        return counts

    def _add_exercise(self, student: str, graded: GradedExercise) -> None:
        name, title = graded.exercise.name, graded.exercise.title
        self.statuses[graded.status] += 1
        if graded.points is None:
            self.faults.append(f"{student}, {title}: {graded.why_unknown}")
        if graded.made_out_to and _alike(graded.made_out_to) != _alike(student):
            self.borrowed.append(
                f"{student}, {title}: the notebook is made out to {graded.made_out_to}."
            )
        if graded.is_late:
            self.late.append(f"{student}, {title}: {' '.join(graded.rules)}")
        if graded.problem:
            # A file that cannot be read says nothing about how hard a task is.
            self.problems.append(f"{student}, {title}: {graded.problem}")
            return
        for task in graded.tasks:
            if task.outcomes:
                self._add_task(name, title, task)

    def _add_task(self, name: str, title: str, task: GradedTask) -> None:
        for outcome in task.outcomes:
            if outcome.verdict in UNKNOWN:
                self.broken.add(f"{title}, task {task.number}: {outcome.criterion}")
        if task.points is None:
            return
        place = (name, task.number)
        count = self.tasks.setdefault(place, TaskStatistics(name, title, task.number))
        count.students += 1
        count.share += task.points / task.worth if task.worth else 0.0
        count.full += task.points == task.worth
        count.unattempted += all(each.verdict == UNATTEMPTED for each in task.outcomes)
        # What a hidden check says is the same to everybody; a visible one says what went wrong.
        hidden_first = sorted(task.outcomes, key=lambda each: not each.hidden)
        wrong = {each.key: each for each in hidden_first if each.verdict == WRONG and each.key}
        for key, outcome in wrong.items():
            known = self.mistakes.setdefault((*place, key), Misconception(title, task.number, key))
            known.students += 1
            if outcome.message:
                said = (outcome.hidden, outcome.message)
                known.said = min(said, known.said or said)


def _alike(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip()
