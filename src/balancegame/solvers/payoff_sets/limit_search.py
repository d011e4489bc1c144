"""The search in floats for the set to which steps of Abreu and Sannikov lead.

Nothing found here is certified; exact arithmetic decides what to make of it.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from balancegame.solvers.payoff_sets.float_generation import rough_step
from balancegame.solvers.payoff_sets.polygons import Point, Polygon, hull
from balancegame.solvers.payoff_sets.self_generation import StagePayoffs, lowest

MOST_STEPS = 200
SETTLED = 1e-14
# Between two times that a search is sent ahead.
PLAIN_STEPS = 4


def searched(
    payoffs: StagePayoffs,
    polygon: Polygon,
    least: Point,
    changed: Callable[[Polygon], Polygon] = lambda polygon: polygon,
    settled: float = SETTLED,
) -> Polygon:
    """Return where iteration in floats settles; nothing is certified yet.

    Parameters
    ----------
    payoffs : StagePayoffs
    polygon : Polygon
        Where it starts.
    least : Point
        What no payoff is below; the set's own least payoffs are the threats above that.
    changed : function
        What is done to the set after each step.
    settled : float
        How far the last step may go, relative to the largest number.

    Notes
    -----
    Coordinates that close in geometrically are sent ahead to where they lead (Aitken 1926), and
    back if steps from there are no shorter than the last was, the first of them aside.
    """
    floor: Point = float(least[0]), float(least[1])
    path: list[Polygon] = [hull((float(x), float(y)) for x, y in polygon)]
    # Where the search was sent ahead from, and how far its last step there went.
    left: Polygon = ()
    before, wait = inf, PLAIN_STEPS
    for _ in range(MOST_STEPS):
        low = lowest(path[-1])
        following = rough_step(
            payoffs.rough, path[-1], (max(floor[0], low[0]), max(floor[1], low[1]))
        )
        following = changed(following) if following else ()
        change = _furthest(following, path[-1])
        if left and (not following or (len(path) > 1 and change >= before > settled)):
            path, left, wait = [left], (), 3 * PLAIN_STEPS
            continue
        if not following or change <= settled:
            return following
        left = () if len(path) > 1 else left
        path.append(following)
        wait -= 1
        if wait <= 0 and len({len(set_) for set_ in path[-3:]}) == 1:
            left, before, wait = following, change, PLAIN_STEPS
            path = [_sent_ahead(*path[-3:])]
    return path[-1]


def _furthest(polygon: Polygon, other: Polygon) -> float:
    """Return how far corresponding vertices are apart, relative to the largest number."""
    if len(polygon) != len(other):
        return inf
    size = 1 + max(abs(c) for point in polygon for c in point)
    return max(
        float(abs(a - b) / size)
        for p, q in zip(polygon, other, strict=True)
        for a, b in zip(p, q, strict=True)
    )


def _sent_ahead(first: Polygon, second: Polygon, third: Polygon) -> Polygon:
    """Return the limits of coordinates whose last differences are part of a geometric series."""

    def limit(x: float, y: float, z: float) -> float:
        before, now = y - x, z - y
        return z + now * now / (before - now) if 0 < abs(now) < abs(before) else z

    return hull(
        (limit(p[0], q[0], r[0]), limit(p[1], q[1], r[1]))
        for p, q, r in zip(first, second, third, strict=True)
    )
