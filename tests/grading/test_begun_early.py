"""What a command begins before it needs it: tests are collected while a class is read."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

import pytest

from balancegame.errors import GameError
from balancegame.grading.gradebook.class_run import grade_class
from tests.grading.test_graders import has_ended

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="graders are forked on Linux only")

TESTS = """
import os

import pytest

print("loud")
assert os.read(0, 1) == b""
assert os.environ["OPENBLAS_NUM_THREADS"] == "1"

@pytest.mark.task(1)
def test_one(student):
    assert student.answer("one") == 1
"""
COMMAND = """
import json, sys, time
from contextlib import closing
from pathlib import Path
from balancegame.grading.run import collected
{before}
folder = Path(sys.argv[1])
collected.begin_to_collect(folder, ())
tests = tuple(sorted(folder.glob("test_*.py")))
with closing(collected.collected(tests)) as begun:
    started = Path(f"/proc/{{begun.process}}/cmdline").read_bytes()
    is_fork = started == Path("/proc/self/cmdline").read_bytes()
    names = [each.name for each in begun.manifest()["01_one"]]
    print(json.dumps([is_fork, names, begun.is_there, begun.process]), flush=True)
    {meanwhile}
print(json.dumps(begun.is_there))
"""
A_THREAD = "import threading; threading.Thread(target=time.sleep, args=(60,), daemon=True).start()"


@pytest.fixture
def exercises(tmp_path):
    """A folder of exercises with one exercise."""
    folder = tmp_path / "exercises"
    folder.mkdir()
    (folder / "test_01_one.py").write_text(TESTS, encoding="utf-8")
    return folder


def command(exercises, before="", meanwhile=""):
    program = COMMAND.format(before=before, meanwhile=meanwhile)
    return [sys.executable, "-c", program, str(exercises)]


def said_by(exercises, before=""):
    done = subprocess.run(
        command(exercises, before), check=True, capture_output=True, text=True, timeout=120
    )
    # What tests print is nowhere to be seen.
    first, last = done.stdout.splitlines()
    assert json.loads(last) is False
    return json.loads(first)


@on_linux
def test_a_command_that_has_just_started_is_forked(exercises):
    is_fork, names, is_there, _ = said_by(exercises)
    assert is_fork
    assert names == ["one"]
    assert is_there


@on_linux
def test_a_fork_ends_where_nobody_hears_how_a_process_has_ended(exercises):
    ignored = "import signal; signal.signal(signal.SIGCHLD, signal.SIG_IGN)"
    is_fork, names, is_there, _ = said_by(exercises, ignored)
    assert (is_fork, names, is_there) == (True, ["one"], True)


@on_linux
@pytest.mark.parametrize("before", ["import numpy", "import _pytest", A_THREAD])
def test_whoever_is_at_something_else_starts_python_afresh(exercises, before):
    is_fork, names, is_there, _ = said_by(exercises, before)
    assert not is_fork
    assert names == ["one"]
    assert is_there


@on_linux
def test_a_fork_ends_when_the_command_is_killed(exercises):
    waiting = command(exercises, meanwhile="time.sleep(600)")
    with subprocess.Popen(waiting, stdout=subprocess.PIPE, text=True) as running:
        is_fork, _, is_there, process = json.loads(running.stdout.readline())
        assert is_fork
        assert is_there
        running.send_signal(signal.SIGKILL)
    until = time.monotonic() + 60
    while not has_ended(process):
        assert time.monotonic() < until
        time.sleep(0.01)


@on_linux
def test_a_fork_that_cannot_collect_says_why(exercises):
    (exercises / "test_01_one.py").write_text("import no_such_module\n", encoding="utf-8")
    done = subprocess.run(command(exercises), capture_output=True, text=True, timeout=120)
    assert "No module named 'no_such_module'" in done.stderr.splitlines()[-1]


def hand_in(folder, *names):
    folder.mkdir(parents=True)
    for name in names:
        (folder / f"{name}.py").write_text("one = 1\n", encoding="utf-8")


def test_nothing_is_written_where_tests_cannot_be_collected(exercises, tmp_path):
    (exercises / "test_01_one.py").write_text("import no_such_module\n", encoding="utf-8")
    hand_in(tmp_path / "class" / "ann", "01_one")
    out = tmp_path / "out"
    with pytest.raises(GameError, match="no_such_module"):
        grade_class(tmp_path / "class", exercises, out, tier="process")
    assert not out.exists()


def test_a_file_that_asks_nothing_makes_no_exercise(exercises, tmp_path):
    (exercises / "test_02_nothing.py").write_text("TWO = 2\n", encoding="utf-8")
    hand_in(tmp_path / "class" / "ann", "01_one", "02_nothing")
    run = grade_class(tmp_path / "class", exercises, tmp_path / "out", tier="process")
    assert (run.graded, run.students) == (1, 1)
    (note,) = run.notes
    assert "ann handed in 02_nothing.py, which is the name of no exercise" in note
