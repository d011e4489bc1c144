"""What tests have always asked is asked along with the cells, and nobody can tell."""

from __future__ import annotations

from contextlib import closing
from copy import deepcopy

import pytest

from balancegame.grading.exercise.student import Student
from balancegame.grading.exercise.verdicts import Unattempted, Wrong
from balancegame.grading.isolation.fresh_interpreter import start_process
from balancegame.grading.isolation.library import library
from balancegame.grading.submission.answers import cell_source
from balancegame.grading.submission.asked_before import AskedBefore
from balancegame.grading.submission.cells import CodeCell
from balancegame.grading.submission.patience import Patience
from balancegame.grading.submission.submitted_file import Submission

PATIENCE = Patience(cell=3, call=1, whole=30)
NOTHING = frozenset()

VISIBLE = [("f", 1), ("f", 2), ("g", 1), ("f", 3)]


class Class:
    """Submissions of a class, one after another, and what their workers were asked."""

    def __init__(self, before=None):
        self.before = AskedBefore() if before is None else before
        self.requests = []

    def start(self, opened):
        worker = start_process(library(opened))
        send = worker.channel.send

        def noted(request, seconds, replies=1):
            self.requests.append(request)
            send(request, seconds, replies)

        worker.channel.send = noted
        return worker

    def answers(self, sources, checks):
        """Return what each check of a submission found, a hidden one where it says so."""
        self.requests = []
        cells = tuple(CodeCell(number, 1, source) for number, source in enumerate(sources, 1))
        source = cell_source(Submission(cells), self.start, "", PATIENCE, self.before)
        with closing(source):
            return [self._found(source, check) for check in checks]

    def _found(self, source, check):
        student = Student(source.answers(NOTHING, False), 1)
        given = []
        try:
            for name, argument in check.get("calls", ()):
                given.append(student.call(name, argument))
                if check.get("stops_at") == len(given):
                    break
            given += [student.answer(name) for name in check.get("names", ())]
        except (Wrong, Unattempted) as error:
            given.append(error.message)
        if check.get("hidden"):
            source.answers(NOTHING, True)
        return given

    @property
    def asked(self):
        return [[*request] for request in self.requests]


CHECKS = [
    {"names": ["x"]},
    {"calls": VISIBLE[:2]},
    {"calls": VISIBLE[2:]},
    {"calls": [("f", 77)], "hidden": True},
    {"calls": [("f", 4), ("g", 4)]},
    {"calls": [("g", 78)], "hidden": True},
]
RIGHT = ["x = 5", "def f(n): return n + 1\ndef g(n): return 2 * n"]
FOUND = [[5], [2, 3], [2, 4], [78], [5, 8], [156]]


@pytest.fixture(scope="module")
def habits():
    """What the tests of a class have asked of several submissions alike."""
    several = Class()
    for _ in range(5):
        assert several.answers(RIGHT, CHECKS) == FOUND
    return several.before


@pytest.fixture
def experienced(habits):
    return deepcopy(habits)


def test_what_is_always_asked_comes_along(experienced):
    course = Class(experienced)
    assert course.answers(RIGHT, CHECKS) == FOUND
    # One request to each worker with all that is visible, and one for the hidden check.
    together, alone = ["cells", "along"], ["name", "arguments"]
    assert course.asked == [together, alone, together, alone]
    first = course.requests[0]["along"]
    assert first[0] == {"names": ["x"]}
    assert [(each["name"], each["arguments"]["tuple"][0]) for each in first[1:]] == VISIBLE


def test_what_a_hidden_check_asks_comes_along_with_nothing(experienced):
    course = Class(experienced)
    course.answers(RIGHT, CHECKS)
    assert all("77" not in f"{each}" for each in course.requests if "cells" in each)
    assert all("78" not in f"{each}" for each in course.requests if "cells" in each)


REMEMBERING = "seen = []\ndef f(n):\n    seen.append(n)\n    return [*seen]\ng = f"
SUBMISSIONS = {
    "right": RIGHT,
    "a memory": ["x = 5", REMEMBERING],
    "a cell above what it needs": ["x = y", "y = 5", RIGHT[1]],
    "a cell that stops": [*RIGHT, "1 / 0"],
    "a cell that ends Python": [*RIGHT, "import os; os._exit(0)"],
    "a call that ends Python": ["x = 5", "import os\ndef f(n): os._exit(0)\ndef g(n): return n"],
    "a call that raises": ["x = 5", "def f(n): return 1 / (n - 2)\ndef g(n): return n"],
    "no function": ["x = 5"],
    "no value": [RIGHT[1]],
    "a long answer": ["x = 5", "def f(n): return 'a' * 400_000\ng = f"],
    "a forged reply": [
        "x = 5",
        "import sys\nmodule = sys.modules['balancegame.grading.worker.answering']\n"
        "honest = module._respond\n"
        "def forged(namespace, request):\n"
        "    lie = [{'ran': [{'done': True}] * 2, 'replies': [{'value': 9}] * 5}]\n"
        "    yield from lie if 'along' in request else honest(namespace, request)\n"
        "module._respond = forged\n" + RIGHT[1],
    ],
}


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_nobody_can_tell_what_came_along(name, experienced):
    """Who comes first and who comes after others who were asked the same get the same answers."""
    new, old = Class(), Class(experienced)
    source = SUBMISSIONS[name]
    assert new.answers(source, CHECKS) == old.answers(source, CHECKS)


@pytest.mark.parametrize("stops_at", [1, 2])
def test_another_question_than_foreseen_is_answered_as_if_nothing_had_been(stops_at, experienced):
    checks = [*CHECKS]
    checks[1] = {**CHECKS[1], "stops_at": stops_at}
    checks[2] = {"calls": [("g", 9), ("f", 3)]}
    source = SUBMISSIONS["a memory"]
    found = Class(experienced).answers(source, checks)
    assert found == Class().answers(source, checks)
    assert found[2][0] == [*range(1, stops_at + 1), 9]


def test_numbers_that_are_equal_but_of_other_kinds_are_other_questions():
    source = ["def f(n): return type(n).__name__"]
    course = Class()
    for _ in range(5):
        assert course.answers(source, [{"calls": [("f", 1)]}]) == [["int"]]
    assert course.answers(source, [{"calls": [("f", True)]}]) == [["bool"]]
    assert course.answers(source, [{"calls": [("f", 1.0)]}]) == [["float"]]


def test_what_only_some_are_asked_does_not_come_along():
    course = Class()
    for number in range(6):
        course.answers(RIGHT, [{"calls": [("f", number)]}])
    assert "along" not in f"{course.requests}"
