"""The Python side of the explorer, driven as its page drives it."""

import json
from fractions import Fraction

import pytest

from balancegame.errors import GameError
from balancegame.games.normal_form import NormalFormGame
from balancegame.models import models
from balancegame.widgets.bet import options, placed
from balancegame.widgets.explorer import explore
from balancegame.widgets.normal_form_setting import after, opening
from balancegame.widgets.normal_form_view import layout, view

M1 = models["core-dilemma"]
COORDINATION = NormalFormGame([[[2, 0], [0, 1]], [[1, 0], [0, 2]]])
PENNIES = NormalFormGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
THREE = NormalFormGame([[[[1, 0], [0, 0]], [[0, 0], [0, 2]]]] * 3)
DECISION = NormalFormGame([[1, 2, 2]], ("Japan",), (("Align", "Hedge", "Engage"),))


@pytest.fixture
def explorer():
    """The explorer of M1 after the bet, every control unlocked."""
    explorer = explore(M1)
    explorer.answer({"kind": "bet", "choice": "0,0", "token": "1"})
    return explorer


def edit(explorer, text, player=0, cell=(0, 0), **more):
    explorer.answer(
        {"kind": "edit", "player": player, "cell": list(cell), "text": text, "final": True, **more}
    )


def slide(explorer, name, value, **more):
    explorer.answer({"kind": "slide", "name": name, "value": value, **more})


def texts(explorer):
    return {key: payoff["text"] for key, payoff in explorer.shown["payoffs"].items()}


@pytest.mark.parametrize(
    ("s", "answer", "best", "pure", "stand"),
    [
        (
            "4",
            "Japan plays Engage and the US plays Enforce.",
            {"0:1,0", "0:1,1", "1:0,0", "1:0,1", "1:1,0"},
            ["1,0"],
            "s = 4, below the threshold E = 5.",
        ),
        (
            "5",
            "Japan plays any mixture of Comply and Engage and the US plays Enforce.",
            {"0:0,0", "0:1,0", "0:1,1", "1:0,0", "1:0,1", "1:1,0"},
            ["0,0", "1,0"],
            "s = 5, exactly at the threshold E = 5.",
        ),
        (
            "6",
            "Japan plays Comply and the US plays any mixture with at least 5/6 on Enforce.",
            {"0:0,0", "0:1,1", "1:0,0", "1:0,1", "1:1,0"},
            ["0,0"],
            "s = 6, above the threshold E = 5.",
        ),
    ],
)
def test_a_slider_moves_everything_at_once(explorer, s, answer, best, pure, stand):
    slide(explorer, "s", s, token="t")
    shown = explorer.shown
    assert shown["token"] == "t"
    assert shown["message"] == ""
    assert shown["answer"] == answer
    assert {key for key, payoff in shown["payoffs"].items() if payoff["best"]} == best
    assert shown["pure"] == pure
    assert shown["stand"] == stand
    assert shown["values"]["s"] == s
    assert texts(explorer)["0:1,0"] == str(15 - int(s))
    assert answer.removesuffix(".") in shown["explanation"]
    assert shown["square"].startswith("<svg")
    assert shown["bar"].startswith("<svg")


def test_a_slider_takes_exact_fractions(explorer):
    slide(explorer, "s", "16/3")
    assert explorer.setting.values["s"] == Fraction(16, 3)
    assert texts(explorer)["0:1,0"] == "29/3"
    assert "at least 15/16 on Enforce" in explorer.shown["answer"]


def test_a_drag_is_explained_from_where_it_began(explorer):
    slide(explorer, "s", "11/2", fresh=True)
    slide(explorer, "s", "5", fresh=False)
    slide(explorer, "s", "4", fresh=False)
    assert "Now s falls from 6 to 4." in explorer.shown["change"]
    slide(explorer, "s", "9/2", fresh=True)
    assert "Now s rises from 4 to 9/2 (4.5)." in explorer.shown["change"]
    assert "The equilibria stay the same" in explorer.shown["change"]


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("s", "21", "S = 21 is outside its range"),
        ("s", "abc", "'abc' for parameter s is not a number"),
        ("q", "1", "Model core-dilemma has no parameter q"),
    ],
)
def test_a_slider_cannot_leave_its_range(explorer, name, value, reason):
    before = explorer.setting
    slide(explorer, name, value)
    assert explorer.setting is before
    assert reason.lower() in explorer.shown["message"].lower()
    assert explorer.shown["answer"] == view(before)["answer"]


