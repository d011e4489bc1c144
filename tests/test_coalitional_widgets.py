"""The explorers of votes, of splits among three and of bargains, and their pictures."""

from __future__ import annotations

import re

import pytest

import balancegame as bg
from balancegame.figures.power_bars import alike
from tests.one_sentence import one_sentence

COUNCIL, CONCERT = bg.models["council"], bg.models["concert"]
PIPELINE, KURILS = bg.models["pipeline"], bg.models["kurils"]


def unlocked(subject, *axes, choice, **values):
    explorer = bg.explore(subject, *axes, **values)
    explorer.answer({"kind": "bet", "choice": choice})
    assert not explorer.shown["locked"]
    return explorer


# Votes


def test_no_bar_gives_the_bet_away():
    votes = bg.explore(CONCERT)
    assert votes.shown["bets"]["question"] == (
        "A decision needs 26 units of resources. The US has 13.34 of 51.99 units of resources and "
        "no veto. What share of the power does it have?"
    )
    assert (votes.shown["bars"], votes.shown["answer"], votes.shown["alt"]) == ([], "", "")
    votes.answer({"kind": "slide", "name": "US", "value": "20"})
    assert votes.shown["message"] == "Place your bet first; then everything can be moved."


@pytest.mark.parametrize(
    ("member", "right", "answer"),
    [
        ("US", "less", "A smaller share than that, but not nothing"),
        ("China", "more", "A larger share than that"),
        ("Japan", "more", "A larger share than that"),
    ],
)
def test_a_bet_on_a_member_is_judged(member, right, answer):
    for choice in ("more", "same", "less", "none"):
        votes = unlocked(CONCERT, member, choice=choice)
        bet = votes.shown["bet"]
        assert (bet["outcome"] == "right", bet["answer"]) == (choice == right, answer)


def test_power_of_nobody_and_of_just_its_part():
    game = bg.CoalitionalGame.weighted((3, 3, 1), 4, ("A", "B", "C"))
    assert unlocked(game, "C", choice="more").shown["bet"]["outcome"] == "right"
    idle = bg.CoalitionalGame.weighted((3, 3, 1), 6, ("A", "B", "C"))
    assert unlocked(idle, "C", choice="none").shown["bet"]["outcome"] == "right"
    equal = bg.CoalitionalGame.weighted((1, 1), 2, ("A", "B"))
    assert unlocked(equal, choice="same").shown["bet"]["outcome"] == "right"


def test_bars_follow_weights_vetoes_the_quota_and_presets():
    votes = unlocked(
        COUNCIL, "Japan", choice="more", **COUNCIL.presets["Japan, an independent pole"]
    )
    assert votes.shown["preset"]["title"] == "Japan, an independent pole"
    japan = votes.shown["bars"][5]
    assert (japan["words"], japan["told"], japan["was"]) == (
        "Japan: Shapley-Shubik index 283/1716; Banzhaf index 106/741",
        "283/1716 (16.5 %)",
        None,
    )
    votes.answer({"kind": "veto", "name": "Japan", "on": False})
    japan = votes.shown["bars"][5]
    assert japan["words"].startswith("Japan: Shapley-Shubik index 3/1144, before 283/1716;")
    assert japan["was"] == pytest.approx(100 * 4 * 283 / 1716, abs=0.01)
    votes.answer({"kind": "slide", "name": "US", "value": "3"})
    assert votes.shown["total"] == "A decision needs 10 of 18 votes."
    votes.answer({"kind": "slide", "name": "quota", "value": "18"})
    assert votes.shown["answer"].startswith("Power: the US, China, Russia and 13 more 1/16 each.")
    votes.answer({"kind": "slide", "name": "US", "value": "0"})
    # A quota that everybody together misses comes down to what they have.
    assert votes.shown["total"] == "A decision needs 15 of 15 votes."
    votes.answer({"kind": "preset", "title": "Japan, a clone of the US"})
    assert votes.shown["answer"].startswith(
        "Power: the US, China, Russia, the UK and France 421/2145"
    )
    assert votes.shown["preset"]["story"] == "One bloc casts two votes."
    votes.answer({"kind": "reset"})
    assert votes.shown["bars"][5]["told"] == "283/1716 (16.5 %)"


