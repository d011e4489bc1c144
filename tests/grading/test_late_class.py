"""Deadlines and attempts over a whole class: from the download to the feedback."""

from __future__ import annotations

import csv
import shutil

import pytest
from click.testing import CliRunner

from balancegame.cli import main
from balancegame.grading.gradebook.handed_in import ATTEMPTS
from balancegame.grading.isolation.tiers import available_tiers
from tests.grading.guide import handed_in, solution_cells, write_exercises
from tests.grading.platforms import gradescope_metadata, gradescope_roster, laid
from tests.one_sentence import check_sentence

NAME = "05_deterrence.ipynb"
RULES = """
due = 2026-11-03T12:00:00Z
grace = "10 minutes"
penalty = "10% per hour"
attempts = "best"
[extensions]
s-04 = 2026-11-04T12:00:00Z
nobody = 2026-11-04T12:00:00Z
"""


def run(*words):
    return CliRunner().invoke(main, [*map(str, words)], catch_exceptions=False)


def grades(folder):
    with (folder / "graded" / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def page(folder, student):
    return (folder / "graded" / "feedback" / f"{student}.html").read_text(encoding="utf-8")


@pytest.fixture
def place(tmp_path, monkeypatch, exercises_to_read):
    """Two downloads of Gradescope: ann and kim hand in again."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-exercises").symlink_to(exercises_to_read)
    (tmp_path / "roster.csv").write_bytes(gradescope_roster())
    (tmp_path / "deadlines.toml").write_text(RULES, encoding="utf-8")
    right = solution_cells()
    whole, part = handed_in(right).encode(), handed_in({2: right[2]}).encode()
    first = {"ann": (part, "11:00"), "kim1": (whole, "11:59"), "zoe": (whole, "18:00")}
    second = {"ann": (whole, "13:30"), "kim1": (part, "11:59:30"), "kim2": (whole, "12:05")}
    for name, work in (("first", first), ("second", second)):
        about = {
            f"submission_{login}": ([login], f"2026-11-03 {at}{':00' * (len(at) < 6)} Z")
            for login, (_, at) in work.items()
        }
        files = {f"submission_{login}/{NAME}": content for login, (content, _) in work.items()}
        laid(tmp_path / name, {**files, "submission_metadata.yml": gradescope_metadata(about)})
        line = ["--roster", "roster.csv", "--exercises", "my-exercises", "--out", "submissions"]
        assert run("collect", name, *line).exit_code == 0
    return tmp_path


def grade(*options):
    line = ["submissions", "--exercises", "my-exercises", "--out", "graded"]
    return run("grade", *line, "--require-isolation", available_tiers()[-1], *options)


def test_the_best_attempt_counts_with_lateness_taken_off(place):
    result = grade("--deadlines", "deadlines.toml")
    assert result.exit_code == 0, result.output
    assert "The deadlines give an extension to nobody, who is nobody in the class." in result.output
    assert "6 students; 6 submissions graded now" in result.output
    rows = grades(place)
    # 90 minutes late cost 20% of 7 points: 5.6, which is more than the 3 in time.
    assert {name: row["05_deterrence"] for name, row in rows.items()} == {
        "s-01": "5.6",
        "s-02": "7",
        "s-03": "7",
        "s-04": "7",
        "s-05": "0",
        "s-06": "0",
    }
    assert "1 h 30 min late" in rows["s-01"]["notes"]
    assert rows["s-04"]["notes"] == ""
    ann = page(place, "s-01")
    assert "takes off 10% of all points for each hour begun; here that is 1.4 points of 7." in ann
    assert "The best of 2 attempts counts, which is number 2" in ann
    assert "Taken off for lateness" in ann
    assert "number 1; with lateness taken off, they earn 7 and 3 points." in page(place, "s-02")
    assert "within the grace of 10 minutes" in page(place, "s-03")
    assert "with your extension it was due on 4 November 2026, 12:00 (UTC)" in page(place, "s-04")
    report = (place / "graded" / "class-report.html").read_text(encoding="utf-8")
    assert "Late work (1)" in report
    # Nothing is graded again for other rules, and without rules nothing is late.
    again = grade()
    assert "0 submissions graded now, 4 before" in again.output
    assert grades(place)["s-01"]["05_deterrence"] == "7"
    assert grades(place)["s-02"]["05_deterrence"] == "3"
    assert "Taken off" not in page(place, "s-01")


def test_the_newest_counts_where_nothing_else_is_said(place):
    (place / "deadlines.toml").write_text(RULES.replace('"best"', '"newest"'), encoding="utf-8")
    grade("--deadlines", "deadlines.toml")
    rows = grades(place)
    assert (rows["s-01"]["05_deterrence"], rows["s-02"]["05_deterrence"]) == ("5.6", "3")


def test_deadlines_of_one_exercise_do_not_disturb_a_run_of_another(place):
    text = RULES + '[exercises."05"]\npenalty = "1 point per hour"\n'
    (place / "deadlines.toml").write_text(text, encoding="utf-8")
    result = grade("--deadlines", "deadlines.toml", "--exercise", "05")
    assert result.exit_code == 0, result.output
    assert grades(place)["s-01"]["05_deterrence"] == "5"
    (place / "deadlines.toml").write_text("due = 3", encoding="utf-8")
    result = grade("--deadlines", "deadlines.toml")
    assert result.exit_code == 1
    assert "deadlines.toml gives due as 3" in result.output
    assert grades(place)["s-01"]["05_deterrence"] == "5"


def test_work_without_a_time_is_counted_as_in_time_and_said(place):
    (place / "submissions" / "handed-in.csv").unlink()
    result = grade("--deadlines", "deadlines.toml")
    assert "have no time in handed-in.csv, so they count as in time." in result.output
    assert grades(place)["s-01"]["05_deterrence"] == "7"
    assert "Nobody knows when it was handed in" in page(place, "s-01")
    shutil.rmtree(place / "submissions" / ATTEMPTS)
    (place / "submissions" / "s-02" / NAME).unlink()
    (place / "submissions" / "s-03" / NAME).unlink()
    (place / "submissions" / "s-04" / NAME).unlink()
    result = grade("--deadlines", "deadlines.toml")
    alone = (
        "One hand-in, that of s-01 for 05_deterrence, has no time in handed-in.csv, so it counts"
    )
    assert alone in result.output
    nobody = "The deadlines give an extension to nobody, who is nobody in the class."
    report = (place / "graded" / "class-report.html").read_text(encoding="utf-8")
    _, _, told = report.partition("<summary>Deadlines that could not be applied (2)</summary>")
    assert alone in told
    assert nobody in told
    assert "nobody&#39;s submission" not in report


def test_a_run_that_forgets_the_deadlines_says_so(place):
    said = "The last run had deadlines and this one has none"
    assert said not in grade().output
    assert said not in grade("--deadlines", "deadlines.toml").output
    assert said not in grade("--deadlines", "deadlines.toml").output
    assert grades(place)["s-01"]["05_deterrence"] == "5.6"
    result = grade()
    assert result.output.startswith(said)
    check_sentence(result.output.splitlines()[0])
    assert grades(place)["s-01"]["05_deterrence"] == "7"
    assert said in (place / "graded" / "class-report.html").read_text(encoding="utf-8")
    # Said once: from then on the gradebook has none.
    assert said not in grade().output


def test_points_given_by_hand_for_an_earlier_attempt_are_named(place):
    grade()
    line = ["override", "graded/gradebook.sqlite", "--student", "s-01", "--exercise", "05"]
    given = [*line, "--task", "1", "--points", "0.5", "--reason", "Said it aloud."]
    said = "s-01, 05_deterrence, task 1: 0.5 points by hand count, which were given for an earlier"
    heading = "Points given by hand for an earlier attempt (1)"

    def told():
        report = (place / "graded" / "class-report.html").read_text(encoding="utf-8")
        found = said in grade().output, said in report
        assert (heading in report) is found[1]
        return found

    assert run(*given).exit_code == 0
    assert told() == (False, False)
    # A correction to the tests is no new attempt, and the work of others is not s-01's.
    (place / "my-exercises").unlink()
    tests = write_exercises(place) / "test_05_deterrence.py"
    tests.write_text(tests.read_text(encoding="utf-8") + "\n# longer\n", encoding="utf-8")
    (place / "submissions" / "s-02" / NAME).unlink()
    grade()
    assert told() == (False, False)
    right = solution_cells()
    work = place / "submissions" / "s-01" / NAME
    work.write_text(handed_in({2: right[2]}), encoding="utf-8")
    assert said in grade().output
    assert told() == (True, True)
    run(*given)
    assert told() == (False, False)
    work.write_text(handed_in(right), encoding="utf-8")
    grade()
    assert told() == (True, True)
    run(*line, "--task", "1", "--remove")
    assert told() == (False, False)


def test_reports_show_the_names_of_the_roster_with_the_ids(place):
    result = grade()
    assert "names.csv" not in result.output
    report = (place / "graded" / "class-report.html").read_text(encoding="utf-8")
    for called in ("Kim Lee (s-02)", "Kim Lee (s-03)", "=1+1 Evil (s-05)"):
        assert f"<bdi>{called}</bdi>" in report
    assert "<h1>Feedback for <bdi>Kim Lee (s-03)</bdi></h1>" in page(place, "s-03")
    line = ["feedback", "graded/gradebook.sqlite", "--out", "for-class", "--release", "05"]
    assert run(*line).exit_code == 0
    released = (place / "for-class" / "s-02.html").read_text(encoding="utf-8")
    assert "<title>Feedback for Kim Lee (s-02)</title>" in released
    # Grades are found by the ID, and folders made by hand need no table.
    assert "s-02" in grades(place)
    (place / "submissions" / "names.csv").unlink()
    grade()
    assert "<h1>Feedback for <bdi>s-03</bdi></h1>" in page(place, "s-03")
