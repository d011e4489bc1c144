"""What is asked: the first mistake that explains an answer speaks, and no two may coincide."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from balancegame.grading.exercise.feedback import Wrong
from balancegame.grading.exercise.mistaken_functions import AskedFunction
from balancegame.grading.exercise.mistakes import asked, asks, declared_in
from balancegame.grading.exercise.reading import EXAMPLE, NEAR

HALF = Fraction(1, 2)
GAIN = asked(
    HALF,
    {
        ("sign", -HALF): "mind the sign.",
        ("doubled", 2 * HALF): "{given} is too often counted.",
        ("doubled", 4 * HALF): lambda given: f"{given} is too often counted.",
        ("negative", lambda given: given < 0): "it is below zero.",
        "another": "compare once more.",
    },
)


@pytest.mark.parametrize(
    ("answer", "key", "words"),
    [
        ("-1/2", "sign", "gain: mind the sign."),
        (1, "doubled", "gain: 1 is too often counted."),
        (2, "doubled", "gain: 2 is too often counted."),
        (-3, "negative", "gain: it is below zero."),
        (0.5001, "rounded", "gain: 0.5001 is very near, but rounded"),
        (0.6, "another", "gain: compare once more."),
    ],
)
def test_the_first_mistake_that_explains_an_answer_speaks(answer, key, words):
    with pytest.raises(Wrong) as error:
        GAIN.judge(answer, "gain")
    assert (error.value.misconception, error.value.message[: len(words)]) == (key, words)


def test_the_right_answer_passes_and_an_unknown_one_does_not():
    GAIN.judge(0.5, "gain")
    with pytest.raises(Wrong, match="gain: that is not right"):
        asked(1, {}).judge(3, "gain")


@pytest.mark.parametrize(
    ("right", "mistakes", "says"),
    [
        (HALF, {("sign", -HALF): "", ("half", HALF / 2): ""}, ""),
        (HALF, {("negative", lambda given: given < 0): "", "another": ""}, ""),
        (HALF, {("large", lambda given: given > 0): ""}, '"large" leads to the right answer'),
        (HALF, {("twice", 1, 1): ""}, ""),
        (HALF, {("same", HALF): ""}, '"same" leads to the right answer'),
        (HALF, {("near", HALF + NEAR): ""}, '"near" leads to the right answer'),
        (HALF, {("far", HALF + 2 * NEAR): ""}, ""),
        (HALF, {("one", 1): "", ("two", 2, 1): ""}, '"two" leads to that of "one"'),
        (EXAMPLE, {}, "stands in the example"),
        ("US", {("own", "US"): ""}, '"own" leads to the right answer'),
        ("US", {("number", 3): ""}, ""),
        (2, {("negative", lambda x: x < 0): "", ("sign", -2): ""}, '"sign" leads to that of "neg'),
        (2, {"any": "", ("sign", -2): ""}, '"sign" leads to that of "any"'),
    ],
)
def test_two_ideas_that_lead_to_one_answer_are_found(right, mistakes, says):
    clash = asked(right, mistakes).clash()
    assert (says in clash, bool(clash)) == (True, bool(says))


def test_what_is_declared_takes_what_it_needs_and_hidden_tests_are_left_out():
    @asks("one", "two")
    def test_two(own, name):
        return asked(own[name], {})

    @pytest.mark.hidden
    @asks("three")
    def test_hidden():
        return asked(3, {})

    (declared,) = declared_in({"a": test_two, "b": test_hidden, "c": 7})
    assert [
        declared.asked(name, lambda: {"one": 1, "two": 2}).right for name in declared.names
    ] == [
        1,
        2,
    ]


class Notebook:
    """A student who has written a function."""

    def __init__(self, function):
        self._function = function

    def answers_unlike(self, name, questions, wanted):
        return (self._function(*arguments) for arguments in questions)


DOUBLE = AskedFunction(
    "double",
    lambda x: 2 * x,
    lambda: [(x,) for x in range(5)],
    {("squares", lambda x: x * x): "squares its argument"},
)


def says(given, right, x):
    return f"double({x}) is {right}, not {given}."


@pytest.mark.parametrize(
    ("function", "key", "message"),
    [
        (lambda x: x**2, "squares", "double squares its argument."),
        (lambda x: min(2 * x, 5), "counterexample", "double(3) is 6, not 5."),
        (lambda x: None, "no-return", "double gives nothing back"),
    ],
)
def test_a_function_is_compared_with_the_known_mistakes(function, key, message):
    with pytest.raises(Wrong) as error:
        DOUBLE.agrees(Notebook(function), says)
    assert (error.value.misconception, error.value.message[: len(message)]) == (key, message)


def test_a_right_function_agrees_and_an_example_has_a_key_of_its_own():
    DOUBLE.agrees(Notebook(lambda x: x + x), says)
    example = replace(DOUBLE, questions=lambda: [(2,)], mistakes={})
    example.agrees(Notebook(lambda x: 4), says)
    with pytest.raises(Wrong, match="not 5") as error:
        example.agrees(Notebook(lambda x: 5), says, "example")
    assert error.value.misconception == "example"
