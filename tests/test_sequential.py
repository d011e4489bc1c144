"""Game trees as nouns: what they hold, and one sentence for whatever is wrong with one."""

from fractions import Fraction

import numpy as np
import pytest

import balancegame as bg
from balancegame.games.moves import after
from balancegame.games.tree_layout import whole
from tests.one_sentence import one_sentence

REPLY = bg.Decision("US", {"Enforce": ("1/3", 7), "Acquiesce": (15, 0.1)})
TREE = bg.GameTree(bg.Decision("Japan", {"Comply": (10, 10), "Engage": REPLY}), ("Japan", "US"))


def test_a_tree_has_exact_payoffs_and_histories():
    ends = {history: node for history, node in TREE.nodes() if isinstance(node, tuple)}
    assert ends == {
        ("Comply",): (10, 10),
        ("Engage", "Enforce"): (Fraction(1, 3), 7),
        ("Engage", "Acquiesce"): (15, Fraction(1, 10)),
    }
    assert [(history, node.players) for history, node in TREE.decisions()] == [
        ((), ("Japan",)),
        (("Engage",), ("US",)),
    ]
    assert repr(TREE) == "<GameTree of Japan and US: 2 decision nodes, 3 terminal nodes>"


def test_several_choose_at_once():
    cells = {(a, b): (i, j) for i, a in enumerate("xyz") for j, b in enumerate("uv")}
    node = bg.Decision(("A", "B"), cells)
    assert node.actions == (("x", "y", "z"), ("u", "v"))
    tree = bg.GameTree(node, ("B", "A"))
    assert [history for history, _ in tree.nodes()][1] == (("x", "u"),)
    assert after((("x", "u"), "w")) == "after (x, u), then w"


def test_a_game_in_turn_keeps_its_payoffs():
    game = bg.models["balancing-at-once"].game()
    tree = bg.GameTree.in_turn(game, (("US", "Japan"), "China"))
    ends = {history: node for history, node in tree.nodes() if isinstance(node, tuple)}
    assert len(ends) == 8
    for (both, china), payoffs in ends.items():
        assert payoffs == game.payoff((*both, china))
    turned = bg.GameTree.in_turn(game, ("China", "Japan", "US"))
    ends = {history: node for history, node in turned.nodes() if isinstance(node, tuple)}
    assert ends["Assert", "Balance", "Pass"] == game.payoff(("Pass", "Balance", "Assert"))
    for order in (("US", "Japan"), ("US", "Japan", "China", "US"), ("US", "Japan", "Russia"), ()):
        with one_sentence("exactly once"):
            bg.GameTree.in_turn(game, order)


def deep(levels):
    node = (0, 0)
    for _ in range(levels):
        node = bg.Decision("A", {"on": node})
    return node


def wide(levels):
    node = (0, 0)
    for _ in range(levels):
        node = bg.Decision("A", {"left": node, "right": node})
    return node


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (
            lambda: bg.Chance({"war": ("1/2", (0, 0)), "peace": ("1/3", (0, 0))}),
            ("5/6", "exactly 1"),
        ),
        (lambda: bg.Chance({"war": ("3/2", (0, 0)), "peace": ("-1/2", (0, 0))}), ("negative",)),
        (lambda: bg.Chance([("war", (0, (0, 0))), ("war", (1, (0, 0)))]), ("war twice",)),
        (lambda: bg.Chance({"war": (0, 0, 1)}), ("a pair", "war")),
        (lambda: bg.Chance({}), ("nothing that chance can draw",)),
        (lambda: bg.Decision("A", [("x", (0, 0)), ("x", (1, 1))]), ("choose x twice",)),
        (lambda: bg.Decision("A", {}), ("nothing that A can choose",)),
        (lambda: bg.Decision((), {"x": (0, 0)}), ("nobody chooses",)),
        (lambda: bg.Decision(("A", "A"), {("x", "x"): (0, 0)}), ("twice at one node",)),
        (lambda: bg.Decision(("A", "B"), {"x": (0, 0)}), ("no choice of A and B",)),
        (
            lambda: bg.Decision(("A", "B"), {("x", "u"): (0, 0), ("y", "v"): (0, 0)}),
            ("nothing follows", "(x, v)"),
        ),
        (lambda: bg.Decision("A", {3: (0, 0)}), ("a key of a decision",)),
        (lambda: bg.Decision("A", ["xy"]), ("as a mapping or as pairs",)),
        (lambda: bg.Decision([7], {"x": (0, 0)}), ("7 cannot choose",)),
        (lambda: bg.GameTree(REPLY, ("Japan", "China")), ("'US' chooses at the start",)),
        (lambda: bg.GameTree(deep(1), ("A", "B", "C")), ("2 payoffs", "after on")),
        (lambda: bg.GameTree(bg.Decision("A", {"x": (0, "oil")}), ("A", "B")), ("B after x",)),
        (lambda: bg.GameTree(bg.Decision("A", {"x": 5}), ("A",)), ("5 follows after x",)),
        (lambda: bg.GameTree(bg.Decision("A", {"x": (float("nan"),)}), ("A",)), ("A after x",)),
        (lambda: bg.GameTree((0, 0), ("A", "B")), ("root",)),
        (lambda: bg.GameTree(deep(1), ("A", "A")), ("each named once",)),
        (lambda: bg.GameTree(deep(1100), ("A", "B")), ("1000 moves deep",)),
        (lambda: bg.GameTree(wide(40), ("A", "B")), ("more than 500000 nodes",)),
    ],
)
def test_whatever_is_wrong_is_said_in_a_sentence(build, words):
    with one_sentence(*words):
        build()


@pytest.mark.parametrize("kind", [np.int32, np.int64])
def test_positions_are_whole_numbers_of_python_whatever_numpy_counts_with(kind):
    found = whole(np.array([0, 3, 2**30], dtype=kind))
    assert [*found] == [0, 3, 2**30]
    assert {*map(type, found)} == {int}
