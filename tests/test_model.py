"""Models, parameters and presets: the game at any setting, and what bad input is told."""

from fractions import Fraction

import numpy as np
import pytest
import sympy

import balancegame as bg
from tests.one_sentence import one_sentence

T = bg.Parameter("t", "a tariff", 1, 0, 10, "1/2")
PLAIN = [["t", 1], [2, 3]], [[1, 0], [0, 1]]


def model(payoffs=PLAIN, parameters=(T,), **more):
    given = {
        "name": "tariff",
        "title": "A tariff",
        "players": ("Japan", "US"),
        "actions": (("Comply", "Engage"), ("Enforce", "Acquiesce")),
        "payoffs": payoffs,
        "parameters": parameters,
    }
    return bg.Model(**(given | more))


# --- the game ------------------------------------------------------------------------------------


def test_the_game_is_the_formulas_at_the_values():
    names = "E", "S", "I", "N", "Q"
    many = model(
        ([["S + E - I", "N*Q"], ["E**2/4", "-Q"]], [[1, "I"], ["0.1", sympy.Symbol("N") / 3]]),
        [bg.Parameter(name, "a symbol of ours", k, 0, 9) for k, name in enumerate(names, 1)],
    )
    assert many.game().payoffs == (
        ((0, 20), (Fraction(1, 4), -5)),
        ((1, 3), (Fraction(1, 10), Fraction(4, 3))),
    )
    assert many.game(E=3, Q="1/2").payoffs[0] == ((2, 2), (Fraction(9, 4), Fraction(-1, 2)))
    assert list(many.parameters) == list(names)


def test_names_go_with_the_game():
    game = model().game(t="5/2")
    assert game.players == ("Japan", "US")
    assert game.actions == (("Comply", "Engage"), ("Enforce", "Acquiesce"))
    assert game.payoffs[0][0] == (Fraction(5, 2), 1)
    assert game == bg.NormalFormGame([[["5/2", 1], [2, 3]], PLAIN[1]], game.players, game.actions)


def test_names_may_be_lists():
    listed = model(players=["Japan", "US"], actions=[["Comply", "Engage"], ["Enforce", "Wait"]])
    assert listed.players == ("Japan", "US")
    assert listed.actions == (("Comply", "Engage"), ("Enforce", "Wait"))
    assert hash(listed) == hash(model(actions=listed.actions))


def test_values_are_exact_and_complete():
    two = model(parameters=(T, bg.Parameter("E", "energy", "1/3", 0, 1)))
    assert two.values() == {"t": 1, "E": Fraction(1, 3)}
    assert two.values(t=0.1) == {"t": Fraction(1, 10), "E": Fraction(1, 3)}
    assert list(two.values(E=1)) == ["t", "E"]


@pytest.mark.parametrize(
    "value", [0, 10, "1/3", 0.1, Fraction(7, 3), np.int64(3), sympy.Integer(2)]
)
def test_a_value_may_be_typed_in_many_ways(value):
    expected = Fraction(str(value))
    assert model().game(t=value).payoffs[0][0][0] == expected


def test_an_irrational_value_is_taken():
    game = model().game(t=sympy.sqrt(2))
    assert str(game.payoffs[0][0][0]) == "sqrt(2)"


def test_three_players_and_one():
    cube = model(
        [[[["t", 0], [0, 0]], [[0, 0], [0, 1]]]] * 3,
        players=("Japan", "US", "Russia"),
        actions=(("a", "b"),) * 3,
    )
    assert cube.game(t=4).payoff((0, 0, 0)) == (4, 4, 4)
    lone = model([["t", 1]], players=("Japan",), actions=(("Comply", "Engage"),))
    assert bg.pure_equilibria(lone.game(t=2)) == (("Comply",),)


def test_a_model_reads_what_is_given_once():
    rows = [["t", 1], [2, 3]]
    made = model((rows, PLAIN[1]))
    rows[0][0] = "boom"
    assert made.game().payoffs[0][0][0] == 1
    assert repr(made) == "<Model tariff: A tariff; parameters t>"


