"""Grade one submission after another: student code apart from the tests, pytest started once."""

from __future__ import annotations

import gc
import os
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from importlib.metadata import version
from multiprocessing import get_context, parent_process
from multiprocessing.util import Finalize
from pathlib import Path
from socket import gethostname, socket
from typing import TypeVar

from balancegame.errors import GameError
from balancegame.grading.exercise.criterion import Criterion
from balancegame.grading.exercise.report import FAULT, Report
from balancegame.grading.isolation.bubblewrap_forks import Forks
from balancegame.grading.isolation.channel import InfrastructureFault
from balancegame.grading.isolation.tiers import (
    HARDENED,
    SLOW_TO_IMPORT,
    Workers,
    choose,
    proved,
)
from balancegame.grading.isolation.watchdog import watched
from balancegame.grading.run.pytest_plugin import INFRASTRUCTURE
from balancegame.grading.run.pytest_session import Session
from balancegame.grading.submission.answers import PATIENCE, Patience, cell_source
from balancegame.grading.submission.archive import Archive, read_archive
from balancegame.grading.submission.file_names import exercise_named, exercise_of
from balancegame.grading.submission.submitted_file import (
    read_packed_submission,
    read_submission,
)
from balancegame.wording import and_list

Result = TypeVar("Result")

TEST_SECONDS = 60.0
"""How long the tests of one submission may think, besides waiting for the student's code."""

# Tests make many numbers and few circles: to look for these every 700 objects takes long.
_COLLECT_AFTER = 20_000

# A worker of a cluster may have several threads. pytest has one, and whoever waited for it would
# use up the seconds of their own submission and then interrupt that of somebody else.
_ALONE = threading.Lock()


# What this grading process was given to order workers from.
_forks: list[Forks] = []


@dataclass(frozen=True)
class _Setting:
    """What a grading process is started for; it keeps pytest and its workers for the next time."""

    folder: Path
    tier: str
    variants: bool
    patience: Patience
    only: tuple[str, ...] = ()


class GraderFault(Exception):  # noqa: N818 - the name that callers know it by
    """The grader itself stopped at one submission: that scores nothing, and others go on.

    ``args`` are a sentence and the traceback, as text that can travel between processes.
    """


class Engine:
    """Grades submissions in a few processes; made by :func:`open_engine`.

    The ``manifest`` holds the criteria of each exercise: one that is missing from a result counts
    as 0.
    """

    def __init__(self, setting: _Setting, start: Callable[[], Executor]) -> None:
        self._setting = setting
        self._start = start
        self._executor = start()
        self.tier = setting.tier
        try:
            self.manifest = self._executor.submit(_manifest, setting).result()
        except InfrastructureFault as fault:
            raise GameError(str(fault)) from None

    def submit(
        self, student: str, exercise: str, path: Path | None, member: str = ""
    ) -> Future[Report]:
        """Begin to grade a file, whatever it may be; None if nothing was handed in.

        If the file is a zip file, ``member`` is the name of the one in it. The payoffs of a variant
        are drawn for the student's name. The report has one outcome for each criterion of the
        exercise, in the order of the manifest. In its place ``result()`` raises InfrastructureFault
        or BrokenExecutor for what the submission is not to blame for, and GraderFault if the grader
        itself stopped at it.
        """
        if exercise not in self.manifest:
            raise GameError(f"there are no tests of an exercise {exercise!r}.")
        return self._begin(partial(_grade, self._setting, student, exercise, path, member))

    def open_archive(self, path: Path) -> Archive:
        """Return what lies in a zip file; it raises InfrastructureFault if that cannot be found."""
        for last in (False, True):
            try:
                return self._begin(partial(_open_archive, self._setting, path)).result()
            except (InfrastructureFault, BrokenExecutor) as fault:
                if last:
                    raise InfrastructureFault(f"{fault}") from fault
        raise AssertionError

    def _begin(self, order: Callable[[], Result]) -> Future[Result]:
        try:
            return self._executor.submit(order)
        except BrokenExecutor:
            # A submission before this one took the processes along.
            self._executor = self._start()
            return self._executor.submit(order)

    def grade(self, student: str, exercise: str, path: Path | None, member: str = "") -> Report:
        """Grade a submission and wait for the result; see :meth:`submit`."""
        return self.submit(student, exercise, path, member).result()

    def digest(self, exercise: str) -> str:
        """Return a hash of all that decides about an exercise besides the submission."""
        seen = sha256(f"{version('balancegame')} {self._setting.variants}".encode())
        for path in sorted(self._setting.folder.glob("*.py")):
            if path.stem.startswith("variant_") or exercise_of(path) == exercise:
                seen.update(path.name.encode() + b"\0" + path.read_bytes())
        return seen.hexdigest()

    def close(self) -> None:
        """End the grading processes and all workers."""
        self._executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def open_engine(
    exercises: str | Path,
    tier: str | None = None,
    jobs: int = 1,
    executor: Executor | None = None,
    *,
    variants: bool = False,
    patience: Patience = PATIENCE,
    only: Sequence[str] = (),
) -> Iterator[Engine]:
    """Open the grading of a folder of exercises, each student's with payoffs of their own or not.

    The tier of isolation is the strongest that this machine offers if none is required. The
    executor is a place to grade, such as a cluster that sees the same files; if there is none,
    ``jobs`` processes of our own are spawned, so a script must guard its main part. ``only`` holds
    names or numbers of the exercises to grade, all if there are none. A GameError says if the tests
    cannot be collected, an exercise is not there or the isolation is not available.
    """
    folder = Path(exercises).resolve()
    setting = _Setting(folder, choose(tier), variants, patience, exercises_meant(only, folder))
    if executor is not None:
        yield Engine(setting, lambda: executor)
        return
    # Spawned, so that a grading process shares neither threads nor sockets with us.
    forks = proved(setting.tier)
    control = None if forks is None else forks.control
    start = partial(ProcessPoolExecutor, jobs, get_context("spawn"), _begin_process, (control,))
    with watched(), closing(Engine(setting, start)) as engine:
        yield engine


