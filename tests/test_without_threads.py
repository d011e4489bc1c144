"""Practice where no thread can be started, as in a browser: checks, deadlines and memory."""

from __future__ import annotations

import sys
import threading

import pytest

import balancegame as bg
from balancegame.course import hand_out
from balancegame.errors import GameError
from balancegame.grading.exercise.report import PASSED, UNATTEMPTED, WRONG
from balancegame.grading.isolation import deadline
from balancegame.grading.practice import memory
from balancegame.grading.practice.check import check
from balancegame.grading.practice.memory import EXERCISES, all_kept
from balancegame.grading.submission import answers as answers_module
from tests.exercise_notebooks import EXERCISES as NOTEBOOKS
from tests.exercise_notebooks import solution

NAME = "01_security_or_energy"


@pytest.fixture
def no_threads(monkeypatch):
    def refuse(thread):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    deadline.can_start_threads.cache_clear()
    assert not deadline.can_start_threads()
    yield
    monkeypatch.undo()
    deadline.can_start_threads.cache_clear()
    assert deadline.can_start_threads()


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(answers_module, "PATIENCE", answers_module.Patience(call=0.2, at_once=0.2))


def answered(name=NAME, **changed):
    names = {}
    for task, source in solution(name).items():
        exec(compile(changed.get(f"task_{task}", source), "/tmp/ipykernel_0/1.py", "exec"), names)
    return names


@pytest.mark.parametrize("name", [notebook.stem for notebook in NOTEBOOKS])
def test_every_exercise_is_checked_as_it_is_with_threads(name, no_threads, monkeypatch):
    right = answered(name)
    here = check(name[:2], namespace=right), check(name[:2], namespace={})
    monkeypatch.undo()
    deadline.can_start_threads.cache_clear()
    assert here == (check(name[:2], namespace=right), check(name[:2], namespace={}))
    assert [{o.verdict for o in report.outcomes} for report in here] == [{PASSED}, {UNATTEMPTED}]


def test_a_wrong_answer_gets_its_sentence(no_threads):
    report = check("01", task=1, namespace={**answered(), "japan_if_tax": {"Invest"}})
    wrong = {o.criterion: o.message for o in report.outcomes if o.verdict == WRONG}
    assert len(wrong) == 1
    assert "japan_if_tax" in next(iter(wrong.values()))


def test_a_function_that_never_ends_is_ended(no_threads, impatient):
    endless = "def is_equilibrium(japan, us, row, column):\n    while True:\n        pass"
    report = check("01", task=3, namespace=answered(task_3=endless))
    assert {o.verdict for o in report.outcomes} == {WRONG}
    assert {"was not done within 0.2 seconds" in o.message for o in report.outcomes} == {True}
    assert check("01", task=3, namespace=answered()).passed


def test_only_a_students_own_lines_are_looked_at(no_threads):
    # To look at the clock at each line of a library would take long.
    students = compile("def own():\n    return here()", "/tmp/ipykernel_0/1.py", "exec")
    names = {"here": sys._getframe}
    exec(students, names)
    with deadline.Deadline(60) as limit:
        assert limit._look_at_the_clock(names["own"](), "line", None) is not None
        ours = bg.NormalFormGame.payoff.__code__.co_filename
        frame = eval(compile("here()", ours, "eval"), {"here": sys._getframe})
        assert limit._look_at_the_clock(frame, "line", None) is None


def test_what_traced_before_traces_again(no_threads):
    before = sys.gettrace()
    with deadline.Deadline(60):
        assert sys.gettrace() is not before
    assert sys.gettrace() is before


def test_points_are_kept_and_the_start_page_knows_them(no_threads, tmp_path, monkeypatch):
    hand_out(tmp_path)
    monkeypatch.chdir(tmp_path / "exercises")
    assert check("01", namespace=answered()).passed
    kept, complaints = all_kept(EXERCISES)
    assert (kept[NAME]["points"], kept[NAME]["worth"], complaints) == (15, 15, [])
    assert "15 of 15" in bg.progress()._repr_markdown_()


def test_in_a_browser_the_drive_is_the_course(no_threads, tmp_path, monkeypatch):
    (tmp_path / "exercises").mkdir()
    monkeypatch.chdir(tmp_path / "exercises")
    assert check("01", namespace={}) is not None
    assert not (tmp_path / ".balancegame").exists()
    monkeypatch.setattr(memory, "_DRIVE", tmp_path)
    assert check("01", namespace=answered()).passed
    assert check("01", namespace={}).points == 0
    assert check("01", namespace=answered()).passed
    assert all_kept(EXERCISES)[0][NAME]["points"] == 15
    kept = tmp_path / ".balancegame" / "kept" / "exercises"
    assert [path.name for path in kept.iterdir()] == [f"{NAME}.txt"]


def test_tests_that_cannot_run_say_so(no_threads, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "test_01_broken.py").write_text("def test_nothing(:\n", encoding="utf-8")
    with pytest.raises(GameError, match=r"the tests in test_01_broken.py cannot run .*SyntaxError"):
        check("01", namespace={})
