"""What a student's code hands back travels as plain JSON, and nothing of its own comes with it."""

from __future__ import annotations

import json
from fractions import Fraction

import numpy as np
import pytest
import sympy

from balancegame.grading.worker.wire import Other, decode, encode


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
