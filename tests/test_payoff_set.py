"""bg.payoff_set: published sets, an independent oracle, and laws that every set obeys."""

from fractions import Fraction
from itertools import pairwise, product
from random import Random

import pytest
import sympy

import balancegame as bg
from balancegame.exact.algebraic import Algebraic
from balancegame.solvers.payoff_sets.payoff_set import feasible_payoffs, individually_rational
from tests.one_sentence import one_sentence
from tests.repeated_games import (
    APART,
    SUPPORT,
    TOGETHER,
    WITHHOLD,
    alliance,
    dilemma,
    random_automaton,
    random_game,
)

SHARP = dilemma(9, 1, 10, 3)


def vertices(stage, delta):
    found = bg.payoff_set(bg.RepeatedGame(stage, delta))
    assert found.error == 0
    return found.vertices


def exact(points):
    return tuple((Fraction(x), Fraction(y)) for x, y in points)


@pytest.mark.parametrize(
    ("stage", "delta", "expected"),
    [
        (SHARP, 0, [(3, 3)]),
        (SHARP, "142/1000", [(3, 3)]),
        (SHARP, "1/7", [(3, 3), (9, 9)]),
        (SHARP, "2/10", [(3, 3), (9, 9)]),
        (SHARP, "247/1000", [(3, 3), (9, 9)]),
        (SHARP, "1/4", [(3, 3), ("39/4", 3), (9, 9), (3, "39/4")]),
        (SHARP, "1/2", [(3, 3), ("39/4", 3), (9, 9), (3, "39/4")]),
        (SHARP, "99/100", [(3, 3), ("39/4", 3), (9, 9), (3, "39/4")]),
        (dilemma(), "24/100", [(1, 1)]),
        (dilemma(), "99/100", [(1, 1), ("13/3", 1), (3, 3), (1, "13/3")]),
        (alliance(), "46/100", [(0, 0)]),
        (alliance(), "1/2", [(0, 0), (4, 0), (3, 3), (0, "24/5")]),
        (alliance(), "9/10", [(0, 0), (4, 0), (3, 3), (0, "24/5")]),
        # Matching pennies has no equilibrium in pure strategies however patient the players.
        (bg.NormalFormGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]]), "99/100", []),
        (bg.NormalFormGame([[[1]], [[2]]]), "1/2", [(1, 2)]),
    ],
)
def test_known_sets(stage, delta, expected):
    assert vertices(stage, delta) == exact(expected)
    assert bg.payoff_set(bg.RepeatedGame(stage, delta)).dimension == min(len(expected), 3) - 1


@pytest.mark.parametrize("delta", ["7/15", "47/100", "48/100", "49/100"])
def test_the_alliance_between_seven_fifteenths_and_one_half(delta):
    d = Fraction(delta)
    expected = {(0, 0), (8 * d, 0), (10 * d - 2, 6 - 6 * d), (0, Fraction(24, 5))}
    assert set(vertices(alliance(), delta)) == expected


def test_the_segment_ends_at_an_irrational_discount_factor():
    edge = 36 * sympy.sqrt(7) - 95
    low, high = edge - sympy.Rational(1, 10**4), edge + sympy.Rational(1, 10**4)
    assert len(vertices(SHARP, Fraction(int(low * 10**9), 10**9))) == 2
    inside = bg.payoff_set(bg.RepeatedGame(SHARP, Fraction(int(high * 10**9), 10**9)))
    assert inside.dimension == 2


def test_every_vertex_says_how_it_is_supported():
    game = bg.RepeatedGame(alliance(), "12/25")
    found = bg.payoff_set(game)
    assert found.supports[0].profile == WITHHOLD
    for vertex, support in zip(found.vertices, found.supports, strict=True):
        now = game.stage.payoff(support.profile)
        d = game.patience
        mixed = tuple((1 - d) * a + d * w for a, w in zip(now, support.continuation, strict=True))
        assert mixed == vertex
        assert found.contains(support.continuation)


def test_membership():
    found = bg.payoff_set(bg.RepeatedGame(alliance(), "1/2"))
    assert (3, 3) in found
    assert found.contains(("7/2", "3/2"))
    assert not found.contains(("7/2", Fraction(3, 2) + Fraction(1, 10**12)))
    assert not bg.payoff_set(bg.RepeatedGame(alliance(), "1/3")).contains((3, 3))
    with one_sentence("pair of payoffs"):
        found.contains(3)


