"""What lesson 1 says, held against the solver and the facts."""

import balancegame as bg
from balancegame.exact import exact
from tests.lesson_text import bet, explorer, half_of_five, lesson, saved

says = lesson("01")
DILEMMA = bg.models["core-dilemma"]


def test_the_first_bet_can_be_won_by_a_beginner():
    shown = explorer("01", "explore")
    assert [choice["words"] for choice in shown.plan["choices"]] == [
        *("Comply, Enforce", "Comply, Acquiesce", "Engage, Enforce", "Engage, Acquiesce"),
        *("in no cell", "in infinitely many places"),
    ]
    assert bet(shown, "Engage, Enforce")["verdict"] == "Right: this is the only equilibrium."


def test_where_the_boundary_lies_and_that_nashpy_gives_one_point_without_a_warning(recwarn):
    assert says("above", "*p* ≥ {}", exact("5/6"))
    game = DILEMMA.game(s=6)
    for p, holds in (("5/6", True), ("0.8333", False), (1, True)):
        mixture = {"Enforce": p, "Acquiesce": 1 - exact(p)}
        assert bg.verify(game, ("Comply", mixture)).holds == holds
    ((comply, enforce),) = game.to_nashpy().support_enumeration()
    assert [[*comply], [*enforce], recwarn.list] == [[1, 0], [1, 0], []]


def test_presets_follow_from_the_customs_data():
    for year, preset in DILEMMA.presets.items():
        assert preset["E"] == half_of_five(saved(int(year)))
    before = saved(2021)
    assert says("rival", "{:g} billion yen, so *E* = {})", float(before), half_of_five(before))


def test_the_rival_calibration_flips_the_answer():
    preset = DILEMMA.presets["2022"]
    assert bg.pure_equilibria(DILEMMA.game(**preset)) == (("Engage", "Enforce"),)
    rival = DILEMMA.game(**{**preset, "E": "3/2"})
    assert {equilibrium.strategies[0] for equilibrium in bg.equilibria(rival)} == {(1, 0)}
