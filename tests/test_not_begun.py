"""What a check says of tasks that nobody has begun."""

from __future__ import annotations

import pytest

from balancegame.grading.practice.check import check, check_from_command_line
from balancegame.grading.run.pytest_session import Session
from balancegame.grading.submission.answers import live_source
from tests.exercise_notebooks import REPOSITORY, in_notebook, write_course

NAME = "01_security_or_energy"


@pytest.mark.parametrize("hints", range(4))
def test_who_has_not_begun_a_task_gets_its_hints_too(hints, tmp_path, capsys):
    write_course(tmp_path, NAME, {})
    report = check("01", task=3, hints=hints, namespace={})
    ladder = report.outcomes[0].hints
    assert len(ladder) == 3
    assert report.has_more_hints is (hints < 3)
    assert [hint in report.messages for hint in ladder] == [k < hints for k in range(3)]
    assert check_from_command_line("01", tmp_path, hints) == 1
    text = " ".join(capsys.readouterr().out.split())
    assert [" ".join(hint.split()) in text for hint in ladder] == [k < hints for k in range(3)]
    assert ("Stuck?" in text) is (hints < 3)


def test_points_that_only_the_grader_gives_are_told_before_the_task_is_begun(tmp_path):
    path = write_course(tmp_path, NAME, {})
    only = "1 more point is given by checks that only the grader makes."
    report = in_notebook(path)
    assert [only in report.of(task).messages for task in report.tasks] == [
        False,
        False,
        True,
        False,
    ]


def test_a_hidden_check_waits_for_whoever_has_not_tried():
    exercises = REPOSITORY / "exercises"
    tests = [exercises / f"test_{NAME}.py", exercises / f"test_{NAME}_hidden.py"]
    session = Session(tests)
    try:
        hidden = [o for o in session.run(NAME, live_source({})) if o.hidden]
    finally:
        session.close()
    assert hidden
    assert {o.message for o in hidden} == {
        f'A hidden check waits for your answer: "{o.criterion}".' for o in hidden
    }
