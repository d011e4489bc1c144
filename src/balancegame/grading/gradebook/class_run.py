"""One run over a class: what has a result is left alone, the rest is graded, nothing is lost."""

from __future__ import annotations

import json
import sqlite3
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from queue import SimpleQueue
from traceback import format_exception

from tqdm import tqdm

from balancegame.errors import GameError
from balancegame.grading.exercise.report import Report
from balancegame.grading.gradebook import database
from balancegame.grading.gradebook.attempts import untold, with_attempts
from balancegame.grading.gradebook.class_folder import ClassFolder, HandedIn, read_class_folder
from balancegame.grading.gradebook.cluster import Cluster
from balancegame.grading.gradebook.deadlines import Deadlines, kept_deadlines, read_deadlines
from balancegame.grading.gradebook.folder_lock import alone_in
from balancegame.grading.gradebook.handed_in import read_names
from balancegame.grading.gradebook.html_reports import read_templates
from balancegame.grading.gradebook.kept_grades import RunGrades
from balancegame.grading.gradebook.overrides import earlier_attempt, overtaken_overrides
from balancegame.grading.gradebook.plain_text import clean
from balancegame.grading.gradebook.report_words import told_together
from balancegame.grading.gradebook.reports import StudentPages, remove_leftovers, write_reports
from balancegame.grading.gradebook.student_record import Exercise
from balancegame.grading.isolation.channel import InfrastructureFault
from balancegame.grading.isolation.tiers import probe
from balancegame.grading.run.engine import Engine, open_engine
from balancegame.grading.run.exercise_files import exercises_meant
from balancegame.grading.run.orders import GraderFault

GRADEBOOK = "gradebook.sqlite"
TRIES = 3
PAUSE = 0.2
WAITING_A_JOB = 8
_SHOWN = 20
# How many seconds' results are written down together: fewer than WAITING_A_JOB take to be graded.
_TOGETHER = 0.02

NO_DEADLINES = (
    "The last run had deadlines and this one has none, so nothing is late now and points that were "
    "taken off count again; if you did not mean that, grade again with --deadlines."
)


@dataclass(frozen=True)
class ClassRun:
    """How many submissions one run graded, had graded before, and could not grade."""

    students: int
    graded: int
    kept: int
    faults: int
    tier: str
    unknown: int = 0  # what was graded, but met a test that broke or was left out
    notes: tuple[str, ...] = ()  # what the instructor should know of what was found

    def __str__(self) -> str:
        listed, more = self.notes[:_SHOWN], len(self.notes) - _SHOWN
        rest = [f"{more} more such notes are in the class report."] if more > 0 else []
        return "\n".join([*listed, *rest, self._counts()])

    def _counts(self) -> str:
        students = "student" if self.students == 1 else "students"
        submissions = "submission" if self.graded == 1 else "submissions"
        said = (
            f"{self.students} {students}; {self.graded} {submissions} graded now, {self.kept} "
            f"before, in isolation tier {self.tier}."
        )
        if self.faults:
            said += (
                f" {self.faults} could not be graded, through no fault of their own; nothing was "
                "scored for them: grade again."
            )
        if self.unknown:
            said += (
                f" {self.unknown} met a test that broke or was left out, so their points are not "
                "known: see the class report, correct the test and grade again."
            )
        return said

    @property
    def complete(self) -> bool:
        """Whether the points of everything that was handed in are known."""
        return not self.faults and not self.unknown


