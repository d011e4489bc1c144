"""What lesson 11 says, held against the solver and the facts."""

from fractions import Fraction

import balancegame as bg
from balancegame.customs import figure
from balancegame.models.favour import largest_favour
from balancegame.models.investment import sanction_in_closed_form
from balancegame.models.investment_in_hostility import shares_in_weather
from tests.lesson_outputs import outputs
from tests.lesson_text import FACTS, cells, explorer, saved

CELLS = cells("11")
MODEL, HOSTILITY = bg.models["investment"], bg.models["hostility"]


def test_the_letters_stand_for_what_the_table_was_made_of():
    v = MODEL.values()
    assert (v["I"], v["s"], v["y"], v["theta"]) == (4, 1, 10, Fraction(3, 5))
    assert (
        "Of the 5 that Japan pays, 4 is the investment itself and 1 is a sanction"
        in (CELLS["investment"])
    )
    assert "the output is 10" in CELLS["table"]
    assert "Japan have 6 of it" in CELLS["table"]


def test_the_investment_holds_between_two_shares():
    norm = MODEL.norms["investment"].automata
    values = {"delta": "4/5", "h": "1/10", "s": 1}
    for share, held in (("49/100", False), ("1/2", True), ("18/25", True), ("73/100", False)):
        assert bg.verify(MODEL.game(**values, theta=share), norm).holds == held


def test_a_smaller_share_saves_the_investment_in_doubt():
    norm = MODEL.norms["investment"].automata
    assert "who must get less" in CELLS["ask-explore"]
    assert not bg.verify(MODEL.game(h="3/10"), norm)
    assert bg.verify(MODEL.game(h="3/10", theta="11/20"), norm)
    sliders = explorer("11", "explore").plan["sliders"]
    assert [slider["name"] for slider in sliders] == ["h", "s", "theta"]


def test_the_rival_calibrations_print_what_the_question_is_about():
    found = [sanction_in_closed_form(delta="4/5", h=h) for h in ("1/20", "1/5")]
    assert found == [Fraction("3.6"), Fraction("2.4")]


def test_links_and_favours_are_those_of_the_models():
    v = bg.models["linkage"].values()
    assert [v[name] for name in ("E_1", "Y_1", "E_2", "Y_2")] == [3, 4, 1, 5]
    assert "support costs 3 and is worth 4" in CELLS["linkage"]
    assert "support costs 1 and is worth 5" in CELLS["linkage"]
    assert bg.models["favour"].values()["B"] == 5
    assert largest_favour(h="1/20") > largest_favour(h="2/5")


def test_the_weather_of_the_lesson_is_that_of_the_model():
    v = HOSTILITY.values()
    assert (v["E"], v["k"], v["Y"], v["delta"]) == (3, 2, 5, Fraction(4, 5))
    assert "costs Japan 3 in calm" in CELLS["weather"]
    assert "let support cost 5 in hostility" in CELLS["ask-weather"]
    assert "with *r* = 1/2" in CELLS["ask-weather"]
    sliders = explorer("11", "explore-weather").plan["sliders"]
    assert [slider["name"] for slider in sliders] == ["f", "r", "k"]
    for k, held in ((1, True), (2, False)):
        assert ("support in any weather" in next(
            r.solution for r in bg.regimes(HOSTILITY, "r", k=k) if 0 in r
        )) is held  # fmt: skip


def test_the_formula_of_the_lesson_says_when_support_holds():
    """5 - 2 w, with w the weight of calm; and all three ways to be unstable hurt."""
    assert "5 − 2*w*" in CELLS["unstable"]
    d, norm = Fraction(4, 5), HOSTILITY.norms["support in any weather"].automata
    for f in (Fraction(n, 20) for n in range(21)):
        for r in (Fraction(n, 10) for n in range(11)):
            w = d * r / (1 - d + d * (f + r))
            held = bg.verify(HOSTILITY.game(f=f, r=r), norm).holds
            assert held == (d * 5 >= 5 - 2 * w)
    assert "*w* = *δr*/(1 − *δ* + *δ*(*f* + *r*))" in CELLS["unstable"]
    for parameter, worse in (("f", "high"), ("r", "low"), ("k", "high")):
        found = bg.regimes(HOSTILITY, parameter)
        ends = {"low": found[0], "high": found[-1]}
        assert "support in any weather" not in ends[worse].solution


