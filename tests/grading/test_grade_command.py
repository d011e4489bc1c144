"""balancegame grade as an instructor meets it: what it says, retries and refuses."""

from __future__ import annotations

import csv
import importlib.util
import shutil
import sqlite3
from collections import Counter
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial

import pytest
from click.testing import CliRunner

from balancegame.cli import main
from balancegame.grading.exercise.criterion import Criterion
from balancegame.grading.exercise.report import Report
from balancegame.grading.gradebook import class_run as runs
from balancegame.grading.isolation import tiers
from balancegame.grading.isolation.channel import InfrastructureFault
from balancegame.grading.isolation.fresh_interpreter import start_process
from balancegame.grading.isolation.library import library
from balancegame.grading.submission.archive import read_archive
from balancegame.grading.submission.submitted_file import read_submission
from tests.grading.guide import handed_in, solution_cells, write_exercises

NAME = "05_deterrence.ipynb"


def grade(place, *options):
    arguments = [place / "submissions", "--exercises", place / "my-exercises"]
    line = ["grade", *map(str, arguments), "--out", str(place / "out"), *options]
    return CliRunner().invoke(main, line)


def grades(place):
    with (place / "out" / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


@pytest.fixture
def place(tmp_path):
    """The guide's exercises and a class of three."""
    write_exercises(tmp_path)
    for student in ("ann", "bob", "cy"):
        (tmp_path / "submissions" / student).mkdir(parents=True)
        path = tmp_path / "submissions" / student / NAME
        path.write_text(handed_in(solution_cells()), encoding="utf-8")
    return tmp_path


class FakeEngine:
    """An engine that passes everything, and fails in the ways that it is told to."""

    tier = "process"

    def __init__(self, faults):
        self.manifest = {"05_deterrence": (Criterion("05_deterrence", 1, 2, "one thing"),)}
        self.faults = Counter(faults)
        self.calls = Counter()
        self.tests = "first tests"

    def digest(self, exercise):
        return self.tests

    def open_archive(self, path):
        return read_archive(path, partial(start_process, library()))

    def submit(self, student, exercise, path, member=""):
        self.calls[student] += 1
        answer = Future()
        if self.faults[student] > 0:
            self.faults[student] -= 1
            answer.set_exception(InfrastructureFault("a grading process ended."))
        else:
            problem = read_submission(path).problem
            verdict = "unattempted" if problem else "passed"
            outcomes = (self.manifest[exercise][0].outcome(verdict),)
            answer.set_result(Report(exercise, outcomes, problem=problem))
        return answer

    def rest(self):
        """Have nothing to end."""


@pytest.fixture
def fake(monkeypatch):
    """Put fake engines in place of the real one."""
    monkeypatch.setattr(runs, "PAUSE", 0)

    def install(kind=FakeEngine, **faults):
        engine = kind(faults)

        @contextmanager
        def opened(*_, **__):
            yield engine

        monkeypatch.setattr(runs, "open_engine", opened)
        return engine

    return install


def test_what_the_machine_did_wrong_is_tried_again(place, fake):
    engine = fake(bob=2)
    result = grade(place)
    assert result.exit_code == 0, result.output
    assert engine.calls == {"ann": 1, "bob": 3, "cy": 1}
    assert grades(place)["bob"]["total"] == "2"


def test_what_the_machine_cannot_grade_is_never_scored_0(place, fake):
    fake(bob=99)
    result = grade(place)
    assert result.exit_code == 1
    assert "1 could not be graded, through no fault of their own" in result.output
    row = grades(place)["bob"]
    assert (row["05_deterrence"], row["total"]) == ("", "")
    assert "not graded" in row["notes"]
    assert grades(place)["ann"]["total"] == "2"
    # The next run tries it again, and nothing else.
    engine = fake()
    assert grade(place).exit_code == 0
    assert engine.calls == {"bob": 1}
    assert grades(place)["bob"]["total"] == "2"


def test_only_what_changed_is_graded_again(place, fake):
    fake()
    assert grade(place, "--jobs", "2").exit_code == 0
    engine = fake()
    (place / "submissions" / "ann" / NAME).write_text(handed_in(), encoding="utf-8")
    assert grade(place).exit_code == 0
    assert engine.calls == {"ann": 1}
    engine = fake()
    engine.tests = "second tests"
    grade(place)
    assert engine.calls == {"ann": 1, "bob": 1, "cy": 1}
    shutil.rmtree(place / "submissions" / "cy")
    assert "cy" in grades(place)
    fake()
    grade(place)
    assert [*grades(place)] == ["ann", "bob"]


def test_reports_come_back_when_they_are_deleted(place, fake):
    fake()
    grade(place)
    shutil.rmtree(place / "out" / "feedback")
    engine = fake()
    grade(place)
    assert not engine.calls
    assert (place / "out" / "feedback" / "ann.html").is_file()


def test_what_nobody_may_open_is_scored_and_explained(place, fake):
    path = place / "submissions" / "bob" / NAME
    path.unlink()
    path.symlink_to(place / "submissions" / "ann" / NAME)
    fake()
    assert grade(place).exit_code == 0
    assert grades(place)["bob"]["total"] == "0"
    assert "is a link, which is not followed" in grades(place)["bob"]["notes"]


def test_a_real_run_in_one_go(place):
    result = grade(place, "--require-isolation", "process")
    assert result.exit_code == 0, result.output
    assert "3 students; 3 submissions graded now, 0 before, in isolation tier process." in (
        result.output
    )
    assert {row["total"] for row in grades(place).values()} == {"7"}
    assert {row["isolation"] for row in grades(place).values()} == {"process"}
    connection = sqlite3.connect(place / "out" / "gradebook.sqlite")
    assert connection.execute("SELECT sum(points), sum(worth) FROM results").fetchone() == (21, 21)
    connection.close()


def test_a_fall_to_a_lower_tier_is_said_with_its_cause(place, fake, monkeypatch):
    monkeypatch.setattr(tiers, "_hardened_is_missing", lambda: "bubblewrap is not installed")
    fake()
    said = grade(place).output
    assert "because the tier hardened is not available: bubblewrap is not installed." in said
    assert "not available" not in grade(place, "--require-isolation", "process").output
    monkeypatch.setattr(tiers, "_hardened_is_missing", lambda: None)
    assert "not available" not in grade(place).output


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--require-isolation", "perfect"], "no isolation 'perfect'; choose process or hardened"),
        (["--out", "submissions/out"], "lies in the folder of the submissions"),
        (["--exercises", "submissions"], "there are no exercise tests"),
    ],
)
def test_what_cannot_be_graded_is_refused_in_a_sentence(place, options, says, monkeypatch):
    monkeypatch.chdir(place)
    result = grade(place, *options)
    assert result.exit_code == 1
    assert says in result.output.lower() or says in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert not (place / "out").exists()