def reach(polygon, direction):
    return max(float(x) * direction[0] + float(y) * direction[1] for x, y in polygon)


DIRECTIONS = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (2, -1), (-1, 3)]


def by_linear_programmes(stage, d, steps=400):
    """Return how far the truth reaches along directions: all continuations, naive and slow.

    The set is kept as the half-planes of many directions, and each step takes, for every profile,
    the continuation in it that reaches furthest; half-planes only ever come closer.
    """
    import numpy as np

    angles = [2 * np.pi * k / 48 for k in range(48)]
    normals = np.array([(np.cos(t), np.sin(t)) for t in angles])
    first, second = (np.array(array, dtype=float) for array in stage.payoffs)
    cells = list(np.ndindex(first.shape))
    points = np.array([(first[c], second[c]) for c in cells])
    gains = np.array(
        [(first[:, j].max() - first[i, j], second[i].max() - second[i, j]) for i, j in cells]
    )
    corners = points
    for _ in range(steps):
        if not len(corners):
            return None
        low, ring = corners.min(axis=0), around(corners)
        found = []
        for g, h in zip(points, gains, strict=True):
            found += [(1 - d) * g + d * w for w in cut(ring, low + (1 - d) / d * h)]
        if not found:
            return None
        found = np.array(found)
        keep = {int(np.argmax(found @ n)) for n in normals}
        far = max(np.abs((corners @ n).max() - (found @ n).max()) for n in normals)
        corners = found[sorted(keep)]
        if far < 1e-9:
            break
    return corners


def around(corners):
    """Return the corners of a convex hull in order."""
    from scipy.spatial import ConvexHull, QhullError

    try:
        return corners[ConvexHull(corners).vertices]
    except (QhullError, ValueError):
        return corners


def cut(ring, low):
    """Return the corners of the part of a convex hull that lies at or above two bounds."""
    import numpy as np

    for axis in (0, 1):
        kept = []
        for p, q in zip(ring, np.roll(ring, -1, axis=0), strict=True):
            if p[axis] >= low[axis] - 1e-12:
                kept.append(p)
            if (p[axis] - low[axis]) * (q[axis] - low[axis]) < 0:
                kept.append(p + (q - p) * (low[axis] - p[axis]) / (q[axis] - p[axis]))
        ring = np.array(kept)
        if not len(ring):
            break
    return ring


def test_sets_agree_with_a_naive_oracle():
    rng = Random(64)
    shapes = set()
    for _ in range(30):
        stage = random_game(rng, (2, 2), -5, 5)
        delta = Fraction(rng.randint(20, 90), 100) + Fraction(1, 997)
        found = bg.payoff_set(bg.RepeatedGame(stage, delta))
        truth = by_linear_programmes(stage, float(delta))
        shapes.add(found.dimension)
        if truth is None:
            assert found.dimension == -1
            continue
        for direction in DIRECTIONS:
            # The oracle stays outside; its hull of far corners may lose a little inside.
            assert reach(found.vertices, direction) == pytest.approx(
                reach(truth, direction), abs=2e-2
            )
    assert shapes >= {0, 2}


def random_delta(rng):
    return Fraction(rng.randint(5, 95), 100)


def within(inner, outer):
    return all(outer.contains(point) for point in inner.vertices)


def test_sets_grow_with_delta_inside_what_is_feasible_and_rational():
    rng = Random(65)
    for _ in range(30):
        stage = random_game(rng, (rng.randint(2, 3), rng.randint(2, 3)), -4, 4)
        deltas = sorted(random_delta(rng) for _ in range(3))
        sets = [bg.payoff_set(bg.RepeatedGame(stage, delta)) for delta in deltas]
        for smaller, larger in pairwise(sets):
            assert all(larger.contains(point) for point in smaller.inside)
        low = individually_rational(sets[0].game)
        feasible = feasible_payoffs(sets[0].game)
        for found in sets:
            for point in found.inside:
                assert point[0] >= low[0]
                assert point[1] >= low[1]
                assert all(reach([point], n) <= reach(feasible, n) + 1e-9 for n in DIRECTIONS)


