"""Numbers that an explorer and play show: short, beside decimals, and averages."""

from balancegame.models import models
from balancegame.widgets.explorer import explore
from balancegame.widgets.play import play


def test_a_payoff_of_hundreds_of_figures_does_not_fill_its_cell():
    explorer = explore(models["core-dilemma"])
    explorer.answer({"kind": "bet", "choice": "0,0"})
    request = {"kind": "edit", "player": 0, "cell": [0, 0], "text": "1e400", "final": True}
    explorer.answer(request)
    assert explorer.setting.game.at(0, (0, 0)) == 10**400
    assert explorer.shown["payoffs"]["0:0,0"]["text"] == "about 1e+400"
    assert "0" * 30 not in explorer.shown["explanation"] + explorer.shown["answer"]


def test_sliders_show_decimals_beside_fractions():
    explorer = explore(models["core-dilemma"], s="29/2")
    assert explorer.shown["told"]["s"] == "29/2 (14.5)"
    assert explorer.shown["values"]["s"] == "29/2"
    explorer.answer({"kind": "bet", "choice": "0,0"})
    assert explorer.shown["stand"] == "s = 29/2 (14.5), above the threshold E = 5."


def test_a_constant_stream_is_worth_the_same_on_average():
    match = play(models["alliance"], against="tit for tat")
    assert match.shown["averages"] == []
    for _ in range(7):
        match.answer({"kind": "act", "action": "Support"})
    assert match.shown["averages"] == ["3", "3"]
    match.answer({"kind": "act", "action": "Withhold"})
    yours, theirs = map(float, match.shown["averages"])
    assert theirs < 3 < yours < 5