def test_nothing_is_given_away_before_the_bet():
    explorer = explore(M1)
    shown = explorer.shown
    assert shown["locked"]
    assert not any(payoff["best"] for payoff in shown["payoffs"].values())
    hidden = ("square", "bar", "stand", "answer", "explanation", "change", "pure", "bet")
    assert not any(shown[key] for key in hidden)
    sent = json.dumps([explorer.plan, shown])
    assert "at least" not in sent
    assert "threshold" not in sent


@pytest.mark.parametrize(
    "request_",
    [
        {"kind": "slide", "name": "s", "value": "5"},
        {"kind": "preset", "title": "2016"},
        {"kind": "edit", "player": 0, "cell": [0, 0], "text": "1", "final": True},
        {"kind": "nudge", "player": 0, "cell": [0, 0], "by": "1"},
        {"kind": "reset"},
    ],
)
def test_nothing_moves_before_the_bet(request_):
    explorer = explore(M1)
    before = explorer.setting
    explorer.answer(request_)
    assert explorer.setting is before
    assert explorer.shown["message"] == "Place your bet first; then everything can be moved."


def test_a_bet_needs_a_choice():
    explorer = explore(M1)
    explorer.answer({"kind": "bet", "choice": ""})
    assert explorer.shown["locked"]
    assert explorer.shown["message"] == "Choose one of the answers before you place the bet."


@pytest.mark.parametrize(
    ("game", "choice", "outcome", "verdict"),
    [
        (M1.game(s=4), "1,0", "right", "Right: this is the only equilibrium."),
        (M1.game(s=4), "0,0", "wrong", "Not this time: somebody would gain"),
        (M1.game(s=4), "mixed", "wrong", "Not this time: a cell of the table is"),
        (M1.game(s=4), "continuum", "wrong", "Not this time: there is one."),
        (M1.game(s=6), "0,0", "partly", "Partly right: this is an equilibrium, but one of infin"),
        (M1.game(s=6), "continuum", "right", "Right: there are infinitely many"),
        (M1.game(s=5), "1,0", "partly", "Partly right: this is an equilibrium, but one of infin"),
        (COORDINATION, "0,0", "partly", "Partly right: this is an equilibrium, and there are two"),
        (COORDINATION, "0,1", "wrong", "Not this time: somebody would gain"),
        (PENNIES, "mixed", "right", "Right: no cell is an equilibrium."),
        (PENNIES, "continuum", "wrong", "Not this time: there is one."),
        (THREE, "0,0,0", "partly", "Partly right: this is an equilibrium, and there"),
        (THREE, "mixed", "wrong", "Not this time: a cell of the table is"),
        (DECISION, "1", "partly", "Partly right: nothing is better"),
        (DECISION, "0", "wrong", "Not this time: another choice yields more."),
        (DECISION, "continuum", "right", "Right: several actions are equally good"),
    ],
)
def test_a_bet_is_compared_with_the_answer_in_words(game, choice, outcome, verdict):
    bet = placed(game, choice)
    assert bet.outcome == outcome
    assert bet.verdict.startswith(verdict)
    assert bet.words == options(game)[choice]


def test_the_answer_to_a_bet_says_at_which_values_it_was_bet_on():
    explorer = explore(M1, sliders=["s", "k"], s=3)
    explorer.answer({"kind": "bet", "choice": "0,0"})
    assert explorer.shown["bet"]["at"] == "s = 3 and k = 2"
    explorer.answer({"kind": "slide", "name": "s", "value": "6"})
    assert explorer.shown["bet"]["at"] == "s = 3 and k = 2"
    game = M1.game()
    assert after(opening(game), {"kind": "bet", "choice": "0,0"}).bet.at == ""
    on_map = explore(M1, "s", "E", sliders=["k"], s=4)
    on_map.answer({"kind": "bet", "choice": on_map.shown["bets"]["choices"][0]["value"]})
    assert on_map.shown["bet"]["at"] == "s = 4 and E = 5"
    edited = explore(M1, s=3)
    edited.answer({"kind": "bet", "choice": "0,0"})
    edited.answer({"kind": "edit", "player": 0, "cell": [0, 0], "text": "99"})
    edited.answer({"kind": "again"})
    edited.answer({"kind": "bet", "choice": "0,0"})
    assert edited.shown["bet"]["at"] == ""


