"""All that can be wrong with an exercise is said before a class sees it."""

from __future__ import annotations

import sys

import pytest

from balancegame.grading.exercise import variants
from balancegame.grading.handout import rehearsed_answers
from balancegame.grading.handout.exercise_verification import (
    complaints_of_rehearsal,
    verify_exercises,
)
from balancegame.grading.handout.rehearsal import names_of
from tests.exercise_notebooks import EXERCISES, REPOSITORY
from tests.grading.guide import write_exercises

NAME = "05_deterrence"
TESTS, HIDDEN, VARIANT = f"test_{NAME}.py", f"test_{NAME}_hidden.py", f"variant_{NAME}.py"
MORE = """

@pytest.mark.task(1)
@pytest.mark.points(1)
@pytest.mark.criterion("one more")
"""


def complaints(folder):
    (found,) = verify_exercises(folder)
    return list(found.complaints)


@pytest.fixture
def folder(tmp_path):
    return write_exercises(tmp_path)


@pytest.fixture
def few_payoffs(monkeypatch, folder):
    """Draw payoffs four times, three of them to be met with all mistakes, instead of twenty.

    Let the hidden test that makes up its own ask twice instead of ten times, too.
    """
    monkeypatch.setattr(rehearsed_answers, "STUDENTS", rehearsed_answers.STUDENTS[:4])
    change(folder, HIDDEN, "max_examples=10", "max_examples=2")


def change(folder, name, old, new=None):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    if new is None:
        path.write_text(text + old, encoding="utf-8")
    else:
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_guides_exercise_is_ready(folder):
    (found,) = verify_exercises(folder)
    assert found.complaints == ()
    said, tried, cost = str(found).splitlines()
    assert said == "05_deterrence: 0 points unsolved, all 7 solved."
    # Two mistakes with a value, one of which depends on the payoffs: published and three drawn;
    # and a mistaken function.
    assert tried == "  20 drawn payoffs solved, 9 known mistakes recognised."
    assert cost.startswith("  A submission takes ")


HIDDEN_ONE = f"""{MORE}@pytest.mark.hidden
@ex.asks("smallest_sanction")
def test_more():
    return 8, {{}}
"""
ONLY_PUBLISHED = f"""
from balancegame.grading.exercise import wrong
{MORE}def test_more(student):
    if str(student.answer("smallest_probability")) != "2/3":
        wrong("no", "No.")
"""
BREAKS = f"""{MORE}def test_more(student):
    1 / (NUMBER - student.answer("smallest_sanction"))
"""
CONSTANT = """
EXAMPLE = [[7, 1], [2, 2], [3, 8], [5, 0]]


@pytest.mark.task(1)
@pytest.mark.points(0)
def test_more(student):
    EXAMPLE
"""
PRINTS = f"""{MORE}def test_more(student):
    print([[7, 1], [2, 2]] + [[3, 8], [5, 0]])
"""
ASKED = "[([[1, 4], [3, 2]], 0)]"
ASKS_ALL = "lambda: [(table, k) for table in SECRET_TABLES for k in range(len(table[0]))]"
SAYS = 'f"In column {column} of {payoffs}, row {right} pays more, not row {says}."'
MISTAKE = '("next-whole-number", threshold + 1)'
SHOWN = "shows the input [[7, 1], [2, 2], [3, 8], [5, 0]] of a hidden test"

DESIGN = f"""
from balancegame.grading.exercise import asks_design
{MORE}@asks_design("smallest_sanction")
def test_more(smallest_sanction):
    return {{("no-number", smallest_sanction == 8, EXAMPLE): f"It is {{smallest_sanction}}."}}
"""

