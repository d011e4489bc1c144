"""Information sets: what a tree keeps of them, its normal form, and its subgame-perfect plans."""

import pickle
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import balancegame as bg
from tests.game_trees import value
from tests.hidden_trees import (
    PLAYERS,
    all_plans,
    hidden_trees,
    is_nash,
    is_subgame_perfect,
    sets_of,
    subgame_roots,
)
from tests.one_sentence import one_sentence

THIRD, HALF = Fraction(1, 3), Fraction(1, 2)


def card_game():
    """One player sees a card and bids or drops; the other sees the bid or yields."""

    def dealt(sign):
        seen = bg.Decision(
            "II", {"see": (2 * sign, -2 * sign), "yield": (1, -1)}, information="a bid"
        )
        return bg.Decision("I", {"bid": seen, "drop": (-1, 1)})

    root = bg.Chance({"high": ("1/2", dealt(1)), "low": ("1/2", dealt(-1))})
    return bg.GameTree(root, ("I", "II"))


def test_a_tree_keeps_who_knows_what():
    sets = card_game().information_sets
    assert [(one.player, one.histories, one.actions, one.name) for one in sets] == [
        ("I", (("high",),), ("bid", "drop"), None),
        ("I", (("low",),), ("bid", "drop"), None),
        ("II", (("high", "bid"), ("low", "bid")), ("see", "yield"), "a bid"),
    ]
    assert pickle.loads(pickle.dumps(card_game())) == card_game()
    seen = bg.GameTree(bg.Decision("A", {"x": (0,)}), ("A",))
    unseen = bg.GameTree(bg.Decision("A", {"x": (0,)}, information="dark"), ("A",))
    assert seen != unseen
    assert repr(unseen.root) == "<Decision of A in dark: x>"


def test_the_card_game_has_one_equilibrium():
    tree = card_game()
    game = tree.normal_form()
    assert game.actions == (
        ("bid / bid", "bid / drop", "drop / bid", "drop / drop"),
        ("see", "yield"),
    )
    (only,) = bg.equilibria(game)
    assert only.strategies == ((THIRD, 2 * THIRD, 0, 0), (2 * THIRD, THIRD))
    (found,) = bg.subgame_perfect(tree)
    assert found.payoffs == (THIRD, -THIRD)
    assert found.plan == {
        ("high",): "bid",
        ("low",): (THIRD, 2 * THIRD),
        ("high", "bid"): (2 * THIRD, THIRD),
        ("low", "bid"): (2 * THIRD, THIRD),
    }
    assert bg.verify(tree, found).holds
    assert pickle.loads(pickle.dumps(found)) == found
    greedy = dict.fromkeys([("high",), ("low",)], "bid")
    greedy |= {(card, "bid"): {"see": 1} for card in ("high", "low")}
    verdict = bg.verify(tree, greedy)
    assert [(d.player, d.chosen, d.action, d.gain) for d in verdict.profitable] == [
        ("I", "bid / bid", "bid / drop", HALF)
    ]
    assert verdict.regrets == (HALF, 0)


def test_a_reduced_strategy_is_silent_where_its_player_does_not_come():
    again = bg.Decision("A", {"left": (3, 0, 0), "right": (1, 0, 0)})
    reply = bg.Decision("B", {"up": again, "down": (0, 1, 0)})
    tree = bg.GameTree(bg.Decision("A", {"in": reply, "out": (2, 2, 0)}), ("A", "B", "C"))
    assert tree.normal_form().actions == (
        ("in / left", "in / right", "out"),
        ("up", "down"),
        ("nothing to choose",),
    )
    whole = tree.normal_form("whole")
    assert whole.actions[0] == ("in / left", "in / right", "out / left", "out / right")
    assert whole.shape == (4, 2, 1)
    with one_sentence('"reduced" or "whole"', "'half'"):
        tree.normal_form("half")