def test_bet_and_answer_stay_side_by_side_until_the_next_bet(explorer):
    answer = "Japan plays Comply and the US plays any mixture with at least 5/6 on Enforce."
    slide(explorer, "s", "4")
    assert explorer.shown["bet"]["words"] == "Comply, Enforce"
    assert explorer.shown["bet"]["answer"] == answer
    explorer.answer({"kind": "again"})
    assert explorer.shown["locked"]
    assert explorer.shown["values"]["s"] == "4"
    assert explorer.shown["answer"] == ""
    explorer.answer({"kind": "bet", "choice": "1,0"})
    assert explorer.shown["bet"]["outcome"] == "right"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("1/3", "1/3"), ("0.1", "1/10"), (" 7 ", "7"), ("-2", "-2"), ("−2", "-2"), ("4/2", "2")],
)
def test_a_payoff_takes_any_number(explorer, text, shown):
    edit(explorer, text)
    assert texts(explorer)["0:0,0"] == shown
    assert explorer.setting.game.at(0, (0, 0)) == Fraction(shown)
    assert explorer.shown["edited"]
    assert "the sliders are detached until you press Reset payoffs" in explorer.shown["status"]


def test_an_edited_payoff_moves_everything_at_once(explorer):
    edit(explorer, "1/3")
    assert explorer.shown["answer"] == "Japan plays Engage and the US plays Enforce."
    assert explorer.shown["pure"] == ["1,0"]
    assert not explorer.shown["payoffs"]["0:0,0"]["best"]
    assert explorer.shown["bar"] == explorer.shown["stand"] == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("abc", "'abc' for the payoff of Japan when Japan plays Comply and the US plays Enforce"),
        ("nan", "not a finite number"),
        ("inf", "not a finite number"),
        ("1/0", "divides by zero"),
        ("", "is not a number"),
        ("1e999999", "more than 400 digits"),
        ("<img src=x>", "is not a number"),
        ("1,5", "is not a number"),
    ],
)
def test_a_bad_payoff_is_refused_with_its_reason_and_changes_nothing(explorer, text, reason):
    before = explorer.setting
    edit(explorer, text)
    refused = explorer.shown["payoffs"]["0:0,0"]
    assert refused["text"] == text
    assert reason in refused["refused"]
    assert refused["value"] == "10"
    assert explorer.setting.game is before.game
    assert not explorer.shown["edited"]
    kept = ("answer", "explanation", "square", "pure", "values", "bar")
    assert {key: explorer.shown[key] for key in kept} == {key: view(before)[key] for key in kept}
    edit(explorer, "10")
    assert explorer.shown["payoffs"]["0:0,0"]["refused"] == ""
    assert explorer.setting == before


@pytest.mark.parametrize("text", ["", "-", "1/", ".", "3 /", "−"])
def test_nobody_complains_while_a_number_is_being_typed(explorer, text):
    edit(explorer, text, final=False)
    assert explorer.shown["payoffs"]["0:0,0"]["refused"] == ""
    assert explorer.setting.game.at(0, (0, 0)) == 10


def test_what_cannot_become_a_number_is_refused_at_once(explorer):
    edit(explorer, "1x", final=False)
    assert "is not a number" in explorer.shown["payoffs"]["0:0,0"]["refused"]


def test_an_edit_detaches_sliders_and_presets_until_reset(explorer):
    slide(explorer, "s", "4")
    edit(explorer, "20")
    game = explorer.setting.game
    slide(explorer, "s", "8")
    assert "press Reset payoffs" in explorer.shown["message"]
    explorer.answer({"kind": "preset", "title": "2016"})
    assert "press Reset payoffs" in explorer.shown["message"]
    assert explorer.setting.game is game
    assert explorer.shown["reset"] == "Reset payoffs"
    explorer.answer({"kind": "reset"})
    assert not explorer.shown["edited"]
    assert explorer.shown["values"]["s"] == "4"
    assert texts(explorer)["0:0,0"] == "10"
    slide(explorer, "s", "8")
    assert explorer.shown["values"]["s"] == "8"
    explorer.answer({"kind": "reset"})
    assert explorer.shown["values"]["s"] == "6"


