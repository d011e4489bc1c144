"""Backward induction against the definition of subgame perfection, tie by tie."""

import pickle
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.solvers.sequential.settled import level_by_level, one_by_one, scaled_payoffs
from balancegame.solvers.sequential.subgames import without_subgame
from tests.brute_force import solved
from tests.game_trees import PLAYERS, all_plans, is_subgame_perfect, trees, value
from tests.hidden_trees import hidden_trees
from tests.one_sentence import one_sentence


def threat(k, r=0, s=1, E=5, S=10, V=10, d=1):
    """The core dilemma with Japan first: the US punishes at a cost k and a gain r."""
    reply = bg.Decision("US", {"Enforce": (S + E - s, V - d - k + r), "Acquiesce": (S + E, V - d)})
    return bg.GameTree(bg.Decision("Japan", {"Comply": (S, V), "Engage": reply}), ("Japan", "US"))


def paths(tree):
    return [end.history for found in bg.subgame_perfect(tree) for end in found.outcomes]


@settings(deadline=None)
@given(trees())
def test_exactly_the_plans_that_are_equilibria_of_every_subgame(tree):
    found = bg.subgame_perfect(tree).pure
    decisions = dict(tree.decisions())
    plans = [
        {where: (c,) if isinstance(c, str) else c for where, c in one.plan.items()} for one in found
    ]
    expected = [plan for plan in all_plans(tree) if is_subgame_perfect(tree, plan)]
    assert len(plans) == len(expected) == found.number
    assert set(found.payoffs) == {value(tree.root, (), plan) for plan in expected}
    assert set(found.outcomes) == {one.outcomes for one in found}
    assert all(plan in expected for plan in plans)
    for one, plan in zip(found, plans, strict=True):
        assert set(one.plan) == set(decisions)
        assert one.payoffs == value(tree.root, (), plan)
        assert sum(end.probability for end in one.outcomes) == 1
        for i in range(len(tree.players)):
            ends = sum(end.probability * end.payoffs[i] for end in one.outcomes)
            assert ends == one.payoffs[i]


@settings(deadline=None)
@given(st.one_of(trees(), hidden_trees()))
def test_few_nodes_and_many_are_settled_alike(tree):
    _, payoffs = scaled_payoffs(tree.layout, len(tree.players))
    asked = tree.layout, payoffs, without_subgame(tree.layout)
    assert one_by_one(*asked) == level_by_level(*asked)


@settings(deadline=None, max_examples=50)
@given(trees())
def test_departures_at_one_node_find_every_failure(tree):
    """The one-shot deviation principle, against deviations at any number of nodes."""
    for plan in list(all_plans(tree))[:40]:
        verdict = bg.verify(tree, plan)
        assert verdict.holds == is_subgame_perfect(tree, plan)
        assert verdict.payoffs == value(tree.root, (), plan)
        assert (max(verdict.regrets) > 0) == (not verdict.holds)


@settings(deadline=None)
@given(trees())
def test_the_truncated_game_has_the_equilibria_that_open_the_subgame_perfect_ones(tree):
    try:
        game = bg.truncated(tree)
    except bg.GameError:
        return
    root = tree.root
    opened = {
        choice if isinstance(choice, tuple) else (choice,)
        for found in bg.subgame_perfect(tree)
        for choice in [found.plan[()]]
        if all(isinstance(action, str) for action in choice)
    }
    assert game.players == root.players
    assert set(bg.pure_equilibria(game)) == opened


def may_follow(node, preferred):
    """Return what everybody may get from a node on, from every selection of what follows it.

    One who is indifferent may do anything, or the preferred action if that is among the best; two
    who choose at once play any extreme equilibrium, found by a brute force over supports.
    """
    if isinstance(node, tuple):
        return {node}
    if isinstance(node, bg.Chance):
        weights = [p for p, _ in node.branches.values()]
        below = [may_follow(child, preferred) for _, child in node.branches.values()]
    else:
        below = [may_follow(child, preferred) for child in node.branches.values()]
    found = set()
    for selection in product(*below):
        if isinstance(node, bg.Chance):
            found.add(mean(weights, selection))
        elif len(node.players) == 1:
            i = PLAYERS.index(node.players[0])
            best = max(u[i] for u in selection)
            chosen = {
                a: u for (a,), u in zip(node.branches, selection, strict=True) if u[i] == best
            }
            named = preferred.get(node.players[0])
            found |= {chosen[named]} if named in chosen else set(chosen.values())
        else:
            rows, columns = map(len, node.actions)
            tables = [
                [
                    [selection[r * columns + c][PLAYERS.index(name)] for c in range(columns)]
                    for r in range(rows)
                ]
                for name in node.players
            ]
            for x, y in solved(*tables)[0]:
                found.add(mean([p * q for p in x for q in y], selection))
    return found


