"""Every way in which pytest can say that a test failed: no failure is a point, no break is known.

Each test of the table is worth a point, meets the right answer, and goes wrong by itself.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from balancegame.grading.run import pytest_session
from balancegame.grading.run.pytest_session import Session
from balancegame.grading.submission.answers import live_source
from tests.grading.plain_pytest import run_pytest

CONFTEST = Path(__file__).parents[2] / "exercises" / "conftest.py"
HEAD = """
import sys
import threading
import unittest
import warnings

import pytest

pytestmark = pytest.mark.task(1)


@pytest.fixture
def broken_setup():
    raise ValueError


@pytest.fixture
def failing_setup():
    pytest.fail("no set-up")


@pytest.fixture
def skipping_setup():
    pytest.skip("no set-up")


@pytest.fixture
def exiting_setup():
    pytest.exit("no set-up")


@pytest.fixture
def broken_teardown():
    yield
    raise ValueError


@pytest.fixture
def failing_teardown():
    yield
    pytest.fail("no teardown")


@pytest.fixture
def asserting_teardown():
    yield
    assert False


@pytest.fixture
def skipping_teardown():
    yield
    pytest.skip("no teardown")


@pytest.fixture
def exiting_teardown():
    yield
    pytest.exit("no teardown")


class Unreadable(Exception):
    def __str__(self):
        raise ValueError


class Falls:
    def __del__(self):
        raise ValueError
