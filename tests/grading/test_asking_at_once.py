"""Many questions travel together, and are answered as if each had been asked alone."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest

from balancegame.grading.exercise.student import Student
from balancegame.grading.exercise.verdicts import Unattempted, Wrong
from balancegame.grading.isolation.fresh_interpreter import start_process
from balancegame.grading.isolation.library import library
from balancegame.grading.submission import answers as answers_module
from balancegame.grading.submission.answers import cell_source, live_source
from balancegame.grading.submission.asked_before import AskedBefore
from balancegame.grading.submission.cells import CodeCell
from balancegame.grading.submission.patience import Patience
from balancegame.grading.submission.submitted_file import Submission
from balancegame.grading.worker.wire import Questions

PATIENCE = Patience(cell=5, call=1, whole=30, at_once=0.2)
QUESTIONS = [(number,) for number in range(6)]


def in_a_process(source, before=None):
    submission = Submission((CodeCell(1, 1, source),))
    return cell_source(
        submission, lambda opened: start_process(library(opened)), "", PATIENCE, before
    )


def in_a_notebook(source, before=None):
    names: dict[str, object] = {}
    exec(source, names)
    return live_source(names)


@pytest.fixture(params=[in_a_process, in_a_notebook])
def student(request, monkeypatch):
    monkeypatch.setattr(answers_module, "PATIENCE", PATIENCE)
    opened = []

    def met(source, before=None):
        opened.append(request.param(source, before))
        return Student(opened[-1].answers(frozenset(), False), 1)

    yield met
    for source in opened:
        source.close()


def told(student, name="f", questions=QUESTIONS):
    """Return the answers until an error, and the error's message."""
    return collected(student.call_each(name, questions))


def told_alone(student, name="f", questions=QUESTIONS):
    """Return the same, each question asked alone."""
    return collected(student.call(name, *question) for question in questions)


def collected(answers):
    given = []
    try:
        for each in answers:
            given.append(each)
    except (Wrong, Unattempted) as error:
        return given, error.message
    return given, ""


FUNCTIONS = {
    "right": "def f(x): return [x, x * x]",
    "an error at one": "def f(x): return 1 / (x - 3)",
    "missing": "g = 1",
    "no function": "f = 7",
    "three dots": "def f(x): ...\nf = lambda x: ... if x == 2 else x",
    "a number too long": "def f(x): return 10 ** (400 * x)",
    "nothing that can be sent": "def f(x): return object()",
    "an error that cannot be told": (
        "class E(Exception):\n    def __str__(self): raise self\ndef f(x): raise E"
    ),
    "an exit": "import sys\ndef f(x): sys.exit(x) if x == 2 else None",
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_all_at_once_is_as_one_by_one(name, student):
    source = FUNCTIONS[name]
    assert told(student(source)) == told_alone(student(source))


def test_an_answer_that_never_ends_is_the_one_that_is_named(student):
    source = "def f(x):\n    while x == 3: pass\n    return x"
    begin = time.monotonic()
    given, message = told(student(source))
    assert (given, message[:13]) == ([0, 1, 2], "f(3) stopped:")
    assert "look for an endless loop" in message
    assert time.monotonic() - begin < 15


def test_each_slow_answer_has_its_own_time(student):
    source = "import time\ndef f(x):\n    time.sleep(0.25)\n    return x"
    assert told(student(source)) == ([0, 1, 2, 3, 4, 5], "")


def test_an_answer_that_changes_what_it_is_given_changes_no_other_question(student):
    table = [[3, 1], [2, 4]]
    questions = Questions([(table, row) for row in (0, 1, 0)])
    source = "def f(table, row):\n    return table[row].pop()"
    for _ in range(2):
        assert told(student(source), questions=questions) == ([1, 4, 1], "")
    assert table == [[3, 1], [2, 4]]


def test_a_fraction_is_shown_as_a_person_writes_it(student):
    questions = Questions([(Fraction(1, 2), [3])])
    _, message = told(student("def f(x, y):\n    return x.lost"), questions=questions)
    assert message.startswith("f(1/2, [3]) stopped: AttributeError")


def test_a_process_that_ends_at_one_question_answers_those_before():
    source = "import os\ndef f(x):\n    return os._exit(0) if x == 3 else x"
    opened = in_a_process(source)
    given, message = told(Student(opened.answers(frozenset(), False), 1))
    opened.close()
    assert (given, message[:24]) == ([0, 1, 2], "f(3) stopped: it ended P")


FORGED = {
    "too few": "{'replies': []}",
    "too many": "{'replies': [{'value': 0}] * 7}",
    "no list": "{'replies': {'value': 0}}",
    "no replies": "{'replies': [0] * 6}",
    "another reply": "{'value': 0}",
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_bundle_of_replies_is_no_answer(name):
    source = (
        "import sys\n"
        "def f(x): return x + 1\n"
        "module = sys.modules['balancegame.grading.worker.answering']\n"
        "honest = module._respond\n"
        "def forged(namespace, request):\n"
        f"    lie = [{FORGED[name]}]\n"
        "    yield from lie if 'questions' in request else honest(namespace, request)\n"
        "module._respond = forged\n"
    )
    opened = in_a_process(source)
    assert told(Student(opened.answers(frozenset(), False), 1)) == ([1, 2, 3, 4, 5, 6], "")
    opened.close()


def test_values_are_fetched_together_and_are_those_after_the_cells():
    before = AskedBefore()
    source = "x, y, z = 1, [2], ...\ndef f():\n    global x\n    x = y[0] = 9"
    for _ in range(2):
        opened = in_a_process(source, before)
        met = Student(opened.answers(frozenset(), False), 1)
        assert met.answer("x") == 1
        assert met.call("f") is None
        with pytest.raises(Unattempted):
            met.answer("z")
        with pytest.raises(Unattempted):
            met.answer("missing")
        opened.close()
    assert before.names == ["x", "z", "missing"]


def test_a_value_that_ends_the_process_costs_the_others_nothing():
    before = AskedBefore(("a", "b", "c"))
    source = (
        "import os\nclass Trap(list):\n    def __iter__(self): os._exit(1)\n"
        "a, b, c = 1, Trap([1]), 3"
    )
    opened = in_a_process(source, before)
    met = Student(opened.answers(frozenset(), False), 1)
    assert (met.answer("a"), met.answer("c")) == (1, 3)
    with pytest.raises(Wrong, match="b cannot be read: it ended Python"):
        met.answer("b")
    opened.close()
