"""The explorer of a repeated game, and play against an automaton."""

from fractions import Fraction
from itertools import pairwise

import pytest

import balancegame as bg
from balancegame.widgets.match import candidates, opening_match
from tests.one_sentence import one_sentence
from tests.repeated_games import dilemma

ALLIANCE = bg.models["alliance"]


def explorer():
    """An explorer after the bet."""
    found = bg.explore(ALLIANCE, sliders=["delta", "s", "h"])
    found.answer({"kind": "bet", "choice": "2"})
    return found


@pytest.mark.parametrize(
    ("model", "values", "right", "words"),
    [
        ("alliance", {}, "2", "a whole area of pairs"),
        ("alliance", {"delta": "9/20"}, "0", "one pair of payoffs and no other"),
        ("investment", {}, "1", "a line of pairs"),
    ],
)
def test_a_bet_on_the_payoff_set_unlocks_it(model, values, right, words):
    for choice in ("-1", "0", "1", "2"):
        found = bg.explore(bg.models[model], **values)
        assert found.shown["locked"]
        assert [found.shown[part] for part in ("picture", "verdict", "norms", "reasons")] == [
            ""
        ] * 4
        found.answer({"kind": "slide", "name": "delta", "value": "1/2"})
        assert "Place your bet first" in found.shown["message"]
        found.answer({"kind": "bet", "choice": choice})
        assert not found.shown["locked"]
        bet = found.shown["bet"]
        assert (bet["outcome"] == "right") == (choice == right)
        assert bet["verdict"].endswith(f"it was {words}.")
    found.answer({"kind": "again"})
    assert found.shown["locked"]
    found.answer({"kind": "bet", "choice": "7"})
    assert "Choose one of the answers" in found.shown["message"]


