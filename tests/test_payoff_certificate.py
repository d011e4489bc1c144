"""The pieces of payoff sets: polygons, supporting continuations, and what may count as proof."""

from fractions import Fraction
from random import Random

import pytest

import balancegame as bg
from balancegame.solvers.payoff_certificate import (
    contracts,
    distance_bound,
    rounded_outward,
    stays_inside,
)
from balancegame.solvers.payoff_set import feasible_payoffs
from balancegame.solvers.polygons import clipped, contains, hull
from balancegame.solvers.self_generation import (
    all_generated,
    generated,
    lowest,
    pure_minmax,
    stage_payoffs,
)
from tests.repeated_games import dilemma, random_game


def random_polygon(rng, points):
    return hull(
        (Fraction(rng.randint(-9, 9), rng.randint(1, 4)), Fraction(rng.randint(-9, 9)))
        for _ in range(points)
    )


def test_hulls_do_not_depend_on_what_is_left_out_early():
    rng = Random(80)
    for _ in range(60):
        points = [(Fraction(rng.randint(-20, 20), 7), Fraction(rng.randint(-20, 20), 3))
                  for _ in range(40)]  # fmt: skip
        found = hull(points)
        # The definition: no point outside, no vertex between others.
        assert all(contains(found, point) for point in points)
        for vertex in found:
            rest = hull(point for point in points if point != vertex)
            assert not contains(rest, vertex)


def test_binding_continuations_are_those_of_the_definition():
    rng = Random(81)
    corners = 0
    for _ in range(300):
        stage = random_game(rng, (2, 2), -5, 5)
        payoffs = stage_payoffs(stage, Fraction(rng.randint(2, 9), 10))
        polygon = random_polygon(rng, rng.randint(1, 7))
        threats = lowest(polygon)
        d = payoffs.patience
        expected = set()
        for _, g, needed in payoffs.entries:
            low, left = threats[0] + needed[0], threats[1] + needed[1]
            if g[0] >= low and g[1] >= left:
                expected.add(g)
                continue
            for w in clipped(clipped(polygon, 0, low), 1, left):
                if w[0] == low or w[1] == left:
                    expected.add(((1 - d) * g[0] + d * w[0], (1 - d) * g[1] + d * w[1]))
                    corners += w == (low, left)
        assert set(generated(payoffs, polygon, threats)[1]) == expected
    assert corners > 10


def test_nothing_smaller_than_the_truth_counts_as_proved():
    rng = Random(82)
    tried = 0
    for _ in range(80):
        stage = random_game(rng, (2, 2), -5, 5)
        game = bg.RepeatedGame(stage, Fraction(rng.randint(3, 9), 10))
        found = bg.payoff_set(game)
        if found.error or len(found.vertices) < 3:
            continue
        payoffs = stage_payoffs(stage, game.patience)
        for k in range(len(found.vertices)):
            inner = hull(v for j, v in enumerate(found.vertices) if j != k)
            assert not contracts(payoffs, inner, feasible_payoffs(game))
            middle = hull([((x + u) / 2, (y + v) / 2) for x, y in inner for u, v in found.vertices])
            assert not contracts(payoffs, middle, feasible_payoffs(game))
            tried += 2
    assert tried > 60


def test_the_operators_agree_at_the_truth():
    rng = Random(83)
    for _ in range(60):
        stage = random_game(rng, (2, 3), -5, 5)
        game = bg.RepeatedGame(stage, Fraction(rng.randint(2, 9), 10))
        found = bg.payoff_set(game)
        if found.error or not found.vertices:
            continue
        payoffs = stage_payoffs(stage, game.patience)
        low = lowest(found.vertices)
        assert generated(payoffs, found.vertices, low)[0] == found.vertices
        assert all_generated(payoffs, found.vertices, low) == found.vertices
        assert all(a >= b for a, b in zip(low, pure_minmax(stage), strict=True))


def test_rounding_only_ever_adds():
    rng = Random(84)
    for _ in range(40):
        polygon = hull((Fraction(rng.randint(-99, 99), 37), Fraction(rng.randint(-99, 99), 41))
                       for _ in range(6))  # fmt: skip
        wider = rounded_outward(polygon, 4)
        assert stays_inside(polygon, wider)
        assert 0 < distance_bound(polygon, wider) < Fraction(1, 8)
        assert all(c.denominator.bit_length() <= 5 for point in wider for c in point)


@pytest.mark.parametrize(
    ("inner", "outer", "squared"),
    [
        (((0, 0), (2, 0), (0, 2)), ((0, 0), (2, 0), (2, 2), (0, 2)), 2),
        (((0, 0),), ((0, 0), (3, 4)), 25),
        ((), ((0, 0), (3, 4)), 25),
        (((1, 1),), ((1, 1),), 0),
    ],
)
def test_the_error_is_the_greatest_distance(inner, outer, squared):
    fractions = [tuple((Fraction(x), Fraction(y)) for x, y in p) for p in (inner, outer)]
    bound = distance_bound(*fractions)
    assert squared <= bound**2 < squared + Fraction(1, 10**9)


def test_a_point_is_proved_where_it_is_all():
    game = bg.RepeatedGame(dilemma(9, 1, 10, 3), "1/8")
    payoffs = stage_payoffs(game.stage, game.patience)
    truth = ((Fraction(3), Fraction(3)),)
    near = hull((3 + Fraction(x, 100), 3 + Fraction(y, 100)) for x in (0, 1) for y in (0, 1))
    assert contracts(payoffs, truth, near)
    patient = stage_payoffs(game.stage, Fraction(1, 2))
    assert not contracts(patient, truth, feasible_payoffs(game))
