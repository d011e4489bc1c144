"""Exercise notebooks filled in by tests, and the three ways to check them."""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from balancegame.grading.exercise.designs import AskedDesign, designs_in
from balancegame.grading.exercise.mistaken_functions import AskedFunction, functions_in
from balancegame.grading.exercise.mistakes import Asked, declared_in
from balancegame.grading.exercise.report import Outcome, Report
from balancegame.grading.exercise.variants import exercises_with_variants, variant
from balancegame.grading.practice.check import check, check_from_command_line
from balancegame.grading.run.pytest_session import Session
from balancegame.grading.submission.answers import live_source
from balancegame.grading.submission.submitted_file import read_submission
from tests.own_answers import right_answers

REPOSITORY = Path(__file__).parents[1]
EXERCISES = sorted((REPOSITORY / "exercises").glob("[0-9][0-9]_*.ipynb"))
# What tests/own_answers.py does not solve.
SOLUTIONS = REPOSITORY / "tests" / "solutions"


def said(name: str) -> list[tuple[str, str]]:
    """Return wrong answers to an exercise that it does not declare, and words said to each."""
    return [(completed(name, source), words) for source, words in cases(name).SAYS]


def also_right(name: str) -> list[str]:
    """Return right answers to an exercise besides the solution."""
    return [completed(name, source) for source in cases(name).ALSO_RIGHT]


def cases(name: str) -> ModuleType:
    """Return what an exercise does not declare, found by its number."""
    return importlib.import_module(f"tests.wrong_answers_{name[:2]}")


@cache
def definitions(name: str) -> dict[str, Any]:
    """Return what the visible tests of an exercise define."""
    return runpy.run_path(str(REPOSITORY / "exercises" / f"test_{name}.py"))


def functions_asked(name: str) -> list[AskedFunction]:
    """Return the functions that an exercise asks for."""
    return functions_in(definitions(name).values())


def designs_asked(name: str) -> list[AskedDesign]:
    """Return the designs of the student's own that an exercise asks for."""
    return designs_in(definitions(name).values())


def everything_asked(name: str, student: str = "") -> dict[str, Asked]:
    """Return what is asked under each declared name."""
    return {
        answer: each.asked(answer, lambda: variant(student, name))
        for each in declared_in(definitions(name))
        for answer in each.names
    }


@contextlib.contextmanager
def live_checks(name: str) -> Iterator[Callable[..., dict[str, Outcome]]]:
    """Open an exercise once; check what names mean in a notebook, as often as wanted.

    What is given returns the outcome of each criterion.
    """
    session = Session([REPOSITORY / "exercises" / f"test_{name}.py"])

    def judged(names: dict[str, Any] | str, student: str = "") -> dict[str, Outcome]:
        if isinstance(names, str):
            source, names = names, {}
            exec(compile(f"# Task\n{source}", "/tmp/ipykernel_0/1.py", "exec"), names)
        return {o.criterion: o for o in session.run(name, live_source(names, student))}

    try:
        yield judged
    finally:
        session.close()


@contextlib.contextmanager
def live_checks_of_all() -> Iterator[Callable[..., dict[str, Outcome]]]:
    """Check exercises as inside a notebook; each is opened once.

    What is given takes the name of an exercise first.
    """
    with contextlib.ExitStack() as opened:
        checks: dict[str, Callable[..., dict[str, Outcome]]] = {}

        def judged(name: str, *arguments: Any) -> dict[str, Outcome]:
            if name not in checks:
                checks[name] = opened.enter_context(live_checks(name))
            return checks[name](*arguments)

        yield judged


@dataclass(frozen=True)
class Run:
    """What a command printed and how it ended."""

    code: int
    text: str


@cache
def solution(name: str) -> dict[int, str]:
    """Return the solution of an exercise, a source a task, with the published payoffs."""
    text = (SOLUTIONS / f"{name}.py").read_text(encoding="utf-8")
    parts = re.split(r"^# Task (\d+)$", text, flags=re.MULTILINE)[1:]
    found = {int(task): source for task, source in zip(parts[::2], parts[1::2], strict=True)}
    by_hand = right_answers(variant("", name)) if name in exercises_with_variants() else {}
    return dict(sorted({**by_hand, **found}.items()))


def completed(name: str, source: str) -> str:
    """Return a source; one that is only the body of a function with the line that begins it."""
    if "return " not in source or "def " in source:
        return source
    (head,) = re.findall(r"^def .*:$", "\n".join(solution(name).values()), re.M)
    return f"{head}\n    {source}"


def rests_on(name: str, task: int) -> str:
    """Return the solution of other tasks on which the designs of a task rest."""
    tasks = tasks_by_name(name)
    needed = {
        tasks[answer]
        for design in designs_asked(name)
        for answer in design.names
        if tasks[design.names[0]] == task
    }
    return "".join(f"{solution(name)[each]}\n" for each in needed - {task})


def defined(source: str) -> list[str]:
    """Return the names to which the lines of a source give something, and its functions."""
    beginnings = re.findall(r"^(?:def )?(\w[\w, ]*?)(?:\(| = )", source, re.M)
    return re.findall(r"\w+", " ".join(beginnings))


def tasks_by_name(name: str) -> dict[str, int]:
    """Return the task of each name that the solution of an exercise defines."""
    return {each: task for task, text in solution(name).items() for each in defined(text)}


def task_of(name: str, source: str) -> int:
    """Return the task that asks for a name which a source defines, the first one."""
    tasks = tasks_by_name(name)
    return next(tasks[each] for each in defined(source) if each in tasks)


def write_course(
    folder: Path, name: str, answers: dict[int, str], *, keep_metadata: bool = True
) -> Path:
    """Lay an exercise into a course folder, the cells of some tasks filled in."""
    target = folder / "exercises"
    target.mkdir(parents=True, exist_ok=True)
    for file in (f"test_{name}.py", f"variant_{name}.py", "conftest.py"):
        if (source := REPOSITORY / "exercises" / file).exists():
            shutil.copy(source, target)
    path = REPOSITORY / "exercises" / f"{name}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        task = cell["metadata"].get("balancegame", {}).get("task")
        if task in answers:
            cell["source"] = f"# Task {task}\n{answers[task]}"
        if not keep_metadata:
            cell["metadata"] = {}
    notebook_path = target / f"{name}.ipynb"
    notebook_path.write_text(json.dumps(notebook), encoding="utf-8")
    return notebook_path


def by_command(folder: Path, exercise: str | None = "01") -> Run:
    """Check as ``balancegame check`` does."""
    text = io.StringIO()
    with contextlib.redirect_stdout(text), contextlib.redirect_stderr(text):
        code = check_from_command_line(exercise, folder)
    return Run(code, text.getvalue())


def by_pytest(folder: Path) -> Run:
    """Check as ``pytest exercises`` does, in the course folder."""
    environment = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    # Nobody who takes the course has the plugins of these tests.
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "exercises", "-p", "no:cacheprovider"],
        cwd=folder,
        env={**environment, "COLUMNS": "300"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return Run(done.returncode, done.stdout + done.stderr)


def in_notebook(notebook: Path, number: str = "01") -> Report:
    """Check as the calls inside the notebook do: run every cell, then ask."""
    namespace: dict[str, object] = {}
    os.environ["BALANCEGAME_CHECKING"] = "1"
    try:
        for cell in read_submission(notebook).cells:
            exec(compile(cell.source, f"/tmp/ipykernel_0/{cell.number}.py", "exec"), namespace)
    finally:
        del os.environ["BALANCEGAME_CHECKING"]
    report = check(number, namespace=namespace)
    assert report is not None
    return report
