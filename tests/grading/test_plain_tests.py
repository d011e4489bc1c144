"""Tests that are called without the detours of pytest's fixtures, and those that are not."""

from __future__ import annotations

import pytest

from balancegame.errors import GameError
from balancegame.grading.exercise.marks import criterion
from balancegame.grading.run import pytest_session
from balancegame.grading.run.plain_tests import parameters_if_plain
from balancegame.grading.run.pytest_session import Session
from balancegame.grading.submission.answers import Source

TESTS = """
import pytest

pytestmark = pytest.mark.task(1)
from hypothesis import given, strategies
from balancegame.grading.exercise.verdicts import wrong

SEEN = []


@pytest.fixture
def two():
    return 2


@pytest.fixture(params=[1])
def one(request):
    return request.param


@pytest.fixture(scope="module")
def opened():
    SEEN.append("opened")
    yield len(SEEN)
    SEEN.append("closed")


def test_alone(student):
    assert student.answer("x") == 1


@pytest.mark.parametrize("n, m", [(1, 2), (3, 4)])
@pytest.mark.parametrize("k", [5])
def test_listed(student, n, m, k):
    assert student.answer("x") == n, f"{n} {m} {k}"


@given(strategies.just(1))
def test_drawn(student, n):
    assert student.answer("x") == n


def test_wrong(student):
    wrong("misread", "Look again.")


def test_left_out(student):
    pytest.skip("not today")


def test_expected(student):
    pytest.xfail("known")


def test_broken(student):
    raise KeyError


@pytest.mark.hidden
def test_kept_back(student):
    assert student.answer("x") == 2


def test_with_a_fixture(student, two):
    assert student.answer("x") + 1 == two


@pytest.mark.parametrize("one", [1], indirect=True)
def test_read_by_a_fixture(student, one):
    assert student.answer("x") == one


def test_that_asks_for_the_request(student, request):
    assert student.answer("x") == 1


def test_opened(student, opened):
    assert opened % 2 == 1, f"opened {opened} times"


async def test_later(student):
    assert student.answer("x") == 2


def test_after_it(student):
    assert student.answer("x") == 1


@pytest.mark.skip
def test_marked(student):
    raise KeyError


@pytest.mark.xfail
def test_marked_as_known(student):
    raise KeyError


@pytest.mark.xfail(strict=True)
def test_strictly_marked(student):
    pass


class TestInside:
    def test_in_a_class(self, student):
        assert student.answer("x") == 1
"""
PLAIN = {
    "alone": {},
    "listed (5-1-2)": {"n": 1, "m": 2, "k": 5},
    "listed (5-3-4)": {"n": 3, "m": 4, "k": 5},
    "drawn": {},
    "wrong": {},
    "left out": {},
    "expected": {},
    "broken": {},
    "kept back": {},
    "after it": {},
}
VERDICTS = {
    "alone": ("passed", ""),
    "listed (5-1-2)": ("passed", ""),
    "listed (5-3-4)": ("wrong", "3 4 5"),
    "drawn": ("passed", ""),
    "wrong": ("wrong", "Look again."),
    "left out": ("skipped", "This check was left out."),
    "expected": ("skipped", "This check was left out."),
    "broken": ("fault", "The test itself broke (KeyError); please report it."),
    "kept back": ("wrong", 'A hidden check is not passed yet: "kept back".'),
    "with a fixture": ("passed", ""),
    "read by a fixture (1)": ("passed", ""),
    "that asks for the request": ("passed", ""),
    "opened": ("passed", ""),
    "later": ("fault", "The test itself broke (Failed); please report it."),
    "after it": ("passed", ""),
    "marked": ("skipped", "This check was left out."),
    "marked as known": ("skipped", "This check was left out."),
    "strictly marked": ("skipped", "This check was left out."),
    "in a class": ("passed", ""),
}


