"""A student's own check of an exercise: from the command line, or inside the notebook.

Both run the exercise's pytest file. What they say is for practice and counts for nothing.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from balancegame.errors import GameError
from balancegame.grading.exercise.report import Outcome, Report
from balancegame.grading.exercise.variants import exercises_folder
from balancegame.grading.isolation.fresh_interpreter import start_process
from balancegame.grading.isolation.library import library
from balancegame.grading.practice.memory import EXERCISES, course_around, keep
from balancegame.grading.submission.answers import Source, cell_source, live_source
from balancegame.grading.submission.cells import CHECKING, POINTS_PROMISED
from balancegame.grading.submission.file_names import exercise_named, exercise_of
from balancegame.grading.submission.submitted_file import read_submission
from balancegame.wording import and_list, capital, or_list

_ANY = "[0-9][0-9]"


def check(
    exercise: str,
    task: int | None = None,
    *,
    hints: int = 0,
    student: str = "",
    namespace: dict[str, Any] | None = None,
) -> Report | None:
    """Check the answers in the running notebook, for practice.

    Parameters
    ----------
    exercise : str
        The number of the exercise, such as "01".
    task : int, optional
        One task only.
    hints : int
        How many hints to show to what is not right yet: a question, then a pointer, then a worked
        step.
    student : str
        Whose payoffs to check with, where each student was handed their own.
    namespace : dict, optional
        Where the answers are; the notebook that calls, if not given.

    Returns
    -------
    Report or None
        What is right, wrong and still to do; None where a check runs the notebook itself.

    Raises
    ------
    GameError
        If there is no such exercise or task.

    Examples
    --------
    >>> check("01", task=1, namespace={"japan_if_tax": {"Invest"}}).points
    0
    """
    if CHECKING in os.environ:
        return None
    answers = sys._getframe(1).f_globals if namespace is None else namespace
    tests = _tests_of(_exercise_number(exercise))
    report = _run(tests, live_source(answers, student))
    _keep(report, Path.cwd())
    if task is not None and task not in report.tasks:
        raise GameError(
            f"exercise {exercise} has no task {task!r}; its tasks are "
            f"{or_list(map(str, report.tasks))}."
        )
    return replace(report if task is None else report.of(task), rungs=hints)


def check_from_command_line(
    exercise: str | None, folder: str | Path | None = None, hints: int = 0
) -> int:
    """Check exercises in a course folder and print the feedback.

    Parameters
    ----------
    exercise : str or None
        The number or file of an exercise; every exercise of the folder if None.
    folder : path, optional
        The course folder or its exercises folder; the current one if not given.
    hints : int
        How many hints to show, as for :func:`check`.

    Returns
    -------
    int
        The exit code: 0 if everything passed, 1 if not, 2 if there is nothing to check.
    """
    try:
        notebooks, skipped = _notebooks(exercise, Path.cwd() if folder is None else Path(folder))
        reports = [_run(_tests_of_notebook(notebook), _source(notebook)) for notebook in notebooks]
        for report, notebook in zip(reports, notebooks, strict=True):
            _keep(report, notebook.parent)
    except GameError as error:
        print(capital(str(error)), file=sys.stderr)
        return 2
    for notebook in skipped:
        reason = (
            "the notebook of this exercise lies beside it"
            if _tests_beside(notebook).is_file()
            else f"it is a {_kind(notebook)} of your own beside the exercises"
        )
        print(
            f"{notebook.name} was skipped, because {reason}. To check it, run: balancegame check "
            f"{_quoted(notebook)}\n"
        )
    for report in reports:
        print(f"Exercise {report.exercise}\n\n{replace(report, rungs=hints)}\n")
    if any(replace(report, rungs=hints).has_more_hints for report in reports):
        print(f"Stuck? Check again with --hints {hints + 1}.")
    return 0 if all(report.passed for report in reports) else 1


def _run(tests: Path, source: Source) -> Report:
    """Run one test file on one source of answers."""
    exercise = exercise_of(tests)
    try:
        found = Report(exercise, _outcomes(tests, source))
        return replace(found, elsewhere=_elsewhere(found, tests.with_name(f"{exercise}.ipynb")))
    finally:
        source.close()


def _outcomes(tests: Path, source: Source) -> tuple[Outcome, ...]:
    if find_spec("pytest") is None:
        raise GameError(
            "checks of exercises need pytest, which is not installed; install it with: "
            'pip install "balancegame[grading]"'
        )
    # Lessons read this file too, and need no pytest.
    from balancegame.grading.run.pytest_session import Session

    session = Session([tests])
    try:
        return session.run(exercise_of(tests), source)
    finally:
        session.close()


def _keep(report: Report, place: Path) -> None:
    """Keep how many points a check found, if that can be kept; the report counts all the same."""
    found = {"points": report.points, "worth": report.worth}
    try:
        keep(EXERCISES, report.exercise, found, course_around(place))
    except GameError as error:
        print(capital(str(error)), file=sys.stderr)


def _elsewhere(report: Report, notebook: Path) -> dict[int, int]:
    """Return how many points of each task the tests do not give, by the headings of a notebook."""
    try:
        headings = POINTS_PROMISED.findall(notebook.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    stated = {int(task): int(points) for task, points in headings}
    more = {task: stated.get(task, 0) - report.of(task).worth for task in report.tasks}
    return {task: points for task, points in more.items() if points > 0}


def _source(notebook: Path) -> Source:
    submission, folder = read_submission(notebook), notebook.resolve().parent
    return cell_source(
        submission, lambda allowed: start_process(library(allowed), folder), submission.student
    )


def _exercise_number(exercise: object) -> str:
    digits = str(exercise).strip()
    if not digits.isdecimal():
        raise GameError(f'{exercise!r} is not the number of an exercise; write it like "01".')
    return digits.zfill(2)


def _notebooks(exercise: str | None, folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the notebooks or scripts to check, and others of these numbers.

    Those have no tests, or are scripts beside the notebook of the same exercise.
    """
    if exercise is not None and exercise.lower().endswith((".ipynb", ".py")):
        return [_named(exercise, folder)], []
    prefix = _ANY if exercise is None else _exercise_number(exercise.split("_")[0])
    # Whoever works in a source checkout has no course folder and means the place they are in.
    if not folder.exists() and folder.name == "balancegame-course":
        folder = folder.parent
    if found := _numbered(folder, prefix):
        # JupyterLab's Duplicate puts its copy beside the exercise.
        written = {path.stem for path in found if _kind(path) == "notebook"}
        tested = [
            path
            for path in found
            if _tests_beside(path).is_file()
            and (_kind(path) == "notebook" or path.stem not in written)
        ]
        return tested or found, [each for each in found if tested and each not in tested]
    there = sorted({path.name[:2] for path in _numbered(folder)})
    if exercise is not None and there:
        raise GameError(
            f"there is no exercise {exercise} in {folder}; its exercises are {and_list(there)}."
        )
    which = "are no exercises" if exercise is None else f"is no exercise {exercise}"
    raise GameError(
        f"there {which} in {folder}; run this in your course folder, the one that holds the "
        "folder exercises."
    )


