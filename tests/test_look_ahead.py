"""The next step of a slider is ready before it is asked for, in Python and in the page."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balancegame.models import models
from balancegame.solvers.sweep import sweep
from balancegame.widgets import explorer as explorers
from balancegame.widgets.explorer import explore, following_step
from balancegame.widgets.normal_form_panel import NormalFormExplorer
from balancegame.widgets.play import play
from balancegame.widgets.stepper import explore_mixture

SLIDERS = [{"name": "s", "values": ["0", "1/2", "1", "2"]}, {"name": "E", "values": ["0", "1"]}]
AXES = ("s", "beta")
STOPS = ("31/4", "8", "33/4", "17/2")


def opened():
    """Return an explorer whose bet is placed; B = 8 is off the axes and moves by quarters."""
    explorer = explore(sweep(models["joint-sanctions"], *AXES, resolution=11), sliders=["B"])
    choice = explorer.shown["bets"]["choices"][0]["value"]
    explorer.answer({"kind": "bet", "choice": choice, "token": "1"})
    return explorer


def slide(value):
    return {"kind": "slide", "name": "B", "value": value, "fresh": True}


def run(steps):
    """Run steps in a thread of their own, since a browser's loop may run in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, steps).result()


async def idle():
    """Let everything run that waits for its turn."""
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.fixture
def at_once(monkeypatch):
    """The next step is worked out as soon as nothing else is to do, however long it takes."""
    monkeypatch.setattr(explorers, "PAUSE", 0)
    monkeypatch.setattr(explorers, "LONGEST", 60)


@pytest.mark.parametrize(
    ("name", "before", "value", "following"),
    [
        ("s", "0", "1/2", "1"),
        ("s", "1", "1/2", "0"),
        ("s", "0", "1", "2"),
        ("s", "1", "2", "1"),
        ("s", "1/2", "0", "1/2"),
        ("s", "2", "0", "2"),
        ("s", "1", "1", None),
        ("s", "1/3", "1", None),
        ("s", "0", "3/4", None),
        ("E", "0", "1", "0"),
        ("q", "0", "1", None),
    ],
)
def test_a_slider_goes_on_the_way_that_it_went_and_back_from_an_end(name, before, value, following):
    request = {"kind": "slide", "name": name, "value": value, "fresh": False}
    expected = following and {**request, "value": following}
    assert following_step(request, SLIDERS, {"s": before, "E": before}) == expected


@pytest.mark.parametrize(
    "request_",
    [
        {"kind": "preset", "title": "2016"},
        {"kind": "edit", "player": 0, "cell": [0, 0], "text": "7"},
        {"kind": "point", "point": ["1", "2"]},
        {"kind": "slide", "name": "s", "value": []},
    ],
)
def test_other_requests_have_no_next_step(request_):
    assert following_step(request_, SLIDERS, {"s": "0"}) is None


@pytest.mark.parametrize(
    ("before", "values", "following"),
    [
        ({"s": "0", "E": "0"}, {"s": "1/2", "E": "0"}, {"s": "1", "E": "0"}),
        ({"s": "1", "E": "1"}, {"s": "1/2", "E": "1"}, {"s": "0", "E": "1"}),
        ({"s": "1/2", "E": "0"}, {"s": "1", "E": "1"}, {"s": "1/2", "E": "0"}),
        ({"s": "1", "E": "1"}, {"s": "2", "E": "1"}, {"s": "1", "E": "1"}),
        ({"s": "1", "E": "1"}, {"s": "1", "E": "1"}, None),
        ({"s": "1/3", "E": "1"}, {"s": "1", "E": "1"}, None),
    ],
)
def test_a_point_goes_on_the_way_that_it_went_and_back_from_an_edge(before, values, following):
    request = {"kind": "point", "values": values, "fresh": True}
    expected = following and {**request, "values": following}
    assert following_step(request, SLIDERS, before) == expected


def test_whoever_has_turned_back_is_likely_to_turn_again():
    request = {"kind": "slide", "name": "s", "value": "1/2", "fresh": True}
    following = following_step(request, SLIDERS, {"s": "1"}, turned_back=True)
    assert following == {**request, "value": "1"}