CASES = {
    "an example of a mistaken design makes no mistake": (
        (TESTS, DESIGN.replace("EXAMPLE", '"smallest_sanction = 7"')),
        'smallest_sanction = 7, the mistake "no-number", passes every test',
    ),
    "an example of a mistaken design has words that are not said": (
        (TESTS, DESIGN.replace("EXAMPLE", '"smallest_sanction = 8  # nine"')),
        "the mistake \"no-number\": the sentence does not say 'nine'",
    ),
    "no payoffs can be drawn": (
        (
            VARIANT,
            "    return len(bg.pure",
            '    return games["threat"] is PUBLISHED["threat"]\n    (bg.pure',
        ),
        "found no payoffs for student-",
    ),
    "a right answer fails with drawn payoffs": (
        (TESTS, ONLY_PUBLISHED),
        "with the payoffs of student-01 the test of task 1, one more fails the right answer",
    ),
    "a hidden test fails the right answer": (
        (TESTS, HIDDEN_ONE),
        "the hidden test of task 1, one more fails the right answer that the tests declare, so 1",
    ),
    "a test breaks at the right answer": (
        (TESTS, BREAKS.replace("NUMBER", "7")),
        "the test of task 1, one more breaks at the right answer",
    ),
    "what is right cannot be worked out": (
        (TESTS, MISTAKE, '("next-whole-number", threshold / 0)'),
        "what the tests declare as right cannot be worked out (ZeroDivisionError",
    ),
    "a mistake leads to the right answer": (
        (TESTS, MISTAKE, '("next-whole-number", threshold)'),
        'the mistake "next-whole-number" leads to the right answer',
    ),
    "a mistake breaks another test": (
        (TESTS, BREAKS.replace("NUMBER", "8")),
        'the mistake "next-whole-number", breaks the test of task 1, one more',
    ),
    "the notebook promises other points": (
        (f"{NAME}.ipynb", "The threshold (2 points)", "The threshold (3 points)"),
        "the notebook promises 3 points for task 1, and its tests give 2.",
    ),
    "the notebook promises points for a task without tests": (
        (f"{NAME}.ipynb", "## Task 3. How likely", "## Task 4. How likely"),
        "the notebook promises 2 points for task 4, and no test gives any.",
    ),
    "there is no cell for a task": (
        (f"{NAME}.ipynb", '"# Task 3', '"# Task three'),
        "no cell of the notebook begins with # Task 3, so its 2 points cannot be reached.",
    ),
    "there is no name for an answer": (
        (f"{NAME}.ipynb", "smallest_sanction", "sanction"),
        "the tests look for smallest_sanction, and no cell of the notebook names it",
    ),
    "hidden inputs are handed out": (
        (TESTS, CONSTANT),
        "test_05_deterrence.py, which students get, holds the input [[7, 1], [2, 2], [3, 8], [5,",
    ),
    "a visible test says hidden inputs": (
        (TESTS, SAYS, '"Try " + "[[7, 1], [2, 2], [3, 8" + "], [5, 0]]"'),
        f'the visible test "best_reply in a small table" {SHOWN}',
    ),
    "a visible test says hidden inputs to a known mistake alone": (
        (TESTS, '"at the threshold itself complying', '"[[7, 1], [2, 2], [3, 8" "], [5, 0]] or'),
        f'the visible test "the smallest sanction that deters" {SHOWN}',
    ),
    "a visible test prints hidden inputs": (
        (TESTS, PRINTS),
        f'the visible test "one more" {SHOWN}',
    ),
    "visible tests ask all that hidden ones do": (
        (TESTS, ASKED, ASKS_ALL),
        'the hidden test "best_reply in larger tables" asks nothing that visible tests do not',
    ),
}


@pytest.mark.usefixtures("few_payoffs")
@pytest.mark.parametrize("case", CASES)
def test_what_is_wrong_is_said(folder, case, monkeypatch):
    monkeypatch.setattr(variants, "_ATTEMPTS", 20)
    changes, words = CASES[case]
    change(folder, *changes)
    solved = names_of(folder / "solutions" / f"{NAME}.py")
    found = complaints_of_rehearsal(folder, NAME, solved, [])
    assert any(words in each for each in found), found
    for each in found:
        assert each.endswith(".")
        assert "Traceback" not in each


