"""Indices of power: published answers, and every index against a list of all coalitions."""

import random
from fractions import Fraction
from functools import partial
from itertools import permutations
from math import factorial
from operator import mul

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.solvers.coalitional.coalitions_in_words import (
    by_critical_members,
    minimal_by_size,
    swings_by_size,
    winning_words,
)
from balancegame.solvers.coalitional.counting import counts
from balancegame.solvers.coalitional.free_votes import free_votes
from balancegame.solvers.coalitional.minimal_winning import _by_last_member
from balancegame.solvers.coalitional.several_rules import (
    SeveralRules,
    critical_under_rules,
    minimal_under_rules,
)
from balancegame.solvers.coalitional.sums_of_weights import counted
from balancegame.solvers.coalitional.vulnerable import _of_larger_sets
from tests.bounded_fractions import bounded_fractions
from tests.coalitions import AIRPORT, GLOVE, MAJORITY, as_table, games, votes
from tests.one_sentence import one_sentence

COUNCIL = bg.CoalitionalGame.weighted([7] * 5 + [1] * 10, 39)
INDICES = (bg.deegan_packel, bg.johnston, bg.holler)


@pytest.mark.parametrize(
    ("weights", "quota", "value", "source"),
    [
        ((4, 3, 2), 5, ("1/3", "1/3", "1/3"), "DESIGN of the course"),
        ((6, 3, 2), 6, (1, 0, 0), "a dictator"),
        ((50, 49, 1), 51, ("2/3", "1/6", "1/6"), "Straffin 1993"),
        ((2, 1, 1), 3, ("2/3", "1/6", "1/6"), "half and two quarters"),
        ((3, 2, 2, 1, 1), 5, ("2/5", "7/30", "7/30", "1/15", "1/15"), "by hand over 120 orders"),
    ],
)
def test_shapley_of_small_votes(weights, quota, value, source):
    assert bg.shapley(bg.CoalitionalGame.weighted(weights, quota)) == tuple(map(Fraction, value))


@pytest.mark.parametrize(
    "council",
    [
        COUNCIL,
        bg.CoalitionalGame.weighted([1] * 15, 9, vetoes=[f"player {k}" for k in range(1, 6)]),
        bg.CoalitionalGame.weighted([[1] * 15, [1] * 5 + [0] * 10], [9, 5]),
    ],
)
def test_the_security_council(council):
    assert bg.shapley(council) == (Fraction(421, 2145),) * 5 + (Fraction(4, 2145),) * 10
    power = bg.banzhaf(council)
    assert power.swings == (848,) * 5 + (84,) * 10
    assert power.normalised == (Fraction(106, 635),) * 5 + (Fraction(21, 1270),) * 10
    assert power.raw[0] == Fraction(848, 2**14)


def test_japan_as_a_sixth_veto_or_as_a_clone():
    seats = [f"seat {k + 1}" for k in range(16)]
    pole = bg.CoalitionalGame.weighted([1] * 16, 10, seats, vetoes=seats[:6])
    assert bg.shapley(pole) == (Fraction(283, 1716),) * 6 + (Fraction(3, 2860),) * 10
    for quota, bloc in ((10, Fraction(421, 2145)), (9, Fraction(142, 715))):
        with_japan = bg.CoalitionalGame.weighted([1] * 16, quota, seats, vetoes=seats[:5])
        clone = with_japan.bloc(("seat 1", "seat 6"), "US and Japan")
        assert bg.shapley(clone)["US and Japan"] == bloc
        assert bg.shapley(clone)["seat 2"] == bloc


def test_several_quotas_of_states_and_people():
    people = [83, 67, 59, 48, 37, 19, 17, 11, 10, 10]
    both = bg.CoalitionalGame.weighted([[1] * 10, people], [6, sum(people) * Fraction(13, 20)])
    product = bg.CoalitionalGame.weighted([1] * 10, 6) * bg.CoalitionalGame.weighted(
        people, sum(people) * Fraction(13, 20)
    )
    assert product == both
    assert list(bg.shapley(both)) == by_orders_of_size(both)[0]


def test_either_quota_is_a_sum_of_games():
    states, people = (
        bg.CoalitionalGame.weighted(weights, quota)
        for weights, quota in (((1, 1, 1, 1), 3), ((5, 3, 1, 1), 6))
    )
    either = states + people - states * people
    assert either.table == tuple(max(a, b) for a, b in zip(states.table, people.table, strict=True))
    assert list(bg.shapley(either)) == by_orders_of_size(either)[0]


