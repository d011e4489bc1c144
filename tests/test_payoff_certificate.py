"""The pieces of payoff sets: polygons, supporting continuations, and what may count as proof."""

from fractions import Fraction
from random import Random

import pytest

import balancegame as bg
from balancegame.solvers.payoff_sets.certificate import contracts, self_supporting
from balancegame.solvers.payoff_sets.enclosure import (
    closest_around,
    inside_by_shrinking,
    outer_step,
    stays_inside,
)
from balancegame.solvers.payoff_sets.limit_search import exact_limits
from balancegame.solvers.payoff_sets.payoff_set import feasible_payoffs
from balancegame.solvers.payoff_sets.polygons import (
    common_part,
    contains,
    cut,
    distance_bound,
    edge_normals,
    hull,
    support,
)
from balancegame.solvers.payoff_sets.self_generation import (
    all_generated,
    lowest,
    pure_minmax,
    stage_payoffs,
    step,
)
from tests.repeated_games import dilemma, random_game


def random_polygon(rng, points):
    return hull(
        (Fraction(rng.randint(-9, 9), rng.randint(1, 4)), Fraction(rng.randint(-9, 9)))
        for _ in range(points)
    )


def test_hulls_hold_every_point_and_no_vertex_between_others():
    rng = Random(80)
    for _ in range(30):
        points = [(Fraction(rng.randint(-9, 9), 7), Fraction(rng.randint(-9, 9), 3))
                  for _ in range(25)]  # fmt: skip
        found = hull(points)
        assert all(contains(found, point) for point in points)
        for vertex in found:
            rest = hull(point for point in points if point != vertex)
            assert not contains(rest, vertex)


def profiles(payoffs):
    """Return each profile with its payoffs and the gains from departing from it."""
    rows = zip(payoffs.cells, *payoffs.columns, strict=True)
    return [(cell, (x, y), (ours, theirs)) for cell, x, y, ours, theirs in rows]


def generated(payoffs, polygon, threats):
    """Return the hull of what a step yields in fractions, and how each point is supported."""
    d, (xs, ys, ours, theirs) = payoffs.patience, payoffs.columns
    share = (1 - d) / d
    rows = [
        (k, x, y, share * a, share * b, x + a, y + b)
        for k, (x, y, a, b) in enumerate(zip(xs, ys, ours, theirs, strict=True))
    ]
    found = step(rows, (1 - d, d, 1), polygon, threats)
    return hull(found), found


def test_binding_continuations_are_those_of_the_definition():
    rng = Random(81)
    corners = 0
    for _ in range(150):
        stage = random_game(rng, (2, 2), -5, 5)
        payoffs = stage_payoffs(stage, Fraction(rng.randint(2, 9), 10))
        polygon = random_polygon(rng, rng.randint(1, 7))
        threats = lowest(polygon)
        d = payoffs.patience
        points = []
        for k, (_, g, gains) in enumerate(profiles(payoffs)):
            alone = payoffs.only([j == k for j in range(len(payoffs.cells))])
            low, left = (u + (1 - d) / d * h for u, h in zip(threats, gains, strict=True))
            inside = cut(cut(polygon, (-1, 0), -low), (0, -1), -left)
            every = hull(tuple((1 - d) * a + d * b for a, b in zip(g, w, strict=True))
                         for w in inside)  # fmt: skip
            assert all_generated(alone, polygon, threats) == every
            if g[0] >= low and g[1] >= left:
                expected = {g}
            else:
                binding = [w for w in inside if w[0] == low or w[1] == left]
                corners += (low, left) in binding
                expected = {tuple((1 - d) * a + d * b for a, b in zip(g, w, strict=True))
                            for w in binding}  # fmt: skip
            kept, support = generated(alone, polygon, threats)
            assert kept == hull(expected)
            assert set(support) >= set(kept)
            points += expected
        together, support = generated(payoffs, polygon, threats)
        assert together == hull(points)
        assert set(support) >= set(together)
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


def between(inner, outer, t):
    return hull(
        ((1 - t) * p[0] + t * q[0], (1 - t) * p[1] + t * q[1]) for p in inner for q in outer
    )


