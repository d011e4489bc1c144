"""The explorer of a tree: the bet on its branches, what is best, threats, and orders of moves."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.games.moves import Chance, Decision
from balancegame.games.sequential import GameTree
from balancegame.solvers.sequential.backward_steps import backward_induction
from balancegame.widgets.tree_panel import TreeExplorer
from balancegame.widgets.tree_setting import solved_tree
from tests.one_sentence import one_sentence

DILEMMA = bg.models["core-dilemma-in-sequence"]
NIXON = bg.models["after-nixon"]


def bet(explorer, *choices):
    """Place a bet that names an action at each node, the last movers' first."""
    steps = explorer.setting.solved.steps
    at = [
        str(step.actions.index(action)) if action else ""
        for step, action in zip(steps, choices, strict=True)
    ]
    explorer.answer({"kind": "bet", "choice": ",".join(at)})
    return explorer.shown["bet"]


def best(explorer):
    """Place the bet that is right."""
    return bet(explorer, *(s.actions[s.chosen] for s in explorer.setting.solved.steps))


def marked(explorer, mark):
    """Return the histories of the branches that carry a mark."""
    histories = explorer.setting.solved.tree.layout.histories
    shown = explorer.shown["branches"]
    return {histories[int(k)] for k, marks in shown.items() if mark in marks.split()}


def test_nothing_is_given_away_before_the_bet():
    found = bg.explore(DILEMMA, sliders=["s", "k", "r"], s=6, k=4, r=2)
    assert isinstance(found, TreeExplorer)
    assert found.plan["everywhere"]
    assert found.shown["branches"] == found.shown["nodes"] == {}
    assert found.shown["answer"] == found.shown["compared"] == found.shown["reasons"] == ""
    assert "Drawn strong" not in found.shown["alt"]
    ends = {tuple(payoffs) for payoffs in found.shown["payoffs"].values()}
    assert ends == {("10", "10"), ("9", "5"), ("15", "7")}
    for request in ({"kind": "slide", "name": "s", "value": "3"}, {"kind": "order", "timing": 0}):
        found.answer(request)
        assert found.shown["message"] == "Place your bet first; then everything can be moved."


@pytest.mark.parametrize(
    ("choices", "outcome", "said"),
    [
        (("Acquiesce", "Engage"), "right", "Right: nobody would do better at any node."),
        (
            ("Enforce", "Comply"),
            "wrong",
            (
                "Not this time. After Engage the US gets 5 from Enforce and 7 from Acquiesce, "
                "so it would choose Acquiesce, not Enforce."
            ),
        ),
        (
            ("Acquiesce", "Comply"),
            "wrong",
            (
                "Not this time. At the start Japan gets 10 from Comply and 15 from Engage, "
                "so it would choose Engage, not Comply."
            ),
        ),
    ],
)
def test_a_bet_is_told_the_first_node_that_is_wrong(choices, outcome, said):
    found = bg.explore(DILEMMA, s=6, k=4, r=2)
    placed = bet(found, *choices)
    assert (placed["outcome"], placed["verdict"]) == (outcome, said)
    assert placed["answer"] == "after Engage: Acquiesce; at the start: Engage"


def test_right_about_the_path_but_not_about_a_threat_is_partly_right():
    found = bg.explore(NIXON)
    placed = bet(found, "Stay out", "Stay out", "Sanction")
    assert placed["outcome"] == "partly"
    assert placed["verdict"].startswith(
        "Partly right: play ends as you say, but after Lift Japan gets 5 from Engage and 0"
    )


def test_a_bet_must_be_whole():
    found = bg.explore(DILEMMA)
    bet(found, "Enforce", "")
    assert found.shown["message"] == "First choose a branch for Japan at the start."
    found.answer({"kind": "bet", "choice": "0"})
    assert found.shown["message"] == "The tree changed; run the cell again."
    assert found.shown["locked"]


def test_any_best_action_is_right_at_a_tie():
    for reply, opening in (("Enforce", "Comply"), ("Acquiesce", "Engage")):
        found = bg.explore(DILEMMA, s=6, k=3, r=3)
        assert bet(found, reply, opening)["outcome"] == "right"
    assert marked(found, "best") == {
        ("Comply",),
        ("Engage", "Enforce"),
        ("Engage", "Acquiesce"),
    }
    assert (
        "Indifferent: the US after Engage; the picture shows one of them."
        in (found.shown["answer"])
    )
    assert "two subgame-perfect equilibria" in found.shown["answer"]


