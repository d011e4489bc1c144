"""One step of Abreu and Sannikov in floats, for every profile at once: to search and to leave out.

The continuations that matter for a profile lie on the two lines where a constraint binds (see
:mod:`.self_generation`). A convex set meets such a line between its lower and
its upper chain, which ``numpy.interp`` reads off; points and segments are no special cases.

Rounding moves a point by some units in its last place, times the steepness of the side on which
it lies. ``slack`` bounds that. A point that is generated with more than the slack to spare is
generated for certain, one that misses by more is certainly not; and one that lies deeper than a
few times the slack inside the hull of certain points is no vertex. So floats may say which
profiles matter, and exact arithmetic decides about these: no answer depends on the slack.

``outer_step`` needs no exact arithmetic to stay outside. It lowers what continuations need by more
than rounding reaches, and pushes what it finds outward to a grid that is coarser still.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import hypot

import numpy as np
from numpy.typing import NDArray

from balancegame.solvers.payoff_sets.polygons import Point, Polygon, chains, hull

# A float is right to 2^-53 of its size, and a point takes some twenty operations.
ROUNDING = 2.0**-46
# Sides closer to a line of constant payoff than this, but not on it, magnify rounding too much.
FLATTEST = 2.0**-30
# The grid of outer steps, a share of the largest number.
GRID = 2.0**-40
_ANGLES = np.arange(16) * (np.pi / 8)
_DIRECTIONS = np.stack([np.cos(_ANGLES), np.sin(_ANGLES)])


@dataclass(frozen=True)
class RoughPayoffs:
    """What every profile yields and what its continuation needs, a row for each player.

    Attributes
    ----------
    payoffs, needed : array of shape (2, profiles)
    patience : float
    """

    payoffs: NDArray[np.float64]
    needed: NDArray[np.float64]
    patience: float


@dataclass(frozen=True)
class _Points:
    """Points that profiles may generate, five a profile, and by how much each is generated."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    spare: NDArray[np.float64]

    def where(self, chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.stack([self.x[chosen], self.y[chosen]], axis=1)


def rough_step(rough: RoughPayoffs, polygon: Polygon, threats: Point) -> Polygon:
    """Return the hull of what continuations in a set support, in floats; nothing is certified."""
    slack = ROUNDING * _size(rough, polygon)
    points = _points(rough, polygon, threats)
    found = points.where(points.spare >= -slack)
    if not len(found):
        return ()
    ring = _hull_of_far_points(found)
    outside = _depth(ring, found) <= slack if len(ring) > 2 else np.ones(len(found), bool)
    return _plain(hull([*ring, *map(tuple, found[outside].tolist())]), slack)


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


def profiles_that_matter(
    rough: RoughPayoffs, polygon: Polygon, threats: Point
) -> NDArray[np.intp] | None:
    """Return the positions of profiles that may generate a vertex, or None if floats cannot tell.

    Parameters
    ----------
    rough : RoughPayoffs
    polygon, threats
        In fractions.
    """
    near: Polygon = tuple((float(x), float(y)) for x, y in polygon)
    size = _size(rough, near)
    steepest = 1.0
    for (p, q), (exact_p, exact_q) in zip(
        pairwise([*near, near[0]]), pairwise([*polygon, polygon[0]]), strict=True
    ):
        dx, dy = abs(p[0] - q[0]), abs(p[1] - q[1])
        for run, rise, axis in ((dx, dy, 0), (dy, dx, 1)):
            if run > FLATTEST * size:
                steepest = max(steepest, rise / run)
            elif exact_p[axis] != exact_q[axis]:
                return None
    slack = ROUNDING * size * (1 + steepest)
    points = _points(rough, near, (float(threats[0]), float(threats[1])))
    matter = points.spare >= -slack
    certain = points.where(points.spare >= slack)
    ring = _hull_of_far_points(certain) if len(certain) else ()
    if len(ring) > 2:
        matter[matter] = _depth(ring, points.where(matter)) < 8 * slack
    return np.flatnonzero(matter.any(axis=0))


def outer_step(rough: RoughPayoffs, polygon: Polygon, floor: Point) -> Polygon:
    """Return a polygon in floats that holds all payoffs that continuations in a set support.

    Parameters
    ----------
    rough : RoughPayoffs
    polygon : Polygon
        In floats.
    floor : tuple of float
        What no equilibrium payoff is below.

    Notes
    -----
    A side is read off with an error of a few units in the last place of its ends, hence the point
    read off is that close to the polygon, though along a steep side it may be elsewhere. Every
    continuation that satisfies the constraints is as close to one that satisfies the lowered ones.
    """
    size, d = _size(rough, polygon), rough.patience
    vertices: NDArray[np.float64] = np.array(polygon)
    threats = np.maximum(vertices.min(axis=0), floor)
    low, left = threats[:, None] + rough.needed - ROUNDING * size
    bottom, top, inside_x = _cut(polygon, 0, low)
    nearest, furthest, inside_y = _cut(polygon, 1, left)
    on_x = (inside_x >= 0) & (top >= left)
    on_y = (inside_y >= 0) & (furthest >= low)
    corners = [np.broadcast_to(c[:, None], (len(c), len(low))) for c in vertices.T]
    x = np.vstack([corners[0], low, low, furthest, np.maximum(nearest, low)])
    y = np.vstack([corners[1], top, np.maximum(bottom, left), left, left])
    holds = np.vstack([(corners[0] >= low) & (corners[1] >= left), [on_x], [on_x], [on_y], [on_y]])
    now = (1 - d) * rough.payoffs
    found = np.stack([(now[0] + d * x)[holds], (now[1] + d * y)[holds]], axis=1)
    return pushed_outward(found, size)


def pushed_outward(points: NDArray[np.float64], size: float) -> Polygon:
    """Return a polygon on a grid that holds points in floats, and all that rounding hides."""
    if not len(points):
        return ()
    ring = _hull_of_far_points(points)
    if len(ring) > 2:
        points = points[_depth(ring, points) < ROUNDING * size]
    step = 2.0 ** np.ceil(np.log2(GRID * size))
    below = np.floor((points - ROUNDING * size) / step)
    above = np.ceil((points + ROUNDING * size) / step)
    # Whole numbers, so that the hull is exact.
    around = {
        (int(column), int(row))
        for (x0, y0), (x1, y1) in zip(below.tolist(), above.tolist(), strict=True)
        for column in (x0, x1)
        for row in (y0, y1)
    }
    return tuple((column * step, row * step) for column, row in hull(around))


def _points(rough: RoughPayoffs, polygon: Polygon, threats: Point) -> _Points:
    (g, h), d = rough.payoffs, rough.patience
    low, left = threats[0] + rough.needed[0], threats[1] + rough.needed[1]
    alone = np.minimum(g - low, h - left)
    bottom, top, inside_x = _cut(polygon, 0, low)
    nearest, furthest, inside_y = _cut(polygon, 1, left)
    on_x = np.minimum(np.minimum(inside_x, top - left), -alone)
    on_y = np.minimum(np.minimum(inside_y, furthest - low), -alone)
    x = np.stack([low, low, furthest, np.maximum(nearest, low)])
    y = np.stack([top, np.maximum(bottom, left), left, left])
    return _Points(
        np.vstack([g, (1 - d) * g + d * x]),
        np.vstack([h, (1 - d) * h + d * y]),
        np.stack([alone, on_x, on_x, on_y, on_y]),
    )


def _cut(
    polygon: Polygon, axis: int, values: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return from where to where lines of constant coordinate run, and how far inside they are."""
    below, above = chains(polygon, axis)
    lower: NDArray[np.float64] = np.array(below)
    upper: NDArray[np.float64] = np.array(above)
    return (
        np.interp(values, lower[:, 0], lower[:, 1]),
        np.interp(values, upper[:, 0], upper[:, 1]),
        np.minimum(values - lower[0, 0], lower[-1, 0] - values),
    )


def _hull_of_far_points(points: NDArray[np.float64]) -> Polygon:
    """Return a polygon within the hull of points that holds most of it."""
    far = np.argmax(points @ _DIRECTIONS, axis=0)
    return hull(map(tuple, points[np.unique(far)].tolist()))


def _depth(ring: Polygon, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how deep points lie inside a polygon; outside it the depth is negative."""
    p: NDArray[np.float64] = np.array(ring)
    way = np.roll(p, -1, axis=0) - p
    way /= np.hypot(way[:, 0], way[:, 1])[:, None]
    offset = p[:, 1] * way[:, 0] - p[:, 0] * way[:, 1]
    inward = np.stack([-way[:, 1], way[:, 0]])
    return np.min(points @ inward - offset, axis=1)  # type: ignore[no-any-return]


def _size(rough: RoughPayoffs, polygon: Polygon) -> float:
    """Return the largest number that a step computes with."""
    most = max((hypot(*point) for point in polygon), default=0.0)
    return most + float(np.max(np.abs(rough.payoffs))) + float(np.max(rough.needed))
