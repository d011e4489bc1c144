"""Sets that may be the truth: whether they support themselves, in whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from math import gcd
from typing import Any, NamedTuple

from balancegame.solvers.payoff_sets.polygons import Point, Polygon, edge_normals, over, ring
from balancegame.solvers.payoff_sets.self_generation import (
    Cell,
    StagePayoffs,
    in_whole_numbers,
    lowest,
)


class Outline(NamedTuple):
    """The convex hull of points times a unit that makes them whole, and what bounds it."""

    corners: Polygon
    unit: int
    # Which of the points the corners are.
    places: list[int]
    # Outward normals, as of :func:`.polygons.edge_normals`, and how far the set reaches.
    sides: list[tuple[Any, Any, Any]]


class Candidate(NamedTuple):
    """A set that supports itself: of each vertex what is played first, and the continuation."""

    vertices: Polygon
    supports: list[tuple[Cell, Point]]
    outline: Outline


def outlined(payoffs: StagePayoffs, points: Sequence[Point]) -> Outline:
    """Return the convex hull of points in whole numbers."""
    whole, unit = in_whole_numbers(payoffs, points)
    places = dict(zip(whole, range(len(whole)), strict=True))
    corners = ring(places)
    sides = [
        (*normal, normal[0] * x + normal[1] * y)
        for normal, (x, y) in zip(map(short, edge_normals(corners)), cycle(corners), strict=False)
    ]
    return Outline(corners, unit, [places[point] for point in corners], sides)


def short(normal: Point) -> Point:
    """Return a normal without a common divisor, if it is one of whole numbers."""
    x, y = normal
    if not (isinstance(x, int) and isinstance(y, int)):
        return normal
    shared = gcd(x, y)
    return x // shared, y // shared


def self_supporting(
    payoffs: StagePayoffs, points: Sequence[Point], by: Sequence[int]
) -> Candidate | None:
    """Return the hull of points with the profiles said to support them, if they do.

    A profile supports a vertex v if that is no less than (1 - d) (g + h) + d u, and if the
    continuation (v - (1 - d) g)/d lies in the set.
    """
    corners, common, places, sides = outline = outlined(payoffs, points)
    (p, q), (rows, unit) = payoffs.ratio, payoffs.whole
    scale, (low, left) = common // unit, lowest(corners)
    now, whole = (q - p) * scale, p * common
    lasting: dict[Point, list[int]] = {}
    for k, row in enumerate(rows):
        lasting.setdefault((scale * row[0], scale * row[1]), []).append(k)
    supports: list[tuple[Cell, Point]] = []
    for (a, b), place in zip(corners, places, strict=True):
        # What can be played for ever is said to be, whatever else yields the same.
        spare = p * (a - low), p * (b - left)
        own = [k for k in lasting.get((a, b), ()) if _holds(rows[k], now, spare)]
        if own:
            supports.append((payoffs.profiles[own[0]][0], points[place]))
            continue
        k = by[place]
        x, y, gain, other = rows[k]
        late, later = q * a - now * x, q * b - now * y
        if late < now * gain + p * low or later < now * other + p * left:
            return None
        if max([c * late + d * later - p * reach for c, d, reach in sides]) > 0:
            return None
        supports.append((payoffs.profiles[k][0], (over(late, whole), over(later, whole))))
    return Candidate(tuple([points[place] for place in places]), supports, outline)


def _holds(row: Any, now: Any, spare: Point) -> bool:
    """Return whether neither player's gain from departing exceeds what is lost later."""
    _, _, gain, other = row
    return bool(now * gain <= spare[0] and now * other <= spare[1])
