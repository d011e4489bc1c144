"""Gambit's files of trees: what its own writer makes, names, and a sentence for what is wrong."""

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
import sympy
from click.testing import CliRunner
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.cli import main
from balancegame.games.efg import efg_text, parse_efg
from tests.game_trees import trees
from tests.hidden_trees import hidden_trees
from tests.one_sentence import one_sentence

# Written by Gambit 16.7.
FILES = sorted((Path(__file__).parent / "trees").glob("*.efg"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_gambit_wrote_is_read_and_written_back(path, tmp_path):
    tree = bg.read_efg(path)
    bg.write_efg(tree, tmp_path / "again.efg", title='a "title"\nof two lines')
    assert bg.read_efg(tmp_path / "again.efg") == tree


def test_names_payoffs_on_the_way_and_an_outcome_used_twice():
    tree = bg.read_efg(Path(__file__).parent / "trees" / "names_and_outcomes.efg")
    assert tree.players == ('The "Bear"', "Back\\slash")
    assert tree.root.information == 'the "first"'
    assert tree.root.actions == (('say "yes"', "r\\"),)
    ends = {history: node for history, node in tree.nodes() if isinstance(node, tuple)}
    third = Fraction(1, 3)
    paid = (1 + Fraction(1, 4), third - 2)
    assert ends == {
        ('say "yes"', "u"): paid,
        ('say "yes"', "d\\\\e"): (1, third),
        ("r\\", "u"): paid,
        ("r\\", "d\\\\e", "a"): (1, 10 + third),
        ("r\\", "d\\\\e", "b"): (2, 9 + third),
        ("r\\", "d\\\\e", "c"): (3, 8 + third),
    }
    chance = dict(tree.nodes())["r\\", "d\\\\e"]
    assert [p for p, _ in chance.branches.values()] == [Fraction(1, 2), third, Fraction(1, 6)]
    assert [len(one.histories) for one in tree.information_sets] == [1, 2]


def test_the_card_game_is_the_one_built_by_hand():
    def dealt(sign):
        seen = bg.Decision(
            "II", {"see": (2 * sign, -2 * sign), "yield": (1, -1)}, information="II, set 1"
        )
        return bg.Decision("I", {"bid": seen, "drop": (-1, 1)})

    root = bg.Chance({"high": ("1/2", dealt(1)), "low": ("1/2", dealt(-1))})
    assert bg.read_efg(Path(__file__).parent / "trees" / "card.efg") == bg.GameTree(
        root, ("I", "II")
    )


def test_what_was_described_need_not_be_again_and_numbers_may_be_written_in_any_way():
    text = """
        EFG 2 D "" { "A" "B" } "a comment"
        p "" 1 7 { "x" "y" } 3 "bonus" { 1. -.5 }
        p "a node" 2 4 "dark" { "l" "r" } 0
        t "" 1 "end" { 1e1, 2/4 }
        t "" 3
        p "" 2 4 0
        t "" 1
        c "" 1 "" { "rain" .25 "shine" 75e-2 } 0
        t "" 0
        t "" 1 "end"
    """
    tree = parse_efg(text)
    assert tree.root.information is None
    assert [one.name for one in tree.information_sets] == [None, "dark"]
    half = Fraction(1, 2)
    assert [node for _, node in tree.nodes() if isinstance(node, tuple)] == [
        (11, 0),
        (2, -1),
        (11, 0),
        (1, -half),
        (11, 0),
    ]


def test_what_has_no_name_or_another_s_gets_one():
    text = """
        EFG 2 R "" { "" "B" "B" }
        p "" 1 1 "s" { "" "x" "x" } 0
        p "" 2 1 "" { "l" } 0
        t "" 0
        p "" 2 1 "" { "l" } 0
        t "" 0
        p "" 3 1 "s" { "l" } 0
        t "" 0
    """
    tree = parse_efg(text)
    assert tree.players == ("player 1", "B", "B (2)")
    assert tree.root.actions == (("action 1", "x", "x (2)"),)
    assert [one.name for one in tree.information_sets] == ["s", "B, set 1", "s (2)"]
    assert parse_efg(efg_text(tree)) == tree


names = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), min_size=1
).filter(str.strip)


@given(st.lists(names, min_size=3, max_size=3, unique=True), names, names)
def test_any_name_comes_back(actions, player, title):
    other = bg.Decision("other", {a: (1, k) for k, a in enumerate(actions)}, information=player)
    tree = bg.GameTree(bg.Decision(player, dict.fromkeys(actions, other)), (player, "other"))
    assume(player != "other")
    assert parse_efg(efg_text(tree, title)) == tree


@settings(deadline=None, max_examples=60)
@given(hidden_trees(players=2) | hidden_trees(players=3))
def test_a_tree_comes_back(tree):
    again = parse_efg(efg_text(tree))
    assert again == tree
    assert again.normal_form() == tree.normal_form()


@settings(deadline=None, max_examples=60)
@given(trees())
def test_where_several_choose_at_once_what_their_strategies_yield_is_the_same(tree):
    again = parse_efg(efg_text(tree))
    assert parse_efg(efg_text(again)) == again
    one, other = tree.normal_form("whole"), again.normal_form("whole")
    assert one.shape == other.shape
    assert Counter(map(one.payoffs_at, one.cells())) == Counter(
        map(other.payoffs_at, other.cells())
    )


