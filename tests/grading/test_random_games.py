"""Tests that draw random games with hypothesis draw the same ones on every run."""

import importlib.util
import sys

import pytest

from balancegame.grading.run.engine import open_engine
from balancegame.grading.run.pytest_session import Session
from balancegame.grading.submission.answers import live_source

MARKED = "import pytest\n\npytestmark = pytest.mark.task(1)\n"
STEADY = "def test_steady(student):\n    assert settings.default.derandomize\n"


@pytest.mark.parametrize(
    "imported",
    [
        "from hypothesis import settings",
        # The test file does not say what it brings.
        "from importlib import import_module\nsettings = import_module('hypo' + 'thesis').settings",
    ],
)
def test_random_games_are_the_same_on_every_run(imported, tmp_path):
    exercises = tmp_path / "exercises"
    exercises.mkdir()
    test = f"{imported}\n{MARKED}\n{STEADY}"
    (exercises / "test_05_random.py").write_text(test, encoding="utf-8")
    (tmp_path / "05_random.py").write_text("x = 1\n", encoding="utf-8")
    with open_engine(exercises, tier="process") as engine:
        assert engine.grade("ann", "05_random", tmp_path / "05_random.py").passed


DRAWN = """
import pytest
from hypothesis import given, seed, settings, strategies

DRAWS = {"steady": [], "seeded": [], "in a class": []}
pytestmark = pytest.mark.task(1)
numbers = strategies.integers(0, 10**6)


@given(numbers)
def test_steady(student, number):
    DRAWS["steady"].append(number)


@seed(7)
@given(numbers)
def test_seeded(student, number):
    DRAWS["seeded"].append(number)


class TestAll:
    @settings(max_examples=5)
    @given(numbers)
    def test_in_a_class(self, student, number):
        DRAWS["in a class"].append(number)
"""


def test_hypothesis_draws_what_it_would_draw_by_itself(tmp_path, monkeypatch):
    path = tmp_path / "test_05_drawn.py"
    path.write_text(DRAWN, encoding="utf-8")
    session = Session([path])
    try:
        (module,) = {item.module for item in session._items["05_drawn"]}
        drawn = []
        for _ in range(2):
            assert {each.verdict for each in session.run("05_drawn", live_source({}))} == {"passed"}
            drawn.append({name: [*numbers] for name, numbers in module.DRAWS.items()})
            for numbers in module.DRAWS.values():
                numbers.clear()
        # The same file, of which Hypothesis has been told nothing.
        spec = importlib.util.spec_from_file_location("test_05_drawn", path)
        alone = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, "test_05_drawn", alone)
        spec.loader.exec_module(alone)
        alone.test_steady(student=None)
        alone.test_seeded(student=None)
        alone.TestAll().test_in_a_class(student=None)
    finally:
        session.close()
    assert drawn == [alone.DRAWS] * 2
    assert len({*drawn[0]["steady"]}) > 10


def test_hypothesis_reads_no_source_while_tests_run(tmp_path, monkeypatch):
    path = tmp_path / "test_05_drawn.py"
    path.write_text(DRAWN, encoding="utf-8")
    session = Session([path])
    try:
        read = []
        monkeypatch.setattr("inspect.getsource", read.append)
        assert {each.verdict for each in session.run("05_drawn", live_source({}))} == {"passed"}
    finally:
        session.close()
    assert read == []