def test_sets_hold_the_payoffs_of_verified_automata():
    rng = Random(66)
    verified = 0
    for _ in range(150):
        stage = random_game(rng, (2, 2), 0, 3)
        game = bg.RepeatedGame(stage, random_delta(rng))
        automata = [random_automaton(rng, stage, i, rng.randint(1, 2)) for i in range(2)]
        if bg.verify(game, automata):
            verified += 1
            assert bg.discounted_payoffs(game, automata) in bg.payoff_set(game)
    assert verified > 10
    for delta in ("7/15", "1/2", "3/4"):
        for norm in (bg.grim_trigger, bg.forgiving_reciprocity):
            game = bg.RepeatedGame(alliance(), delta)
            if bg.verify(game, norm(SUPPORT, WITHHOLD)):
                assert (3, 3) in bg.payoff_set(game)
    turns = bg.alternation([("C", "D"), ("D", "C")], APART)
    game = bg.RepeatedGame(dilemma(), "1/4")
    assert bg.verify(game, turns)
    assert bg.discounted_payoffs(game, turns) in bg.payoff_set(game)
    assert not bg.verify(game, bg.grim_trigger(TOGETHER, APART))


def test_a_hazard_shrinks_the_set_like_impatience():
    broken = bg.payoff_set(bg.RepeatedGame(alliance(), "9/10", hazard="1/2"))
    assert broken.vertices == vertices(alliance(), "9/20") == exact([(0, 0)])


def irrational_limits():
    rng = Random(2)
    for _ in range(111):
        stage = random_game(rng, (2, 2), -10, 10)
        delta = Fraction(rng.randint(10, 99), 100)
    yield stage, delta
    patient = [
        [[-3, -4, -2], [4, -3, 1], [-4, -3, -1]],
        [[2, -2, 0], [1, 1, 3], [-3, -3, 3]],
    ]
    yield bg.NormalFormGame(patient), Fraction(199, 200)
    # One coordinate leads back to itself on the way of another that does.
    yield (
        thousandths(
            [[-2106, 2576, -8395], [23, 6495, 128]], [[-996, -996, 7955], [-3435, -454, 1866]]
        ),
        Fraction(83, 100),
    )
    # More sides than those of the set itself would spoil the proof.
    yield (
        thousandths(
            [[2906, 4584, 8127, 9044], [-9152, 2315, 3804, -107]],
            [[1990, 2361, -7589, -263], [-7122, 6463, 2610, 1084]],
        ),
        Fraction(43, 50),
    )


def thousandths(*tables):
    return bg.NormalFormGame([[[Fraction(v, 1000) for v in r] for r in t] for t in tables])


@pytest.mark.parametrize(("stage", "delta"), list(irrational_limits()))
def test_an_irrational_limit_is_exact(stage, delta):
    found = bg.payoff_set(bg.RepeatedGame(stage, delta))
    assert found.error == 0
    assert found.inside == found.vertices
    assert any(isinstance(c, Algebraic) for point in found.vertices for c in point)
    least = [min(point[player] for point in found.vertices) for player in (0, 1)]
    for vertex, support in zip(found.vertices, found.supports, strict=True):
        assert support.continuation in found
        profile = [names.index(name) for names, name in
                   zip(stage.actions, support.profile, strict=True)]  # fmt: skip
        for player in (0, 1):
            table = stage.payoffs[player]
            now = table[profile[0]][profile[1]]
            lines = (row[profile[1]] for row in table) if player == 0 else table[profile[0]]
            later = support.continuation[player]
            assert vertex[player] == (1 - delta) * now + delta * later
            assert vertex[player] >= (1 - delta) * max(lines) + delta * least[player]


def test_patience_near_one_is_enclosed_closely():
    # A set that reproduces itself is found, but nothing proves that there is no more.
    tables = [[[7, 5], [5, -2]], [[-6, -2], [-5, -5]]]
    found = bg.payoff_set(bg.RepeatedGame(bg.NormalFormGame(tables), "49/50"))
    assert 0 < found.error < Fraction(1, 10**7)
    assert "an enclosure, error" in repr(found)
    assert found.inside
    assert all(found.contains(point) for point in found.inside)


