"""Gradebooks made by hand, for tests of what becomes of them."""

from __future__ import annotations

from contextlib import contextmanager

from balancegame.grading.gradebook.records import Exercise, GradedCriterion
from balancegame.grading.gradebook.store import begin_run, open_gradebook, record_result

FACTS = {"version": "0.1.0", "tier": "process"}
EXERCISES = (
    Exercise("01_security", "Exercise 1. Security or energy", {1: 4, 2: 3}),
    Exercise("02_repeat", "Exercise 2. Again and again", {1: 2}),
)
HINTS = ("Whom do you ask?", "Hold the other still.", "Row by row: 2 > 1.")
CRITERIA = {
    "01_security": (
        GradedCriterion(1, "reads the rows", 2, "passed", hints=HINTS),
        GradedCriterion(1, "reads the columns", 2, "passed", hidden=True),
        GradedCriterion(2, "finds every equilibrium", 3, "passed", hints=HINTS),
    ),
    "02_repeat": (GradedCriterion(1, "knows the threshold", 2, "passed"),),
}


def changed(criterion, verdict, message="", key=""):
    return GradedCriterion(
        criterion.task,
        criterion.name,
        criterion.worth,
        verdict,
        message,
        key,
        criterion.hints,
        criterion.hidden,
    )


def right(name):
    return CRITERIA[name]


def wrong(name, message="Compare the rows again.", key="other-players-payoffs"):
    first, *rest = CRITERIA[name]
    return (changed(first, "wrong", message, key), *rest)


def untouched(name):
    return tuple(changed(criterion, "unattempted") for criterion in CRITERIA[name])


def begin(book, roster, strays=(), exercises=EXERCISES, facts=FACTS):
    """Begin a run; ``roster`` maps (student, exercise) to criteria, None or a fault."""
    entries = [
        (student, name, None if found is None else f"key of {student} {name}")
        for (student, name), found in roster.items()
    ]
    begin_run(book, exercises, entries, strays, facts)


def grade(book, roster, problems=()):
    for (student, name), criteria in roster.items():
        if isinstance(criteria, tuple):
            problem = dict(problems).get((student, name), "")
            record_result(
                book,
                f"key of {student} {name}",
                student,
                name,
                criteria,
                tier="process",
                problem=problem,
                seconds=0.5,
            )


@contextmanager
def gradebook(folder, roster, **options):
    problems = options.pop("problems", ())
    with open_gradebook(folder / "gradebook.sqlite", create=True) as book:
        begin(book, roster, **options)
        grade(book, roster, problems)
        yield book