def mean(weights, payoffs):
    return tuple(
        sum(w * u[i] for w, u in zip(weights, payoffs, strict=True)) for i in range(len(PLAYERS))
    )


@settings(deadline=None, max_examples=60)
@given(trees(depth=2))
def test_all_payoffs_are_those_of_every_selection_of_extreme_equilibria(tree):
    found = bg.subgame_perfect(tree)
    assert found.complete
    assert set(found.payoffs) == may_follow(tree.root, {})
    assert set(found.payoffs) == {one.payoffs for one in found}
    assert set(found.outcomes) == {one.outcomes for one in found}
    for one in found:
        verdict = bg.verify(tree, one)
        assert verdict.holds
        assert verdict.is_nash
        assert verdict.payoffs == one.payoffs
        assert one.payoffs == mean(
            [end.probability for end in one.outcomes], [end.payoffs for end in one.outcomes]
        )


ends = st.tuples(*[st.integers(0, 1)] * 3)
last_movers = st.sampled_from("ABC")
middle_movers = st.sampled_from(["A", "B", "BC"])


@st.composite
def tied(draw):
    """Trees of A's choice, then one or two others', then one's; nearly everything ties."""

    def last():
        mover = draw(last_movers)
        return bg.Decision(mover, {action: draw(ends) for action in ("left", "right")})

    movers = draw(middle_movers)
    cells = product(*(("left", "right") for _ in movers))
    reply = bg.Decision(tuple(movers), {cell: last() for cell in cells})
    return bg.GameTree(bg.Decision("A", {"left": reply, "right": (0, 0, 0)}), PLAYERS)


rules = st.dictionaries(st.sampled_from("ABC"), st.sampled_from(["left", "right"]))


@settings(deadline=None, max_examples=250)
@given(tied() | trees(depth=2), rules)
def test_what_follows_is_settled_where_all_equilibria_of_each_subgame_agree(tree, preferred):
    root = tree.root
    choose = {name for _, node in tree.decisions() for name in node.players}
    if isinstance(root, bg.Chance) or any("only" in cell for cell in root.branches):
        return
    movers = [PLAYERS.index(name) for name in root.players]
    preferred = {name: action for name, action in preferred.items() if name in choose}
    yields = {
        cell: {tuple(u[i] for i in movers) for u in may_follow(child, preferred)}
        for cell, child in root.branches.items()
    }
    if any(len(found) != 1 for found in yields.values()):
        with pytest.raises(bg.GameError, match=r"indifferent|several equilibria"):
            bg.truncated(tree, preferred)
        return
    game = bg.truncated(tree, preferred)
    for cell, (payoffs,) in yields.items():
        at = [game.actions[k].index(action) for k, action in enumerate(cell)]
        assert tuple(game.at(k, at) for k in range(len(movers))) == payoffs


@pytest.mark.parametrize(
    ("k", "expected"),
    [
        # Core dilemma in sequence, E = 5: the threat is credible where it costs less than it gains.
        ({"k": 2, "r": 3, "s": 6}, [("Comply",)]),
        ({"k": 2, "r": 3, "s": 4}, [("Engage", "Enforce")]),
        ({"k": 3, "r": 2, "s": 6}, [("Engage", "Acquiesce")]),
        # At k = r the US is indifferent: both of its replies survive, and Japan's turn with them.
        ({"k": 2, "r": 2, "s": 6}, [("Comply",), ("Engage", "Acquiesce")]),
        # At s = E too: Japan is indifferent against a US that enforces.
        ({"k": 2, "r": 2, "s": 5}, [("Comply",), ("Engage", "Enforce"), ("Engage", "Acquiesce")]),
    ],
)
def test_the_core_dilemma_in_sequence(k, expected):
    assert paths(threat(**k)) == expected


def test_an_incredible_threat_fails_where_nobody_would_see_it():
    tree = threat(k=2, s=6)
    verdict = bg.verify(tree, {(): "Comply", ("Engage",): "Enforce"})
    assert not verdict.holds
    (only,) = verdict.profitable
    assert (only.player, only.history, only.reached) == ("US", ("Engage",), False)
    assert (only.chosen, only.action, only.value, only.gain) == ("Enforce", "Acquiesce", 7, 2)
    assert verdict.regrets == (0, 2)
    assert verdict.payoffs == (10, 10)
    assert repr(verdict) == "<PlanVerdict: fails; after Engage US gains 2 by Acquiesce>"


