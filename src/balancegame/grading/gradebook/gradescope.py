"""results.json as Gradescope reads it: one file a student."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from balancegame.grading.exercise.report import PASSED
from balancegame.grading.gradebook.isolation_words import isolation_words
from balancegame.grading.gradebook.plain_text import clean
from balancegame.grading.gradebook.records import (
    GradedCriterion,
    GradedExercise,
    GradedTask,
    StudentRecord,
    points_text,
)
from balancegame.grading.gradebook.verdict_words import sentence_of


def results_json(record: StudentRecord, facts: Mapping[str, str]) -> str:
    """Return a student's results; without a score as long as something is not graded."""
    output = isolation_words(facts)
    data: dict[str, Any] = {"stdout_visibility": "hidden", "visibility": "visible"}
    if record.points is None:
        waiting = [g.exercise.name for g in record.exercises if g.points is None]
        output = f"Not graded yet: {', '.join(map(clean, waiting))}. {output}"
    else:
        data["score"] = record.points
    data["output"] = output
    data["tests"] = list(_tests(record)) if record.points is not None else []
    data["extra_data"] = {
        "student": clean(record.student),
        "max_score": record.worth,
        "isolation": facts.get("tier", ""),
        "version": facts.get("version", ""),
    }
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _tests(record: StudentRecord) -> Iterator[dict[str, Any]]:
    for place, graded in enumerate(record.exercises, start=1):
        for task in graded.tasks:
            number = f"{place}.{task.number}"
            if task.override is not None or not task.criteria:
                yield _task(number, graded, task)
                continue
            for part, criterion in enumerate(task.criteria, start=1):
                yield _criterion(f"{number}.{part}", graded, criterion)


def _task(number: str, graded: GradedExercise, task: GradedTask) -> dict[str, Any]:
    if task.override is not None:
        output = (
            f"Your instructor gave {points_text(task.points)} of {task.worth} points: "
            f"{task.override.reason}"
        )
    else:
        output = graded.problem or "Not handed in."
    return {
        "number": number,
        "name": clean(f"{graded.exercise.title}: task {task.number}"),
        "score": task.points,
        "max_score": task.worth,
        "status": PASSED if task.points == task.worth else "failed",
        "output": clean(output),
        "output_format": "text",
        "visibility": "visible",
    }


def _criterion(number: str, graded: GradedExercise, criterion: GradedCriterion) -> dict[str, Any]:
    return {
        "number": number,
        "name": clean(f"{graded.exercise.title}: task {criterion.task}, {criterion.name}"),
        "score": criterion.points,
        "max_score": criterion.worth,
        "status": PASSED if criterion.verdict == PASSED else "failed",
        "output": clean(sentence_of(criterion)),
        "output_format": "text",
        "tags": [clean(criterion.key)] if criterion.key else [],
        "visibility": "visible",
    }
