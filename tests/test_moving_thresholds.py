"""Thresholds of one parameter at many values of another, against bg.regimes at each of them."""

import random
from fractions import Fraction
from itertools import pairwise

import pytest
import sympy

import balancegame as bg
from balancegame.errors import GameError
from balancegame.models import models
from balancegame.solvers.parametric.equilibrium_regimes import moving_thresholds
from tests.random_models import random_model

VALUES = [Fraction(k, 3) for k in range(-6, 7, 2)]


def in_two(seed, shape, more):
    """A random model in t to whose payoffs a random multiple of something in u is added."""
    source = random.Random(seed)
    model = random_model(seed, shape, coefficients=range(-2, 3), share=0.7)

    def mixed(array):
        if hasattr(array, "text"):
            return f"{array} + ({source.choice((-2, -1, 0, 0, 1, 2))})*{more}"
        return [mixed(part) for part in array]

    return bg.Model(
        name="in-two",
        title="Random payoffs in two letters",
        players=model.players,
        actions=model.actions,
        payoffs=[mixed(array) for array in model.payoffs],
        parameters=(*model.parameters.values(), bg.Parameter("u", "what else varies", 1, -2, 2)),
    )


def where_regimes_meet(model, parameter, **fixed):
    """The ends that two regimes share."""
    found = bg.regimes(model, parameter, **fixed)
    return {before.high for before, _ in pairwise(found)}


@pytest.mark.parametrize(
    ("shape", "more", "count"),
    [
        ((2, 2), "u", 6),
        ((2, 2), "(u + t*u)", 4),
        ((2, 2), "(u*u - t)", 4),
        ((2, 2), "t/(u*u + 1)", 4),
        ((2, 2), "t*t*t*u*u", 1),
        ((2, 3), "(u + t*u)", 2),
        ((3, 2), "t/(u*u + 1)", 2),
        ((3, 3), "u", 1),
        ((1, 3), "(u + t*u)", 2),
        ((3,), "(u*u - t)", 3),
        ((2, 2, 2), "u", 1),
    ],
    ids=str,
)
def test_they_are_the_ends_of_regimes(shape, count, more):
    met = 0
    for seed in range(count):
        model = in_two(seed, shape, more)
        found = moving_thresholds(model, "t", "u", VALUES)
        assert found == [where_regimes_meet(model, "t", u=value) for value in VALUES]
        met += len(set(map(frozenset, found))) > 1
    assert met


def test_the_same_of_players_who_move_later():
    values = [4, "9/2", 7]
    found = moving_thresholds(models["face"], "s", "E", values)
    assert found == [where_regimes_meet(models["face"], "s", E=value) for value in values]
    assert any(found)


def test_what_divides_by_zero_elsewhere_only():
    model = in_two(1, (2, 2), "t/u")
    values = [Fraction(1, 2), Fraction(3, 2)]
    found = moving_thresholds(model, "t", "u", values)
    assert found == [where_regimes_meet(model, "t", u=value) for value in values]
    with pytest.raises(GameError, match=r"^at u = 0 the payoff .* divides by zero"):
        moving_thresholds(model, "t", "u", [1, 0])


def test_a_range_of_one_value_has_no_threshold():
    parameters = (bg.Parameter("t", "what is given", 0, 0, 0), bg.Parameter("u", "more", 1, -2, 2))
    payoffs = [[["t", "u"], ["1", "0"]]] * 2
    model = bg.Model("one", "One", ("A", "B"), (("a", "b"), ("c", "d")), payoffs, parameters)
    assert moving_thresholds(model, "t", "u", [0, 1]) == [set(), set()]


def test_values_are_read_as_everywhere():
    model = in_two(2, (2, 2), "u")
    assert moving_thresholds(model, "t", "u", ["0.5"]) == [where_regimes_meet(model, "t", u="1/2")]
    with pytest.raises(GameError, match="outside its range"):
        moving_thresholds(model, "t", "u", [3])
    with pytest.raises(GameError, match="no parameter v"):
        moving_thresholds(model, "t", "v", [1])
    with pytest.raises(GameError, match="irrational"):
        moving_thresholds(model, "t", "u", [sympy.sqrt(2)])
    with pytest.raises(GameError, match="cannot both vary and be fixed"):
        moving_thresholds(model, "t", "t", [1])
