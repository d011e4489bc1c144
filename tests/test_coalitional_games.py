"""Coalitional games as people write them, who counts in them, and what holds of them."""

import copy
import pickle
from fractions import Fraction
from itertools import product
from types import SimpleNamespace

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.solvers.coalitional.smallest_weights import _fewest
from tests.coalitions import GLOVE, MAJORITY, as_table, games, tabled, votes
from tests.one_sentence import one_sentence

W = bg.CoalitionalGame.weighted


def test_a_mapping_a_function_and_weights_make_the_same_game():
    mapping = bg.CoalitionalGame(
        {"A": 0, "B": 0, "C": 0, ("A", "B"): 1, ("B", "A", "C"): 1, ("C", "A"): 1, ("B", "C"): 0}
    )
    function = bg.CoalitionalGame(lambda S: "A" in S and len(S) > 1, players=("A", "B", "C"))
    assert mapping == function == W({"A": 2, "B": 1, "C": 1}, 3)
    assert mapping == bg.CoalitionalGame.majority({"A": "1/2", "B": 0.25, "C": 0.25})
    assert mapping.value("A") == 0
    assert mapping.value(("A", 2)) == 1


def test_sums_products_factors_and_blocs():
    ours, theirs = W((2, 1, 1), 3, tuple("ABC")), W((1, 1), 1, tuple("BD"))
    both, either = ours * theirs, ours + theirs - ours * theirs
    for mask in range(16):
        names = both.members(mask)
        first = ours.value([n for n in names if n in ours.players])
        second = theirs.value([n for n in names if n in theirs.players])
        assert both.value(names) == min(first, second)
        assert either.value(names) == max(first, second)
    assert (3 * ours).value(tuple("ABC")) == 3
    assert ours - ours == 0 * ours
    bloc = tabled([0, 1, 2, 5, 4, 8, 8, 20]).bloc(("A", "C"), "team")
    assert bloc.players == ("team", "B")
    assert [bloc.value(S) for S in ("B", "team", ("team", "B"))] == [
        2,
        8,
        20,
    ]
    assert W((3, 2, 2), 4, tuple("ABC")).bloc(("B", "C")) == W((3, 4), 4, ("A", "B and C"))


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: bg.CoalitionalGame({"A": 0, ("A", "B"): 1}), ["the coalition of B", "no value"]),
        (lambda: bg.CoalitionalGame({"A": 0, (): 2}), ["of nobody has the value 2"]),
        (lambda: W((1, 2), 4), ["quota is 4", "only 3"]),
        (lambda: W([(1, 1), (3, 5)], [2, 9]), ["quota number 2 is 9", "only 8"]),
        (lambda: W((1, -2), 1), ["player 2's weight is -2"]),
        (lambda: W((1, 2), 0), ["the quota is 0"]),
        (lambda: W((sympy.sqrt(2), 2), 1), ["sqrt(2) among the weights", "round it"]),
        (lambda: bg.CoalitionalGame({f"p{k}": 1 for k in range(60)}), ["60 players", "2**60"]),
        (lambda: bg.CoalitionalGame(len, players=[f"p{k}" for k in range(60)]), ["2**60"]),
        (lambda: W((1, 1), 1, ("A", "A")), ["'A' is named twice"]),
        (lambda: bg.CoalitionalGame({("A", "A"): 1}), ["names the player 'A' twice"]),
        (lambda: bg.CoalitionalGame({("A", "B"): 1, ("B", "A"): 2}), ["A", "two values"]),
        (lambda: bg.CoalitionalGame({"A": 1, "B": 1}, ("A",)), ["'B' has a part", "no player"]),
        (lambda: bg.CoalitionalGame({"A": "much"}), ["the value of A", "not a number"]),
        (lambda: bg.CoalitionalGame(3), ["mapping or a function"]),
        (lambda: W([(1, 1), (1, 1)], [1]), ["2 lists of weights and 1 quota"]),
        (lambda: W((1, 1), 1, ("A", "B"), vetoes="C"), ["'C' has a veto"]),
        (lambda: W((1, 1, 1), 1, ("A", "B")), ["2 names but 3 players"]),
        (lambda: MAJORITY.value("D"), ["no player 'D'"]),
        (lambda: MAJORITY.value(("A", "A")), ["'A' twice"]),
        (lambda: W((1, 1), 1, ("A",)), ["there is 1 name but 2 players"]),
        (lambda: W([(1, 1), (1, 2, 3)], [1, 2]), ["list of weights number 2 has 3 entries"]),
        (lambda: bg.CoalitionalGame.majority((0, 0)), ["all weights are 0"]),
        (lambda: bg.CoalitionalGame.majority((sympy.sqrt(2), 1)), ["sqrt(2)", "round it"]),
        (lambda: bg.CoalitionalGame.majority(()), ["no players"]),
        (lambda: bg.CoalitionalGame(len), ["no players"]),
        (lambda: bg.CoalitionalGame(len, None), ["no players"]),
        (lambda: bg.CoalitionalGame({5: 1}), ["5 is not a coalition"]),
        (lambda: bg.CoalitionalGame({"A": 1}, 3), ["names of the players must be a sequence"]),
        (lambda: W((1, 1), 1, "AB"), ["names of the players must be a sequence"]),
        (lambda: MAJORITY.bloc(()), ["a bloc needs members"]),
        (lambda: MAJORITY.bloc("A"), ["the bloc's members must be a sequence"]),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(build, words):
    with one_sentence(*words):
        build()