def test_the_next_step_is_not_worked_out_twice(at_once, monkeypatch):
    async def stepped():
        explorer = opened()
        explorer.answer(slide("33/4"))
        await idle()
        monkeypatch.setattr(NormalFormExplorer, "_kind", None)
        explorer.answer({**slide("17/2"), "token": "mine"})
        return explorer

    moved = run(stepped())
    assert (moved.shown["message"], moved.shown["values"]["B"]) == ("", "17/2")
    monkeypatch.undo()
    plainly = opened()
    plainly.answer(slide("33/4"))
    plainly.answer({**slide("17/2"), "token": "mine"})
    assert (moved.shown, moved.diagram) == (plainly.shown, plainly.diagram)


def test_what_takes_long_is_not_worked_out_unasked(at_once, monkeypatch):
    async def stepped():
        explorer = opened()
        monkeypatch.setattr(explorers, "LONGEST", 0)
        explorer.answer(slide("33/4"))
        monkeypatch.setattr(NormalFormExplorer, "_kind", None)
        await idle()
        return explorer._expected

    assert run(stepped()) is None


def test_a_request_comes_before_the_next_step(monkeypatch):
    monkeypatch.setattr(explorers, "LONGEST", 60)

    async def stepped():
        explorer = opened()
        explorer.answer(slide("33/4"))
        waiting = explorer._waiting
        explorer.answer({"kind": "point", "values": {"s": "3"}})
        return waiting.cancelled()

    assert run(stepped())


def test_a_step_worked_out_from_another_setting_does_not_count(at_once):
    async def stepped():
        explorer = opened()
        explorer.answer(slide("33/4"))
        await idle()
        assert explorer._expected.setting.values["B"] == Fraction(17, 2)
        explorer.answer({"kind": "point", "values": {"s": "3"}})
        explorer.answer(slide("17/2"))
        return explorer.shown["values"]

    values = run(stepped())
    assert (values["s"], values["B"]) == ("3", "17/2")


def test_the_page_has_time_to_draw_before_the_next_step_is_worked_out(monkeypatch):
    monkeypatch.setattr(explorers, "PAUSE", 3600)
    monkeypatch.setattr(explorers, "LONGEST", 60)

    async def stepped():
        explorer = opened()
        explorer.answer(slide("33/4"))
        await idle()
        waits = explorer._waiting.when() - asyncio.get_running_loop().time()
        return explorer._expected, waits > 3000

    assert run(stepped()) == (None, True)


def test_the_page_has_the_next_step_before_it_asks(at_once):
    async def stepped():
        explorer = explore(models["core-dilemma"])
        explorer.answer({"kind": "bet", "choice": "0,0"})
        assert explorer.ahead == {}
        explorer.answer({**slide("11/2"), "name": "s", "token": "1"})
        await idle()
        ahead = explorer.ahead
        assert ahead["request"] == {**slide("5"), "name": "s"}
        assert (ahead["after"], ahead["diagram"]) == ("1", None)
        explorer.answer({**ahead["request"], "token": "2"})
        # What the page showed is what Python says, and what was ahead is so no longer.
        assert explorer.shown == {**ahead["shown"], "token": "2"}
        assert explorer.shown["values"]["s"] == "5"
        assert explorer.ahead == {}
        await idle()
        assert explorer.ahead["request"]["value"] == "9/2"
        explorer.answer({"kind": "reset"})
        return explorer.ahead

    assert run(stepped()) == {}


def test_a_diagram_goes_ahead_only_where_it_changes(at_once):
    async def stepped():
        explorer = opened()
        explorer.answer({**slide("1/4"), "name": "s"})
        await idle()
        same = explorer.ahead["diagram"]
        explorer.answer(slide("33/4"))
        await idle()
        return explorer.ahead["request"]["name"], same, explorer.ahead["diagram"], explorer.diagram

    name, same, ahead, now = run(stepped())
    assert (name, same) == ("B", None)
    assert set(ahead) == set(now)
    assert ahead != now


