"""Tests that draw random games with hypothesis draw the same ones on every run."""

import pytest

from balancegame.grading.run.engine import open_engine

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