class OneAnswer:
    """Answers 1 for x, and remembers who asked in a process of its own."""

    def __init__(self):
        self.fresh = []

    def fetch(self, name):
        return {"value": 1}

    def why_missing(self, name, task):
        return None

    def source(self):
        def answers(opened, fresh):
            self.fresh.append(fresh)
            return self

        return Source(answers, lambda: None)


@pytest.fixture
def tests(tmp_path):
    path = tmp_path / "test_01_plain.py"
    path.write_text(TESTS, encoding="utf-8")
    return path


@pytest.fixture
def opened(tests):
    found = Session([tests])
    yield found
    found.close()


def outcomes(opened, answers):
    found = opened.run("01_plain", answers.source(), 60)
    return {outcome.criterion: (outcome.verdict, outcome.message) for outcome in found}


def test_which_tests_are_plain(tests):
    found = {}

    class Watch:
        def pytest_collection_finish(self, session):
            for item in session.items:
                name = item.name.partition("[")
                words = name[0].removeprefix("test_").replace("_", " ")
                words += f" ({name[2][:-1]})" if name[2] else ""
                found[words] = parameters_if_plain(item)

    options = ["--collect-only", "--quiet", "--noconftest", "-p", "no:cacheprovider"]
    options += ["-p", "balancegame.grading.run.pytest_plugin", "--import-mode=importlib"]
    pytest.main([str(tests), *options, f"--rootdir={tests.parent}"], plugins=[Watch()])
    assert {name: value for name, value in found.items() if value is not None} == PLAIN
    assert found.keys() == VERDICTS.keys()


def test_a_student_fixture_of_the_file_itself_is_used(tmp_path):
    path = tmp_path / "test_02_own.py"
    path.write_text(
        "import pytest\n\npytestmark = pytest.mark.task(1)\n\n\n"
        "@pytest.fixture\ndef student(student):\n    return student.answer('x') + 1\n\n\n"
        "def test_next(student):\n    assert student == 2\n",
        encoding="utf-8",
    )
    opened = Session([path])
    (found,) = opened.run("02_own", OneAnswer().source(), 60)
    assert (found.criterion, found.verdict) == ("next", "passed")
    opened.close()


def test_hidden_cases_are_not_named_by_their_inputs(tmp_path):
    tests = """
import pytest

pytestmark = pytest.mark.task(1)


@pytest.fixture(params=["x8"])
def drawn(request):
    return request.param


@pytest.mark.hidden
@pytest.mark.parametrize("first, second", [(-7, 13), ("use-minimax", "x9")])
def test_secret_numbers(student, first, second):
    assert student.answer("x") == first


@pytest.mark.hidden
def test_drawn(student, drawn):
    assert student.answer("x") == drawn


@pytest.mark.parametrize("n", [3])
def test_seen(student, n):
    assert student.answer("x") == n
"""
    path = tmp_path / "test_03_secret.py"
    path.write_text(tests, encoding="utf-8")
    aside = tmp_path / "test_03_secret_hidden.py"
    aside.write_text(
        "import pytest\n\npytestmark = pytest.mark.task(1)\n\n\n"
        "@pytest.mark.parametrize('n', [11, 12])\n"
        "def test_aside(student, n):\n    assert student.answer('x') == n\n",
        encoding="utf-8",
    )
    opened = Session([path, aside])
    found = opened.run("03_secret", OneAnswer().source(), 60)
    opened.close()
    assert [outcome.criterion for outcome in found] == [
        "secret numbers",
        "secret numbers (2)",
        "drawn",
        "seen (3)",
        "aside",
        "aside (2)",
    ]
    assert found[1].message == 'A hidden check is not passed yet: "secret numbers (2)".'


