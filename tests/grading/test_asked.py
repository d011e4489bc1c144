"""What is asked: the first mistake that explains an answer speaks, and no two may coincide."""

from __future__ import annotations

from fractions import Fraction

import pytest

from balancegame.errors import GameError
from balancegame.grading.exercise.designs import asks_design, designs_in
from balancegame.grading.exercise.mistaken_functions import asks_function, asks_unseen
from balancegame.grading.exercise.mistakes import asked, asks, declared_in, perhaps
from balancegame.grading.exercise.reading import EXAMPLE, NEAR, read_number
from balancegame.grading.exercise.verdicts import Wrong
from balancegame.grading.worker.wire import encode, exactly

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


@pytest.mark.parametrize(
    ("right", "told"),
    [
        (4, {2: "halved", 9: "squared"}),
        (2, {9: "squared", 4: "squared"}),
        (9, {2: "halved", 4: "squared"}),
    ],
)
def test_an_answer_that_may_coincide_with_another_is_left_out_where_it_does(right, told):
    found = asked(right, {("halved", perhaps(2)): "", ("squared", perhaps(2, 4, 9)): ""})
    assert found.clash() == ""
    assert {value: each.key for each in found.mistakes for value in each.values} == told


def test_a_condition_that_breaks_at_an_answer_does_not_keep_it_from_the_next_mistake():
    found = asked(4, {("broken", lambda given: given.missing): "", ("halved", perhaps(2)): "half."})
    assert found.explanation(2).key == "halved"


class Designer:
    """A student who has designed something."""

    variant = Fraction(7)

    def __init__(self, **given):
        self._given = given

    def answers(self, *names):
        return tuple(self._given[name] for name in names)


@asks_design("low", "high", read=read_number)
def room(own, low, high):
    return {
        ("no-room", low >= high, "low = 8  # 8"): f"{low} is not below {high}.",
        ("too-high", high > own, "high = 9"): lambda: f"{high} is above {own}.",
    }


@pytest.mark.parametrize(
    ("low", "high", "key", "message"),
    [("1/2", 8, "too-high", "8 is above 7."), (9, 8, "no-room", "9 is not below 8.")],
)
def test_the_first_mistake_in_a_design_speaks(low, high, key, message):
    room(Designer(low=1, high=7))
    with pytest.raises(Wrong) as error:
        room(Designer(low=low, high=high))
    assert (error.value.misconception, error.value.message) == (key, message)


def test_a_design_shows_an_example_of_each_mistake():
    (design,) = designs_in([room, 7])
    right = {"low": "1", "high": 7, "other": None}
    examples = list(design.examples(right, lambda: Fraction(7)))
    assert examples == [("no-room", "low = 8  # 8"), ("too-high", "high = 9")]


def test_what_is_declared_takes_what_it_needs_and_hidden_tests_are_left_out():
    @asks("one", "two")
    def test_two(own, name):
        return own[name], {}

    @pytest.mark.hidden
    @asks("three")
    def test_hidden():
        return 3, {}

    (declared,) = declared_in({"a": test_two, "b": test_hidden, "c": 7})
    assert [
        declared.asked(name, lambda: {"one": 1, "two": 2}).right for name in declared.names
    ] == [
        1,
        2,
    ]


def test_what_is_wrong_with_a_design_in_numbers_is_found_once_for_all_who_hand_it_in():
    asked = []

    @asks_design("low", "high", read=read_number)
    def test_room(low, high):
        asked.append((low, high))
        return {("no-room", low >= high): f"{low} is not below {high}."}

    found = [test_room.asked_design.found(given, dict) for given in ([2, 1], ["2", 1.0], [1, 2])]
    assert [{**each} for each in found] == [
        *[{("no-room", True): "2 is not below 1."}] * 2,
        {("no-room", False): "1 is not below 2."},
    ]
    assert asked == [(2, 1), (1, 2)]


def test_designs_that_are_equal_and_not_the_same_are_told_apart():
    @asks_design("word")
    def test_word(word):
        return {("odd", True): f"{word!r} is odd."}

    said = [test_word.asked_design.found([each], dict)["odd", True] for each in (1, True, 1.0)]
    assert said == ["1 is odd.", "True is odd.", "1.0 is odd."]


class Notebook:
    """A student who has written a function."""

    def __init__(self, function):
        self._function = function

    def answers_unlike(self, name, questions, wanted):
        return (self._function(*arguments) for arguments in questions)


@pytest.mark.task(7)
@asks_function(
    lambda x: 2 * x,
    {"of two": (1, [(2,)]), "of many numbers": (3, lambda: [(x,) for x in range(5)])},
    {("squares", lambda x: x * x): "squares its argument"},
)
def double(given, right, x):
    return f"double({x}) is {right}, not {given}."


DOUBLE = double.asked_function


