"""One run over a class: what has a result is left alone, the rest is graded, nothing is lost."""

from __future__ import annotations

import json
import sqlite3
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from tqdm import tqdm

from balancegame.errors import GameError
from balancegame.grading.exercise.criterion import Criterion
from balancegame.grading.gradebook.isolation_words import isolation_facts
from balancegame.grading.gradebook.reading_back import records
from balancegame.grading.gradebook.records import Exercise, GradedCriterion
from balancegame.grading.gradebook.reports import write_reports
from balancegame.grading.gradebook.store import (
    begin_run,
    has_result,
    open_gradebook,
    record_fault,
    record_result,
)
from balancegame.grading.gradebook.submissions import ClassFolder, Submission, read_class_folder
from balancegame.grading.gradebook.titles import title_of
from balancegame.grading.isolation.process_tier import InfrastructureFault
from balancegame.grading.isolation.tiers import probe
from balancegame.grading.run.engine import Engine, SubmissionResult, open_engine

GRADEBOOK = "gradebook.sqlite"
TRIES = 3
PAUSE = 0.2
WAITING_A_JOB = 8


@dataclass(frozen=True)
class ClassRun:
    """What one run did.

    Attributes
    ----------
    students : int
    graded : int
        Submissions graded by this run.
    kept : int
        Submissions that had a result already.
    faults : int
        Submissions that could not be graded.
    tier : str
        The isolation in which student code ran.
    """

    students: int
    graded: int
    kept: int
    faults: int
    tier: str

    def __str__(self) -> str:
        students = "student" if self.students == 1 else "students"
        submissions = "submission" if self.graded == 1 else "submissions"
        said = (
            f"{self.students} {students}; {self.graded} {submissions} graded now, {self.kept} "
            f"before, in isolation tier {self.tier}."
        )
        if not self.faults:
            return said
        return (
            f"{said} {self.faults} could not be graded, through no fault of their own; nothing "
            "was scored for them: grade again."
        )


def grade_class(
    submissions: Path,
    exercises: Path,
    out: Path,
    *,
    jobs: int = 1,
    tier: str | None = None,
    executor: Executor | None = None,
    variants: bool = False,
) -> ClassRun:
    """Grade a class folder into a gradebook and write all reports.

    Parameters
    ----------
    submissions : Path
        One folder a student.
    exercises : Path
        The exercises with their tests.
    out : Path
        Where gradebook and reports go; made when it does not exist.
    jobs : int, default 1
        How many submissions are graded at once.
    tier : str, optional
        The isolation that is required; the strongest there is if not given.
    executor : concurrent.futures.Executor, optional
        Where to grade, such as a cluster; processes of this machine if not given.
    variants : bool, default False
        Whether each student was handed payoffs of their own.

    Returns
    -------
    ClassRun

    Raises
    ------
    GameError
        If a folder is no good, the tests cannot run or the isolation is not available.
    """
    _refuse_inside(submissions, out)
    with open_engine(
        exercises, tier=tier, jobs=jobs, executor=executor, variants=variants
    ) as engine:
        handed_in = read_class_folder(submissions, engine.manifest)
        _make(out)
        with open_gradebook(out / GRADEBOOK, create=True) as book:
            todo, kept = _begin(book, engine, exercises, handed_in)
            faults = 0
            with tqdm(
                total=kept + len(todo), initial=kept, unit="submission", disable=None
            ) as progress:
                for fault in _grade_all(book, engine, todo, jobs * WAITING_A_JOB):
                    faults += fault
                    progress.update()
            write_reports(book, out)
            students = sum(1 for _ in records(book))
        return ClassRun(students, len(todo) - faults, kept, faults, engine.tier)


