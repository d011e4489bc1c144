"""Gambit files: odd shapes read right, broken ones told by line and reason, round trips exact."""

import json
from fractions import Fraction

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.cli import main
from balancegame.games.nfg import nfg_text, parse_nfg
from tests.one_sentence import check_sentence
from tests.tied_games import games

HEADER = 'NFG 1 R "t" { "A" "B" } '


def test_the_first_player_varies_fastest():
    game = parse_nfg(HEADER + '{ { "U" "D" } { "L" "R" } } "a comment" 1 2 3 4 5 6 7 8')
    assert game.actions == (("U", "D"), ("L", "R"))
    assert game.payoff(("D", "L")) == (3, 4)
    assert game.payoff(("U", "R")) == (5, 6)


def test_the_outcome_form():
    """As Gambit writes it: outcomes with names and commas, 0 for no outcome."""
    game = parse_nfg(
        'NFG 1 R "Selten" { "Player 1" "Player 2" }\n\n{ { "1" "2" }\n{ "1" "2" }\n}\n""\n\n'
        '{\n{ "peace" 1, -1/2 }\n{ "" 0.25, 1e1 }\n}\n1 2 0 1 '
    )
    assert game.payoffs == (
        ((1, 0), (Fraction(1, 4), 1)),
        ((Fraction(-1, 2), 0), (10, Fraction(-1, 2))),
    )


def test_names_in_any_script_with_quotes_and_backslashes():
    game = parse_nfg(r'NFG 1 D "" { "日本" "the \"US\"" } { { "a\\b" } { "}" "{ 1" } } 1 2 3 4')
    assert game.players == ("日本", 'the "US"')
    assert game.actions == (("a\\b",), ("}", "{ 1"))
    again = parse_nfg(nfg_text(game))
    assert (again.players, again.actions, again.payoffs) == (
        game.players,
        game.actions,
        game.payoffs,
    )


def test_four_players_comments_and_missing_names():
    payoffs = " ".join(f"{k} -{k} {k}/3 {k}.5" for k in range(16))
    game = parse_nfg(
        '// made by hand\nNFG 1 R "" /* four\nof them */ { "" "" "" "" } { 2 2 2 2 }\n' + payoffs
    )
    assert game.shape == (2, 2, 2, 2)
    assert game.players[3] == "player 4"
    assert game.payoff((1, 0, 1, 0)) == (5, -5, Fraction(5, 3), Fraction(11, 2))


def test_one_player_and_one_action(tmp_path):
    assert parse_nfg('NFG 1 R "" { "A" } { 3 } 1 2 3').payoffs == ((1, 2, 3),)

    path = tmp_path / "bom.nfg"
    path.write_text('\ufeffNFG 1 R "" { "A" "B" } { 1 1 } -7 1/9', encoding="utf-8")
    assert bg.read_nfg(path).payoff((0, 0)) == (-7, Fraction(1, 9))


names = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=6).filter(
    str.strip
)


@settings(max_examples=150, deadline=None)
@given(games(), st.data())
def test_the_round_trip_is_exact(tmp_path_factory, game, data):
    players = data.draw(
        st.lists(names, min_size=len(game.shape), max_size=len(game.shape), unique=True)
    )
    actions = [
        data.draw(st.lists(names, min_size=size, max_size=size, unique=True)) for size in game.shape
    ]
    game = bg.NormalFormGame(game.payoffs, players, actions)
    path = tmp_path_factory.getbasetemp() / "game.nfg"
    bg.write_nfg(game, path, title=data.draw(names))
    assert bg.read_nfg(path) == game


