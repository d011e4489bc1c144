"""A test with subtests gives its points only when every subtest passes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from balancegame.grading.practice.check import check_from_command_line
from balancegame.grading.run.engine import open_engine
from balancegame.grading.run.pytest_session import Session
from balancegame.grading.submission.answers import live_source
from tests.grading.plain_pytest import run_pytest

pytestmark = pytest.mark.skipif(pytest.version_tuple < (9,), reason="pytest 9 has subtests")

CONFTEST = Path(__file__).parents[2] / "exercises" / "conftest.py"
TESTS = """
import unittest

import pytest

pytestmark = pytest.mark.task(1)


@pytest.mark.points(2)
def test_one_and_two(student, subtests):
    for number in (1, 2, 1):
        with subtests.test(number=number):
            assert student.answer("x") == number, f"x is not {number}."


@pytest.mark.points(2)
def test_always_one(student, subtests):
    for place in range(2):
        with subtests.test(place=place):
            assert student.answer("x") == 1, "x is not one."


def test_left_out(student, subtests):
    with subtests.test("today"):
        assert student.answer("x")
    with subtests.test("another day"):
        pytest.skip("not today")


def test_y(student, subtests):
    with subtests.test():
        student.answer("y")


def test_body(student, subtests):
    with subtests.test():
        raise AssertionError("The subtest speaks first.")
    raise AssertionError("The test speaks later.")


def test_broken(student, subtests):
    with subtests.test():
        raise KeyError


@pytest.mark.hidden
def test_kept_back(student, subtests):
    with subtests.test(secret=3):
        assert student.answer("x") == 3, "x is not 3."


class Parts(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def meet(self, student):
        self.x = student.answer("x")

    def test_one_and_two_in_a_class(self):
        for number in (1, 2, 1):
            with self.subTest(number=number):
                assert self.x == number, f"x is not {number}."

    def test_always_one_in_a_class(self):
        for place in range(2):
            with self.subTest(place=place):
                assert self.x == 1, "x is not one."
"""
NO_Y = "There is no y yet; give your answer exactly this name and run its cell."
VERDICTS = {
    "one and two": ("wrong", "X is not 2."),
    "always one": ("passed", ""),
    "left out": ("passed", ""),
    "y": ("unattempted", NO_Y),
    "body": ("wrong", "The subtest speaks first."),
    "broken": ("fault", "The test itself broke (KeyError); please report it."),
    "kept back": ("wrong", 'A hidden check is not passed yet: "kept back".'),
    "one and two in a class": ("wrong", "X is not 2."),
    "always one in a class": ("passed", ""),
}
OF_TWO = {
    "one and two": ("wrong", "X is not 1."),
    "always one": ("wrong", "X is not one."),
    "one and two in a class": ("wrong", "X is not 1."),
    "always one in a class": ("wrong", "X is not one."),
}


@pytest.fixture
def exercises(tmp_path):
    cell = {"cell_type": "code", "metadata": {}, "source": "x = 1", "outputs": []}
    notebook = {"cells": [{**cell, "execution_count": None}], "metadata": {}, "nbformat": 4}
    (tmp_path / "01_parts.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (tmp_path / "test_01_parts.py").write_text(TESTS, encoding="utf-8")
    shutil.copy(CONFTEST, tmp_path)
    return tmp_path


def verdicts(outcomes):
    return {each.criterion: (each.verdict, each.message) for each in outcomes}


def test_one_submission_after_another(exercises):
    session = Session([exercises / "test_01_parts.py"])
    try:
        for x, expected in ((1, VERDICTS), (2, VERDICTS | OF_TWO), (1, VERDICTS)):
            found = session.run("01_parts", live_source({"x": x}), 60)
            assert verdicts(found) == expected
    finally:
        session.close()


def test_grade(exercises):
    with open_engine(exercises, tier="process") as engine:
        report = engine.grade("ann", "01_parts", exercises / "01_parts.ipynb")
    assert verdicts(report.outcomes) == VERDICTS
    assert (report.points, report.worth) == (4, 11)


def test_check(exercises, capsys):
    assert check_from_command_line("01", exercises) == 1
    assert capsys.readouterr().out.startswith(
        "Exercise 01_parts\n\nTask 1   4 of 11   not there yet\n    X is not 2. You answered 1.\n"
    )


def test_pytest_itself_counts_each_test_once(exercises):
    done = run_pytest(exercises)
    assert done.returncode == 1
    assert "Task 1   4 of 11   not there yet\n4 of 11 points." in done.stdout