def test_reset_takes_refused_text_away(explorer):
    edit(explorer, "abc")
    explorer.answer({"kind": "reset"})
    assert texts(explorer)["0:0,0"] == "10"
    assert explorer.shown["status"] == ""


def test_arrow_keys_step_from_the_payoff_that_holds(explorer):
    edit(explorer, "1/3", cell=(1, 1))
    explorer.answer({"kind": "nudge", "player": 0, "cell": [1, 1], "by": "1"})
    assert texts(explorer)["0:1,1"] == "4/3"


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"kind": "dance"},
        {"kind": "slide"},
        {"kind": "edit", "player": 5, "cell": [0, 0], "text": "1"},
        {"kind": "edit", "player": 0, "cell": [0], "text": "1"},
        {"kind": "edit", "player": 0, "cell": [9, 9], "text": "1"},
        {"kind": "edit", "player": 0, "cell": None, "text": "1"},
        {"kind": "preset", "title": "1905"},
    ],
)
def test_a_request_that_makes_no_sense_becomes_a_message(explorer, request_):
    before = explorer.setting
    explorer.answer({**request_, "token": "7"})
    assert explorer.setting is before
    assert explorer.shown["message"]
    assert explorer.shown["token"] == "7"


def test_the_page_reaches_python_by_messages(explorer):
    explorer._handle_custom_msg({"kind": "slide", "name": "s", "value": "4", "token": "x"}, [])
    assert explorer.shown["answer"] == "Japan plays Engage and the US plays Enforce."


def test_what_is_sent_is_plain_json(explorer):
    edit(explorer, "1/3")
    assert json.loads(json.dumps(explorer.shown)) == explorer.shown
    assert json.loads(json.dumps(explorer.plan)) == explorer.plan


@pytest.mark.parametrize("game", [COORDINATION, THREE, DECISION, NormalFormGame([[[1]], [[1]]])])
def test_a_game_of_any_form_can_be_explored(game):
    explorer = explore(game)
    assert explorer.plan["sliders"] == []
    explorer.answer({"kind": "bet", "choice": explorer.plan["choices"][0]["value"]})
    assert explorer.shown["message"] == ""
    assert explorer.shown["answer"]
    cell = [0] * len(game.players)
    edit(explorer, "7/2", cell=cell)
    assert explorer.setting.game.at(0, cell) == Fraction(7, 2)
    assert "Reset payoffs brings the first ones back" in explorer.shown["status"]
    explorer.answer({"kind": "reset"})
    assert explorer.setting.game == game


def test_sliders_and_starting_values_can_be_chosen():
    explorer = explore(M1, sliders=["k", "r"], k=1, S=20)
    assert [slider["name"] for slider in explorer.plan["sliders"]] == ["k", "r"]
    assert explorer.shown["values"]["k"] == "1"
    held = {entry["name"]: entry["value"] for entry in explorer.shown["held"]}
    assert held == {"s": "6", "E": "5", "S": "20", "V": "10", "d": "3"}


@pytest.mark.parametrize(
    ("arguments", "values", "message"),
    [
        (("s", "E", "k", "r"), {}, "an explorer has at most 3 sliders, not 4; leave out r"),
        (("q",), {}, "model core-dilemma has no parameter q"),
        ((), {"s": 99}, "s = 99 is outside its range"),
        ((), {"q": 1}, "model core-dilemma has no parameter q"),
    ],
)
def test_an_explorer_that_cannot_be_is_refused(arguments, values, message):
    with pytest.raises(GameError, match=message):
        explore(M1, sliders=arguments, **values)


def test_only_models_and_games_can_be_explored():
    with pytest.raises(GameError, match="int cannot be explored; give a model, a game in n"):
        explore(3)


def test_settings_are_values():
    setting = opening(M1)
    again = after(setting, {"kind": "bet", "choice": "0,0"})
    assert setting.bet is None
    assert after(again, {"kind": "slide", "name": "s", "value": "6"}).game == again.game
    assert layout(setting) == layout(again)
