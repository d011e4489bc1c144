"""What lesson 8 says, held against the solver."""

import re
from fractions import Fraction
from itertools import permutations

import pytest

import balancegame as bg
from tests.lesson_text import text

TEXT = text("08")
PIPELINE, CONCERT, COUNCIL = bg.models["pipeline"], bg.models["concert"], bg.models["council"]
KURILS = bg.models["kurils"]
PERMANENT = ("China", "Russia", "UK", "France")


@pytest.mark.parametrize("s", range(5))
def test_the_table_of_coalitions_is_that_of_the_model(s):
    rows = dict(re.findall(r"^\| ([\w +]+) \| (\d)(?: − \*s\*)? \|$", TEXT, re.M))
    game = PIPELINE.game(s=s)
    assert game.value(("Russia", "China")) == int(rows["Russia + China"])
    assert game.value(("Russia", "Japan")) == int(rows["Russia + Japan"]) - s
    assert game.value(("China", "Japan")) == int(rows["China + Japan"]) == 0
    assert game.value(game.players) == int(rows["all three"])
    assert [game.value(name) for name in game.players] == [int(rows["anybody alone"])] * 3


def test_the_table_of_orders_is_right_line_by_line():
    game = PIPELINE.game()
    rows = re.findall(r"^\| (\w+), (\w+), (\w+) \| (\d) \| (\d) \| (\d) \|$", TEXT, re.M)
    assert {row[:3] for row in rows} == set(permutations(game.players))
    sums = dict.fromkeys(game.players, 0)
    for *order, russia, china, japan in rows:
        told = {"Russia": int(russia), "China": int(china), "Japan": int(japan)}
        for k, name in enumerate(order):
            assert told[name] == game.value(order[: k + 1]) - game.value(order[:k])
            sums[name] += told[name]
    assert "22/6 for Russia, 10/6 for China and 4/6 for Japan" in TEXT
    assert [Fraction(total, 6) for total in sums.values()] == list(bg.shapley(game))
    assert list(sums.values()) == [22, 10, 4]


def test_the_price_in_the_core_lies_where_the_lesson_says():
    for s in (0, 1, Fraction(5, 2), 4):
        corners = bg.core(PIPELINE.game(s=s))
        assert sorted(corner["Russia"] for corner in corners) == sorted({4 - s, Fraction(6)})
        assert all(corner["Japan"] == 0 for corner in corners)


def test_power_in_the_concert_is_as_told():
    capability, output, arms = (
        bg.shapley(CONCERT.game(**CONCERT.presets[title]))
        for title in ("capability 2015", "output 2015", "military spending 2014")
    )
    assert capability["US"] == capability["Japan"] == Fraction(1, 10)
    assert (output["US"], output["China"]) == (Fraction(3, 5), Fraction(1, 10))
    assert arms["US"] == 1
    weights = CONCERT.presets["capability 2015"]
    assert Fraction(1, 4) < weights["US"] / sum(weights.values()) < Fraction(13, 50)
    game = CONCERT.game(**weights)
    assert game.value(("US", "Russia", "Japan", "India")) == 1
    for left_out in ("Russia", "Japan", "India"):
        assert not game.value([p for p in game.players if p not in (left_out, "China")])
    spent = CONCERT.presets["military spending 2014"]
    assert Fraction(3, 5) < spent["US"] / sum(spent.values()) < Fraction(67, 100)


def power(title):
    return bg.shapley(COUNCIL.game(**COUNCIL.presets[title]))


def test_every_other_permanent_member_should_prefer_a_clone():
    today, pole, clone = map(
        power, ("today", "Japan, an independent pole", "Japan, a clone of the US")
    )
    assert "421/2145 each, almost a fifth, and an elected member 4/2145" in TEXT
    assert (today["China"], today["elected 1"]) == (Fraction(421, 2145), Fraction(4, 2145))
    assert pole["Japan"] == Fraction(283, 1716)
    for name in PERMANENT:
        assert clone[name] == today[name]
        assert Fraction(3, 100) < today[name] - pole[name] < Fraction(4, 100)
    assert clone["US"] == today["US"]


def test_the_islands_are_sold_at_the_price_that_is_told():
    for v_J, v_R, a in ((8, 3, 2), (10, 3, 1), (8, 3, 5)):
        solution = bg.nash_bargaining(KURILS.game(v_J=v_J, v_R=v_R, a=a))
        assert -solution.payments[0] == Fraction(v_J + v_R + a, 2)
        assert solution.gains[0] == solution.gains[1]
    assert not bg.nash_bargaining(KURILS.game(v_J=8, v_R=3, a=6)).deal
    assert not bg.nash_bargaining(KURILS.game().with_lotteries()).deal