def test_strategies_of_one_name_are_told_apart():
    right = bg.Decision("A", {"a / b": (1,), "b": (2,)})
    left = bg.Decision("A", {"b": (3,), "c": (4,)})
    tree = bg.GameTree(bg.Decision("A", {"a": right, "a / a": left}), ("A",))
    assert tree.normal_form().actions == (("a / a / b (1)", "a / b", "a / a / b (3)", "a / a / c"),)


def forgetful():
    inner = {action: bg.Decision("A", {"l": (1, 0), "r": (0, 1)}, "night") for action in ("x", "y")}
    return bg.GameTree(bg.Decision("A", inner), ("A", "B"))


def absent_minded():
    second = bg.Decision("A", {"on": (1, 0), "off": (4, 0)}, "road")
    return bg.GameTree(bg.Decision("A", {"on": second, "off": (0, 0)}, "road"), ("A", "B"))


def of_two_players():
    ends = {"l": (1, 0), "r": (0, 1)}
    inner = {"x": bg.Decision("A", ends, "dark"), "y": bg.Decision("B", ends, "dark")}
    return bg.GameTree(bg.Decision("A", inner), ("A", "B"))


def of_other_actions():
    inner = {
        "x": bg.Decision("B", {"l": (1, 0), "r": (0, 1)}, "dark"),
        "y": bg.Decision("B", {"l": (1, 0), "s": (0, 1)}, "dark"),
    }
    return bg.GameTree(bg.Decision("A", inner), ("A", "B"))


def loop():
    node = bg.Decision("A", {"x": (0,), "y": (1,)})
    object.__setattr__(node, "branches", {("x",): node, ("y",): (0,)})
    return bg.GameTree(node, ("A",))


def of_a_million_ends():
    node = (0,)
    for _ in range(20):
        node = bg.Decision("A", {"l": node, "r": node})
    return bg.GameTree(node, ("A",))


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (forgetful, ("A forgets", "'night'", "after x", "after y", "information sets")),
        (absent_minded, ("A forgets", "'road'", "at the start", "after on")),
        (of_two_players, ("'dark'", "of A (after x)", "of B (after y)")),
        (of_other_actions, ("l or r after x", "l or s after y", "the same actions")),
        (lambda: bg.Decision("A", {"x": (0,)}, information=3), ("named by text", "3")),
        (loop, ("a loop", "follows itself")),
        (of_a_million_ends, ("more than 500000 nodes",)),
        (
            lambda: bg.truncated(card_game()),
            ("information set 'a bid'", "truncated", "normal_form()"),
        ),
        (
            lambda: bg.verify(
                card_game(),
                {
                    **dict.fromkeys([("high",), ("low",)], "bid"),
                    ("high", "bid"): "see",
                    ("low", "bid"): "yield",
                },
            ),
            ("after high, then bid", "after low, then bid", "II cannot tell apart"),
        ),
    ],
)
def test_whatever_is_wrong_is_said_in_a_sentence(build, words):
    with one_sentence(*words):
        build()


@settings(deadline=None, max_examples=60)
@given(hidden_trees(players=2) | hidden_trees(players=3))
def test_the_normal_form_holds_what_every_plan_yields(tree):
    plans = all_plans(tree)
    assume(plans is not None)
    whole, reduced = tree.normal_form("whole"), tree.normal_form()
    sets = sets_of(tree)
    assert whole.shape[0] * whole.shape[1] * whole.shape[2] == len(plans)
    for plan in plans:
        names, short = [], []
        for player in PLAYERS:
            own = [one for one in tree.information_sets if one.player == player]
            said = {one.histories: plan[one.histories[0]][0] for one in own}
            names.append(" / ".join(said.values()) or "nothing to choose")
            comes = [
                action
                for one, action in zip(own, said.values(), strict=True)
                if follows(tree, player, one.histories[0], plan)
            ]
            short.append(" / ".join(comes) or "nothing to choose")
        expected = value(tree.root, (), plan)
        assert whole.payoff(names) == expected
        assert reduced.payoff(short) == expected
    assert {h for one in tree.information_sets for h in one.histories} == {
        h for joined in sets.values() for h in joined
    }


