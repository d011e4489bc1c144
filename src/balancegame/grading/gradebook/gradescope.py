"""results.json as Gradescope reads it: one file for each student."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from balancegame.grading.exercise.report import PASSED
from balancegame.grading.gradebook.plain_text import clean
from balancegame.grading.gradebook.report_words import NO_FAULT, sentence_of
from balancegame.grading.gradebook.student_record import StudentRecord, points_text


def results_json(
    record: StudentRecord, facts: Mapping[str, str], score: Fraction | None = None
) -> str:
    """Return a student's results; without a score as long as something is not graded.

    ``score`` stands in place of the points, where these are scaled.
    """
    notes = [
        f"{g.exercise.title}: {' '.join(said)}"
        for g in record.exercises
        if (said := [*([g.note] if g.note else []), *g.rules])
    ]
    output = " ".join(map(clean, notes))
    data: dict[str, Any] = {"stdout_visibility": "hidden", "visibility": "visible"}
    if record.points is None:
        waiting = [g.exercise.name for g in record.exercises if g.points is None]
        names = ", ".join(map(clean, waiting))
        output = f"Not graded yet: {names}. {NO_FAULT} {output}".strip()
    else:
        data["score"] = record.points if score is None else round(float(score), 2)
    data["output"] = output
    data["tests"] = list(_tests(record)) if record.points is not None else []
    data["extra_data"] = {
        "student": clean(record.student),
        "max_score": record.worth,
        "isolation": facts.get("tier", ""),
        "version": facts.get("version", ""),
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True) + "\n"


def _tests(record: StudentRecord) -> Iterator[dict[str, Any]]:
    for place, graded in enumerate(record.exercises, start=1):
        for task in graded.tasks:
            points = task.points or 0.0
            number, name = f"{place}.{task.number}", f"{graded.exercise.title}: task {task.number}"
            said = graded.problem or f"Not handed in. {graded.note}".strip()
            if task.override is not None:
                given = f"Your instructor gave {points_text(task.points)} of {task.worth} points"
                said = f"{given}: {task.override.reason}"
            if task.override is not None or not task.outcomes:
                yield _test(number, name, points, task.worth, said)
                continue
            for part, found in enumerate(task.outcomes, start=1):
                numbered, named = f"{number}.{part}", f"{name}, {found.criterion}"
                said = sentence_of(found)
                if found.answered:
                    said = f"You answered: {found.answered}. {said}"
                yield {
                    **_test(numbered, named, found.points, found.worth, said),
                    "status": PASSED if found.verdict == PASSED else "failed",
                    "tags": [clean(found.key)] if found.key else [],
                }


def _test(number: str, name: str, points: float, worth: int, said: str) -> dict[str, Any]:
    return {
        "number": number,
        "name": clean(name),
        "score": points,
        "max_score": worth,
        "status": PASSED if points == worth else "failed",
        "output": clean(said),
        "output_format": "text",
        "visibility": "visible",
    }