def test_a_majority_follows_the_weights():
    votes = unlocked(CONCERT, choice="less")
    assert votes.shown["quotas"][0]["majority"]
    votes.answer({"kind": "slide", "name": "India", "value": "0"})
    assert votes.shown["total"] == "A decision needs 21.72 of 43.42 units of resources."
    assert "China decides alone." in votes.shown["answer"]
    votes.answer({"kind": "slide", "name": "quota", "value": "40"})
    assert not votes.shown["quotas"][0]["majority"]
    votes.answer({"kind": "majority", "on": True})
    assert votes.shown["total"] == "A decision needs 21.72 of 43.42 units of resources."


def test_nobody_is_left_without_a_vote():
    votes = unlocked(bg.CoalitionalGame.weighted((1, 0), 1, ("A", "B")), choice="same")
    before = votes.setting
    votes.answer({"kind": "slide", "name": "A", "value": "0"})
    assert votes.shown["message"] == "Nobody would have any weight then; give somebody some first."
    assert votes.setting is before


def test_a_slider_stops_at_every_weight_of_a_preset():
    votes = bg.explore(CONCERT)
    for slider, player in zip(votes.plan["sliders"], CONCERT.players, strict=True):
        assert slider["name"] == player
        stops = slider["values"]
        assert 20 < len(stops) < 130
        for preset in CONCERT.presets.values():
            weight = CONCERT.game(**preset).votes.rules[0].weights[CONCERT.players.index(player)]
            assert str(weight) in stops


def test_reasons_are_worked_out_when_somebody_opens_them():
    votes = unlocked(CONCERT, choice="less")
    assert votes.shown["reasons"] == ""
    votes.answer({"kind": "reasons", "on": True})
    assert "pivotal in 72 of 120 orders" in votes.shown["reasons"]


def test_a_member_may_be_called_quota():
    votes = unlocked(bg.CoalitionalGame.weighted({"quota": 2, "B": 1}, 2), choice="more")
    assert votes.plan["quotas"][0]["name"] == "quota'"
    votes.answer({"kind": "slide", "name": "quota'", "value": "3"})
    assert votes.shown["answer"] == "Power: quota and B 1/2 each."


def test_states_and_people():
    """Members are counted and have no sliders; their people do. Power follows either quota."""
    people = {"A": 50, "B": 30, "C": 15, "D": 5}
    game = bg.CoalitionalGame.weighted([dict.fromkeys(people, 1), people], [3, 60])
    votes = bg.explore(game, "A")
    needs = "A decision needs 3 of 4 members and 60 of 100 votes."
    assert votes.shown["bets"]["question"].startswith(f"{needs} A has 50 of 100 votes and no veto.")
    votes.answer({"kind": "bet", "choice": "same"})
    # By hand: it takes A and two of the others, of whom B, C and D together have too few people.
    assert votes.shown["bet"]["verdict"].startswith("Right: A had 50 % of all votes and 50 %")
    assert votes.shown["answer"] == "Power: A 1/2; B, C and D 1/6 each."
    assert [slider["name"] for slider in votes.plan["sliders"]] == list("ABCD")
    assert [quota["name"] for quota in votes.plan["quotas"]] == [
        "quota of members",
        "quota of votes",
    ]
    votes.answer({"kind": "slide", "name": "quota of members", "value": "1"})
    assert votes.shown["total"] == "A decision needs 1 of 4 members and 60 of 100 votes."
    alone = bg.CoalitionalGame.weighted(people, 60)
    assert [bar["told"].split()[0] for bar in votes.shown["bars"]] == list(
        map(str, bg.shapley(alone))
    )
    votes.answer({"kind": "majority", "rule": 0, "on": True})
    assert [quota["majority"] for quota in votes.shown["quotas"]] == [True, False]
    assert votes.shown["values"]["quota of members"] == "3"
    votes.answer({"kind": "slide", "name": "A", "value": "0"})
    # What everybody has comes down, and the quota of the others with it.
    assert votes.shown["total"] == "A decision needs 3 of 4 members and 50 of 50 votes."
    votes.answer({"kind": "majority", "rule": 2, "on": True})
    assert votes.shown["message"] == "There is no such quota; run the cell again."


def test_votes_of_two_kinds_have_a_slider_each():
    both = bg.CoalitionalGame.weighted([(3, 2, 1), (1, 2, 4)], [4, 4], ("A", "B", "C"))
    votes = unlocked(both, choice="more")
    names = [slider["name"] for slider in votes.plan["sliders"]]
    assert names == ["A", "B", "C", "A (2)", "B (2)", "C (2)"]
    assert votes.plan["sliders"][5]["meaning"] == "votes of kind 2"
    votes.answer({"kind": "slide", "name": "C (2)", "value": "1"})
    changed = bg.CoalitionalGame.weighted([(3, 2, 1), (1, 2, 1)], [4, 4], ("A", "B", "C"))
    assert votes.shown["alt"] == bg.draw(bg.shapley(changed)).alt


