"""What lesson 9 says, held against the solver and the data."""

import re
from fractions import Fraction
from functools import reduce
from operator import and_

import pytest

import balancegame as bg
from balancegame.customs import figure
from balancegame.grading.practice.questions import lesson_09_what_the_customs_data_say as asked
from tests.lesson_text import bet, cells, explorer, text

TEXT = text("09")
CODE = cells("09", "code")
FUEL = bg.models["one-fuel"]
SEEN = {"crude": "Comply", "coal": "Comply", "LNG": "Engage"}


def explained(*years):
    """The sanctions that explain what Japan did, at the advantages of some years at once."""
    sets = [
        bg.rationalizing(FUEL, {"Japan": action}, "s", E=figure(year, f"{name}_advantage"))
        for year in years
        for name, action in SEEN.items()
    ]
    return reduce(and_, sets)


@pytest.mark.parametrize(
    ("years", "spans"),
    [
        ((2022,), ["96/5 <= s < 129"]),
        ((2023,), ["97/10 <= s < 108/5"]),
        ((2022, 2023), ["96/5 <= s < 108/5"]),
        ((2021,), []),
        ((2021, 2022, 2023), []),
    ],
)
def test_one_sanction_explains_some_years_and_not_others(years, spans):
    assert [span.span for span in explained(*years).spans] == spans


def test_every_value_inside_and_none_outside_makes_the_tree_play_what_was_seen():
    for s, fits in (("19.1", False), ("19.2", True), (60, True), ("128.9", True), (129, False)):
        played = {
            name: bg.subgame_perfect(FUEL.game(s=s, E=figure(2022, f"{name}_advantage")))
            for name in SEEN
        }
        # A tie of Japan's is settled by the model; the tree has both.
        assert all(
            any(action in str(outcome) for outcome in played[name].outcomes)
            for name, action in SEEN.items()
        ) == (fits or s == 129)
        assert (s in explained(2022)) == fits


def test_the_table_of_shares_is_that_of_the_data():
    rows = re.findall(r"^\| (20\d\d) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", TEXT, re.M)
    assert [row[0] for row in rows] == ["2021", "2024"]
    for year, *shares in rows:
        for fuel, share in zip(SEEN, shares, strict=True):
            assert Fraction(share) == figure(int(year), f"{fuel}_share")


def test_the_table_of_values_and_shares_is_rounded_from_the_data():
    rows = re.findall(r"^\| ([\w ]+) \| (\d+) → (\d+) \| ([\d.]+) → ([\d.]+) \|$", TEXT, re.M)
    names = {"crude oil": "crude", "LNG": "LNG", "coal": "coal"}
    assert [row[0] for row in rows] == list(names)
    for name, before, after, share, later in rows:
        fuel = names[name]
        assert [int(before), int(after)] == [
            round(figure(year, f"{fuel}_value")) for year in (2014, 2016)
        ]
        assert [Fraction(share), Fraction(later)] == [
            figure(year, f"{fuel}_share") for year in (2014, 2016)
        ]
    totals = [
        figure(year, "imports_from_russia") + figure(year, "exports_to_russia")
        for year in (2014, 2016)
    ]
    assert "from 3590 to 1782 billion yen" in TEXT
    assert [round(total) for total in totals] == [3590, 1782]


def test_the_numbers_of_each_year_are_told_as_they_are():
    told = {
        2021: "crude oil −6.1, coal 16.4, gas 6.4",
        2023: "crude oil saved 2.2, coal 9.7 and gas 21.6",
    }
    for year, words in told.items():
        assert words in TEXT
        numbers = [Fraction(x.replace("−", "-")) for x in re.findall(r"−?\d+\.\d", words)]
        assert numbers == [figure(year, f"{name}_advantage") for name in SEEN]
    assert figure(2024, "LNG_advantage") == Fraction("-10.6")


def test_without_a_contract_nothing_explains_the_gas_of_2024():
    loss = figure(2024, "LNG_advantage")
    assert not bg.rationalizing(FUEL, {"Japan": "Engage"}, "s", E=loss)
    held = bg.rationalizing(asked.CONTRACT, "Engage", "s", "b", E=loss)
    assert (0, "10.5") not in held
    assert (0, "10.6") in held
    assert (5, "15.6") in held
    assert (5, "15.5") not in held


def test_the_model_in_the_lesson_is_the_one_that_is_asked_about():
    names = {"bg": bg}
    exec(CODE["contract"], names)
    assert names["contract"] == asked.CONTRACT


def test_each_fuel_has_a_sanction_of_its_own_once_the_model_is_mended(capsys):
    names = {"bg": bg, "data": bg.customs_data(), "seen": SEEN}
    exec(CODE["contract"], names)
    exec(CODE["own-sanctions"], names)
    assert capsys.readouterr().out.splitlines() == [
        "crude 19.2 to 200.0",
        "coal 18.7 to 200.0",
        "LNG 0.0 to 9.4",
    ]
    exec(CODE["own-sanctions"].replace("20 if", "0 if"), names)
    assert capsys.readouterr().out.splitlines()[-1] == "LNG none"


def test_the_bet_is_on_what_japan_does_in_words_that_a_person_would_use():
    shown = explorer("09", "explore-fuel")
    assert shown.setting.sliders == ("s", "E")
    words = [choice["words"] for choice in shown.shown["bets"]["choices"]]
    assert words == [
        "Japan leaves",
        "Japan goes on buying",
        "Japan leaves, having nothing to save",
    ]
    assert bet(shown, words[1])["outcome"] == "right"
    told = [shown.shown[part] for part in ("heading", "answer")]
    assert told == ["Equilibrium", "The US plays Enforce; then Japan plays Engage."]
    shown.answer({"kind": "slide", "name": "E", "value": "-10"})
    assert shown.shown["point"]["text"].endswith("Japan leaves, having nothing to save")
    indifferent = "any mixture of Enforce and Acquiesce; then Japan plays Comply"
    assert indifferent in shown.shown["answer"]
