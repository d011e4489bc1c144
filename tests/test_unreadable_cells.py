"""A cell that Python cannot read: a check says so, and judges nothing that ran before it."""

from __future__ import annotations

import pytest
from IPython.core.interactiveshell import InteractiveShell

from balancegame.grading.practice.check import check
from balancegame.grading.submission.unreadable_cells import complaint_of_unreadable_cell
from tests.exercise_notebooks import by_command, solution, write_course
from tests.test_without_threads import no_threads  # noqa: F401 - a fixture

NAME = "01_security_or_energy"
FIRST = (
    "# Task 1\n"
    'japan_if_tax = {"Invest", "Wait"}\n'
    'japan_if_seize = {"Wait"}\n'
    'russia_if_invest = {"Tax"}\n'
    'russia_if_wait = {"Protect"}'
)
FUNCTION = "# Task 3\ndef is_equilibrium(japan, us, row, column):\n    return 10"
NOT_RUN = "Your cell did not run, so your answer was not checked. Python cannot read line "
AGAIN = "; then run the cell and check again."


@pytest.fixture
def notebook():
    """Run cells one after another as a notebook does, and check a task of exercise 1 at the end."""
    shell = InteractiveShell()

    def run(task, *cells):
        for cell in cells:
            shell.run_cell(cell, store_history=True)
        return check("01", task=task, namespace=shell.user_ns)

    return run


def said(report):
    return report.messages[0]


def test_a_cell_that_stopped_at_a_bare_word_is_not_judged_by_what_ran_before_either(notebook):
    report = notebook(
        1, FIRST, FIRST.replace('russia_if_invest = {"Tax"}', "russia_if_invest = Tax")
    )
    # What stands above the word did run.
    assert report.points == 2
    assert report.messages == (
        'Your cell stopped at Tax; if that is meant as a word, put the word in quotes: "Tax".',
    )
    assert "stopped" not in str(notebook(1, FIRST))


@pytest.mark.parametrize(
    ("was", "now", "line", "why"),
    [
        ('{"Tax"}', '{"Tax", "Seize"', 4, "('{' was never closed). Correct that line"),
        ('{"Tax"}', "{“Tax”, “Seize”}", 4, "(U+201C)). Replace the curly quotation marks, such as"),
        ('{"Tax"}', "{‘Tax’}", 4, "(U+2018)). Replace the curly quotation marks, such as"),
        ('{"Tax"}', "−3", 4, "(U+2212)). Replace the dash − with the minus sign"),
        ("russia_if_invest =", "russia_if_invest", 4, "(invalid syntax). Correct that line"),
        # The name itself is broken, and only its task tells whose cell it is.
        ("russia_if_invest", "russia if_invest", 4, "(invalid syntax). Correct that line"),
    ],
)
def test_a_cell_that_cannot_be_read_is_not_judged_by_what_ran_before(notebook, was, now, line, why):
    broken = FIRST.replace(was, now)
    report = notebook(1, FIRST, broken)
    assert report.points == 0
    (message,) = report.messages
    assert message.startswith(f"{NOT_RUN}{line}, which is {broken.splitlines()[line - 1]} (")
    assert why in message
    assert message.endswith(AGAIN)
    # Nor is it if nothing ran before.
    assert said(notebook(1, "%reset -f", broken)) == message


def test_a_single_equals_sign_in_a_comparison_is_told_to_be_doubled(notebook):
    broken = FUNCTION.replace("10", "japan[row][column] = max(us[row])")
    report = notebook(3, FUNCTION, broken)
    assert said(report) == (
        f"{NOT_RUN}3, which is return japan[row][column] = max(us[row]) (invalid syntax). To ask "
        f"whether two things are equal, write == instead of ={AGAIN}"
    )
    assert "gives back 10" in said(notebook(3, FUNCTION))


def test_a_return_outside_its_function_is_told_too(notebook):
    message = said(notebook(3, FUNCTION, FUNCTION.replace("    return", "    x = 1\nreturn")))
    assert message.startswith("Your cell did not run to its end, so your answer was not checked.")
    assert "line 4, which is return 10 ('return' outside function)." in message


def test_the_cell_counts_as_it_was_run_last(notebook):
    broken = FIRST.replace('{"Tax"}', '{"Tax", "Seize"')
    right = broken.replace('"Seize"', '"Seize"}')
    assert "did not run" in said(notebook(1, right, broken))
    assert "did not run" not in str(notebook(1, right))
    assert "did not run" in said(notebook(1, broken))
    assert "did not run" not in str(notebook(1, "%%time\n" + right))
    # One task does not stand in the way of another.
    assert "gives back 10" in said(notebook(3, FUNCTION, broken))


@pytest.mark.parametrize(
    "other", ["print(russia_if_invest", "# russia_if_invest = {\n(", "if russia_if_invest = 3: x"]
)
def test_another_cell_that_cannot_be_read_does_not_take_the_answer_away(notebook, other):
    assert "did not run" not in str(notebook(1, FIRST, other))


@pytest.mark.parametrize(
    "later",
    ["if True:\n    x = 3", "for x in [3]: pass", "def x(): pass", "(x := 3)", "x, y = 1, 2"],
)
def test_any_later_cell_that_gives_the_name_has_the_last_word(later):
    assert complaint_of_unreadable_cell(["x = (", later], "x") is None
    assert "did not run" in complaint_of_unreadable_cell([later, "x = ("], "x")
    assert "did not run" in complaint_of_unreadable_cell(["x = (", "print(x)"], "x")


def test_what_nobody_writes_by_hand_is_left_alone():
    for source in (f"x = {'(' * 9_000}", "x = '\0", f"x = ({'1 +' * 30_000}", ""):
        complaint_of_unreadable_cell([source], "x")


@pytest.mark.usefixtures("no_threads")
def test_it_is_the_same_where_no_thread_can_be_started(notebook):
    assert said(notebook(1, FIRST, FIRST.replace('{"Tax"}', "{“Tax”}"))).startswith(NOT_RUN)
    assert said(notebook(3, FUNCTION, FUNCTION.replace("10", "x = 1"))).startswith(NOT_RUN)


def test_the_check_in_a_terminal_says_how_to_mend_the_line(tmp_path):
    right = solution(NAME)
    curly = FIRST.replace('{"Tax"}', "{“Tax”}")
    single = FUNCTION.replace("10", "japan[row][column] = 1")
    write_course(tmp_path, NAME, {**right, 1: curly, 3: single})
    text = " ".join(by_command(tmp_path).text.split())
    assert "invalid character '“' (U+201C); replace the curly" in text
    assert "invalid syntax; to ask whether two things are equal" in text


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("x =\u00a01", "Type the spaces of that line again"),
        (
            "return all(a\u00a0> b for a in zip(t, strict=True))",
            "Type the spaces of that line again",
        ),
        ("x = 1\ufeff", "Type the spaces of that line again"),
        ("x = 1½", "Write ½ with a slash, as in 1/2, or in quotation marks"),
        ("return all(a > b for a in zip(t, strict=True)", "Correct that line"),
        ("return x = 1", "To ask whether two things are equal, write =="),
    ],
)
def test_the_advice_fits_the_line(line, advice):
    source = f"def x():\n    {line}" if "return" in line else line
    assert f"). {advice}" in complaint_of_unreadable_cell([source], "x")
