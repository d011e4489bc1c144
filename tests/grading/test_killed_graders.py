"""Whoever is killed at any moment, at home or on a cluster: the gradebook is the same."""

from __future__ import annotations

import os
import random
import signal
import socket
import sqlite3
import threading
import time
from contextlib import redirect_stderr
from io import StringIO

import pytest

from balancegame.errors import GameError
from balancegame.grading.gradebook import cluster as cluster_module
from balancegame.grading.gradebook.class_run import grade_class
from balancegame.grading.gradebook.cluster import cluster
from tests.grading.forked import Forks, dask_scheduler, dask_worker, grade_at_home
from tests.grading.guide import handed_in, solution_cells, write_exercises

NAME = "05_deterrence.ipynb"
STUDENTS = 30
pytestmark = pytest.mark.skipif(os.name != "posix", reason="forks, and kills by signal")


def pages(out):
    """Return every report by its name."""
    paths = (path for path in out.rglob("*") if path.is_file() and "gradebook" not in path.name)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in paths}


def rows(out):
    """Return the number of each result in the gradebook, by its key."""
    path = out / "gradebook.sqlite"
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


@pytest.fixture(scope="module")
def forks():
    with Forks() as forks:
        yield forks


@pytest.fixture(scope="module")
def place(tmp_path_factory, forks):
    """A class that was graded at home without disturbance."""
    folder = tmp_path_factory.mktemp("class")
    exercises = write_exercises(folder)
    # A hidden check starts one process more for each submission; other tests kill those as well.
    (exercises / "test_05_deterrence_hidden.py").unlink()
    forks.collect(exercises)
    for number in range(STUDENTS):
        path = folder / "submissions" / f"student {number:02}" / NAME
        path.parent.mkdir(parents=True)
        answers = solution_cells() if number % 3 else {1: f"smallest_sanction = {number}"}
        path.write_text(handed_in(answers), encoding="utf-8")
    assert forks.wait(forks.start(grade_at_home, *folders(folder), folder / "alone")) == 0
    assert len(pages(folder / "alone")) == 2 * STUDENTS + 3
    return folder


def folders(place):
    return place / "submissions", place / "my-exercises"


def test_fifty_kills_at_random_moments_leave_the_same_gradebook(place, forks, tmp_path):
    out = tmp_path / "out"
    draw = random.Random("fifty")
    before: dict[str, int] = {}
    kills = 0
    while kills < 50:
        run = forks.start(grade_at_home, *folders(place), out)
        # By what has been done, and a moment: so the kills reach every part of a run.
        enough = min(len(before) + draw.randint(0, 1), STUDENTS)
        deadline = time.monotonic() + draw.choice([0.02, 0.1, 20])
        while len(rows(out)) < enough and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(draw.uniform(0, 0.06))
        kills += forks.kill(run) == -signal.SIGKILL
        now = rows(out)
        # What one run graded, no later run grades again.
        assert before.items() <= now.items()
        before = now
    assert forks.wait(forks.start(grade_at_home, *folders(place), out)) == 0
    assert before.items() <= rows(out).items()
    assert len(rows(out)) == STUDENTS
    assert pages(out) == pages(place / "alone")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class OwnCluster:
    """A scheduler and its workers, which come and go."""

    def __init__(self, forks):
        self._forks = forks
        self._port = free_port()
        self.address = f"tcp://127.0.0.1:{self._port}"
        self.workers = []
        self.start_scheduler()

    def start_scheduler(self):
        self.scheduler = self._forks.start(dask_scheduler, self._port)

    def add_worker(self):
        self.workers.append(self._forks.start(dask_worker, self.address))

    def kill_a_worker(self, place):
        assert self._forks.kill(self.workers.pop(place)) == -signal.SIGKILL

    def kill_the_scheduler(self):
        self._forks.kill(self.scheduler)

    def end(self):
        for pid in (*self.workers, self.scheduler):
            if pid in self._forks.running:
                self._forks.kill(pid)


@pytest.fixture
def own_cluster(forks):
    pytest.importorskip("distributed")
    own = OwnCluster(forks)
    yield own
    own.end()


def graded_on(address, place, out):
    with cluster(address) as executor:
        return grade_class(*folders(place), out, tier="process", executor=executor)


