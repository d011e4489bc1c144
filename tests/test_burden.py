"""Model M15: only the ally that values defence more contributes; both together give too little."""

from fractions import Fraction
from math import log

import pytest

import balancegame as bg
from balancegame.models.burden import burden_in_closed_form

MODEL = bg.models["burden"]


def given(solution):
    """Total expected contributions of each equilibrium in pure strategies."""
    return [
        tuple(strategy.index(1) for strategy in equilibrium)
        for equilibrium in solution
        if all(max(strategy) == 1 for strategy in equilibrium)
    ]


@pytest.mark.parametrize("values", [(3, 1), (3, 2), (2, 1), (1, 2), (1, 3), (2, 3)])
def test_the_solver_finds_the_closed_form_on_whole_valuations(values):
    v_US, v_JP = values
    solution = bg.equilibria(MODEL.game(v_US=v_US, v_JP=v_JP))
    closed = burden_in_closed_form(v_US, v_JP)
    assert given(solution) == [closed.contributions]
    assert len(solution) == 1
    assert closed.total == max(values)
    assert closed.efficient_total == sum(values)


def test_equal_allies_split_the_same_total_in_any_way():
    solution = bg.equilibria(MODEL.game(v_US=2, v_JP=2))
    assert sorted(given(solution)) == [(0, 2), (1, 1), (2, 0)]
    assert burden_in_closed_form(2, 2).contributions is None
    assert burden_in_closed_form(2, 2).total == 2


def test_the_closed_form_is_a_best_response_of_the_true_payoffs():
    """With real logarithms: no other contribution on a fine grid does better."""
    for v_US, v_JP in [(3, 1), (2.5, 1.5), (0.5, 0.75)]:
        closed = burden_in_closed_form(v_US, v_JP)
        g, h = (float(x) for x in closed.contributions)
        for v, own, other in ((v_US, g, h), (v_JP, h, g)):
            here = v * log(own + other) - own
            assert all(
                v * log(x + other) - x <= here + 1e-12 for x in (k / 100 for k in range(1, 500))
            )


def test_rounded_logarithms_change_no_comparison_on_whole_valuations():
    """The marginal value of one more unit is compared with 1, never within the rounding."""
    for v in (1, 2, 3):
        for total in (1, 2, 3, 4, 5):
            margin = v * log((total + 1) / total) - 1
            assert abs(margin) > 3 * v * 0.00005
    rounded = [Fraction(x) for x in ("0", "0.6931", "1.0986", "1.3863", "1.6094", "1.7918")]
    for total, value in enumerate(rounded, start=1):
        assert abs(log(total) - value) <= 0.00005