def test_best_choices_the_path_and_an_empty_threat_are_marked():
    found = bg.explore(DILEMMA, s=6, k=4, r=2)
    bet(found, "Enforce", "Comply")
    assert marked(found, "best") == marked(found, "path") == {("Engage",), ("Engage", "Acquiesce")}
    assert marked(found, "empty") == marked(found, "wrong") == {("Engage", "Enforce")}
    assert marked(found, "yours") == {("Comply",)}
    assert (
        "An empty threat: Enforce after Engage. If it were believed, Japan would choose Comply and "
        "the US would get 10 rather than 7. But it would not be carried out: there the US gets 5 "
        "from Enforce and 7 from Acquiesce."
    ) in found.shown["answer"]
    assert found.shown["alt"].endswith(
        "Drawn strong, what is best: after Engage Acquiesce and at the start Engage."
    )
    found.answer({"kind": "slide", "name": "k", "value": "1"})
    assert marked(found, "empty") == marked(found, "yours") == set()
    assert marked(found, "path") == {("Comply",)}


def test_the_picture_stays_while_payoffs_move():
    found = bg.explore(NIXON)
    best(found)
    picture = found.diagram
    found.answer({"kind": "slide", "name": "s", "value": "4"})
    assert found.diagram is picture
    assert found.shown["payoffs"] != {}
    assert marked(found, "path") == {("Lift",), ("Lift", "Engage")}


def test_the_order_alone_changes_what_happens():
    found = bg.explore(NIXON)
    assert found.plan["timings"] == ["at once", "the US first", "Japan first"]
    best(found)
    assert "worth 1 to the US and worth 5 to Japan" in found.shown["compared"]
    found.answer({"kind": "order", "timing": 2})
    assert [step.player for step in found.setting.solved.steps] == ["US", "US", "Japan"]
    assert marked(found, "path") == {("Engage",), ("Engage", "Lift")}
    assert marked(found, "yours") == set()
    assert found.shown["bar"] == ""
    found.answer({"kind": "order", "timing": 0})
    assert found.shown["table"].startswith("<svg")
    assert found.shown["branches"] == {}
    assert "Japan plays Engage" in found.shown["answer"]
    found.answer({"kind": "order", "timing": 7})
    assert found.shown["message"].startswith("There is no such order of moves; there is at once,")
    found.answer({"kind": "reset"})
    assert found.shown["timing"] == 1


def test_an_offer_that_takes_the_order_of_moves():
    found = bg.explore(bg.models["concession"])
    assert found.plan["timings"] == ["at once", "Russia, then Japan, then the US"]
    best(found)
    assert "<td>Hold, Align, Punish</td><td>0</td>" in found.shown["compared"]
    assert "<td>Concede, then Engage, then Punish</td><td>2</td>" in found.shown["compared"]


def test_backward_induction_node_by_node():
    found = bg.explore(NIXON)
    best(found)
    assert (found.shown["settled"], found.shown["steps"]) == (3, 3)
    found.answer({"kind": "settle", "settled": 0})
    assert marked(found, "best") == marked(found, "path") == set()
    assert found.shown["step"] == "Nothing is settled yet."
    found.answer({"kind": "settle", "settled": 1})
    assert marked(found, "best") == {("Lift", "Engage")}
    assert found.shown["answer"] == ""
    assert found.shown["step"] == (
        "After Lift Japan compares (-1, 5) from Engage and (-2, 0) from Stay out. It chooses "
        "Engage."
    )
    assert [node["state"] for node in found.shown["nodes"].values()] == ["now"]
    found.answer({"kind": "settle", "settled": 99})
    assert marked(found, "path") == {("Sanction",), ("Sanction", "Stay out")}
    found.answer({"kind": "settle", "settled": 1})
    found.answer({"kind": "slide", "name": "s", "value": "7"})
    assert found.shown["settled"] == 3


def test_in_a_larger_tree_the_bet_is_on_the_path():
    found = bg.explore(bg.models["suitors"])
    steps = found.setting.solved.steps
    assert not found.plan["everywhere"]
    on_path = {step.node for step in steps if step.node in found.setting.solved.path}
    placed = bet(found, *(s.actions[s.chosen] if s.node in on_path else "" for s in steps))
    assert placed["outcome"] == "right"
    assert placed["words"] == placed["answer"] == "3, then 0, then US"