@cache
def _desk(setting: _Setting) -> tuple[Session, Workers]:
    """Return what this process grades with: set up at the first submission, kept for the others."""
    forks = _forks[0] if _forks and setting.tier == HARDENED else None
    if forks is None:
        # The worker of a cluster may be on another machine, whose fences nobody has tried yet.
        forks = _tried(setting.tier)
    # All this is there to stay: no collection of garbage needs to look through it.
    gc.disable()
    try:
        return Session(_test_files(setting)), Workers(setting.tier, forks)
    finally:
        gc.freeze()
        gc.enable()
        gc.set_threshold(_COLLECT_AFTER)


def _tried(tier: str) -> Forks | None:
    try:
        return proved(choose(tier))
    except GameError as missing:
        raise InfrastructureFault(f"on {gethostname()} {missing}") from None


@cache
def _wanted(setting: _Setting, exercise: str) -> dict[str, None]:
    """Return the names whose values the tests have asked for, in this process."""
    return {}


def _manifest(setting: _Setting) -> dict[str, tuple[Criterion, ...]]:
    with _ALONE:
        return _desk(setting)[0].manifest


def _open_archive(setting: _Setting, path: Path) -> Archive:
    with _ALONE:
        return read_archive(path, _desk(setting)[1].start)


def _grade(
    setting: _Setting, student: str, exercise: str, path: Path | None, member: str
) -> Report:
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


def _graded(
    setting: _Setting, student: str, exercise: str, path: Path | None, member: str
) -> Report:
    if path is not None and member:
        with _ALONE:
            submission = read_packed_submission(path, member, _desk(setting)[1].start)
    else:
        submission = read_submission(path)
    written = "".join(cell.source for cell in submission.cells)
    expected = frozenset(name for name in SLOW_TO_IMPORT if name in written)
    name = student if setting.variants else ""
    with _ALONE:
        session, workers = _desk(setting)
        start = partial(workers.start, expected=expected)
        wanted = _wanted(setting, exercise)
        with closing(cell_source(submission, start, name, setting.patience, wanted)) as source:
            outcomes = session.run(exercise, source, setting.patience.whole + TEST_SECONDS)
    for outcome in outcomes:
        if outcome.verdict == FAULT and outcome.key == INFRASTRUCTURE:
            raise InfrastructureFault(outcome.message)
    return Report(exercise, outcomes, problem=submission.problem, made_out_to=submission.student)


def exercises_meant(only: Sequence[str], folder: Path) -> tuple[str, ...]:
    """Return the exercises of a folder that names or numbers mean, all if none are given."""
    there = sorted({exercise_of(path) for path in folder.glob("test_*.py")})
    if not there:
        raise GameError(f"there are no exercise tests, test_*.py, in {folder}.")
    meant = {text: exercise_named(text, there) for text in only}
    for text, found in meant.items():
        if found is None:
            raise GameError(
                f"there is no exercise {text!r} in {folder}; its exercises are {and_list(there)}."
            )
    return tuple(sorted({found[0] for found in meant.values() if found})) or tuple(there)


def _test_files(setting: _Setting) -> list[Path]:
    files = sorted(setting.folder.glob("test_*.py"))
    return [path for path in files if exercise_of(path) in setting.only]


def _begin_process(control: socket | None) -> None:
    """Prepare a grading process, which may order workers over the socket of a fork server."""
    gc.disable()
    # Taking apart all that was loaded takes longer than to grade ten submissions.
    Finalize(None, os._exit, args=(0,), exitpriority=-100)
    if control is not None:
        _forks.append(Forks(control))
    # What tests print belongs to nobody; a progress bar must not be torn by it.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A pool's processes hold each other's pipes open, so none notices that the run was killed.
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
