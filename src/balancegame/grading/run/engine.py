"""Grade one submission after another: student code apart from the tests, pytest started once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import closing, contextmanager
from functools import cached_property, partial
from hashlib import file_digest, sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from balancegame.errors import GameError
from balancegame.grading.exercise.report import Report
from balancegame.grading.isolation.channel import InfrastructureFault
from balancegame.grading.isolation.tiers import choose, proved
from balancegame.grading.isolation.watchdog import watched
from balancegame.grading.run import orders
from balancegame.grading.run.collected import begin, can_fork, collected
from balancegame.grading.run.exercise_files import exercises_meant, may_decide, tests_of
from balancegame.grading.run.graders import Graders
from balancegame.grading.run.orders import TEST_SECONDS, Setting
from balancegame.grading.submission.archive import Archive
from balancegame.grading.submission.patience import PATIENCE, Patience

if TYPE_CHECKING:
    from balancegame.grading.exercise.criterion import Criterion

Result = TypeVar("Result")
Manifest = Mapping[str, "tuple[Criterion, ...]"]

# Beyond these and the seconds of tests and answers, a grading process does not end by itself.
_SPARE_SECONDS = 60.0


class Engine:
    """Grades submissions in a few processes; made by :func:`open_engine`.

    ``collect`` returns the manifest; without it, whoever grades is asked at once. ``rest`` is
    called when there is nothing more to grade.
    """

    def __init__(
        self,
        setting: Setting,
        folder: Path,
        start: Callable[[], Executor],
        collect: Callable[[], Manifest] | None = None,
        rest: Callable[[], object] = lambda: None,
    ) -> None:
        self._setting = setting
        self._folder = folder
        self._start = start
        self._executor = start()
        self.tier = setting.tier
        self._collect = self._asked() if collect is None else collect
        self.rest = rest

    @cached_property
    def manifest(self) -> Manifest:
        """The criteria of each exercise: one that is missing from a result counts as 0.

        It is there when all tests are collected; a GameError says if they cannot be.
        """
        return self._collect()

    def _asked(self) -> Callable[[], Manifest]:
        try:
            found: Manifest = self._executor.submit(orders.manifest, self._setting).result()
        except InfrastructureFault as fault:
            raise GameError(str(fault)) from None
        return lambda: found

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
        # A process that grades may work in another folder.
        path = path and path.absolute()
        return self._begin(partial(orders.grade, self._setting, student, exercise, path, member))

    def open_archive(self, path: Path) -> Archive:
        """Return what lies in a zip file; it raises InfrastructureFault if that cannot be found."""
        for last in (False, True):
            try:
                order = partial(orders.open_archive, self._setting, path.absolute())
                return self._begin(order).result()
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
        for path in sorted(self._folder.iterdir()):
            if may_decide(path, exercise):
                with path.open("rb") as file:
                    seen.update(path.name.encode() + b"\0" + file_digest(file, sha256).digest())
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
    there are ``jobs`` processes of our own, forked on Linux and spawned elsewhere, where a script
    must guard its main part. ``only`` holds names or numbers of the exercises to grade, all if
    there are none. A GameError says if an exercise is not there or the isolation is not available,
    and from the manifest on if the tests cannot be collected: nobody need wait for that.
    """
    folder = Path(exercises).resolve()
    tests = tests_of(exercises_meant(only, folder), folder)
    if executor is None:
        # To try the fences takes as long as to collect.
        begin(tests)
    setting = Setting(tests, choose(tier), variants, patience)
    if executor is not None:
        yield Engine(setting, folder, lambda: executor)
        return
    if can_fork():
        forks = proved(setting.tier)
        control = None if forks is None else forks.control
        seconds = patience.whole + TEST_SECONDS + _SPARE_SECONDS
        process = collected(tests)
        with closing(process):
            graders = Graders(jobs, process, control, seconds)
            rest = partial(graders.shutdown, wait=False)
            engine = Engine(setting, folder, lambda: graders, process.manifest, rest)
            with watched(lambda: graders.processes), closing(engine):
                yield engine
        return
    from balancegame.grading.run import spawned

    start = partial(spawned.graders, jobs)
    with watched(spawned.processes), closing(Engine(setting, folder, start)) as engine:
        yield engine