CARD = (Path(__file__).parent / "trees" / "card.efg").read_text()
START = 'EFG 2 R "" { "A" "B" }\n'


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (CARD[: CARD.index('t "" 2')], 12, ["after 8 nodes", "3 or more", "cut off"]),
        (CARD[: CARD.index("-2, 2 }")], 12, ["ends inside outcome 2"]),
        (CARD[: CARD.index("ose big")], 12, ["quotation mark is not closed"]),
        (START, 2, ["after 0 nodes", "1 or more"]),
        ("NFG 1 R", 1, ["strategic form", "read_nfg"]),
        ("Hello", 1, ["begins with EFG 2 R", "Hello"]),
        (START + "/* not\nclosed /* 1", 2, ["comment is not closed", "*/"]),
        ('EFG 1 R "" { "A" }', 1, ["version 2"]),
        ('EFG 2 Q "" { "A" }', 1, ["R or D"]),
        ('EFG 2 R "" { }', 1, ["no players"]),
        (START + 'q "" 0', 2, ["c, p or t", "q"]),
        (START + 'p "" 3 1 "" { "x" } 0', 2, ["3 is not the number of a player", "1 to 2"]),
        (START + 'p "" 1 0 "" { "x" } 0', 2, ["0 is not the number of an information set"]),
        (START + 'p "" 1 1 "" { } 0', 2, ["set 1 of A has no action"]),
        (START + 'p "" 1 1 0', 2, ["set 1 of A occurs here first", "actions"]),
        (START + 'p "" 1 1 "" { "x" } 1', 2, ["outcome 1 occurs here first", "payoffs"]),
        (START + 'p "" 1 1 "" { "x" } 1 "" { 1 }', 2, ["outcome 1 gives 1 payoffs", "give 2"]),
        (START + 'p "" 1 1 "" { "x" } 1/2', 2, ["1/2 is not the number of an outcome"]),
        (
            START + 'p "" 1 1 "" { "x" "y" } 0\nt "" 1 "" { 1 2 }\nt "" 1 "" { 1 3 }',
            4,
            ["outcome 1 paid something else"],
        ),
        (
            START + 'p "" 1 1 "" { "x" } 0\np "" 1 1 "" { "y" } 0\nt "" 0',
            3,
            ["set 1 of A was described differently"],
        ),
        (START + 'c "" 1 "" { "x" 1/2 "y" 1/3 } 0 t "" 0 t "" 0', 2, ["5/6", "exactly 1"]),
        (START + 'c "" 1 "" { "x" } 0', 2, ["}", "the probability of x should be"]),
        (START + 't "" 0', 2, ["ends before anybody moves"]),
        (START + 'p "" 1 1 "" { "x" } 0\nt "" 0\nt "" 0', 4, ["after the last node"]),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, line, words):
    with one_sentence(f"line {line} of game.efg: ", *words):
        parse_efg(text, "game.efg")


def test_a_file_in_which_somebody_forgets_is_named():
    text = START + 'p "" 1 1 "" { "x" } 0 p "" 1 1 0 t "" 0'
    with one_sentence("in game.efg", "A forgets"):
        parse_efg(text, "game.efg")


def test_what_cannot_be_written_is_said():
    import sympy

    tree = bg.GameTree(bg.Decision("A", {"x": (sympy.sqrt(2),), "y": (1,)}), ("A",))
    with one_sentence("irrational", "after x"):
        efg_text(tree)
    with one_sentence("write_efg takes a GameTree"):
        efg_text(bg.NormalFormGame([[1]]))


def solved(path, *options):
    result = CliRunner().invoke(main, ["solve", str(path), *options])
    return result.exit_code, result.output


def test_the_command_solves_a_tree(tmp_path):
    card = Path(__file__).parent / "trees" / "card.efg"
    assert solved(card) == (0, f"{bg.explain(bg.read_efg(card))}\n")
    code, output = solved(card, "--json")
    data = json.loads(output)
    assert code == 0
    assert (data["players"], data["number"], data["complete"]) == (["I", "II"], "1", True)
    assert data["payoffs"] == [["1/3", "-1/3"]]
    assert {"history": ["low"], "choice": ["1/3", "2/3"]} in data["equilibria"][0]["plan"]
    cut = tmp_path / "cut.efg"
    cut.write_text(CARD[:200])
    code, output = solved(cut)
    assert code == 1
    assert "of cut.efg" in output
    assert "Traceback" not in output


def test_an_irrational_probability_is_not_written(tmp_path):
    p = sympy.sqrt(2) / 2
    tree = bg.GameTree(bg.Chance({"x": (p, (1,)), "y": (1 - p, (2,))}), ["A"])
    with one_sentence("the probability sqrt(2)/2 at the start is irrational"):
        bg.write_efg(tree, tmp_path / "drawn.efg")
    assert not (tmp_path / "drawn.efg").exists()


def test_a_folder_that_is_missing_gets_a_sentence(tmp_path):
    tree = bg.GameTree(bg.Decision("A", {"x": (1,)}), ["A"])
    with one_sentence("missing", "cannot be written"):
        bg.write_efg(tree, tmp_path / "missing" / "game.efg")
    with one_sentence("missing", "cannot be written"):
        bg.write_nfg(bg.NormalFormGame([[1]]), tmp_path / "missing" / "game.nfg")
