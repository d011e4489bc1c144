"""What a class found hard and which mistakes it shared, counted in one pass over the records."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from statistics import fmean, median

from balancegame.grading.exercise.report import PASSED
from balancegame.grading.gradebook.records import GradedExercise, StudentRecord


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
        return self.share / self.students if self.students else 0.0


@dataclass
class Misconception:
    """One mistake, how many students made it, and what one of them was told."""

    title: str
    task: int
    key: str
    students: int = 0
    message: str = ""
    hidden: bool = True


@dataclass
class ClassStatistics:
    """Counts over a class; add each student once."""

    totals: list[float] = field(default_factory=list)
    students: int = 0
    worth: int = 0
    tasks: dict[tuple[str, int], TaskStatistics] = field(default_factory=dict)
    mistakes: dict[tuple[str, int, str], Misconception] = field(default_factory=dict)
    statuses: Counter[str] = field(default_factory=Counter)
    problems: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[tuple[str, str, str]] = field(default_factory=list)
    broken: set[tuple[str, int, str]] = field(default_factory=set)

    def add(self, record: StudentRecord) -> None:
        """Count one student."""
        self.students += 1
        self.worth = record.worth
        if record.points is not None:
            self.totals.append(record.points)
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
        handed_in = [task for task in self.tasks.values() if task.students]
        return sorted(handed_in, key=lambda task: (task.mean, task.exercise, task.task))

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
            self.faults.append((student, title, graded.fault))
        if graded.problem:
            # A file that cannot be read says nothing about how hard a task is.
            self.problems.append((student, title, graded.problem))
            return
        for task in graded.tasks:
            if not task.criteria:
                continue
            count = self.tasks.setdefault(
                (name, task.number), TaskStatistics(name, title, task.number)
            )
            count.students += 1
            count.share += task.points / task.worth if task.worth else 0.0
            count.full += task.points == task.worth
            count.unattempted += all(c.verdict == "unattempted" for c in task.criteria)
            # What a hidden check says is the same to everybody; a visible one says what went wrong.
            hidden_first = sorted(task.criteria, key=lambda c: not c.hidden)
            wrong = {c.key: c for c in hidden_first if c.verdict == "wrong" and c.key}
            for key, criterion in wrong.items():
                mistake = self.mistakes.setdefault(
                    (name, task.number, key), Misconception(title, task.number, key)
                )
                mistake.students += 1
                if criterion.message:
                    told = (criterion.hidden, criterion.message)
                    known = (mistake.hidden, mistake.message)
                    mistake.hidden, mistake.message = min(told, known if known[1] else told)
            for criterion in task.criteria:
                if criterion.verdict not in {PASSED, "wrong", "unattempted"}:
                    self.broken.add((title, task.number, criterion.name))