def test_matching_pennies_is_mixed_wherever_it_is_played():
    pennies = {
        ("heads", "heads"): (1, -1),
        ("heads", "tails"): (-1, 1),
        ("tails", "heads"): (-1, 1),
        ("tails", "tails"): (1, -1),
    }
    node = bg.Decision(("A", "B"), pennies)
    found = bg.subgame_perfect(bg.GameTree(node, ("A", "B")))
    half = (Fraction(1, 2), Fraction(1, 2))
    assert [one.plan for one in found] == [{(): (half, half)}]
    assert found.pure == ()
    assert found.payoffs == ((0, 0),)
    for out, opened in ((-1, ["in"]), (0, ["in", "out"]), (1, ["out"])):
        later = bg.GameTree(bg.Decision("A", {"in": node, "out": (out, 0)}), ("A", "B"))
        assert [one.plan[()] for one in bg.subgame_perfect(later)] == opened
        assert bg.truncated(later).payoffs == ((0, out),)
        for one in bg.subgame_perfect(later):
            assert bg.verify(later, one).holds


def test_chance_weighs_what_follows():
    war = bg.Chance({"war": ("1/3", (-9, -9)), "peace": ("2/3", (3, 0))})
    tree = bg.GameTree(bg.Decision("A", {"risk": war, "wait": (0, 0)}), ("A", "B"))
    assert paths(tree) == [("wait",)]
    verdict = bg.verify(tree, {(): "risk"})
    assert verdict.payoffs == (-1, -3)
    assert verdict.regrets == (1, 0)
    (found,) = bg.subgame_perfect(bg.GameTree(war, ("A", "B")))
    assert [(end.history, end.probability) for end in found.outcomes] == [
        (("war",), Fraction(1, 3)),
        (("peace",), Fraction(2, 3)),
    ]


def test_an_indifferent_later_mover_is_never_decided_silently():
    reply = bg.Decision("China", {"Assert": (-6, 0), "Hold back": (0, 0)})
    tree = bg.GameTree(
        bg.Decision("Japan", {"Balance": (-2, 0), "Pass": reply}), ("Japan", "China")
    )
    assert paths(tree) == [("Balance",), ("Pass", "Hold back")]
    with one_sentence("China is indifferent after Pass", 'when_indifferent={"China": "Assert"}'):
        bg.truncated(tree)
    for action, payoff in (("Assert", -6), ("Hold back", 0)):
        game = bg.truncated(tree, when_indifferent={"China": action})
        assert game.payoffs == ((-2, payoff),)
    with one_sentence("no action 'Wait'", "choose Assert or Hold back"):
        bg.truncated(tree, when_indifferent={"China": "Wait"})


def test_a_tie_that_matters_to_nobody_before_it_is_no_obstacle():
    reply = bg.Decision("China", {"Assert": (1, 0), "Hold back": (1, 0)})
    tree = bg.GameTree(
        bg.Decision("Japan", {"Balance": (-2, 0), "Pass": reply}), ("Japan", "China")
    )
    assert bg.truncated(tree).payoffs == ((-2, 1),)
    assert len(bg.subgame_perfect(tree)) == 2


def test_no_number_of_ties_is_an_obstacle_where_they_do_not_matter():
    node = (1, 0)
    for _ in range(3):
        node = bg.Decision("B", dict.fromkeys(("l", "m", "r"), node))
    tree = bg.GameTree(bg.Decision("A", {"x": node, "y": (0, 0)}), ("A", "B"))
    assert bg.truncated(tree).payoffs == ((1, 0),)
    tied = bg.Chance(
        {f"event {k}": ("1/12", bg.Decision("B", {"l": (1, k), "r": (1, k)})) for k in range(12)}
    )
    tree = bg.GameTree(bg.Decision("A", {"x": tied, "y": (0, 0)}), ("A", "B"))
    assert bg.truncated(tree).payoffs == ((1, 0),)
    found = bg.subgame_perfect(tree)
    assert found.number == 2**12
    assert found.payoffs == ((1, Fraction(11, 2)),)


def test_payoffs_beyond_number_are_refused_in_a_sentence():
    drawn = bg.Chance(
        {f"event {k}": ("1/12", bg.Decision("B", {"l": (2**k, 0), "r": (0, 0)})) for k in range(12)}
    )
    tree = bg.GameTree(bg.Decision("A", {"x": drawn, "y": (0, 0)}), ("A", "B"))
    with one_sentence("more than 1000 different payoffs", "after x", "when_indifferent"):
        bg.truncated(tree)
    assert bg.truncated(tree, {"B": "l"}).payoffs == ((Fraction(4095, 12), 0),)