def test_what_is_said_to_shrink_does():
    # From the definition, at some t: what the set between generates lies in it, short of the sides
    # at which the two sets differ.
    rng = Random(90)
    verdicts = []
    for _ in range(90):
        stage = random_game(rng, rng.choice([(2, 2), (2, 3), (3, 3)]), -5, 5)
        game = bg.RepeatedGame(stage, Fraction(rng.randint(2, 9), 10))
        payoffs, truth = stage_payoffs(stage, game.patience), bg.payoff_set(game)
        if not truth.vertices:
            continue
        feasible = feasible_payoffs(game)
        x, y = truth.vertices[0]
        shares = [Fraction(rng.randint(0, 4), 4) for _ in range(2)]
        for inner, outer in (
            (truth.vertices, feasible),
            (truth.vertices, between(truth.vertices, feasible, Fraction(1, 100))),
            (between(truth.vertices, feasible, shares[0] / 4), feasible),
            (between(((x, y),), truth.vertices, shares[1]), feasible),
        ):
            verdicts.append(contracts(payoffs, inner, outer))
            if not verdicts[-1]:
                continue
            for t in (Fraction(1, 50), Fraction(1, 3), Fraction(3, 4), Fraction(1)):
                middle = between(inner, outer, t)
                reached = all_generated(payoffs, middle, lowest(middle))
                if not reached:
                    continue
                for n in [*edge_normals(inner), *edge_normals(outer)]:
                    near, far = support(inner, n), support(outer, n)
                    assert support(reached, n) <= near + t * (far - near)
                    assert support(reached, n) < near + t * (far - near) or near == far
    assert verdicts.count(True) > 60
    assert verdicts.count(False) > 60


def test_a_set_that_reproduces_itself_shrinks_to_nothing_smaller():
    rng = Random(89)
    tried = 0
    for _ in range(80):
        stage = random_game(rng, (2, 3), -5, 5)
        game = bg.RepeatedGame(stage, Fraction(rng.randint(4, 9), 10))
        found, alone = bg.payoff_set(game), bg.payoff_set(bg.RepeatedGame(stage, 0))
        if found.error or not alone.vertices or found.vertices == alone.vertices:
            continue
        payoffs = stage_payoffs(stage, game.patience)
        assert not contracts(payoffs, alone.vertices, found.vertices)
        tried += 1
    assert tried > 10


def test_sets_that_generate_themselves_hold_on_to_what_they_are():
    # What impatient players support generates itself among patient ones; the truth is more.
    rng = Random(92)
    tried = 0
    for _ in range(100):
        stage = random_game(rng, rng.choice([(2, 2), (2, 3), (3, 3)]), -5, 5)
        lower, higher = sorted(Fraction(rng.randint(10, 95), 100) for _ in range(2))
        game = bg.RepeatedGame(stage, higher)
        smaller, truth = bg.payoff_set(bg.RepeatedGame(stage, lower)), bg.payoff_set(game)
        if smaller.error or truth.error or not smaller.vertices:
            continue
        if smaller.vertices == truth.vertices:
            continue
        payoffs = stage_payoffs(stage, higher)
        assert stays_inside(smaller.vertices, truth.vertices)
        # In between, every mean of it and the truth.
        for share in (Fraction(0), Fraction(1, 2), Fraction(99, 100)):
            inner = between(smaller.vertices, truth.vertices, share)
            for outer in (truth.vertices, feasible_payoffs(game)):
                if inner != truth.vertices:
                    assert not contracts(payoffs, inner, outer)
        tried += 1
    assert tried > 30


def test_what_grows_encloses_the_truth():
    rng = Random(93)
    closest = []
    for _ in range(120):
        stage = random_game(rng, (2, 2), -9, 9)
        game = bg.RepeatedGame(stage, Fraction(rng.randint(20, 90), 100))
        payoffs, truth = stage_payoffs(stage, game.patience), bg.payoff_set(game)
        if truth.error or len(truth.vertices) < 3:
            continue
        outer = between(truth.vertices, feasible_payoffs(game), Fraction(1, 100))
        grown = closest_around(payoffs, truth.vertices, outer)
        if grown:
            assert stays_inside(truth.vertices, grown)
            assert grown != truth.vertices
            closest.append(distance_bound(truth.vertices, grown))
        if len(closest) == 4:
            break
    assert len(closest) == 4
    assert all(error < Fraction(1, 10**7) for error in closest)


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
        assert all(a >= b for a, b in zip(low, pure_minmax(payoffs), strict=True))
        # What can be played for ever is said to be, whatever else yields the same.
        share = (1 - payoffs.patience) / payoffs.patience
        lasting = {
            g
            for _, g, gains in profiles(payoffs)
            if all(own >= u + share * h for own, u, h in zip(g, low, gains, strict=True))
        }
        for vertex, supported in zip(found.vertices, found.supports, strict=True):
            assert supported.continuation == vertex or vertex not in lasting


def random_payoffs(rng, shapes=((2, 2), (3, 3), (4, 4))):
    shape = rng.choice(shapes)
    high = rng.choice([2, 9, 10**6])
    stage = random_game(rng, shape, -high, high)
    return stage, stage_payoffs(stage, Fraction(rng.randint(1, 99), 100))


