"""What lesson 1 says, held against the solver and the facts."""

import balancegame as bg
from balancegame.exact import exact
from tests.lesson_text import bet, explorer, half_of_five, saved, text

LESSON_1 = text("01")
DILEMMA = bg.models["core-dilemma"]


def test_the_first_bet_can_be_won_by_a_beginner():
    shown = explorer("01", "explore")
    assert [choice["words"] for choice in shown.plan["choices"]] == [
        *("Comply, Enforce", "Comply, Acquiesce", "Engage, Enforce", "Engage, Acquiesce"),
        *("in no cell", "in infinitely many places"),
    ]
    verdict = bet(shown, "Engage, Enforce")["verdict"]
    assert verdict == "Right: this is the only equilibrium."


def test_lesson_1_says_where_the_boundary_lies():
    assert "*p* ≥ 5/6" in LESSON_1
    for p, holds in (("5/6", True), ("0.8333", False), (1, True)):
        mixture = {"Enforce": p, "Acquiesce": 1 - exact(p)}
        assert bg.verify(DILEMMA.game(s=6), ("Comply", mixture)).holds == holds


def test_nashpy_gives_one_point_of_the_segment_without_a_warning(recwarn):
    found = list(DILEMMA.game(s=6).to_nashpy().support_enumeration())
    assert [(list(x), list(y)) for x, y in found] == [([1, 0], [1, 0])]
    assert not recwarn.list


def test_presets_follow_from_the_customs_data():
    for year, preset in DILEMMA.presets.items():
        assert preset["E"] == half_of_five(saved(int(year)))
    assert (saved(2021), half_of_five(saved(2021))) == (exact("16.7"), exact("3/2"))
    assert "16.7 billion yen, so *E* = 3/2" in LESSON_1


def test_the_rival_calibration_flips_the_answer():
    preset = DILEMMA.presets["2022"]
    assert bg.pure_equilibria(DILEMMA.game(**preset)) == (("Engage", "Enforce"),)
    rival = DILEMMA.game(**{**preset, "E": "3/2"})
    assert {equilibrium.strategies[0] for equilibrium in bg.equilibria(rival)} == {(1, 0)}