def test_what_has_no_bars_is_named():
    with one_sentence("no member 'Norway'"):
        bg.explore(CONCERT, "Norway")
    with one_sentence("one member, not 2"):
        bg.explore(CONCERT, "US", "Japan")
    with one_sentence("leave out sliders"):
        bg.explore(CONCERT, sliders=["US"])
    with one_sentence("no parameters such as q"):
        bg.explore(COUNCIL.game(), q=10)


# Splits among three


@pytest.mark.parametrize(
    ("choice", "outcome"), [("3", "right"), ("nobody", "wrong"), ("6", "wrong"), ("1", "wrong")]
)
def test_a_bet_on_who_objects_is_judged(choice, outcome):
    explorer = unlocked(PIPELINE, choice=choice)
    bet = explorer.shown["bet"]
    assert (bet["outcome"], bet["answer"]) == (outcome, "Russia and China would get 2 too little")


def test_who_objects_less_is_partly_right():
    game = bg.CoalitionalGame(
        {"A": 0, "B": 0, "C": 0, ("A", "B"): 5, ("A", "C"): 6, ("B", "C"): 0, ("A", "B", "C"): 6}
    )
    assert unlocked(game, choice="3").shown["bet"]["outcome"] == "partly"
    assert unlocked(game, choice="5").shown["bet"]["outcome"] == "right"


def test_a_split_moves_and_the_verdict_follows():
    explorer = bg.explore(PIPELINE)
    assert "objection" not in explorer.shown["picture"]
    assert "bg-core" not in explorer.shown["picture"]
    explorer = unlocked(PIPELINE, choice="3")
    assert explorer.shown["at"] == "Russia 2, China 2 and Japan 2"
    assert explorer.shown["steps"] == 48
    explorer.answer({"kind": "point", "steps": [40, 8, 0]})
    assert explorer.shown["at"] == "Russia 5, China 1 and Japan 0"
    assert "so the split is in the core" in explorer.shown["verdict"]
    explorer.answer({"kind": "point", "steps": [16, 32, 0]})
    assert "Russia and Japan could have 4 by themselves" in explorer.shown["verdict"]
    explorer.answer({"kind": "slide", "name": "s", "value": "2"})
    assert "so the split is in the core" in explorer.shown["verdict"]
    explorer.answer({"kind": "place", "name": "Shapley value"})
    assert explorer.shown["at"] == "Russia 10/3, China 7/3 and Japan 1/3"
    explorer.answer({"kind": "place", "name": "Equal shares"})
    assert explorer.shown["at"] == "Russia 2, China 2 and Japan 2"
    explorer.answer({"kind": "point", "steps": [1, -1, 0]})
    assert explorer.shown["message"].startswith("A split gives each of the three players 0 steps")


def test_there_must_be_something_to_divide():
    explorer = unlocked(PIPELINE, choice="3", j=0)
    explorer.answer({"kind": "slide", "name": "c", "value": "0"})
    assert explorer.shown["message"] == (
        "Russia, China and Japan together are worth 0, so there is nothing to divide."
    )
    with one_sentence("three players can divide something, not 2"):
        bg.explore(bg.CoalitionalGame({"A": 0, "B": 0, ("A", "B"): 1}))
    with one_sentence("no axes"):
        bg.explore(PIPELINE, "s", "j")


# Bargains


@pytest.mark.parametrize(
    ("problem", "right"),
    [
        ({"a": (1, 1)}, "as they are"),
        ({"a": (2, -1), "b": (-1, 2)}, "lotteries"),
        ({"a": (8, -5)}, "side payments"),
        ({"a": (3, -5)}, "no deal"),
    ],
)
def test_a_bet_on_what_a_deal_takes_is_judged(problem, right):
    for choice in ("as they are", "lotteries", "side payments", "no deal"):
        explorer = unlocked(bg.BargainingProblem(problem), choice=choice)
        assert (explorer.shown["bet"]["outcome"] == "right") == (choice == right)


