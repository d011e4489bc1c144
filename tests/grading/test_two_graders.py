"""Two commands in one folder: one works, the other is told who does, and no page is mixed up."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from balancegame.cli import main
from balancegame.errors import GameError
from balancegame.grading.gradebook.class_run import grade_class
from balancegame.grading.gradebook.folder_lock import LOCK, alone_in
from balancegame.grading.gradebook.reports import remove_leftovers
from tests.grading.guide import handed_in, solution_cells, write_exercises

NAME = "05_deterrence.ipynb"
STUDENTS = 6
HOLD = """
import sys, time
from pathlib import Path
from balancegame.grading.gradebook.folder_lock import alone_in
with alone_in(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def held(tmp_path):
    """A folder in which another process is at work, and that process."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout.readline() == "held\n"
    yield tmp_path, holder
    holder.kill()
    holder.wait()
    holder.stdout.close()


def test_the_second_is_told_who_is_at_work_and_since_when(held):
    folder, holder = held
    with pytest.raises(GameError) as caught, alone_in(folder):
        pass
    said = str(caught.value)
    assert f"the folder {folder} is in use by process {holder.pid} of " in said
    assert re.search(r" on \S+, since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d", said)
    assert said.endswith("; wait until that is done.")


def test_a_kill_opens_the_folder_at_once(held):
    folder, holder = held
    holder.kill()
    holder.wait()
    with alone_in(folder):
        pass
    # Nobody is named who is gone.
    own = f"process {os.getpid()} of"
    with alone_in(folder), pytest.raises(GameError, match=own), alone_in(folder):
        pass


def test_one_process_holds_a_folder_once(tmp_path):
    with alone_in(tmp_path), pytest.raises(GameError, match="is in use by"), alone_in(tmp_path):
        pass


def test_an_error_inside_is_not_taken_for_the_lock(tmp_path):
    with pytest.raises(sqlite3.OperationalError, match="of its own"), alone_in(tmp_path):
        raise sqlite3.OperationalError("of its own")


def test_a_lock_that_is_no_lock_is_left_alone(tmp_path):
    (tmp_path / LOCK).write_text("this is precious, and no database of anything" * 100)
    with pytest.raises(GameError, match=f"{LOCK} cannot be used"), alone_in(tmp_path):
        pass
    assert "precious" in (tmp_path / LOCK).read_text()


def test_an_override_waits_its_turn(held):
    folder, holder = held
    line = ["override", str(folder / "gradebook.sqlite"), "--student", "a", "--exercise", "1"]
    sqlite3.connect(folder / "gradebook.sqlite").close()
    result = CliRunner().invoke(main, [*line, "--task", "1", "--remove"])
    assert result.exit_code == 1
    assert f"is in use by process {holder.pid}" in result.output


WRITE_FOR_EVER = """
import sys
from pathlib import Path
from balancegame.grading.gradebook.whole_files import write_whole
while True:
    write_whole(Path(sys.argv[1]), sys.argv[2] * 50_000)
"""


def test_two_writers_of_one_page_never_mix(tmp_path):
    """Even where no lock holds, such as on a drive that has none, a page is whole."""
    texts = [letter * 50_000 for letter in "ab"]
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE_FOR_EVER, str(tmp_path / f"{letter}.html"), letter]
        )
        for letter in "ab"
    ]
    try:
        deadline = time.monotonic() + 30
        while not (tmp_path / "a.html").exists() or not (tmp_path / "b.html").exists():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        for _ in range(300):
            assert (tmp_path / "a.html").read_text() == texts[0]
            assert (tmp_path / "b.html").read_text() == texts[1]
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()
    remove_leftovers(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "b.html"]


def command(place, out, tier):
    return [
        *(sys.executable, "-m", "balancegame.cli", "grade", str(place / "submissions")),
        *("--exercises", str(place / "my-exercises"), "--out", str(out)),
        *("--require-isolation", tier),
    ]


def pages(out):
    paths = (path for path in out.rglob("*") if path.is_file() and "gradebook" not in path.name)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_two_real_graders_and_kills_leave_one_right_gradebook(tmp_path):
    exercises = write_exercises(tmp_path)
    # A hidden check starts one process more for each submission, which are killed in
    # test_mixed_class.py.
    (exercises / "test_05_deterrence_hidden.py").unlink()
    for number in range(STUDENTS):
        path = tmp_path / "submissions" / f"student {number:02}" / NAME
        path.parent.mkdir(parents=True)
        answers = solution_cells() if number % 2 else {1: f"smallest_sanction = {number}"}
        path.write_text(handed_in(answers), encoding="utf-8")
    folders = tmp_path / "submissions", tmp_path / "my-exercises", tmp_path / "alone"
    assert grade_class(*folders, tier="process").complete
    right = pages(tmp_path / "alone")
    assert len(right) == 2 * STUDENTS + 3
    said = []
    for kill_after in (2.0, None):
        both = [
            subprocess.Popen(
                command(tmp_path, tmp_path / "out", "process"),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
            for _ in range(2)
        ]
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(both[0].pid, signal.SIGKILL)
        said += [(each.communicate(timeout=300)[1], each.returncode) for each in both]
    for words, code in said:
        assert code in {0, 1, -signal.SIGKILL}
        assert code != 1 or "is in use by process" in words, words
    assert any(code == 0 for _, code in said)
    assert pages(tmp_path / "out") == right