def grade_class(
    submissions: Path,
    exercises: Path,
    out: Path,
    *,
    jobs: int = 1,
    tier: str | None = None,
    executor: Executor | None = None,
    variants: bool = False,
    only: Sequence[str] = (),
    deadlines: Path | None = None,
) -> ClassRun:
    """Grade a class folder into a gradebook in ``out``, which is made if need be, and report there.

    The options are those of :func:`.open_engine`, and a file of deadlines. A :class:`.Cluster` says
    itself how many it grades at a time, whatever ``jobs`` is.
    """

    def room() -> int:
        # No more than a few wait at once: so a class of any size fits into the memory.
        return WAITING_A_JOB * (executor.jobs if isinstance(executor, Cluster) else jobs)

    _refuse_inside(submissions, out)
    # Tests are being collected, and nothing can be graded yet.
    read_templates()
    with open_engine(
        exercises, tier=tier, jobs=jobs, executor=executor, variants=variants, only=only
    ) as engine:
        # Work on the others is no stray file, even where only some are graded. Tests are still
        # being collected.
        names = exercises_meant((), exercises)
        found = read_class_folder(submissions, names, engine.open_archive)
        if not only and {*names} != {*engine.manifest}:
            found = read_class_folder(submissions, engine.manifest, engine.open_archive)
        wanted = tuple(each for each in found.handed_in if each.exercise in engine.manifest)
        rules = _rules(deadlines, exercises)
        wanted = with_attempts(submissions, wanted, rules, engine.open_archive)
        found = replace(found, handed_in=wanted)
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise GameError(
                f"the folder {out} cannot be made ({error.strerror}); choose another with --out."
            ) from None
        with alone_in(out), database.open_gradebook(out / GRADEBOOK, create=True) as book:
            remove_leftovers(out)
            forgotten = [NO_DEADLINES] if deadlines is None and _had_deadlines(book) else []
            on_time = [*forgotten, *map(clean, untold(wanted, rules))]
            more = {
                database.ON_TIME: json.dumps(on_time),
                database.NAMES: json.dumps(read_names(submissions)),
            }
            todo, kept = _begin(book, engine, exercises, found, rules, more)
            faults = sum(bool(each.fault) for each in found.handed_in)
            count = {"total": kept + len(todo), "initial": kept}
            graded = 0
            points = RunGrades()
            pages = StudentPages(book, out, points)
            with tqdm(**count, unit="submission", disable=None) as progress:
                for fault in _grade_all(book, engine, todo, room, pages):
                    graded += not fault
                    faults += fault
                    progress.update()
            # What has graded takes a while to end, and reports a while to write.
            engine.rest()
            write_reports(book, out, pages)
            overtaken = [earlier_attempt(each) for each in overtaken_overrides(book)]
            students = len(database.students_of(book))
            points.keep(book)
        notes = (*on_time, *overtaken, *_notes(found))
        return ClassRun(students, graded, kept, faults, engine.tier, points.unknown, notes)


def _notes(found: ClassFolder) -> Iterator[str]:
    for student, listed in groupby(found.handed_in, key=lambda each: each.student):
        notes = ((each.exercise, each.exercise, each.note) for each in listed)
        yield from (f"{clean(student)}, {told}" for told in told_together(notes))
    yield from map(clean, found.strays)


def _begin(
    book: sqlite3.Connection,
    engine: Engine,
    folder: Path,
    found: ClassFolder,
    rules: Deadlines,
    more: Mapping[str, str],
) -> tuple[dict[str, HandedIn], int]:
    """Note what there is to grade; return what has no result yet, by its key, and how many have."""
    exercises = []
    for name, criteria in sorted(engine.manifest.items()):
        tasks: Counter[int] = Counter()
        for criterion in criteria:
            tasks[criterion.task] += criterion.worth
        exercises.append(Exercise(name, _title(folder, name), dict(sorted(tasks.items()))))
    (tier,) = (tier for tier in probe() if tier.name == engine.tier)
    facts = {
        "version": version("balancegame"),
        "tier": tier.name,
        "holds": "; ".join(tier.holds),
        "does not hold": "; ".join(tier.does_not_hold),
        database.DEADLINES: rules.kept,
        **more,
    }
    digests = {name: engine.digest(name) for name in engine.manifest}
    wanted = {}
    roster: list[database.RosterEntry] = []
    for each in found.handed_in:
        key = None
        if each.digest:
            parts = (facts["version"], tier.name, digests[each.exercise])
            own = (each.student, each.exercise, each.digest)
            key = sha256(json.dumps([*parts, *own]).encode()).hexdigest()
            if not each.fault:
                wanted[key] = each
        place = (each.student, each.exercise, key, each.note)
        came = (each.attempt, each.at, each.marked_late)
        roster.append(database.RosterEntry(*place, *came, each.digest))
    database.begin_run(book, exercises, roster, found.strays, facts)
    for each in found.handed_in:
        if each.fault:
            _record_fault(book, each, each.fault)
    todo = {key: each for key, each in wanted.items() if not database.has_result(book, key)}
    return todo, len(wanted) - len(todo)