"""

# What a test does, by its name: its marks and parameters, its body, and the verdict on it.
WAYS = {
    "division": ("", "", "1 / 0", "fault"),
    "name": ("", "", "undefined", "fault"),
    "unreadable": ("", "", "raise Unreadable", "fault"),
    "base_exception": ("", "", "raise BaseException", "fault"),
    "generator_exit": ("", "", "raise GeneratorExit", "fault"),
    "group": ("", "", "raise ExceptionGroup('two', [ValueError(), TypeError()])", "fault"),
    "system_exit": ("", "", "sys.exit(0)", "fault"),
    "keyboard_interrupt": ("", "", "raise KeyboardInterrupt", "fault"),
    "pytest_exit": ("", "", "pytest.exit('enough', 0)", "fault"),
    "pytest_fail": ("", "", "pytest.fail('no')", "fault"),
    "pytest_fail_without_trace": ("", "", "pytest.fail('no', pytrace=False)", "fault"),
    "recursion": ("", "", "def f(): f()\n    f()", "fault"),
    "lookup_of_a_fixture": (", request", "", "request.getfixturevalue('none')", "fault"),
    "stop_iteration": ("", "", "next(iter(()))", "fault"),
    "raises_nothing": ("", "", "with pytest.raises(ValueError): pass", "fault"),
    "raises_another": ("", "", "with pytest.raises(ValueError): raise KeyError", "fault"),
    "warns_nothing": ("", "", "with pytest.warns(UserWarning): pass", "fault"),
    "importorskip": ("", "", "pytest.importorskip('no_such_module')", "skipped"),
    "skip": ("", "", "pytest.skip('today')", "skipped"),
    "unittest_skip": ("", "", "raise unittest.SkipTest('today')", "skipped"),
    "xfail": ("", "", "pytest.xfail('known')", "skipped"),
    "assertion": ("", "", "assert student.answer('x') == 2, 'x is not 2'", "wrong"),
    "asked_in_vain": ("", "", "student.answer('y')", "unattempted"),
    "skip_mark": ("", "@pytest.mark.skip", "pass", "skipped"),
    "skipif_mark": ("", "@pytest.mark.skipif(True, reason='today')", "pass", "skipped"),
    "broken_skipif": ("", "@pytest.mark.skipif('1 / 0', reason='?')", "pass", "fault"),
    "xfail_mark_fails": ("", "@pytest.mark.xfail", "1 / 0", "skipped"),
    "xfail_mark_passes": ("", "@pytest.mark.xfail", "pass", "skipped"),
    "xfail_strict_passes": ("", "@pytest.mark.xfail(strict=True)", "pass", "skipped"),
    "xfail_strict_fails": ("", "@pytest.mark.xfail(strict=True)", "assert False", "skipped"),
    "xfail_of_another_kind": ("", "@pytest.mark.xfail(raises=KeyError)", "1 / 0", "fault"),
    "xfail_without_running": ("", "@pytest.mark.xfail(run=False)", "pass", "skipped"),
    "setup_breaks": (", broken_setup", "", "pass", "fault"),
    "setup_fails": (", failing_setup", "", "pass", "fault"),
    "setup_skips": (", skipping_setup", "", "pass", "skipped"),
    "setup_exits": (", exiting_setup", "", "pass", "fault"),
    "setup_used": ("", "@pytest.mark.usefixtures('broken_setup')", "pass", "fault"),
    "no_such_fixture": (", nowhere", "", "pass", "fault"),
    "teardown_breaks": (", broken_teardown", "", "pass", "fault"),
    "teardown_fails": (", failing_teardown", "", "pass", "fault"),
    "teardown_asserts": (", asserting_teardown", "", "pass", "wrong"),
    "teardown_skips": (", skipping_teardown", "", "pass", "skipped"),
    "teardown_exits": (", exiting_teardown", "", "pass", "fault"),
    "finalizer": (", request", "", "request.addfinalizer(lambda: 1 / 0)", "fault"),
    "subtest_breaks": (", subtests", "", "with subtests.test():\n        1 / 0", "fault"),
    # What is left out of a test on purpose is no failure; the rest of the test decides.
    "subtest_skips": (", subtests", "", "with subtests.test():\n        pytest.skip()", "passed"),
    "subtest_exits": (
        ", subtests",
        "",
        "with subtests.test():\n        pytest.exit('no')",
        "fault",
    ),
    "set_of_none": ("", "@pytest.mark.parametrize('z', [])", "pass", "skipped"),
    "warning_as_error": (
        "",
        "@pytest.mark.filterwarnings('error')",
        "warnings.warn('old')",
        "fault",
    ),
    "warning_raised": ("", "", "raise UserWarning", "fault"),
    "unraisable_as_error": (
        "",
        "@pytest.mark.filterwarnings('error')",
        "falls = Falls()\n    del falls",
        "fault",
    ),
    "thread_as_error": (
        "",
        "@pytest.mark.filterwarnings('error')",
        "thread = threading.Thread(target=lambda: 1 / 0)\n    thread.start()\n    thread.join()",
        "fault",
    ),
    # To pytest itself these are warnings and no failures.
    "unraisable": ("", "", "falls = Falls()\n    del falls", "passed"),
    "thread": (
        "",
        "",
        "thread = threading.Thread(target=lambda: 1 / 0)\n    thread.start()\n    thread.join()",
        "passed",
    ),
    "warning": ("", "", "warnings.warn('old')", "passed"),
    "coroutine": ("", "async", "assert False", "fault"),
    "generator": ("", "", "yield", ""),
}
NEVER_RUN = {"generator"}


def source():
    tests = [HEAD]
    for name, (fixtures, mark, body, _) in WAYS.items():
        if name in NEVER_RUN or (name.startswith("subtest") and pytest.version_tuple < (9,)):
            continue
        define = "async def" if mark == "async" else "def"
        marks = "" if mark == "async" else mark
        empty = ", z" if name == "set_of_none" else ""
        tests.append(f"{marks}\n{define} test_{name}(student{fixtures}{empty}):\n    {body}")
    return "\n\n".join(tests)


@pytest.fixture
def exercises(tmp_path):
    (tmp_path / "test_01_ways.py").write_text(source(), encoding="utf-8")
    shutil.copy(CONFTEST, tmp_path)
    return tmp_path


def found(session):
    outcomes = session.run("01_ways", live_source({"x": 1}), 60)
    assert {each.points for each in outcomes if each.verdict != "passed"} == {0}
    return {each.criterion.partition(" (")[0].replace(" ", "_"): each.verdict for each in outcomes}


def expected():
    return {
        name: verdict
        for name, (*_, verdict) in WAYS.items()
        if name not in NEVER_RUN
        and not (name.startswith("subtest") and pytest.version_tuple < (9,))
    }


@pytest.mark.parametrize("plain", [True, False])
def test_each_way_to_fail(plain, exercises, monkeypatch):
    """Whether pytest runs a test or we call it, and whatever came before it."""
    if not plain:
        monkeypatch.setattr(pytest_session, "parameters_if_plain", lambda item: None)
    session = Session([exercises / "test_01_ways.py"])
    try:
        for _ in range(2):
            assert found(session) == expected()
    finally:
        session.close()


def test_pytest_itself_gives_no_point_for_a_failure(exercises):
    """Tests that end pytest are left out here: they end it."""
    (exercises / "01_ways.py").write_text("x = 1", encoding="utf-8")
    cell = {"cell_type": "code", "metadata": {}, "source": "x = 1", "outputs": []}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4}
    (exercises / "01_ways.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    ending = ("exit", "interrupt", "exits")
    # Nobody reads fifty tracebacks here.
    others = ["-k", " and ".join(f"not {word}" for word in ending)]
    done = run_pytest(exercises, "--tb=no", *others)
    left = {name: v for name, v in expected().items() if not any(word in name for word in ending)}
    passed = sum(verdict == "passed" for verdict in left.values())
    assert done.returncode == 1
    assert f"{passed} of {len(left)} points." in done.stdout, done.stdout[-2000:]


RUN_AGAIN = """
from _pytest.runner import runtestprotocol


