"""Notebooks of earlier versions, in which answers were typed, go on working."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import balancegame as bg


@pytest.fixture
def shell():
    """A notebook in which a question was asked before."""
    shell = InteractiveShell.instance()
    shell.run_cell("import balancegame as bg", store_history=True)
    shell.run_cell('bg.quick_check("01-threshold", 8)', store_history=True, silent=True)
    yield shell
    InteractiveShell.clear_instance()


def shown(shell, *lines):
    """Return the text of what a cell shows."""
    with capture_output() as captured:
        shell.run_cell("\n".join(lines), store_history=True)
    said = "".join(output.data["text/plain"] for output in captured.outputs)
    return said, captured.stdout + captured.stderr


@pytest.mark.parametrize(
    ("name", "typed", "verdict"),
    [
        ("01-credible", "b", 'Right. b is read as "b". Nash'),
        ("01-credible", "a  # I think", "Not yet."),
        ("01-best-response", "{Enforce, Acquiesce}", "Right."),
        ("01-equilibrium", "(Engage, Enforce)", "Right."),
        ("04-region", "Chicken", "Right."),
    ],
)
def test_a_word_without_quotation_marks_is_read(shell, name, typed, verdict):
    said, printed = shown(shell, f"my_answer = {typed}", f'bg.quick_check("{name}", my_answer)')
    assert said.startswith(verdict)
    assert printed == ""


@pytest.mark.parametrize(
    "lines",
    [
        ["my_answer = nonsense", 'bg.quick_check("01-credible", my_answer)'],
        ["nothing_of_that_name"],
        ["my_answer = 3", "other", 'bg.quick_check("01-credible", my_answer)'],
        ["my_answer = b", 'bg.quick_check("01-no-such-question", my_answer)'],
    ],
)
def test_every_other_name_error_is_python_s_own(shell, lines):
    said, printed = shown(shell, *lines)
    assert (said, "NameError" in printed) == ("", True)


def test_a_handler_of_one_s_own_stays(shell):
    shell.set_custom_exc((NameError,), lambda *everything, **named: None)
    mine = shell.custom_exceptions
    shell.run_cell('bg.quick_check("01-threshold", 8)', silent=True)
    assert shell.custom_exceptions == mine
    assert shown(shell, "nothing_of_that_name") == ("", "")


def test_three_dots_show_the_questions_own_input():
    asked = bg.quick_check("01-credible", ...)
    assert asked.plan["input"]["kind"] == "one"
    assert [option["answer"] for option in asked.plan["input"]["options"]] == ["a", "b", "c"]
    assert str(asked).startswith("Your turn. Choose one answer.\na: It is an equilibrium, and")