def test_tests_that_cannot_run_stop_everything(place):
    (place / "my-exercises" / "test_05_deterrence.py").write_text("1 / 0", encoding="utf-8")
    result = grade(place)
    assert result.exit_code == 1
    assert "ZeroDivisionError" in result.output
    assert not (place / "out").exists()


@pytest.mark.skipif(importlib.util.find_spec("distributed") is not None, reason="Dask is here")
def test_without_dask_a_scheduler_is_refused(place):
    result = grade(place, "--scheduler", "tcp://127.0.0.1:1")
    assert result.exit_code == 1
    assert 'install it with: pip install "dask[distributed]"' in result.output


def test_an_override_needs_points_and_reason(place):
    line = ["override", str(place / "x.sqlite"), "--student", "a", "--exercise", "1", "--task", "1"]
    result = CliRunner().invoke(main, line)
    assert result.exit_code == 2
    assert "needs --points and --reason, or --remove" in result.output
    result = CliRunner().invoke(main, [*line, "--remove"])
    assert (result.exit_code, "There is no gradebook" in result.output) == (1, True)


def test_one_student_is_counted_in_the_singular():
    said = [str(runs.ClassRun(n, n, 0, 0, "process")).partition(" now")[0] for n in (0, 1, 2)]
    assert said == [
        "0 students; 0 submissions graded",
        "1 student; 1 submission graded",
        "2 students; 2 submissions graded",
    ]


def test_a_submission_that_breaks_its_grading_process_costs_nobody_else(tmp_path):
    tests = tmp_path / "my-exercises" / "test_05_deterrence.py"
    tests.parent.mkdir()
    tests.write_text(
        "import os\n\nimport pytest\n\n\n@pytest.mark.task(1)\ndef test_one(student):\n"
        "    if student.answer('x') == 'break':\n        os._exit(1)\n",
        encoding="utf-8",
    )
    for student, answer in {"ann": "whole", "bob": "break", "cy": "whole"}.items():
        path = tmp_path / "submissions" / student / "05_deterrence.py"
        path.parent.mkdir(parents=True)
        path.write_text(f"x = {answer!r}", encoding="utf-8")
    result = grade(tmp_path, "--require-isolation", "process")
    assert result.exit_code == 1
    assert {name: row["total"] for name, row in grades(tmp_path).items()} == {
        "ann": "1",
        "bob": "",
        "cy": "1",
    }
    report = (tmp_path / "out" / "class-report.html").read_text(encoding="utf-8")
    assert "a grading process ended (BrokenExecutor)." in report
