"""Gradebooks made by hand, for tests of what becomes of them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace

from balancegame.grading.exercise.report import Outcome, Report
from balancegame.grading.gradebook.database import (
    RosterEntry,
    begin_run,
    open_gradebook,
    record_results,
)
from balancegame.grading.gradebook.student_record import Exercise

FACTS = {"version": "0.1.0", "tier": "process"}
EXERCISES = (
    Exercise("01_security", "Exercise 1. Security or energy", {1: 4, 2: 3}),
    Exercise("02_repeat", "Exercise 2. Again and again", {1: 2}),
)
HINTS = ("Whom do you ask?", "Hold the other still.", "Row by row: 2 > 1.")


def outcome(exercise, task, criterion, worth, verdict="passed", **more):
    return Outcome(exercise, task, worth, verdict, criterion=criterion, **more)


CRITERIA = {
    "01_security": (
        outcome("01_security", 1, "reads the rows", 2, hints=HINTS),
        outcome("01_security", 1, "reads the columns", 2, hidden=True),
        outcome("01_security", 2, "finds every equilibrium", 3, hints=HINTS),
    ),
    "02_repeat": (outcome("02_repeat", 1, "knows the threshold", 2),),
}


def changed(criterion, verdict, message="", key=""):
    return replace(criterion, verdict=verdict, message=message, key=key)


def right(name):
    return CRITERIA[name]


def wrong(name, message="Compare the rows again.", key="other-players-payoffs"):
    first, *rest = CRITERIA[name]
    return (changed(first, "wrong", message, key), *rest)


def untouched(name):
    return tuple(changed(criterion, "unattempted") for criterion in CRITERIA[name])


def begin(book, roster, strays=(), exercises=EXERCISES, facts=FACTS, notes=()):
    """Begin a run; ``roster`` maps (student, exercise) to criteria, None or a fault."""
    entries = [
        RosterEntry(
            student,
            name,
            None if found is None else f"key of {student} {name}",
            dict(notes).get((student, name), ""),
        )
        for (student, name), found in roster.items()
    ]
    begin_run(book, exercises, entries, strays, facts)


def grade(book, roster, problems=(), made_out_to=()):
    for (student, name), criteria in roster.items():
        if isinstance(criteria, tuple):
            problem = dict(problems).get((student, name), "")
            other = dict(made_out_to).get((student, name), "")
            report = Report(name, criteria, problem=problem, made_out_to=other)
            record_results(book, [(f"key of {student} {name}", student, report)])


@contextmanager
def gradebook(folder, roster, **options):
    problems = options.pop("problems", ())
    made_out_to = options.pop("made_out_to", ())
    with open_gradebook(folder / "gradebook.sqlite", create=True) as book:
        begin(book, roster, **options)
        grade(book, roster, problems, made_out_to)
        yield book
