"""A phase diagram in words: names a person would use, shares as in the picture, no thin areas."""

import re
from fractions import Fraction

import pytest

import balancegame as bg
from balancegame.explain.phase_map import entry_at, phase_map, phase_map_at, share_of
from balancegame.widgets.bet import Bet

M1 = bg.models["core-dilemma"]


def test_the_core_dilemma_in_words():
    assert str(bg.explain(bg.sweep(M1, "s", "E"))).splitlines() == [
        "Over s and E there are two areas, with Japan's action first.",
        "  - A, 51 % of the diagram: (Engage, Enforce).",
        "  - B, 49 % of the diagram: (Comply, Enforce or a mixture).",
        "Something else holds on lines between them:",
        "  - line a, s = E, between A and B: (any mixture of Comply and Engage, Enforce).",
    ]


def test_names_of_the_model_come_first_and_an_edge_is_told():
    words = str(bg.explain(bg.sweep(bg.models["balancing"], "g", "kappa")))
    assert "C, 50 % of the diagram: giving up, that is, (Pass, Pass, then Assert)." in words
    assert "Something else holds along g = 0 beside A: no threat, that is," in words


def test_situations_are_named_and_their_lines_say_what_meets():
    diagram = bg.situations(bg.models["joint-sanctions"], "s", "beta", g_US=0, g_JP=0)
    words = str(bg.explain(diagram))
    assert "on a boundary" not in words
    assert re.search(r"  - .* meet on s = ", words)


@pytest.mark.parametrize(
    ("model", "x", "y"),
    [
        ("core-dilemma", "s", "E"),
        ("core-dilemma", "s", "k"),
        ("inspection", "sigma", "c"),
        ("joint-sanctions", "s", "c_JP"),
        ("balancing", "g", "kappa"),
        ("burden", "v_US", "v_JP"),
    ],
)
def test_shares_are_those_of_the_picture(model, x, y):
    diagram = bg.sweep(bg.models[model], x, y)
    told = dict(re.findall(r"  - ([A-Z]+), (\d+) % of the diagram", str(bg.explain(diagram))))
    drawn = dict(re.findall(r"\b([A-Z]+), (\d+) % of the diagram", bg.draw(diagram).alt))
    assert told
    assert told == drawn
    assert not re.search(r"\b0(\.0)? %", str(bg.explain(diagram)))


def test_shares_do_not_depend_on_the_grid():
    exact = 1 - Fraction(39, 80)
    for resolution in (2, 17, 101):
        shown = phase_map(bg.sweep(M1, "s", "E", resolution=resolution))
        assert share_of(shown, shown.areas[0]) == pytest.approx(float(exact), abs=1e-9)


def test_thin_areas_are_folded():
    model = bg.models["joint-sanctions"]
    shown = phase_map(bg.sweep(model, "s", "c_JP"))
    words = str(bg.explain(shown.diagram))
    assert len(shown.areas) == 5
    assert words.count("% of the diagram:") == 4
    assert "  - One more is smaller than 1 % of the diagram." in words


def test_two_regimes_on_one_edge_are_told_apart():
    shown = phase_map(bg.sweep(bg.models["inspection"], "G", "c"))
    assert [entry.where for entry in shown.points if entry.along] == [
        "along G = 0 beside A",
        "along c = 0 beside A",
        "along G = 0 beside B",
    ]


def test_letters_do_not_depend_on_what_was_seen_in_between():
    model = bg.models["joint-sanctions"]
    first = phase_map(bg.sweep(model, "s", "beta"))
    held = {name: value for name, value in model.values().items() if name not in ("s", "beta")}
    aim = {**held, "g_JP": 4, "c_US": 6}
    direct = phase_map_at(first, aim)
    around = first
    for way in ({**held, "g_JP": 9}, {**held, "c_US": 0, "B": 9}, {**held, "c_JP": 9}, aim):
        around = phase_map_at(around, way)
    letters = [(entry.mark, entry.style, entry.words) for entry in direct.areas]
    assert [(entry.mark, entry.style, entry.words) for entry in around.areas] == letters
    back = phase_map_at(around, held)
    assert [(e.mark, e.words) for e in back.areas] == [(e.mark, e.words) for e in first.areas]


def test_the_legend_has_a_current_entry_on_an_edge_too():
    explorer = bg.explore(bg.models["balancing"], "g", "kappa")
    explorer.answer({"kind": "bet", "choice": explorer.shown["bets"]["choices"][0]["value"]})
    explorer.answer({"kind": "point", "values": {"g": "0", "kappa": "2"}})
    key = explorer.shown["point"]["key"]
    (entry,) = [entry for entry in explorer.diagram["legend"] if entry["key"] == key]
    assert "no threat" in entry["words"]
    assert isinstance(explorer.setting.bet, Bet)


def test_bets_on_a_map_use_short_names():
    explorer = bg.explore(bg.models["burden"], "v_US", "v_JP")
    choices = [entry["words"] for entry in explorer.shown["bets"]["choices"]]
    assert "(Give 3, Give 0)" in choices
    assert "(Give 0, Give 1) or (Give 1, Give 0), or in mixed strategies" in choices
    assert not any("—" in words for words in choices)


def test_a_point_on_a_line_of_situations_says_what_meets():
    shown = phase_map(bg.situations(bg.models["joint-sanctions"], "s", "beta", g_US=0, g_JP=0))
    entry = entry_at(shown, Fraction(1), Fraction(1, 4))
    assert str(entry) == "assurance and prisoners' dilemma meet"
