"""Curves of a phase diagram: exact signs around a grid, and lines with few points."""

import random
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.figures.phase_diagram.lettering import _depth
from balancegame.solvers.parametric.factors import coprime_factors
from balancegame.solvers.parametric.grid import Axis
from balancegame.solvers.parametric.grid_signs import signs_on_grid
from balancegame.solvers.phase_diagram.curves import Curve
from balancegame.solvers.phase_diagram.outlines import thinned
from tests.bounded_fractions import fractions_between


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([1, 10**5, 10**13, 10**17, 10**30]))
def test_signs_at_and_beside_grid_points_are_exact(seed, largest):
    """The sizes decide whether values are found in double precision or in integers."""
    source = random.Random(seed)
    powers = [(i, j) for i in range(3) for j in range(3)]
    terms = {p: source.randint(-largest, largest) for p in source.sample(powers, 4)}
    terms = {p: c for p, c in terms.items() if c} or {(1, 0): 1}
    if source.random() < 0.5:
        # A curve through the point (1/3, -1/2) of the grid.
        value = sum(c * Fraction(1, 3) ** i * Fraction(-1, 2) ** j for (i, j), c in terms.items())
        terms = {p: c * 36 for p, c in terms.items()}
        terms[0, 0] = terms.get((0, 0), 0) - int(36 * value)
        terms = {p: c for p, c in terms.items() if c} or {(1, 0): 3, (0, 0): -1}
    x, y = Axis(bg.Parameter("x", "", 0, -1, 1), 7), Axis(bg.Parameter("y", "", 0, -1, 1), 5)
    at, beside = signs_on_grid([terms, {(0, 1): 1}], x, y)
    near, whole = Fraction(1, 10**80), 6 * 10**480

    def sign(a, b):
        """In integers: a and b as multiples of 1 / whole."""
        p, q = int(a * whole), int(b * whole)
        value = sum(c * p**i * q**j * whole ** (4 - i - j) for (i, j), c in terms.items())
        return (value > 0) - (value < 0)

    for row, b in enumerate(y.points):
        for column, a in enumerate(x.points):
            assert at[0, row, column] == sign(a, b)
            across, up = (-1 if a == 1 else 1), (-1 if b == 1 else 1)
            assert beside[0, row, column] == sign(a + across * near, b + up * near**6)


@given(st.integers(0, 2**32), fractions_between(-5, 5), fractions_between(-5, 5))
def test_the_sign_of_a_curve_at_a_point_is_exact(seed, x, y):
    source = random.Random(seed)
    powers = [(i, j) for i in range(4) for j in range(4) if i + j < 5 and i + j]
    terms = {p: source.choice([-7, -1, 2, 3]) for p in source.sample(powers, 4)}
    value = sum(c * x**i * y**j for (i, j), c in terms.items())
    assert Curve(terms).sign(x, y) == (value > 0) - (value < 0)
    # The curve is moved so that it passes through the point.
    through = {p: c * value.denominator for p, c in terms.items()} | {(0, 0): -value.numerator}
    assert Curve({p: c for p, c in through.items() if c}).sign(x, y) == 0


def test_products_of_known_lines_are_split_into_lines():
    """(x + y + 1)(x - y), and (x - y)^2 (x^2 + y), as factors that others name."""
    line, other = {(1, 0): 1, (0, 1): 1, (0, 0): 1}, {(1, 0): 1, (0, 1): -1}
    product = {(2, 0): 1, (0, 2): -1, (1, 0): 1, (0, 1): -1}
    rest = {(2, 0): 1, (0, 1): 1}
    higher = {(4, 0): 1, (3, 1): -2, (2, 2): 1, (2, 1): 1, (1, 2): -2, (0, 3): 1}
    found = coprime_factors([line, other, product, higher, rest])
    assert found[:2] == [[line], [other]]
    assert sorted(found[2], key=len) == [other, line]
    assert found[3] == [other, other, rest]
    assert found[4] == [rest]


@given(st.integers(0, 2**32), st.integers(2, 9), st.integers(2, 9))
def test_the_depth_of_a_point_is_its_fewest_steps_to_elsewhere(seed, rows, columns):
    source = random.Random(seed)
    areas = np.array([[source.choice([0, 0, 0, 1]) for _ in range(columns)] for _ in range(rows)])

    def edge(row, column):
        beside = [(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)]
        return any(
            areas[r, c] != areas[row, column]
            for r, c in beside
            if 0 <= r < rows and 0 <= c < columns
        )

    edges = [(r, c) for r in range(rows) for c in range(columns) if edge(r, c)]
    outside = [(r, c) for r in range(-1, rows + 1) for c in (-1, columns)]
    outside += [(r, c) for r in (-1, rows) for c in range(columns)]
    for (row, column), depth in np.ndenumerate(_depth(areas)):
        assert depth == min(abs(row - r) + abs(column - c) for r, c in edges + outside)


def test_a_line_keeps_its_bends_and_loses_what_lies_between():
    straight = [(k / 10, k / 20) for k in range(11)]
    bent = [(0.0, 0.0), (0.5, 0.5), (0.7, 0.7), (0.8, 0.1), (0.9, 0.1), (1.0, 0.1)]
    closed = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.5), (0.0, 0.0)]
    assert thinned([straight, bent, [(0.0, 1.0), (1.0, 1.0)], closed]) == [
        [straight[0], straight[-1]],
        [bent[0], bent[2], bent[3], bent[5]],
        [(0.0, 1.0), (1.0, 1.0)],
        [*closed[:4], closed[5]],
    ]