def follows(tree, player, history, plan):
    """Whether a player's own choices, as planned, lead towards a node."""
    nodes = dict(tree.decisions())
    return all(
        plan[history[:k]] == (history[k],)
        for k in range(len(history))
        if history[:k] in nodes and nodes[history[:k]].players == (player,)
    )


@settings(deadline=None, max_examples=100)
@given(hidden_trees(players=2) | hidden_trees(players=3))
def test_exactly_the_plans_that_are_equilibria_of_every_subgame(tree):
    plans = all_plans(tree)
    assume(plans is not None)
    found = bg.subgame_perfect(tree).pure
    expected = [plan for plan in plans if is_subgame_perfect(tree, plan)]
    told = [{h: (a,) for h, a in one.plan.items()} for one in found]
    assert found.number == len(told) == len(expected)
    assert all(plan in expected for plan in told)
    assert set(found.payoffs) == {value(tree.root, (), plan) for plan in expected}
    assert set(found.outcomes) == {one.outcomes for one in found}
    for plan in plans[:30]:
        verdict = bg.verify(tree, plan)
        assert verdict.holds == (plan in expected)
        assert verdict.is_nash == is_nash(tree, (), tree.root, plan)
        assert verdict.payoffs == value(tree.root, (), plan)


@settings(deadline=None, max_examples=60)
@given(hidden_trees(players=2))
def test_mixed_ones_hold_and_there_is_always_one(tree):
    found = bg.subgame_perfect(tree)
    assert found.complete
    assert found
    assert found.number == len(list(found))
    for one in found[:40]:
        verdict = bg.verify(tree, one)
        assert verdict.holds
        assert verdict.is_nash
        assert verdict.payoffs == one.payoffs
        assert sum(end.probability for end in one.outcomes) == 1


@settings(deadline=None, max_examples=40)
@given(hidden_trees(players=2), st.data())
def test_a_mixed_plan_holds_only_if_no_strategy_in_a_subgame_gains(tree, data):
    """Against pure deviations in every subgame, weighed by brute force."""
    plans = all_plans(tree)
    assume(plans is not None)
    nodes, plan = dict(tree.decisions()), {}
    for joined in sets_of(tree).values():
        share = Fraction(data.draw(st.integers(0, 2)), 2)
        size = len(nodes[joined[0]].branches)
        plan |= dict.fromkeys(joined, (share, 1 - share) if size == 2 else (Fraction(1),))
    verdict = bg.verify(tree, plan)
    assert verdict.payoffs == expected(tree.root, (), plan)
    gains = [
        expected(node, history, {**plan, **own})[i] > expected(node, history, plan)[i]
        for history, node in subgame_roots(tree)
        for i, player in enumerate(PLAYERS)
        for own in own_plans(tree, player, history)
    ]
    assert verdict.holds == (not any(gains))


def own_plans(tree, player, history):
    nodes = dict(tree.decisions())
    own = [
        joined
        for joined in sets_of(tree).values()
        if nodes[joined[0]].players == (player,) and joined[0][: len(history)] == history
    ]
    for cells in product(*(nodes[joined[0]].branches for joined in own)):
        yield {h: cell for joined, cell in zip(own, cells, strict=True) for h in joined}


def expected(node, history, plan):
    """Return what a plan yields; it says an action alone in a tuple, or probabilities."""
    if isinstance(node, tuple):
        return node
    if isinstance(node, bg.Chance):
        parts = [(p, (*history, name), child) for name, (p, child) in node.branches.items()]
    else:
        said = plan[history]
        parts = [
            (Fraction(said == cell) if isinstance(said[0], str) else said[a], (*history, *cell), c)
            for a, (cell, c) in enumerate(node.branches.items())
        ]
    below = [(p, expected(child, where, plan)) for p, where, child in parts]
    return tuple(sum(p * u[i] for p, u in below) for i in range(len(PLAYERS)))
