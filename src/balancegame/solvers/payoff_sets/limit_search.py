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
MOST_STEPS = 200
# Between two times that a search is sent ahead.
PLAIN_STEPS = 4
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
    for taken in approach(payoffs, polygon, least):
        structure = _structure(taken)
        if structure and structure not in tried:
            tried.add(structure)
            by = [vertex.profile for vertex in structure[0]]
            candidate = Candidate(payoffs, solved(payoffs, structure, taken.vertices), by)
            if candidate.points and candidate.supports:
                yield candidate


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
    payoff is below the least ones, and what has reached them stays at them. Coordinates that close
    in geometrically are sent ahead to where they lead (Aitken 1926), and back if steps from there
    are no shorter than the last was, the first of them aside.
    """
    rough = _in_floats(payoffs)
    patience, share = float(payoffs.patience), float(lost)
    weights = 1 - patience, patience, 1
    size = max(abs(float(c)) for point in polygon for c in point) or 1.0
    slack, settled = SLACK * size, max(SETTLED, abs(share) * SETTLED_SHARE) * size
    levels = [None if level is None else float(level) for level in least]

    def following(polygon: Polygon) -> Step:
        low, left = (
            max(own, own if level is None else level) - slack
            for own, level in zip(lowest(polygon), levels, strict=True)
        )
        found = step(rough, weights, polygon, (low, left))
        vertices = _plain(ring(found), slack)
        # Payoffs that follow themselves for ever lie inside already.
        still = {point for point in vertices if found[point][1] == point} if share > 0 else ()
        return Step(_shrunk(vertices, share, levels, still, slack), found, (low, left), rough)

    path: list[Polygon] = [tuple((float(x), float(y)) for x, y in polygon)]
    # Where the search was sent ahead from, and how far its last step there went.
    left: Polygon = ()
    before, wait = inf, PLAIN_STEPS
    for _ in range(MOST_STEPS):
        taken = following(path[-1])
        change = _furthest(taken.vertices, path[-1])
        if left and (not taken.vertices or (len(path) > 1 and change >= before > settled)):
            path, left, wait = [left], (), 3 * PLAIN_STEPS
            continue
        path.append(taken.vertices)
        yield taken
        if not taken.vertices or change <= settled:
            break
        left = () if len(path) > 2 else left
        wait -= 1
        if wait <= 0 and len({len(set_) for set_ in path[-3:]}) == 1:
            left, before, wait = taken.vertices, change, PLAIN_STEPS
            path = [_sent_ahead(*path[-3:])]


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


def _sent_ahead(first: Polygon, second: Polygon, third: Polygon) -> Polygon:
    """Return the limits of coordinates whose last differences are part of a geometric series."""

    def limit(x: float, y: float, z: float) -> float:
        before, now = y - x, z - y
        return z + now * now / (before - now) if 0 < abs(now) < abs(before) else z

    return ring(
        {
            (limit(p[0], q[0], r[0]), limit(p[1], q[1], r[1]))
            for p, q, r in zip(first, second, third, strict=True)
        }
    )
