"""Grades that are handed on from any gradebook: what is said, marked and refused."""

from __future__ import annotations

import csv
import io
import re

import pytest
from click.testing import CliRunner

from balancegame.cli import main
from balancegame.grading.gradebook.database import open_gradebook
from tests.grading import platforms
from tests.grading.gradebooks import gradebook, right, wrong
from tests.grading.importers import CanvasCourse, canvas_import, moodle_offline_import
from tests.one_sentence import one_sentence


def run(*words):
    return CliRunner().invoke(main, [*map(str, words)], catch_exceptions=False)


@pytest.mark.parametrize("platform", ["canvas", "csv"])
def test_no_cell_that_a_student_can_fill_is_a_formula(tmp_path, platform):
    names = ["=1+1", "@SUM(1)", "\t=1", "+A1", "-A1()", "＝1+1", "a;=1+1", '="x"&A1', '= "x"']
    rows = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Exercise 1 (9)"]]
    rows += [["    Points Possible", "", "", "", "", "7"]]
    rows += [[name, f"{k}", f"s{k}", f"l{k}", name, ""] for k, name in enumerate(names)]
    (tmp_path / "r.csv").write_bytes(platforms.table(rows, mark=False))
    work = {(f"l{k}", "01_security"): right("01_security") for k in range(len(names))}
    with gradebook(tmp_path, work):
        pass
    line = ["grades", tmp_path / "gradebook.sqlite", "--roster", tmp_path / "r.csv"]
    result = run(*line, "--for", platform, "--out", tmp_path / "o", "--exercise", "1")
    assert result.exit_code == 0, result.output
    text = (tmp_path / "o").read_text("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            for part in cell.split(";"):
                assert not re.match(r"\s*[=@＝+-]", part), cell
    if platform == "canvas":
        course = CanvasCourse(dict(enumerate(names)), {9: "Exercise 1"})
        changes, *_ = canvas_import(text.encode(), course)
        assert changes == {(k, 9): "7" for k in range(len(names))}


def test_what_students_have_been_told_otherwise_is_said(tmp_path):
    with gradebook(tmp_path, {("ann", "01_security"): right("01_security")}):
        pass
    book = tmp_path / "gradebook.sqlite"
    run("feedback", book, "--out", tmp_path / "pages", "--release", "all")
    (tmp_path / "r.csv").write_bytes(platforms.spreadsheet())
    line = ["grades", book, "--roster", tmp_path / "r.csv", "--for", "csv", "--out", tmp_path / "o"]
    assert "been told" not in run(*line).output
    place = ["--student", "ann", "--exercise", "1", "--task", "1"]
    run("override", book, *place, "--points", "1", "--reason", "so")
    assert "1 student has been told another grade; see balancegame changes." in run(*line).output


def test_a_full_disk_is_said_of_a_gradebook_too(tmp_path):
    row = ("k" * 100_000, "ann", "01_security", 1, 1, "", "", "[]")
    into = "INSERT INTO results (key, student, exercise, points, worth, problem, made_out_to, "
    with (
        one_sentence("the disk is full, so the gradebook", "nothing that was graded is lost"),
        gradebook(tmp_path, {("ann", "01_security"): None}) as book,
        book,
    ):
        (pages,) = book.execute("PRAGMA page_count").fetchone()
        book.execute(f"PRAGMA max_page_count = {pages}")
        book.execute(f"{into}outcomes) VALUES (?,?,?,?,?,?,?,?)", row)


def test_an_exercise_of_several_is_named_for_a_worksheet(tmp_path):
    roster = {
        ("ann", "01_security"): right("01_security"),
        ("ann", "02_repeat"): wrong("02_repeat"),
    }
    with gradebook(tmp_path, roster):
        pass
    rows = [
        ["Identifier", "Full name", "Grade", "Last modified (grade)"],
        ["Participant 7", "ann", "", "-"],
    ]
    (tmp_path / "w.csv").write_bytes(platforms.table(rows))
    line = ["grades", tmp_path / "gradebook.sqlite", "--roster", tmp_path / "w.csv"]
    result = run(*line, "--for", "moodle", "--out", tmp_path / "o.csv")
    assert "is the worksheet of one assignment; name the exercise" in result.output
    result = run(*line, "--for", "moodle", "--out", tmp_path / "o.csv", "--exercise", "1")
    assert moodle_offline_import((tmp_path / "o.csv").read_bytes(), {7}, 7)[0] == {7: 7}


def test_a_gradebook_of_a_newer_version_is_refused(tmp_path):
    with gradebook(tmp_path, {("ann", "01_security"): None}) as book:
        book.execute("PRAGMA user_version = 999")
    result = run(
        "grades", tmp_path / "gradebook.sqlite", "--roster", "r.csv", "--for", "csv", "--out", "o"
    )
    assert result.exit_code == 1
    (tmp_path / "r.csv").write_bytes(platforms.spreadsheet())
    line = ["grades", tmp_path / "gradebook.sqlite", "--roster", tmp_path / "r.csv"]
    result = run(*line, "--for", "csv", "--out", tmp_path / "o")
    assert "was written by a newer version of balancegame; update balancegame" in result.output


def test_what_a_person_decided_outlives_a_gradebook_of_the_version_before(tmp_path):
    with gradebook(tmp_path, {("ann", "01_security"): None}) as book:
        with book:
            book.execute("INSERT INTO overrides VALUES ('ann', '01_security', 1, 2.5, 'so')")
        book.execute("PRAGMA user_version = 3")
    with open_gradebook(tmp_path / "gradebook.sqlite") as book:
        assert book.execute("SELECT points FROM overrides").fetchall() == [(2.5,)]
        assert book.execute("SELECT count(*) FROM roster").fetchone() == (0,)
