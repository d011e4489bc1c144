"""The grades of a class as they leave for a platform: by the roster, scaled or not.

A grade is exact until it is written: it is rounded once, to two decimals, half up, which is as many
as Canvas and Moodle show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from balancegame.errors import GameError
from balancegame.grading.gradebook.plain_text import clean
from balancegame.grading.gradebook.student_record import (
    Exercise,
    GradedExercise,
    StudentRecord,
    as_written,
)
from balancegame.grading.registrar.roster import Roster, Student, letters
from balancegame.grading.submission.file_names import exercise_named
from balancegame.wording import and_list

PLATFORM = "platform"
"""Scale to what the platform itself says can be reached."""

_NUMBERED = re.compile(r"(?<!\d)0*(\d+)(?!\d)")
_ID_AT_THE_END = re.compile(r"\s*\(\d+\)\s*\Z")
_LISTED = 8


@dataclass(frozen=True)
class Grade:
    """What one student has for one exercise; no points are points that nobody knows yet."""

    points: Fraction | None
    is_missing: bool  # nothing was handed in, and nobody gave points by hand


@dataclass(frozen=True)
class Policy:
    """How grades are written: scaled to a number, to the platform's own, or not; 0 for nothing."""

    scale: Fraction | str | None = None
    missing_is_zero: bool = False

    def text(self, grade: Grade, worth: int, possible: Fraction | None) -> str | None:
        """Return a grade as text; None if the platform's cell is to stay as it is."""
        if grade.is_missing:
            return "0" if self.missing_is_zero else None
        if grade.points is None:
            return None
        return number_text(self.scaled(grade.points, worth, possible))

    def scaled(self, points: Fraction, worth: int, possible: Fraction | None) -> Fraction:
        """Return points scaled to what can be reached on the platform, or as they are."""
        to = possible if self.scale == PLATFORM else self.scale
        return points if to is None or not worth else points * Fraction(to) / worth


@dataclass(frozen=True)
class ClassGrades:
    """The grades of everybody in the roster, and a sentence for each person in only one of both."""

    exercises: tuple[Exercise, ...]
    records: Mapping[str, StudentRecord]  # by the folder of the roster's student
    notes: tuple[str, ...]

    def grade(self, student: Student, exercise: Exercise) -> Grade:
        """Return what a student has for an exercise."""
        record = self.records.get(student.folder)
        for graded in record.exercises if record else ():
            if graded.exercise.name == exercise.name:
                return _grade(graded)
        return Grade(Fraction(0), is_missing=True)


def class_grades(
    roster: Roster,
    records: Iterable[StudentRecord],
    exercises: Sequence[Exercise],
    only: Sequence[str] = (),
) -> ClassGrades:
    """Find each student of a gradebook in the roster: by the folder, any ID, or a name alone."""
    found: dict[str, StudentRecord] = {}
    strangers = []
    for record in records:
        student = roster.with_id(record.student)
        if student is None:
            named = roster.named(record.student)
            student = named[0] if len(named) == 1 else None
        if student is None:
            strangers.append(record.student)
        elif student.folder in found:
            raise GameError(
                f"{found[student.folder].student} and {record.student} in the gradebook are both "
                f"{student.name} in {roster.source.name}; keep one of the two and grade again."
            )
        else:
            found[student.folder] = record
    if not found:
        raise GameError(
            f"nobody in the gradebook is in {roster.source.name}; its students are called like "
            f"{strangers[0] if strangers else 'their folders'}, so name with --id the column that "
            "holds that."
        )
    absent = [each.folder for each in roster.students if each.folder not in found]
    notes = []
    if strangers:
        notes.append(f"Not in the roster, so left out: {_some(strangers)}.")
    if absent:
        notes.append(f"In the roster and not in the gradebook: {_some(absent)}.")
    return ClassGrades(chosen(exercises, only), found, tuple(notes))


def chosen(exercises: Sequence[Exercise], only: Sequence[str]) -> tuple[Exercise, ...]:
    """Return the exercises that names or numbers mean, all if there are none."""
    by_name = {each.name: each for each in exercises}
    meant = set()
    for text in only:
        named = exercise_named(text, by_name)
        if named is None:
            raise GameError(f"the gradebook has no exercise {text!r}; it has {and_list(by_name)}.")
        meant.add(named[0])
    return tuple(each for each in exercises if not only or each.name in meant)


def heading_of(exercise: Exercise, headings: Sequence[str]) -> str | None:
    """Return the one heading that means an exercise: by name, by title, or by its number.

    Examples
    --------
    >>> exercise = Exercise("05_deterrence", "Exercise 5. How large a threat", {1: 7})
    >>> heading_of(exercise, ["Essay (70)", "Homework 5 (77)"])
    'Homework 5 (77)'
    """
    plain = {heading: _ID_AT_THE_END.sub("", heading) for heading in headings}
    wanted = {letters(exercise.name), letters(exercise.title)}
    number = _NUMBERED.match(exercise.name)
    tests: tuple[Callable[[str], bool], ...] = (
        lambda text: letters(text) in wanted,
        lambda text: exercise_named(text, [exercise.name]) is not None,
        lambda text: number is not None and _NUMBERED.findall(text) == [number[1]],
    )
    for test in tests:
        found = [heading for heading, text in plain.items() if test(text)]
        if len(found) == 1:
            return found[0]
    return None


def number_text(value: Fraction) -> str:
    """Return a number with at most two decimals, rounded half up.

    Examples
    --------
    >>> number_text(Fraction(5, 3)), number_text(Fraction(7)), number_text(Fraction(1, 200))
    ('1.67', '7', '0.01')
    """
    hundredths = floor(value * 100 + Fraction(1, 2))
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")


def read_number(text: str) -> Fraction | None:
    """Return the number that a platform wrote, with a point or a comma, if it is one."""
    plain = text.strip().replace("\u00a0", "").replace(" ", "")
    if re.fullmatch(r"\d+([.,]\d+)?", plain):
        return Fraction(plain.replace(",", "."))
    return None


def _grade(graded: GradedExercise) -> Grade:
    by_hand = any(task.override is not None for task in graded.tasks)
    exact = None if graded.points is None else as_written(graded.points)
    return Grade(exact, is_missing=not graded.handed_in and not by_hand)


def _some(names: Sequence[str]) -> str:
    listed, more = [*map(clean, names[:_LISTED])], len(names) - _LISTED
    return and_list([*listed, f"{more} more"] if more > 0 else listed)
