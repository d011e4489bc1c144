"""What makes pytest speak to students: the ``student`` fixture, points, and verdicts.

An exercise test is an ordinary pytest test that takes the fixture ``student``, marked with the
task it belongs to and the points it gives. One test is one criterion. It fails with feedback by
:func:`.wrong`. A folder of exercises gets all this from the few
names that its ``conftest.py`` imports from here.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager, nullcontext, suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from unittest import SkipTest

import pytest

from balancegame.errors import GameError
from balancegame.grading.exercise.marks import criterion, is_exercise_test, rename
from balancegame.grading.exercise.report import (
    CELL_STOPPED,
    FAULT,
    INFRASTRUCTURE,
    PASSED,
    SKIPPED,
    UNATTEMPTED,
    WRONG,
    Outcome,
    Report,
)
from balancegame.grading.exercise.student import Student
from balancegame.grading.exercise.verdicts import Unattempted, Wrong, one_line
from balancegame.grading.isolation.channel import InfrastructureFault
from balancegame.grading.isolation.deadline import TakesTooLong
from balancegame.grading.isolation.fresh_interpreter import start_process
from balancegame.grading.isolation.library import library
from balancegame.grading.submission.answers import Source, cell_source
from balancegame.grading.submission.file_names import exercise_of
from balancegame.grading.submission.submitted_file import read_submission
from balancegame.wording import capital

OUTCOME = "balancegame_outcome"
"""The attribute of a test report that holds the outcome."""

SOURCE = pytest.StashKey[Source]()
"""Where a session that is given submissions keeps the one it is at, and a test the one it met."""

# What an answer is told; everything else that goes wrong is the test's or the grader's own.
_OF_ANSWERS = (WRONG, UNATTEMPTED)

_NAME_FIRST = re.compile(r"\w+: ")
_STUDENT = pytest.StashKey[Student]()
_STEADY = pytest.StashKey[bool]()
_FAILED = pytest.StashKey[Outcome | None]()

_MARKERS = (
    "task(number): the task of the exercise that a test belongs to",
    "points(number): what passing the test is worth; 1 if not given",
    "criterion(name): what the test asks, in a few words; from its name if not given",
    "hint(question, pointer, worked_step): a ladder of hints",
    "hidden: students do not see what is asked; no test asks the same process after one of these",
    "allows(name, ...): packages, and modules of balancegame, that the task opens",
)


def meet(item: pytest.Item, source: Source) -> Student:
    """Return the student whom a test asks, from now on the one it has met."""
    asked = criterion(item)
    found = item.stash[_STUDENT] = Student(
        source.answers(asked.opens, False),
        asked.task,
        name=source.student,
        exercise=asked.exercise,
        folder=_folder(item.path),
        known=source.known,
    )
    item.stash[SOURCE] = source
    return found


@lru_cache(maxsize=64)
def _folder(path: Path) -> Path:
    return path.parent


def part(item: pytest.Item) -> None:
    """End the worker of a hidden check: what an answer remembers must reach no other test."""
    if SOURCE in item.stash and criterion(item).hidden:
        item.stash[SOURCE].answers(criterion(item).opens, True)


@pytest.fixture(scope="module")
def answers(request: pytest.FixtureRequest) -> Iterator[Source]:
    """Find the answers to a test file in the notebook beside it."""
    notebook = request.path.with_name(f"{exercise_of(request.path)}.ipynb")
    submission = read_submission(notebook)
    folder = notebook.resolve().parent
    source = cell_source(
        submission, lambda opened: start_process(library(opened), folder), submission.student
    )
    yield source
    source.close()


@pytest.fixture
def student(request: pytest.FixtureRequest) -> Student:
    """Stand for the student whose answers a test reads and whose functions it calls."""
    given = request.config.stash.get(SOURCE, None)
    return meet(request.node, request.getfixturevalue("answers") if given is None else given)


def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Part a test from its student."""
    part(item)


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers, and let random games be the same on every run."""
    for marker in _MARKERS:
        config.addinivalue_line("markers", marker)
    # It is slow to import, and few tests use it.
    config.stash[_STEADY] = any(map(_names_hypothesis, _python_files(config)))
    if config.stash[_STEADY]:
        _make_hypothesis_steady()


def _python_files(config: pytest.Config) -> Iterator[Path]:
    """Return the test files that pytest was given, and what lies beside them."""
    for argument in config.args:
        place = config.invocation_params.dir / argument.partition("::")[0]
        yield from place.rglob("*.py") if place.is_dir() else place.parent.glob("*.py")


def _names_hypothesis(file: Path) -> bool:
    try:
        return b"hypothesis" in file.read_bytes()
    except OSError:
        # What cannot be read cannot be run either.
        return False


def _make_hypothesis_steady() -> None:
    from hypothesis import settings

    _register_steady_profile()
    settings.load_profile("balancegame")


@cache
def _register_steady_profile() -> None:
    from hypothesis import HealthCheck, settings

    settings.register_profile(
        "balancegame",
        derandomize=True,
        deadline=None,
        database=None,
        max_examples=40,
        print_blob=False,
        report_multiple_bugs=False,
        # The student is the same for every example, and is meant to be.
        suppress_health_check=list(HealthCheck),
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Name each criterion of an exercise once."""
    if "hypothesis" in sys.modules and not config.stash[_STEADY]:
        # Somebody's own module has brought it.
        _make_hypothesis_steady()
    names: Counter[tuple[str, str]] = Counter()
    for item in items:
        if is_exercise_test(item):
            try:
                asked = criterion(item)
            except GameError as error:
                # pytest shows this one without a traceback.
                raise pytest.UsageError(capital(str(error))) from None
            name = asked.exercise, asked.name
            names[name] += 1
            if names[name] > 1:
                rename(item, f"{asked.name} ({names[name]})")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Attach the verdict to the report of an exercise test."""
    if not is_exercise_test(item):
        return (yield)
    error = call.excinfo.value if call.excinfo else None
    is_an_answers = _judged(item, error, False)[0] in _OF_ANSWERS
    with _untraced(item) if is_an_answers else nullcontext():
        report = yield
    if call.when == "setup":
        item.stash[_FAILED] = None
    # A setup that went well says nothing yet; a setup that failed is all there will be.
    if call.when == "call" or not report.passed:
        # A test that passes although its mark says it cannot fails without an error.
        xfailed = hasattr(report, "wasxfail") or (report.failed and error is None)
        outcome = outcome_of(item, error, xfailed)
        if outcome.verdict in _OF_ANSWERS:
            report.longrepr = outcome.message
        if call.when == "call":
            # Subtests come first, each as a call of its own; one that fails does not fail the test
            # for pytest before the test is logged.
            if report.failed and item.stash[_FAILED] is None:
                item.stash[_FAILED] = outcome
            outcome = item.stash[_FAILED] or outcome
        setattr(report, OUTCOME, outcome)
    return report


@contextmanager
def _untraced(item: pytest.Item) -> Iterator[None]:
    """Spare pytest the traceback of an answer: its sentence is to stand there alone.

    To write one takes longer than the test.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(item, "repr_failure", lambda error, *_: str(error.value))
        yield


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    """Give answers that nobody has written a word and a letter of their own."""
    outcome = getattr(report, OUTCOME, None)
    if outcome is not None and outcome.verdict == UNATTEMPTED:
        # "failed" keeps the exit code and the message; only letter and word differ.
        return "failed", "u", "UNATTEMPTED"
    return None


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the points of each task."""
    listed = [report for group in terminalreporter.stats.values() for report in group]
    # The report of a subtest is of a class of its own, and counts in that of its test.
    reports = [
        report
        for report in listed
        if type(report) is pytest.TestReport and hasattr(report, OUTCOME)
    ]
    outcomes: dict[str, dict[str, Outcome]] = {}
    # A test counts once. A teardown that fails comes last and counts. Where a plugin has run a test
    # again, a pass takes no failure back: balancegame grade runs each test once.
    for report in sorted(reports, key=lambda report: report.stop):
        outcome = getattr(report, OUTCOME)
        known = outcomes.setdefault(outcome.exercise, {})
        before = known.get(outcome.criterion, outcome)
        known[outcome.criterion] = before if outcome.verdict == PASSED else outcome
    for exercise, found in sorted(outcomes.items()):
        summary = Report(exercise, tuple(sorted(found.values(), key=lambda each: each.task)))
        terminalreporter.write_sep("=", f"exercise {exercise}")
        terminalreporter.write_line(summary.table)


def outcome_of(item: pytest.Item, error: BaseException | None, xfailed: bool = False) -> Outcome:
    """Return what a test says of the answers that it asked for, by the error that ended it."""
    asked = criterion(item)
    verdict, message, key = _judged(item, error, xfailed)
    if asked.hidden and verdict != PASSED:
        # Neither hidden inputs nor what a student's code says about them may show.
        waits = f'A hidden check waits for your answer: "{asked.name}".'
        failed = f'A hidden check is not passed yet: "{asked.name}".'
        message = waits if verdict == UNATTEMPTED else failed
        if key == CELL_STOPPED:
            message = f'The cell that it asks about stopped, so "{asked.name}" cannot be checked.'
    student = item.stash.get(_STUDENT, None)
    answered = ""
    # What cannot be put into words is an answer all the same, and was judged as one.
    with suppress(Exception):
        answered = "" if asked.hidden or student is None else one_line(student.answered)
    return asked.outcome(verdict, one_line(message), key, answered)


def _judged(item: pytest.Item, error: BaseException | None, xfailed: bool) -> tuple[str, str, str]:
    """Return the verdict, the message and the key."""
    if isinstance(error, (InfrastructureFault, MemoryError)):
        return FAULT, f"The grader failed: {error}", INFRASTRUCTURE
    if isinstance(error, (pytest.skip.Exception, SkipTest, pytest.xfail.Exception)) or xfailed:
        return SKIPPED, "This check was left out.", ""
    if error is None:
        return PASSED, "", ""
    if type(error).__module__.startswith("hypothesis"):
        # The answers were wrong, and are right now that the same is asked again.
        student = item.stash.get(_STUDENT, None)
        error = (student and student.last_complaint) or Wrong(
            "unsteady", "Your function answers differently when asked the same again."
        )
    if isinstance(error, Unattempted):
        return UNATTEMPTED, error.message, error.name
    if isinstance(error, Wrong):
        return WRONG, error.message, error.misconception
    if isinstance(error, GameError):
        said = str(error)
        # A name in front stays as the notebook spells it.
        return WRONG, said if _NAME_FIRST.match(said) else capital(said), "answer-not-readable"
    if isinstance(error, AssertionError):
        said = (str(error).strip().splitlines() or [""])[0]
        asked = said if said and not said.startswith("assert ") else criterion(item).name
        return WRONG, capital(asked), "not-met"
    if isinstance(error, TakesTooLong):
        return WRONG, "Your answer keeps the check busy without end.", "endless"
    if isinstance(error, pytest.exit.Exception):
        return FAULT, "The test itself ended pytest; please report it.", ""
    return FAULT, f"The test itself broke ({type(error).__name__}); please report it.", ""