def test_the_frontier_follows_parameters_and_how_outcomes_are_shared():
    explorer = bg.explore(KURILS)
    assert explorer.shown["picture"] == explorer.shown["answer"] == ""
    explorer = unlocked(KURILS, choice="side payments")
    assert explorer.shown["answer"] == (
        "Nash solution: islands returned; Japan gains 3/2 and Russia gains 3/2. Japan pays 13/2."
    )
    assert explorer.shown["picture"].count("bg-frontier") == 1
    explorer.answer({"kind": "way", "way": "lotteries"})
    assert explorer.shown["answer"].startswith("No deal:")
    explorer.answer({"kind": "way", "way": "side payments"})
    explorer.answer({"kind": "slide", "name": "a", "value": "5"})
    assert explorer.shown["answer"].endswith("Japan gains 0 and Russia gains 0. Japan pays 8.")
    explorer.answer({"kind": "slide", "name": "a", "value": "11/2"})
    assert explorer.shown["answer"].startswith("No deal:")
    explorer.answer({"kind": "preset", "title": "a quiet deal"})
    assert explorer.shown["answer"].endswith(
        "Japan gains 5/2 and Russia gains 5/2. Japan pays 11/2."
    )
    explorer.answer({"kind": "way", "way": "by force"})
    assert explorer.shown["message"] == "Outcomes cannot be shared 'by force'."
    explorer.answer({"kind": "reset"})
    assert explorer.shown["way"] == "side payments"


# Pictures


def test_power_is_drawn_as_bars_with_both_indices():
    figure = bg.draw(CONCERT)
    assert figure.alt == (
        "Shapley-Shubik index: China 3/5; the US, Russia, Japan and India 1/10 each. "
        "Banzhaf index: China 7/11; the US, Russia, Japan and India 1/11 each."
    )
    assert bg.draw(bg.shapley(CONCERT.game())) == bg.draw(CONCERT)
    assert "full width: 1/4" in bg.draw(COUNCIL).svg
    assert alike(("US", "A"), (bg.shapley(CONCERT.game())["US"], 0)) == "the US 1/10; A 0"


def test_the_triangle_shows_the_core_the_lines_and_the_split():
    game = PIPELINE.game(s=2)
    figure = bg.draw(bg.verify(game, (2, 2, 2)))
    assert figure.alt == (
        "Corners of the core: Russia 2, China 4 and Japan 0; Russia 6, China 0 and Japan 0. "
        "The split Russia 2, China 2 and Japan 2: objections: Russia and China by 2."
    )
    assert "Russia and Japan object where China gets more than 4" in figure.svg
    # Outside the core the split is a diamond, inside a circle.
    assert re.search(r'<polygon class="bg-student', figure.svg)
    inside = bg.draw(bg.verify(game, (4, 2, 0)))
    assert re.search(r'<circle class="bg-student', inside.svg)
    assert "no coalition objects" in inside.alt


def test_an_empty_core_is_said():
    dollar = bg.CoalitionalGame(lambda S: int(len(S) > 1), ("A", "B", "C"))
    assert bg.draw(bg.core(dollar)).alt == "The core is empty."
    assert "some coalition objects to every split" in bg.draw(dollar).svg


def test_the_frontier_tells_the_three_solutions():
    problem = bg.BargainingProblem({"peace": (4, 1), "trade": (0, 5)}, players=("A", "B"))
    figure = bg.draw(problem.with_lotteries())
    assert "Nash: A 5/2, B 5/2; Kalai-Smorodinsky: A 20/9, B 25/9; Egalitarian: A 5/2" in figure.alt
    assert bg.draw(bg.nash_bargaining(problem.with_lotteries())) == figure
    with one_sentence("drawn for two players, not for 3"):
        bg.draw(bg.BargainingProblem({"a": (1, 1, 1)}))


def test_other_games_are_drawn_by_their_value():
    gloves = bg.CoalitionalGame(
        lambda S: min(len(S & {"L", "M"}), len(S & {"R", "T"})), tuple("LMRT")
    )
    assert bg.draw(gloves).alt == "L, M, R and T 1/2 each."
    loss = bg.CoalitionalGame({"A": -1, "B": 2, ("A", "B"): 1})
    assert bg.draw(bg.shapley(loss)).alt == "B 2; A -1."


def test_what_stands_still_tells_the_same():
    for explorer in (bg.explore(COUNCIL, "Japan"), bg.explore(PIPELINE), bg.explore(KURILS)):
        page = explorer._page()
        assert "<figure" in page["text/html"]
        assert "Run this cell" in page["text/html"]
