"""balancegame grade --exercise: some exercises of a folder, and what becomes of the others."""

from __future__ import annotations

import csv
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from balancegame.cli import main
from balancegame.errors import GameError
from balancegame.grading.isolation.tiers import available_tiers
from balancegame.grading.run.engine import open_engine
from balancegame.grading.run.exercise_files import exercises_meant
from tests.grading.guide import handed_in, solution_cells, write_exercises

FIRST, SECOND = "05_deterrence", "06_signals"


def write_two_exercises(folder):
    exercises = write_exercises(folder)
    for path in [*exercises.glob("*05_deterrence*")]:
        shutil.copy(path, path.with_name(path.name.replace(FIRST, SECOND)))
    return exercises


@pytest.fixture
def place(tmp_path):
    """Two exercises, and a class of which Ann did both and Bob the second."""
    write_two_exercises(tmp_path)
    for student, names in {"ann": (FIRST, SECOND), "bob": (SECOND,)}.items():
        (tmp_path / "submissions" / student).mkdir(parents=True)
        for name in names:
            notebook = tmp_path / "submissions" / student / f"{name}.ipynb"
            notebook.write_text(handed_in(solution_cells()), encoding="utf-8")
    return tmp_path


def grade(place, *options):
    line = ["grade", place / "submissions", "--exercises", place / "my-exercises"]
    line += ["--out", place / "out", "--require-isolation", available_tiers()[-1], *options]
    return CliRunner().invoke(main, [*map(str, line)])


def rows(place):
    with (place / "out" / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def test_only_the_exercises_that_are_named_are_graded_and_reported(place):
    result = grade(place, "--exercise", "05")
    assert result.exit_code == 0, result.output
    # Nothing is said of the other exercise, which nobody is missing.
    assert SECOND not in result.output
    assert "1 submission graded now" in result.output
    found = rows(place)
    assert SECOND not in found["ann"]
    totals = {student: (row["total"], row["out of"]) for student, row in found.items()}
    assert totals == {"ann": ("7", "7"), "bob": ("0", "7")}
    report = (place / "out" / "class-report.html").read_text("utf-8")
    assert "06_signals" not in report
    assert "Files that are nobody" not in report

    result = grade(place, "--exercise", "5", "--exercise", SECOND)
    assert "2 submissions graded now, 1 before" in result.output, result.output
    assert {s: (row["total"], row["out of"]) for s, row in rows(place).items()} == {
        "ann": ("14", "14"),
        "bob": ("7", "14"),
    }
    assert "0 submissions graded now, 3 before" in grade(place).output


def test_an_exercise_that_is_not_there_is_named_and_nothing_is_graded(place):
    result = grade(place, "--exercise", "07")
    assert result.exit_code == 1
    words = f"there is no exercise '07' in {place / 'my-exercises'}; its exercises are {FIRST} and"
    assert words.lower() in " ".join(result.output.split()).lower()
    assert not (place / "out").exists()


def test_a_course_in_one_zip_file_is_told_in_one_sentence(place):
    folder = place / "submissions" / "ann"
    with zipfile.ZipFile(folder / "course.zip", "w") as archive:
        for name in (FIRST, SECOND):
            archive.write(folder / f"{name}.ipynb", f"course/exercises/{name}.ipynb")
            (folder / f"{name}.ipynb").unlink()
    output = grade(place).output
    said = (
        f"{FIRST}, and likewise {SECOND}: There is no {FIRST}.ipynb at the top of the folder, so "
        f"course/exercises/{FIRST}.ipynb in course.zip was graded"
    )
    assert f"ann, {said}." in output
    assert output.count("course.zip") == 1
    notes = rows(place)["ann"]["notes"]
    assert said in notes
    assert notes.count("course.zip") == 1
    report = (place / "out" / "class-report.html").read_text("utf-8")
    assert report.count("course.zip") == 1
    assert "and likewise" in report


def test_a_number_or_a_name_means_an_exercise():
    folder = Path(__file__).parents[2] / "exercises"
    first, third = "01_security_or_energy", "03_mixing_and_guarding"
    for text in ("1", "01", first, f"{first}.ipynb"):
        assert exercises_meant([text], folder) == (first,)
    assert exercises_meant(["3", "01", "03"], folder) == (first, third)
    assert len(exercises_meant([], folder)) == len([*folder.glob("[0-9]*.ipynb")])
    for text in ("", "0", "12", "security", "1.5"):
        with pytest.raises(GameError, match="there is no exercise"):
            exercises_meant([text], folder)


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """The folder of two exercises, and an engine that grades the first of them."""
    exercises = write_two_exercises(tmp_path_factory.mktemp("opened"))
    with open_engine(exercises, available_tiers()[-1], only=(FIRST,)) as engine:
        yield exercises, engine


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("prices.csv", True),  # what tests read
        ("common.py", True),  # and what they import
        ("test_06_signals.py", False),
        ("06_signals.ipynb", False),
        ("README.md", False),
        ("gradebook.sqlite", False),  # what a run before has written, should it be here
        ("grades.csv", False),
    ],
)
def test_whatever_may_decide_about_an_exercise_has_it_graded_again(opened, name, counts):
    exercises, engine = opened
    path = exercises / name
    before = path.read_text("utf-8") if path.exists() else None
    first = engine.digest(FIRST)
    try:
        path.write_text(f"{before or ''}\n", encoding="utf-8")
        assert (engine.digest(FIRST) != first) is counts
    finally:
        path.unlink() if before is None else path.write_text(before, encoding="utf-8")
    assert engine.digest(FIRST) == first