def test_a_bet_on_the_payoff_set_is_there_when_the_notebook_is_opened_again(tmp_path, monkeypatch):
    (tmp_path / ".balancegame").mkdir()
    (tmp_path / ".balancegame" / "handed-out.json").write_text("{}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    explorer()
    again = bg.explore(ALLIANCE, sliders=["delta", "s", "h"])
    assert again.shown["bet"]["words"] == "a whole area of pairs"
    assert bg.explore(ALLIANCE, sliders=["delta", "s", "h"], delta="9/20").shown["locked"]


def test_the_payoff_set_grows_as_delta_rises():
    found = explorer()
    seen = []
    for delta in ("1/4", "12/25", "3/5"):
        found.answer({"kind": "slide", "name": "delta", "value": delta, "token": delta})
        assert found.shown["token"] == delta
        seen.append((found.shown["picture"].count("bg-vertex"), found.shown["verdict"]))
    assert [count for count, _ in seen] == [1, 4, 4]
    assert ["lies in the set" in words for _, words in seen] == [False, False, True]
    assert "Mutual support: <strong>yes" in found.shown["norms"]


def test_the_hazard_counts_like_impatience():
    found = explorer()
    found.answer({"kind": "slide", "name": "h", "value": "1/2"})
    assert found.shown["stand"] == "δ (1 - h) = 3/10"
    assert "Mutual support: <strong>no" in found.shown["norms"]


def test_a_students_point_and_what_is_no_point():
    found = explorer()
    found.answer({"kind": "point", "point": ["2", "5/2"]})
    assert found.setting.point == (2, Fraction(5, 2))
    found.answer({"kind": "point", "point": ["2", "2,5"]})
    assert (found.setting.point, found.shown["message"]) == ((2, Fraction(5, 2)), "")
    found.answer({"kind": "point", "point": ["a", "2"]})
    assert "'a'" in found.shown["message"]
    assert found.shown["point"] == ["2", "5/2"]
    found.answer({"kind": "slide", "name": "delta", "value": "2"})
    assert "outside its range" in found.shown["message"]
    assert found.setting.values["delta"] == Fraction(3, 5)


def test_presets_and_reset():
    found = explorer()
    found.answer({"kind": "preset", "title": "an alliance in doubt"})
    assert found.setting.values["h"] == Fraction(1, 2)
    assert found.shown["preset"]["sources"][0]["source"] == "assumed"
    found.answer({"kind": "reset"})
    assert found.setting.values == found.setting.start
    with one_sentence("at most 3 sliders"):
        bg.explore(ALLIANCE, sliders=["delta", "s", "h", "E"])
    with one_sentence("no parameter q"):
        bg.explore(ALLIANCE, sliders=["q"])


def test_playing_grim_trigger_shows_nothing_until_it_is_named():
    match = bg.play(ALLIANCE, against="grim trigger")
    match.answer({"kind": "guess", "name": "grim trigger"})
    assert "at least one period" in match.shown["message"]
    for action in ("Support", "Withhold", "Support"):
        match.answer({"kind": "act", "action": action})
    assert [row[2] for row in match.shown["rows"]] == ["Support", "Support", "Withhold"]
    d = Fraction(3, 5)
    weight = 1 + d + d**2
    sums = (3 + 5 * d - 2 * d**2, 3 - 3 * d + 6 * d**2)
    assert match.match.averages == tuple(total / weight for total in sums)
    assert match.shown["reveal"] == ""
    assert "grim" not in str(match.shown)
    match.answer({"kind": "guess", "name": "tit for tat"})
    assert "grim" not in str(match.shown)
    match.answer({"kind": "guess", "name": "grim trigger"})
    assert "Right: you faced grim trigger" in match.shown["reveal"]
    assert "can get at most 3" in match.shown["reveal"]
    assert (
        "<p>If you started over, this would be best for you; what it pays is an average.</p>"
        in match.shown["reveal"]
    )
    match.answer({"kind": "again"})
    assert match.match.history == ()


def test_a_wrong_name_is_told_what_speaks_against_it_and_gives_nothing_away():
    match = bg.play(ALLIANCE, against="grim trigger")
    match.answer({"kind": "act", "action": "Withhold"})
    match.answer({"kind": "guess", "name": "tit for tat"})
    assert "<strong>Not yet.</strong> What you have seen fits tit for tat" in match.shown["reveal"]
    for action in ("Support", "Support", "Support"):
        match.answer({"kind": "act", "action": action})
    # After Withhold, tit for tat would have withheld once: it would have supported from period 3.
    assert (
        "Period 3 rules out tit for tat: it would have played Support, but the US played Withhold."
        in match.shown["reveal"]
    )
    match.answer({"kind": "guess", "name": "always Support"})
    assert (
        "Period 2 rules out always Support: it would have played Support" in match.shown["reveal"]
    )
    assert "grim" not in str(match.shown)
    assert match.shown["path"] == {}
    assert (match.shown["can_show"], match.shown["can_name"]) == (True, True)


def test_whom_one_faces_is_shown_on_request_and_then_no_name_is_right():
    match = bg.play(ALLIANCE, against="grim trigger")
    match.answer({"kind": "show"})
    assert "at least one period" in match.shown["message"]
    match.answer({"kind": "act", "action": "Support"})
    match.answer({"kind": "guess", "name": "tit for tat"})
    match.answer({"kind": "show"})
    assert "<strong>You faced grim trigger.</strong>" in match.shown["reveal"]
    assert match.shown["path"]["stop"] == "2, to come"
    assert (match.shown["can_show"], match.shown["can_name"]) == (False, False)
    match.answer({"kind": "guess", "name": "grim trigger"})
    assert "You know whom you face" in match.shown["message"]
    assert "Right" not in match.shown["reveal"]
    match.answer({"kind": "again"})
    assert (match.match.known, match.shown["reveal"]) == (False, "")


def test_a_match_that_was_opened_again_asks_to_run_its_cell_and_stars_nothing():
    page = bg.play(ALLIANCE, against="grim trigger")._page()
    assert "Run this cell, with Shift+Enter, to play." in page["text/html"]
    assert "Withhold" in page["text/html"]
    assert "★" not in page["text/html"]
    assert "equilibrium" not in page["text/html"]


def test_naming_without_a_choice_is_refused_and_nobody_is_faced_twice_in_a_row():
    match = bg.play(ALLIANCE, against="tit for tat")
    match.answer({"kind": "act", "action": "Support"})
    match.answer({"kind": "guess", "name": ""})
    words = "No strategy is chosen; choose one in the menu, then name it."
    assert (match.shown["message"], match.shown["reveal"]) == (words, "")
    faced = [match.match.faced]
    for _ in range(60):
        match.answer({"kind": "again"})
        faced.append(match.match.faced)
    assert all(one != other for one, other in pairwise(faced))
    assert len(set(faced)) > 2


def lit(svg):
    """Return the states drawn with a thick border, and how many arrows are drawn thick."""
    import re

    circles = re.findall(r"<circle[^>]*bg-state[^>]*>", svg)
    states = [re.search(r'data-state="([^"]*)"', c)[1] for c in circles if 'stroke-width="4"' in c]
    return states, len(re.findall(r"<path[^>]*bg-taken[^>]*>", svg))


def test_after_the_reveal_the_states_of_every_period_can_be_looked_at():
    match = bg.play(ALLIANCE, against="limited punishment (2)")
    for action in ("Support", "Withhold", "Withhold", "Withhold"):
        match.answer({"kind": "act", "action": action})
    assert match.shown["path"] == {}
    match.answer({"kind": "look", "period": 0})
    assert "Find out the strategy first" in match.shown["message"]
    assert match.shown["path"] == {}
    match.answer({"kind": "guess", "name": "limited punishment (2)"})
    assert match.shown["path"]["at"] == match.shown["path"]["last"] == 4
    assert match.shown["path"]["stop"] == "5, to come"
    for period, (state, move) in enumerate(
        [
            ("agreed", "stays"),
            ("agreed", "goes to punishment 1"),
            ("punishment 1", "goes to punishment 2"),
            ("punishment 2", "goes to agreed"),
        ]
    ):
        match.answer({"kind": "look", "period": period})
        shown = match.shown["path"]
        assert (shown["at"], shown["stop"]) == (period, str(period + 1))
        assert lit(shown["graph"]) == ([state], 1)
        assert shown["words"].startswith(f"In period {period + 1} it is in the state {state} and")
        assert f" it {move}" in shown["words"]
        assert f"Play is in {state} and {move}." in shown["graph"]
    match.answer({"kind": "look", "period": 4})
    assert lit(match.shown["path"]["graph"]) == (["agreed"], 0)
    assert match.shown["path"]["words"].endswith("in the state agreed and will play Support.")
    match.answer({"kind": "look", "period": 5})
    assert "no period 5" in match.shown["message"]
    assert match.shown["path"]["at"] == 4
    match.answer({"kind": "look", "period": 1})
    match.answer({"kind": "act", "action": "Withhold"})
    assert match.shown["path"]["at"] == 5
    assert lit(match.shown["path"]["graph"]) == (["punishment 1"], 0)
    for _ in range(20):
        match.answer({"kind": "act", "action": "Support"})
    match.answer({"kind": "look", "period": 2})
    assert [row[0] for row in match.shown["rows"]] == [str(t) for t in range(3, 15)]
    match.answer({"kind": "again"})
    assert match.shown["path"] == {}


def test_whom_one_can_face():
    game = ALLIANCE.game()
    assert list(candidates(game))[:3] == ["always Support", "always Withhold", "grim trigger"]
    assert opening_match(game).faced in candidates(game)
    mine = bg.Automaton("mine", {"a": "Withhold"}, {"a": "a"})
    assert opening_match(game, mine).faced == "mine"
    with one_sentence("no automaton 'nobody'"):
        bg.play(ALLIANCE, against="nobody")
    with one_sentence("cannot be played"):
        bg.play(dilemma())
    match = bg.play(ALLIANCE, against="tit for tat")
    match.answer({"kind": "act", "action": "Attack"})
    assert "'Attack'" in match.shown["message"]