def by_orders_of_size(game):
    """Shapley and swings from a list of all coalitions, one marginal contribution at a time."""
    n, worth = len(game.players), game.table
    gains = [[0] * n for _ in range(n)]
    for mask, without in enumerate(worth):
        size = mask.bit_count()
        for i in range(n):
            if not mask >> i & 1:
                gains[i][size] += worth[mask | 1 << i] - without
    weights = [Fraction(factorial(s) * factorial(n - s - 1), factorial(n)) for s in range(n)]
    return [sum(map(mul, weights, row)) for row in gains], [sum(row) for row in gains]


def by_minimal_coalitions(game):
    """The Deegan-Packel, Johnston and Holler indices from a list of all coalitions."""
    n, worth = len(game.players), game.table
    # How many coalitions of each number of critical members each is critical in, and those minimal.
    among, minimal = ([[0] * (n + 1) for _ in range(n)] for _ in range(2))
    for mask, wins in enumerate(worth):
        if wins:
            critical = [i for i in range(n) if mask >> i & 1 and not worth[mask & ~(1 << i)]]
            number = len(critical)
            for i in critical:
                among[i][number] += 1
                minimal[i][number] += number == mask.bit_count()
    shares = [Fraction(1, max(k, 1)) for k in range(n + 1)]
    sums = [
        [sum(map(mul, shares, row)) for row in minimal],
        [sum(map(mul, shares, row)) for row in among],
        [Fraction(sum(row)) for row in minimal],
    ]
    return [tuple(x / sum(found) for x in found) for found in sums]


@given(votes())
@settings(max_examples=150)
def test_counting_agrees_with_listing(game):
    value, swings = by_orders_of_size(game)
    assert list(bg.shapley(game)) == value
    assert list(bg.banzhaf(game).swings) == swings
    found = [index(game) for index in INDICES]
    assert found == by_minimal_coalitions(game)
    listed = as_table(game)
    assert listed == game
    assert list(bg.shapley(listed)) == value
    assert [index(listed) for index in INDICES] == found


def test_a_weighted_game_of_sixteen_against_all_coalitions():
    game = bg.CoalitionalGame.weighted(
        [31, 29, 27, 22, 19, 19, 14, 12, 11, 9, 7, 5, 4, 3, 2, 1], 108
    )
    wins = np.array(game.table, dtype=bool)
    size = np.array([mask.bit_count() for mask in range(2**16)])
    swings = []
    for i in range(16):
        out = np.flatnonzero(~(np.arange(2**16) >> i & 1).astype(bool))
        pivotal = out[wins[out | 1 << i] & ~wins[out]]
        swings.append(np.bincount(size[pivotal], minlength=16).tolist())
    assert list(bg.banzhaf(game).swings) == [sum(row) for row in swings]
    weights = [Fraction(factorial(s) * factorial(15 - s), factorial(16)) for s in range(16)]
    assert list(bg.shapley(game)) == [sum(map(mul, weights, row)) for row in swings]
    assert [index(game) for index in INDICES] == by_minimal_coalitions(game)


@pytest.mark.parametrize("vetoes", [(), ("player 3", "player 9")])
def test_states_and_people_of_sixteen_against_all_coalitions(vetoes):
    """A rule about numbers and one about weights, some of them alike and some 0."""
    people = [31, 29, 27, 22, 19, 19, 14, 12, 11, 9, 7, 5, 4, 3, 0, 0]
    names = [f"player {k + 1}" for k in range(16)]
    game = bg.CoalitionalGame.weighted([[1] * 16, people], [9, 137], names, vetoes)
    assert [index(game) for index in INDICES] == by_minimal_coalitions(game)


def test_a_number_that_everybody_meets_changes_no_index():
    """So the count by numbers and weights agrees with the count by weights alone."""
    weights = [1 + (k * 37) % 19 for k in range(30)]
    quota = sum(weights) - 60
    alone = bg.CoalitionalGame.weighted(weights, quota)
    both = bg.CoalitionalGame.weighted([weights, [1] * 30], [quota, 1])
    assert bg.johnston(both) == bg.johnston(alone)
    assert bg.deegan_packel(both) == bg.deegan_packel(alone)


