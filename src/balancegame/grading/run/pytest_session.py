"""pytest collects once: each submission runs the collected tests again."""

from __future__ import annotations

import os
import queue
import sys
import threading
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from _pytest import unraisableexception
from _pytest.config import _prepareconfig, parse_warning_filter
from _pytest.runner import runtestprotocol

from balancegame.errors import GameError
from balancegame.grading.exercise.criterion import Criterion
from balancegame.grading.exercise.marks import criterion, is_exercise_test
from balancegame.grading.exercise.report import SKIPPED, Outcome
from balancegame.grading.isolation.deadline import (
    TakesTooLong,
    can_start_threads,
    interrupt,
)
from balancegame.grading.run import pytest_plugin
from balancegame.grading.run.plain_tests import parameters_if_plain
from balancegame.grading.run.pytest_plugin import OUTCOME, SOURCE, meet, outcome_of, part
from balancegame.grading.submission.answers import Source

_Order = tuple[str, Source, "Future[list[Outcome]]"]

_INTERRUPTIONS = 20
_PARAMETERS = pytest.StashKey[Mapping[str, Any] | None]()

# How often pytest goes through everything in memory as it ends; before 8.4 it did not.
_COLLECTIONS = getattr(unraisableexception, "gc_collect_iterations_key", None)

# What no test of an exercise can ask for: pytest takes a while to get each of its parts ready.
_UNWANTED = (
    *("cacheprovider", "doctest", "faulthandler", "logging", "pastebin", "setuponly", "setupplan"),
    *("terminal", "warnings"),
)
_OPTIONS = (
    # Neither the course folder's own settings nor a stray conftest may change the outcome.
    *("-c", os.devnull, "--noconftest", "--import-mode=importlib", "--capture=no"),
    # Nobody reads what pytest would say of two values that differ, and it rewrites tests for that.
    "--assert=plain",
    *(f"-pno:{plugin}" for plugin in _UNWANTED),
)


