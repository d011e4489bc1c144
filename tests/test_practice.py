"""Checks of a student's notebook: whatever it holds, the answer is a sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

import balancegame as bg
from balancegame.course import hand_out
from balancegame.grading.exercise.report import PASSED, UNATTEMPTED, WRONG, Outcome, Report
from balancegame.grading.isolation import fresh_interpreter
from balancegame.grading.practice.check import check, check_from_command_line
from balancegame.grading.submission import answers as answers_module
from balancegame.grading.submission.submitted_file import read_submission
from balancegame.grading.worker.namespace import jupyter_only_line
from tests.exercise_notebooks import by_command, by_pytest, in_notebook, solution, write_course
from tests.grading import warm_workers

NAME = "01_security_or_energy"
RIGHT = solution(NAME)


@pytest.fixture(autouse=True)
def forked_workers(monkeypatch):
    """Fork workers, instead of starting Python for each check."""
    monkeypatch.setattr(fresh_interpreter, "subprocess", warm_workers)


@pytest.fixture
def impatient(monkeypatch):
    patience = answers_module.Patience(cell=4.0, call=1.0, at_once=0.2)
    monkeypatch.setattr(answers_module, "PATIENCE", patience)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("japan = [[1, 2]\nus = 3", "Python cannot read it"),
        (
            "if us = 3: pass",
            "you meant '==' or ':=' instead of '='; to ask whether",
        ),
        ("from math import sqart", "ImportError in line 2: cannot import name 'sqart'"),
        ("japan = 1 / 0", "ZeroDivisionError in line 2: division by zero"),
        ("x = 1\nimport sys\nsys.exit(0)", "it calls exit() in line 4"),
        ("exit()", "it calls exit() in line 2"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt in line 2"),
        ("import os\nos._exit(0)", "it ended Python"),
        ("import time\nwhile True: time.sleep(0.1)", "an endless loop"),
        ("%run other.py\njapan = us = 0", "it uses %run, which only Jupyter"),
        ("%reset -f", "it uses %reset, which only Jupyter"),
        ("name = input()", "it waits for input() in line 2"),
        ("def f(): return f()\njapan = f()", "calls itself without end"),
        ("raise ValueError('two\\nlines and ' + 'x' * 5000)", "ValueError in line 2: two lines"),
    ],
)
def test_a_broken_cell_is_named_and_the_others_count(source, words, tmp_path, impatient):
    write_course(tmp_path, NAME, {**RIGHT, 4: source})
    run = by_command(tmp_path)
    text = " ".join(run.text.split())
    assert run.code == 1
    assert "11 of 15 points." in text
    assert "The cell of task 4 (code cell 8 from the top) stopped: " in text
    assert words in text
    assert "Traceback" not in text
    assert len(text) < 1200


def test_a_module_whose_name_is_misspelt_is_named(tmp_path):
    broken = "import numpyy as np\njapan = us = np.zeros((2, 2))"
    write_course(tmp_path, NAME, {**RIGHT, 4: broken})
    text = " ".join(by_command(tmp_path).text.split())
    assert "11 of 15 points." in text
    assert "worked out here: this task does not allow numpyy, which is needed in line 3" in text


def test_a_broken_cell_is_blamed_for_its_own_task_only(tmp_path):
    waiting = "japan = [[..., ...], [..., ...]]"
    write_course(tmp_path, NAME, {**RIGHT, 3: "japan = us = is_equilibrium = 1 / 0", 4: waiting})
    text = by_command(tmp_path).text
    assert text.count("ZeroDivisionError") == 1
    assert "japan and us are not there yet or still hold the three dots" in text


def test_a_broken_cell_that_lost_its_task_is_known_by_its_answer(tmp_path):
    path = write_course(tmp_path, NAME, RIGHT, keep_metadata=False)
    source = path.read_text(encoding="utf-8").replace("# Task 4", "1 / 0")
    path.write_text(source, encoding="utf-8")
    text = " ".join(by_command(tmp_path).text.split())
    assert "11 of 15 points." in text
    assert "A cell (code cell 8 from the top) stopped: ZeroDivisionError in line 1" in text


def test_a_broken_cell_is_named_by_pytest_too(tmp_path):
    write_course(tmp_path, NAME, {**RIGHT, 4: "japan = 1 / 0"}, keep_metadata=False)
    run = by_pytest(tmp_path)
    assert run.code == 1
    assert "The cell of task 4 (code cell 8 from the top) stopped: ZeroDivision" in run.text
    assert "11 of 15 points." in run.text
    assert "Traceback" not in run.text


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("while True: pass", "not done within 1 seconds"),
        ("import os; os._exit(0)", "ended Python"),
        ("import sys; sys.exit(0)", "it calls exit()"),
        ("print('noise' * 10_000); return 1 / 0", "ZeroDivisionError"),
        ("return is_equilibrium(japan, us, row, column)", "calls itself without end"),
        ("return 'x' * 10_000_000", "longer than an answer can be"),
    ],
)
def test_a_broken_function_is_told_so_and_the_others_count(body, words, tmp_path, impatient):
    source = f"def is_equilibrium(japan, us, row, column):\n    {body}"
    write_course(tmp_path, NAME, {**RIGHT, 3: source})
    run = by_command(tmp_path)
    assert run.code == 1
    assert words in " ".join(run.text.split())
    assert "12 of 15 points." in run.text


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass",
        (
            "while True:\n        try: time.sleep(0.01)\n        except BaseException: japan = 0\n"
            "        if japan == 0: return True"
        ),
    ],
)
def test_an_endless_loop_does_not_keep_the_notebook_busy(body, tmp_path, impatient):
    source = f"import time\ndef is_equilibrium(japan, us, row, column):\n    {body}"
    report = in_notebook(write_course(tmp_path, NAME, {**RIGHT, 3: source}))
    assert "not done within 1 seconds; look for an endless loop" in " ".join(
        str(report.of(3)).split()
    )
    assert (report.points, report.of(3).points) == (12, 0)


def test_printing_and_reading_files_beside_the_notebook_do_no_harm(tmp_path):
    noise = "import os, sys\nprint('{\"value\": 1}', flush=True)\nos.write(1, b'noise')\n"
    beside = "open('mine.txt', 'w').close()\n"
    write_course(tmp_path, NAME, {**RIGHT, 1: noise + beside + RIGHT[1]})
    assert by_command(tmp_path).code == 0
    assert (tmp_path / "exercises" / "mine.txt").exists()


@pytest.mark.parametrize("content", ["{}", "[]", "null", '{"cells": 3}', '{"cells": [7]}'])
def test_a_file_that_is_no_notebook_is_named(content, tmp_path):
    write_course(tmp_path, NAME, {}).write_text(content, encoding="utf-8")
    run = by_command(tmp_path)
    assert run.code == 1
    assert "is not a readable notebook" in " ".join(run.text.split())


def test_cells_may_be_copied_deleted_and_moved(tmp_path):
    path = write_course(tmp_path, NAME, RIGHT)
    notebook = json.loads(path.read_text(encoding="utf-8"))
    answers = [cell for cell in notebook["cells"] if "tags" in cell["metadata"]]
    notebook["cells"] = [*answers[::-1], answers[0]]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert by_command(tmp_path).code == 0


def test_a_renamed_answer_is_unattempted(tmp_path):
    write_course(tmp_path, NAME, {**RIGHT, 2: RIGHT[2].replace("all_equilibria", "mine")})
    text = " ".join(by_command(tmp_path).text.split())
    assert "There is no all_equilibria yet; give your answer exactly this name" in text


@pytest.mark.parametrize("exercise", ["01", "1", None, NAME, f"exercises/{NAME}.ipynb"])
def test_an_exercise_is_found_by_number_and_name(exercise, tmp_path):
    write_course(tmp_path, NAME, RIGHT)
    assert by_command(tmp_path, exercise).code == 0


@pytest.mark.parametrize("place", [".", "exercises"])
def test_the_current_folder_will_do(place, tmp_path, monkeypatch):
    write_course(tmp_path, NAME, RIGHT)
    monkeypatch.chdir(tmp_path / place)
    assert check_from_command_line("01", None) == 0
    assert check_from_command_line("01", "balancegame-course") == 0


@pytest.mark.parametrize(
    ("exercise", "words"),
    [
        ("07", "its exercises are 01"),
        ("first", "'first' is not the number of an exercise"),
        ("07_nothing.ipynb", "There is no notebook 07_nothing.ipynb"),
    ],
)
def test_what_is_not_there_is_said_on_one_line(exercise, words, tmp_path, capsys):
    write_course(tmp_path, NAME, {})
    assert check_from_command_line(exercise, tmp_path) == 2
    captured = capsys.readouterr()
    assert words in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""


def test_missing_or_broken_tests_are_not_the_students_fault(tmp_path, capsys):
    tests = write_course(tmp_path, NAME, RIGHT).with_name(f"test_{NAME}.py")
    tests.write_text("import nothing_of_that_name", encoding="utf-8")
    assert check_from_command_line("01", tmp_path) == 2
    assert "take a fresh copy of the file" in capsys.readouterr().err
    tests.unlink()
    assert check_from_command_line("01", tmp_path) == 2
    assert "run balancegame lab, which puts back what is missing" in capsys.readouterr().err


def test_a_stray_conftest_or_setting_changes_nothing(tmp_path, monkeypatch):
    folder = write_course(tmp_path, NAME, RIGHT).parent
    (folder / "conftest.py").write_text("raise SystemExit('mine')", encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option", encoding="utf-8")
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")
    assert by_command(tmp_path).code == 0


def test_the_call_in_a_notebook_reads_the_callers_names():
    namespace = {"bg": bg, "check": check}
    exec(RIGHT[1], namespace)
    assert eval('check("01", task=1)', namespace).passed
    assert eval('check("1")', namespace).points == 4


def test_the_call_in_a_notebook_leaves_it_alone():
    namespace = {"japan_if_tax": {"Invest"}, "is_equilibrium": "mine"}
    before = dict(namespace)
    check("01", namespace=namespace)
    assert namespace == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("01", 9), "exercise 01 has no task 9; its tasks are 1, 2, 3 or 4"),
        (("42", None), "there is no exercise 42 near this notebook"),
        (("one", None), "'one' is not the number of an exercise"),
    ],
)
def test_the_call_in_a_notebook_names_what_it_does_not_know(arguments, words):
    with pytest.raises(bg.GameError) as error:
        check(*arguments, namespace={})
    assert words in str(error.value)


def test_a_check_does_not_check_itself(monkeypatch):
    monkeypatch.setenv("BALANCEGAME_CHECKING", "1")
    assert check("01", namespace={}) is None


@pytest.mark.parametrize(
    ("cell", "task"),
    [
        ({"metadata": {"balancegame": {"task": 3}}, "source": "x = 1"}, 3),
        ({"metadata": {"tags": ["other", "task-2"]}, "source": ["x = 1\n", "y = 2"]}, 2),
        ({"metadata": {}, "source": "# Task 4\nx = 1"}, 4),
        ({"source": "x = 1  # Task 4"}, None),
    ],
)
def test_the_task_of_a_cell_survives_what_tools_strip(cell, task, tmp_path):
    path = tmp_path / "notebook.ipynb"
    path.write_text(json.dumps({"cells": [{"cell_type": "code", **cell}]}), encoding="utf-8")
    assert [found.task for found in read_submission(path).cells] == [task]


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("%%bash\nls", "%%bash"),
        ("x = 1\n  !ls -l", "!ls"),
        ("bg.draw?", "bg.draw?"),
        ("x = 1\nrows = %sql select 1", "%sql"),
        ("x = '''\n%d items\n''' % 3", None),
        ("x = (", None),
    ],
)
def test_magics_are_recognised(source, what):
    assert jupyter_only_line(source) == what


def test_a_report_tells_each_thing_once():
    report = Report(
        "01_x",
        (
            Outcome("01_x", 1, 2, PASSED),
            Outcome("01_x", 1, 1, WRONG, "Look again.", "key"),
            Outcome("01_x", 1, 1, WRONG, "Look again.", "key"),
            Outcome("01_x", 2, 3, UNATTEMPTED, "a still holds the three dots.", "a"),
        ),
    )
    assert str(report) == (
        "Task 1   2 of 4   not there yet\n    Look again.\n"
        "Task 2   0 of 3   not attempted yet\n    a still holds the three dots.\n"
        "2 of 7 points."
    )
    assert "**Task 2: not attempted yet** (0 of 3 points)" in report._repr_markdown_()


@pytest.mark.parametrize(
    ("number", "name", "waiting"),
    [
        ("01", NAME, "japan and us"),
        ("04", "04_sanctioning_together", "B, beta, c, g and s"),
    ],
)
def test_an_unattempted_task_names_every_answer_that_waits(tmp_path, number, name, waiting):
    write_course(tmp_path, name, {})
    text = " ".join(by_command(tmp_path, number).text.split())
    assert f"{waiting} are not there yet or still hold the three dots" in text


def test_an_attempted_task_names_only_what_still_waits(tmp_path):
    write_course(
        tmp_path, "04_sanctioning_together", {4: "B = 8\nbeta = 0\nc = ...\ng = 1\ns = ..."}
    )
    text = " ".join(by_command(tmp_path, "04").text.split())
    assert "c and s are not there yet or still hold the three dots" in text


def test_answers_that_wait_are_named_once_over_several_tests():
    outcomes = tuple(
        Outcome("01_x", 1, 1, UNATTEMPTED, "Waiting.", key) for key in ("a", "a b", "b c")
    )
    assert Report("01_x", outcomes).messages == ("Waiting for your answers: a, b and c.",)


def test_pytest_in_the_course_heeds_no_settings_of_the_project_around_it(tmp_path):
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n", encoding="utf-8")
    hand_out(tmp_path / "course")
    finished = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "exercises/test_01_security_or_energy.py"],
        cwd=tmp_path / "course",
        # Nobody who takes the course has the plugins of these tests.
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
    )
    assert "UNATTEMPTED" in finished.stdout, finished.stdout + finished.stderr


def test_hints_are_offered_and_shown_one_by_one(tmp_path, capsys):
    hand_out(tmp_path)
    notebook = tmp_path / "exercises" / "01_security_or_energy.ipynb"
    cells = json.loads(notebook.read_text(encoding="utf-8"))
    answered = next(c for c in cells["cells"] if "japan_if_tax = ..." in "".join(c["source"]))
    answered["source"] = "# Task 1\njapan_if_tax = {'Wait'}"
    notebook.write_text(json.dumps(cells), encoding="utf-8")
    shown = []
    for hints in range(4):
        assert check_from_command_line("01", tmp_path, hints) == 1
        shown.append(capsys.readouterr().out)
    assert [f"--hints {k + 1}" in out for k, out in enumerate(shown)] == [True, True, True, False]
    assert len(shown[0]) < len(shown[1]) < len(shown[2])
    report = check("01", namespace={"japan_if_tax": {"Wait"}})
    assert "hints=1" in report._repr_markdown_()


def test_points_that_only_the_grader_gives_are_not_counted_as_reached(tmp_path):
    write_course(tmp_path, NAME, RIGHT)
    run = by_command(tmp_path)
    text = " ".join(run.text.split())
    assert "Task 3 3 of 3 passed 1 more point is given by checks that only the grader makes" in text
    assert "Task 2 4 of 4 passed Task" in text
    assert "15 of 15 points." in text
    assert run.code == 0
    report = in_notebook(tmp_path / "exercises" / f"{NAME}.ipynb")
    assert report.elsewhere == {3: 1}
    assert "only the grader makes" in report.of(3)._repr_markdown_()


def test_what_was_answered_and_how_it_was_read_is_said(tmp_path):
    name = "03_mixing_and_guarding"
    given = f"{solution(name)[1]}\njapan_violates = 6 / 15 - 1e-17\nus_sanctions = 0.123"
    write_course(tmp_path, name, {1: given})
    text = " ".join(by_command(tmp_path, "03").text.split())
    assert "You answered 0.123." in text
    write_course(tmp_path / "other", name, {1: given.replace("6 / 15", "1.4 - 1")})
    text = " ".join(by_command(tmp_path / "other", "03").text.split())
    assert "You answered 0.3999999999999999, read as 2/5." in text