def test_two_disjoint_coalitions_may_both_win_and_it_is_said():
    game = W((3, 2, 2, 1), 4, tuple("ABCD"))
    verdict = bg.superadditive(game)
    assert not verdict
    first, second = verdict.against
    assert not set(first) & set(second)
    assert game.value(first) == game.value(second) == 1
    assert bg.superadditive(W((3, 2, 2, 1), 5))
    # Where one rule asks for more than half, no two disjoint coalitions win, whoever counts.
    assert bg.superadditive(W([[1] * 27, list(range(1, 28))], [5, 190]))
    for weights in ([(1, 1, 1, 1), (2, 1, 1, 2)], [(1, 1, 1, 1), (3, 1, 1, 1)]):
        game = W(weights, [2, 3])
        assert bg.superadditive(game).holds == bg.superadditive(as_table(game)).holds


def test_games_and_values_travel_between_processes():
    for kept in (MAJORITY, bg.shapley(GLOVE), bg.nucleolus(GLOVE), bg.core(MAJORITY)):
        again = pickle.loads(pickle.dumps(kept))
        assert again == kept
    assert pickle.loads(pickle.dumps(bg.nucleolus(GLOVE))).levels
    assert copy.deepcopy(GLOVE) == GLOVE


@given(votes(most=5))
@settings(max_examples=60)
def test_votes_have_the_roles_of_their_table(game):
    listed = as_table(game)
    for asked in (bg.dictators, bg.vetoers, bg.dummies, bg.symmetric):
        assert asked(game) == asked(listed)
    assert bg.simple(listed)
    for asked in (bg.superadditive, bg.convex):
        assert asked(game).holds == asked(listed).holds


@given(games(most=4, values=st.integers(0, 3)))
@settings(max_examples=80)
def test_properties_against_their_definitions(game):
    n, v = len(game.players), game.table
    pairs = list(product(range(2**n), repeat=2))
    assert bg.superadditive(game).holds == all(
        v[s | t] >= v[s] + v[t] for s, t in pairs if not s & t
    )
    convex = bg.convex(game)
    assert convex.holds == all(v[s | t] + v[s & t] >= v[s] + v[t] for s, t in pairs)
    if not convex:
        s, t = map(game.coalition, convex.against)
        assert v[s | t] + v[s & t] < v[s] + v[t]
    monotone = all(v[s] <= v[t] for s, t in pairs if s & t == s)
    assert bg.simple(game).holds == (set(v) == {0, 1} and monotone)
    groups = {name: k for k, group in enumerate(bg.symmetric(game)) for name in group}
    for i, j in product(range(n), repeat=2):
        alike = all(
            v[s | 1 << i] == v[s | 1 << j] for s in range(2**n) if not s & (1 << i | 1 << j)
        )
        assert (groups[game.players[i]] == groups[game.players[j]]) == alike


