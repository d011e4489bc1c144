"""Names that Gambit takes, and names that must come back from it as they were."""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.games.efg import efg_text, parse_efg
from balancegame.games.nfg import nfg_text, parse_nfg

needs_gambit = pytest.mark.skipif(
    find_spec("pygambit") is None, reason="pygambit is not installed (pip install pygambit)"
)

# As pygambit 16.7 and 17 name them when they read the same file.
TAKEN = [
    ('{ "A" "A" } { { "x" "y" } { "l" } }', ("A_1", "A_2"), ("x", "y")),
    ('{ "A" "B" } { { "x" "x" } { "l" } }', ("A", "B"), ("x_1", "x_2")),
    ('{ "A" "B" } { { "x" "x_1" "x" } { "l" } }', ("A", "B"), ("x_2", "x_1", "x_3")),
    ('{ "A" "B" } { { "" "" } { "l" } }', ("A", "B"), ("action 1", "action 2")),
    ('{ "A" "B" } { { "" "action 1" } { "l" } }', ("A", "B"), ("action 1_1", "action 1")),
    ('{ "" "player 1" } { { "x" "y" } { "l" } }', ("player 1_1", "player 1"), ("x", "y")),
]


@pytest.mark.parametrize(("head", "players", "actions"), TAKEN)
def test_repeated_and_empty_names(head: str, players: Any, actions: Any) -> None:
    game = parse_nfg(f'NFG 1 R "" {head} {" ".join(["1 2"] * len(actions))}')
    assert game.players == players
    assert game.actions[0] == actions


def test_a_file_of_gambit_with_repeated_names() -> None:
    """The shape of its 2x2_bimatrix_all_zero_payoffs: both actions of both have one name."""
    game = parse_nfg(
        'NFG 1 R "2x2 bimatrix" { "1" "2" }\n{ { "1" "1" } { "1" "1" } }\n0 0 0 0 0 0 0 0'
    )
    assert game.actions == (("1_1", "1_2"), ("1_1", "1_2"))
    assert len(bg.equilibria(game)) == 4


def test_an_empty_action_of_a_tree_beside_its_stand_in() -> None:
    tree = parse_efg(
        'EFG 2 R "" { "A" "A" } p "" 1 1 "" { "" "action 1" } 0 t "" 1 "" { 1 2 } t "" 2 "" { 0 0 }'
    )
    assert len(set(tree.players)) == 2
    assert len(set(tree.root.actions[0])) == 2


# What was read so before must be read so for ever.
OLD = [
    (r'"the \"US\""', 'the "US"'),
    (r'"a\\b"', "a\\b"),
    (r'"a\b"', "a\\b"),
    ('"a  b "', "a  b "),
    ('"a\nb"', "a\nb"),
    ('"R&D"', "R&D"),
    ('"&amp; &#x20; &#97; &# ;"', "&amp; &#x20; &#97; &# ;"),
]


@pytest.mark.parametrize(("written", "name"), OLD)
def test_old_readings_stay(written: str, name: str) -> None:
    game = parse_nfg(f'NFG 1 R "" {{ {written} "B" }} {{ 1 1 }} 1 2')
    assert game.players[0] == name


def tricky(ascii_only: bool) -> st.SearchStrategy[str]:
    special = st.sampled_from(
        [*' \t\n\\"&#;', "&#32;", "&#38;", "\\\\", '\\"', "  ", "{", "//", ","]
    )
    ordinary = (
        st.characters(min_codepoint=33, max_codepoint=126)
        if ascii_only
        else st.characters(exclude_categories=("Cs", "Cn"))
    )
    parts = st.lists(st.one_of(special, ordinary), min_size=1, max_size=6)
    return parts.map("".join).filter(str.strip)


def game_with(names: list[str]) -> bg.NormalFormGame:
    first, second, x, y = names
    return bg.NormalFormGame(
        [[[1, 0], [0, "1/3"]], [[0, 2], [3, -1]]], (first, second), ((x, y), (y, x))
    )


def tree_with(names: list[str]) -> bg.GameTree:
    first, second, x, y = names
    reply = bg.Decision(second, {y: (1, "1/2"), x: (0, 0)}, information=first)
    drawn = bg.Chance({x: ("1/3", (0, 1)), y: ("2/3", reply)})
    return bg.GameTree(bg.Decision(first, {x: (2, 1), y: drawn}), (first, second))


FOUR = st.lists(tricky(ascii_only=False), min_size=4, max_size=4, unique=True)


@given(FOUR)
@example(["a  b", " a", "a ", "a\nb"])
@example(["\\", "a\\\\b", '\\"', "&#32;"])
@settings(max_examples=200, deadline=None)
def test_names_come_back_from_our_own_files(names: list[str]) -> None:
    game, tree = game_with(names), tree_with(names)
    again = parse_nfg(nfg_text(game, names[0]))
    assert (again.players, again.actions, again.payoffs) == (
        game.players,
        game.actions,
        game.payoffs,
    )
    assert parse_efg(efg_text(tree, names[0])) == tree


def text_of(game: Any, form: str) -> str:
    """Return a pygambit game as text: 16.7 and 17 have methods of their own."""
    return str(getattr(game, f"to_{form}")())


# pygambit 16.7 reads no other scripts, and refuses { "2" "0" }: it calls actions 1, 2 at first, and
# takes the name that it is about to replace for a second one.
ASCII = tricky(ascii_only=True).filter(lambda name: not name.isdigit())


@needs_gambit
@given(st.lists(ASCII, min_size=4, max_size=4, unique=True))
@example(["a  b", " a", "a ", "a\nb"])
@example(["\\", "a\\\\b", '\\"', "&#32;"])
@settings(max_examples=200, deadline=None)
def test_names_come_back_from_gambit(names: list[str]) -> None:
    import pygambit

    game, tree = game_with(names), tree_with(names)
    asked = pygambit.read_nfg(BytesIO(nfg_text(game, names[0]).encode()))
    again = parse_nfg(text_of(asked, "nfg"))
    assert (again.players, again.actions, again.payoffs) == (
        game.players,
        game.actions,
        game.payoffs,
    )
    asked = pygambit.read_efg(BytesIO(efg_text(tree, names[0]).encode()))
    back = parse_efg(text_of(asked, "efg"))
    assert back.players == tree.players
    assert back.root.actions == tree.root.actions
    assert list(back.root.branches[names[3],].branches) == names[2:]


@needs_gambit
@pytest.mark.parametrize(("head", "players", "actions"), TAKEN)
def test_gambit_numbers_the_same(head: str, players: Any, actions: Any) -> None:
    import pygambit

    text = f'NFG 1 R "" {head}\n\n{" ".join(["1 2"] * len(actions))}\n'
    asked = parse_nfg(text_of(pygambit.read_nfg(BytesIO(text.encode())), "nfg"))
    if '""' not in head:
        assert (asked.players, asked.actions[0]) == (players, actions)