def _named(exercise: str, folder: Path) -> Path:
    """Find a notebook by its name: in the course, then from where we are."""
    for place in (folder, folder / "exercises", Path.cwd()):
        path = place / exercise
        if path.is_file():
            return path
    raise GameError(
        f"there is no {_kind(Path(exercise))} {exercise} in {folder}; check which folder you are "
        "in."
    )


def _kind(path: Path) -> str:
    return "script" if path.suffix.lower() == ".py" else "notebook"


def _numbered(folder: Path, prefix: str = _ANY) -> list[Path]:
    pattern = re.compile(rf"{prefix}_.*\.(?:ipynb|py)", re.IGNORECASE | re.DOTALL)
    for place in (folder / "exercises", folder):
        names = sorted(path.name for path in place.iterdir()) if place.is_dir() else []
        if found := [place / name for name in names if pattern.fullmatch(name)]:
            return found
    return []


def _tests_beside(notebook: Path) -> Path:
    return notebook.with_name(f"test_{notebook.stem}.py")


def _tests_of_notebook(notebook: Path) -> Path:
    """Return the tests beside a notebook; those of the exercise if it is a copy of one."""
    tests = _tests_beside(notebook)
    if tests.is_file():
        return tests
    known = [exercise_of(path) for path in notebook.parent.glob("test_[0-9][0-9]_*.py")]
    if meant := exercise_named(notebook.name, dict.fromkeys(known)):
        original = tests.with_name(f"test_{meant[0]}.py")
        if original.is_file():
            return original
    of_the_course = (exercises_folder(None) / tests.name).is_file()
    advice = (
        "run balancegame lab, which puts back what is missing"
        if of_the_course
        else "ask whoever gave you the exercise for it"
    )
    raise GameError(f"{tests.name} is not beside {notebook.name}; {advice}.")


def _quoted(notebook: Path) -> str:
    inside = notebook.parent.name == "exercises"
    name = f"exercises/{notebook.name}" if inside else notebook.name
    return f'"{name}"' if " " in name else name


def _tests_of(number: str) -> Path:
    """Find an exercise's tests: around the notebook, then as installed."""
    here = Path.cwd()
    around = [here, *(folder / "exercises" for folder in (here, *here.parents[:2]))]
    for folder in (*around, exercises_folder(None)):
        if found := sorted(folder.glob(f"test_{number}_*.py")):
            return found[0]
    raise GameError(
        f"there is no exercise {number} near this notebook; open the notebook from the folder "
        "exercises of your course."
    )
