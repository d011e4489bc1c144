"""Grade one submission after another: student code apart from the tests, pytest started once."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from multiprocessing import get_context, parent_process
from pathlib import Path
from time import perf_counter

from balancegame.errors import GameError
from balancegame.grading.exercise.criterion import Criterion, exercise_of
from balancegame.grading.exercise.report import FAULT, Outcome, Report
from balancegame.grading.isolation.process_tier import InfrastructureFault
from balancegame.grading.isolation.tiers import SLOW_TO_IMPORT, Workers, choose
from balancegame.grading.run.pytest_plugin import INFRASTRUCTURE
from balancegame.grading.run.pytest_session import Session
from balancegame.grading.submission.answers import PATIENCE, Patience, cell_source
from balancegame.grading.submission.reading_in import read_submission

TEST_SECONDS = 60.0
"""How long the tests of one submission may think, besides waiting for the student's code."""


@dataclass(frozen=True)
class SubmissionResult:
    """What grading one submission found.

    Attributes
    ----------
    student, exercise : str
    outcomes : tuple of Outcome
        One for each criterion of the exercise, in the order of the manifest.
    tier : str
        The isolation in which the student's code ran.
    problem : str or None
        What is wrong with the submission as a whole, in a sentence.
    seconds : float
    """

    student: str
    exercise: str
    outcomes: tuple[Outcome, ...]
    tier: str
    problem: str | None
    seconds: float

    @property
    def points(self) -> int:
        """The points reached."""
        return self.report.points

    @property
    def worth(self) -> int:
        """The points that could be reached."""
        return self.report.worth

    @property
    def report(self) -> Report:
        """The outcomes as a person reads them."""
        return Report(self.exercise, self.outcomes)


@dataclass(frozen=True)
class _Setting:
    """What a grading process is started for; it keeps pytest and its workers for the next time."""

    folder: Path
    tier: str
    variants: bool
    patience: Patience


class Engine:
    """Grades submissions in a few processes; made by :func:`open_engine`.

    Attributes
    ----------
    tier : str
        The isolation in which student code runs.
    manifest : dict
        The criteria of each exercise: what is missing from a result counts as 0.
    """

    def __init__(self, setting: _Setting, jobs: int, executor: Executor | None) -> None:
        self._setting = setting
        self._jobs = jobs
        self._given = executor
        self._pool: Executor | None = executor
        self._lock = threading.Lock()
        self.tier = setting.tier
        self.manifest: dict[str, tuple[Criterion, ...]] = (
            self._running_pool().submit(_manifest, setting).result()
        )

    def submit(self, student: str, exercise: str, path: Path | None) -> Future[SubmissionResult]:
        """Begin to grade a submission.

        Parameters
        ----------
        student : str
            Whose it is; the payoffs of a variant are drawn for this name.
        exercise : str
            One of the manifest.
        path : Path or None
            The notebook or script, whatever it may be; None if nothing was handed in.

        Returns
        -------
        Future of SubmissionResult
            Its ``result()`` raises InfrastructureFault for what the submission is not to blame for.
        """
        if exercise not in self.manifest:
            raise GameError(f"there are no tests of an exercise {exercise!r}.")
        answer: Future[SubmissionResult] = Future()
        try:
            pool = self._running_pool()
            running = pool.submit(_grade, self._setting, student, exercise, path)
        except (BrokenExecutor, RuntimeError) as error:
            self._drop_pool()
            answer.set_exception(_fault(error))
            return answer
        running.add_done_callback(lambda done: self._hand_on(done, answer))
        return answer

    def grade(self, student: str, exercise: str, path: Path | None) -> SubmissionResult:
        """Grade a submission and wait for the result; see :meth:`submit`."""
        return self.submit(student, exercise, path).result()

    def digest(self, exercise: str) -> str:
        """Return a hash of all that decides about an exercise besides the submission."""
        seen = sha256(f"{version('balancegame')} {self._setting.variants}".encode())
        for path in sorted(self._setting.folder.glob("*.py")):
            if path.stem.startswith("variant_") or exercise_of(path) == exercise:
                seen.update(path.name.encode() + b"\0" + path.read_bytes())
        return seen.hexdigest()

    def close(self) -> None:
        """End the grading processes and all workers."""
        if self._pool is not None and self._given is None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _running_pool(self) -> Executor:
        with self._lock:
            if self._pool is None:
                # Spawned, so that a grading process shares neither threads nor sockets with us.
                self._pool = ProcessPoolExecutor(
                    self._jobs, mp_context=get_context("spawn"), initializer=_be_quiet
                )
            return self._pool

    def _drop_pool(self) -> None:
        with self._lock:
            if self._given is None and self._pool is not None:
                self._pool.shutdown(wait=False, cancel_futures=True)
                self._pool = None

    def _hand_on(self, done: Future[SubmissionResult], answer: Future[SubmissionResult]) -> None:
        if not answer.set_running_or_notify_cancel():
            return
        error = None if done.cancelled() else done.exception()
        if done.cancelled() or isinstance(error, BrokenExecutor):
            self._drop_pool()
            answer.set_exception(_fault(error))
        elif error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(done.result())


