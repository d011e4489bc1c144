"""Names and folders that stop whoever reads or prints them: nobody else's work waits for that."""

from __future__ import annotations

import os

import pytest
from click.testing import CliRunner

import balancegame as bg
from balancegame.cli import main
from balancegame.grading.gradebook import class_folder
from balancegame.grading.gradebook.class_folder import read_class_folder
from balancegame.grading.gradebook.reports import file_names
from balancegame.grading.gradebook.student_record import Exercise, StudentRecord
from balancegame.grading.registrar.class_grades import class_grades
from balancegame.grading.registrar.roster import read_roster
from balancegame.grading.tournament.tournament_run import hold_tournament
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
    console = CliRunner(charset=encoding)
    run = console.invoke(main, ["grade", *folders, "--require-isolation", "process"])
    assert run.exit_code == 0, run.output
    told = run.stdout_bytes.decode(encoding)
    assert "2 students" in told
    assert r"\u2215\U0001f9d1" in told
    assert "See " in told


def test_nobody_is_called_like_the_page_of_another():
    other = "Zo\u00eb, the second"
    (hers,) = file_names([other]).values()
    for name in (hers, hers.upper()):
        names = file_names([other, name, "ann"])
        assert names["ann"] == "ann"
        assert len({each.casefold() for each in names.values()}) == 3


NAME = "mal\x1b[31m\u202e\nann got everything"


def test_no_name_speaks_to_the_console(tmp_path):
    for student in ("ann", NAME):
        path = hand_in(tmp_path / "in", student, "strategy.py") / "strategy.py"
        path.write_text('import balancegame as bg\nstrategy = bg.always("Withhold")')
    hand_in(tmp_path / "in", f"{NAME}2", "strategy.py")
    game = bg.models["alliance"].game()
    run = hold_tournament(tmp_path / "in", game, tmp_path / "out", tier="process")
    asked = Exercise(EXERCISE, EXERCISE, {1: 1})
    (tmp_path / "roster.csv").write_text("Name\nann", encoding="utf-8")
    roster = read_roster(tmp_path / "roster.csv")
    records = [StudentRecord(student, ()) for student in ("ann", NAME)]
    notes = class_grades(roster, records, [asked]).notes
    refused = CliRunner().invoke(
        main, ["grades", NAME, "--for", "csv", "--roster", NAME, "--out", "x"]
    )
    for text in (str(run), "\n".join(notes), refused.output):
        assert "ann got everything" in text
        assert all(line.isprintable() for line in text.splitlines()), text
        assert not any(line.strip().startswith("ann got") for line in text.splitlines())
