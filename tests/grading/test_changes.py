"""Two gradings apart: who gained and who lost, by which criterion; and what is released stays."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from balancegame.cli import main
from balancegame.grading.exercise.report import Outcome
from balancegame.grading.gradebook import kept_grades
from balancegame.grading.gradebook.changes import changes_between
from balancegame.grading.gradebook.database import open_gradebook, records
from balancegame.grading.gradebook.kept_grades import RunGrades, as_text, current_grades, from_text
from balancegame.grading.gradebook.overrides import set_override
from balancegame.grading.gradebook.student_record import (
    Exercise,
    GradedExercise,
    GradedTask,
    Override,
)
from balancegame.grading.isolation.tiers import available_tiers
from tests.bounded_fractions import bounded_fractions
from tests.grading.gradebooks import (
    EXERCISES,
    begin,
    changed,
    grade,
    gradebook,
    right,
    untouched,
    wrong,
)
from tests.grading.guide import handed_in, solution_cells, write_exercises
from tests.one_sentence import check_sentence

ROSTER = {
    ("ann", "01_security"): right("01_security"),
    ("bob", "01_security"): wrong("01_security"),
    ("cy", "01_security"): None,
    ("ann", "02_repeat"): right("02_repeat"),
}


def run(*words):
    return CliRunner().invoke(main, [*map(str, words)], catch_exceptions=False)


def keep_run(book):
    run = RunGrades()
    for record in records(book):
        run.add(record)
    run.keep(book)


def now(book, **roster):
    """Grade again: begin a run whose results are those given, under keys of their own."""
    whole = {**ROSTER, **{(who, "01_security"): found for who, found in roster.items()}}
    book.execute("DELETE FROM results")
    book.commit()
    begin(book, whole)
    grade(book, whole)
    keep_run(book)


def test_each_change_is_told_by_its_criterion(tmp_path):
    with gradebook(tmp_path, ROSTER) as book:
        keep_run(book)
        first, second, third = right("01_security")
        now(
            book,
            ann=(first, changed(second, "wrong"), third),
            bob=right("01_security"),
            cy=untouched("01_security"),
        )
    result = run("changes", tmp_path / "gradebook.sqlite")
    assert result.output.splitlines()[1:] == [
        "01_security, task 1, reads the columns: 1 student lost 2 points together (ann).",
        "01_security, task 1, reads the rows: 1 student gained 2 points together (bob).",
        "  ann, 01_security: 7 to 5 (task 1, reads the columns -2)",
        "  bob, 01_security: 5 to 7 (task 1, reads the rows +2)",
        "  cy, 01_security: 0 to 0 (handed in since 0)",
    ]
    assert result.output.startswith("Of 3 students 1 gained and 1 lost since run 1, which ended at")
    out = tmp_path / "changes.csv"
    result = run("changes", tmp_path / "gradebook.sqlite", "--out", out)
    assert f"Each student's change is in {out}." in result.output
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = [*csv.reader(file)]
    assert rows[:3] == [
        ["student", "exercise", "before", "after", "change", "by"],
        ["ann", "01_security", "7", "5", "-2", "task 1, reads the columns -2"],
        ["bob", "01_security", "5", "7", "+2", "task 1, reads the rows +2"],
    ]


def test_points_by_hand_and_new_students_are_told(tmp_path):
    with gradebook(tmp_path, ROSTER) as book:
        keep_run(book)
        then = current_grades(book)
        set_override(book, "bob", "01_security", 1, 4, "so")
        found = changes_between(then, current_grades(book), "then")
        assert [(c.student, c.gain, c.causes) for c in found.changes] == [
            ("bob", 2, (("task 1, points given by hand", 2),))
        ]
        less = {place: each for place, each in then.items() if place[0] != "ann"}
        found = changes_between(less, then, "then")
        assert "Not graded then, but now: ann." in str(found)
        found = changes_between(then, less, "then")
        assert "Graded then, but not now: ann." in str(found)


def test_a_run_that_changes_nothing_is_not_kept_and_old_ones_go(tmp_path):
    with gradebook(tmp_path, ROSTER) as book:
        for _ in range(3):
            keep_run(book)
        assert [*kept_grades.runs_of(book)] == [1]
        for number in range(30):
            now(book, bob=right("01_security") if number % 2 == 0 else wrong("01_security"))
        kept = [*kept_grades.runs_of(book)]
        assert kept == list(range(31 - kept_grades.RUNS_KEPT + 1, 32))
        (rows,) = book.execute("SELECT count(*) FROM run_grades").fetchone()
        assert rows == len(ROSTER) * kept_grades.RUNS_KEPT
    result = run("changes", tmp_path / "gradebook.sqlite", "--since", "31")
    assert result.output.startswith("No grade of 3 students has changed since run 31")


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (None, "keeps one run alone"),
        ("released", "nothing is released yet"),
        ("7", "keeps no run 7; it keeps 1"),
        ("other.sqlite", "there is no gradebook at other.sqlite"),
    ],
)
def test_what_there_is_nothing_to_compare_with_is_said(tmp_path, since, words):
    with gradebook(tmp_path, ROSTER) as book:
        keep_run(book)
    options = [] if since is None else ["--since", since]
    result = run("changes", tmp_path / "gradebook.sqlite", *options)
    assert result.exit_code == 1
    assert words in result.output.lower()
    check_sentence(result.output.strip().removeprefix("Error: "))


def test_two_gradebooks_may_be_compared(tmp_path):
    for name, found in (("a", wrong("01_security")), ("b", right("01_security"))):
        (tmp_path / name).mkdir()
        with gradebook(tmp_path / name, {**ROSTER, ("bob", "01_security"): found}):
            pass
    a, b = tmp_path / "a" / "gradebook.sqlite", tmp_path / "b" / "gradebook.sqlite"
    assert "1 gained and 0 lost since the grading in" in run("changes", b, "--since", a).output
    assert "0 gained and 1 lost since the grading in" in run("changes", a, "--since", b).output


def page(folder, student):
    path = folder / "pages" / f"{student}.html"
    return path.read_text(encoding="utf-8") if path.exists() else None


def test_feedback_holds_what_is_released_and_stays_as_it_is(tmp_path):
    book_path, out = tmp_path / "gradebook.sqlite", tmp_path / "pages"
    with gradebook(tmp_path, ROSTER):
        pass
    result = run("feedback", book_path, "--out", out)
    assert result.output.startswith("Nothing is released, so there is no page")
    assert not out.exists()
    result = run("feedback", book_path, "--out", out, "--release", "1")
    assert result.output == f"{out} holds the feedback of 3 students on 01_security.\n"
    assert "Exercise 1. Security or energy" in page(tmp_path, "ann")
    assert "Again and again" not in page(tmp_path, "ann")
    assert "Compare the rows again." in page(tmp_path, "bob")
    assert "Whom do you ask?" in page(tmp_path, "bob")
    before = page(tmp_path, "bob")
    with open_gradebook(book_path) as book:
        now(book, bob=right("01_security"))
    run("feedback", book_path, "--out", out)
    assert page(tmp_path, "bob") == before
    result = run("changes", book_path)
    assert result.output.startswith("Of 3 students 1 gained and 0 lost since the release.")
    run("feedback", book_path, "--out", out, "--release", "all")
    assert page(tmp_path, "bob") != before
    assert "Again and again" in page(tmp_path, "ann")
    assert "No grade of 3 students has changed" in run("changes", book_path).output
    result = run("feedback", book_path, "--out", out, "--withdraw", "1")
    assert page(tmp_path, "bob") is None
    assert "Security or energy" not in page(tmp_path, "ann")
    result = run("feedback", book_path, "--out", out, "--release", "9")
    assert "there is no exercise '9' to choose; there is 01_security and 02_rep" in (
        result.output.lower()
    )


def test_what_the_last_run_left_out_can_still_be_withdrawn(tmp_path):
    with gradebook(tmp_path, ROSTER):
        pass
    line = ["feedback", tmp_path / "gradebook.sqlite", "--out", tmp_path / "pages"]
    run(*line, "--release", "all")
    with open_gradebook(tmp_path / "gradebook.sqlite") as book:
        begin(book, {("ann", "01_security"): right("01_security")}, exercises=EXERCISES[:1])
    run(*line)
    assert "Again and again" in page(tmp_path, "ann")
    assert run(*line, "--withdraw", "2").exit_code == 0
    assert "Again and again" not in page(tmp_path, "ann")
    assert "Security or energy" in page(tmp_path, "ann")


def test_what_is_not_graded_is_not_released(tmp_path):
    with gradebook(tmp_path, {**ROSTER, ("bob", "01_security"): "fault"}):
        pass
    line = ["feedback", tmp_path / "gradebook.sqlite", "--out", tmp_path / "pages"]
    result = run(*line, "--release", "all")
    assert "Not graded yet, so not released: bob." in result.output
    assert page(tmp_path, "bob") is None
    assert page(tmp_path, "ann")


def test_a_mended_test_is_told_before_anything_is_published(tmp_path, monkeypatch):
    """The whole way: grade, release, mend a test, compare, release again."""
    monkeypatch.chdir(tmp_path)
    exercises = write_exercises(tmp_path)
    for student in ("ann", "bob"):
        path = tmp_path / "submissions" / student / "05_deterrence.ipynb"
        path.parent.mkdir(parents=True)
        cells = solution_cells()
        work = cells if student == "ann" else {**cells, 1: "smallest_sanction = 8"}
        path.write_text(handed_in(work), encoding="utf-8")
    options = ["--exercises", "my-exercises", "--out", "graded"]
    options += ["--require-isolation", available_tiers()[-1]]
    tests = exercises / "test_05_deterrence.py"
    good = tests.read_text(encoding="utf-8")
    slip = good.replace("threshold + 1): ", "threshold + 3): ").replace(
        "return threshold, {", "return threshold + 1, {"
    )
    assert slip.count("threshold + ") == 2
    tests.write_text(slip, encoding="utf-8")
    run("grade", "submissions", *options)
    run("feedback", "graded/gradebook.sqlite", "--out", "pages", "--release", "05")
    assert "<strong>5</strong> of 7 points" in page(tmp_path, "ann")
    tests.write_text(good, encoding="utf-8")
    run("grade", "submissions", *options)
    assert "<strong>5</strong> of 7 points" in page(tmp_path, "ann")
    said = run("changes", "graded/gradebook.sqlite").output
    assert said.startswith("Of 2 students 1 gained and 1 lost since the release.")
    criterion = "05_deterrence, task 1, the smallest sanction that deters"
    assert f"{criterion}: 1 student gained 2 points together (ann)." in said
    assert f"{criterion}: 1 student lost 2 points together (bob)." in said
    run("feedback", "graded/gradebook.sqlite", "--out", "pages", "--release", "05")
    assert "<strong>7</strong> of 7 points" in page(tmp_path, "ann")


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
OUTCOMES = st.builds(
    Outcome,
    exercise=st.just("05_x"),
    task=st.integers(1, 2),
    worth=st.integers(0, 5),
    verdict=st.sampled_from(["passed", "wrong", "unattempted", "fault"]),
    message=TEXTS,
    hints=st.lists(TEXTS, max_size=3).map(tuple),
    hidden=st.booleans(),
    criterion=TEXTS,
)
TASKS = st.builds(
    GradedTask,
    st.integers(1, 2),
    st.integers(0, 9),
    st.lists(OUTCOMES, max_size=3).map(tuple),
    st.none() | st.builds(Override, TEXTS, TEXTS, st.integers(1, 2), st.floats(0, 9), TEXTS),
)
GRADED = st.builds(
    GradedExercise,
    st.just(Exercise("05_x", "X", {1: 4, 2: 5})),
    st.lists(TASKS, max_size=2).map(tuple),
    handed_in=st.booleans(),
    note=TEXTS,
    deduction=bounded_fractions(0, 9, 50),
    rules=st.lists(TEXTS, max_size=2).map(tuple),
    is_late=st.booleans(),
)


@given(GRADED)
def test_a_grade_that_is_kept_comes_back_whole(graded):
    assert from_text(as_text(graded)) == replace(graded)


@given(GRADED, GRADED)
def test_the_causes_of_a_change_add_up_to_it(then, now):
    (change, *_) = changes_between({("a", "05_x"): then}, {("a", "05_x"): now}, "x").changes or [
        None
    ]
    if change is None:
        assert then.points == now.points
    elif change.before is not None and change.after is not None and then.handed_in:
        criteria = [o.criterion for g in (then, now) for t in g.tasks for o in t.outcomes]
        by_hand = any(t.override for g in (then, now) for t in g.tasks)
        numbers = [t.number for t in then.tasks], [t.number for t in now.tasks]
        plain = len(set(criteria)) == len(criteria) and not by_hand
        if plain and all(len(set(each)) == len(each) for each in numbers):
            assert sum(points for _, points in change.causes) == pytest.approx(change.gain)