BROKEN = [  # text, line, words of the reason
    ("", 1, ["begins with NFG 1 R", "nothing"]),
    ("EFG 2 R", 1, ["extensive form"]),
    ('NFG 2 R "" { "A" } { 1 } 1', 1, ["version 1", "2"]),
    ('NFG 1 Q "" { "A" } { 1 } 1', 1, ["Q", "R or D"]),
    ('NFG 1 R\n{ "A" } { 1 } 1', 2, ["{", "title"]),
    ('NFG 1 R "" { } { } 1', 1, ["no players"]),
    ('NFG 1 R "" { "A" "B"', 1, ["ends inside the players"]),
    ('NFG 1 R "" { "A }\n{ 1 } 1', 1, ["quotation mark"]),
    (HEADER + "\n{ 2 2 2 }", 2, ["2 players", "3"]),
    (HEADER + "\n\n{ 2 0 } 1", 3, ["number of actions of player 2", "0"]),
    (HEADER + "{ 2 1/2 } 1", 1, ["number of actions of player 2", "1/2"]),
    (HEADER + '{ { "U" } { } } 1', 1, ["player 2 has no action"]),
    (HEADER + "{ 1 2 }\n1 2\n3 x", 3, ["payoff 4 of 4", "'x'"]),
    (HEADER + "{ 1 2 }\n1 2\n3", 3, ["after 3 of 4 payoffs"]),
    (HEADER + "{ 1 2 }\n1 2\n3 4\n\n5", 5, ["5 after all 4 payoffs"]),
    (HEADER + "{ 1 1 }\n1 nan", 2, ["nan"]),
    (HEADER + "{ 1 1 }\n1 2/0", 2, ["zero"]),
    (HEADER + "{ 9999 9999 }\n1 2", 2, ["after 2 of"]),
    (HEADER + '{ 1 1 } {\n{ "o" 1 }\n} 1', 2, ["outcome 1", "1 payoffs", "2"]),
    (HEADER + '{ 1 2 } { { "o" 1 2 } }\n1\n2', 3, ["2 is not the number of an outcome"]),
    (HEADER + '{ 1 2 } { { "o" 1 2 } }\n1', 2, ["after 1 of 2 outcome numbers"]),
    (HEADER + '{ 1 1 } { { "o" 1 2 } }\n1\n1', 3, ["after all 1 outcome numbers"]),
]


@pytest.mark.parametrize(("text", "line", "words"), BROKEN)
def test_a_broken_file_gets_its_line_and_a_reason(text, line, words):
    with pytest.raises(bg.GameError) as caught:
        parse_nfg(text, "game.nfg")
    said = str(caught.value)
    assert said.startswith(f"line {line} of game.nfg: "), said
    check_sentence(said)
    for word in words:
        assert word in said, said


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(bg.GameError, match="cannot be read"):
        bg.read_nfg(tmp_path / "none.nfg")
    path = tmp_path / "latin.nfg"
    path.write_bytes('NFG 1 R\n"é"'.encode("latin-1"))
    with pytest.raises(bg.GameError, match=r"line 2 of latin.nfg: it is not text in UTF-8"):
        bg.read_nfg(path)


def test_irrational_payoffs_are_not_written():
    import sympy

    with pytest.raises(bg.GameError, match=r"sqrt\(2\) is irrational"):
        nfg_text(bg.NormalFormGame([[sympy.sqrt(2)]]))


def solved(path, *options):
    result = CliRunner().invoke(main, ["solve", str(path), *options])
    return result.exit_code, result.output


def test_the_command_explains_or_gives_data(tmp_path):
    path = tmp_path / "m1.nfg"
    game = bg.models["core-dilemma"].game(s=6)
    bg.write_nfg(game, path)
    assert solved(path) == (0, f"{bg.explain(game)}\n")
    code, output = solved(path, "--json")
    data = json.loads(output)
    assert code == 0
    assert data["players"] == ["Japan", "US"]
    assert [e["strategies"] for e in data["equilibria"]] == [
        [["1", "0"], ["1", "0"]],
        [["1", "0"], ["5/6", "1/6"]],
    ]
    assert data["components"] == [[[[["1", "0"]], [["1", "0"], ["5/6", "1/6"]]]]]
    assert (data["degenerate"], data["complete"]) == (True, True)


def test_the_command_says_where_a_file_is_broken(tmp_path):
    path = tmp_path / "broken.nfg"
    path.write_text("NFG 1 R oops")
    code, output = solved(path)
    assert code == 1
    assert "Line 1 of broken.nfg" in output
    assert "Traceback" not in output