def test_where_hostility_makes_support_cheaper_it_must_pay_in_calm():
    """E - (q - k) v, with v the weight of hostility, and not the formula for k - q > 0."""
    assert "if *q* > *k*, support costs most in calm" in CELLS["unstable"]
    assert "*E* − (*q* − *k*)*v*, with *v* = *δf*/(1 − *δ* + *δ*(*f* + *r*))" in CELLS["unstable"]
    norm, differ = HOSTILITY.norms["support in any weather"].automata, 0
    rest = {"delta": Fraction(4, 5), "E": Fraction(9, 2), "k": Fraction(1, 2), "q": 2, "Y": 5}
    for f in (Fraction(n, 40) for n in range(41)):
        for r in (Fraction(n, 10) for n in range(11)):
            (d, E, k, q, Y), count = rest.values(), 1 - rest["delta"] * (1 - f - r)
            held = bg.verify(HOSTILITY.game(f=f, r=r, **rest), norm).holds
            assert held == (d * Y >= E - (q - k) * d * f / count)
            differ += held != (d * Y >= E + (k - q) * (1 - d * r / count))
    assert differ > 100


def test_the_calibrations_are_shown_with_their_units():
    assert "a unit is 10 billion yen" in CELLS["unstable"]
    v = HOSTILITY.presets["gas in 2021 and 2022"]
    assert "6.4 billion make *E* = 16/25, and 129 billion *E* + *k* = 129/10" in CELLS["unstable"]
    assert (10 * v["E"], 10 * (v["E"] + v["k"])) == (saved(2021, "LNG"), saved(2022, "LNG"))
    code = cells("11", "code")
    told = dict(zip(code, outputs([*code.values()]), strict=True))["rival-weather"]
    for title, values in (
        ("gas in 2021 and 2022", "E = 16/25, k = 613/50, q = 0, Y = 10, r = 1/2, delta = 4/5"),
        ("energy at risk", "E = 9/2, k = 1/2, q = 2, Y = 5, r = 1/2, delta = 4/5"),
    ):
        assert f"{title}: {values}" in told


def test_shocks_and_the_share_that_russia_can_be_trusted_with():
    assert "all three kinds of shock lower the share" in CELLS["limits"]
    assert "frequent and long shocks raise that share" in CELLS["limits"]
    for z, larger in ((2, 3), (-2, -3)):
        base = shares_in_weather(z=z)[1]
        frequent, longer = shares_in_weather(z=z, f="2/5")[1], shares_in_weather(z=z, r="1/4")[1]
        assert (frequent < base, longer < base) == (z > 0, z > 0)
        assert base not in (frequent, longer)
        assert shares_in_weather(z=larger)[1] < base


def test_the_two_calibrations_disagree():
    for title, better in (("gas in 2021 and 2022", "rarely"), ("energy at risk", "often")):
        assert title in CELLS["rival-weather"]
        values = dict(HOSTILITY.presets[title])
        del values["f"]
        found = bg.regimes(HOSTILITY, "f", **values)
        held = [r for r in found if "support in any weather" in r.solution]
        assert held == [found[0 if better == "rarely" else -1]]
    assert (saved(2021, "LNG"), saved(2022, "LNG")) == (Fraction("6.4"), 129)
    assert "6.4 billion yen in 2021, and 129 billion in 2022" in CELLS["unstable"]


def test_what_happened_is_in_the_facts():
    facts = " ".join(FACTS.split())
    assert "**30 June 2022.** A Russian decree hands the gas project Sakhalin-2" in facts
    assert "Mitsubishi hold 22.5 %" in facts
    assert "held 22.5 %" in CELLS["title"]
    assert "**15 May 2013.** Japan becomes an observer in the Arctic Council." in facts
    assert "On 15 May 2013 Japan became an observer" in CELLS["favour"]
    assert [figure(year, "LNG_share") for year in (2021, 2024)] == [
        Fraction("8.8"),
        Fraction("8.6"),
    ]
    assert (
        "8.8 % of what it imported came from Russia in 2021, and 8.6 % in 2024" in CELLS["limits"]
    )
