"""What a submission makes the grader itself raise stays with it, and is kept to be mended."""

from __future__ import annotations

import pickle

import pytest

from balancegame.grading.isolation.channel import InfrastructureFault
from balancegame.grading.run import grading_process
from balancegame.grading.run.orders import GraderFault
from tests.grading.test_grade_command import FakeEngine, fake, grade, grades, place

__all__ = ["fake", "place"]
SAID = "It cannot be graded: the grader itself stopped at it, with ValueError."


class StoppedAtBob(FakeEngine):
    def submit(self, student, exercise, path, member=""):
        answer = super().submit(student, exercise, path, member)
        if student == "bob":
            answer = type(answer)()
            answer.set_exception(GraderFault(SAID, "Traceback: line 7, ValueError"))
        return answer


def test_the_grader_stops_at_one_submission_alone(place, fake):
    engine = fake(StoppedAtBob)
    result = grade(place)
    assert result.exit_code == 1
    assert "1 could not be graded" in result.output
    # What stopped once would stop again, and the others are not kept waiting.
    assert engine.calls == {"ann": 1, "bob": 1, "cy": 1}
    rows = grades(place)
    assert {name: row["total"] for name, row in rows.items()} == {"ann": "2", "bob": "", "cy": "2"}
    out = place / "out"
    assert SAID in (out / "class-report.html").read_text(encoding="utf-8")
    assert "tracebacks.txt" in (out / "class-report.html").read_text(encoding="utf-8")
    kept = (out / "tracebacks.txt").read_text(encoding="utf-8")
    assert "bob, 05_deterrence" in kept
    assert "line 7, ValueError" in kept
    # What is mended is graded, and nothing is kept of it.
    fake()
    assert grade(place).exit_code == 0
    assert grades(place)["bob"]["total"] == "2"
    assert not (out / "tracebacks.txt").exists()


@pytest.mark.parametrize("error", [ValueError("x"), RecursionError(), KeyError("y"), OSError(5)])
def test_whatever_is_raised_in_grading_becomes_a_fault_that_travels(error, monkeypatch):
    def broken(*order):
        raise error

    monkeypatch.setattr(grading_process, "_graded", broken)
    with pytest.raises(GraderFault) as caught:
        grading_process.grade(None, "ann", "01", None, "")
    said, trace = pickle.loads(pickle.dumps(caught.value)).args
    assert said.endswith(f"stopped at it, with {type(error).__name__}.")
    assert "in broken" in trace


@pytest.mark.parametrize("error", [InfrastructureFault("x"), MemoryError()])
def test_what_the_machine_did_is_no_fault_of_the_grader(error, monkeypatch):
    def broken(*order):
        raise error

    monkeypatch.setattr(grading_process, "_graded", broken)
    with pytest.raises(type(error)):
        grading_process.grade(None, "ann", "01", None, "")


def test_an_error_from_elsewhere_stays_with_its_submission_too(place, fake):
    class Lost(FakeEngine):
        def submit(self, student, exercise, path, member=""):
            answer = super().submit(student, exercise, path, member)
            if student == "bob":
                answer = type(answer)()
                answer.set_exception(TypeError("cannot pickle"))
            return answer

    fake(Lost)
    assert grade(place).exit_code == 1
    assert [row["total"] for row in grades(place).values()] == ["2", "", "2"]
    kept = (place / "out" / "tracebacks.txt").read_text(encoding="utf-8")
    assert "TypeError: cannot pickle" in kept


def test_a_file_that_stopped_the_whole_class_stops_nobody(place):
    own = place / "submissions" / "bob"
    (own / "05_deterrence.ipynb").unlink()
    (own / "05_deterrence.py").write_text(f"# Task {'9' * 5000}\nsmallest_sanction = 7")
    assert grade(place, "--require-isolation", "process").exit_code == 0
    assert {name: row["total"] for name, row in grades(place).items()} == {
        "ann": "7",
        "bob": "2",
        "cy": "7",
    }