def test_several_who_move_first_and_diagrams_keep_the_explorer_of_a_normal_form():
    assert type(bg.explore(bg.models["balancing"])).__name__ == "NormalFormExplorer"
    assert type(bg.explore(NIXON, "s", "g")).__name__ == "NormalFormExplorer"


def test_a_tree_of_ones_own_can_be_explored():
    luck = Chance({"war": ("1/4", (-8, 0)), "peace": ("3/4", (4, 0))})
    tree = GameTree(
        Decision("A", {"stop": (0, 0), "go": Decision("B", {"yes": luck, "no": (2, -1)})}),
        ("A", "B"),
    )
    found = bg.explore(tree)
    assert found.plan["sliders"] == found.plan["timings"] == []
    assert best(found)["outcome"] == "right"
    assert marked(found, "path") == {
        ("go",),
        ("go", "yes"),
        ("go", "yes", "war"),
        ("go", "yes", "peace"),
    }
    assert "On average A gets 1 and B 0." in found.shown["answer"]
    assert "Game tree of A and B." in found._page()["text/html"]


def test_trees_that_cannot_be_shown_are_refused():
    at_once = Decision(("A", "B"), dict.fromkeys(product("xy", "xy"), (0, 0)))
    with one_sentence("several players choose at once"):
        bg.explore(GameTree(at_once, ("A", "B")))
    blind = Decision(
        "A", {a: Decision("B", {"l": (0, 0), "r": (1, 1)}, "dark") for a in ("x", "y")}
    )
    with one_sentence("cannot tell nodes apart"):
        bg.explore(GameTree(blind, ("A", "B")))
    many = Decision("A", {str(k): (k,) for k in range(65)})
    with one_sentence("this tree ends in 65 ways"):
        bg.explore(GameTree(many, ("A",)))


def payoffs(players):
    return st.tuples(*[st.integers(-2, 2)] * players)


trees = st.recursive(
    payoffs(2),
    lambda node: st.builds(
        lambda who, below: Decision(who, {f"{who}{k}": n for k, n in enumerate(below)}),
        st.sampled_from("AB"),
        st.lists(node, min_size=1, max_size=3),
    ),
    max_leaves=10,
).filter(lambda node: isinstance(node, Decision))


@given(trees)
@settings(max_examples=60, deadline=None)
def test_the_steps_are_a_subgame_perfect_equilibrium_and_threats_would_pay(root):
    tree = GameTree(root, ("A", "B"))
    found = backward_induction(tree)
    plan = {step.history: step.actions[step.chosen] for step in found.steps}
    assert bg.verify(tree, plan).holds
    assert found.payoffs in bg.subgame_perfect(tree).payoffs
    for threat in found.empty_threats:
        step, i = threat.step, tree.player_index(threat.step.player)
        bound = _bound(root, step.history, step.actions[threat.action])
        believed = backward_induction(GameTree(bound, ("A", "B")))
        assert step.yields[threat.action][i] < step.yields[step.chosen][i]
        assert threat.believed[i] > found.payoffs[i]
        assert threat.believed in bg.subgame_perfect(believed.tree).payoffs


def test_a_threat_at_a_tie_is_not_empty():
    reply = Decision("US", {"Acquiesce": (15, 7), "Enforce": (9, 7)})
    tree = GameTree(Decision("Japan", {"Comply": (10, 10), "Engage": reply}), ("Japan", "US"))
    found = backward_induction(tree)
    assert found.payoffs == (15, 7)
    assert found.empty_threats == ()


def test_no_threat_makes_somebody_change_between_what_is_equally_good():
    reply = Decision("B", {"p": (0, 1), "q": (-1, 0)})
    tree = GameTree(Decision("A", {"x": (1, 5), "y": (1, 0), "z": reply}), ("A", "B"))
    found = backward_induction(tree, {"A": ("y",)})
    assert found.payoffs == (1, 0)
    assert found.empty_threats == ()


def _bound(node, history, action):
    """Return a tree in which the player at one node has one action only."""
    if not history:
        return Decision(node.players, {action: node.branches[(action,)]})
    branches = {
        a: _bound(child, history[1:], action) if a == history[0] else child
        for (a,), child in node.branches.items()
    }
    return Decision(node.players, branches)


def test_each_tree_is_solved_once():
    tree = GameTree(Decision("A", {"x": (Fraction(1, 3),), "y": (0,)}), ("A",))
    assert solved_tree(tree) is solved_tree(tree)
