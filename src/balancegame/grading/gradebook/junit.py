"""junit.xml: the class as test suites, for tools that read the results of tests."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

from balancegame.grading.exercise.report import PASSED, UNKNOWN
from balancegame.grading.gradebook.plain_text import clean
from balancegame.grading.gradebook.report_words import VERDICT_WORDS, isolation_words, sentence_of
from balancegame.grading.gradebook.student_record import GradedExercise, StudentRecord, points_text


class TestSuites:
    """One suite for each student and exercise; what is not graded is an error in it."""

    # pytest takes what is called like this for tests.
    __test__ = False

    def __init__(self, facts: Mapping[str, str]) -> None:
        self._facts = facts
        self._root = ElementTree.Element("testsuites", name="balancegame")

    def add(self, record: StudentRecord) -> None:
        """Add the suites of one student."""
        for graded in record.exercises:
            self._root.append(_suite(record.student, graded, self._facts))

    @property
    def text(self) -> str:
        """All suites so far as XML."""
        ElementTree.indent(self._root)
        suites = ElementTree.tostring(self._root, "unicode")
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{suites}\n'


def _suite(student: str, graded: GradedExercise, facts: Mapping[str, str]) -> ElementTree.Element:
    exercise = graded.exercise
    shown = {
        "student": student,
        "exercise": exercise.name,
        "points": points_text(graded.points),
        "worth": str(exercise.worth),
        "isolation": isolation_words(facts),
    }
    if graded.note:
        shown["note"] = graded.note
    if graded.rules:
        shown["deadlines"] = " ".join(graded.rules)
    cases = []
    for task in graded.tasks:
        if task.override is not None:
            given = f"{points_text(task.points)} of {task.worth} points: {task.override.reason}"
            shown[f"override of task {task.number}"] = given
        for outcome in task.outcomes:
            kind = {PASSED: "", **dict.fromkeys(UNKNOWN, "error")}.get(outcome.verdict, "failure")
            said = {"message": sentence_of(outcome), "type": VERDICT_WORDS[outcome.verdict]}
            cases.append((f"task {task.number}: {outcome.criterion}", kind, said))
    if graded.points is None:
        cases.append(("grading", "error", {"message": graded.why_unknown, "type": "not graded"}))
    elif not graded.handed_in:
        cases.append(("handing in", "failure", {"message": "", "type": "not handed in"}))
    suite = ElementTree.Element("testsuite", name=clean(f"{student} / {exercise.name}"))
    properties = ElementTree.SubElement(suite, "properties")
    for name, value in shown.items():
        ElementTree.SubElement(properties, "property", name=name, value=clean(value))
    for name, kind, said in cases:
        place = {"classname": clean(exercise.name), "name": clean(name)}
        case = ElementTree.SubElement(suite, "testcase", place)
        if kind:
            ElementTree.SubElement(case, kind, {key: clean(text) for key, text in said.items()})
    kinds = [kind for _, kind, _ in cases]
    counts = {"failures": kinds.count("failure"), "errors": kinds.count("error")}
    for name, count in {"tests": len(cases), **counts}.items():
        suite.set(name, str(count))
    return suite
