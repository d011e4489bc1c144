"""What lesson 7 says, held against the solver and the facts."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import nbformat
import pytest

import balancegame as bg
from balancegame.figures.balancing_map import balancing_map
from balancegame.grading.quick_check import quick_check
from balancegame.models.balancing import BALANCING
from balancegame.solvers.regime_names import solution_name

REPOSITORY = Path(__file__).parents[1]
NOTEBOOK = nbformat.read(
    REPOSITORY / "notebooks" / "07_balancing_china.ipynb", as_version=nbformat.NO_CONVERT
)
CELLS = {cell.id: cell.source for cell in NOTEBOOK.cells}
CHICKEN = BALANCING.game(g=1, kappa=2)
HUNT = BALANCING.game(g=3, kappa=2)
MODEL = bg.models["balancing-at-once"]


def printed(cell, game):
    """Whether a cell prints the table of a game."""
    rows = re.findall(r"\*\*(\w+)\*\* \| ([−\d]+), ([−\d]+) \| ([−\d]+), ([−\d]+) \|", CELLS[cell])
    numbers = {
        name: [int(number.replace("−", "-")) for number in numbers] for name, *numbers in rows
    }
    return numbers == {
        name: [x for column in game.actions[1] for x in game.payoff((name, column))]
        for name in game.actions[0]
    }


def test_the_tables_are_those_that_are_solved():
    assert printed("first-table", CHICKEN)
    assert printed("larger-gain", HUNT)


def test_a_stronger_threat_makes_joint_balancing_an_equilibrium():
    both = ("Balance", "Balance")
    assert both not in bg.pure_equilibria(CHICKEN)
    assert both in bg.pure_equilibria(HUNT)
    assert bg.pure_equilibria(BALANCING.game(g=5, kappa=2)) == (("Pass", "Pass"),)
    assert [solution_name(BALANCING, g=g, kappa=2) for g in (1, 3, 5)] == [
        "Chicken",
        "Stag Hunt",
        "giving up",
    ]
    assert {d.outcome: d.by for d in bg.welfare(HUNT).dominated}[("Pass", "Pass")] == both
    assert bg.risk_dominance(HUNT).products == (12, 2)


def test_what_the_cell_with_dearer_balancing_prints():
    found = [bg.equilibria(BALANCING.game(g=1, kappa=2, b_JP=b))[1].strategies for b in (2, 3, 4)]
    assert [us[0] for us, _ in found] == [Fraction(2, 3), Fraction(1, 2), Fraction(1, 3)]
    assert {japan[0] for _, japan in found} == {Fraction(3, 4)}
    assert all(0 < us[0] < 1 for us, _ in found)
    nobody = [us[1] * japan[1] for us, japan in found]
    assert nobody == sorted(nobody)


def test_at_once_no_values_in_range_make_anybody_balance():
    """Balance costs the same whatever China does, and every cost in range is positive."""
    assert bg.undominated(MODEL.game())[:2] == (("Pass",), ("Pass",))
    for ally in ("US", "JP"):
        assert MODEL.parameters[f"b_{ally}"].low > 0
    assert bg.best_responses(MODEL.game(), "US", (None, "Balance", "Assert")) == ("Pass",)


def test_the_spending_is_that_of_the_facts():
    facts = (REPOSITORY / "docs" / "facts.md").read_text(encoding="utf-8")
    spent = {
        country: Fraction(re.search(rf"\| {country} \| ([\d.]+) \|", facts)[1])
        for country in ("United States", "Japan")
    }
    assert "the US spent 699.6 and Japan 46.8 billion" in CELLS["rival"]
    assert spent == {"United States": Fraction("699.6"), "Japan": Fraction("46.8")}
    preset = MODEL.presets["2014, by spending"]
    for name, country in (("b_US", "United States"), ("b_JP", "Japan")):
        assert preset[name] == Fraction(round(spent[country] / 50), 2)
    assert preset["L_US"] == 4
    assert "more than its *L* = 4" in CELLS["rival"]


def test_the_map_names_areas_without_colour_and_points_in_words():
    figure = balancing_map(A=(1, 2), B=(3, 2), C=(5, 2))
    for k, name in enumerate(("Chicken", "Stag Hunt", "giving up"), 1):
        assert name in figure.svg
        assert f"bg-fill-area-{k}" in figure.svg
    assert figure.svg.count('class="bg-hatch') == 3
    assert "Point A at g = 1, kappa = 2: Chicken." in figure.alt
    assert "Point C at g = 5, kappa = 2: giving up." in figure.alt
    with pytest.raises(bg.GameError, match="outside its range"):
        balancing_map(far=(11, 1))


@pytest.mark.parametrize(
    ("name", "answer", "verdict", "words"),
    [
        ("07-reply", "pass", "right", "China holds back anyway"),
        ("07-count", 2, "right", "either way round"),
        ("07-mixed", "2/3", "right", "on average by passing"),
        ("07-mixed", "3/4", "wrong", "how often Japan balances"),
        ("07-whose", "A", "wrong", "leaves the US indifferent"),
        ("07-at-once", "Assert", "wrong", "China's action is given"),
        ("07-at-once", "Engage", "unreadable", "not an action of this game"),
        ("07-recall-mixed", 0.8, "right", "1 - 1/5"),
    ],
)
def test_quick_checks_read_what_people_type(name, answer, verdict, words):
    feedback = quick_check(name, answer)
    assert (feedback.verdict, words in str(feedback)) == (verdict, True), str(feedback)