WRONG_MARKS = (
    ('points("two")', "points('two'); write one such as points(2)."),
    ("points(1.5)", "points(1.5); write one such as points(2)."),
    ("points(-1)", "points(-1); write one such as points(2)."),
    ("task()", "task(); write one such as task(1)."),
    ("task(number=1)", "task(number=1); write one such as task(1)."),
    ("task(1, 2)", "task(1, 2); write one such as task(1)."),
    ('criterion("")', "criterion(''); write one such as criterion("),
    ("hint(3)", 'hint(3); write one such as hint("question", "pointer", "worked step").'),
    ('allows(["nashpy"])', "allows(['nashpy']); write one such as allows(\"nashpy\")."),
)


def file_with(mark, name):
    return f"@pytest.mark.{mark}\ndef test_{name}(student):\n    pass\n"


def collected(path, look):
    """Return what is seen of each test of a file, by its name."""
    seen = {}

    class Watch:
        def pytest_collection_finish(self, session):
            for item in session.items:
                seen[item.name] = look(item)

    options = ["--collect-only", "--quiet", "--noconftest", "-p", "no:cacheprovider"]
    options += ["-p", "no:warnings", "--import-mode=importlib"]
    pytest.main([str(path), *options, f"--rootdir={path.parent}"], plugins=[Watch()])
    return seen


def complaint(item):
    with pytest.raises(GameError) as error:
        criterion(item)
    return str(error.value)


def test_each_wrong_mark_is_named_in_a_sentence(tmp_path):
    path = tmp_path / "test_04_marks.py"
    tests = [file_with(mark, place) for place, (mark, _) in enumerate(WRONG_MARKS)]
    path.write_text(
        "\n\n".join(["import pytest\n\npytestmark = pytest.mark.task(1)", *tests]), encoding="utf-8"
    )
    said = collected(path, complaint)
    assert len(said) == len(WRONG_MARKS)
    for place, (_, says) in enumerate(WRONG_MARKS):
        words = f"the test test_{place} in test_04_marks.py has a wrong mark, {says}"
        assert said[f"test_{place}"].startswith(words)


def test_hints_hold_for_the_tests_of_the_same_task_below(tmp_path):
    marks = ["task(1)", 'hint("a")', "task(1)", "task(2)", 'task(1)\n@pytest.mark.hint("b")']
    path = tmp_path / "test_04_hints.py"
    tests = [file_with(mark, place) for place, mark in enumerate([*marks, "task(1)"])]
    tests[1] = f"@pytest.mark.task(1)\n{tests[1]}"
    path.write_text("\n".join(["import pytest", *tests]), encoding="utf-8")
    hints = collected(path, lambda item: criterion(item).hints)
    assert [*hints.values()] == [(), ("a",), ("a",), (), ("b",), ("b",)]


def test_a_wrong_mark_ends_a_session_without_a_word_of_pytest(tmp_path, capfd):
    mark, says = WRONG_MARKS[0]
    path = tmp_path / "test_05_marks.py"
    path.write_text(f"import pytest\n\n\n{file_with(mark, 'one')}", encoding="utf-8")
    with pytest.raises(GameError) as error:
        Session([path])
    words = f"the test test_one in test_05_marks.py has a wrong mark, {says}"
    assert str(error.value).startswith(words)
    assert capfd.readouterr() == ("", "")


def test_each_verdict_and_the_next_submission_alike(opened):
    # What a module's fixture opened for one submission is closed before the next.
    for _ in range(3):
        assert outcomes(opened, OneAnswer()) == VERDICTS


def test_both_ways_through_a_test_say_the_same(tests, opened, monkeypatch):
    short = outcomes(opened, OneAnswer())
    monkeypatch.setattr(pytest_session, "parameters_if_plain", lambda item: None)
    whole = Session([tests])
    assert outcomes(whole, OneAnswer()) == short
    whole.close()


def test_no_test_meets_the_process_that_a_hidden_check_has_asked(opened):
    answers = OneAnswer()
    outcomes(opened, answers)
    asked = dict(zip(VERDICTS, range(len(VERDICTS)), strict=True))["kept back"]
    assert answers.fresh[asked : asked + 3] == [False, True, False]
    assert answers.fresh.count(True) == 1
