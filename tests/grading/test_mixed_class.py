"""A class of every kind grades to exactly the expected gradebook, whatever happens meanwhile."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from balancegame.grading.gradebook.class_run import grade_class
from balancegame.grading.gradebook.database import open_gradebook, records
from balancegame.grading.isolation.tiers import available_tiers
from tests.grading.guide import write_exercises
from tests.grading.mixed_class import SIZE, write_class, write_class_backwards

KILLS = 3
pytestmark = pytest.mark.skipif(os.name != "posix", reason="the class holds links and pipes")


def reports(out):
    """Return every report by its name."""
    paths = (path for path in out.rglob("*") if path.is_file() and "gradebook" not in path.name)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in paths}


def points(out):
    with open_gradebook(out / "gradebook.sqlite") as book:
        return {
            record.student: tuple(task.points for task in record.exercises[0].tasks)
            for record in records(book)
        }


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The folder of a class, the points expected of it, and the reports of one undisturbed run."""
    folder = tmp_path_factory.mktemp("class")
    write_exercises(folder)
    expected = write_class(folder / "submissions")
    run = grade_class(
        folder / "submissions",
        folder / "my-exercises",
        folder / "out",
        jobs=2,
        tier=available_tiers()[-1],
    )
    assert (run.students, run.faults, run.kept, run.tier) == (SIZE, 0, 0, available_tiers()[-1])
    return folder, expected, reports(folder / "out")


def test_every_submission_gets_exactly_its_points(graded):
    folder, expected, _ = graded
    found = points(folder / "out")
    assert found.keys() == expected.keys()
    assert {s: p for s, p in found.items() if p != expected[s]} == {}


def test_grading_again_is_instant_and_changes_nothing(graded):
    folder, _, first = graded
    run = grade_class(
        folder / "submissions",
        folder / "my-exercises",
        folder / "out",
        jobs=2,
        tier=available_tiers()[-1],
    )
    assert (run.graded, run.faults) == (0, 0)
    assert reports(folder / "out") == first


@pytest.mark.parametrize("jobs", [1, 3])
def test_neither_the_order_nor_the_number_of_jobs_matters(graded, jobs, tmp_path):
    folder, _, first = graded
    write_class_backwards(tmp_path / "submissions")
    grade_class(
        tmp_path / "submissions",
        folder / "my-exercises",
        tmp_path / "out",
        jobs=jobs,
        tier=available_tiers()[-1],
    )
    assert reports(tmp_path / "out") == first


def test_nothing_is_lost_or_repeated_when_the_run_is_killed_again_and_again(graded, tmp_path):
    folder, _, first = graded
    out = tmp_path / "out"
    command = [
        *(sys.executable, "-m", "balancegame.cli", "grade", str(folder / "submissions")),
        *("--exercises", str(folder / "my-exercises"), "--out", str(out), "--jobs", "2"),
        *("--require-isolation", available_tiers()[-1]),
    ]
    draw = random.Random("kill")
    before: dict[str, int] = {}
    kills = 0
    while True:
        run = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        # Killed by what it has done, not by the clock: no machine is too fast for that.
        enough = len(before) + draw.randint(0, 12)
        while kills < KILLS and run.poll() is None and len(rows(out / "gradebook.sqlite")) < enough:
            time.sleep(0.01)
        if kills < KILLS and run.poll() is None:
            os.kill(run.pid, signal.SIGKILL)
            kills += 1
        code = run.wait(timeout=300)
        wait_for_the_end_of(run.pid)
        now = rows(out / "gradebook.sqlite")
        # What one run graded, no later run grades again.
        assert before.items() <= now.items()
        before = now
        if code == 0:
            break
        assert code == -signal.SIGKILL
    assert kills == KILLS
    assert reports(out) == first
    assert len(before) == len(set(before.values()))


def wait_for_the_end_of(group):
    """Wait until no grading process of a run is left; they end by themselves."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError("a killed run left processes behind")


def rows(path: Path) -> dict[str, int]:
    if not path.exists():
        return {}
    connection = sqlite3.connect(path, timeout=60)
    try:
        return dict(connection.execute("SELECT key, number FROM results"))
    except sqlite3.OperationalError:
        # Killed before there was a table.
        return {}
    finally:
        connection.close()
