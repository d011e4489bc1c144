"""What a gradebook says of one student: exercises, tasks, points, and who decided them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from balancegame.grading.exercise.report import FAULT, UNKNOWN, Outcome
from balancegame.wording import and_list, capital


@dataclass(frozen=True)
class Exercise:
    """What an exercise asks, whatever anybody handed in."""

    name: str
    title: str
    tasks: Mapping[int, int]  # what each is worth, by its number

    @cached_property
    def worth(self) -> int:
        """The points that can be reached."""
        return sum(self.tasks.values())


@dataclass(frozen=True)
class Override:
    """Points that a person gave in place of those from the tests, and why."""

    student: str
    exercise: str
    task: int
    points: float
    reason: str


@dataclass(frozen=True)
class GradedTask:
    """One task of one student."""

    number: int
    worth: int
    outcomes: tuple[Outcome, ...] = ()  # one for each test, none where nothing was graded
    override: Override | None = None

    @cached_property
    def tested(self) -> int:
        """The points from the tests."""
        return sum(outcome.points for outcome in self.outcomes)

    @cached_property
    def unknown(self) -> tuple[Outcome, ...]:
        """What tests broke or were left out, unless a person has decided."""
        found = (outcome for outcome in self.outcomes if outcome.verdict in UNKNOWN)
        return () if self.override else tuple(found)

    @cached_property
    def points(self) -> float | None:
        """The points that count; None as long as a test says nothing of the answer."""
        if self.override is not None:
            return self.override.points
        return None if self.unknown else self.tested


@dataclass(frozen=True)
class GradedExercise:
    """One exercise of one student."""

    exercise: Exercise
    tasks: tuple[GradedTask, ...]
    handed_in: bool = True
    problem: str = ""  # what is wrong with the submission as a whole
    fault: str = ""  # why it is not graded although it should be, through no fault of its own
    note: str = ""  # what was found in an unexpected place or under an unexpected name
    made_out_to: str = ""  # whom the notebook names as its student
    deduction: Fraction = Fraction(0)  # what lateness takes off
    rules: tuple[str, ...] = ()  # what the student should know of deadlines and attempts
    is_late: bool = False

    @cached_property
    def earned(self) -> float | None:
        """The points of the tasks; None if it is not graded."""
        if self.fault and any(task.override is None for task in self.tasks):
            return None
        return _sum(task.points for task in self.tasks)

    @cached_property
    def points(self) -> float | None:
        """The points that count, with lateness taken off; None if it is not graded."""
        earned = self.earned
        if earned is None or not self.deduction:
            return earned
        return float(max(Fraction(0), as_written(earned) - self.deduction))

    @property
    def taken_off(self) -> float:
        """The points that lateness costs, never more than were earned."""
        return float(as_written(self.earned or 0) - as_written(self.points or 0))

    @property
    def why_unknown(self) -> str:
        """Why there are no points, in a sentence; "" if there are."""
        if self.points is not None:
            return ""
        unknown = [(task.number, each) for task in self.tasks for each in task.unknown]
        # Hidden names are no secret: a report shows them as it shows the others.
        broken = (
            f'the check "{each.criterion}" of task {number} '
            f"{'broke' if each.verdict == FAULT else 'was left out'}"
            for number, each in unknown
        )
        return self.fault or f"{capital(and_list(broken))}; correct the test and grade again."

    @property
    def status(self) -> str:
        """Whether it is graded, in words."""
        if self.points is None:
            return "not graded"
        return "graded" if self.handed_in else "not handed in"


@dataclass(frozen=True)
class StudentRecord:
    """All exercises of one student."""

    student: str
    exercises: tuple[GradedExercise, ...] = ()
    name: str = ""  # as the roster spells it, if anybody has told

    @property
    def called(self) -> str:
        """How a person is to be told who it is: by name, and by the folder."""
        known = self.name and self.name != self.student
        return f"{self.name} ({self.student})" if known else self.student

    @cached_property
    def points(self) -> float | None:
        """The sum of points; None while an exercise is not graded."""
        return _sum(exercise.points for exercise in self.exercises)

    @cached_property
    def worth(self) -> int:
        """The points that can be reached."""
        return sum(graded.exercise.worth for graded in self.exercises)


def as_written(points: float) -> Fraction:
    """Return the decimal that points given by hand were written as."""
    return Fraction(points) if isinstance(points, int) else Fraction(str(points))


def _sum(points: Iterable[float | None]) -> float | None:
    """Return a sum as people add decimals, without the noise of floats; None if one is unknown."""
    known = [*points]
    if None in known:
        return None
    if {*map(type, known)} <= {int}:
        return sum(filter(None, known))
    total = sum(map(as_written, filter(None, known)), Fraction(0))
    return int(total) if total.denominator == 1 else float(total)


def points_text(points: float | None) -> str:
    """Return points as a person writes them.

    Examples
    --------
    >>> points_text(3.0), points_text(2.5), points_text(None)
    ('3', '2.5', 'not graded')
    """
    return "not graded" if points is None else f"{points:g}"
