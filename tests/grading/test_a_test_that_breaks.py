"""A test of the instructor's that breaks: nobody's points are known, and everybody is told."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from balancegame.cli import main
from balancegame.errors import GameError
from balancegame.grading.handout.exercise_verification import verify_exercises
from balancegame.grading.isolation.tiers import available_tiers
from tests.grading.test_grade_command import grade, grades

NAME = "05_deterrence"
HEAD = "import pytest\n\n\n"
WHOLE = """@pytest.mark.task(1)
@pytest.mark.points(2)
def test_x(student):
    assert student.answer("x") == 1


@pytest.mark.task(2)
@pytest.mark.points(3)
def test_y(student):
    assert student.answer("y") == 2
"""
BROKEN = {
    "division": WHOLE + "    1 / 0\n",
    "exit": WHOLE + "    pytest.exit('enough')\n",
    "interrupt": WHOLE + "    raise KeyboardInterrupt\n",
    "skip": WHOLE + "    pytest.skip('today')\n",
    "fail in a teardown": WHOLE.replace("test_y(student)", "test_y(student, late)")
    + "\n\n@pytest.fixture\ndef late():\n    yield\n    pytest.fail('late')\n",
}


@pytest.fixture
def classroom(tmp_path):
    (tmp_path / "my-exercises").mkdir()
    for student, y in (("ann", 2), ("bob", 3), ("cy", 2)):
        path = tmp_path / "submissions" / student / f"{NAME}.py"
        path.parent.mkdir(parents=True)
        path.write_text(f"x, y = 1, {y}", encoding="utf-8")
    return tmp_path


def write(folder, tests):
    (folder / "my-exercises" / f"test_{NAME}.py").write_text(HEAD + tests, encoding="utf-8")


def graded(folder):
    result = grade(folder, "--require-isolation", available_tiers()[-1])
    return result, {name: (row[NAME], row["total"]) for name, row in grades(folder).items()}


@pytest.mark.parametrize("how", BROKEN)
def test_unknown_is_unknown_everywhere(how, classroom):
    write(classroom, BROKEN[how])
    result, points = graded(classroom)
    # Bob's answer is wrong before the test breaks, if it breaks there at all.
    bob = ("", "") if how == "fail in a teardown" else ("2", "2")
    assert (points["ann"], points["cy"], points["bob"]) == (("", ""), ("", ""), bob)
    assert result.exit_code == 1
    count = 3 if bob[0] == "" else 2
    assert f"{count} met a test that broke or was left out" in " ".join(result.output.split())
    word = "was left out" if how == "skip" else "broke"
    note = f'{NAME}: The check "y" of task 2 {word}; correct the test and grade again'
    assert note in grades(classroom)["ann"]["notes"]
    told = json.loads((classroom / "out" / "results" / "ann.json").read_text(encoding="utf-8"))
    assert "score" not in told
    assert told["tests"] == []
    assert told["output"].startswith(f"Not graded yet: {NAME}. This is not your fault")
    page = (classroom / "out" / "feedback" / "ann.html").read_text(encoding="utf-8")
    assert "This is not your fault and costs you no points" in page
    assert "2 of 2" in page
    assert "0 of 3" not in page
    assert "Not yet" not in page
    report = (classroom / "out" / "class-report.html").read_text(encoding="utf-8")
    assert f"task 2 {word}; correct the test and grade again." in report
    junit = (classroom / "out" / "junit.xml").read_text(encoding="utf-8")
    assert 'failures="0" errors="2"' in junit


def test_the_next_run_grades_again_and_the_correct_test_counts(classroom):
    write(classroom, BROKEN["division"])
    graded(classroom)
    result, points = graded(classroom)
    assert "2 submissions graded now, 1 before" in result.output
    assert points["ann"] == ("", "")
    write(classroom, WHOLE)
    result, points = graded(classroom)
    assert (result.exit_code, points) == (
        0,
        {"ann": ("5", "5"), "bob": ("2", "2"), "cy": ("5", "5")},
    )


def test_whose_grade_was_not_known_has_neither_gained_nor_lost(classroom):
    book = str(classroom / "out" / "gradebook.sqlite")
    write(classroom, BROKEN["division"])
    graded(classroom)
    write(classroom, WHOLE)
    graded(classroom)
    # Bob's answer was wrong before the test broke, so his 2 points were known.
    told = CliRunner().invoke(main, ["changes", book]).output.splitlines()
    assert told[0].startswith("Of 3 students 0 gained and 0 lost since run ")
    assert told[1] == "2 grades that were not known then are known now (ann and cy)."
    assert told[2].startswith("  ann, 05_deterrence: not graded to 5 (")
    write(classroom, BROKEN["fail in a teardown"])
    graded(classroom)
    told = CliRunner().invoke(main, ["changes", book]).output.splitlines()
    assert told[1] == "3 grades that were known are not known now; grade again."
    assert not [line for line in told if "together" in line]


def test_a_test_that_broke_for_once_is_asked_again(classroom):
    mark = classroom / "broken"
    mark.touch()
    write(classroom, WHOLE + f"    import os\n    assert not os.remove({str(mark)!r})\n")
    assert graded(classroom)[1]["ann"] == ("5", "5")
    assert graded(classroom)[1]["cy"] == ("", "")
    mark.touch()
    result, points = graded(classroom)
    assert (result.exit_code, points["cy"]) == (0, ("5", "5"))


def test_a_person_may_decide_where_a_test_broke(classroom):
    write(classroom, BROKEN["division"])
    graded(classroom)
    place = ["--student", "ann", "--exercise", NAME, "--task", "2"]
    book = str(classroom / "out" / "gradebook.sqlite")
    given = CliRunner().invoke(
        main, ["override", book, *place, "--points", "3", "--reason", "Right by hand."]
    )
    assert given.exit_code == 0, given.output
    assert grades(classroom)["ann"]["total"] == "5"
    assert grades(classroom)["cy"]["total"] == ""


@pytest.mark.parametrize("mark", ["", "@pytest.mark.points(3)\n"])
def test_a_test_without_a_task_is_refused(mark, classroom):
    write(classroom, f"{mark}def test_x(student):\n    pass\n")
    words = f"the test test_x in test_{NAME}.py belongs to no task"
    with pytest.raises(GameError, match=words):
        list(verify_exercises(classroom / "my-exercises"))
    result = grade(classroom, "--require-isolation", available_tiers()[-1])
    assert result.exit_code != 0
    assert "belongs to no task" in " ".join(result.output.split())
    assert not (classroom / "out" / "grades.csv").exists()