@contextmanager
def open_engine(
    exercises: str | Path,
    tier: str | None = None,
    jobs: int = 1,
    executor: Executor | None = None,
    *,
    variants: bool = False,
    patience: Patience = PATIENCE,
) -> Iterator[Engine]:
    """Open the grading of a folder of exercises.

    Parameters
    ----------
    exercises : path
        The folder that holds the test files.
    tier : str, optional
        The isolation that is required; the strongest that this machine offers if not given.
    jobs : int
        How many submissions are graded at once.
    executor : concurrent.futures.Executor, optional
        Where to grade, such as a cluster that sees the same files; processes of our own if not
        given. Such processes are spawned, so a script must guard its main part.
    variants : bool
        Whether each student was handed payoffs of their own.
    patience : Patience
        How many seconds student code may take.

    Yields
    ------
    Engine

    Raises
    ------
    GameError
        If the tests cannot be collected or the isolation is not to be had.
    """
    setting = _Setting(Path(exercises).resolve(), choose(tier), variants, patience)
    if not _test_files(setting.folder):
        raise GameError(f"there are no exercise tests, test_*.py, in {setting.folder}.")
    engine = Engine(setting, jobs, executor)
    try:
        yield engine
    finally:
        engine.close()


@dataclass(frozen=True)
class _Desk:
    session: Session
    workers: Workers


_desks: dict[_Setting, _Desk] = {}


def _desk(setting: _Setting) -> _Desk:
    """Return what this process grades with: set up at the first submission, kept for the others."""
    if setting not in _desks:
        _desks[setting] = _Desk(Session(_test_files(setting.folder)), Workers(setting.tier))
    return _desks[setting]


def _manifest(setting: _Setting) -> dict[str, tuple[Criterion, ...]]:
    return _desk(setting).session.manifest


def _grade(setting: _Setting, student: str, exercise: str, path: Path | None) -> SubmissionResult:
    begin = perf_counter()
    desk = _desk(setting)
    submission = read_submission(path)
    written = "".join(cell.source for cell in submission.cells)
    expected = frozenset(name for name in SLOW_TO_IMPORT if name in written)
    start = partial(desk.workers.start, expected=expected)
    source = cell_source(submission, start, student if setting.variants else "", setting.patience)
    try:
        outcomes = desk.session.run(exercise, source, setting.patience.whole + TEST_SECONDS)
    finally:
        source.close()
    for outcome in outcomes:
        if outcome.verdict == FAULT and outcome.key == INFRASTRUCTURE:
            raise InfrastructureFault(outcome.message)
    return SubmissionResult(
        student, exercise, outcomes, setting.tier, submission.problem, perf_counter() - begin
    )


def _test_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("test_*.py"))


def _be_quiet() -> None:
    # What tests print belongs to nobody; a progress bar must not be torn by it.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A pool's processes hold each other's pipes open, so none notices that the run was killed.
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _fault(error: BaseException | None) -> InfrastructureFault:
    return InfrastructureFault(f"a grading process ended ({type(error).__name__}).")
