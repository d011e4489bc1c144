"""Every file and every command of the instructor's guide, run in its order."""

from __future__ import annotations

import csv
import json
import re
import shlex
from fractions import Fraction

import pytest
from click.testing import CliRunner

from balancegame.cli import main
from balancegame.grading import exercise
from balancegame.grading.handout import rehearsed_answers
from tests.grading import platforms
from tests.grading.guide import (
    GUIDE,
    REPOSITORY,
    commands,
    handed_in,
    solution_cells,
    write_exercises,
)
from tests.grading.importers import (
    CanvasCourse,
    canvas_import,
    moodle_gradebook_import,
    moodle_offline_import,
)
from tests.grading.platforms import canvas_name, laid

PEOPLE = [platforms.person("ann"), platforms.person("bob")]


def run(line):
    program, *arguments = shlex.split(line)
    assert program == "balancegame"
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def grades(folder):
    with (folder / "graded" / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def files_of(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with the guide's exercises and what ann and bob handed in."""
    monkeypatch.chdir(tmp_path)
    write_exercises(tmp_path)
    right = solution_cells()
    for student, answers in {"ann": right, "bob": {2: right[2]}}.items():
        work = handed_in(answers).encode("utf-8")
        laid(tmp_path / "submissions" / student, {"05_deterrence.ipynb": work})
        laid(tmp_path / "download", {canvas_name(student, "05_deterrence.ipynb"): work})
    (tmp_path / "roster.csv").write_bytes(platforms.canvas_roster(people=PEOPLE))
    worksheet = platforms.moodle_worksheet(people=PEOPLE)
    # The gradebook knows students by their logins, which Moodle need not show.
    rows = [row.split(b",") for row in worksheet.split(b"\r\n")]
    logins = [b"Username", *(login.encode() for login in ("ann", "bob"))]
    lines = [b",".join([login, *row]) for login, row in zip(logins, rows, strict=False)]
    mark = b"\xef\xbb\xbf"
    (tmp_path / "worksheet.csv").write_bytes(b"\r\n".join(lines).replace(mark, b""))
    people = [["First name", "Last name", "Username", "Email address"]]
    people += [[first, last, login, email] for login, _, _, _, email, first, last in PEOPLE]
    (tmp_path / "participants.csv").write_bytes(platforms.table(people))
    return tmp_path


def test_the_guide_does_what_it_says(place):
    seen, reports = [], set()
    for line, says in commands():
        before = files_of(place)
        result = run(line)
        if line.startswith("balancegame grade "):
            reports |= files_of(place) - before
        assert result.exit_code == 0, f"{line}\n{result.output}"
        for words in says:
            assert words in result.output
        seen.append(line)
        if "--points" in line:
            assert grades(place)["bob"]["05_deterrence"] == "4.5"
        if "--remove" in line:
            assert grades(place)["bob"]["05_deterrence"] == "3"
        if line.startswith("balancegame release"):
            check_the_bundle(place)
    assert {line.split()[1] for line in seen} == {
        "verify-exercise",
        "release",
        "variant",
        "handout",
        "collect",
        "grade",
        "override",
        "feedback",
        "changes",
        "grades",
        "tournament",
    }
    named = {*re.findall(r"`(graded/[^`]+)`", GUIDE)}
    assert named
    assert named <= reports
    check_the_grades_handed_on(place)
    # ann solved the published table of task 3, which is not the one of her own.
    assert grades(place)["ann"]["05_deterrence"] == "5"


def test_a_page_of_exercise_10_is_worth_what_its_reader_says(place):
    (line,) = re.findall(r"^    (balancegame override .*--exercise 10 .*)$", GUIDE, re.M)
    name = "10_your_own_model"
    solution = (REPOSITORY / "tests" / "solutions" / f"{name}.py").read_bytes()
    laid(place / "submissions" / "bob", {f"{name}.py": solution})
    exercises = shlex.quote(str(REPOSITORY / "exercises"))
    for_all = f"balancegame grade submissions --exercises {exercises} --out graded --exercise 10"
    graded = run(for_all)
    assert graded.exit_code == 0, graded.output
    before = Fraction(grades(place)["bob"][name])
    assert run(line).exit_code == 0
    assert Fraction(grades(place)["bob"][name]) == before - 4 + Fraction("2.5")
    page = (place / "graded" / "feedback" / "bob.html").read_text(encoding="utf-8")
    assert "only a number is doubted" in page


def test_a_class_gets_its_notebooks_and_latecomers_too(place):
    line = "balancegame handout --roster roster.csv --exercises my-exercises --out handouts"
    assert run(line).output == "2 notebooks for 2 students are in handouts.\n"
    notebooks = {path.parent.name: path for path in (place / "handouts").glob("*/*.ipynb")}
    assert notebooks.keys() == {"ann", "bob"}
    run("balancegame variant --student ann --exercises my-exercises --out one")
    alone = (place / "one" / "05_deterrence.ipynb").read_bytes()
    assert notebooks["ann"].read_bytes() == alone != notebooks["bob"].read_bytes()
    notebooks["ann"].write_text("mine", encoding="utf-8")
    (place / "roster.csv").write_bytes(
        platforms.canvas_roster(people=[*PEOPLE, platforms.CLASS[1]])
    )
    said = run(line).output
    assert said == "1 notebook for 3 students is in handouts; 2 were there already.\n"
    assert notebooks["ann"].read_text(encoding="utf-8") == "mine"


def check_the_grades_handed_on(place):
    course = CanvasCourse({501: "ann", 507: "bob"}, {77: "Exercise 5. How large a threat"})
    found, possible, *_ = canvas_import((place / "canvas.csv").read_bytes(), course)
    assert (found, possible) == ({(501, 77): "7.14", (507, 77): "4.29"}, {77: "10.00"})
    taken, _ = moodle_offline_import((place / "moodle.csv").read_bytes(), {9001, 9007}, 10)
    assert taken == {9001: 5, 9007: 3}
    users = {"ann@example.org": "ann", "bob@example.org": "bob"}
    data = (place / "moodle-gradebook.csv").read_bytes()
    items = {"Exercise 5. How large a threat": 5}
    assert moodle_gradebook_import(data, "Email address", users, items) == {
        ("ann", 5): 5,
        ("bob", 5): 3,
    }
    results = json.loads((place / "gradescope" / "ann" / "results.json").read_text("utf-8"))
    assert results["score"] == 5
    assert 'bob,"Ray, Bob",3,3,7' in (place / "grades.csv").read_text("utf-8-sig")
    assert "ann,05_deterrence" not in (place / "changes.csv").read_text("utf-8-sig")
    assert sorted(path.name for path in (place / "for-class").iterdir()) == ["ann.html", "bob.html"]


def check_the_bundle(place):
    handed_out = {path.name for path in (place / "for-students").iterdir()}
    assert handed_out == {
        "05_deterrence.ipynb",
        "test_05_deterrence.py",
        "variant_05_deterrence.py",
    }
    text = "".join(path.read_text(encoding="utf-8") for path in (place / "for-students").iterdir())
    for secret in (
        "SECRET_TABLES",
        "[4, 3, 6]",
        "larger tables",
        "below zero",
    ):
        assert secret not in text


def test_a_student_can_check_the_released_exercise(place):
    run("balancegame release my-exercises --out for-students")
    result = run("balancegame check 05 --course for-students")
    assert result.exit_code == 1
    assert result.output.count("not attempted yet") == 3


def test_a_student_can_check_a_notebook_with_payoffs_of_their_own(place, monkeypatch):
    source = place / "my-exercises" / "05_deterrence.ipynb"
    solved = json.loads(source.read_text(encoding="utf-8"))
    solved["cells"].append({"cell_type": "markdown", "metadata": {"tags": ["solution"]}})
    solved["cells"][-1]["source"] = "It is seven."
    source.write_text(json.dumps(solved), encoding="utf-8")
    line = "balancegame variant --student ann --exercises my-exercises --out handout/ann"
    assert run(line).exit_code == 0
    run("balancegame release my-exercises --out for-students")
    folder, released = place / "handout" / "ann", place / "for-students"
    assert {path.name for path in folder.iterdir()} == {path.name for path in released.iterdir()}
    for path in released.glob("*.py"):
        assert (folder / path.name).read_bytes() == path.read_bytes()
    notebook = folder / "05_deterrence.ipynb"
    text = notebook.read_text(encoding="utf-8")
    assert "seven" not in text
    (engage,) = re.findall(r"\*\*Engage\*\* \| (-?\d+), 5 \| (\d+), 7", text)
    punished, unpunished = map(int, engage)
    answer = f'smallest_probability = \\"{unpunished - 10}/{unpunished - punished}\\"'
    changed = text.replace("smallest_probability = ...", answer)
    assert changed != text
    notebook.write_text(changed, encoding="utf-8")
    again = run(line)
    assert again.exit_code == 1
    assert "05_deterrence.ipynb is there already; name a folder of the student's" in again.output
    monkeypatch.chdir(folder)
    result = run("balancegame check 05")
    assert result.exit_code == 1
    assert result.output.count("not attempted yet") == 2
    assert "2 of 5" in result.output
    (folder / "test_05_deterrence.py").unlink()
    says = "test_05_deterrence.py is not beside 05_deterrence.ipynb; ask whoever gave you the"
    assert says in run("balancegame check 05").output
    # What is missing of the course's own exercises comes back by a command.
    notebook.rename(folder / "01_security_or_energy.ipynb")
    assert "run balancegame lab" in run("balancegame check 01").output


def test_a_notebook_made_out_to_a_student_is_graded_with_its_own_payoffs(place):
    run("balancegame variant --student ann --exercises my-exercises --out handout/ann")
    text = (place / "handout" / "ann" / "05_deterrence.ipynb").read_text(encoding="utf-8")
    (engage,) = re.findall(r"\*\*Engage\*\* \| (-?\d+), 5 \| (\d+), 7", text)
    punished, unpunished = map(int, engage)
    answers = solution_cells()
    answers[3] = f'smallest_probability = "{unpunished - 10}/{unpunished - punished}"'
    path = place / "submissions" / "ann" / "05_deterrence.ipynb"
    path.write_text(handed_in(answers), encoding="utf-8")
    assert (
        run(
            "balancegame grade submissions --exercises my-exercises --out graded --variants"
        ).exit_code
        == 0
    )
    assert grades(place)["ann"]["05_deterrence"] == "7"


def test_an_exercise_that_is_not_ready_is_told_why(place, monkeypatch):
    # What is wrong here shows with the published payoffs.
    monkeypatch.setattr(rehearsed_answers, "STUDENTS", rehearsed_answers.STUDENTS[:4])
    tests = place / "my-exercises" / "test_05_deterrence.py"
    text = tests.read_text(encoding="utf-8")
    generous = text.replace(
        '@ex.asks("smallest_sanction")\ndef test_smallest_sanction():\n',
        "def test_smallest_sanction(student):\n    return\n\n\ndef threshold():\n",
    )
    tests.write_text(generous, encoding="utf-8")
    solution = place / "my-exercises" / "solutions" / "05_deterrence.py"
    solution.write_text(
        solution.read_text(encoding="utf-8").replace("2/3", "1/3"), encoding="utf-8"
    )
    result = run("balancegame verify-exercise my-exercises")
    assert result.exit_code == 1
    assert "unsolved it passes task 1, the smallest sanction that deters" in result.output
    assert "the solution does not pass task 3, the smallest probability" in result.output
    solution.unlink()
    assert (
        "there is no solution 05_deterrence.py"
        in run("balancegame verify-exercise my-exercises").output
    )


def test_names_of_files_and_folders_are_spelled_as_they_are(place):
    assert run("balancegame release my-exercises --out out").exit_code == 0
    again = run("balancegame release my-exercises --out out")
    assert again.output.startswith("Error: The folder out is not empty; ")
    line = "balancegame variant --student ann --exercises my-exercises --out hand/ann"
    run(line)
    assert run(line).output.startswith("Error: hand/ann/05_deterrence.ipynb is there already")


def test_every_reading_that_the_guide_names_is_there():
    named = {*re.findall(r"(?<!bg\.)\b(?:read|refuse)_\w+", GUIDE)}
    offered = {each for each in exercise.__all__ if each.startswith(("read_", "refuse_"))}
    assert named == offered
    for name in ("asks", "asks_function", "asks_unseen"):
        assert f"`{name}(" in GUIDE or f"`{name}`" in GUIDE