def _grade_all(
    book: sqlite3.Connection,
    engine: Engine,
    todo: dict[str, HandedIn],
    room: Callable[[], int],
    pages: StudentPages,
) -> Iterator[bool]:
    """Grade everything; say after each submission whether it had to be given up."""
    left = Counter(each.student for each in todo.values())
    first = deque(todo.items())
    again: deque[tuple[str, HandedIn]] = deque()
    running: dict[Future[Report], tuple[str, HandedIn]] = {}
    finished: SimpleQueue[Future[Report]] = SimpleQueue()
    tries: Counter[str] = Counter()

    def start(key: str, each: HandedIn) -> None:
        future = engine.submit(each.student, each.exercise, each.path, each.member)
        running[future] = key, each
        future.add_done_callback(finished.put)

    try:
        while first or running or again:
            while first and len(running) < room():
                start(*first.popleft())
            if not running:
                # One at a time, so that a submission that breaks its processes is found out.
                time.sleep(PAUSE)
                start(*again.popleft())
            results: list[tuple[str, str, Report]] = []
            faults = 0
            over = [finished.get()]
            if first:
                # Whoever writes down each result as it comes takes a processor from those who grade
                # as often. What they have to grade lasts for longer.
                time.sleep(_TOGETHER)
            while not finished.empty():
                over.append(finished.get())
            for future in over:
                key, each = running.pop(future)
                try:
                    report = future.result()
                except (InfrastructureFault, BrokenExecutor, CancelledError) as fault:
                    tries[key] += 1
                    if tries[key] < TRIES:
                        again.append((key, each))
                        continue
                    ended = f"a grading process ended ({type(fault).__name__})."
                    why = str(fault) if isinstance(fault, InfrastructureFault) else ended
                    _record_fault(book, each, why)
                except Exception as error:
                    # It would stop there again, and so nothing is tried again.
                    _record_fault(book, each, *_stopped(error))
                else:
                    results.append((key, each.student, report))
                    continue
                faults += 1
            # What came while the last ones were written.
            database.record_results(book, results)
            for key, student, report in results:
                pages.expect(key, report.outcomes)
                left[student] -= 1
                if not left[student]:
                    pages.write(student)
            yield from [False] * len(results)
            yield from [True] * faults
    finally:
        for future in running:
            future.cancel()


def _record_fault(book: sqlite3.Connection, each: HandedIn, why: str, traceback: str = "") -> None:
    place = (each.student, each.exercise)
    database.record_fault(book, *place, why, traceback, attempt=each.attempt)


def _rules(path: Path | None, exercises: Path) -> Deadlines:
    return Deadlines() if path is None else read_deadlines(path, exercises_meant((), exercises))


def _had_deadlines(book: sqlite3.Connection) -> bool:
    return bool(kept_deadlines(database.about(book).get(database.DEADLINES, "")).text)


def _stopped(error: Exception) -> tuple[str, str]:
    """Return what to say of a submission that stopped the grader, and where it did."""
    if isinstance(error, GraderFault):
        said, trace = error.args
    else:
        said = f"It cannot be graded: {type(error).__name__} stopped the grader."
        trace = "".join(format_exception(error))
    return f"{said} See tracebacks.txt.", trace


def _title(folder: Path, exercise: str) -> str:
    """Return the first heading of an exercise's notebook, or the exercise's name."""
    try:
        notebook = json.loads((folder / f"{exercise}.ipynb").read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            for line in "".join(cell["source"]).splitlines():
                if cell["cell_type"] == "markdown" and line.startswith("# "):
                    return line.removeprefix("# ").strip()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # Whatever is wrong with the notebook, a title is not where to learn of it.
        pass
    return exercise


def _refuse_inside(submissions: Path, out: Path) -> None:
    inside, outside = submissions.resolve(), out.resolve()
    if inside == outside or inside in outside.parents:
        raise GameError(
            f"the reports cannot go to {out}, which lies in the folder of the submissions; choose "
            "another folder with --out."
        )
