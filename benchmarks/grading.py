"""A thousand notebooks of ten checks each, in the strongest tier, against ``otter run``."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections import deque
from concurrent.futures import Future
from pathlib import Path

from balancegame.grading.exercise.report import Report
from balancegame.grading.isolation.tiers import available_tiers
from balancegame.grading.run.engine import open_engine
from benchmarks.peers import ask_peer

SUBMISSIONS, CHECKS, JOBS, WAITING = 1000, 10, 2, 16

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
