"""Whatever a student's code gives, it is judged: no answer makes a test of the course break."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from tests.exercise_notebooks import EXERCISES, everything_asked, live_checks_of_all, solution
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


def answers_with_values(name):
    """Return each answer to an exercise, its source and the values to try in its place.

    All declared numbers are judged by the same lines, and so are words and sets: those of one kind
    share the values. Everything else gets every value.
    """
    declared = everything_asked(name)
    alike = defaultdict(list)
    for answer, asked in declared.items():
        alike[type(asked.right)].append(answer)
    shared = {
        answer: NASTY[k :: len(answers)]
        for answers in alike.values()
        for k, answer in enumerate(answers)
    }
    for source in solution(name).values():
        for kind, answer in re.findall(r"^(def )?(\w+)(?=\(| =)", source, re.MULTILINE):
            begins = f"def {answer}(*_): return " if kind else f"{answer} = "
            yield f"{source}\n{begins}", shared.get(answer, NASTY)


@pytest.mark.parametrize("name", NAMES)
def test_no_answer_breaks_a_test(name, check):
    for source, values in answers_with_values(name):
        for value in values:
            assert unknown(check(name, f"{source}{value}")) == [], (source, value)


@pytest.mark.parametrize(("actions", "transitions"), MIXED_AUTOMATA)
def test_no_automaton_breaks_a_test(actions, transitions, check):
    source = "BOTH, NONE = ('Support', 'Support'), ('Withhold', 'Withhold')\n"
    source += f"actions = {actions}\ntransitions = {transitions}"
    found = check("06_the_shadow_of_the_future", source)
    assert unknown(found) == []
    assert {each.verdict for each in found.values() if each.task == 4} == {"wrong"}
