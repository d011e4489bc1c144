"""The search for the set to which steps of Abreu and Sannikov lead, rounded to a fine grid.

Nothing found here is certified; exact arithmetic decides what to make of it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import hypot, inf
from typing import Any

from balancegame.solvers.payoff_sets.polygons import Point, Polygon, hull, ring
from balancegame.solvers.payoff_sets.self_generation import (
    StagePayoffs,
    Step,
    Weighted,
    Whole,
    few,
    lowest,
    supporting,
)

# Bits of the largest payoff, counted in units of the grid.
BITS = 80
# In units: what a constraint may miss by rounding, and a step so short is the last.
SLACK = 2**10
SETTLED = 2**8
# A last step this much shorter than what a set loses or gains in each does not undo that.
SETTLED_SHARE = Fraction(1, 1000)
MOST_STEPS = 200
# Between two times that a search is sent ahead.
PLAIN_STEPS = 4


def searched(
    payoffs: StagePayoffs,
    polygon: Polygon,
    least: tuple[Fraction | None, Fraction | None],
    lost: Fraction = Fraction(0),
) -> Polygon:
    """Return where the approach from a polygon settles; nothing is certified yet."""
    steps = list(approach(payoffs, polygon, least, lost))
    return steps[-1].vertices.numbers if steps else ()


def approach(
    payoffs: StagePayoffs,
    polygon: Polygon,
    least: tuple[Fraction | None, Fraction | None],
    lost: Fraction = Fraction(0),
) -> Iterator[Step]:
    """Yield the rounded steps that iteration from a polygon takes until it settles.

    After each step a set loses a share of the way to its centre; it grows by a negative one. No
    payoff is below the least ones, and what has reached them stays at them. Coordinates that close
    in geometrically are sent ahead to where they lead (Aitken 1926), and back if steps from there
    are no shorter than the last was, the first of them aside.
    """
    unit = grid_unit(payoffs)
    levels = [None if level is None else round(level * unit) for level in least]
    settled = max(SETTLED, int(abs(lost) * SETTLED_SHARE * 2**BITS))

    def step(polygon: Polygon) -> Step:
        low, left = (
            max(own, own if level is None else level) - SLACK
            for own, level in zip(lowest(polygon), levels, strict=True)
        )
        found = rounded_step(payoffs, Whole(polygon, unit), (low, left))
        # Payoffs that follow themselves for ever lie inside already.
        still = {point for point in found.vertices.points if found.lasts(point)}
        kept = _shrunk(_plain(found.vertices.points), lost, levels, still if lost > 0 else ())
        return replace(found, vertices=Whole(kept, unit))

    path = [hull((round(x * unit), round(y * unit)) for x, y in polygon)]
    # Where the search was sent ahead from, and how far its last step there went.
    left: Polygon = ()
    before, wait = inf, PLAIN_STEPS
    for _ in range(MOST_STEPS):
        taken = step(path[-1])
        following = taken.vertices.points
        change = _furthest(following, path[-1])
        if left and (not following or (len(path) > 1 and change >= before > settled)):
            path, left, wait = [left], (), 3 * PLAIN_STEPS
            continue
        path.append(following)
        yield taken
        if not following or change <= settled:
            break
        left = () if len(path) > 2 else left
        wait -= 1
        if wait <= 0 and len({len(set_) for set_ in path[-3:]}) == 1:
            left, before, wait = following, change, PLAIN_STEPS
            path = [_sent_ahead(*path[-3:])]


def rounded_step(payoffs: StagePayoffs, polygon: Whole, threats: Point) -> Step:
    """Return the hull of what the few continuations yield, rounded to the grid of the polygon."""
    p, q = payoffs.ratio
    found: dict[Point, tuple[int, Weighted]] = {}
    for k, (gx, gy), (x, y, w) in supporting(payoffs, polygon, threats, few):
        by, today = q * w, (q - p) * w
        point = (2 * (today * gx + x) + by) // (2 * by), (2 * (today * gy + y) + by) // (2 * by)
        found[point] = k, (x, y, w)
    return Step(payoffs, Whole(ring(found), polygon.unit), found, p * polygon.unit, threats)


def grid_unit(payoffs: StagePayoffs) -> int:
    """Return what payoffs are times on a grid on which the largest has so many bits."""
    rows, unit = payoffs.whole
    largest = max(abs(c) for gx, gy, _, _ in rows for c in (gx, gy))
    return unit << max(0, BITS - int(largest).bit_length())


def _plain(polygon: Polygon) -> Polygon:
    """Return a polygon without the vertices that rounding made: twins, or all but on a line."""
    if len(polygon) < 2:
        return polygon
    start = polygon[0]
    apart = [hypot(x - start[0], y - start[1]) for x, y in polygon]
    if max(apart) <= SLACK:
        return polygon[:1]
    far = apart.index(max(apart))
    kept = [start]
    for k, (x, y) in enumerate(polygon[1:], 1):
        (px, py), (qx, qy) = kept[-1], polygon[(k + 1) % len(polygon)]
        chord = hypot(qx - px, qy - py)
        height = (qx - px) * (py - y) - (qy - py) * (px - x)
        if k == far or (height > SLACK * chord and hypot(qx - x, qy - y) > SLACK):
            kept.append((x, y))
    return tuple(kept)


def _shrunk(
    polygon: Polygon, share: Fraction, held: Sequence[int | None], still: Container[Point]
) -> Polygon:
    """Return a polygon shrunk by a share of the way to its centre, some points and levels held."""
    if not share or not polygon:
        return polygon
    centre = [Fraction(sum(listed), len(polygon)) for listed in zip(*polygon, strict=True)]

    def moved(point: Point, axis: int) -> Any:
        value, level = point[axis], held[axis]
        if level is not None and value <= level + SLACK:
            return level
        return round(value + share * (centre[axis] - value))

    return hull(p if p in still else (moved(p, 0), moved(p, 1)) for p in polygon)


def _furthest(polygon: Polygon, other: Polygon) -> float:
    """Return how far corresponding vertices are apart."""
    if len(polygon) != len(other):
        return inf
    pairs = zip(polygon, other, strict=True)
    return max((abs(a - b) for p, q in pairs for a, b in zip(p, q, strict=True)), default=0)


def _sent_ahead(first: Polygon, second: Polygon, third: Polygon) -> Polygon:
    """Return the limits of coordinates whose last differences are part of a geometric series."""

    def limit(x: int, y: int, z: int) -> int:
        before, now = y - x, z - y
        return z + now * now // (before - now) if 0 < abs(now) < abs(before) else z

    return hull(
        (limit(p[0], q[0], r[0]), limit(p[1], q[1], r[1]))
        for p, q, r in zip(first, second, third, strict=True)
    )
