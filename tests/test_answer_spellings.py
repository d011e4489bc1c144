"""One reading of answers, in quick checks and exercises alike, however they are spelled."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.errors import GameError
from balancegame.grading.exercise.mistakes import asked
from balancegame.grading.exercise.number_meant import (
    FEWEST_DECIMALS,
    LARGEST_DENOMINATOR,
    meant_within,
    number_meant,
    remark,
)
from balancegame.grading.exercise.reading import (
    read_actions,
    read_choice,
    read_probability,
    read_profiles,
    read_situation,
)
from balancegame.grading.exercise.report import Outcome, Report
from balancegame.grading.exercise.verdicts import Wrong
from balancegame.grading.practice.judgement import judged
from balancegame.grading.practice.questions.question import cell, letter, number
from balancegame.grading.worker.wire import decode, encode

DILEMMA = bg.models["core-dilemma"].game(s=4)

# What is typed, the number that it means, and whether it has to be said how it was read.
NUMBERS = [
    (4 / 9, "4/9", True),
    (1 - 5 / 9, "4/9", True),
    (0.4444444, "4/9", True),
    ("0.4444444", "4/9", True),
    ("0.44444444444", "4/9", True),
    (0.6666666, "2/3", True),  # cut off
    (0.6666667, "2/3", True),  # rounded
    (1.4 - 1, "2/5", True),
    (1 - 0.9 - 0.1, "0", True),
    (25000 / 3, "25000/3", True),
    (2 / 5, "2/5", False),
    (0.625, "5/8", False),
    (0.44, "11/25", False),
    ("0.44", "11/25", False),
    (0.667, "667/1000", False),
    (0.444444, "444444/1000000", False),  # six decimals may be any of several fractions
    (0.4444454, "4444454/10000000", False),  # seven, but of no fraction that is simple
    (8, "8", False),
    (8.0, "8", False),
    ("8.", "8", False),
    ("1,5", "3/2", True),
    ("0,625", "5/8", True),
    ("\u00bd", "1/2", True),
    ("1\u00bd", "3/2", True),
    ("\u215d", "5/8", True),
    ("5%", "1/20", True),
    ("62.5%", "5/8", True),
    ("62,5 %", "5/8", True),
    ("100%", "1", True),
    ("5e1%", "1/2", True),
    ("1.e5 %", "1000", True),
    ("\u00b9\u2044\u2082", "1/2", True),
    ("66.66667%", "2/3", True),
    ("1 1/3", "4/3", True),
    ("-1 1/2", "-3/2", True),
    ("2\u20445", "2/5", True),
    ("2\u22155", "2/5", True),
    ("4/9", "4/9", False),
    (" 4 / 9 ", "4/9", False),
    ("8/18", "4/9", False),
    ("\u22123/4", "-3/4", False),
    ("\uff15\uff0f\uff18", "5/8", False),
    ("s* = 8", "8", True),
    ("p=5/8", "5/8", True),
    ("5/8.", "5/8", True),
    (Fraction(4, 9), "4/9", False),
    (Decimal("0.4444444"), "4/9", True),
    ("\u200b5/8", "5/8", True),  # what nobody sees, as it comes along from a page
    ("\ufeff0.625\u200e", "5/8", True),
    ("\u2014 1.5", "-3/2", True),  # each dash, and a sign that stands apart
    ("\u20111.5", "-3/2", True),
    ("- 3/4", "-3/4", True),
    ("\u0663\u066b\u0665", "7/2", True),  # digits of other scripts
    ("\u096b/\u096e", "5/8", True),
    ("33 1/3%", "1/3", True),
    ("33\u2153 %", "1/3", True),
    ("-1 500", "-1500", True),  # thousands apart
    ("12\u202f000,5", "24001/2", True),
    ("1'000.5", "2001/2", True),
    ("1_000", "1000", True),
    ("1,000,000", "1000000", True),
    ("1.000.000,5", "2000001/2", True),
    ("1,000.5 %", "2001/200", True),
    ("25 000/3", "25000/3", True),
    ("2 500/3", "2500/3", True),
    ("2 125/250", "5/2", True),
    ("(5/8)", "5/8", True),
    ("'5/8'", "5/8", True),
    ("\u201c 62.5% \u201d", "5/8", True),
    ([4 / 9], "4/9", True),
    (("4/9",), "4/9", True),
    (Decimal(4) / Decimal(9), "4/9", True),
    (np.float64(4 / 9), "4/9", True),
    (np.float32(4 / 9), "4/9", True),
    (np.int64(3), "3", False),
    (sympy.Rational(4, 9), "4/9", False),
]
TYPED = [repr(given) for given, _, _ in NUMBERS]


@pytest.mark.parametrize(("given", "means", "said"), NUMBERS, ids=TYPED)
def test_a_number_is_what_it_means(given, means, said):
    read = number_meant(given)
    assert (read, remark(given, read) != "") == (Fraction(means), said)


@pytest.mark.parametrize(("given", "means", "said"), NUMBERS, ids=TYPED)
def test_quick_checks_and_exercises_read_alike(given, means, said):
    right = Fraction(means)
    question = number(lambda: right, "So it is.", {})
    assert question.read(given) == question.right
    asked(right, {}).judge(given, "gain")
    asked(right, {}).judge(meant_within(given), "gain")
    with pytest.raises(Wrong):
        asked(right + 5, {}).judge(given, "gain")
    assert question.read(given) != right + 5


@pytest.mark.parametrize(("given", "means", "said"), NUMBERS, ids=TYPED)
def test_a_number_means_the_same_when_it_has_travelled(given, means, said):
    arrived = decode(json.loads(json.dumps(encode(given))))
    assert number_meant(meant_within(arrived)) == Fraction(means)


def test_numbers_in_an_array_mean_the_same_when_they_have_travelled():
    for kind in (np.float32, np.float64):
        given = np.array([[4 / 9, 2 / 9], [0.5, 3]], dtype=kind)
        assert meant_within(decode(encode(given))) == [
            [Fraction(4, 9), Fraction(2, 9)],
            [0.5, 3],
        ]


def test_a_lesson_says_how_an_answer_was_read():
    assert str(judged("06-average", "150%")).startswith("Right. 150% is read as 3/2.")
    assert judged("01-mixture", 5 / 8).how_read == ""
    assert judged("07-mixed", 2 / 3).verdict == "right"
    assert str(judged("07-mixed", 1 / 3)).startswith(
        "Not yet. 0.3333333333333333 is read as 1/3. That is how often the US passes."
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("1;5", "the character ; in '1;5' is not part of a number"),
        ("4:9", "the character : in '4:9'"),
        ("$5", "the character $ in"),
        ("2\u2075", "the character \u2075 in"),
        ("2\u00b9\u2044\u2082", "the character \u00b9 in"),
        ("1\u00b2/3", "the character \u00b2 in"),
        ("~0.44", "the character ~ in"),
        ("5/8 p", "the character p in"),
        ("1,500", "may part thousands or decimals; write 1500 or 1.500"),
        ((1, 5), "the comma in 1, 5 makes two numbers of it; write 1.5"),
        ("eleven", "'eleven' for gain is not a number"),
        ("", "is not a number"),
        ("1/0", "divides by zero"),
        ("50%%", "is not a number"),
        ("(1,5)", "the character ( in '(1,5)'"),
        ([5, 8], "one number is asked for, and [5, 8] holds several"),
        ("1/2 or 2/3", "one number is asked for, and '1/2 or 2/3' holds several"),
        ([[5]], "is not a number"),
        ([], "is not a number"),
        (True, "is a truth value"),
        (float("nan"), "not a finite number"),
        (None, "is not a number"),
    ],
)
def test_what_is_no_number_is_named(given, words):
    with pytest.raises(GameError) as error:
        number_meant(given, "gain")
    assert words in str(error.value)


@pytest.mark.parametrize("given", ["eleven", [1, 1.5], (1, 5)])
def test_an_answer_that_cannot_be_read_is_counted_as_that(given):
    report = bg.check("06", namespace={"gain": given})
    (found,) = (each for each in report.outcomes if each.verdict == "wrong")
    assert found.key == "answer-not-readable"


def test_the_name_of_an_answer_stays_as_it_is_spelled():
    report = bg.check("06", namespace={"gain": (1, 5)})
    assert "gain: the comma in 1, 5 makes two numbers of it" in str(report)


def test_one_point_is_no_points():
    one = Outcome("05_x", task=1, worth=1, verdict="passed")
    other = Outcome("05_x", task=2, worth=1, verdict="wrong")
    assert "(1 of 1 point)" in Report("05_x", (one,))._repr_markdown_()
    assert Report("05_x", (one, other)).table.endswith("1 of 2 points.")


@pytest.mark.parametrize("given", [0.44, "0.44", 0.444, "44%", 0.4444])
def test_a_rounded_decimal_gets_the_one_sentence(given):
    sentence = (
        "is very near, but rounded; the answer is one exact number, so write it as a fraction"
    )
    right = Fraction(4, 9)
    assert sentence in number(lambda: right, "", {}).says(number_meant(given))
    with pytest.raises(Wrong) as error:
        asked(right, {}).judge(given, "gain")
    assert (error.value.misconception, sentence in error.value.message) == ("rounded", True)


fractions = st.builds(Fraction, st.integers(-3000, 3000), st.integers(1, LARGEST_DENOMINATOR))


@settings(max_examples=300, deadline=None)
@given(fractions, st.integers(FEWEST_DECIMALS, 15))
def test_every_simple_fraction_is_known_by_its_float_and_its_decimals(fraction, decimals):
    assert number_meant(fraction.numerator / fraction.denominator) == fraction
    assert number_meant(f"{float(fraction):.{decimals}f}") == fraction


def test_seven_decimals_tell_all_simple_fractions_apart():
    """Neighbours with denominators a and b differ by 1/(ab) at least."""
    n = LARGEST_DENOMINATOR
    assert Fraction(1, n - 1) - Fraction(1, n) == Fraction(1, n * (n - 1))
    assert Fraction(1, n * n) > 2 * Fraction(1, 10**FEWEST_DECIMALS)
    assert Fraction(1, n * n) < 2 * Fraction(1, 10 ** (FEWEST_DECIMALS - 1))


def test_an_answer_is_read_through_and_through():
    given = [("Comply", {"Enforce": 2 / 3, "Acquiesce": 1 / 3}), 0.5]
    third = Fraction(1, 3)
    assert meant_within(given) == [("Comply", {"Enforce": 2 * third, "Acquiesce": third}), 0.5]


CELLS = [
    ("Engage", "Enforce"),
    ["engage", " ENFORCE "],
    "Engage, Enforce",
    "Engage/Enforce",
    "(Engage, Enforce)",
    "engage and enforce",
    '"Engage", "Enforce"',
    "Engage \u2013 Enforce",
]


@pytest.mark.parametrize("given", CELLS)
def test_a_cell_is_read_however_it_is_parted(given):
    question = cell(DILEMMA, lambda: ("Engage", "Enforce"), "", {})
    assert question.read(given) == ("Engage", "Enforce")
    (profile,) = read_profiles(DILEMMA, [given], "cells")
    assert profile == DILEMMA.profile(("Engage", "Enforce"))
    assert judged("01-equilibrium", given).verdict == "right"


@pytest.mark.parametrize(
    "given",
    [
        {"Enforce", "Acquiesce"},
        ["acquiesce", "Enforce"],
        "Enforce, Acquiesce",
        "Enforce/Acquiesce",
        "Enforce and  acquiesce.",
        '{"Enforce", "Acquiesce"}',
    ],
)
def test_several_actions_are_read_however_they_are_parted(given):
    assert read_actions(given, "reply", DILEMMA.actions[1]) == {"Enforce", "Acquiesce"}
    assert judged("01-best-response", given).verdict == "right"


def test_words_are_read_without_what_makes_no_difference():
    for spelled in (
        "Stag  Hunt",
        "stag hunt",
        " STAG HUNT.",
        '"Stag Hunt"',
        "assurance",
        "\ufeffStag\u200b\u00a0Hunt",
    ):
        assert read_situation(spelled, "table") == "assurance"
    for spelled in ("Prisoners\u2019  Dilemma", "prisoners dilemma", "prisoner's dilemma"):
        assert read_situation(spelled, "table") == "prisoners' dilemma"
    for spelled in ("the US", "us", " US. ", "\uff35\uff33", ["US"], {"us"}):
        assert read_choice(spelled, "who", ("Japan", "US")) == "US"
    for spelled in ("b", " B) ", "(b)", "b.", '"b"'):
        assert letter(lambda: "b", "", {}, {"a": "no", "b": "yes"}).read(spelled) == "b"


def test_an_action_whose_name_holds_a_comma_or_a_word_between_is_one():
    names = ("Hold, and wait", "Wait and see")
    for spelled, name in (("wait and see", names[1]), ("hold,  and wait", names[0])):
        assert read_actions(spelled, "reply", (*names, "a/b", "c")) == {name}


def test_a_mixture_of_floats_adds_up():
    profiles = read_profiles(
        DILEMMA, [("Comply", {"Enforce": 5 / 6, "Acquiesce": 1 / 6}), ("Comply", "Enforce")], "all"
    )
    assert profiles[0][1] == (Fraction(5, 6), Fraction(1, 6))
    with pytest.raises(Wrong, match="they are rounded"):
        read_profiles(DILEMMA, [("Comply", {"Enforce": 0.833, "Acquiesce": 0.166})], "all")


def test_one_pair_of_mixtures_needs_no_list_around_it():
    half, quarters = (Fraction(1, 2), 0.5), [Fraction(1, 4), 0.75]
    expected = [((half[0],) * 2, (quarters[0], Fraction(3, 4)))]
    for pair in ((half, quarters), [half, quarters], [(half, quarters)]):
        assert read_profiles(DILEMMA, pair, "all") == expected
    with pytest.raises(Wrong, match="not what they pay"):
        read_profiles(DILEMMA, [(1, 0), (0, 1)], "all")
    with pytest.raises(Wrong, match="they are rounded"):
        read_profiles(DILEMMA, ((0.5, 0.5), (0.333, 0.666)), "all")


def test_a_percentage_is_a_probability():
    assert read_probability("62.5%", "p") == Fraction(5, 8)
    with pytest.raises(Wrong, match="not between 0 and 1"):
        read_probability("62.5", "p")