def test_parameters_may_be_a_mapping():
    assert model(parameters={"t": T}).game(t=3).payoffs[0][0][0] == 3


def test_the_same_letter_in_two_cases_is_two_parameters():
    both = model(
        ([["s", 1], ["S", 3]], PLAIN[1]),
        [bg.Parameter("s", "sanction", 1, 0, 9), bg.Parameter("S", "security", 2, 0, 9)],
    )
    assert both.game(s=5, S=7).payoffs[0] == ((5, 1), (7, 3))


@pytest.mark.parametrize("name", ["self", "parameter", "model", "given", "fixed", "δ", "日本", "µ"])
def test_a_parameter_may_have_any_name_that_python_knows(name):
    named = model(
        ([[f"{name} + t", 1], [2, 3]], PLAIN[1]), [T, bg.Parameter(name, "whatever", 1, 0, 9)]
    )
    (symbol,) = set(named.parameters) - {"t"}
    assert named.game(**{symbol: 4, "t": 2}).payoffs[0][0][0] == 6
    assert bg.regimes(named, "t", **{symbol: 4})[0].low == 0
    assert bg.regimes(named, symbol, t=2)[0].parameter == symbol


# --- bad values ----------------------------------------------------------------------------------

BAD_VALUES = [
    ({"u": 1}, ["tariff", "u", "t"]),
    ({"T": 1}, ["tariff", "T", "t"]),
    ({"t": 11}, ["t = 11", "0 to 10"]),
    ({"t": -0.5}, ["t = -1/2", "0 to 10"]),
    ({"t": 10 + sympy.sqrt(2)}, ["10 + sqrt(2)", "0 to 10"]),
    ({"t": float("nan")}, ["nan", "t", "finite"]),
    ({"t": float("inf")}, ["inf", "t", "finite"]),
    ({"t": "five"}, ["'five'", "t"]),
    ({"t": "1/0"}, ["'1/0'", "t", "zero"]),
    ({"t": True}, ["True", "t"]),
    ({"t": None}, ["None", "t"]),
    ({"t": 1j}, ["1j", "t"]),
    ({"t": [1]}, ["[1]", "t"]),
    ({"t": {}}, ["{}", "t"]),
    ({"t": sympy.Symbol("t")}, ["t"]),
    ({"t": "t"}, ["'t'"]),
    ({"t": 1, "u": 2, "v": 3}, ["u and v"]),
]


@pytest.mark.parametrize(("given", "words"), BAD_VALUES, ids=lambda value: str(value)[:40])
def test_a_bad_value_gets_one_sentence_and_changes_nothing(given, words):
    made = model()
    before = made.game()
    for verb in (made.values, made.game):
        with one_sentence(*words):
            verb(**given)
    assert made.game() == before
    assert made.values() == {"t": 1}


def test_a_model_without_parameters_says_so():
    bare = model(([[1, 2], [3, 4]], PLAIN[1]), ())
    assert bare.game().payoffs[0] == ((1, 2), (3, 4))
    with one_sentence("tariff", "t"):
        bare.game(t=1)


def test_a_division_by_zero_at_some_value_is_told_there():
    ratio = model(([["1/t", 1], [2, 3]], PLAIN[1]))
    assert ratio.game(t=4).payoffs[0][0][0] == Fraction(1, 4)
    with one_sentence('"1/t"', "zero"):
        ratio.game(t=0)


# --- bad models ----------------------------------------------------------------------------------

