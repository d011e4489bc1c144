"""A class with an honest student and a hostile one, and an exercise that is worth attacking."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from balancegame.grading.submission.patience import PATIENCE

EXERCISE = "09_attacked"
SECRET = "the hidden input 918273645"

# Worth eight: one for what everybody answers honestly, the others for what nobody but Ann knows.
TESTS = f"""
import pytest
from hypothesis import Phase, given, settings, strategies

from balancegame.grading.exercise.verdicts import wrong

ANSWER = 42


@pytest.mark.task(1)
def test_honest(student):
    if student.answer("honest") != "yes":
        wrong("dishonest", "honest is yes.")


@pytest.mark.task(2)
def test_number(student):
    value = student.answer("number")
    if type(value) is not int or value != ANSWER:
        wrong("not-the-number", f"number is another one, not {{value!r}}.")


@pytest.mark.task(2)
def test_compared(student):
    assert student.answer("number") == ANSWER


@pytest.mark.task(3)
@pytest.mark.points(2)
def test_double(student):
    for x in (3, 10, 10**9 + 7):
        if student.call("double", x) != 2 * x:
            wrong("not-double", f"double({{x}}) is {{2 * x}}.")


@pytest.mark.task(3)
@settings(max_examples=20, phases=[Phase.generate])
@given(x=strategies.integers(-1000, 1000))
def test_double_of_any(student, x):
    assert student.call("double", x) == 2 * x


@pytest.mark.task(4)
@pytest.mark.hidden
def test_length(student):
    if student.call("length", {SECRET!r}) != {len(SECRET)}:
        wrong("not-the-length", "length of {SECRET} is {len(SECRET)}.")


@pytest.mark.task(4)
@pytest.mark.hidden
def test_length_again(student):
    assert student.call("length", {SECRET!r} + "!") == {len(SECRET) + 1}
"""

SOLUTION = (
    '# Task 1\nhonest = "yes"',
    "# Task 2\nnumber = 42",
    "# Task 3\ndef double(x):\n    return 2 * x",
    "# Task 4\ndef length(text):\n    return len(text)",
)
ALL, HONEST = 8, 1


class Classroom:
    """Folders of a class, and what they looked like before."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.exercises = folder / "exercises"
        self.submissions = folder / "submissions"
        self.exercises.mkdir()
        (self.exercises / f"test_{EXERCISE}.py").write_text(TESTS, encoding="utf-8")
        (self.exercises / "solution.txt").write_text("number is 42", encoding="utf-8")
        (folder / "gradebook.sqlite").write_bytes(b"the gradebook")
        (folder / "grades.csv").write_text("ann,8", encoding="utf-8")
        self.ann = self.hand_in("ann", *SOLUTION)
        self.engine = None
        self.graded = 0

    def hand_in(self, student, *cells):
        """Write a notebook of these cells and return its path."""
        listed = [{"cell_type": "code", "metadata": {}, "source": cell} for cell in cells]
        return self.put(student, json.dumps({"cells": listed}).encode())

    def put(self, student, content, name=f"{EXERCISE}.ipynb"):
        """Write a file of this content and return its path."""
        path = self.submissions / student / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def grade(self, path, student="mallory"):
        """Grade a file; see that nothing else has changed and that Ann still gets it all."""
        before = self.fingerprint()
        result = self.engine.grade(student, EXERCISE, path)
        assert self.fingerprint() == before, "a file was read or changed"
        assert len(result.outcomes) == len(self.engine.manifest[EXERCISE]) == 7
        self.graded += 1
        if self.graded % 8 == 1:
            self.see_that_ann_gets_everything()
        for outcome in result.outcomes:
            assert "918273645" not in outcome.message
            assert outcome.message.isprintable()
            assert outcome.verdict != "fault", outcome.message
        return result

    def see_that_ann_gets_everything(self):
        """Grade the honest student: nothing that was met before may cost her a point."""
        with patient(self.engine):
            ann = self.engine.grade("ann", EXERCISE, self.ann)
        assert (ann.points, ann.worth) == (ALL, ALL), str(ann)

    def attack(self, *cells, points=HONEST, words=""):
        """Grade an honest answer among hostile cells; the honest points are won and no others."""
        result = self.grade(self.hand_in("mallory", SOLUTION[0], *cells))
        assert result.points == points, str(result)
        told = " ".join([*(outcome.message for outcome in result.outcomes), result.problem])
        assert words in told, told
        return result

    def attack_twice(self, source, words=""):
        """Grade code that is hostile as a cell and as the body of an answer; both must say why."""
        body = source.strip().replace("\n", "\n    ")
        result = self.attack(
            f"# Task 2\n{source}", f"# Task 3\ndef double(x):\n    {body}", words=words
        )
        for task in (2, 3):
            said = " ".join(each.message for each in result.outcomes if each.task == task)
            assert words in said, said

    def fingerprint(self):
        """Return a hash of every file of the class and of what lies in the temporary folder."""
        seen = {}
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                seen[path] = sha256(path.read_bytes()).hexdigest()
        return seen


@contextmanager
def patient(engine):
    """Let the processes that grade give as much time as they give a class, whatever attacks get."""
    hurried = engine._setting
    engine._setting = replace(hurried, patience=PATIENCE)
    try:
        yield
    finally:
        engine._setting = hurried
