"""Correlated equilibria: obedience from the definition, the optimum by a programme of its own."""

from fractions import Fraction
from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.solvers.normal_form import linear_programs
from tests.one_sentence import one_sentence
from tests.tied_games import games, payoff_at

CHICKEN = bg.NormalFormGame(
    [[[6, 2], [7, 0]], [[6, 7], [2, 0]]], ("US", "Japan"), (("Balance", "Pass"),) * 2
)


def gains(game, p):
    """Every gain from disobeying, straight from the definition."""
    for i, size in enumerate(game.shape):
        for a, b in product(range(size), repeat=2):
            told = [cell for cell in p if cell[i] == a]
            yield sum(
                p[cell]
                * (payoff_at(game, i, (*cell[:i], b, *cell[i + 1 :])) - payoff_at(game, i, cell))
                for cell in told
            )


def best_by_linprog(game, weights):
    from scipy.optimize import linprog

    cells = list(product(*map(range, game.shape)))
    rows = []
    for i, size in enumerate(game.shape):
        for a, b in product(range(size), repeat=2):
            if a != b:
                rows.append(
                    [
                        float(
                            payoff_at(game, i, (*cell[:i], b, *cell[i + 1 :]))
                            - payoff_at(game, i, cell)
                        )
                        * (cell[i] == a)
                        for cell in cells
                    ]
                )
    total = [
        float(sum(w * payoff_at(game, i, cell) for i, w in enumerate(weights))) for cell in cells
    ]
    found = linprog(
        -np.array(total),
        np.array(rows) if rows else None,
        np.zeros(len(rows)) if rows else None,
        np.ones((1, len(cells))),
        [1],
    )
    return -found.fun


def as_positions(game, distribution):
    return {
        tuple(names.index(a) for names, a in zip(game.actions, cell, strict=True)): p
        for cell, p in distribution.items()
    }


@settings(max_examples=120, deadline=None)
@given(games(), st.data())
def test_obeyed_by_all_and_as_good_as_can_be(game, data):
    players = len(game.players)
    aim = data.draw(st.sampled_from(["welfare", *range(players)]))
    sign = data.draw(st.sampled_from([1, -1]))
    found = (
        bg.correlated_equilibrium(game, aim)
        if sign == 1
        else bg.correlated_equilibrium(game, minimize=aim)
    )
    p = as_positions(game, found.distribution)
    assert sum(p.values()) == 1
    assert min(p.values()) > 0
    assert max(gains(game, p)) <= 0
    for i in range(players):
        assert found.payoffs[i] == sum(q * payoff_at(game, i, cell) for cell, q in p.items())
    weights = [sign * (aim in ("welfare", i)) for i in range(players)]
    value = sum(w * u for w, u in zip(weights, found.payoffs, strict=True))
    assert float(value) == pytest.approx(best_by_linprog(game, weights), abs=1e-7)
    assert min((c.loss for c in found.constraints), default=0) >= 0


@settings(max_examples=100, deadline=None)
@given(games(players=(2,)))
def test_every_nash_equilibrium_is_a_correlated_one_and_no_better_than_the_best(game):
    best = bg.correlated_equilibrium(game)
    worst = bg.correlated_equilibrium(game, minimize="welfare")
    for equilibrium in bg.equilibria(game):
        p = {
            cell: prod(x[a] for x, a in zip(equilibrium.strategies, cell, strict=True))
            for cell in game.cells()
        }
        assert max(gains(game, p)) <= 0
        assert sum(worst.payoffs) <= sum(equilibrium.payoffs) <= sum(best.payoffs)


def test_aumanns_chicken():
    found = bg.correlated_equilibrium(CHICKEN)
    assert dict(found.distribution) == {
        ("Balance", "Balance"): Fraction(1, 2),
        ("Balance", "Pass"): Fraction(1, 4),
        ("Pass", "Balance"): Fraction(1, 4),
    }
    assert found.payoffs == (Fraction(21, 4), Fraction(21, 4))
    assert {(c.player, c.told, c.instead) for c in found.constraints if c.binds} == {
        ("US", "Balance", "Pass"),
        ("Japan", "Balance", "Pass"),
    }
    assert bg.correlated_equilibrium(CHICKEN, "Japan").payoffs == (2, 7)
    assert bg.correlated_equilibrium(CHICKEN, minimize="Japan").payoffs == (7, 2)


@pytest.mark.parametrize("aim", ["welfare", "US", "Japan"])
@pytest.mark.parametrize("proposal", ["none", "wrong point", "wrong prices"])
def test_whatever_the_search_proposes_the_answer_is_certified(monkeypatch, aim, proposal):
    right = bg.correlated_equilibrium(CHICKEN, aim)
    searched = linear_programs._proposed

    def spoilt(*program):
        found = searched(*program)
        if proposal == "none" or found is None:
            return None
        if proposal == "wrong point":
            # Not obeyed: all probability where both balance.
            point = (Fraction(1), *[Fraction(0)] * (len(found.point) - 1))
            return linear_programs.Optimum(program[0][0], point, found.prices)
        return linear_programs.Optimum(found.value, found.point, (Fraction(0),) * len(found.prices))

    monkeypatch.setattr(linear_programs, "_proposed", spoilt)
    assert bg.correlated_equilibrium(CHICKEN, aim).payoffs == right.payoffs


@settings(max_examples=60, deadline=None)
@given(games(players=(2, 3)))
def test_the_exact_simplex_method_alone_finds_the_same_value(game):
    found = bg.correlated_equilibrium(game)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linear_programs, "_proposed", lambda *_: None)
        assert sum(bg.correlated_equilibrium(game).payoffs) == sum(found.payoffs)


def test_large_and_tiny_payoffs_stay_exact():
    big, tiny = 10**12, Fraction(1, 10**12)
    game = bg.NormalFormGame([[[big, 0], [0, big + tiny]], [[big, 0], [0, big]]])
    assert bg.correlated_equilibrium(game).payoffs == (big + tiny, big)


def test_refused():
    with one_sentence("China", "welfare", "US or Japan"):
        bg.correlated_equilibrium(CHICKEN, "China")
    with one_sentence("one aim"):
        bg.correlated_equilibrium(CHICKEN, "US", minimize="Japan")