def supports(payoffs, polygon, profile, vertex):
    """Return whether a profile supports a vertex of a set by continuations in it, as defined."""
    d, (_, g, gains) = payoffs.patience, profile
    later = tuple((v - (1 - d) * own) / d for v, own in zip(vertex, g, strict=True))
    return contains(polygon, later) and all(
        w >= u + (1 - d) / d * h for w, u, h in zip(later, lowest(polygon), gains, strict=True)
    )


def test_candidates_support_themselves_as_defined():
    # The truth for some patience, among players of another; each vertex by a profile that might.
    rng = Random(94)
    verdicts = []
    for _ in range(300):
        stage = random_game(rng, rng.choice([(2, 2), (2, 3), (3, 3)]), -5, 5)
        lower, higher = sorted(Fraction(rng.randint(10, 95), 100) for _ in range(2))
        truth = bg.payoff_set(bg.RepeatedGame(stage, lower))
        points = truth.vertices
        if truth.error or not all(isinstance(c, Fraction) for point in points for c in point):
            continue
        names = [stage.outcome(cell) for cell, _, _ in profiles(stage_payoffs(stage, lower))]
        by = [names.index(support.profile) for support in truth.supports]
        for patience in (lower, higher, lower * Fraction(9, 10)):
            payoffs = stage_payoffs(stage, patience)
            if not points:
                continue
            found = self_supporting(payoffs, points, [(k,) for k in by])
            expected = all(
                supports(payoffs, points, profiles(payoffs)[k], point)
                or any(
                    g == point and supports(payoffs, points, (cell, g, gains), point)
                    for cell, g, gains in profiles(payoffs)
                )
                for k, point in zip(by, points, strict=True)
            )
            assert bool(found) == expected
            verdicts.append(expected)
    assert verdicts.count(True) > 100
    assert verdicts.count(False) > 30


def test_outer_steps_hold_all_that_is_generated():
    rng = Random(85)
    steps = 0
    for _ in range(50):
        stage, payoffs = random_payoffs(rng)
        floor = pure_minmax(payoffs)
        current = feasible_payoffs(bg.RepeatedGame(stage, "1/2"))
        for _ in range(4):
            low = lowest(current)
            threats = (max(low[0], floor[0]), max(low[1], floor[1]))
            wanted = all_generated(payoffs, current, threats)
            current = outer_step(payoffs, current, floor)
            assert stays_inside(wanted, current)
            if not current:
                assert not wanted
                break
            size = max(abs(c) for _, g, _ in profiles(payoffs) for c in g)
            assert distance_bound(wanted, current) <= size / Fraction(10**11)
            # Short numbers, however many steps there have been.
            assert all(c.denominator <= 2**60 for point in current for c in point)
            steps += 1
    assert steps > 100


def test_the_common_part_is_what_lies_in_both():
    rng = Random(91)
    inside = 0
    for _ in range(60):
        one, other = (random_polygon(rng, rng.randint(1, 6)) for _ in range(2))
        part = common_part(one, other)
        assert stays_inside(part, one)
        assert stays_inside(part, other)
        for _ in range(80):
            point = (Fraction(rng.randint(-18, 18), 2), Fraction(rng.randint(-18, 18), 2))
            both = contains(one, point) and contains(other, point)
            assert contains(part, point) == both
            inside += both
    assert inside > 50


def test_the_search_finds_limits_that_no_step_reaches():
    # Its first vertex comes closer by a constant share in each step and never arrives.
    stage = bg.NormalFormGame([[[-6, 10], [7, 1]], [[-2, 2], [-9, -5]]])
    game = bg.RepeatedGame(stage, "67/100")
    payoffs = stage_payoffs(stage, game.patience)
    *_, (found, _) = exact_limits(payoffs, feasible_payoffs(game), pure_minmax(payoffs))
    truth = bg.payoff_set(game)
    assert truth.error == 0
    assert truth.vertices == ((Fraction(89, 11), -5), (10, 2))
    for point, rough in zip(truth.vertices, found.vertices, strict=True):
        assert all(abs(a - b) < Fraction(1, 10**18) for a, b in zip(rough, point, strict=True))


def test_what_lies_inside_generates_itself():
    rng = Random(88)
    checked = 0
    for _ in range(25):
        stage, payoffs = random_payoffs(rng)
        game = bg.RepeatedGame(stage, payoffs.patience)
        found = bg.payoff_set(game)
        if len(found.vertices) < 3:
            continue
        inside = inside_by_shrinking(payoffs, found.vertices)
        assert stays_inside(inside, found.vertices)
        assert stays_inside(inside, all_generated(payoffs, inside, lowest(inside)))
        checked += len(inside) > 2
    assert checked > 4


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
