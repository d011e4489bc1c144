"""What a student's code hands back travels as plain JSON, and nothing of its own comes with it."""

from __future__ import annotations

import json
from fractions import Fraction

import numpy as np
import pytest
import sympy

from balancegame.grading.worker.wire import (
    MAX_DIGITS,
    Other,
    Unreadable,
    decode,
    encode,
    exactly,
    pack,
    parse,
    unpack,
)


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, 3, -(10**30), 0.5, "日本", ..., Fraction(5, 6)),
        [1, [2, (3, {"a": {4, 5}})]],
        {"Enforce": Fraction(2, 3), 1: ("x",)},
    ],
)
def test_plain_values_travel_unchanged(value):
    there = decode(json.loads(json.dumps(encode(value))))
    assert (there, type(there)) == (value, type(value))


@pytest.mark.parametrize(
    ("value", "arrives"),
    [
        (np.int64(3), 3),
        (np.float64(0.5), 0.5),
        (np.bool_(True), True),
        (np.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]]),
        (sympy.Rational(2, 3), Fraction(2, 3)),
        (sympy.Integer(3), 3),
        (sympy.FiniteSet(1, sympy.Rational(2, 3)), {1, Fraction(2, 3)}),
        (sympy.Rational(1, 2) < 1, True),
        (sympy.false, False),
        (0.5 + 0j, 0.5),
        (np.complex128(-2), -2.0),
        (1j, Other("complex")),
        (np.float32(6 / 7), 0.8571429),
        (range(2, 5), [2, 3, 4]),
        ({"Wait": 1, "Invest": 2}.keys(), ["Wait", "Invest"]),
        ({"Wait": 1, "Invest": 2}.values(), [1, 2]),
        ({"Wait": 1}.items(), [("Wait", 1)]),
        ((x for x in "ab"), Other("generator")),
        (range(10**9), Other("range")),
        (len, Other("function")),
        (object(), Other("object")),
        (sympy.sqrt(2), Other("Pow")),
    ],
)
def test_other_values_arrive_as_plain_ones(value, arrives):
    assert decode(json.loads(json.dumps(encode(value)))) == arrives


@pytest.mark.parametrize("value", [float("inf"), float("nan"), "日本"])
def test_awkward_values_travel_as_plain_json(value):
    assert decode(json.loads(json.dumps(encode(value), allow_nan=False))) is not ...


def test_objects_of_ones_own_stay_behind():
    class Everything(int):
        def __eq__(self, other):
            return True

        __hash__ = int.__hash__

    assert type(decode(encode(Everything(3)))) is int
    loop: list[object] = []
    loop.append(loop)
    assert json.dumps(encode(loop))


TOO_LONG = Other(f"number of more than {MAX_DIGITS} digits")


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("read", [int, Fraction, np.array, lambda n: [n]])
def test_the_longest_number_travels_and_the_next_does_not(sign, read):
    longest = sign * (10**MAX_DIGITS - 1)
    there, beyond = (decode(encode(read(n))) for n in (longest, longest + sign))
    assert (there, beyond) == (([longest], [TOO_LONG]) if there != longest else (longest, TOO_LONG))
    assert decode(encode(Fraction(sign, 10**MAX_DIGITS))) == TOO_LONG


@pytest.mark.parametrize(
    "questions",
    [
        [],
        [(1, -2.5, True, None, "日本", ...), ([1, [2]], (3, {"a": {4, 5}}), 10**40)],
        [(Fraction(1, 2), [Fraction(3)]), (2,)],
        [(object(),)],
        [([n, n], Fraction(n)) for n in range(1_000)],
        [([n, n], n) for n in range(1_000)],
    ],
)
def test_questions_are_unpacked_as_they_would_have_travelled_one_by_one(questions):
    one_by_one = [decode(encode(question)) for question in questions]
    assert repr(unpack(pack(questions))) == repr(one_by_one)


@pytest.mark.parametrize("value", [1, Fraction(1, 2)])
def test_each_question_gets_lists_of_its_own(value):
    shared = [value]
    first, second = unpack(pack([(shared, shared), (shared,)]))
    first[0].append("changed")
    assert (first[1], second) == ([value], ([value],))


@pytest.mark.parametrize("digit", [*"123456789"])
@pytest.mark.parametrize("number", ["{}", "-{}", "0.{}", "[7, {}]", '"{}", "more": {}'])
def test_a_reply_with_a_longer_number_than_travels_is_not_read(digit, number):
    def line(digits):
        return f'{{"value": {number.replace("{}", digit * digits)}}}'.encode()

    assert parse(line(MAX_DIGITS))
    if number == "0.{}":
        assert parse(line(3 * MAX_DIGITS))
    else:
        with pytest.raises(Unreadable, match="digits"):
            parse(line(3 * MAX_DIGITS))


def test_no_two_replies_are_exactly_the_same():
    plain = [None, True, False, 0, 1, -1, 0.0, -0.0, 1.0, 0.5, 2**40, "", "1", "日本", "\ud800"]
    shared = [1]
    several = [[], [[]], [1, 1], [1, True], [shared], [shared, shared], {}, {"a": 1}, {"a": True}]
    ordered = {"a": 1, "b": 2}, {"b": 2, "a": 1}
    written = [exactly(each) for each in (*plain, *several, *ordered)]
    assert len({*written}) == len(written)
    # Where an object stands twice, it is written as two that are equal.
    assert exactly([shared, shared]) == exactly([[1], [int("1")]])
    assert exactly(["long text"] * 2) == exactly(["long text", "".join(["long ", "text"])])