def test_an_enclosure_is_close_where_sets_shrink_slowly():
    # Each step takes a twenty-fifth of what is left, and no proof shows where that ends.
    stage = bg.NormalFormGame([[["7/6", "4/3"], [-3, -1]], [["3/2", 9], [-7, "-1/3"]]])
    found = bg.payoff_set(bg.RepeatedGame(stage, "959/1000"))
    assert found.error < Fraction(1, 10**4)
    assert all(found.contains(point) for point in found.inside)


def test_an_enclosure_holds_no_less_than_each_can_secure():
    stage = bg.NormalFormGame([[[1, 2], [1, 0]], [[0, 1], [1, 2]]])
    found = bg.payoff_set(bg.RepeatedGame(stage, "47/50"))
    assert min(x for x, _ in found.vertices) > min(y for _, y in found.vertices) == 1


def test_of_profiles_with_the_same_payoffs_the_one_that_lasts_is_named():
    stage = bg.NormalFormGame([[[1, 0, 3], [1, 1, 1]], [[2, 0, 2], [2, 0, 3]]])
    found = bg.payoff_set(bg.RepeatedGame(stage, "22/25"))
    support = found.supports[found.vertices.index((1, 2))]
    assert (support.profile, support.continuation) == (("action 1", "action 1"), (1, 2))


def test_irrational_numbers_are_no_obstacle_where_steps_settle():
    root = sympy.sqrt(2)
    stage = bg.NormalFormGame([[[root, 0], [5, 1]], [[root, 5], [0, 1]]])
    assert vertices(stage, "1/2") == exact([(1, 1), (4, 1), (1, 4)])
    assert vertices(stage, "1/10") == exact([(1, 1)])
    sharp = bg.payoff_set(bg.RepeatedGame(SHARP, root / 2))
    assert sharp.vertices == exact([(3, 3), ("39/4", 3), (9, 9), (3, "39/4")])
    d = sharp.game.patience
    for vertex, support in zip(sharp.vertices, sharp.supports, strict=True):
        now = SHARP.payoff(support.profile)
        later = support.continuation
        assert vertex == tuple((1 - d) * a + d * w for a, w in zip(now, later, strict=True))


def test_a_limit_that_rounding_could_hide_is_proved():
    # Sides that exact steps reach at once bind beside others that only close in.
    stage = bg.NormalFormGame(
        [
            [[-3, 8, -1, 6], [0, -6, 6, -6], [-3, 10, -2, 8], [-3, -4, -1, -1]],
            [[-9, 1, 6, 7], [3, 8, -4, 3], [-4, 6, -6, 10], [-7, 2, 9, -3]],
        ]
    )
    found = vertices(stage, "23/25")
    assert len(found) == 7
    assert {(8, 10), (Fraction(457, 50), 7), (Fraction(469, 50), Fraction(181, 25))} <= set(found)


def test_the_largest_of_several_sets_that_support_themselves_is_found():
    # The search passes a smaller one, too, which generates itself but is not all.
    stage = bg.NormalFormGame([[[-7, -10], [10, -7]], [[8, -3], [2, -6]]])
    truth = exact([("3/19", 2), (10, 2), ("63/25", "116/25")])
    assert vertices(stage, "19/25") == truth


def test_errors():
    with one_sentence("two players", "has 3"):
        bg.payoff_set(bg.RepeatedGame(random_game(Random(1), (2, 2, 2)), "1/2"))
    with one_sentence("payoff_set takes a RepeatedGame"):
        bg.payoff_set(alliance())


def test_the_alliance_formula_of_the_true_frontier():
    # Nothing but (0, 0) below b (1 + a) / (1 + b), a and b the two stationary thresholds.
    for E, Y, D, y in product((1, 2), (4, 5), (6, 7), (2, 3)):
        low, high = sorted((Fraction(E, Y), Fraction(y, D)))
        edge = high * (1 + low) / (1 + high)
        stage = alliance(E, Y, D, y)
        assert vertices(stage, edge - Fraction(1, 10**4)) == ((0, 0),)
        assert bg.payoff_set(bg.RepeatedGame(stage, edge)).dimension > 0
