r"""The search for the set to which steps of Abreu and Sannikov lead, and the exact set beside it.

Steps in floats show how the vertices of the set support each other: of each vertex the profile, and
which constraints bind the continuation. Let d be the patience, g the stage payoffs of the profile,
h what each player could gain at once, b = g + h the best reply's payoff, and u the least payoffs of
the set, each a coordinate of one of its vertices. If player i's constraint binds,

.. math:: w_i = u_i + (1 - d) h_i / d, \qquad v_i = (1 - d) b_i + d u_i,

and the vertex that is least for i has :math:`v_i = b_i`. If only one constraint binds, the
continuation lies on an edge of the set, and its other coordinate is interpolated between two
vertices. So every coordinate is a formula in others. Where they do not lead back to themselves,
they are numbers. Where one of them, s, leads back to itself, it is a fixed point of M(s), a
quotient of two polynomials that a few of its values determine. Most often both are linear, so that
s is rational or the root of a quadratic. An exact check decides whether the set found so supports
itself.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from math import dist, inf, lcm
from typing import Any, NamedTuple

from balancegame.errors import GameError
from balancegame.exact.algebraic import number_at_place
from balancegame.exact.polynomials import add, multiply, negative, primitive, squarefree
from balancegame.exact.roots import roots_between
from balancegame.solvers.payoff_sets.certificate import Limit, self_supporting
from balancegame.solvers.payoff_sets.polygons import Point, Polygon, over, ring
from balancegame.solvers.payoff_sets.self_generation import Cell, StagePayoffs, lowest, step

# As shares of the largest payoff: what a constraint may miss by rounding, and the last step.
SLACK = 2.0**-42
SETTLED = 2.0**-46
# A last step this much shorter than what a set loses or gains in each does not undo that.
SETTLED_SHARE = 1e-3
MOST_STEPS = 400
# A search goes on from an exact set for as many steps as led there, and for these.
STEPS_BEYOND = 100
# A continuation this close to a vertex, as a share of the set's width, is that vertex; a guess that
# leads to another set at worst, which does not support itself.
NEAR = 1e-9
# A unit's parts, at which a formula is tried.
PARTS = 2**10
# Values of a formula that are taken before it counts as one of too high a degree.
MOST_PLACES = 12

Coefficients = tuple[Any, ...]
Node = tuple[int, int]
# None of coordinates that are being asked for.
Known = dict[Node, Any]


class Vertex(NamedTuple):
    """Who supports a vertex, which constraints bind, and on which edge the continuation lies.

    A vertex that supports itself is such an edge, from itself to itself.
    """

    profile: int
    binds: tuple[bool, bool]
    edge: tuple[int, int]


# How vertices support each other, and which of them are least for each player.
Structure = tuple[tuple[Vertex, ...], tuple[int, int]]


class _LeadsBackError(Exception):
    """A coordinate is a formula in itself."""


def exact_limits(payoffs: StagePayoffs, polygon: Polygon, least: Point) -> Iterator[Limit]:
    """Yield exact sets that support themselves, found on the way from a polygon.

    No payoff is below the least ones.
    """
    tried: list[Structure] = []
    last = MOST_STEPS
    for count, (vertices, told) in enumerate(approach(payoffs, polygon, least)):
        if vertices and (structure := told()) not in tried:
            tried.append(structure)
            points = solved(payoffs, structure, vertices)
            by = [(vertex.profile,) for vertex in structure[0]]
            if points and (limit := self_supporting(payoffs, points, by)):
                yield limit
                last = 2 * count + STEPS_BEYOND
        if count >= last:
            break


def settled(payoffs: StagePayoffs, polygon: Polygon, lost: float = 0) -> Polygon:
    """Return where the approach from a polygon ends."""
    *_, (vertices, _) = approach(payoffs, polygon, (-inf, -inf), lost)
    return tuple((Fraction(x), Fraction(y)) for x, y in vertices)


def played_near(payoffs: StagePayoffs, polygon: Polygon, least: Point) -> list[Cell]:
    """Return what a rounded step from a polygon plays first nearest to each of its vertices."""
    vertices, told = next(approach(payoffs, polygon, least))
    played = told()[0]
    nearest = [min(range(len(vertices)), key=lambda n: dist(vertices[n], v)) for v in polygon]
    return [payoffs.cells[played[n].profile] for n in nearest]


def approach(
    payoffs: StagePayoffs, polygon: Polygon, least: Point, lost: float = 0
) -> Iterator[tuple[Polygon, Callable[[], Structure]]]:
    """Yield the rounded steps that iteration from a polygon takes until it settles.

    Each with what tells how its vertices support each other. After each step a set loses a share
    of the way to its centre; it grows by a negative one. No payoff is below the least ones.
    """
    if not polygon:
        return
    patience, (xs, ys, *gains) = float(payoffs.patience), payoffs.columns
    share = (1 - patience) / patience
    needs = [[*map(share.__mul__, map(float, listed))] for listed in gains]
    columns = [range(len(xs)), [*map(float, xs)], [*map(float, ys)], *needs]
    columns += [[*map(operator.add, xs, gains[0])], [*map(operator.add, ys, gains[1])]]
    vertices: Polygon = tuple([(float(x), float(y)) for x, y in polygon])
    size = max([abs(c) for point in vertices for c in point]) or 1.0
    slack, short = SLACK * size, max(SETTLED, abs(lost) * SETTLED_SHARE) * size
    low, left = map(float, least)
    for _ in range(MOST_STEPS):
        before, (u, v) = vertices, lowest(vertices)
        threats = max(u, low) - slack, max(v, left) - slack
        found = step(zip(*columns, strict=True), (1 - patience, patience, 1), before, threats)
        vertices = _plain(ring(found), slack)
        if lost and vertices:
            x, y = (sum(listed) / len(vertices) for listed in zip(*vertices, strict=True))
            vertices = ring(
                # Payoffs that follow themselves for ever lie inside already.
                (a, b)
                if lost > 0 and found[a, b][1] == (a, b)
                else (a + lost * (x - a), b + lost * (y - b))
                for a, b in vertices
            )
        yield vertices, partial(_structure, vertices, found, threats, needs)
        if not vertices or (
            len(vertices) == len(before) and max(map(dist, vertices, before)) <= short
        ):
            break


def _structure(
    polygon: Polygon,
    found: Mapping[Point, tuple[int, Point]],
    threats: Point,
    needs: Sequence[Sequence[float]],
) -> Structure:
    """Return how the vertices of a set that all but reproduces itself support each other."""
    (u, v), (ours, theirs) = threats, needs
    vertices = []
    for n, point in enumerate(polygon):
        k, later = found[point]
        binds, edge = (False, False), (n, n)
        if later != point:
            binds = later[0] == u + ours[k], later[1] == v + theirs[k]
            edge = edge if all(binds) else _edge(polygon, later)
        vertices.append(Vertex(k, binds, edge))
    xs, ys = zip(*polygon, strict=True)
    return tuple(vertices), (xs.index(min(xs)), ys.index(min(ys)))


def _edge(polygon: Polygon, point: Point) -> tuple[int, int]:
    """Return the ends of the edge nearest to a point, or one vertex twice if it is there."""
    apart = [dist(vertex, point) for vertex in polygon]
    width = max(apart)
    for k, distance in enumerate(apart):
        if distance <= NEAR * width:
            return k, k
    # On the edge itself the way round by the point is no longer than the edge.
    detours = [
        apart[k - 1] + apart[k] - dist(polygon[k - 1], vertex) for k, vertex in enumerate(polygon)
    ]
    k = detours.index(min(detours))
    return (k - 1) % len(polygon), k


def _plain(polygon: Polygon, slack: float) -> Polygon:
    """Return a polygon without the vertices that rounding made: twins, or all but on a line."""
    if len(polygon) < 2:
        return polygon
    start = polygon[0]
    apart = [dist(start, vertex) for vertex in polygon]
    if max(apart) <= slack:
        return polygon[:1]
    far = apart.index(max(apart))
    kept = [start]
    for k, point in enumerate(polygon[1:], 1):
        (x, y), (px, py), after = point, kept[-1], polygon[(k + 1) % len(polygon)]
        height = (after[0] - px) * (py - y) - (after[1] - py) * (px - x)
        if k == far or (height > slack * dist(kept[-1], after) and dist(point, after) > slack):
            kept.append(point)
    return tuple(kept)


def solved(payoffs: StagePayoffs, structure: Structure, near: Polygon) -> list[Point]:
    """Return points that support each other in a certain way; none if none are found."""
    vertices, lowest = structure
    (later, whole), (stage, gains) = payoffs.ratio, (payoffs.columns[:2], payoffs.columns[2:])
    now = whole - later

    def coordinate(known: Known, k: int, axis: int) -> Any:
        node = k, axis
        if node not in known:
            known[node] = None
            try:
                known[node] = formula(known, k, axis)
            except _LeadsBackError as back:
                del known[node]
                if back.args != node:
                    raise
                known[node] = fixed(known, k, axis)
        if known[node] is None:
            raise _LeadsBackError(*node)
        return known[node]

    def fixed(known: Known, k: int, axis: int) -> Any:
        """Return a coordinate that is a formula in itself: where that formula gives it again."""
        close = near[k][axis]
        places = (Fraction(round(close * PARTS) + part, PARTS) for part in range(MOST_PLACES))
        top, bottom = quotient_through(
            (s, formula({**known, (k, axis): s}, k, axis)) for s in places
        )
        return root_near(add(top, negative((Fraction(0), *bottom))), close)

    def formula(known: Known, k: int, axis: int) -> Any:
        """Return what a coordinate's own formula makes of the others."""
        profile, binds, (i, j) = vertices[k]
        own, other = stage[axis][profile], 1 - axis
        if binds[axis]:
            best = own + gains[axis][profile]
            if lowest[axis] == k:
                return best
            return over(now * best + later * coordinate(known, lowest[axis], axis), whole)
        if i == j:
            return over(now * own + later * coordinate(known, i, axis), whole)
        start = coordinate(known, i, other)
        width = coordinate(known, j, other) - start
        least = coordinate(known, lowest[other], other)
        ahead = later * (least - start) + now * gains[other][profile]
        today, back = now * own * width, later * width - ahead
        # On an edge that ends here the formula is linear in what it says, unless that is tried.
        asked = known[k, axis] is None
        if asked and i == k:
            return over(today + ahead * coordinate(known, j, axis), now * width + ahead)
        today += back * coordinate(known, i, axis)
        if asked and j == k:
            return over(today, now * width + back)
        return over(today + ahead * coordinate(known, j, axis), whole * width)

    known: Known = {
        (k, axis): stage[axis][profile]
        for k, (profile, binds, edge) in enumerate(vertices)
        if edge == (k, k) and not any(binds)
        for axis in (0, 1)
    }
    try:
        return [(coordinate(known, k, 0), coordinate(known, k, 1)) for k in range(len(near))]
    except (GameError, ZeroDivisionError, ValueError):
        # Two irrational numbers of different kinds, an edge along a constraint, or no fixed point.
        return []


