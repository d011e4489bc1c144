"""Every exercise of the course, graded as a class by the whole command; ten plain checks, against
``otter run``.

With ``--against DIR`` each exercise is graded side by side with an earlier checkout, in turns.
"""

from __future__ import annotations

import csv
import json
import os
import statistics
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path

from balancegame.grading.exercise.report import Report
from balancegame.grading.isolation.tiers import available_tiers
from balancegame.grading.run.engine import open_engine
from benchmarks.peers import ask_peer

SUBMISSIONS, CHECKS, JOBS, WAITING = 1000, 10, 2, 16
STUDENTS, ROUNDS = 200, 3

TESTS = """
import pytest

@pytest.mark.task(1)
@pytest.mark.parametrize("number", range({checks}))
def test_scaled(student, number):
    assert student.call(f"scaled_{{number}}", [1, 2, 3]) == [number, 2 * number, 3 * number]
"""
FUNCTION = "def scaled_{0}(values):\n    return {0} * np.array(values)"


def notebook(student: int) -> dict[str, object]:
    """Return a notebook that imports numpy and answers ten checks, with a mark of its student."""
    sources = ["import numpy as np", f"student = {student}"]
    sources += [f"# Task 1\n{FUNCTION.format(number)}" for number in range(CHECKS)]
    return {
        "cells": [
            {
                "cell_type": "code",
                "id": f"cell-{number}",
                "execution_count": None,
                "metadata": {},
                "outputs": [],
                "source": source,
            }
            for number, source in enumerate(sources)
        ],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def main() -> None:
    """Measure submissions a second and memory, and compare."""
    against = os.environ.get("BENCHMARK_AGAINST")
    _print_exercises(Path(against).resolve() if against else None)
    _print_plain_checks()


def measure_exercises(
    checkouts: Sequence[Path], students: int = STUDENTS, rounds: int = ROUNDS
) -> dict[str, list[list[float]]]:
    """Return the seconds that each checkout takes to grade each exercise, round by round.

    It is the whole command, from its start to the last report: each student has payoffs and answers
    of their own, and hidden tests are among the tests.
    """
    seconds: dict[str, list[list[float]]] = {}
    with tempfile.TemporaryDirectory() as name:
        classes = [Path(name) / str(number) for number in range(len(checkouts))]
        script = Path(__file__).with_name("write_class.py")
        for checkout, place in zip(checkouts, classes, strict=True):
            python = checkout / ".venv" / "bin" / "python"
            command = [str(python), str(script), str(place), str(students)]
            subprocess.run(command, cwd=checkout, check=True)
        for exercise in sorted(path.name for path in classes[0].iterdir()):
            # In turns, so that the machine's load weighs on all alike.
            seconds[exercise] = [
                [
                    _graded(checkout, place / exercise, students)
                    for checkout, place in zip(checkouts, classes, strict=True)
                    if (place / exercise).exists()
                ]
                for _ in range(rounds)
            ]
    return seconds


def _graded(checkout: Path, place: Path, students: int) -> float:
    with tempfile.TemporaryDirectory() as out:
        command = [str(checkout / ".venv" / "bin" / "balancegame"), "grade"]
        command += [str(place / "submissions"), "--exercises", str(place / "exercises")]
        command += ["--out", out, "--jobs", str(JOBS), "--variants"]
        begin = time.perf_counter()
        subprocess.run(command, cwd=checkout, check=True, capture_output=True)
        seconds = time.perf_counter() - begin
        with (Path(out) / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    assert len(rows) == students
    assert all(row["total"] == row["out of"] for row in rows), "an honest answer lost points"
    return seconds


def _print_exercises(against: Path | None) -> None:
    here = Path(__file__).parents[1]
    print(f"  {STUDENTS} honest notebooks of each exercise, the whole command, {JOBS} jobs")
    for exercise, rounds in measure_exercises([here, *([against] if against else [])]).items():
        ours = statistics.median(seconds[0] for seconds in rounds)
        rate = STUDENTS / ours
        verdict = "at least 100" if rate >= 100 else "FEWER THAN 100"
        line = f"  {exercise:<30} {rate:6.1f} a second: {verdict}"
        if against and len(rounds[0]) == 2:
            theirs = STUDENTS / statistics.median(seconds[1] for seconds in rounds)
            times = statistics.median(seconds[1] / seconds[0] for seconds in rounds)
            line += f"; that checkout {theirs:.1f}, {times:.1f} times as many"
        print(line, flush=True)


def _print_plain_checks() -> None:
    tier = available_tiers()[-1]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tests = folder / "exercises" / "test_01_scaled.py"
        tests.parent.mkdir()
        tests.write_text(TESTS.format(checks=CHECKS), encoding="utf-8")
        paths = []
        for student in range(SUBMISSIONS):
            paths.append(folder / f"student{student}" / "01_scaled.ipynb")
            paths[-1].parent.mkdir()
            paths[-1].write_text(json.dumps(notebook(student)), encoding="utf-8")
        rate = _measure(tests.parent, paths, tier)
    asked = {
        "notebook": notebook(0),
        "tests": [f"list(scaled_{n}([1, 2, 3])) == [{n}, {2 * n}, {3 * n}]" for n in range(CHECKS)],
        "times": 3,
    }
    script = Path(__file__).with_name("otter_peer.py")
    peer = ask_peer("otter-grader", script, asked, beside=("ipykernel", "numpy"))
    if peer is not None:
        times = rate * peer["seconds"]
        print(f"  otter run: {60 / peer['seconds']:.1f} a minute; ours {times:.0f} times as many")


def _measure(tests: Path, paths: list[Path], tier: str) -> float:
    with open_engine(tests, tier, JOBS) as engine:
        for future in [engine.submit("warm", "01_scaled", paths[0]) for _ in range(4 * JOBS)]:
            future.result()
        begin, memory = time.perf_counter(), _memory()
        waiting: deque[Future[Report]] = deque()
        early = 0
        for number, path in enumerate(paths):
            waiting.append(engine.submit(path.parent.name, "01_scaled", path))
            if len(waiting) > WAITING:
                assert waiting.popleft().result().points == CHECKS
            if number == SUBMISSIONS // 10:
                early = _memory()
        while waiting:
            assert waiting.popleft().result().points == CHECKS
        seconds = time.perf_counter() - begin
        late = _memory()
    rate = SUBMISSIONS / seconds
    print(f"  {SUBMISSIONS} notebooks, {CHECKS} checks each, tier {tier}, {JOBS} jobs:")
    print(f"  {rate:.0f} a second ({60 * rate:.0f} a minute)")
    print(f"  memory of all processes: {memory} MB, {early} MB after a tenth, {late} MB at the end")
    return rate


def _memory() -> int:
    """Return the megabytes of this process and its descendants, as Linux counts them."""
    parents, pages = {}, {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1]
            parents[entry.name] = parent
            pages[entry.name] = int((entry / "statm").read_text(encoding="utf-8").split()[1])
        except (OSError, IndexError):
            continue

    ours, total = {str(os.getpid())}, 0
    while new := {child for child, parent in parents.items() if parent in ours} - ours:
        ours |= new
    total = sum(pages[number] for number in ours if number in pages)
    return total * 4096 // 10**6


if __name__ == "__main__":
    main()
