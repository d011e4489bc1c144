"""What lesson 1 says, held against the solver and the facts."""

from __future__ import annotations

import re
from fractions import Fraction

import balancegame as bg
from balancegame.exact import exact
from tests.lesson_text import FACTS, cells, prints, text

LESSON_1 = text("01")
DILEMMA = bg.models["core-dilemma"]


def test_lesson_1_prints_the_table_that_it_solves():
    assert prints(LESSON_1, DILEMMA.game(s=4))


def test_lesson_1_says_what_its_letters_mean():
    values = DILEMMA.values(s=4)
    for symbol, parameter in DILEMMA.parameters.items():
        assert f"| *{symbol}* | {parameter.meaning} | {values[symbol]} |" in LESSON_1


def test_the_first_bet_can_be_won_by_a_beginner():
    (source,) = (source for source in cells("01", "code").values() if "bg.explore(" in source)
    explorer = eval(source, {"bg": bg, "model": DILEMMA})
    choices = {choice["words"]: choice["value"] for choice in explorer.plan["choices"]}
    assert set(choices) == {
        *("Comply, Enforce", "Comply, Acquiesce", "Engage, Enforce", "Engage, Acquiesce"),
        *("in no cell", "in infinitely many places"),
    }
    explorer.answer({"kind": "bet", "choice": choices["Engage, Enforce"]})
    assert explorer.shown["bet"]["verdict"] == "Right: this is the only equilibrium."


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
    saved = {
        row[0]: sum(map(Fraction, row[-3:]))
        for line in FACTS.splitlines()
        if re.match(r"\| 20\d\d \| \d", line) and "=" not in line and "none" not in line
        for row in [line.strip("| ").split(" | ")]
    }
    for year, preset in DILEMMA.presets.items():
        assert preset["E"] == Fraction(round(saved[year] / 5), 2)
    assert saved["2021"] == Fraction("16.7")
    assert "16.7 billion yen, so *E* = 3/2" in LESSON_1
    assert Fraction(round(saved["2021"] / 5), 2) == Fraction(3, 2)


def test_the_rival_calibration_flips_the_answer():
    preset = DILEMMA.presets["2022"]
    assert bg.pure_equilibria(DILEMMA.game(**preset)) == (("Engage", "Enforce"),)
    rival = DILEMMA.game(**{**preset, "E": "3/2"})
    assert {equilibrium.strategies[0] for equilibrium in bg.equilibria(rival)} == {(1, 0)}
