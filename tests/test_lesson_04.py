"""What lesson 4 says, held against the solver and the facts."""

import re
from fractions import Fraction

import pytest

import balancegame as bg
from balancegame.customs import figure
from balancegame.models.burden import burden_in_closed_form
from balancegame.models.joint_sanctions import dominance_threshold
from tests.lesson_text import FACTS, cells

CELLS = cells("04")
MODEL = bg.models["joint-sanctions"]
TOGETHER, APART = ("Sanction", "Sanction"), ("Trade", "Trade")


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({}, "prisoners' dilemma"),
        ({"B": 4}, "deadlock"),
        ({"s": 4}, "assurance"),
        ({"s": 6}, "harmony"),
        ({"s": 4, "beta": "1/2"}, "Chicken"),
        ({"c_US": 1}, "suasion"),
        ({"s": 4, "beta": "3/8"}, "on a boundary"),
    ],
)
def test_the_situations_have_the_names_that_the_lesson_gives(values, name):
    assert bg.situation(MODEL.game(**values)) == name


def test_the_thresholds_are_those_of_the_formula():
    assert dominance_threshold() == 5
    assert "greed asks for 3 and fear for 5, so *s*\\* = 5" in CELLS["threshold"]
    found = [r.low for r in bg.regimes(MODEL, "s") if r.is_point]
    assert found == [3, 5]
    assert dominance_threshold(beta="1/8") == 6
    at = {r.low: bg.pure_equilibria(r.game) for r in bg.regimes(MODEL, "s", beta="1/8")[1:4:2]}
    assert at == {2: (TOGETHER, APART), 6: (TOGETHER, APART)}


def test_the_first_map_has_neither_deadlock_nor_suasion_and_the_second_has_everything():
    first = bg.situations(MODEL, "s", "beta")
    assert set(first.legend) == {
        *("harmony", "assurance", "Chicken", "prisoners' dilemma", "on a boundary")
    }
    assert "B=6, c_US=8, c_JP=9)" in CELLS["explore"]
    second = bg.situations(MODEL, "s", "beta", B=6, c_US=8, c_JP=9)
    assert {*second.legend} == {*first.legend, "deadlock", "suasion"}
    deadlock = second.labels == second.legend.index("deadlock")
    columns = [k for k in range(len(second.x)) if deadlock[:, k].any()]
    assert columns == list(range(len(columns)))
    assert second.x[columns[-1]] < 2


def test_the_bet_is_on_deadlock_which_a_larger_benefit_ends():
    costs = {"c_US": 8, "c_JP": 9}
    game = MODEL.game(**costs, B=6, s=1)
    assert bg.situation(game) == "deadlock"
    assert (game.payoff(TOGETHER), game.payoff(APART)) == ((-2, -3), (-1, -1))
    for benefit, there in ((Fraction(31, 4), True), (8, False), (9, False)):
        diagram = bg.situations(MODEL, "s", "beta", resolution=81, **costs, B=benefit)
        assert ("deadlock" in diagram.legend) == there


def test_a_large_penalty_ends_deadlock_against_the_wish_of_both():
    values = {"B": 6, "c_US": 8, "c_JP": 9}
    assert bg.situation(MODEL.game(**values)) == "deadlock"
    assert bg.pure_equilibria(MODEL.game(**values, s=10)) == (TOGETHER,)
    forced = MODEL.game(**values, s=10).payoff(TOGETHER)
    assert all(payoff < 0 for payoff in forced)


def test_the_buck_is_passed_as_the_lesson_says():
    burden = bg.models["burden"]
    solved = burden_in_closed_form(v_US=3, v_JP=1)
    assert (solved.total, solved.contributions, solved.efficient_total) == (3, (3, 0), 4)
    for values, found in (
        ((3, 1), {("Give 3", "Give 0")}),
        ((2, 2), {("Give 0", "Give 2"), ("Give 1", "Give 1"), ("Give 2", "Give 0")}),
        ((1, 3), {("Give 0", "Give 3")}),
    ):
        game = burden.game(v_US=values[0], v_JP=values[1])
        assert set(bg.pure_equilibria(game)) == found


def test_the_figures_are_those_of_the_customs_data_and_of_the_facts():
    text = CELLS["claims"]
    for year, total in ((2014, "3,590"), (2016, "1,782")):
        trade = figure(year, "imports_from_russia") + figure(year, "exports_to_russia")
        assert f"{round(trade):,}" == total
        assert total in text
    for fuel, name in (("crude", "crude"), ("LNG", "gas"), ("coal", "coal")):
        before, after = (float(figure(year, f"{fuel}_share")) for year in (2014, 2016))
        assert re.search(rf"from {before:g}(\.0)? to {after:g} % for {name}", text)
    assert "Japan pays 9 and 4 billion dollars towards the Gulf War" in FACTS
    assert "Japan paid 9 and then 4 billion dollars" in text