class Session:
    """Exercise tests of one folder, collected once; ``manifest`` holds what each exercise asks.

    Collecting leaves no thread behind, so a process may fork afterwards. Tests run in a thread of
    their own, so that one that never ends can be interrupted. A GameError says if a file cannot be
    collected or holds no exercise test, and if Python leaves out assertions.
    """

    def __init__(self, tests: Sequence[Path]) -> None:
        if sys.flags.optimize:
            raise GameError(
                "Python was started with -O or PYTHONOPTIMIZE, which leaves out every assertion of "
                "the tests, so wrong answers would pass; start it without."
            )
        self._tests = [path.resolve() for path in tests]
        self.manifest: dict[str, tuple[Criterion, ...]] = {}
        self._items: dict[str, list[pytest.Item]] = {}
        self._problems: list[str] = []
        self._wrong_mark: GameError | None = None
        self._session: pytest.Session | None = None
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._interrupted = 0
        # Other people's pytest plugins and options stay out.
        with pytest.MonkeyPatch.context() as setting:
            setting.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
            for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
                setting.delenv(name, raising=False)
            setting.setattr(sys, "dont_write_bytecode", True)
            self._collect()
        if self._problems or not self._items:
            self.close()
            if self._wrong_mark is not None:
                raise self._wrong_mark
            names = ", ".join(path.name for path in self._tests)
            reason = f" ({self._problems[0]})" if self._problems else ""
            raise GameError(
                f"the tests in {names} cannot run{reason}; correct it, or take a fresh copy of "
                "the file."
            )

    def run(
        self, exercise: str, source: Source, seconds: float | None = None
    ) -> tuple[Outcome, ...]:
        """Return the outcome of each criterion of an exercise, in the order of the manifest.

        The seconds are for all its tests: an answer may be one that keeps a test busy forever.
        """
        if not can_start_threads():
            # So it is in a browser.
            return self._in_order(exercise, self._outcomes(exercise, source))
        if self._thread is None:
            self._thread = threading.Thread(target=self._take_orders, daemon=True)
            self._thread.start()
        answer: Future[list[Outcome]] = Future()
        self._interrupted = 0
        self._orders.put((exercise, source, answer))
        try:
            while not self._is_done(answer, seconds):
                self._interrupt()
        except KeyboardInterrupt:
            self._interrupt()
            raise
        return self._in_order(exercise, answer.result())

    def rest(self) -> None:
        """End the thread; the next run starts another."""
        if self._thread is not None:
            self._orders.put(None)
            self._thread.join()
            self._thread = None

    def close(self) -> None:
        """End pytest, and forget the test files so that the next session reads them afresh."""
        self.rest()
        if self._session is not None:
            config = self._session.config
            config.hook.pytest_sessionfinish(session=self._session, exitstatus=0)
            config._ensure_unconfigure()
            self._session = None
        # pytest ends the name of a module with that of its file. There may be thousands to look at.
        files = set(map(str, self._tests))
        ends = tuple(path.stem.split(".")[-1] for path in self._tests)
        for name in [name for name in sys.modules if name.endswith(ends)]:
            if getattr(sys.modules[name], "__file__", None) in files:
                del sys.modules[name]

    def pytest_configure(self, config: pytest.Config) -> None:
        """Know the mark whose plugin is left out."""
        config.addinivalue_line("markers", "filterwarnings(warning): what to do with a warning")

    @pytest.hookimpl(tryfirst=True)
    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        """Leave out what lies beside the tests, of which pytest would look at each file."""
        is_beside = collection_path.parent == self._tests[0].parent
        return True if is_beside and collection_path not in self._tests else None

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note what cannot be collected."""
        if report.failed:
            last = str(report.longrepr).strip().splitlines()[-1:]
            self._problems.append(" ".join(last).removeprefix("E").strip())

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Note a wrong mark, before it ends pytest."""
        try:
            for item in items:
                if is_exercise_test(item):
                    criterion(item)
        except GameError as error:
            self._wrong_mark = error
            items.clear()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Keep the tests that ask a student something."""
        for item in session.items:
            if is_exercise_test(item):
                item.stash[_PARAMETERS] = parameters_if_plain(item)
                self._items.setdefault(criterion(item).exercise, []).append(item)
        self.manifest = {name: tuple(map(criterion, items)) for name, items in self._items.items()}

    def _collect(self) -> None:
        """Do what pytest does before it runs the first test."""
        folder = self._tests[0].parent
        # pytest would look through every folder above, up to the one that it cuts off.
        places = (f"--rootdir={folder}", f"--confcutdir={folder}")
        # By its name pytest would look for it among the plugins of all that is installed.
        plugins = [self, pytest_plugin]
        config = _prepareconfig([*map(str, self._tests), *places, *_OPTIONS], plugins=plugins)
        if _COLLECTIONS is not None:
            # A notebook may hold much, and a check shall come at once.
            config.stash[_COLLECTIONS] = 0
        config._do_configure()
        self._session = pytest.Session.from_config(config)
        try:
            config.hook.pytest_sessionstart(session=self._session)
            config.hook.pytest_collection(session=self._session)
        except (Exception, SystemExit, pytest.exit.Exception) as error:
            # What kept a file from being collected has been noted already.
            self._problems.append(" ".join(str(error).split()))

    def _in_order(self, exercise: str, outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
        """Return the outcome of each criterion of an exercise, in the order of the manifest."""
        found = {outcome.criterion: outcome for outcome in outcomes}
        return tuple(
            found.get(asked.name) or asked.outcome(SKIPPED, "This check gave no result.")
            for asked in self.manifest[exercise]
        )

    def _outcomes(self, exercise: str, source: Source) -> list[Outcome]:
        assert self._session is not None
        self._session.config.stash[SOURCE] = source
        return _outcomes(self._items[exercise])

    def _take_orders(self) -> None:
        """Run the tests for one submission after another until there are no more."""
        while (order := self._orders.get()) is not None:
            exercise, source, answer = order
            try:
                answer.set_result(self._outcomes(exercise, source))
            except BaseException as error:
                answer.set_exception(error)

    @staticmethod
    def _is_done(answer: Future[list[Outcome]], seconds: float | None) -> bool:
        try:
            answer.exception(seconds)
        except FutureTimeout:
            return False
        return True

    def _interrupt(self) -> None:
        """End the test that is running; if it hears nothing, end the process: others go on."""
        if self._interrupted > _INTERRUPTIONS:
            os._exit(1)
        self._interrupted += 1
        if self._thread is not None:
            interrupt(self._thread.ident or 0)


def _outcomes(items: list[pytest.Item]) -> list[Outcome]:
    found: list[Outcome] = []
    others = [item for item in items if item.stash[_PARAMETERS] is None]
    following = dict(zip(others, [*others[1:], None], strict=False))
    for item in items:
        try:
            parameters = item.stash[_PARAMETERS]
            if parameters is None:
                found += _reported(item, following[item])
            else:
                found.append(_called(item, parameters))
        except TakesTooLong as late:
            # The interruption came between two steps, where nothing else catches it.
            found.append(outcome_of(item, late))
    return found


def _called(item: pytest.Item, parameters: Mapping[str, Any]) -> Outcome:
    """Call a plain test, and return what it found."""
    assert isinstance(item, pytest.Function)
    student = meet(item, item.config.stash[SOURCE])
    try:
        item.obj(student=student, **parameters)
    except BaseException as error:
        # Not even pytest.exit ends more than its own test: other submissions wait. Whoever
        # presses Ctrl-C interrupts the main thread, and this is another.
        return outcome_of(item, error)
    finally:
        part(item)
    return outcome_of(item, None)


@contextmanager
def _warnings_as_marked(item: pytest.Item) -> Iterator[None]:
    """Let a mark make errors of warnings; pytest's own plugin keeps each warning for ever."""
    if item.get_closest_marker("filterwarnings") is None:
        yield
        return
    with warnings.catch_warnings():
        for mark in item.iter_markers("filterwarnings"):
            for each in mark.args:
                warnings.filterwarnings(*parse_warning_filter(each, escape=False))
        yield


def _reported(item: pytest.Item, following: pytest.Item | None) -> list[Outcome]:
    """Let pytest run a test, and return what its reports say."""
    try:
        with _warnings_as_marked(item):
            reports = runtestprotocol(item, log=False, nextitem=following)
    except BaseException as error:
        # What it has set up must not be there for the next submission.
        with suppress(BaseException):
            item.ihook.pytest_runtest_teardown(item=item, nextitem=None)
        return [outcome_of(item, error)]
    outcomes = [getattr(report, OUTCOME, None) for report in reports]
    return [outcome for outcome in outcomes if outcome is not None]