BAD_PAYOFFS = [
    ([["t + u", 1], [2, 3]], ["u", '"t + u"', "t"]),
    ([["t t", 1], [2, 3]], ['"t t"', "*"]),
    ([["t.real", 1], [2, 3]], ['"t.real"']),
    ([[1, 2], [3, None]], ["None"]),
    ([[1, 2], [3, True]], ["True"]),
    ([[1, 2], [3, float("nan")]], ["nan"]),
    ([[1, 2], [3, 1j]], ["1j"]),
    ([[1, 2], [3, sympy.sqrt(2)]], ["sqrt(2)"]),
    ([[1, 2], [3, "1/0"]], ["zero"]),
    ([[1, 2], [3]], ["Japan", "Engage"]),
    ([[1, 2], [3, 4, 5]], ["Japan", "Engage"]),
    ([[1, 2, 3], [4, 5, 6]], ["US", "3"]),
    ([[1, 2], [3, [4]]], ["Japan", "(Engage, Acquiesce)"]),
    ([1, 2], ["Japan"]),
    ("t", ["Japan"]),
    ({"Comply": [1, 2], "Engage": [3, 4]}, []),
    (None, ["None"]),
]


@pytest.mark.parametrize(("payoffs", "words"), BAD_PAYOFFS, ids=lambda value: str(value)[:40])
def test_bad_payoffs_get_one_sentence(payoffs, words):
    with one_sentence(*words):
        model((payoffs, PLAIN[1]))


@pytest.mark.parametrize("payoff", ["t + u", "t t", "t.real", None, True, 1j, "1/0"], ids=repr)
def test_a_bad_payoff_is_named_by_player_and_cell(payoff):
    with one_sentence("Japan", "(Engage, Acquiesce)"):
        model(([[1, 2], [3, payoff]], PLAIN[1]))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"payoffs": None}, ["None"]),
        ({"payoffs": 5}, []),
        ({"payoffs": "t"}, []),
        ({"payoffs": [PLAIN[0]]}, []),
        ({"payoffs": []}, []),
        ({"payoffs": (*PLAIN, PLAIN[0])}, []),
        ({"parameters": None}, ["parameter"]),
        ({"parameters": "t"}, ["parameter"]),
        ({"parameters": ("t",)}, ["parameter"]),
        ({"parameters": 5}, ["parameter"]),
        ({"parameters": (T, T)}, ["parameter", "twice"]),
        ({"name": ""}, ["name", "''"]),
        ({"name": " "}, ["name", "' '"]),
        ({"name": None}, ["name", "None"]),
        ({"title": None}, ["title of a model", "None"]),
        ({"title": " "}, ["title of a model", "' '"]),
        ({"title": 7}, ["title of a model", "7"]),
        ({"players": ("Japan", "Japan")}, ["'Japan'", "twice"]),
        ({"players": ("Japan",)}, ["players"]),
        ({"players": None}, ["players", "None"]),
        ({"actions": None}, ["actions", "None"]),
        ({"actions": (("a", "a"), ("b", "c"))}, ["'a'", "twice", "Japan"]),
        ({"actions": (("a", "b"),)}, ["action"]),
        ({"actions": ((1, 2), ("b", "c"))}, ["1", "among the actions", "in quotes"]),
        ({"actions": (("a", None), ("b", "c"))}, ["None", "among the actions", "in quotes"]),
        (
            {"presets": {"2030": bg.Preset({"t": 11}, {"t": "assumed"})}},
            ["2030", "tariff", "t = 11", "0 to 10"],
        ),
        ({"presets": {"2030": bg.Preset({"u": 1}, {"u": "assumed"})}}, ["2030", "u", "t"]),
    ],
    ids=str,
)
def test_a_bad_model_gets_one_sentence(given, words):
    with one_sentence(*words):
        model(**given)


@pytest.mark.parametrize("name", ["resolution", "sliders", "for", "2"])
def test_a_parameter_has_a_name_that_can_be_written_as_an_option(name):
    with one_sentence(name):
        bg.Parameter(name, "what varies", 0, 0, 1)


def test_a_model_that_does_not_exist_gets_one_sentence():
    with one_sentence("'core'", "perhaps core-dilemma or core-dilemma-in-sequence is meant"):
        bg.models["core"]
    with one_sentence("'aliance'", "perhaps alliance or balancing is meant"):
        bg.models["aliance"]
    with one_sentence("'xyz'", "list(bg.models) has them all"):
        bg.models["xyz"]
    assert bg.models.get("core") is None
    assert "core" not in bg.models