def pytest_runtest_protocol(item, nextitem):
    for last in (False, True):
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
        again = not last and any(report.failed for report in reports)
        for report in reports:
            if again and report.failed:
                report.outcome = "rerun"
            item.ihook.pytest_runtest_logreport(report=report)
        if not again:
            break
    return True
"""
TRIED = """
import pytest

tried = []


@pytest.mark.task(1)
def test_right(student):
    assert student.answer("x") == 1


@pytest.mark.task(1)
def test_right_at_last(student):
    tried.append(1)
    assert student.answer("x") == 1 and len(tried) > 1


@pytest.mark.task(1)
def test_wrong(student):
    assert student.answer("x") == 2
"""


def test_a_plugin_that_runs_tests_again_takes_no_failure_back(tmp_path):
    """As pytest-rerunfailures does: the points are those of balancegame grade, which runs once."""
    conftest = CONFTEST.read_text(encoding="utf-8") + RUN_AGAIN
    (tmp_path / "conftest.py").write_text(conftest, encoding="utf-8")
    tests = tmp_path / "test_01_tried.py"
    tests.write_text(TRIED, encoding="utf-8")
    cell = {"cell_type": "code", "metadata": {}, "source": "x = 1", "outputs": []}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4}
    (tmp_path / "01_tried.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    done = run_pytest(tmp_path)
    assert "2 rerun" in done.stdout
    assert "1 of 3 points." in done.stdout, done.stdout[-2000:]
    session = Session([tests])
    try:
        outcomes = session.run("01_tried", live_source({"x": 1}), 60)
        assert [outcome.points for outcome in outcomes] == [1, 0, 0]
    finally:
        session.close()


def test_a_python_that_leaves_out_assertions_grades_nothing(tmp_path):
    test = tmp_path / "test_05_x.py"
    test.write_text(
        "import pytest\n@pytest.mark.task(1)\n"
        "def test_x(student):\n    assert student.answer('x') == 1"
    )
    # What is imported may be there compiled, though not for these options.
    program = (
        "import importlib._bootstrap_external as files\n"
        "place = files.cache_from_source\n"
        "files.cache_from_source = lambda path: place(path, optimization='')\n"
        "import sys\nfrom pathlib import Path\n"
        "from balancegame.grading.run.pytest_session import Session\n"
        "Session([Path(sys.argv[1])])"
    )
    for options in (["-O"], ["-OO"]):
        done = subprocess.run(
            [sys.executable, *options, "-c", program, str(test)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode != 0
        assert "leaves out every assertion of the tests" in done.stderr