def quotient_through(values: Iterable[tuple[Any, Any]]) -> tuple[Coefficients, Coefficients]:
    """Return the polynomials whose quotient takes certain values at certain places.

    As many values are taken as it needs to foretell the next one: Thiele's continued fraction
    a0 + (s - s0)/(a1 + (s - s1)/(a2 + ...)).

    Examples
    --------
    >>> top, bottom = quotient_through((Fraction(s), Fraction(2 * s + 3, s + 2)) for s in range(9))
    >>> [str(c / bottom[-1]) for c in top], [str(c / bottom[-1]) for c in bottom]
    (['3', '2'], ['2', '1'])
    """
    parts: list[tuple[Any, Any]] = []
    for place, value in values:
        for start, part in parts:
            if value == part:
                top, bottom = (parts.pop()[1],), (Fraction(1),)
                for s, a in reversed(parts):
                    rest = multiply((-s, Fraction(1)), bottom)
                    top, bottom = add(multiply((a,), top), rest), top
                return top, bottom
            value = (place - start) / (value - part)
        parts.append((place, value))
    raise ValueError("the quotient is of too high a degree")


def root_near(polynomial: Coefficients, near: float) -> Any:
    """Return the real root of a polynomial nearest to a number.

    Examples
    --------
    >>> str(root_near((-2, 0, 1), 1.4)), root_near((-2, 3), 1.0)
    ('sqrt(2)', Fraction(2, 3))
    """
    if len(polynomial) == 2:
        return over(-polynomial[0], polynomial[1])
    if not all(isinstance(c, (int, Fraction)) for c in polynomial):
        raise ValueError("the root of a polynomial with irrational coefficients")
    common = lcm(*(c.denominator for c in polynomial))
    whole = squarefree(primitive(tuple(int(c * common) for c in polynomial)))
    bound = 1 + max(abs(Fraction(c, whole[-1])) for c in whole)
    numbers = map(number_at_place, roots_between(whole, -bound, bound))
    return min(numbers, key=lambda root: abs(root - Fraction(near)))
