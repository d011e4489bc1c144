r"""What proves a payoff set from outside: everything larger shrinks to it.

Let O be a set that is known to hold every equilibrium payoff, and W another within it. Between
them lie the means

.. math:: O_t = (1 - t) W + t O.

If what :math:`O_t` generates lies in :math:`O_{\rho t}` for one :math:`\rho < 1` and every t from
0 to 1, then equilibrium payoffs, which generate themselves, lie in :math:`O, O_\rho, O_{\rho^2},
\dots`, hence in W.

Lift O by one unit: the points (t, v) with v in :math:`O_t` are the convex hull of W and the lifted
O. A continuation supports a profile if it lies far enough above the least payoffs of :math:`O_t`,
which are linear in t. So the continuations that support a profile form a polytope. How far the
payoffs that they support stay behind a side of :math:`O_t` is linear on it, so it suffices to look
at its vertices: nowhere may it be negative, nor 0 except where t = 0 or W and O reach equally far.
A vertex is one of the hull, or lies where an edge of the hull meets one of the two constraints, or
is an end of the line on which both of them bind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import gcd
from typing import Any

from balancegame.solvers.payoff_sets.polygons import Point, Polygon, edge_normals, support
from balancegame.solvers.payoff_sets.self_generation import StagePayoffs, in_whole_numbers, lowest

# A point (t, x, y) as whole numbers (w, wt, wx, wy), w positive.
Weighted = tuple[int, ...]


@dataclass(frozen=True)
class _Side:
    """An outward normal, and how far the inner and the outer set reach along it."""

    normal: Point
    near: Any
    far: Any

    def room(self, point: Weighted) -> Any:
        """Return how far a point stays behind the side, times its weight."""
        w, t, x, y = point
        return (w - t) * self.near + t * self.far - self.normal[0] * x - self.normal[1] * y


def contracts(payoffs: StagePayoffs, inner: Polygon, outer: Polygon) -> bool:
    """Return whether the outside is proved to shrink to the inside, as said above."""
    if not inner:
        return False
    (p, q), (rows, unit) = payoffs.ratio, payoffs.whole
    whole = in_whole_numbers(payoffs, [*inner, *outer])
    points = tuple((p * x, p * y) for x, y in whole.points)
    near, far, scale = points[: len(inner)], points[len(inner) :], whole.unit // unit
    normals = {*edge_normals(near), *edge_normals(far)}
    if whole.is_whole:
        normals = {(x // gcd(x, y), y // gcd(x, y)) for x, y in normals}
    sides = [_Side(n, support(near, n), support(far, n)) for n in normals]
    if any(side.near > side.far for side in sides):
        return False
    vertices = [(1, t, *point) for t, points in enumerate((near, far)) for point in points]
    faces = [[v for v in vertices if not side.room(v)] for side in sides]
    edges = {pair for face in faces for pair in combinations(face, 2)}
    least, today, later = (lowest(near), lowest(far)), p * scale, (q - p) * scale
    for gx, gy, hx, hy in rows:
        gx, gy = today * gx, today * gy
        # No continuation lies beyond a side: only payoffs today that do can lead there.
        crossed = [s for s in sides if s.normal[0] * gx + s.normal[1] * gy > s.near]
        low = [(x + later * hx, y + later * hy) for x, y in least]
        for point in _lying_above(low, vertices, edges, sides) if crossed else ():
            w, t, _, _ = point
            for side in crossed:
                room = (q - p) * side.room((w, t, w * gx, w * gy)) + p * side.room(point)
                if room < 0 or (room == 0 and t > 0 and side.near < side.far):
                    return False
    return True


def _lying_above(
    low: Sequence[Point],
    vertices: Sequence[Weighted],
    edges: Iterable[tuple[Weighted, Weighted]],
    sides: Sequence[_Side],
) -> list[Weighted]:
    """Return the vertices of the part of the hull above least payoffs, given at t = 0 and 1."""
    spare = {v: (v[2] - low[v[1]][0], v[3] - low[v[1]][1]) for v in vertices}
    found = [vertex for vertex in vertices if min(spare[vertex]) >= 0]
    for first, second in edges:
        for a, b in ((spare[first], spare[second]), (spare[first][::-1], spare[second][::-1])):
            if a[0] * b[0] < 0 and min(_between(a, a[0], b, b[0])) >= 0:
                found.append(_between(first, a[0], second, b[0]))
    # The line on which both bind, as far as it lies in the hull.
    ends: list[Weighted] = [(1, t, *point) for t, point in enumerate(low)]
    for side in sides:
        start, end = map(side.room, ends)
        if start < 0 and end < 0:
            return found
        if start < 0 or end < 0:
            ends[start >= 0] = _between(ends[0], start, ends[1], end)
    return found + ends


def _between(first: Weighted, a: int, second: Weighted, b: int) -> Weighted:
    """Return the point of a segment where something is 0 that is a and b at its ends."""
    return tuple(abs(b) * x + abs(a) * y for x, y in zip(first, second, strict=True))
