"""junit.xml: the class as test suites, for tools that read the results of tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

from balancegame.grading.exercise.report import FAULT, PASSED
from balancegame.grading.gradebook.isolation_words import isolation_words
from balancegame.grading.gradebook.plain_text import clean
from balancegame.grading.gradebook.student_record import GradedExercise, StudentRecord, points_text
from balancegame.grading.gradebook.verdict_words import VERDICT_WORDS, sentence_of


def junit_xml(records: Iterable[StudentRecord], facts: Mapping[str, str]) -> str:
    """Return one suite for each student and exercise; what is not graded is an error in it."""
    root = ElementTree.Element("testsuites", name="balancegame")
    for record in records:
        for graded in record.exercises:
            root.append(_suite(record.student, graded, facts))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, "unicode") + "\n"


def _suite(student: str, graded: GradedExercise, facts: Mapping[str, str]) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", name=clean(f"{student} / {graded.exercise.name}"))
    properties = ElementTree.SubElement(suite, "properties")
    shown = {
        "student": student,
        "exercise": graded.exercise.name,
        "points": points_text(graded.points),
        "worth": str(graded.exercise.worth),
        "isolation": isolation_words(facts),
    }
    for name, value in shown.items():
        ElementTree.SubElement(properties, "property", name=name, value=clean(value))
    counts = {"tests": 0, "failures": 0, "errors": 0}
    for task in graded.tasks:
        if task.override is not None:
            reason = f"{points_text(task.points)} of {task.worth} points: {task.override.reason}"
            place = f"override of task {task.number}"
            ElementTree.SubElement(properties, "property", name=place, value=clean(reason))
        for outcome in task.outcomes:
            name = f"task {task.number}: {outcome.criterion}"
            kind = {PASSED: None, FAULT: "error"}.get(outcome.verdict, "failure")
            words = (VERDICT_WORDS[outcome.verdict], sentence_of(outcome))
            _case(suite, counts, graded, name, kind, words)
    if graded.points is None:
        _case(suite, counts, graded, "grading", "error", ("not graded", graded.fault))
    elif not graded.handed_in:
        _case(suite, counts, graded, "handing in", "failure", ("not handed in", ""))
    for name, count in counts.items():
        suite.set(name, str(count))
    return suite


def _case(
    suite: ElementTree.Element,
    counts: dict[str, int],
    graded: GradedExercise,
    name: str,
    kind: str | None,
    words: tuple[str, str],
) -> None:
    place = {"classname": clean(graded.exercise.name), "name": clean(name)}
    case = ElementTree.SubElement(suite, "testcase", place)
    counts["tests"] += 1
    if kind is not None:
        counts[f"{kind}s"] += 1
        said = {"message": clean(words[1]), "type": clean(words[0])}
        ElementTree.SubElement(case, kind, said)
