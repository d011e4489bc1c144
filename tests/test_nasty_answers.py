"""Whatever a student's code gives, it is judged: no answer makes a test of the course break."""

from __future__ import annotations

import re
from itertools import zip_longest

import pytest

from tests.exercise_notebooks import EXERCISES, live_checks_of_all, solution
from tests.nasty_answers import NASTY

NAMES = [path.stem for path in EXERCISES]
MIXED_AUTOMATA = (
    ("{1: BOTH, 'a': NONE}", "{1: 'a', 'a': 1}"),
    ("{1: BOTH, None: NONE}", "{1: {BOTH: 1, 'otherwise': None}, None: None}"),
    ("{(1, 'x'): BOTH}", "{(1, 'x'): (1, 'x')}"),
    ("{True: BOTH, 'a': (1, None)}", "{True: 'a', 'a': True}"),
    ("{'a': {'Support': 1, 2: 3}}", "{'a': {1: 'a', 'otherwise': 'a'}}"),
    ("{1.5: BOTH}", "{1.5: {'otherwise': 1.5, 3: 1.5}}"),
)


@pytest.fixture(scope="module")
def check():
    with live_checks_of_all() as judged:
        yield judged


def unknown(found):
    return [each for each in found.values() if each.verdict in {"fault", "skipped"}]


def nasty_answers_to(task):
    """Return the solution of a task with one answer that is nasty, for each answer and each way."""
    return [
        f"{task}\n" + (f"def {answer}(*_): return {value}" if kind else f"{answer} = {value}")
        for kind, answer in re.findall(r"^(def )?(\w+)(?=\(| =)", task, re.MULTILINE)
        for value in NASTY
    ]


@pytest.mark.parametrize("name", NAMES)
def test_no_answer_breaks_a_test(name, check):
    # Each test asks about one task, so the tasks take their nasty answers at the same time.
    for each in zip_longest(*map(nasty_answers_to, solution(name).values()), fillvalue=""):
        given = "\n".join(each)
        assert unknown(check(name, given)) == [], given


@pytest.mark.parametrize(("actions", "transitions"), MIXED_AUTOMATA)
def test_no_automaton_breaks_a_test(actions, transitions, check):
    source = "BOTH, NONE = ('Support', 'Support'), ('Withhold', 'Withhold')\n"
    source += f"actions = {actions}\ntransitions = {transitions}"
    found = check("06_the_shadow_of_the_future", source)
    assert unknown(found) == []
    assert {each.verdict for each in found.values() if each.task == 4} == {"wrong"}
