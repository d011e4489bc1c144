"""The explorer of a stochastic game, and play in a world that changes."""

import re
from fractions import Fraction

import pytest

import balancegame as bg
from balancegame.widgets.match import candidates, opening_match
from tests.one_sentence import one_sentence
from tests.repeated_games import SUPPORT, WITHHOLD

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
    assert "in hostility, state agreed, Japan gains 1/101" in found.shown["norms"]
    assert "In hostility, state agreed" in found.shown["reasons"]
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
    bare = bg.StochasticModel(HOSTILITY.stages, {"calm": "calm", "hostility": "calm"})
    with one_sentence("hostility has 0 norms"):
        bg.explore(bare)


# Play.


def play(actions, against="grim trigger", **values):
    match = bg.play(HOSTILITY, against=against, **values)
    for action in actions:
        match.answer({"kind": "act", "action": action})
    return match


def test_the_world_of_each_period_is_shown_and_lit():
    match = play(["Support"] * 6, f=1, r=1)
    assert match.plan["worlds"]
    assert [row[1] for row in match.shown["rows"]] == ["calm", "hostility"] * 3
    assert 'data-state="calm"' in match.shown["world"]
    assert "The world is in calm" in match.shown["weather"]
    match = play(["Support"] * 3, f=1, r=1)
    assert "The world is in hostility" in match.shown["weather"]


def test_averages_count_the_stage_of_each_world():
    match = play(["Support"] * 2, f=1, r=1)
    d = Fraction(4, 5)
    # 5 - 3 in calm, then 5 - 5 in hostility; the US gets 3 in both.
    assert match.match.averages == (2 / (1 + d), 3)


def test_chance_decides_the_world_alike_for_one_seed():
    import random

    random.seed(3)
    worlds = [play(["Support"] * 40).match.worlds for _ in range(2)]
    assert worlds[0] != worlds[1]
    random.seed(3)
    assert play(["Support"] * 40).match.worlds == worlds[0]
    share = sum(worlds[0]) / len(worlds[0])
    assert 0.05 < share < 0.7


def test_worlds_come_exactly_by_their_chances(monkeypatch):
    came = []
    for number in range(20):
        monkeypatch.setattr("random.randrange", lambda size, n=number: n if size == 20 else 1 / 0)
        came.append(play(["Support"], f="3/20").match.worlds[-1])
    assert (came.count(0), came.count(1)) == (17, 3)


def test_an_automaton_that_sees_the_world_can_be_told_by_what_it_does():
    match = play(["Support", "Withhold"] * 2, against="grim trigger in calm only", f=1, r=1)
    assert [row[3] for row in match.shown["rows"]] == ["Support", "Withhold"] * 2
    match.answer({"kind": "guess", "name": "grim trigger"})
    assert "Period 2 rules out grim trigger" in match.shown["reveal"]
    match.answer({"kind": "guess", "name": "grim trigger in calm only"})
    assert "Right: you faced grim trigger in calm only" in match.shown["reveal"]
    assert "and the world in hostility" in match.shown["reveal"]
    match.answer({"kind": "look", "period": 1})
    assert (
        "In period 2, in hostility, it is in the state agreed and plays Withhold"
        in (match.shown["path"]["words"])
    )
    assert "bg-taken" in match.shown["path"]["graph"]
    # The picture of the world goes along.
    assert match.shown["weather"] == "In period 2 the world is in hostility; then it goes to calm."


def test_candidates_fit_every_world():
    game = HOSTILITY.game()
    known = candidates(game)
    assert {"grim trigger in calm only", "grim trigger in hostility only"} <= set(known)
    for automaton in known.values():
        for world, stage in zip(game.states, game.stages, strict=True):
            automaton.on(stage, 1, world)
    with one_sentence("no automaton 'nobody'"):
        opening_match(game, "nobody")
    own = bg.grim_trigger({"calm": SUPPORT, "hostility": WITHHOLD}, WITHHOLD)
    assert opening_match(game, own).faced == "grim trigger"


def test_a_repeated_game_shows_no_world():
    match = bg.play(bg.models["alliance"], against="grim trigger")
    match.answer({"kind": "act", "action": "Support"})
    assert match.shown["world"] == ""
    assert not match.plan["worlds"]
    assert len(match.shown["rows"][0]) == 5
