"""What a file's name says of the exercise, however it was renamed on its way."""

from __future__ import annotations

import pytest

from balancegame.grading.submission.file_names import (
    EXPECTED,
    NUMBERED,
    RENAMED,
    exercise_named,
    named,
)
from tests.grading.student_folders import OTHER, WANTED

EXERCISES = [WANTED, OTHER]

NAMES = {
    WANTED: EXPECTED,
    f"{WANTED}.ipynb": EXPECTED,
    f"{WANTED}.py": EXPECTED,
    f"{WANTED}.IPYNB": EXPECTED,
    f"{WANTED}.ipynb.txt": EXPECTED,
    f"{WANTED}.ipynb.json": EXPECTED,
    f"{WANTED}.json": EXPECTED,
    f"{WANTED}.html": EXPECTED,
    f"{WANTED}.pdf": EXPECTED,
    f"{WANTED}-Copy1.ipynb": RENAMED,
    f"{WANTED} (1).ipynb": RENAMED,
    f"{WANTED}(2).ipynb": RENAMED,
    f"{WANTED} - Copy.ipynb": RENAMED,
    f"{WANTED} copy 2.ipynb": RENAMED,
    f"{WANTED}-Copy1 (2) - Copy-checkpoint.ipynb": RENAMED,
    f"{WANTED} 2.ipynb": RENAMED,
    f"{WANTED}-1.ipynb": RENAMED,
    f"Copy of {WANTED}.ipynb": RENAMED,
    f"leeann_1234_56789_{WANTED}-1.ipynb": RENAMED,
    f"{WANTED}-checkpoint.ipynb": RENAMED,
    "03 Mixing and Guarding.ipynb": RENAMED,
    "03-mixing-and-guarding.ipynb": RENAMED,
    "03.ipynb": NUMBERED,
    "3.ipynb": NUMBERED,
    "03_mine.ipynb": NUMBERED,
    "03_mixing_and_guarding_final.ipynb": NUMBERED,
}


@pytest.mark.parametrize("name", NAMES)
def test_the_exercise_that_a_name_names(name):
    assert exercise_named(name, EXERCISES) == (WANTED, NAMES[name])


@pytest.mark.parametrize(
    "name",
    ["homework.ipynb", f"test_{WANTED}.py", "05.ipynb", "30.ipynb", "033.ipynb", "conftest.py", ""],
)
def test_names_that_name_no_exercise(name):
    assert exercise_named(name, EXERCISES) is None


def test_an_exercise_may_have_dots_in_its_name():
    assert exercise_named("03_game.v2.ipynb", ["03_game.v2", "04_game"]) == ("03_game.v2", EXPECTED)
    assert named("03_game.v2.ipynb").usual
    assert exercise_named("03_game.v2.ipynb.txt", ["03_game.v2"]) == ("03_game.v2", EXPECTED)
    assert named("03_game.dat").kind == named("03_game.ipynb.dat").kind == ""


def test_a_number_that_two_exercises_share_names_neither():
    assert exercise_named("03.ipynb", ["03_a", "03_b"]) is None


@pytest.mark.parametrize(
    ("name", "kind", "usual"),
    [
        ("a.ipynb", "notebook", True),
        ("a.IPYNB", "notebook", False),
        ("a.py.txt", "script", False),
        ("a.json", "notebook", False),
        ("a", "notebook", False),
        ("a.html", "", False),
        ("a.ipynb.zip", "", False),
    ],
)
def test_the_kind_that_a_name_claims(name, kind, usual):
    assert (named(name).kind, named(name).usual) == (kind, usual)
