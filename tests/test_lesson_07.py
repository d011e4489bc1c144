"""What lesson 7 says, held against the solver and the facts."""

import re
from fractions import Fraction

import pytest

import balancegame as bg
from balancegame.solvers.parametric.regime_names import solution_name
from tests.lesson_text import FACTS, bet, cells, explorer

CELLS = cells("07")
MODEL = bg.models["balancing"]
AT_ONCE = bg.models["balancing-at-once"]
CHICKEN = MODEL.game(g=1, kappa=2)
HUNT = MODEL.game(g=3, kappa=2)


def test_a_stronger_threat_makes_joint_balancing_an_equilibrium():
    both = ("Balance", "Balance")
    assert both not in bg.pure_equilibria(CHICKEN)
    assert both in bg.pure_equilibria(HUNT)
    assert bg.pure_equilibria(MODEL.game(g=5, kappa=2)) == (("Pass", "Pass"),)
    assert [solution_name(MODEL, g=g, kappa=2) for g in (1, 3, 5)] == [
        "Chicken",
        "Stag Hunt",
        "giving up",
    ]
    assert {d.outcome: d.by for d in bg.welfare(HUNT).dominated}[("Pass", "Pass")] == both
    assert bg.risk_dominance(HUNT).products == (12, 2)


def test_what_the_cell_with_dearer_balancing_prints():
    found = [bg.equilibria(MODEL.game(g=1, kappa=2, b_JP=b))[1].strategies for b in (2, 3, 4)]
    assert [us[0] for us, _ in found] == [Fraction(2, 3), Fraction(1, 2), Fraction(1, 3)]
    assert {japan[0] for _, japan in found} == {Fraction(3, 4)}
    assert all(0 < us[0] < 1 for us, _ in found)
    nobody = [us[1] * japan[1] for us, japan in found]
    assert nobody == sorted(nobody)


def test_at_once_no_values_in_range_make_anybody_balance():
    """Balance costs the same whatever China does, and every cost in range is positive."""
    assert bg.undominated(AT_ONCE.game())[:2] == (("Pass",), ("Pass",))
    for ally in ("US", "JP"):
        assert AT_ONCE.parameters[f"b_{ally}"].low > 0
    assert bg.best_responses(AT_ONCE.game(), "US", (None, "Balance", "Assert")) == ("Pass",)


def test_the_spending_is_that_of_the_facts():
    spent = {
        country: Fraction(re.search(rf"\| {country} \| ([\d.]+) \|", FACTS)[1])
        for country in ("United States", "Japan")
    }
    assert "the US spent 699.6 and Japan 46.8 billion" in CELLS["rival"]
    assert spent == {"United States": Fraction("699.6"), "Japan": Fraction("46.8")}
    preset = MODEL.presets["2014, by spending"]
    for name, country in (("b_US", "United States"), ("b_JP", "Japan")):
        assert preset[name] == Fraction(round(spent[country] / 50), 2)
    assert preset["L_US"] == 4
    assert "more than its *L* = 4" in CELLS["rival"]


def test_the_map_opens_without_names_and_asks_for_the_situation_at_its_point():
    shown = explorer("07", "show-map")
    assert "the point *g* = 7, *κ* = 4" in CELLS["map"]
    assert shown.shown["bets"]["question"] == "Which situation is it at the point g = 7, κ = 4?"
    words = [choice["words"] for choice in shown.shown["bets"]["choices"]]
    assert words[:3] == ["Chicken", "Stag Hunt", "giving up"]
    assert shown.diagram["legend"] == []
    assert not any(name in str(shown.diagram) for name in ("Chicken", "Stag Hunt"))


def test_the_map_answers_a_bet_and_names_its_areas():
    shown = explorer("07", "show-map")
    told = bet(shown, "Stag Hunt")
    assert told["outcome"] == "right"
    assert told["verdict"] == "Right: g = 7, κ = 4 lay in area B when you bet."
    legend = [re.sub("<[^>]*>", " ", item["words"]) for item in shown.diagram["legend"]]
    for name, play in (
        ("Chicken", "US: Balance; Japan: Pass; then China: Hold back"),
        ("Stag Hunt", "US: Balance; Japan: Balance; then China: Hold back"),
        ("giving up", "US: Pass; Japan: Pass; then China: Assert"),
    ):
        assert any(name in words and play in words for words in legend)
    after_one = "After (Balance, Pass) China gets 3 from Assert and 0 from Hold back"
    assert after_one in shown.shown["explanation"]


@pytest.mark.parametrize(
    ("g", "kappa", "name"),
    [(2, 2, "Chicken"), (4, 2, "Stag Hunt"), (5, 5, "Chicken"), ("33/8", 2, "giving up")],
)
def test_on_the_lines_of_the_map_china_holds_back(g, kappa, name):
    shown = explorer("07", "show-map")
    bet(shown, "Chicken")
    shown.answer({"kind": "point", "values": {"g": str(g), "kappa": str(kappa)}})
    assert shown.shown["point"]["text"].endswith(f", {name}")


def test_where_balancing_costs_the_us_more_than_it_would_lose_japan_carries_it_all():
    assert "*b* above 4" in CELLS["all-at-once"]
    assert MODEL.parameters["L_US"].default == 4
    diagram = bg.sweep(MODEL, "g", "kappa", resolution=21, b_US=5)
    assert set(diagram.legend) == {
        "(Pass, Balance, then Hold back)",
        "giving up: (Pass, Pass, then Assert)",
        "no threat: (Pass, Pass, then Hold back)",
    }


def test_the_recap_names_chicken_only_where_there_is_a_threat():
    assert "0 < *g* ≤ *κ*: Chicken" in CELLS["limits"]
    assert solution_name(MODEL, g=0, kappa=2) == "no threat"
    assert solution_name(MODEL, g="1/100", kappa=2) == "Chicken"


def test_the_game_at_once_is_asked_about_before_a_picture_marks_the_answer():
    order = list(CELLS)
    assert order.index("ask-at-once") + 1 == order.index("check-at-once") < order.index("eliminate")
    game = AT_ONCE.game()
    tables = CELLS["ask-at-once"].replace("−", "-").split("| China: ")[1:]
    assert [table.split(" |")[0] for table in tables] == list(game.actions[2])
    for china, table in zip(game.actions[2], tables, strict=True):
        rows = re.findall(r"\*\*(\w+)\*\* \| ([-\d, ]+) \| ([-\d, ]+) \|", table)
        assert [row[0] for row in rows] == list(game.actions[0])
        for us, *row in rows:
            for japan, cell in zip(game.actions[1], row, strict=True):
                assert tuple(map(int, cell.split(", "))) == game.payoff((us, japan, china))
