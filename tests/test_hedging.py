"""Decisions of one country alone: hedging (M2) and the fear of being abandoned (M20)."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import balancegame as bg
from balancegame.models.abandonment import abandonment_threshold
from balancegame.models.hedging import hedging_band
from balancegame.widgets.slider_bar import slider_bar
from tests.bounded_fractions import bounded_fractions

HEDGING, ABANDONMENT = bg.models["hedging"], bg.models["abandonment"]
SHARES = bounded_fractions(Fraction(1, 20), Fraction(19, 20), 20)


def best(model, **values):
    """Return the best actions of the only player."""
    return {name for (name,) in bg.pure_equilibria(model.game(**values))}


@given(SHARES, SHARES, st.integers(1, 10))
def test_hedging_is_best_in_its_band_and_nowhere_else(a, eps, E):
    band = hedging_band(a, eps, Fraction(E))
    values = {"a": a, "eps": eps, "E": E, "L": 20, "s": 0}
    if band is None:
        assert eps + a < 1
        for q in (
            Fraction(0),
            Fraction(E, 20) - Fraction(1, 1000),
            Fraction(E, 20),
            Fraction(E, 20) + Fraction(1, 1000),
            Fraction(1),
        ):
            assert "Hedge" not in best(HEDGING, q=q, **values)
        assert best(HEDGING, q=Fraction(E, 20), **values) == {"Align", "Engage"}
        return
    low, high = band
    step = Fraction(1, 10**6)
    for cost, expected in (
        (low - step, {"Engage"}),
        (low, {"Engage", "Hedge"} if low < high else {"Engage", "Hedge", "Align"}),
        ((low + high) / 2, {"Hedge"} if low < high else {"Engage", "Hedge", "Align"}),
        (high, {"Hedge", "Align"} if low < high else {"Engage", "Hedge", "Align"}),
        (high + step, {"Align"}),
    ):
        if 0 <= cost <= 20:
            assert best(HEDGING, q=cost / 20, **values) == expected


@pytest.mark.parametrize(
    ("s", "expected"),
    [(0, {"Hedge"}), (4, {"Hedge", "Align"}), ("17/4", {"Align"})],
)
def test_a_sanction_that_falls_on_hedging_too(s, expected):
    # eps E - q L (1 - a) = 2 - 1 = 1, of which a quarter of s takes all at s = 4.
    assert best(HEDGING, s=s, q="1/4") == expected


def test_a_sanction_on_engaging_makes_hedging_best_sooner():
    # (1 - sigma) s >= (1 - eps) E - q L a: at q = 1/8, 3/4 s >= 2 - 3/2.
    assert best(HEDGING, s="1/2", q="1/8") == {"Engage"}
    assert best(HEDGING, s="2/3", q="1/8") == {"Engage", "Hedge"}
    assert best(HEDGING, s=1, q="1/8") == {"Hedge"}


def test_the_thresholds_of_the_danger():
    points = [r.low for r in bg.regimes(HEDGING, "q") if r.is_point]
    assert points == [Fraction(1, 6), Fraction(1, 2)]
    assert [r.low for r in bg.regimes(HEDGING, "q", a="2/5", eps="2/5") if r.is_point] == [
        Fraction(1, 4)
    ]


@pytest.mark.parametrize("E", [1, 2, 4])
@pytest.mark.parametrize("rho", ["1/2", 1])
def test_what_counts_is_how_help_depends_on_support(E, rho):
    threshold = abandonment_threshold(Fraction(E), Fraction(10))
    step = Fraction(1, 1000)
    for delta, expected in (
        (threshold - step, {"Withhold"}),
        (threshold, {"Support", "Withhold"}),
        (threshold + step, {"Support"}),
    ):
        assert best(ABANDONMENT, Delta=delta, E=E, S=10, rho=rho) == expected


def test_a_narrow_region_of_the_bar_has_its_word_upright():
    drawn = slider_bar(HEDGING, "q", HEDGING.values(q="1/10"))["bar"]
    assert re.findall(r'writing-mode="vertical-rl"[^>]*>([^<]+)<', drawn) == ["Engage"]
    wide = slider_bar(HEDGING, "q", HEDGING.values(q="1/10", E=10))["bar"]
    assert "writing-mode" not in wide
    assert ">Engage<" in wide
