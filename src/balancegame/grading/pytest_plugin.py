"""What makes pytest speak to students: the ``student`` fixture, points, and three verdicts.

An exercise test is an ordinary pytest test that takes the fixture ``student``, marked with the
task it belongs to and the points it gives. It fails with feedback by
:func:`balancegame.grading.feedback.wrong`. A folder of exercises gets all this from the few
names that its ``conftest.py`` imports from here.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from balancegame.errors import GameError
from balancegame.grading.feedback import Unattempted, Wrong
from balancegame.grading.report import FAULT, PASSED, UNATTEMPTED, WRONG, Outcome, Report
from balancegame.grading.student import LiveAnswers, NotebookAnswers, Student

__all__ = [
    "LiveNotebook",
    "answers",
    "pytest_configure",
    "pytest_report_teststatus",
    "pytest_runtest_makereport",
    "pytest_terminal_summary",
    "student",
]

OUTCOME = "balancegame_outcome"
"""The attribute of a test report that holds the outcome."""

_MARKERS = (
    "task(number): the task of the exercise that a test belongs to",
    "points(number): what passing the test is worth; 1 if not given",
)


class LiveNotebook:
    """A plugin that puts the namespace of a running notebook in place of the file."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace = namespace


@pytest.fixture(scope="module")
def answers(request: pytest.FixtureRequest) -> Iterator[LiveAnswers | NotebookAnswers]:
    """Find the answers to a test file: in the live notebook, or in the notebook beside it."""
    plugins = request.config.pluginmanager.get_plugins()
    live = [plugin for plugin in plugins if isinstance(plugin, LiveNotebook)]
    source = LiveAnswers(live[0].namespace) if live else NotebookAnswers(_notebook(request.path))
    yield source
    source.close()


@pytest.fixture
def student(request: pytest.FixtureRequest, answers: LiveAnswers | NotebookAnswers) -> Student:
    """Stand for the student whose answers a test reads and whose functions it calls."""
    return Student(answers, _task(request.node))


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers."""
    for marker in _MARKERS:
        config.addinivalue_line("markers", marker)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Attach the verdict to the report of an exercise test."""
    report = yield
    # A setup that went well says nothing yet; a setup that failed is all there will be.
    if "student" in getattr(item, "fixturenames", ()) and (call.when == "call" or report.failed):
        outcome = _outcome(item, call)
        setattr(report, OUTCOME, outcome)
        if outcome.verdict in {WRONG, UNATTEMPTED}:
            report.longrepr = outcome.message
    return report


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    """Give answers that nobody has written a word and a letter of their own."""
    outcome = getattr(report, OUTCOME, None)
    if outcome is not None and outcome.verdict == UNATTEMPTED:
        # "failed" keeps the exit code and the message; only letter and word differ.
        return "failed", "u", "UNATTEMPTED"
    return None


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print points a task."""
    reports = [report for group in terminalreporter.stats.values() for report in group]
    outcomes: dict[str, list[Outcome]] = {}
    for report in reports:
        if (outcome := getattr(report, OUTCOME, None)) is not None:
            outcomes.setdefault(outcome.exercise, []).append(outcome)
    for exercise, listed in sorted(outcomes.items()):
        summary = Report(exercise, tuple(sorted(listed, key=lambda outcome: outcome.task)))
        terminalreporter.write_sep("=", f"exercise {exercise}")
        terminalreporter.write_line(summary.table)


def _outcome(item: pytest.Item, call: pytest.CallInfo[None]) -> Outcome:
    exercise = _notebook(item.path).stem
    points = item.get_closest_marker("points")
    worth = int(points.args[0]) if points else 1
    task = _task(item) or 0
    error = call.excinfo.value if call.excinfo else None
    if error is None:
        return Outcome(exercise, task, worth, PASSED)
    if isinstance(error, Unattempted):
        return Outcome(exercise, task, worth, UNATTEMPTED, error.message, error.name)
    if isinstance(error, Wrong):
        return Outcome(exercise, task, worth, WRONG, error.message, error.misconception)
    if isinstance(error, GameError):
        return Outcome(exercise, task, worth, WRONG, _sentence(str(error)), "not-a-game")
    return Outcome(
        exercise,
        task,
        worth,
        FAULT,
        f"The test itself broke ({type(error).__name__}); please report it.",
    )


def _task(item: pytest.Item) -> int | None:
    marker = item.get_closest_marker("task")
    return int(marker.args[0]) if marker else None


def _notebook(test_file: Path) -> Path:
    return test_file.with_name(f"{test_file.stem.removeprefix('test_')}.ipynb")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