@pytest.mark.usefixtures("few_payoffs")
def test_a_mistaken_function_that_passes_is_said(folder):
    known = (
        '("payoff", lambda payoffs, column: max(row[column] for row in payoffs)): "returns the "'
    )
    others = """("first", lambda payoffs, column: 0): "always returns the first row",
        ("also-first", lambda payoffs, column: 0): "returns 0",
        ("last", lambda payoffs, column: len(payoffs) - 1): "always returns the last row",
        """
    change(folder, TESTS, known, others + known)
    change(folder, TESTS, "SECRET_TABLES = [[", "SECRET_TABLES = [] and [[")
    (folder / HIDDEN).unlink()
    found = complaints_of_rehearsal(folder, NAME, {}, [])
    assert (
        'the mistaken best_reply, the mistake "last", passes every test; let one refuse it.'
        in found
    )
    (taken,) = [each for each in found if "first" in each]
    assert 'the mistake "also-first", is taken for "first"; tell the two apart.' in taken


@pytest.mark.parametrize("path", EXERCISES, ids=lambda path: path.stem)
def test_nothing_is_wrong_with_the_exercises_of_the_course(path):
    solution = REPOSITORY / "tests" / "solutions" / f"{path.stem}.py"
    assert complaints_of_rehearsal(path.parent, path.stem, names_of(solution), []) == []


@pytest.mark.usefixtures("few_payoffs")
def test_other_good_solutions_are_tried_too(folder):
    other = folder / "solutions" / f"{NAME}-by-hand.py"
    text = (folder / "solutions" / f"{NAME}.py").read_text(encoding="utf-8")
    other.write_text(text, encoding="utf-8")
    assert complaints(folder) == []
    other.write_text(text.replace("max(entries)", "9"), encoding="utf-8")
    (first, *_) = complaints(folder)
    assert first.startswith(f"the solution {NAME}-by-hand.py does not pass task 2")


@pytest.mark.usefixtures("few_payoffs")
def test_nothing_is_left_behind(folder, capsys):
    before = set(sys.modules), sys.stdout
    change(
        folder,
        TESTS,
        "def best(payoffs, column):",
        "def best(payoffs, column):\n    print('seen')",
    )
    complaints_of_rehearsal(folder, NAME, {}, [])
    assert sys.stdout is before[1]
    assert "seen" not in capsys.readouterr().out
    assert not [name for name in set(sys.modules) - before[0] if NAME in name]


@pytest.mark.usefixtures("few_payoffs")
@pytest.mark.parametrize(
    "body",
    [
        'student.answer("smallest_sanction") == 7',
        'assert (student.answer("smallest_sanction") == 7, "it is not 7")',
        'return student.answer("smallest_sanction") == 7',
        'try:\n        assert student.answer("smallest_sanction") == 7\n    except Exception: pass',
        'for one in [student.answer("smallest_sanction")][1:]:\n        assert one == 7',
    ],
)
def test_a_test_that_compares_nothing_is_told(folder, body):
    change(folder, TESTS, f"{MORE}def test_more(student):\n    {body}\n")
    found = complaints_of_rehearsal(folder, NAME, {}, [])
    (said,) = (each for each in found if "passes whatever" in each)
    assert said.startswith("task 1, one more: the test passes whatever the answer is; write assert")


@pytest.mark.usefixtures("few_payoffs")
@pytest.mark.parametrize("right", ["None", "987_654"])
def test_a_test_that_one_odd_answer_passes_compares_something(folder, right):
    more = f'    assert student.answer("smallest_sanction") == {right}\n'
    change(folder, TESTS, f"{MORE}def test_more(student):\n{more}")
    found = complaints_of_rehearsal(folder, NAME, {}, [])
    assert not [each for each in found if "passes whatever" in each]