def test_whoever_turns_back_is_expected_to_turn_again_until_going_on(at_once):
    async def stepped():
        explorer = opened()
        guesses = []
        for value in ("5", "9/2", "5", "11/2"):
            explorer.answer({**slide(value), "name": "s"})
            await idle()
            guesses.append(explorer.ahead.get("request", {}).get("value"))
        return guesses

    assert run(stepped()) == ["21/4", "17/4", "9/2", "23/4"]


@pytest.mark.parametrize(
    ("position", "following"), [(39, 38), (38, 37), (0, 40), (40, None), (1, 0), ("x", None)]
)
def test_a_line_of_stops_looks_ahead_too(at_once, position, following):
    async def stepped():
        explorer = explore_mixture(models["inspection"].game())
        request = {"kind": "slide", "name": "stop", "value": position}
        explorer.answer(request)
        await idle()
        return request, explorer.ahead

    request, ahead = run(stepped())
    if following is None:
        assert ahead == {}
    else:
        assert ahead["request"] == {**request, "value": following}
        assert ahead["shown"]["values"]["stop"] == following


def test_a_repeated_game_looks_ahead_too(at_once):
    async def stepped():
        explorer = explore(models["alliance"], sliders=["delta"])
        explorer.answer({"kind": "bet", "choice": "2"})
        explorer.answer({**slide("61/100"), "name": "delta"})
        await idle()
        return explorer.ahead["shown"]["values"]["delta"]

    assert run(stepped()) == "31/50"


def test_a_match_foresees_the_same_act_once_more_until_it_is_over(at_once, monkeypatch):
    monkeypatch.setattr("balancegame.widgets.play.MOST_PERIODS", 3)

    async def played():
        match = play(models["alliance"], against="grim trigger")
        told = []
        for token, action in enumerate(("Withhold", "Support", "Support")):
            match.answer({"kind": "act", "action": action, "token": str(token)})
            await idle()
            told.append((len(match.match.history), match.ahead))
        return told

    (first, ahead), (second, again), (third, over) = run(played())
    assert (first, second, third) == (1, 2, 3)
    assert ahead["request"] == {"kind": "act", "action": "Withhold"}
    assert [row[1:3] for row in ahead["shown"]["rows"]] == [
        ["Withhold", "Support"],
        ["Withhold", "Withhold"],
    ]
    assert again["request"]["action"] == "Support"
    assert over == {}


REQUESTS = st.one_of(
    st.sampled_from(STOPS).map(slide),
    st.sampled_from(STOPS).map(lambda value: {**slide(value), "fresh": False}),
    st.sampled_from(["2", "3"]).map(lambda s: {"kind": "point", "values": {"s": s}}),
    st.sampled_from(["7", "1/"]).map(
        lambda text: {"kind": "edit", "player": 0, "cell": [0, 0], "text": text, "final": True}
    ),
    st.just({"kind": "reset"}),
    st.sampled_from(["0", "1/4", "1/2"]).map(lambda s: {**slide(s), "name": "s"}),
    st.sampled_from(["Chicken", "deadlock"]).map(lambda title: {"kind": "preset", "title": title}),
    st.sampled_from([slide("one hundred"), slide([]), {"kind": "slide"}]),
)


@settings(max_examples=20, deadline=None)
@given(steps=st.lists(st.tuples(REQUESTS, st.booleans()), max_size=8))
def test_looking_ahead_changes_no_answer(steps):
    async def ahead():
        explorer = opened()
        seen = []
        for request, pause in steps:
            explorer.answer(request)
            if pause:
                await idle()
            seen.append((explorer.shown, explorer.diagram))
        return seen

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(explorers, "PAUSE", 0)
        patched.setattr(explorers, "LONGEST", 60)
        with_it = run(ahead())
    explorer = opened()
    for (request, _), seen in zip(steps, with_it, strict=True):
        explorer.answer(request)
        assert seen == (explorer.shown, explorer.diagram)