def test_payoffs_nested_without_end_get_one_sentence():
    endless = []
    endless.append(endless)
    with one_sentence("tariff"):
        model(endless)


# --- parameters and presets ----------------------------------------------------------------------


def test_a_parameter_is_exact():
    made = bg.Parameter("E", "energy", 0.1, "0", Fraction(1, 3), "1/100")
    assert (made.default, made.low, made.high, made.step) == (
        Fraction(1, 10),
        0,
        Fraction(1, 3),
        Fraction(1, 100),
    )
    assert made.source == "assumed"
    assert made.value(made.low) == 0
    assert made.value(made.high) == Fraction(1, 3)
    assert bg.Parameter(sympy.Symbol("s"), "sanction", 1, 0, 2).symbol == "s"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("t", "m", 11, 0, 10), ["default 11", "t", "0 to 10"]),
        (("t", "m", 1, 10, 0), ["t", "10", "0"]),
        (("t", "m", 1, 0, 10, 0), ["step", "t", "positive"]),
        (("t", "m", 1, 0, 10, -1), ["step", "t", "positive"]),
        (("t", "m", "x", 0, 10), ["'x'", "default", "t"]),
        (("t", "m", 1, float("nan"), 10), ["nan", "low", "t"]),
        (("t", "m", 1, 0, float("inf")), ["inf", "high", "t"]),
        (("t", "m", None, 0, 1), ["None", "default", "t"]),
        (("t", "m", True, 0, 1), ["True", "default", "t"]),
        (("", "m", 1, 0, 1), ["''"]),
        (("a b", "m", 1, 0, 1), ["'a b'"]),
        (("2t", "m", 1, 0, 1), ["'2t'"]),
        (("t-1", "m", 1, 0, 1), ["'t-1'"]),
        (("lambda", "m", 1, 0, 1), ["lambda", "Python"]),
        (("None", "m", 1, 0, 1), ["None"]),
        (("if", "m", 1, 0, 1), ["if"]),
        ((None, "m", 1, 0, 1), ["None"]),
        ((5, "m", 1, 0, 1), ["5"]),
    ],
    ids=str,
)
def test_a_bad_parameter_gets_one_sentence(given, words):
    with one_sentence(*words):
        bg.Parameter(*given)


def test_a_preset_is_a_mapping_of_exact_values():
    preset = bg.Preset({"t": "0.5", "u": 2}, {"t": "a table", "u": "assumed"}, "It happened.")
    assert dict(preset) == {"t": Fraction(1, 2), "u": 2}
    assert len(preset) == 2
    assert preset.story == "It happened."
    with pytest.raises(TypeError):
        preset.given["t"] = 3
    assert model().game(**bg.Preset({"t": 4}, {"t": "assumed"})).payoffs[0][0][0] == 4


def test_one_source_may_stand_for_every_value():
    preset = bg.Preset({"t": 1, "u": 2}, "assumed")
    assert dict(preset.sources) == {"t": "assumed", "u": "assumed"}
    assert preset == bg.Preset({"t": 1, "u": 2}, {"t": "assumed", "u": "assumed"})


def test_a_preset_must_cite():
    with one_sentence("t and u", "source", "assumed"):
        bg.Preset({"t": 1, "u": 2, "v": 3}, {"v": "a table"})
    with one_sentence("nan", "t"):
        bg.Preset({"t": float("nan")}, {"t": "assumed"})


def test_every_preset_of_every_model_cites_or_says_assumed():
    for name, made in bg.models.items():
        for title, preset in made.presets.items():
            assert set(preset.sources) == set(preset), (name, title)
            for parameter, source in preset.sources.items():
                assert source.startswith("assumed") or any(c.isdigit() for c in source), (
                    name,
                    title,
                    parameter,
                )
            made.game(**preset)