def _begin(
    book: sqlite3.Connection, engine: Engine, folder: Path, handed_in: ClassFolder
) -> tuple[deque[tuple[str, Submission]], int]:
    keys = {
        (s.student, s.exercise): _key(engine, s) if s.digest else None
        for s in handed_in.submissions
    }
    listed = [
        Exercise(name, title_of(folder, name), _tasks(criteria))
        for name, criteria in sorted(engine.manifest.items())
    ]
    (tier,) = (tier for tier in probe() if tier.name == engine.tier)
    facts = {"version": version("balancegame"), **isolation_facts(tier)}
    roster = [(*place, key) for place, key in keys.items()]
    begin_run(book, listed, roster, handed_in.strays, facts)
    todo: deque[tuple[str, Submission]] = deque()
    kept = 0
    for submission in handed_in.submissions:
        key = keys[submission.student, submission.exercise]
        if key is not None and has_result(book, key):
            kept += 1
        elif key is not None:
            todo.append((key, submission))
    return todo, kept


def _grade_all(
    book: sqlite3.Connection, engine: Engine, todo: deque[tuple[str, Submission]], room: int
) -> Iterator[bool]:
    """Grade everything; say after each submission whether it had to be given up."""
    # No more than a few wait at once: so a class of any size fits into the memory.
    todo = deque(todo)
    running: dict[Future[SubmissionResult], tuple[str, Submission, int]] = {}
    again: deque[tuple[str, Submission, int]] = deque()
    try:
        while todo or running or again:
            while todo and len(running) < room:
                key, submission = todo.popleft()
                running[_submitted(engine, submission)] = (key, submission, 1)
            if not running:
                # One at a time, so that a submission that breaks its processes is found out.
                time.sleep(PAUSE)
                key, submission, tries = again.popleft()
                running[_submitted(engine, submission)] = (key, submission, tries)
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                key, submission, tries = running.pop(future)
                try:
                    result = future.result()
                except InfrastructureFault as fault:
                    if tries < TRIES:
                        again.append((key, submission, tries + 1))
                        continue
                    record_fault(book, submission.student, submission.exercise, str(fault))
                    yield True
                else:
                    _record(book, key, submission, result)
                    yield False
    finally:
        for future in running:
            future.cancel()


def _submitted(engine: Engine, submission: Submission) -> Future[SubmissionResult]:
    try:
        return engine.submit(submission.student, submission.exercise, submission.path)
    except InfrastructureFault as fault:
        failed: Future[SubmissionResult] = Future()
        failed.set_exception(fault)
        return failed


def _record(
    book: sqlite3.Connection, key: str, submission: Submission, result: SubmissionResult
) -> None:
    criteria = [
        GradedCriterion(
            outcome.task,
            outcome.criterion,
            outcome.worth,
            outcome.verdict,
            submission.problem or outcome.message,
            outcome.key,
            tuple(outcome.hints),
            outcome.hidden,
        )
        for outcome in result.outcomes
    ]
    record_result(
        book,
        key,
        submission.student,
        submission.exercise,
        criteria,
        tier=result.tier,
        problem=submission.problem or result.problem or "",
        seconds=result.seconds,
    )


def _key(engine: Engine, submission: Submission) -> str:
    parts = [
        version("balancegame"),
        engine.tier,
        engine.digest(submission.exercise),
        submission.student,
        submission.exercise,
        submission.digest,
    ]
    return sha256(json.dumps(parts).encode()).hexdigest()


def _tasks(criteria: Iterable[Criterion]) -> dict[int, int]:
    tasks: dict[int, int] = {}
    for criterion in criteria:
        tasks[criterion.task] = tasks.get(criterion.task, 0) + criterion.worth
    return dict(sorted(tasks.items()))


def _refuse_inside(submissions: Path, out: Path) -> None:
    inside, outside = submissions.resolve(), out.resolve()
    if inside == outside or inside in outside.parents:
        raise GameError(
            f"the reports cannot go to {out}, which lies in the folder of the submissions; choose "
            "another folder with --out."
        )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GameError(
            f"the folder {folder} cannot be made ({error.strerror}); choose another with --out."
        ) from None
