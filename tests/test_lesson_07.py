"""What lesson 7 says, held against the solver and the facts."""

import re
from fractions import Fraction

import balancegame as bg
from tests.lesson_text import FACTS, bet, explorer, lesson

says = lesson("07")
MODEL = bg.models["balancing"]
AT_ONCE = bg.models["balancing-at-once"]


def test_what_the_cell_with_dearer_balancing_prints():
    found = [bg.equilibria(MODEL.game(g=1, kappa=2, b_JP=b))[1].strategies for b in (2, 3, 4)]
    assert [us[0] for us, _ in found] == [Fraction(2, 3), Fraction(1, 2), Fraction(1, 3)]
    assert {japan[0] for _, japan in found} == {Fraction(3, 4)}
    assert [us[1] * japan[1] for us, japan in found] == [Fraction(1, n) for n in (12, 8, 6)]


def test_at_once_no_values_in_range_make_anybody_balance():
    """Balance costs the same whatever China does, and every cost in range is positive."""
    assert bg.undominated(AT_ONCE.game())[:2] == (("Pass",), ("Pass",))
    assert min(AT_ONCE.parameters[cost].low for cost in ("b_US", "b_JP")) > 0


def test_the_spending_is_that_of_the_facts():
    us, japan = (
        Fraction(re.search(rf"\| {country} \| ([\d.]+) \|", FACTS)[1])
        for country in ("United States", "Japan")
    )
    assert says("rival", "the US spent {:g} and Japan {:g} billion", float(us), float(japan))
    preset = MODEL.presets["2014, by spending"]
    assert [preset["b_US"], preset["b_JP"]] == [Fraction(round(x / 50), 2) for x in (us, japan)]
    assert says("rival", "*b* is {b_US} for the US, more than its *L* = {L_US}", **preset)


def test_the_map_opens_without_names_answers_a_bet_and_names_its_areas():
    shown = explorer("07", "show-map")
    assert says("map", "the point *g* = 7, *κ* = 4")
    assert shown.shown["bets"]["question"] == "Which situation is it at the point g = 7, κ = 4?"
    assert shown.diagram["legend"] == []
    assert not any(name in str(shown.diagram) for name in ("Chicken", "Stag Hunt"))
    verdict = bet(shown, "Stag Hunt")["verdict"]
    assert verdict == "Right: g = 7, κ = 4 lay in area B when you bet."
    legend = [re.sub("<[^>]*>", " ", item["words"]) for item in shown.diagram["legend"]]
    for name, play in (
        ("Chicken", "US: Balance; Japan: Pass; then China: Hold back"),
        ("Stag Hunt", "US: Balance; Japan: Balance; then China: Hold back"),
        ("giving up", "US: Pass; Japan: Pass; then China: Assert"),
    ):
        assert any(name in words and play in words for words in legend)
    after_one = "After (Balance, Pass) China gets 3 from Assert and 0 from Hold back"
    assert after_one in shown.shown["explanation"]
    for g, kappa, name in ((2, 2, "Chicken"), (4, 2, "Stag Hunt"), ("33/8", 2, "giving up")):
        shown.answer({"kind": "point", "values": {"g": str(g), "kappa": str(kappa)}})
        assert shown.shown["point"]["text"].endswith(f", {name}")


def test_where_balancing_costs_the_us_more_than_it_would_lose_japan_carries_it_all():
    assert says("all-at-once", "*b* above {L_US}", **MODEL.values())
    assert {*bg.sweep(MODEL, "g", "kappa", resolution=21, b_US=5).legend} == {
        "(Pass, Balance, then Hold back)",
        "giving up: (Pass, Pass, then Assert)",
        "no threat: (Pass, Pass, then Hold back)",
    }