@pytest.mark.parametrize(
    ("function", "key", "message"),
    [
        (lambda x: x**2, "squares", "double squares its argument."),
        (lambda x: min(2 * x, 5), "counterexample", "double(3) is 6, not 5."),
        (lambda x: None, "no-return", "double gives nothing back"),
        (
            lambda x: 5,
            "always-the-same",
            "double answers the same every time; it depends on x. double(0) is 0, not 5.",
        ),
    ],
)
def test_a_function_is_compared_with_the_known_mistakes(function, key, message):
    with pytest.raises(Wrong) as error:
        DOUBLE.agrees(Notebook(function), "of many numbers")
    assert (error.value.misconception, error.value.message[: len(message)]) == (key, message)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("squares its argument", "twice squares its argument."),
        ("squares its argument.", "twice squares its argument."),
        ("squares; why? ", "twice squares; why?"),
    ],
)
def test_what_a_mistake_does_follows_the_name_and_ends_once(words, message):
    @asks_function(
        lambda x: 2 * x,
        {"of many": (1, [(x,) for x in range(4)])},
        {("squares", lambda x: x * x): words},
    )
    def test_twice(given, right, x):
        return f"in row {x} it is {right}."

    with pytest.raises(Wrong) as error:
        test_twice.asked_function.agrees(Notebook(lambda x: x * x), "of many")
    assert error.value.message == message
    with pytest.raises(Wrong) as error:
        test_twice.asked_function.agrees(Notebook(lambda x: 7), "of many")
    assert error.value.message.endswith("; it depends on x. In row 0 it is 0.")


def test_an_answer_that_is_always_right_but_once_is_not_always_the_same():
    @asks_function(lambda x: False, {"anywhere": (1, [(1,), (2,)])}, {})
    def none(given, right, x):
        return f"none({x}) is {right}."

    with pytest.raises(Wrong, match=r"none\(1\) is False") as error:
        none.asked_function.agrees(Notebook(lambda x: True), "anywhere")
    assert error.value.misconception == "counterexample"


def test_a_function_may_answer_with_a_number_here_and_a_word_there():
    @asks_function(lambda x: x or "none", {"anywhere": (1, [(2,), (0,), (3,)])}, {})
    def least(given, right, x):
        return f"least({x}) is {right}, not {given}."

    least.asked_function.agrees(Notebook(lambda x: "none" if x == 0 else float(x)), "anywhere")
    with pytest.raises(Wrong, match=r"least\(0\) is none, not 0"):
        least.asked_function.agrees(Notebook(lambda x: x), "anywhere")


def test_a_right_function_agrees_and_an_example_has_a_key_of_its_own():
    for place in DOUBLE.trials:
        DOUBLE.agrees(Notebook(lambda x: x + x), place)
    DOUBLE.agrees(Notebook(lambda x: x * x), "of two")
    with pytest.raises(Wrong, match="not 5") as error:
        DOUBLE.agrees(Notebook(lambda x: 5), "of two")
    assert error.value.misconception == "example"


def test_each_place_is_a_criterion_with_its_points():
    (cases,) = (mark.args[1] for mark in double.pytestmark if mark.name == "parametrize")
    found = {case.values[0]: {mark.name: mark.args for mark in case.marks} for case in cases}
    assert found == {
        "of two": {"points": (1,), "criterion": ("double of two",)},
        "of many numbers": {"points": (3,), "criterion": ("double of many numbers",)},
    }


def test_unseen_questions_have_the_right_answers_of_the_visible_declaration():
    @asks_unseen("double", "of unseen numbers")
    def test_unseen():
        return [(10,), (11,)]

    assert {mark.name: mark.args for mark in test_unseen.pytestmark} == {
        "task": (7,),
        "points": (1,),
        "criterion": ("double of unseen numbers",),
    }
    test_unseen(Notebook(lambda x: x + x))
    with pytest.raises(Wrong, match="double errs of unseen numbers") as error:
        test_unseen(Notebook(lambda x: min(2 * x, 21)))
    assert error.value.misconception == "unseen"


def test_unseen_questions_need_a_declaration():
    with pytest.raises(GameError, match="declares no function triple"):
        asks_unseen("triple", "of unseen numbers")(GAIN.clash)


class Written(Notebook):
    """A student whose answers are asked for in the ways in which they may be written."""

    def __init__(self):
        super().__init__(None)
        self.wanted = frozenset()

    def answers_unlike(self, name, questions, wanted):
        self.wanted = wanted


def test_right_answers_are_known_in_each_way_in_which_students_write_them():
    @asks_function(
        lambda x: max(x - 1, Fraction(0)),
        {"of many": (1, [(Fraction(1, 2),), (Fraction(3),), (Fraction(5, 4),)])},
        {},
    )
    def test_rest(given, right, x):
        return "no"

    student = Written()
    test_rest.asked_function.agrees(student, "of many")
    two, quarter = Fraction(2), Fraction(1, 4)
    usual = [Fraction(0), two, quarter], [0, two, quarter], [0, 2, quarter]
    floats = [0, 2, 0.25], [0.0, 2.0, 0.25]
    written = {exactly([{"value": encode(x)} for x in each]) for each in (*usual, *floats)}
    assert student.wanted == written