def test_counts_modulo_primes_are_those_modulo_a_power_of_two():
    """Of so many members that machine integers do not hold a count, primes take their place."""
    asked = free_votes(
        bg.CoalitionalGame.weighted([[1] * 14, [(k * 37) % 19 for k in range(14)]], [6, 70]).votes,
        14,
    )
    for work in (_by_last_member, _of_larger_sets):
        by_machine, by_primes = (
            counted(partial(work, asked), 1, 1, 14, largest) for largest in (2**14, 2**150)
        )
        assert by_machine == by_primes
        assert any(map(any, by_machine))


@given(votes(most=6))
@settings(max_examples=40)
def test_shapley_is_the_chance_to_be_pivotal(game):
    n, worth = len(game.players), game.table
    pivotal = [0] * n
    for order in permutations(range(n)):
        mask = 0
        for i in order:
            mask |= 1 << i
            if worth[mask]:
                pivotal[i] += 1
                break
    assert list(bg.shapley(game)) == [Fraction(k, factorial(n)) for k in pivotal]


@given(games(4), games(4), bounded_fractions(-3, 3, 6))
@settings(max_examples=60)
def test_shapley_is_efficient_symmetric_and_additive_and_dummies_get_their_own(first, second, c):
    ours, theirs = bg.shapley(first), bg.shapley(second)
    assert sum(ours) == first.value(first.players)
    assert bg.shapley(first + second) == tuple(a + b for a, b in zip(ours, theirs, strict=True))
    assert bg.shapley(first * c) == tuple(c * a for a in ours)
    assert list(ours) == by_orders_of_size(first)[0]
    # Somebody who adds 7 to everybody, and somebody else who does the same.
    alone = bg.CoalitionalGame({"D1": 7}) + bg.CoalitionalGame({"D2": 7})
    wider = bg.shapley(first + alone)
    assert (wider["D1"], wider["D2"]) == (7, 7)
    assert tuple(wider[:4]) == ours
    swapped = bg.CoalitionalGame(
        lambda S: first.value([{"A": "B", "B": "A"}.get(name, name) for name in S]), first.players
    )
    assert bg.shapley(swapped) == (ours[1], ours[0], *ours[2:])


def test_airport_glove_and_majority():
    assert bg.shapley(AIRPORT) == (Fraction(1, 3), Fraction(5, 6), Fraction(11, 6))
    assert bg.shapley(GLOVE) == (Fraction(1, 6), Fraction(1, 6), Fraction(2, 3))
    assert bg.shapley(MAJORITY) == (Fraction(1, 3),) * 3


