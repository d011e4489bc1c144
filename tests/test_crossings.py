"""Which curves of a phase diagram meet, and in which order they cross a side, is exact."""

import random
from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.solvers.phase_diagram import crossings
from balancegame.solvers.phase_diagram.curve_batches import CurveBatches
from balancegame.solvers.phase_diagram.curves import Curve
from balancegame.solvers.phase_diagram.regime_geometry import regime_geometry
from tests.test_sweep import model_of

PLACES = 12


def replies(first, second, resolution=9):
    """Return the boundaries where a player has 0 and two polynomials to choose from."""
    model = model_of(1, 3, [[[0, 0, 0]], [["0", first, second]]])
    return regime_geometry(bg.sweep(model, "t", "u", resolution=resolution))


def along_the_middle(found):
    """Return what is crossed along u = 0 for t from 1 to 3/2: the best replies, place by place."""
    row, column = found.diagram.y.index(0), found.diagram.x.index(1)

    def best(regime):
        ((_, columns),) = found.supports[regime] if len(found.supports[regime]) == 1 else ((0, ()),)
        return columns

    met = [c for c in found.crossings.each() if not c.upward and (c.row, c.column) == (row, column)]
    return [(best(c.before), best(c.after), c.share) for c in met]


def test_three_curves_that_meet_at_an_irrational_point_are_crossed_at_once():
    """All of t^2 = 2 + u, t^2 = 2 - u / 2 and their difference pass through (sqrt 2, 0)."""
    ((before, after, share),) = along_the_middle(replies("t**2 - 2 - u", "2*(t**2 - 2) + u"))
    assert (before, after) == ((1,), (4,))
    assert 1 + share / 2 == pytest.approx(sqrt(2))


@pytest.mark.parametrize("gap", [Fraction(1, 10**6), Fraction(1, 10**9), Fraction(1, 10**17)])
def test_curves_that_pass_at_a_small_distance_do_not_meet(gap):
    """From t = sqrt 2 on the second action is best, and from t^2 = 2 + gap on the third."""
    met = along_the_middle(replies("t**2 - 2 - u", f"2*(t**2 - 2) + u - {gap}"))
    assert [(before, after) for before, after, _ in met] == [((1,), (2,)), ((2,), (4,))]
    (_, _, first), (_, _, second) = met
    assert 0 <= second - first < 1e-5
    # With the gap on the other side the third action is best at once.
    met = along_the_middle(replies("t**2 - 2 - u", f"2*(t**2 - 2) + u + {gap}"))
    assert [(before, after) for before, after, _ in met] == [((1,), (4,))]


def test_the_width_of_the_bracket_changes_no_answer(monkeypatch):
    source = random.Random(7)

    def payoff():
        a, b, c = (source.randint(-5, 5) for _ in range(3))
        return f"{a} + {b}*t + {c}*u + {source.choice([0, 0, 1])}*t*u"

    payoffs = [[[payoff() for _ in range(3)] for _ in range(3)] for _ in range(2)]
    diagram = bg.sweep(model_of(3, 3, payoffs), "t", "u", resolution=21)
    expected = regime_geometry(diagram).crossings
    for width in (1e-4, 1e-9):
        monkeypatch.setattr(crossings, "BRACKET", width)
        assert list(regime_geometry(diagram).crossings.each()) == list(expected.each())


@pytest.mark.parametrize(
    ("gap", "exact"),
    [
        # Floating point knows the order of lines that cross a side this near to each other.
        (Fraction(1, 10**11), "_places"),
        # It knows what holds on one line although the other passes at this distance.
        (Fraction(1, 1000), "_exactly"),
    ],
)
def test_exact_arithmetic_is_spared_where_floating_point_is_certain(monkeypatch, gap, exact):
    def needless(*_):
        raise AssertionError(f"{exact} decided what floating point can tell")

    monkeypatch.setattr(crossings, exact, needless)
    found = replies("t - 1/3", f"2*(t - 1/3) - {gap}")
    assert len(found.crossings.on) == 2 * 9
    assert len({crossing.on for crossing in found.crossings.each()}) == 2


@settings(max_examples=50)
@given(st.integers(0, 2**32))
def test_signs_in_floating_point_are_certain_or_not_given(seed):
    source = random.Random(seed)
    powers = [(i, j) for i in range(5) for j in range(5 - i)]
    size = source.choice([3, 10**9, 10**25])
    curves = []
    for _ in range(4):
        terms = {p: source.randint(-size, size) or 1 for p in source.sample(powers, 5)}
        curves.append(Curve({**terms, (1, 1): 1}))
    # Places from far off the first curve to within a rounding of it.
    x = np.full(PLACES, source.uniform(-2, 2))
    y = np.linspace(-2, 2, PLACES)
    values = [curves[0].near(x[0], b)[0] for b in y.tolist()]
    turn = next((k for k in range(PLACES - 1) if values[k] * values[k + 1] < 0), None)
    if turn is not None:
        low, high = Fraction(y[turn]), Fraction(y[turn + 1])
        for k in range(PLACES * 4):
            middle = (low + high) / 2
            same = curves[0].sign(Fraction(x[0]), middle) == curves[0].sign(Fraction(x[0]), low)
            low, high = (middle, high) if same else (low, middle)
            y[k // 4] = float(middle)
    batches = CurveBatches(curves)
    reach = np.full(PLACES, 2.0 ** -source.randint(3, 40))
    steady = batches.steady_signs(x, y, reach, reach)
    for number, curve in enumerate(curves):
        signs = batches.signs(np.full(PLACES, number), x, y)
        for k, (a, b) in enumerate(zip(x.tolist(), y.tolist(), strict=True)):
            exact = curve.sign(Fraction(a), Fraction(b))
            assert signs[k] in (0, exact)
            if not np.isnan(steady[number, k]):
                far = Fraction(reach[k])
                around = {
                    curve.sign(Fraction(a) + p * far, Fraction(b) + q * far)
                    for p in (-1, 0, 1)
                    for q in (-1, 0, 1)
                }
                assert around == {steady[number, k]}


def test_what_holds_where_rounding_misplaces_a_curve_is_read_where_the_curve_runs():
    """Where u = 2/49, the first difference is (49 t)^3 / 2 and vanishes at t = 0 only.

    Large terms cancel there but for their rounding, so the root is drawn far from t = 0, outside
    the strip in which the third action is the best.
    """
    first = "(49*t)**3/2 - 10**6*(49*u - 2)"
    low, high = Fraction(-1, 49), Fraction(2, 49)
    model = model_of(1, 3, [[[0, 0, 0]], [[0, first, "1/10**9 - (49*t)**2"]]], low, high)
    found = regime_geometry(bg.sweep(model, "t", "u", resolution=2))
    (met,) = (crossing for crossing in found.crossings.each() if not crossing.upward)
    assert abs(met.share - 1 / 3) > 1e-5
    best = [found.supports[regime] for regime in (met.before, met.on, met.after)]
    assert best == [(((1,), (reply,)),) for reply in (1, 4, 2)]
