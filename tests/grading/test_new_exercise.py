"""A new exercise works as it is written, for everybody's payoffs."""

from __future__ import annotations

import json
import re

import nbformat
import pytest
from click.testing import CliRunner

from balancegame.cli import main
from balancegame.grading.exercise.variants import variant
from balancegame.grading.handout.exercise_verification import verify_exercises
from balancegame.grading.handout.new_exercise import new_exercise
from balancegame.grading.handout.personal_notebook import write_own_notebook
from balancegame.grading.handout.release import release
from balancegame.grading.practice.check import check_from_command_line
from tests.one_sentence import one_sentence

FILES = {
    "05_deterrence.ipynb",
    "test_05_deterrence.py",
    "test_05_deterrence_hidden.py",
    "variant_05_deterrence.py",
    "solutions/05_deterrence.py",
}


@pytest.fixture
def folder(tmp_path):
    """A folder with a new exercise."""
    assert {*new_exercise("05_deterrence", tmp_path / "mine")} == FILES
    return tmp_path / "mine"


def test_it_gives_nothing_unsolved_and_everything_solved(tmp_path):
    result = CliRunner().invoke(
        main, ["new-exercise", "05_deterrence", "--exercises", f"{tmp_path}"]
    )
    assert result.exit_code == 0, result.output
    for name in FILES:
        assert f"{tmp_path / name}\n" in result.output
    (found,) = verify_exercises(tmp_path)
    said, tried, cost = str(found).splitlines()
    assert said == "05_deterrence: 0 points unsolved, all 7 solved."
    assert re.fullmatch(r"  20 drawn payoffs solved, [1-9]\d* known mistakes recognised\.", tried)
    assert re.fullmatch(r"  A submission takes [\d.e-]+ s, and 1,000 of them \d+ \w+\.", cost)


def test_nothing_of_the_skeleton_is_left(folder):
    for name in FILES:
        text = (folder / name).read_text(encoding="utf-8")
        assert not re.search(r"skeleton|\b00\b|[Ee]xercise 0", text), name
    notebook = nbformat.read(folder / "05_deterrence.ipynb", as_version=4)
    nbformat.validate(notebook)
    assert notebook.cells[0].source.startswith("# Exercise 5. Deterrence\n")
    assert 'bg.check("05", task=1)' in [cell.source for cell in notebook.cells]


def test_each_student_has_payoffs_and_a_notebook(folder, tmp_path):
    assert {*release(folder, tmp_path / "all").written} >= {"05_deterrence.ipynb"}
    drawn = [variant(f"student {k}", "05", folder) for k in range(20)]
    assert len({str(own) for own in drawn}) == 20
    path = write_own_notebook(drawn[0], tmp_path / "out", folder)
    assert str(drawn[0]["stage"].payoffs[0][0][0]) in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("left", "words"),
    [
        ("3 / 5", "that is how often Column plays Right"),
        ("'1/3'", "it is Row's two payoffs that must be equal"),
        ("0.404", "very near, but rounded"),
        ("'90%'", "with 9/10 Row would still prefer one of its actions"),
    ],
)
def test_a_mistake_gets_its_sentence_and_a_hint(folder, capsys, left, words):
    path = folder / "05_deterrence.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    answer = next(cell for cell in notebook["cells"] if cell["id"] == "answer-1")
    answer["source"] = f"# Task 1\nleft = {left}"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert check_from_command_line("05", folder) == 1
    assert words in " ".join(capsys.readouterr().out.split())


def test_a_name_without_a_number_gets_the_next(folder):
    assert "06_two_fronts.ipynb" in new_exercise("two_fronts", folder)
    assert all(found.complaints == () for found in verify_exercises(folder))


@pytest.mark.parametrize("name", ["5_x", "05-x", "05_X", "../05_x", "", "05_", "05_x.ipynb"])
def test_what_is_no_name_is_refused(tmp_path, name):
    with one_sentence("is not the name of an exercise"):
        new_exercise(name, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_nothing_is_written_over_another_exercise(folder):
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}
    with one_sentence("there is an exercise 05", "choose another number"):
        new_exercise("05_other", folder)
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == before


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with one_sentence("cannot be written", "choose another folder"):
        new_exercise("05_x", tmp_path / "file")
