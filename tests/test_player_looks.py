"""A country has one colour, one dash and one shape, whatever the game and its seat in it."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

import balancegame as bg
from balancegame.figures.palette import LIGHT, page_style
from balancegame.figures.player_looks import looks
from balancegame.games.normal_form import NormalFormGame

COUNTRIES = {"Japan": "#0b63a5", "US": "#b4490f", "Russia": "#6b3fa0", "China": "#2f6f4f"}


def texts(figure, words):
    """Return the colours in which words are written."""
    nodes = ElementTree.fromstring(figure.svg).iter("{http://www.w3.org/2000/svg}text")
    return {node.get("fill") for node in nodes if node.text == words}


def square_game(first, second):
    return NormalFormGame(
        [[[2, 0], [0, 1]], [[1, 0], [0, 2]]],
        players=(first, second),
        actions=(("Up", "Down"), ("Left", "Right")),
    )


@pytest.mark.parametrize("first", COUNTRIES)
@pytest.mark.parametrize("second", COUNTRIES)
def test_a_country_keeps_its_colour_in_either_seat(first, second):
    if first == second:
        return
    game = square_game(first, second)
    figures = [bg.draw(game), bg.draw(bg.GameTree.in_turn(game, (second, first)))]
    for figure in figures:
        for country in (first, second):
            assert texts(figure, country) == {COUNTRIES[country]}
    assert texts(figures[0], f"{first}: chance of Up") == {COUNTRIES[first]}
    assert texts(figures[0], f"{second}: chance of Left") == {COUNTRIES[second]}


@pytest.mark.parametrize("model", list(bg.models.values()), ids=str)
def test_a_country_has_one_look_in_every_model(model):
    worn = dict(zip(model.players, looks(model.players), strict=True))
    for country, colour in COUNTRIES.items():
        if country in worn:
            assert LIGHT[worn[country].paint] == colour
            assert worn[country] == looks((country,))[0]
    assert len({(look.colour, look.dash) for look in worn.values()}) == len(worn)


@pytest.mark.parametrize("player", [0, 1])
def test_an_automaton_wears_its_players_colour(player):
    stage = bg.models["favour"].game().stage  # Russia, Japan
    norm = bg.tit_for_tat(("Favour", "Return"), ("Nothing", "Nothing"))
    figure = bg.draw(norm, stage=stage, player=player)
    for action in stage.actions[player]:
        assert COUNTRIES[stage.players[player]] in texts(figure, action)


def test_play_and_explorers_send_the_players_colours():
    match = bg.play(bg.models["favour"], against="tit for tat")
    assert match.plan["colours"] == [3, 1]
    explorer = bg.explore(bg.models["joint-sanctions"])  # US, Japan
    assert [look["colour"] for look in explorer.plan["looks"]] == [2, 1]
    assert [look["dash"] for look in explorer.plan["looks"]] == ["9 6", ""]
    sheet = page_style()
    assert '.bg-explorer [data-colour="3"]{color:var(--bg-player-3)!important}' in sheet
    assert "--bg-player-3:#6b3fa0;" in sheet
    assert "--bg-player-3:#c9a6f7;" in sheet


NAMES = st.one_of(
    st.sampled_from([*COUNTRIES, "EU", "India", "OPEC", "Norway", "player 1", "player 2"]),
    st.text(min_size=1, max_size=8),
)


@given(st.lists(NAMES, min_size=1, max_size=24, unique=True))
def test_no_two_players_of_a_game_look_the_same(names):
    worn = looks(tuple(names))
    assert len({(look.colour, look.dash) for look in worn}) == len(names)
    if len(names) <= 8:
        assert len({look.colour for look in worn}) == len(names)
    if len(names) <= 4:
        assert len({look.shape for look in worn}) == len(names)
    for name, look in zip(names, worn, strict=True):
        if name in COUNTRIES:
            assert look == looks((name,))[0]


@given(st.permutations(["Japan", "EU", "US", "Norway"]))
def test_looks_follow_names_and_not_seats(names):
    worn = dict(zip(names, looks(tuple(names)), strict=True))
    known = looks(("Japan", "EU", "US", "Norway"))
    colours = [worn[name].colour for name in ("Japan", "EU", "US", "Norway")]
    assert colours == [look.colour for look in known]
