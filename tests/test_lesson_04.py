"""What lesson 4 says, held against the solver and the facts."""

import re
from fractions import Fraction

import balancegame as bg
from balancegame.customs import figure
from balancegame.models.joint_sanctions import dominance_threshold
from tests.lesson_text import FACTS, cells, lesson

says = lesson("04")
MODEL = bg.models["joint-sanctions"]
DEAR = {"c_US": 8, "c_JP": 9}
TOGETHER, APART = ("Sanction", "Sanction"), ("Trade", "Trade")


def test_the_threshold_is_that_of_the_formula():
    threshold = dominance_threshold()
    assert says("threshold", "greed asks for 3 and fear for 5, so *s*\\* = {}", threshold)


def test_the_first_map_has_neither_deadlock_nor_suasion_and_the_second_has_everything():
    first = bg.situations(MODEL, "s", "beta")
    named = {"harmony", "assurance", "Chicken", "prisoners' dilemma", "on a boundary"}
    assert {*first.legend} == named
    assert says("explore", "B=6, c_US=8, c_JP=9)")
    second = bg.situations(MODEL, "s", "beta", B=6, **DEAR)
    assert {*second.legend} == {*named, "deadlock", "suasion"}
    deadlock = (second.labels == second.legend.index("deadlock")).any(axis=0)
    assert deadlock[: deadlock.sum()].all()
    assert second.x[deadlock.sum() - 1] < 2


def test_the_bet_is_on_deadlock_which_a_larger_benefit_ends():
    game = MODEL.game(**DEAR, B=6, s=1)
    assert bg.situation(game) == "deadlock"
    assert (game.payoff(TOGETHER), game.payoff(APART)) == ((-2, -3), (-1, -1))
    for benefit, there in ((Fraction(31, 4), True), (8, False), (9, False)):
        diagram = bg.situations(MODEL, "s", "beta", resolution=81, **DEAR, B=benefit)
        assert ("deadlock" in diagram.legend) == there


def test_a_large_penalty_ends_deadlock_against_the_wish_of_both():
    forced = MODEL.game(**DEAR, B=6, s=10)
    assert bg.pure_equilibria(forced) == (TOGETHER,)
    assert max(forced.payoff(TOGETHER)) < 0 == max(MODEL.game(**DEAR, B=6).payoff(APART))


def test_the_figures_are_those_of_the_customs_data_and_of_the_facts():
    for year in (2014, 2016):
        trade = figure(year, "imports_from_russia") + figure(year, "exports_to_russia")
        assert says("claims", f"{round(trade):,} billion")
    for fuel, name in (("crude", "crude"), ("LNG", "gas"), ("coal", "coal")):
        before, after = (float(figure(year, f"{fuel}_share")) for year in (2014, 2016))
        share = rf"from {before:g}(\.0)? to {after:g} % for {name}"
        assert re.search(share, cells("04")["claims"])
    assert "Japan pays 9 and 4 billion dollars towards the Gulf War" in FACTS
    assert says("claims", "Japan paid 9 and then 4 billion dollars")
