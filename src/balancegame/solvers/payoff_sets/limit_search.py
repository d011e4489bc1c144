"""The search for the set to which steps of Abreu and Sannikov lead, in floats.

Nothing found here is certified; exact arithmetic decides what to make of it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import hypot, inf
from typing import Any

from balancegame.solvers.payoff_sets.binding_constraints import Structure, Vertex, solved
from balancegame.solvers.payoff_sets.polygons import Point, Polygon, ring
from balancegame.solvers.payoff_sets.self_generation import (
    Candidate,
    Row,
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

Levels = Sequence[Any]


@dataclass(frozen=True)
class Step:
    """What a step has led to: a set, and of each vertex the profile and the continuation."""

    vertices: Polygon
    found: dict[Point, tuple[int, Point]]
    threats: Point
    rows: list[Row]


def exact_limits(payoffs: StagePayoffs, polygon: Polygon, least: Levels) -> Iterator[Candidate]:
    """Yield exact sets that support themselves, found on the way from a polygon.

    No payoff is below the least ones.
    """
    tried: set[Structure] = set()
    last = MOST_STEPS
    for count, taken in enumerate(approach(payoffs, polygon, least)):
        structure = _structure(taken)
        if structure and structure not in tried:
            tried.add(structure)
            by = [vertex.profile for vertex in structure[0]]
            candidate = Candidate(payoffs, solved(payoffs, structure, taken.vertices), by)
            if candidate.points and candidate.supports:
                yield candidate
                last = 2 * count + STEPS_BEYOND
        if count >= last:
            break


def searched(
    payoffs: StagePayoffs, polygon: Polygon, least: Levels, lost: Fraction = Fraction(0)
) -> Polygon:
    """Return where the approach from a polygon settles, exactly if that is found out."""
    exact = None if lost else next(exact_limits(payoffs, polygon, least), None)
    if exact:
        return exact.vertices
    last: Polygon = ()
    for taken in approach(payoffs, polygon, least, lost):
        last = taken.vertices
    return tuple((Fraction(x), Fraction(y)) for x, y in last)


def _in_floats(payoffs: StagePayoffs) -> list[Row]:
    patience = float(payoffs.patience)
    share = (1 - patience) / patience
    numbers = [(float(x), float(y), float(a), float(b)) for _, (x, y), (a, b) in payoffs.profiles]
    return [(k, x, y, share * a, share * b, x + a, y + b) for k, (x, y, a, b) in enumerate(numbers)]


def approach(
    payoffs: StagePayoffs, polygon: Polygon, least: Levels, lost: Fraction = Fraction(0)
) -> Iterator[Step]:
    """Yield the rounded steps that iteration from a polygon takes until it settles.

    After each step a set loses a share of the way to its centre; it grows by a negative one. No
    payoff is below the least ones, and what has reached them stays at them.
    """
    rows, patience, share = _in_floats(payoffs), float(payoffs.patience), float(lost)
    size = max([abs(float(c)) for point in polygon for c in point]) or 1.0
    slack, settled = SLACK * size, max(SETTLED, abs(share) * SETTLED_SHARE) * size
    levels = [None if level is None else float(level) for level in least]
    vertices: Polygon = tuple([(float(x), float(y)) for x, y in polygon])
    for _ in range(MOST_STEPS):
        before, (low, left) = vertices, lowest(vertices)
        threats = (
            (low if levels[0] is None else max(low, levels[0])) - slack,
            (left if levels[1] is None else max(left, levels[1])) - slack,
        )
        found = step(rows, (1 - patience, patience, 1), before, threats)
        vertices = _plain(ring(found), slack)
        if share:
            # Payoffs that follow themselves for ever lie inside already.
            still = {point for point in vertices if found[point][1] == point} if share > 0 else ()
            vertices = _shrunk(vertices, share, levels, still, slack)
        yield Step(vertices, found, threats, rows)
        if not vertices or _furthest(vertices, before) <= settled:
            break


def _structure(taken: Step) -> Structure | None:
    """Return how the vertices of a set that all but reproduces itself support each other."""
    points, (u, v) = taken.vertices, taken.threats
    if not points:
        return None
    vertices = []
    for point in points:
        k, later = taken.found[point]
        if later == point:
            vertices.append(Vertex(k, True, (False, False)))
            continue
        _, _, _, need, other, _, _ = taken.rows[k]
        binds = later[0] == u + need, later[1] == v + other
        vertices.append(Vertex(k, False, binds, (0, 0) if all(binds) else _edge(points, later)))
    low, left = lowest(points)
    return tuple(vertices), (
        next(k for k, (x, _) in enumerate(points) if x == low),
        next(k for k, (_, y) in enumerate(points) if y == left),
    )


def _edge(polygon: Polygon, point: Point) -> tuple[int, int]:
    """Return the ends of the edge nearest to a point, or one vertex twice if it is there."""
    apart = [hypot(x - point[0], y - point[1]) for x, y in polygon]
    width = max(apart)
    for k, distance in enumerate(apart):
        if distance <= NEAR * width:
            return k, k
    # On the edge itself the way round by the point is no longer than the edge.
    detours = [
        apart[k - 1] + apart[k] - hypot(x - polygon[k - 1][0], y - polygon[k - 1][1])
        for k, (x, y) in enumerate(polygon)
    ]
    k = detours.index(min(detours))
    return (k - 1) % len(polygon), k


def _plain(polygon: Polygon, slack: float) -> Polygon:
    """Return a polygon without the vertices that rounding made: twins, or all but on a line."""
    if len(polygon) < 2:
        return polygon
    start = polygon[0]
    apart = [hypot(x - start[0], y - start[1]) for x, y in polygon]
    if max(apart) <= slack:
        return polygon[:1]
    far = apart.index(max(apart))
    kept = [start]
    for k, (x, y) in enumerate(polygon[1:], 1):
        (px, py), (qx, qy) = kept[-1], polygon[(k + 1) % len(polygon)]
        chord = hypot(qx - px, qy - py)
        height = (qx - px) * (py - y) - (qy - py) * (px - x)
        if k == far or (height > slack * chord and hypot(qx - x, qy - y) > slack):
            kept.append((x, y))
    return tuple(kept)


def _shrunk(
    polygon: Polygon, share: float, held: Levels, still: Container[Point], slack: float
) -> Polygon:
    """Return a polygon shrunk by a share of the way to its centre, some points and levels held."""
    if not share or not polygon:
        return polygon
    centre = [sum(listed) / len(polygon) for listed in zip(*polygon, strict=True)]

    def moved(point: Point, axis: int) -> Any:
        value, level = point[axis], held[axis]
        if level is not None and value <= level + slack:
            return level
        return value + share * (centre[axis] - value)

    return ring({p if p in still else (moved(p, 0), moved(p, 1)) for p in polygon})


def _furthest(polygon: Polygon, other: Polygon) -> float:
    """Return how far corresponding vertices are apart."""
    if len(polygon) != len(other):
        return inf
    pairs = zip(polygon, other, strict=True)
    return max((abs(a - b) for p, q in pairs for a, b in zip(p, q, strict=True)), default=0)
