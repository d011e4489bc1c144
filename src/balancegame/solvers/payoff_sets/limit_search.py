"""The search for the set to which steps of Abreu and Sannikov lead, in floats.

Nothing found here is certified; exact arithmetic decides what to make of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import dist, inf
from operator import add
from typing import Any, NamedTuple

from balancegame.solvers.payoff_sets.binding_constraints import Structure, Vertex, solved
from balancegame.solvers.payoff_sets.certificate import Candidate, self_supporting
from balancegame.solvers.payoff_sets.polygons import Point, Polygon, ring
from balancegame.solvers.payoff_sets.self_generation import (
    StagePayoffs,
    lowest,
    step,
)

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

NO_LEVELS = (-inf, -inf)


class Step(NamedTuple):
    """What a step has led to: a set, and of each vertex the profile and the continuation."""

    vertices: Polygon
    found: dict[Point, tuple[int, Point]]
    threats: Point
    # By how much continuations must exceed the threats.
    needs: Sequence[Sequence[float]]


def exact_limits(payoffs: StagePayoffs, polygon: Polygon, least: Point) -> Iterator[Candidate]:
    """Yield exact sets that support themselves, found on the way from a polygon.

    No payoff is below the least ones.
    """
    tried: list[Structure] = []
    last = MOST_STEPS
    for count, taken in enumerate(approach(payoffs, polygon, least)):
        structure = _structure(taken)
        if structure and structure not in tried:
            tried.append(structure)
            by = [vertex.profile for vertex in structure[0]]
            points = solved(payoffs, structure, taken.vertices)
            if points and (candidate := self_supporting(payoffs, points, by)):
                yield candidate
                last = 2 * count + STEPS_BEYOND
        if count >= last:
            break


def settled(
    payoffs: StagePayoffs, polygon: Polygon, least: Point = NO_LEVELS, lost: float = 0
) -> Polygon:
    """Return where the approach from a polygon ends."""
    *_, last = approach(payoffs, polygon, least, lost)
    return tuple((Fraction(x), Fraction(y)) for x, y in last.vertices)


def _in_floats(payoffs: StagePayoffs) -> list[Sequence[Any]]:
    """Return columns of what rows hold."""
    xs, ys, ours, theirs = payoffs.columns
    share = (1 - float(payoffs.patience)) / float(payoffs.patience)
    numbers = [[*map(float, xs)], [*map(float, ys)]]
    needs = [[share * float(gain) for gain in gains] for gains in (ours, theirs)]
    return [range(len(xs)), *numbers, *needs, [*map(add, xs, ours)], [*map(add, ys, theirs)]]


def approach(
    payoffs: StagePayoffs, polygon: Polygon, least: Point, lost: float = 0
) -> Iterator[Step]:
    """Yield the rounded steps that iteration from a polygon takes until it settles.

    After each step a set loses a share of the way to its centre; it grows by a negative one. No
    payoff is below the least ones.
    """
    if not polygon:
        return
    columns, patience, (low, left) = _in_floats(payoffs), float(payoffs.patience), map(float, least)
    size = max([abs(float(c)) for point in polygon for c in point]) or 1.0
    slack, short = SLACK * size, max(SETTLED, abs(lost) * SETTLED_SHARE) * size
    vertices: Polygon = tuple([(float(x), float(y)) for x, y in polygon])
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
        yield Step(vertices, found, threats, columns[3:5])
        if not vertices or _furthest(vertices, before) <= short:
            break


def _structure(taken: Step) -> Structure | None:
    """Return how the vertices of a set that all but reproduces itself support each other."""
    points, (u, v), (needs, others) = taken.vertices, taken.threats, taken.needs
    if not points:
        return None
    vertices = []
    for point in points:
        k, later = taken.found[point]
        if later == point:
            vertices.append(Vertex(k, True, (False, False)))
            continue
        binds = later[0] == u + needs[k], later[1] == v + others[k]
        vertices.append(Vertex(k, False, binds, (0, 0) if all(binds) else _edge(points, later)))
    low, left = lowest(points)
    return tuple(vertices), (
        next(k for k, (x, _) in enumerate(points) if x == low),
        next(k for k, (_, y) in enumerate(points) if y == left),
    )


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


def _furthest(polygon: Polygon, other: Polygon) -> float:
    """Return how far corresponding vertices are apart."""
    if len(polygon) != len(other):
        return inf
    pairs = zip(polygon, other, strict=True)
    return max((abs(a - b) for p, q in pairs for a, b in zip(p, q, strict=True)), default=0)
