"""What a grading process does: it keeps pytest and its workers from one submission to the next."""

from __future__ import annotations

import gc
import os
import threading
import traceback
from contextlib import closing, suppress
from functools import cache, partial
from pathlib import Path
from socket import gethostname, socket

from balancegame.errors import GameError
from balancegame.grading.exercise.criterion import Criterion
from balancegame.grading.exercise.report import FAULT, INFRASTRUCTURE, Report
from balancegame.grading.isolation.bubblewrap_forks import Forks
from balancegame.grading.isolation.channel import InfrastructureFault, Worker
from balancegame.grading.isolation.tiers import HARDENED, Workers, choose, likely_imports, proved
from balancegame.grading.run.orders import TEST_SECONDS, GraderFault, Setting
from balancegame.grading.run.pytest_session import Session
from balancegame.grading.submission.answers import cell_source
from balancegame.grading.submission.archive import Archive, read_archive
from balancegame.grading.submission.asked_before import AskedBefore
from balancegame.grading.submission.submitted_file import (
    Submission,
    read_packed_submission,
    read_submission,
)

# Tests make many numbers and few circles: to look for these every 700 objects takes long.
_COLLECT_AFTER = 20_000

_REHEARSAL_SECONDS = 20.0

# A worker of a cluster may have several threads. pytest runs one test at a time, and whoever waited
# for it would use up the seconds of their own submission and then interrupt that of somebody else.
_ALONE = threading.Lock()

# What this grading process was given to order workers from.
_forks: list[Forks] = []


def manifest(setting: Setting) -> dict[str, tuple[Criterion, ...]]:
    """Return the criteria of each exercise."""
    with _ALONE:
        # If this machine lacks the tier, nothing is to be begun.
        _workers(setting.tier)
        return _session(setting.tests).manifest


def opened_archive(setting: Setting, path: Path) -> Archive:
    """Return what lies in a zip file."""
    _require_seen(path)
    with _ALONE:
        return read_archive(path, _workers(setting.tier).start)


def grade(setting: Setting, student: str, exercise: str, path: Path | None, member: str) -> Report:
    """Grade one submission; whatever it makes the grader raise stays with it."""
    try:
        return _graded(setting, student, exercise, path, member)
    except (InfrastructureFault, MemoryError):
        raise
    except Exception as error:
        raise GraderFault(
            f"It cannot be graded: the grader itself stopped at it, with {type(error).__name__}.",
            traceback.format_exc(),
        ) from None


def take_place(control: socket | None) -> None:
    """Prepare a grading process, which may order workers over the socket of a fork server."""
    if control is not None:
        _forks.append(Forks(control))


def collect(tests: tuple[Path, ...]) -> dict[str, tuple[Criterion, ...]] | GameError:
    """Collect tests for all processes that are forked from this one; say what there is, or why not.

    All this is there to stay: no collection of garbage needs to look through it.
    """
    try:
        return _session(tests).manifest
    except GameError as error:
        return error
    finally:
        gc.disable()


def rehearse(tests: tuple[Path, ...]) -> None:
    """Grade somebody who handed in nothing: what tests work out once is there for all others."""
    with suppress(GameError):
        session = _session(tests)
        nothing = Submission(problem="Nothing was handed in.")
        for exercise in session.manifest:
            with closing(cell_source(nothing, _no_worker, "")) as source, suppress(Exception):
                session.run(exercise, source, _REHEARSAL_SECONDS)
        session.rest()
    gc.freeze()


def _no_worker(opened: frozenset[str]) -> Worker:
    raise InfrastructureFault("a rehearsal asks nobody.")


@cache
def _session(tests: tuple[Path, ...]) -> Session:
    gc.disable()
    try:
        return Session(tests)
    finally:
        gc.freeze()
        gc.enable()
        gc.set_threshold(_COLLECT_AFTER)


@cache
def _workers(tier: str) -> Workers:
    # The worker of a cluster may be on another machine, whose fences nobody has tried yet.
    return Workers(tier, _forks[0] if _forks and tier == HARDENED else _tried(tier))


def _tried(tier: str) -> Forks | None:
    try:
        return proved(choose(tier))
    except GameError as missing:
        raise InfrastructureFault(f"on {gethostname()} {missing}") from None


@cache
def _asked_before(setting: Setting, exercise: str) -> AskedBefore:
    """Return what tests have asked of the submissions before, in this process."""
    return AskedBefore()


def _require_seen(path: Path) -> None:
    """Refuse to judge a file that whoever gives the order has seen, and this process does not."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        raise InfrastructureFault(
            f"{path} is not there on {gethostname()}; every machine that grades must see the "
            "class at the same path, and no file may be removed while it is graded."
        ) from None
    except OSError:
        # The file is there, but cannot be read: that is said to whoever handed it in.
        pass


def _graded(
    setting: Setting, student: str, exercise: str, path: Path | None, member: str
) -> Report:
    if path is not None:
        _require_seen(path)
    if path is not None and member:
        with _ALONE:
            submission = read_packed_submission(path, member, _workers(setting.tier).start)
    else:
        submission = read_submission(path)
    written = "".join(cell.source for cell in submission.cells)
    expected = likely_imports(written)
    name = student if setting.variants else ""
    with _ALONE:
        session = _session(setting.tests)
        start = partial(_workers(setting.tier).start, expected=expected)
        before = _asked_before(setting, exercise)
        with closing(cell_source(submission, start, name, setting.patience, before)) as source:
            outcomes = session.run(exercise, source, setting.patience.whole + TEST_SECONDS)
    for outcome in outcomes:
        if outcome.verdict == FAULT and outcome.key == INFRASTRUCTURE:
            raise InfrastructureFault(outcome.message)
    return Report(exercise, outcomes, problem=submission.problem, made_out_to=submission.student)