def test_a_hundred_members():
    weights = [(k * 37) % 199 + 1 for k in range(100)]
    game = bg.CoalitionalGame.weighted(weights, sum(weights) // 2 + 1)
    value = bg.shapley(game)
    assert sum(value) == 1
    order = sorted(range(100), key=weights.__getitem__)
    assert [value[i] for i in order] == sorted(value)
    swings = bg.banzhaf(game).swings
    # The members' weights sum over winning less losing coalitions, by symmetry of the two.
    assert sum(map(bool, swings)) == 100
    assert counts(game.votes, 100).winning[100] == 1


def test_votes_too_varied_to_count_say_what_they_would_take():
    weights = [10**9 + k**5 for k in range(40)]
    with one_sentence("GB", "round the weights"):
        bg.shapley(bg.CoalitionalGame.weighted(weights, sum(weights) // 2))
    columns = [[1000 + (k * 7) ** 3 for k in range(31)], [1000 + (k * 5) ** 3 for k in range(31)]]
    with one_sentence("the Holler index of 31 members", "hours", "round the weights"):
        bg.holler(bg.CoalitionalGame.weighted(columns, [sum(w) // 2 for w in columns]))


@pytest.mark.parametrize(("members", "heavy"), [(32, 1000), (34, 1000), (67, 1000)])
def test_johnston_where_many_coalitions_have_the_same_critical_members(members, heavy):
    """All but the heavy one are hardly ever needed: it is critical alone in 2^(n - 1) - n sets."""
    weights = [heavy] + [1] * (members - 1)
    game = bg.CoalitionalGame.weighted([[1] * members, weights], [2, heavy])
    alone, pairs = 2 ** (members - 1) - members, members - 1
    total = alone + pairs
    assert bg.johnston(game)[0] == (alone + Fraction(pairs, 2)) / total
    assert bg.johnston(game)[1] == Fraction(1, 2) / total


@st.composite
def several_rules(draw, most=7):
    size = draw(st.integers(2, most))
    uneven = st.lists(st.integers(0, 9), min_size=size, max_size=size).filter(any)
    columns = draw(st.lists(uneven, min_size=2, max_size=3))
    if draw(st.booleans()):
        columns[-1] = [1] * size
    return [(tuple(column), draw(st.integers(1, sum(column)))) for column in columns]


@given(several_rules())
@settings(max_examples=60, deadline=None)
def test_several_uneven_rules_counted_gone_through_and_listed(rules):
    """Windows of weights, words of bits and the definition, coalition by coalition."""
    size = len(rules[0][0])
    minimal = [[0] * (size + 1) for _ in range(size + 1)]
    swings = [[0] * size for _ in range(size)]
    totals, critical = [0] * (size + 1), [[0] * (size + 1) for _ in range(size)]

    def wins(held):
        return all(sum(weights[i] for i in held) >= quota for weights, quota in rules)

    for mask in range(2**size):
        held = {i for i in range(size) if mask >> i & 1}
        if wins(held):
            needed = [i for i in held if not wins(held - {i})]
            totals[len(needed)] += 1
            for i in needed:
                critical[i][len(needed)] += 1
                swings[i][len(held) - 1] += 1
            if len(needed) == len(held):
                for numbers in (minimal[0], *(minimal[i + 1] for i in held)):
                    numbers[len(held)] += 1
    words, counted_in = winning_words(rules), SeveralRules.of(rules)
    assert minimal_by_size(words, size) == minimal
    assert minimal_under_rules(counted_in) == minimal
    assert by_critical_members(words, size) == (totals, critical)
    assert critical_under_rules(counted_in) == (totals, critical)
    assert swings_by_size(words, size) == swings


@pytest.mark.parametrize(("rules", "vetoes"), [(2, ()), (3, ("player 2", "player 15"))])
def test_several_uneven_rules_of_sixteen_against_all_coalitions(rules, vetoes):
    rng = random.Random(f"sixteen {rules} {vetoes}")
    columns = [[rng.randint(0, 10**5) for _ in range(16)] for _ in range(rules)]
    quotas = [sum(column) * Fraction(11, 20) for column in columns]
    game = bg.CoalitionalGame.weighted(columns, quotas, (), vetoes)
    value, swings = by_orders_of_size(game)
    assert list(bg.shapley(game)) == value
    assert list(bg.banzhaf(game).swings) == swings
    assert [index(game) for index in INDICES] == by_minimal_coalitions(game)


def test_twenty_one_members_with_two_uneven_rules():
    """More than can be listed one by one: the first two are alike, and the last has no weight."""
    columns = [[90_001, 90_001, *range(70_000, 70_018), 0], [50_003, 50_003, *range(18), 0]]
    game = bg.CoalitionalGame.weighted(columns, [sum(w) * Fraction(3, 5) for w in columns])
    for index in (bg.shapley, *INDICES):
        found = index(game)
        assert sum(found) == 1
        assert found[0] == found[1] > found[2] > 0
        assert found[-1] == 0
    assert bg.banzhaf(game).swings[-1] == 0


def test_forty_members_with_two_rules_of_small_weights():
    columns = [[1 + k % 4 for k in range(40)], [1 + k // 10 for k in range(40)]]
    game = bg.CoalitionalGame.weighted(columns, [70, 72])
    for index in INDICES:
        found = index(game)
        assert sum(found) == 1
        alike = {}
        for weights, value in zip(zip(*columns, strict=True), found, strict=True):
            assert alike.setdefault(weights, value) == value


def test_indices_of_votes_are_for_simple_games():
    with one_sentence("simple games", "other values"):
        bg.johnston(bg.CoalitionalGame({"A": 2}))
    turned = bg.CoalitionalGame({"A": 1, "B": 0, ("A", "B"): 0})
    with one_sentence("A wins and loses when B joins"):
        bg.holler(turned)
    with one_sentence("shapley takes a CoalitionalGame"):
        bg.shapley(bg.NormalFormGame([[1]]))


@pytest.mark.parametrize("size", [7, 8])
def test_shapley_over_all_orders_of_seven_and_eight(size):
    """Every order of the players, one after the other: 5,040 and 40,320 of them."""
    rng = random.Random(size)
    weights = [rng.randint(1, 9) for _ in range(size)]
    quota = rng.randint(sum(weights) // 2 + 1, sum(weights))
    game = bg.CoalitionalGame.weighted(weights, quota)
    pivotal = [0] * size
    for order in permutations(range(size)):
        total = 0
        for member in order:
            total += weights[member]
            if total >= quota:
                pivotal[member] += 1
                break
    assert list(bg.shapley(game)) == [Fraction(count, factorial(size)) for count in pivotal]
