"""Pareto dominance, sums, risk dominance and potentials, against brute force."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from tests.one_sentence import one_sentence
from tests.tied_games import games, nested, payoff_at


def outcomes(game):
    return {
        cell: [payoff_at(game, i, cell) for i in range(len(game.shape))]
        for cell in product(*map(range, game.shape))
    }


def named(game, cell):
    return tuple(names[a] for names, a in zip(game.actions, cell, strict=True))


def above(v, u):
    return v != u and all(y >= x for x, y in zip(u, v, strict=True))


@settings(max_examples=150, deadline=None)
@given(games())
def test_welfare_as_by_brute_force(game):
    found = bg.welfare(game)
    every = outcomes(game)
    optimal = [c for c, u in every.items() if not any(above(v, u) for v in every.values())]
    assert found.pareto_optimal == tuple(named(game, c) for c in optimal) == bg.pareto_optimal(game)
    most = max(sum(u) for u in every.values())
    assert found.best_sum == most
    assert found.utilitarian == tuple(named(game, c) for c, u in every.items() if sum(u) == most)
    assert set(found.utilitarian) <= set(found.pareto_optimal)
    by_name = {named(game, c): u for c, u in every.items()}
    assert {d.outcome for d in found.dominated} == set(by_name) - set(found.pareto_optimal)
    for d in found.dominated:
        assert d.by in found.pareto_optimal
        assert above(by_name[d.by], by_name[d.outcome])
        assert [y - x for x, y in zip(by_name[d.outcome], by_name[d.by], strict=True)] == list(
            d.gains
        )


@settings(max_examples=150, deadline=None)
@given(games())
def test_a_potential_where_reported_is_one_and_nowhere_else_could_there_be_one(game):
    found = bg.potential(game)
    every = outcomes(game)
    # Round every square of two players' deviations the gains of an exact potential sum to zero.
    closed = all(
        sum_round(game, cell, i, a, j, b) == 0
        for cell in every
        for i, j in product(range(len(game.shape)), repeat=2)
        if i < j
        for a in range(game.shape[i])
        for b in range(game.shape[j])
    )
    assert (found is not None) == closed
    if found is not None:
        for cell, i in product(every, range(len(game.shape))):
            for a in range(game.shape[i]):
                other = (*cell[:i], a, *cell[i + 1 :])
                assert (
                    found.values[named(game, other)] - found.values[named(game, cell)]
                    == every[other][i] - every[cell][i]
                )
        assert set(found.highest) <= set(bg.pure_equilibria(game))


def sum_round(game, cell, i, a, j, b):
    second = (*cell[:i], a, *cell[i + 1 :])
    third = (*second[:j], b, *second[j + 1 :])
    fourth = (*cell[:j], b, *cell[j + 1 :])
    way = [(i, cell, second), (j, second, third), (i, third, fourth), (j, fourth, cell)]
    return sum(payoff_at(game, k, y) - payoff_at(game, k, x) for k, x, y in way)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_game_made_from_a_potential_has_it(data):
    shape = data.draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    cells = list(product(*map(range, shape)))
    number = st.integers(-5, 5)
    P = dict(
        zip(
            cells,
            data.draw(st.lists(number, min_size=len(cells), max_size=len(cells))),
            strict=True,
        )
    )
    payoffs = []
    for i in range(len(shape)):
        idle = data.draw(st.lists(number, min_size=len(cells), max_size=len(cells)))
        # What does not depend on one's own action never changes a gain.
        entries = [P[c] + idle[cells.index((*c[:i], 0, *c[i + 1 :]))] for c in cells]
        payoffs.append(nested(iter(entries), shape))
    game = bg.NormalFormGame(payoffs)
    found = bg.potential(game)
    assert [found.values[named(game, c)] for c in cells] == [P[c] - P[cells[0]] for c in cells]


CASES = [  # a stag hunt, with its partner's payoffs alike; the products; which dominates
    (9, 0, 8, 7, (1, 49), 1),
    (9, 0, 4, 2, (25, 4), 0),
    (4, 0, 2, 2, (4, 4), None),
]


@pytest.mark.parametrize(("both", "alone", "apart", "none", "products", "which"), CASES)
def test_risk_dominance(both, alone, apart, none, products, which):
    game = bg.NormalFormGame([[[both, alone], [apart, none]], [[both, apart], [alone, none]]])
    found = bg.risk_dominance(game)
    assert found.products == products
    assert found.dominant == (None if which is None else found.equilibria[which])
    assert found.equilibria == (("action 1", "action 1"), ("action 2", "action 2"))


def test_risk_dominance_in_chicken_is_for_the_one_with_more_to_lose():
    from balancegame.models.balancing import BALANCING

    game = BALANCING.game(g=2, kappa=2, b_US=1, L_US=4, b_JP=2, L_JP=6)
    found = bg.risk_dominance(game)
    assert found.equilibria == (("Balance", "Pass"), ("Pass", "Balance"))
    assert found.losses == ((3, 2), (1, 4))
    assert found.dominant == ("Balance", "Pass")


def test_risk_dominance_is_refused_without_two_strict_equilibria():
    with one_sentence("two strict equilibria", "has 1"):
        bg.risk_dominance(bg.NormalFormGame([[[2, 0], [3, 1]], [[2, 3], [0, 1]]]))
    with one_sentence("two strict equilibria", "has 0"):
        bg.risk_dominance(bg.NormalFormGame([[[0, 0], [0, 0]]] * 2))
    with one_sentence("2 x 2", "2 x 3"):
        bg.risk_dominance(bg.NormalFormGame([[[0] * 3] * 2] * 2))


def test_zero_sum_outcomes_are_all_pareto_optimal():
    game = bg.models["routes"].game()
    assert len(bg.pareto_optimal(game)) == 9
    assert bg.welfare(game).best_sum == Fraction(0)
