"""The explorer of a stochastic game."""

import re
from fractions import Fraction

import pytest

import balancegame as bg
from tests.one_sentence import one_sentence

HOSTILITY = bg.models["hostility"]


def explorer(**values):
    """An explorer after the bet."""
    found = bg.explore(HOSTILITY, **values)
    found.answer({"kind": "bet", "choice": "11"})
    return found


@pytest.mark.parametrize(
    ("values", "right", "words"),
    [
        ({}, "11", "Support in any weather and fair-weather support"),
        ({"f": "1/2"}, "01", "Fair-weather support only"),
        ({"f": "9/10"}, "00", "None of them"),
    ],
)
def test_a_bet_on_the_norms_unlocks_the_rest(values, right, words):
    for choice in ("11", "10", "01", "00"):
        found = bg.explore(HOSTILITY, **values)
        assert found.shown["locked"]
        assert (found.shown["tracks"], found.shown["norms"], found.shown["reasons"]) == ("",) * 3
        # The world itself is no secret.
        assert "bg-state" in found.shown["world"]
        found.answer({"kind": "slide", "name": "f", "value": "1/2"})
        assert "Place your bet first" in found.shown["message"]
        found.answer({"kind": "bet", "choice": choice})
        assert (found.shown["bet"]["outcome"] == "right") == (choice == right)
        assert found.shown["bet"]["verdict"].endswith(f"the answer was: {words}.")
        assert found.shown["norms"].count("<strong>yes") == right.count("1")
    found.answer({"kind": "again"})
    assert found.shown["locked"]
    found.answer({"kind": "bet", "choice": "2"})
    assert "Choose one of the answers" in found.shown["message"]


def test_norms_follow_the_sliders_at_and_beside_the_threshold():
    found = explorer()
    for value, holds in (("1/4", True), ("13/50", False)):
        found.answer({"kind": "slide", "name": "f", "value": value})
        said = re.search(r"Support in any weather: <strong>(\w+)</strong>", found.shown["norms"])
        assert (said[1] == "yes") is holds
    assert "in hostile, state agreed, Japan gains 1/101" in found.shown["norms"]
    assert "In hostile, state agreed" in found.shown["reasons"]
    assert "From calm the world stays with probability 37/50" in found.shown["reasons"]


def test_tracks_run_along_the_slider_that_moved_last():
    found = explorer()
    assert found.setting.along == "f"
    found.answer({"kind": "slide", "name": "k", "value": "3"})
    assert found.setting.along == "k"
    assert ">k<" in found.shown["tracks"]
    found.answer({"kind": "reset"})
    assert found.setting.along == "f"
    assert found.setting.values == found.setting.start


def test_presets_cite_their_sources():
    found = explorer()
    found.answer({"kind": "preset", "title": "gas in 2021 and 2022"})
    sources = {entry["name"]: entry["source"] for entry in found.shown["preset"]["sources"]}
    assert "facts.md" in sources["k"]
    assert sources["f"] == "assumed"
    assert found.setting.values["k"] == Fraction("12.26")


def test_paper_shows_world_and_tracks_only_after_the_bet():
    page = bg.explore(HOSTILITY)._page()["text/html"]
    assert "balancegame-covered" in page
    page = explorer()._page()
    assert "Your bet: Support in any weather and fair-weather support." in page["text/plain"]
    assert "For 0 &lt;= f &lt;= 1/4" in page["text/html"] or "0 <= f <= 1/4" in page["text/plain"]


def test_a_bet_is_there_when_the_notebook_is_opened_again(tmp_path, monkeypatch):
    (tmp_path / ".balancegame").mkdir()
    (tmp_path / ".balancegame" / "handed-out.json").write_text("{}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    explorer()
    assert bg.explore(HOSTILITY).shown["bet"]["outcome"] == "right"
    assert bg.explore(HOSTILITY, f="1/2").shown["locked"]


def test_what_cannot_be_explored():
    with one_sentence("no parameter z"):
        bg.explore(HOSTILITY, sliders=["z"])
    bare = bg.StochasticModel(HOSTILITY.stages, {"calm": "calm", "hostile": "calm"})
    with one_sentence("hostility has 0 norms"):
        bg.explore(bare)
