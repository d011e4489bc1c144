"""junit.xml: the class as test suites, for tools that read the results of tests."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from balancegame.grading.exercise.report import PASSED, UNKNOWN
from balancegame.grading.gradebook.plain_text import clean
from balancegame.grading.gradebook.report_words import VERDICT_WORDS, isolation_words, sentence_of
from balancegame.grading.gradebook.student_record import GradedExercise, StudentRecord, points_text

# A value stands between quotes, and is one line without controls. The library's xml.sax.saxutils
# would load all that speaks to a network.
_WRITTEN = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


class TestSuites:
    """One suite for each student and exercise; what is not graded is an error in it."""

    # pytest takes what is called like this for tests.
    __test__ = False

    def __init__(self, facts: Mapping[str, str]) -> None:
        self._isolation = isolation_words(facts)
        self._suites: dict[str, str] = {}

    def add(self, record: StudentRecord) -> None:
        """Add the suites of one student; they come in any order."""
        suites = (_suite(record.student, graded, self._isolation) for graded in record.exercises)
        self._suites[record.student] = "".join(suites)

    @property
    def text(self) -> str:
        """All suites so far as XML, sorted by student."""
        inside = "".join(suites for _, suites in sorted(self._suites.items()))
        suites = _element("testsuites", ("name", "balancegame"), inside=inside)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{suites}'


def _suite(student: str, graded: GradedExercise, isolation: str) -> str:
    exercise = graded.exercise
    shown = {
        "student": student,
        "exercise": exercise.name,
        "points": points_text(graded.points),
        "worth": str(exercise.worth),
        "isolation": isolation,
    }
    if graded.note:
        shown["note"] = graded.note
    if graded.rules:
        shown["deadlines"] = " ".join(graded.rules)
    cases: list[tuple[str, str, str, str]] = []
    for task in graded.tasks:
        if task.override is not None:
            given = f"{points_text(task.points)} of {task.worth} points: {task.override.reason}"
            shown[f"override of task {task.number}"] = given
        for outcome in task.outcomes:
            kind = {PASSED: "", **dict.fromkeys(UNKNOWN, "error")}.get(outcome.verdict, "failure")
            said = sentence_of(outcome), VERDICT_WORDS[outcome.verdict]
            cases.append((f"task {task.number}: {outcome.criterion}", kind, *said))
    if graded.points is None:
        cases.append(("grading", "error", graded.why_unknown, "not graded"))
    elif not graded.handed_in:
        cases.append(("handing in", "failure", "", "not handed in"))
    kinds = [kind for _, kind, _, _ in cases]
    properties = "".join(_property(*each) for each in shown.items())
    return _element(
        "testsuite",
        ("name", f"{student} / {exercise.name}"),
        ("tests", str(len(cases))),
        ("failures", str(kinds.count("failure"))),
        ("errors", str(kinds.count("error"))),
        inside=_element("properties", inside=properties, depth=2)
        + "".join(_case(exercise.name, *each) for each in cases),
        depth=1,
    )


# All students are asked the same, and most of them are told the same.
@lru_cache(maxsize=4096)
def _property(name: str, value: str) -> str:
    return _element("property", ("name", name), ("value", value), depth=3)


@lru_cache(maxsize=4096)
def _case(exercise: str, name: str, kind: str, message: str, verdict: str) -> str:
    told = _element(kind, ("message", message), ("type", verdict), depth=3) if kind else ""
    return _element("testcase", ("classname", exercise), ("name", name), inside=told, depth=2)


def _element(kind: str, *attributes: tuple[str, str], inside: str = "", depth: int = 0) -> str:
    """Return an element with what is inside, each on lines of its own."""
    written = [f'{name}="{clean(value).translate(_WRITTEN)}"' for name, value in attributes]
    begin, indent = " ".join([kind, *written]), "  " * depth
    if not inside:
        return f"{indent}<{begin} />\n"
    return f"{indent}<{begin}>\n{inside}{indent}</{kind}>\n"
