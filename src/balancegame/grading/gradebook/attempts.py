"""Several attempts of one student at one exercise: when each came, and which of them counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from balancegame.grading.gradebook.class_folder import HandedIn, readable, work_of
from balancegame.grading.gradebook.deadlines import BEST, Deadlines
from balancegame.grading.gradebook.handed_in import ATTEMPTS, read_handed_in, time_of
from balancegame.grading.gradebook.student_folder import OpenArchive
from balancegame.grading.gradebook.student_record import GradedExercise, points_text
from balancegame.wording import and_list


def with_attempts(
    folder: Path,
    handed_in: Iterable[HandedIn],
    deadlines: Deadlines,
    open_archive: OpenArchive | None = None,
) -> tuple[HandedIn, ...]:
    """Add when each file came, and earlier attempts where the best of several counts."""
    current = list(handed_in)
    wanted: dict[str, list[str]] = {}
    for each in current:
        if deadlines.rule(each.student, each.exercise).attempts == BEST:
            wanted.setdefault(each.student, []).append(each.exercise)
    earlier: list[HandedIn] = []
    for student, exercises in wanted.items():
        for number, place in _numbered(folder / ATTEMPTS, student):
            found = work_of(student, place, exercises, open_archive)
            earlier += [replace(each, attempt=number) for each in found if each.path is not None]
    known = read_handed_in(folder)
    timed = []
    for each in [*current, *earlier]:
        noted = None if each.path is None else time_of(known, folder, each.path)
        if noted is not None:
            each = replace(each, at=noted.at, marked_late=noted.marked_late)
        timed.append(each)
    return tuple(timed)


def untold(handed_in: Iterable[HandedIn], deadlines: Deadlines) -> Iterator[str]:
    """Yield sentences on work whose lateness nobody knows, and on extensions of nobody."""
    handed_in = list(handed_in)
    missing = [
        each
        for each in handed_in
        if each.path is not None
        and each.at is None
        and deadlines.rule(each.student, each.exercise).due is not None
    ]
    for each in missing:
        if each.marked_late:
            yield (
                f"{each.student}, {each.exercise}: it is marked as late, and nobody knows by how "
                "much; write the time into handed-in.csv and grade again."
            )
    if unmarked := [each for each in missing if not each.marked_late]:
        first = unmarked[0]
        place = f"that of {first.student} for {first.exercise}"
        yield (
            f"{len(unmarked)} hand-ins, such as {place}, have no time in handed-in.csv, so they "
            "count as in time."
            if len(unmarked) > 1
            else f"One hand-in, {place}, has no time in handed-in.csv, so it counts as in time."
        )
    students = {each.student for each in handed_in}
    for student in sorted(deadlines.extensions.keys() - students):
        yield f"The deadlines give an extension to {student}, who is nobody in the class."


def counting(attempts: Sequence[GradedExercise]) -> GradedExercise:
    """Return the attempt that counts: the one with the most points, of several such the newest.

    As long as nobody knows the points of one, nobody knows those that count.
    """
    if len(attempts) == 1:
        return attempts[0]
    # The newest comes first, and max takes the first of equals.
    unknown = [each for each in attempts if each.points is None]
    best = unknown[0] if unknown else max(attempts, key=lambda each: each.points or 0)
    place = len(attempts) - attempts.index(best)
    listed = and_list(points_text(each.points) for each in reversed(attempts))
    said = (
        f"The best of {len(attempts)} attempts counts, which is number {place}; with lateness "
        f"taken off, they earn {listed} points."
    )
    return replace(best, rules=(*best.rules, said))


def _numbered(folder: Path, student: str) -> list[tuple[int, Path]]:
    """Return a student's earlier attempts, the newest first."""
    own = [path for path in folder.glob("*") if readable(path.name) == student]
    found = [
        (int(path.name), path)
        for parent in own
        if not parent.is_symlink()
        for path in parent.glob("*")
        if path.name.isascii() and path.name.isdecimal() and path.is_dir()
    ]
    return sorted(found, reverse=True)