def test_who_counts():
    assert bg.dictators(W((6, 3, 2), 6, tuple("ABC"))) == ("A",)
    assert bg.dummies(W((6, 3, 2), 6, tuple("ABC"))) == ("B", "C")
    assert bg.dictators(MAJORITY) == ()
    council = W([1] * 15, 9, vetoes=[f"player {k}" for k in range(1, 6)])
    assert bg.vetoers(council) == tuple(f"player {k}" for k in range(1, 6))
    assert list(map(len, bg.symmetric(council))) == [5, 10]
    assert bg.vetoers(GLOVE) == ("right",)
    assert bg.symmetric(GLOVE) == (("left 1", "left 2"), ("right",))
    extra = GLOVE + bg.CoalitionalGame({"shop": 4})
    assert bg.dummies(extra) == ("shop",)


def test_members_who_are_alike_though_their_weights_are_not():
    # By states A counts more, by people B does; each is needed whenever the other is.
    game = W([(2, 1, 1, 1), (3, 4, 1, 1)], [5, 9], tuple("ABCD"))
    assert bg.symmetric(game) == bg.symmetric(as_table(game)) == (("A", "B", "C", "D"),)
    # Here A and B have as many swings of every size, but with different partners.
    game = W([(2, 3, 3, 4, 1), (1, 0, 1, 0, 2)], [8, 2], tuple("ABCDE"))
    assert bg.banzhaf(game).swings[0] == bg.banzhaf(game).swings[1]
    assert bg.symmetric(game) == bg.symmetric(as_table(game))
    assert ("A",) in bg.symmetric(game)


@given(votes(most=4, rules=2))
@settings(max_examples=40)
def test_no_smaller_weights_give_the_same_winning_coalitions(game):
    found = bg.smallest_weights(game)
    names = game.players
    if not found:
        winning, losing = found.trade
        assert {game.value(S) for S in winning} == {1}
        assert {game.value(S) for S in losing} == {0}
        assert sum(winning.values()) >= sum(losing.values()) > 0
        for group in bg.symmetric(game):
            ours, theirs = (
                sum(times * len(set(S) & set(group)) for S, times in side.items())
                for side in (winning, losing)
            )
            assert ours <= theirs
        return
    assert W(found.weights, found.quota, names) == game
    total = int(sum(found.weights))
    for weights in product(range(total), repeat=len(names)):
        for quota in range(1, min(sum(weights), total - 1) + 1 if sum(weights) < total else 1):
            assert W(weights, quota, names) != game


def test_smallest_weights():
    council = bg.smallest_weights(W([1] * 15, 9, vetoes=[f"player {k}" for k in range(1, 6)]))
    assert council.weights == (7,) * 5 + (1,) * 10
    assert council.quota == 39
    # Two pairs, one of which must be whole: no weights do that.
    pairs = bg.CoalitionalGame(lambda S: {"A", "B"} <= S or {"C", "D"} <= S, players=tuple("ABCD"))
    found = bg.smallest_weights(pairs)
    assert not found
    assert found.trade[0].keys() == {("A", "B"), ("C", "D")} or sum(found.trade[0].values()) >= 1
    with one_sentence("simple games"):
        bg.smallest_weights(tabled([0, 2]))


def test_branches_are_followed_until_none_can_be_smaller():
    # No game asks this: two of the first and three of the second kind must weigh more than nobody.
    # Half a vote and a third of one would do; of whole ones, one of the cheaper kind.
    kinds = SimpleNamespace(sizes=(2, 1), winning=[(2, 3)], losing=[(0, 0)])
    assert _fewest(kinds) == ([0, 1], 1)


def test_representations():
    assert repr(MAJORITY) == "<CoalitionalGame of A, B and C; weights 1, 1, 1, quota 2>"
    assert "vetoes of player 1" in repr(W((1, 1), 1, vetoes=["player 1"]))
    assert "10 more" in repr(W([1] * 16, 9))
    assert Fraction(1, 3) == bg.shapley(MAJORITY)["B"]


def test_few_members_with_weights_too_large_to_count():
    weights = [(10**12 + 1, 10**12, 1), (1, 10**12, 10**12 + 7), (10**12, 3, 10**12)]
    game = W(weights, (10**12, 10**12, 10**12), ("A", "B", "C"))
    assert bg.symmetric(game) == bg.symmetric(as_table(game))
    assert bg.dummies(game) == bg.dummies(as_table(game))
    assert "can replace each other" in str(bg.explain(W((10**12, 10**12), 10**12)))
