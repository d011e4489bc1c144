"""Which notebooks and scripts balancegame check finds, whatever lies beside the exercises."""

from __future__ import annotations

import shutil

import pytest
from click.testing import CliRunner

from balancegame.cli import main
from balancegame.grading.isolation import fresh_interpreter
from balancegame.grading.practice.check import check_from_command_line
from tests.exercise_notebooks import by_command, solution, write_course
from tests.grading import warm_workers

NAME = "01_security_or_energy"
RIGHT = solution(NAME)


@pytest.fixture(autouse=True)
def forked_workers(monkeypatch):
    """Fork workers, instead of starting Python for each check."""
    monkeypatch.setattr(fresh_interpreter, "subprocess", warm_workers)


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course folder with one exercise, solved, which we are in."""
    write_course(tmp_path, NAME, RIGHT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "exercise"),
    [
        (f"{NAME}-Copy1.ipynb", "01"),
        (f"{NAME}-Copy1.ipynb", None),
        ("01_notes.ipynb", NAME),
        ("09_mine.ipynb", None),
    ],
)
def test_another_notebook_beside_the_exercise_is_skipped_with_a_note(name, exercise, course):
    (course / "exercises" / name).write_text("{}", encoding="utf-8")
    run = by_command(course, exercise)
    assert run.code == 0
    assert "15 of 15 points." in run.text
    assert f"{name} was skipped, because it is a notebook of your own" in run.text
    assert f"To check it, run: balancegame check exercises/{name}" in run.text


def test_a_copy_that_is_named_is_checked_with_the_tests_of_its_exercise(course, capsys):
    copy = course / "exercises" / f"{NAME}-Copy1.ipynb"
    shutil.move(course / "exercises" / f"{NAME}.ipynb", copy)
    write_course(course, NAME, {})
    assert check_from_command_line(f"exercises/{copy.name}", course) == 0
    assert f"Exercise {NAME}" in capsys.readouterr().out
    assert check_from_command_line("01", course) == 1


@pytest.mark.parametrize(
    ("place", "exercise", "handed_out"),
    [
        (".", f"exercises/{NAME}.ipynb", True),
        (".", f"exercises/{NAME}.ipynb", False),
        (".", f"{NAME}.ipynb", True),
        ("exercises", f"{NAME}.ipynb", False),
        ("exercises", f"exercises/{NAME}.ipynb", True),
        ("notebooks", f"../exercises/{NAME}.ipynb", False),
        ("notebooks", f"{NAME}.ipynb", True),
    ],
)
def test_a_notebook_is_found_by_its_name_from_anywhere_in_the_course(
    place, exercise, handed_out, course, monkeypatch
):
    (course / "notebooks").mkdir()
    if handed_out:
        (course / ".balancegame").mkdir()
        (course / ".balancegame" / "handed-out.json").write_text("{}")
    monkeypatch.chdir(course / place)
    result = CliRunner().invoke(main, ["check", exercise])
    assert result.exit_code == 0, result.output
    assert "15 of 15 points." in result.output


def test_an_absolute_path_and_another_folder_will_do(course, monkeypatch, tmp_path_factory):
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    path = course / "exercises" / f"{NAME}.ipynb"
    assert CliRunner().invoke(main, ["check", str(path)]).exit_code == 0
    there = ["--course", str(course)]
    assert CliRunner().invoke(main, ["check", path.name, *there]).exit_code == 0


def test_an_ending_in_capitals_is_an_ending(course):
    path = course / "exercises" / f"{NAME}.ipynb"
    path.rename(path.with_suffix(".IPYNB"))
    assert by_command(course, "01").code == 0
    assert by_command(course, f"exercises/{NAME}.IPYNB").code == 0


def _as_a_script(course):
    script = course / "exercises" / f"{NAME}.py"
    script.write_text("\n\n".join(RIGHT.values()), encoding="utf-8")
    return script


@pytest.mark.parametrize("exercise", ["01", NAME, None, f"exercises/{NAME}.py"])
def test_a_script_is_checked_as_grading_takes_it(exercise, course):
    (course / "exercises" / f"{NAME}.ipynb").unlink()
    _as_a_script(course)
    run = by_command(course, exercise)
    assert run.code == 0, run.text
    assert "15 of 15 points." in run.text


def test_a_script_beside_its_notebook_is_skipped_with_a_note(course):
    write_course(course, NAME, {})
    script = _as_a_script(course)
    run = by_command(course, "01")
    assert run.code == 1
    assert f"{NAME}.py was skipped, because the notebook of this exercise lies beside" in run.text
    assert f"To check it, run: balancegame check exercises/{script.name}" in run.text
    assert by_command(course, f"exercises/{script.name}").code == 0


def test_a_script_that_is_not_there_is_missed_as_a_script(course):
    assert "There is no script 01_mine.py in " in by_command(course, "01_mine.py").text
