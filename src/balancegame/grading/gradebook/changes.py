"""What changed between two gradings of a class: who gained, who lost, by which criterion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from balancegame.grading.gradebook.kept_grades import Grades
from balancegame.grading.gradebook.plain_text import clean
from balancegame.grading.gradebook.student_record import GradedExercise, GradedTask, points_text
from balancegame.wording import and_list

_NAMED = 6

Cause = tuple[str, float]
"""A criterion, and the points that it gives more than before."""


@dataclass(frozen=True)
class Change:
    """One student's grade for one exercise, before and after; None is a grade nobody knows."""

    student: str
    exercise: str
    before: float | None
    after: float | None
    causes: tuple[Cause, ...]

    @property
    def known(self) -> bool:
        """Whether both grades are known."""
        return self.before is not None and self.after is not None

    @property
    def gain(self) -> float:
        """The points gained, below zero if lost; 0 where one of both is not known."""
        if self.before is None or self.after is None:
            return 0.0
        return self.after - self.before

    def __str__(self) -> str:
        causes = "; ".join(f"{name} {_signed(points)}" for name, points in self.causes)
        moved = f"{points_text(self.before)} to {points_text(self.after)}"
        return clean(
            f"{self.student}, {self.exercise}: {moved}" + (f" ({causes})" if causes else "")
        )


@dataclass(frozen=True)
class Changes:
    """All changes between two gradings, and whose grades are in only one of them."""

    since: str
    students: int
    changes: tuple[Change, ...]
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def by_criterion(self) -> dict[tuple[str, str], list[tuple[str, float]]]:
        """For each exercise and criterion who gained or lost by it, and how much.

        Where one of both grades is not known, nobody can say that.
        """
        found: dict[tuple[str, str], list[tuple[str, float]]] = {}
        for change in self.changes:
            if not change.known:
                continue
            for name, points in change.causes:
                found.setdefault((change.exercise, name), []).append((change.student, points))
        return dict(sorted(found.items()))

    def __str__(self) -> str:
        return "\n".join(map(clean, self._lines()))

    def _lines(self) -> Iterator[str]:
        gained = {each.student for each in self.changes if each.gain > 0}
        lost = {each.student for each in self.changes if each.gain < 0}
        found = [each.student for each in self.changes if each.before is None is not each.after]
        unknown = sum(each.after is None is not each.before for each in self.changes)
        if not self.changes and not self.new and not self.gone:
            yield f"No grade of {self.students} students has changed since {self.since}."
            return
        yield (
            f"Of {self.students} students {len(gained)} gained and {len(lost)} lost since "
            f"{self.since}."
        )
        if found:
            which, are = _agreeing(len(found))
            yield f"{which} not known then {are} known now ({_some(found)})."
        if unknown:
            which, are = _agreeing(unknown)
            yield f"{which} known {are} not known now; grade again."
        for (exercise, name), moved in self.by_criterion.items():
            for verb, sign in (("gained", 1), ("lost", -1)):
                who = [(student, points) for student, points in moved if points * sign > 0]
                if who:
                    total = sum(abs(points) for _, points in who)
                    students = "student" if len(who) == 1 else "students"
                    yield (
                        f"{exercise}, {name}: {len(who)} {students} {verb} {points_text(total)} "
                        f"points together ({_some([student for student, _ in who])})."
                    )
        if self.new:
            yield f"Not graded then, but now: {_some(self.new)}."
        if self.gone:
            yield f"Graded then, but not now: {_some(self.gone)}."

    def rows(self) -> Iterator[list[str]]:
        """Yield the changes as a table, one of each student and exercise."""
        yield ["student", "exercise", "before", "after", "change", "by"]
        for each in self.changes:
            causes = "; ".join(f"{name} {_signed(points)}" for name, points in each.causes)
            numbers = [
                "" if each.before is None else points_text(each.before),
                "" if each.after is None else points_text(each.after),
                _signed(each.gain) if each.known else "",
            ]
            yield [each.student, each.exercise, *numbers, causes]


def changes_between(before: Grades, after: Grades, since: str) -> Changes:
    """Return what has changed from one grading to another, of the exercises that are in both."""
    exercises = {exercise for _, exercise in before} & {exercise for _, exercise in after}
    students_before = {student for student, exercise in before if exercise in exercises}
    students_after = {student for student, exercise in after if exercise in exercises}
    found = []
    for place, now in sorted(after.items()):
        then = before.get(place)
        if then is None:
            continue
        causes = tuple(_causes(then, now))
        if then.points != now.points or causes:
            found.append(Change(*place, then.points, now.points, causes))
    return Changes(
        since,
        len(students_before | students_after),
        tuple(found),
        tuple(sorted(students_after - students_before)),
        tuple(sorted(students_before - students_after)),
    )


def _causes(then: GradedExercise, now: GradedExercise) -> Iterator[Cause]:
    """Yield each criterion that gives other points than before, then hands and lateness."""
    if not then.handed_in and now.handed_in:
        yield "handed in since", (now.points or 0) - (then.points or 0)
        return
    tasks_then = {task.number: task for task in then.tasks}
    tasks_now = {task.number: task for task in now.tasks}
    for number in sorted(tasks_then.keys() | tasks_now.keys()):
        yield from _causes_of_task(number, tasks_then.get(number), tasks_now.get(number))
    if then.taken_off != now.taken_off:
        yield "lateness", then.taken_off - now.taken_off


def _causes_of_task(
    number: int, then: GradedTask | None, now: GradedTask | None
) -> Iterator[Cause]:
    by_hand = [task and task.override for task in (then, now)]
    if any(by_hand):
        moved = ((now and now.points) or 0) - ((then and then.points) or 0)
        if moved:
            yield f"task {number}, points given by hand", moved
        return
    points: dict[str, list[float]] = {}
    for place, task in enumerate((then, now)):
        for outcome in task.outcomes if task else ():
            points.setdefault(outcome.criterion, [0, 0])[place] = outcome.points
    for criterion, (before, after) in points.items():
        if before != after:
            yield f"task {number}, {criterion}", after - before


def _agreeing(grades: int) -> tuple[str, str]:
    if grades == 1:
        return "1 grade that was", "is"
    return f"{grades} grades that were", "are"


def _signed(points: float) -> str:
    return f"{'+' if points > 0 else ''}{points_text(points)}"


def _some(names: tuple[str, ...] | list[str]) -> str:
    listed, more = list(names[:_NAMED]), len(names) - _NAMED
    return and_list([*listed, f"{more} more"] if more > 0 else listed)