def test_the_tie_that_turns_another_later_choice_is_the_one_named():
    """B is not indifferent; what C does at its tie decides whether B goes in."""
    tie = bg.Decision("C", {"l": (0, 0, 0), "r": (0, 2, 0)})
    reply = bg.Decision("B", {"in": tie, "out": (1, 1, 1)})
    tree = bg.GameTree(bg.Decision("A", {"x": reply, "y": (0, 0, 0)}), ("A", "B", "C"))
    with one_sentence("C is indifferent after x, then in"):
        bg.truncated(tree)
    assert bg.truncated(tree, {"C": "l"}).payoffs == ((1, 0),)


@pytest.mark.parametrize("given_for_ties", [5, "Acquiesce", ["US"]])
def test_what_is_no_rule_for_ties_is_said(given_for_ties):
    with one_sentence("when_indifferent is a mapping", repr(given_for_ties)):
        bg.truncated(threat(k=2), given_for_ties)


def test_ties_are_counted_however_many_there_are():
    tie = {"left": (0, 0), "right": (0, 0)}
    node = bg.Decision("A", {f"move {k}": bg.Decision("B", tie) for k in range(12)})
    found = bg.subgame_perfect(bg.GameTree(node, ("A", "B")))
    assert len(found) == 12 * 2**12
    assert len(found.outcomes) == 24
    for levels, number in ((5, 2**31), (9, 2**511)):
        node = (0, 0)
        for level in range(levels):
            node = bg.Decision("AB"[level % 2], {"left": node, "right": node})
        tree = bg.GameTree(node, ("A", "B"))
        found = bg.subgame_perfect(tree)
        assert found.number == number
        assert found.payoffs == ((0, 0),)
        assert len(found.outcomes) == 2**levels
        for k in (0, 1, number // 3, number - 1, -1):
            assert bg.verify(tree, found[k]).holds
        assert found[number - 1] == found[-1] != found[0]
        with pytest.raises(IndexError):
            found[number]
    with one_sentence("more than 10^153 equilibria", "number"):
        len(found)
    assert repr(found).endswith("and more than 10^153 more)")


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ({(): "Comply"}, ("does not say what the US does after Engage",)),
        ({(): "Comply", ("Engage",): "Sulk"}, ("'Sulk' cannot be chosen after Engage",)),
        ({(): ["Flee"], ("Engage",): "Enforce"}, ("['Flee'] cannot", "choose Comply or Engage")),
        ({(): {"Flee": 1}, ("Engage",): "Enforce"}, ("Japan has no action 'Flee'",)),
        ({(): {"Comply": 2}, ("Engage",): "Enforce"}, ("Japan sum to 2",)),
        ({(): ("1/2", "1/2", 0), ("Engage",): "Enforce"}, ("3 probabilities",)),
        ({(): (["Comply"],), ("Engage",): "Enforce"}, ("cannot be chosen at the start",)),
        ({(): 0, ("Engage",): "Enforce"}, ("0 cannot be chosen at the start",)),
        ({(): "Comply", ("Engage",): "Enforce", ("Flee",): "x"}, ("history ('Flee',)",)),
        ("Comply", ("a plan is a mapping",)),
    ],
)
def test_what_is_no_plan_is_said(plan, words):
    with one_sentence(*words):
        bg.verify(threat(k=2), plan)


def test_a_choice_may_be_given_as_a_list():
    listed = bg.verify(threat(k=2), {(): ["Comply"], ("Engage",): ["Enforce"]})
    assert listed == bg.verify(threat(k=2), {(): "Comply", ("Engage",): "Enforce"})


def test_what_is_no_tree_is_said():
    with one_sentence("NormalFormGame"):
        bg.subgame_perfect(bg.NormalFormGame([[1, 2]]))
    with one_sentence("model.tree(...)"):
        bg.subgame_perfect(bg.models["balancing"])
    chance = bg.GameTree(bg.Chance({"all": (1, (0, 0))}), ("A", "B"))
    with one_sentence("chance moves first"):
        bg.truncated(chance)


def test_results_travel():
    tree = threat(k=2)
    (found,) = bg.subgame_perfect(tree)
    assert pickle.loads(pickle.dumps(tree)) == tree
    assert pickle.loads(pickle.dumps(found)) == found
    assert bg.verify(tree, found).holds
    verdict = bg.verify(tree, found)
    assert pickle.loads(pickle.dumps(verdict)).regrets == verdict.regrets
    assert len({tree, threat(k=2)}) == 1
    other = bg.verify(tree, {(): "Comply", ("Engage",): "Enforce"})
    assert len({verdict, pickle.loads(pickle.dumps(verdict)), other}) == 2
