"""Names and folders that stop whoever reads or prints them: nobody else's work waits for that."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from balancegame.grading.gradebook import class_folder
from balancegame.grading.gradebook.class_folder import read_class_folder
from tests.grading.hostile import EXERCISE, TESTS

N = f"{EXERCISE}.ipynb"


def hand_in(folder, student, name=N):
    path = folder / student / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('{"cells": []}', encoding="utf-8")
    return path.parent


def handed_in(folder):
    return {each.student: each for each in read_class_folder(folder, [EXERCISE]).handed_in}


@pytest.mark.parametrize(("name", "mode"), [(N, 0), (N, 0o444), (f"inside/{N}", 0)])
def test_a_folder_that_nobody_may_open(tmp_path, name, mode):
    for student in ("ann", "zoe"):
        hand_in(tmp_path, student)
    closed = hand_in(tmp_path, "mal", name)
    closed.chmod(mode)
    try:
        if os.access(closed, os.R_OK | os.X_OK):
            pytest.skip("this user may read every folder")
        found = handed_in(tmp_path)
    finally:
        closed.chmod(0o700)
    # Nobody knows what is in it, so it is not taken for nothing.
    assert "cannot be read" in found["mal"].fault
    assert not found["ann"].fault
    assert not found["zoe"].fault


def test_whatever_is_raised_over_one_folder_stays_with_it(tmp_path, monkeypatch):
    for student in ("ann", "mal", "zoe"):
        hand_in(tmp_path, student)
    real = class_folder.read_student_folder

    def breaks(folder, *others):
        if folder.name == "mal":
            raise RecursionError
        return real(folder, *others)

    monkeypatch.setattr(class_folder, "read_student_folder", breaks)
    found = handed_in(tmp_path)
    assert "cannot be read (RecursionError)" in found["mal"].fault
    assert found["ann"].path.is_file()
    assert found["zoe"].path.is_file()


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "shift_jis"])
def test_a_console_that_cannot_write_a_name(tmp_path, encoding):
    exercises = tmp_path / "exercises"
    exercises.mkdir()
    (exercises / f"test_{EXERCISE}.py").write_text(TESTS, encoding="utf-8")
    for student in ("ann", "\u2215\U0001f9d1\u0e01"):
        hand_in(tmp_path / "in", student, "stray.ipynb")
    folders = [str(tmp_path / "in"), "--exercises", str(exercises), "--out", str(tmp_path / "out")]
    program = "from balancegame.cli import main; main()"
    command = [sys.executable, "-c", program, "grade", *folders]
    run = subprocess.run(
        [*command, "--require-isolation", "process"],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    told = run.stdout.decode(encoding)
    assert "2 students" in told
    assert r"\u2215\U0001f9d1" in told
    assert "See " in told
