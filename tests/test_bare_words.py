"""A word without quotes, the commonest slip of whoever is new to Python: the check says so."""

from __future__ import annotations

import pytest

from balancegame.grading.practice.check import check
from balancegame.grading.submission.bare_words import advice_on_bare_word, complaint_of_bare_word
from tests.exercise_notebooks import by_command, solution, write_course

NAME = "01_security_or_energy"
FIRST = "japan_if_seize = Wait\nrussia_if_invest = {'Seize'}\nrussia_if_wait = {'Seize', 'Tax'}"


@pytest.mark.parametrize("given", ["Wait", "{Wait}", "{Wait: 1}", "[Wait, 1]", "{'a': (1, Wait)}"])
def test_a_bare_word_is_known_wherever_it_is_an_answer(given):
    said = complaint_of_bare_word(f"# Task 1\nx = {given}", {"y"})
    assert said == (
        'Your cell stopped at Wait; if that is meant as a word, put the word in quotes: "Wait".'
    )
    stopped = "NameError in line 2: name 'Wait' is not defined"
    assert 'put the word in quotes: "Wait"' in advice_on_bare_word(f"x = {given}", stopped)


@pytest.mark.parametrize(
    "source",
    ["x = 'Wait'", "x = Wait(1)", "x = Wait.x", "x = 1 + Wait", "x = true", "x =", "x: int"],
)
def test_no_word_is_meant_elsewhere(source):
    assert complaint_of_bare_word(source, ()) is None
    for word in ("Wait", "true"):
        stopped = f"NameError in line 1: name '{word}' is not defined"
        assert advice_on_bare_word(source, stopped) == ""


def test_a_name_that_is_known_is_no_bare_word():
    assert complaint_of_bare_word("x = Wait", {"Wait"}) is None
    # It stopped at something else.
    stopped = "NameError in line 1: name 'numpy' is not defined"
    assert advice_on_bare_word("a = numpy.pi\nx = Wait", stopped) == ""


def test_the_check_in_the_notebook_says_to_put_the_word_in_quotes():
    report = check("01", task=1, namespace={"In": ["", FIRST, 'bg.check("01", task=1)']})
    assert [message for message in report.messages if "put the word in quotes" in message] == [
        'Your cell stopped at Wait; if that is meant as a word, put the word in quotes: "Wait".'
    ]
    right = FIRST.replace("= Wait", '= "Wait"')
    for ran in (["", FIRST, right], None, [3], "x"):
        text = str(check("01", task=1, namespace={"In": ran}))
        assert "in quotes" not in text


def test_the_check_in_a_terminal_and_the_grader_say_it_too(tmp_path):
    right = solution(NAME)
    write_course(tmp_path, NAME, {**right, 1: FIRST})
    text = " ".join(by_command(tmp_path).text.split())
    assert "stopped: NameError in line 2: name 'Wait' is not defined; if that is meant as" in text
    assert 'put the word in quotes: "Wait".' in text