class Meanwhile(threading.Thread):
    """Something that happens while a test does something else; what it raises fails the test."""

    def __init__(self, happens, *arguments):
        super().__init__(daemon=True)
        self._happens = happens, arguments
        self._error = None

    def run(self):
        happens, arguments = self._happens
        try:
            happens(*arguments)
        except BaseException as error:
            self._error = error

    def __enter__(self):
        self.start()

    def __exit__(self, *_):
        self.join(60)
        if self._error is not None:
            raise self._error


def wait_for_rows(out, count):
    deadline = time.monotonic() + 60
    while len(rows(out)) < count:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def come_and_die(own, out, said, draw):
    """Let two workers come late, and kill ten at random moments, each replaced by another."""
    deadline = time.monotonic() + 60
    while f"none has joined the scheduler at {own.address}" not in said.getvalue():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    own.add_worker()
    own.add_worker()
    for kill in range(10):
        wait_for_rows(out, min(2 * kill, STUDENTS - 10))
        time.sleep(draw.uniform(0, 0.2))
        own.kill_a_worker(draw.randrange(2))
        own.add_worker()


def test_ten_workers_killed_at_random_moments_leave_the_same_gradebook(
    place, own_cluster, tmp_path
):
    out, said = tmp_path / "out", StringIO()
    with (
        redirect_stderr(said),
        Meanwhile(come_and_die, own_cluster, out, said, random.Random("ten")),
    ):
        run = graded_on(own_cluster.address, place, out)
    assert (run.graded, run.kept, run.faults) == (STUDENTS, 0, 0)
    found = rows(out)
    assert len(found) == STUDENTS
    # SQLite numbers what is written: nothing was written twice.
    assert sorted(found.values()) == list(range(1, STUDENTS + 1))
    assert pages(out) == pages(place / "alone")
    # What is graded is graded, whoever grades on.
    again = graded_on(own_cluster.address, place, out)
    assert (again.graded, again.kept) == (0, STUDENTS)


def leave(own, out):
    from distributed import Client

    wait_for_rows(out, 5)
    with Client(own.address, set_as_default=False) as client:
        leaving = next(iter(client.nthreads()))
        client.retire_workers([leaving], close_workers=True)


def test_a_worker_that_leaves_takes_nothing_along(place, own_cluster, tmp_path):
    own_cluster.add_worker()
    own_cluster.add_worker()
    with Meanwhile(leave, own_cluster, tmp_path / "out"):
        run = graded_on(own_cluster.address, place, tmp_path / "out")
    assert (run.graded, run.faults) == (STUDENTS, 0)
    assert pages(tmp_path / "out") == pages(place / "alone")


def test_a_scheduler_that_goes_away_is_one_sentence_and_loses_nothing(
    place, own_cluster, tmp_path, monkeypatch, forks
):
    monkeypatch.setattr(cluster_module, "_CONNECT_SECONDS", 2)
    out = tmp_path / "out"

    def end_of_the_scheduler():
        wait_for_rows(out, 5)
        own_cluster.kill_the_scheduler()

    own_cluster.add_worker()
    with Meanwhile(end_of_the_scheduler), pytest.raises(GameError) as error:
        graded_on(own_cluster.address, place, out)
    assert str(error.value) == (
        f"the Dask scheduler at {own_cluster.address} went away; what was graded is kept, so start "
        "it again and give the same command."
    )
    kept = rows(out)
    assert 5 <= len(kept) < STUDENTS
    assert forks.wait(forks.start(grade_at_home, *folders(place), out)) == 0
    assert kept.items() <= rows(out).items()
    assert pages(out) == pages(place / "alone")


def test_a_scheduler_that_comes_back_is_gone_on_with(place, own_cluster, tmp_path):
    out = tmp_path / "out"

    def start_again():
        wait_for_rows(out, 5)
        own_cluster.kill_the_scheduler()
        own_cluster.start_scheduler()
        own_cluster.add_worker()

    own_cluster.add_worker()
    with Meanwhile(start_again):
        run = graded_on(own_cluster.address, place, out)
    assert (run.graded, run.faults) == (STUDENTS, 0)
    assert pages(out) == pages(place / "alone")
