"""Whoever answers with everything that might be right has not answered."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from balancegame.grading.exercise.variants import variant
from tests.exercise_notebooks import (
    EXERCISES,
    everything_asked,
    functions_asked,
    live_checks_of_all,
    solution,
)
from tests.own_answers import right_values

NAMES = [path.stem for path in EXERCISES]
SMALL = sorted({Fraction(k, n) for n in range(1, 13) for k in range(n + 1)})
WORDS = ("Japan", "US", "both", "nobody", "Chicken", "assurance", "suasion", "harmony", "deadlock")
every_exercise = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(scope="module")
def check():
    with live_checks_of_all() as judged:
        yield judged


def possible(asked):
    """Return the right answer, all that mistakes lead to, and whatever else might be asked for."""
    values = [asked.right, *(value for each in asked.mistakes for value in each.values)]
    if isinstance(asked.right, frozenset):
        return sorted({action for value in values for action in value} | {"Comply", "Engage"})
    if isinstance(asked.right, str):
        return list(dict.fromkeys([*map(str, values), *WORDS]))
    return list(dict.fromkeys([*values, *SMALL]))


def shotguns(values):
    """Return every way to write many answers in place of one."""
    text = [str(value) for value in values]
    yield from (values, tuple(values), set(values), text, tuple(text), set(text))
    yield from (sign.join(text) for sign in (" ", ", ", " or ", " and ", "/", ";", "\n", "|"))
    yield from (dict.fromkeys(text, True), dict.fromkeys(range(len(text)), 1), [values, values])
    yield from (dict(enumerate(text)), [[value] for value in values])


# What exercise 10 asks of a model of one's own is not declared; it is tried as a design, below.
@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("10")])
@pytest.mark.parametrize("student", ["", "ann"])
def test_everything_is_no_answer(name, student, check):
    declared = {
        answer: list(shotguns(possible(asked)))
        for answer, asked in everything_asked(name, student).items()
    }
    assert declared
    for number in range(max(map(len, declared.values()))):
        names = {answer: given[number] for answer, given in declared.items()}
        found = check(name, names, student)
        asked = [one for one in found.values() if one.verdict != "unattempted"]
        assert len(asked) == len(names)
        assert {one.verdict for one in asked} == {"wrong"}, names


FUNCTIONS = (
    "[True, False]",
    "{True: 1, False: 1}",
    "(True, False, None)",
    "'True or False'",
    "'all'",
    "many",
    "{0, 1, 0.5}",
    "question[0]",
    "[*question[0], *question[0]]",
    "question",
    "[list(u) for u in question[0]] if isinstance(question[0], list) else 1",
)


MANY = "many = sorted({k / n for n in range(1, 13) for k in range(-n, 9 * n)})"


@every_exercise
def test_a_function_that_returns_everything_is_wrong(name, check):
    for function in {each.name for each in functions_asked(name)}:
        for returned in FUNCTIONS:
            source = f"{MANY}\ndef {function}(*question):\n    return {returned}"
            found = [o for o in check(name, source).values() if o.verdict != "unattempted"]
            assert {one.verdict for one in found} == {"wrong"}, returned


CELLS = [(japan, us) for japan in ("Comply", "Engage") for us in ("Enforce", "Acquiesce")]
MIXED = [("Comply", {"Enforce": p, "Acquiesce": 1 - p}) for p in SMALL]
BOTH_MIX = [({"Comply": p, "Engage": 1 - p}, us) for p in SMALL for us in ("Enforce", "Acquiesce")]
LISTED = (CELLS, [*CELLS, *MIXED], MIXED, [*CELLS[::3], *MIXED], [*CELLS, *MIXED, *BOTH_MIX])


@pytest.mark.parametrize("student", ["", "ann", "ben"])
def test_all_pairs_are_neither_all_equilibria_nor_both_ends(student, check):
    right = right_values(variant(student, "01"))[2]["all_equilibria"]
    assert {
        one.verdict
        for one in check("01_security_or_energy", {"all_equilibria": right}, student).values()
    } >= {"passed"}
    for pairs in (*LISTED, *([*right, *more] for more in LISTED)):
        found = check("01_security_or_energy", {"all_equilibria": pairs}, student)
        judged = [one for one in found.values() if one.task == 2]
        assert {one.verdict for one in judged} == {"wrong"}, pairs


def answers_by_hand(name):
    """Return the answers of a solution that tests judge together, each with its value."""
    values = {}
    for source in solution(name).values():
        exec(source, values)
    asked = {found for s in solution(name).values() for found in re.findall(r"^(\w+) =", s, re.M)}
    return {answer: values[answer] for answer in asked - {*everything_asked(name)}}


# The two propositions of exercise 10 belong to one task, and each has a criterion of its own.
APART = ("confirmed", "refuted")


@every_exercise
def test_several_designs_are_none(name, check):
    """An answer of one's own design that holds it twice, or with something beside it."""
    answers = answers_by_hand(name)
    for answer, value in answers.items():
        # One number alone in a list is that number, and nothing beside it.
        alone = [] if isinstance(value, int | str) else [[value], str([value])]
        for more in ([value, value], (value, value), {0: value, 1: value}, *alone):
            if answer == "all_equilibria" and more == (value, value):
                continue
            found = check(name, {**answers, answer: more})
            wrong = [o for o in found.values() if o.verdict == "wrong"]
            assert wrong, (answer, more)
            judged = {o.verdict for o in found.values() if o.task == wrong[0].task}
            assert judged == {"wrong"} | ({"passed"} if answer in APART else set())
        if isinstance(value, list) and answer != "all_equilibria":
            found = check(name, {**answers, answer: [*value, value[-1]]})
            assert "wrong" in {o.verdict for o in found.values()}, answer
