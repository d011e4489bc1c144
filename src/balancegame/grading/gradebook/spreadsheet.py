"""grades.csv: one row for each student, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from balancegame.grading.gradebook.plain_text import clean
from balancegame.grading.gradebook.report_words import told_together
from balancegame.grading.gradebook.student_record import Exercise, StudentRecord, points_text

# Full-width signs start a formula too where the spreadsheet is Japanese or Chinese.
_FORMULA = re.compile(r"\A[\s'\"]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
# Where a semicolon parts cells, a formula may also start after one.
_LATER_FORMULA = re.compile(r"([;|][\s'\"]*)([=+\-@\uff1d\uff0b\uff0d\uff20])")


class GradesTable:
    """The table of grades; an empty cell is a grade that is not known yet, never a 0."""

    def __init__(self, exercises: Sequence[Exercise], facts: Mapping[str, str]) -> None:
        self._text = io.StringIO(newline="")
        self._tier = safe_cell(facts.get("tier", ""))
        # Excel takes UTF-8 for what it is only when the file starts with this mark.
        self._text.write("\ufeff")
        self._writer = csv.writer(self._text, lineterminator="\r\n")
        names = [exercise.name for exercise in exercises]
        heads = ("student", *names, "total", "out of", "notes", "isolation")
        self._writer.writerow(map(safe_cell, heads))

    def add(self, record: StudentRecord) -> None:
        """Add the row of one student."""
        points = [_number(graded.points) for graded in record.exercises]
        total = [_number(record.points), str(record.worth)]
        notes = "; ".join(note.rstrip(".") for note in _notes(record))
        self._writer.writerow(
            [safe_cell(record.student), *points, *total, safe_cell(notes), self._tier]
        )

    @property
    def text(self) -> str:
        """The table with all rows so far."""
        return self._text.getvalue()


def _number(points: float | None) -> str:
    return "" if points is None else points_text(points)


def _notes(record: StudentRecord) -> Iterator[str]:
    for graded in record.exercises:
        name = graded.exercise.name
        if graded.status != "graded":
            yield f"{name}: {graded.status}"
        if not graded.fault and graded.why_unknown:
            yield f"{name}: {graded.why_unknown}"
        if graded.problem:
            yield f"{name}: {graded.problem}"
        if graded.is_late or graded.deduction:
            yield f"{name}: {' '.join(graded.rules)}"
        for task in graded.tasks:
            if task.override is not None:
                given = points_text(task.override.points)
                yield f"{name} task {task.number} set to {given}: {task.override.reason}"
    yield from told_together((g.exercise.name, g.exercise.name, g.note) for g in record.exercises)


def safe_cell(text: str) -> str:
    r"""Return text that no spreadsheet takes for a formula.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("Ann\t"), safe_cell("a;=1")
    ("'=1+1", 'Ann', "a;'=1")
    """
    safe = _LATER_FORMULA.sub(r"\1'\2", clean(text))
    return f"'{safe}" if _FORMULA.match(safe) else safe
