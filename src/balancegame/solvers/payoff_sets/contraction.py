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

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from math import gcd
from typing import Any, NamedTuple

from balancegame.solvers.payoff_sets.polygons import Point, Polygon, edge_normals, support
from balancegame.solvers.payoff_sets.self_generation import StagePayoffs, in_whole_numbers, lowest

# A point (t, x, y) as whole numbers (w, wt, wx, wy), w positive.
Weighted = tuple[int, ...]


class _Side(NamedTuple):
    """An outward normal, and how far the inner and the outer set reach along it."""

    x: Any
    y: Any
    near: Any
    far: Any

    def room(self, point: Weighted) -> Any:
        """Return how far a point stays behind the side, times its weight."""
        w, t, x, y = point
        return (w - t) * self.near + t * self.far - self.x * x - self.y * y


class _Hull(NamedTuple):
    """The convex hull of the inner set and the lifted outer one."""

    vertices: list[Weighted]
    # By the numbers of their vertices; diagonals of faces among them do no harm.
    edges: set[tuple[int, int]]
    sides: list[_Side]


def contracts(payoffs: StagePayoffs, inner: Polygon, outer: Polygon) -> bool:
    """Return whether the outside is proved to shrink to the inside, as said above."""
    if not inner:
        return False
    (p, q), (rows, unit) = payoffs.ratio, payoffs.whole
    whole = in_whole_numbers(payoffs, [*inner, *outer])
    points = tuple((p * x, p * y) for x, y in whole.points)
    near, far, scale = points[: len(inner)], points[len(inner) :], whole.unit // unit
    between = _hull(near, far, whole.is_whole)
    if any(side.near > side.far for side in between.sides):
        return False
    least, today, later = (lowest(near), lowest(far)), p * scale, (q - p) * scale
    # No continuation lies beyond a side: only payoffs today that do can lead there.
    crossing: dict[int, list[tuple[_Side, Any]]] = defaultdict(list)
    for side in between.sides:
        for k, (gx, gy, _, _) in enumerate(rows):
            ahead = today * (side.x * gx + side.y * gy)
            if ahead > side.near:
                crossing[k].append((side, (q - p) * ahead))
    for k, crossed in crossing.items():
        low = [(x + later * rows[k][2], y + later * rows[k][3]) for x, y in least]
        for w, t, x, y in _lying_above(low, between):
            for side, ahead in crossed:
                reach, further = q * side.near, q * (side.far - side.near)
                room = w * (reach - ahead) + t * further - p * (side.x * x + side.y * y)
                if room < 0 or (room == 0 and t > 0 and side.near < side.far):
                    return False
    return True


def _hull(near: Polygon, far: Polygon, is_whole: bool) -> _Hull:
    normals = {*edge_normals(near), *edge_normals(far)}
    if is_whole:
        normals = {(x // gcd(x, y), y // gcd(x, y)) for x, y in normals}
    sides = [_Side(*n, support(near, n), support(far, n)) for n in normals]
    vertices: list[Weighted] = [
        (1, t, *point) for t, points in enumerate((near, far)) for point in points
    ]
    edges = {
        pair
        for side in sides
        for pair in combinations([k for k, v in enumerate(vertices) if not side.room(v)], 2)
    }
    return _Hull(vertices, edges, sides)


def _lying_above(low: Sequence[Point], between: _Hull) -> list[Weighted]:
    """Return the vertices of the part of the hull above least payoffs, given at t = 0 and 1."""
    vertices, edges, sides = between
    spare = [(x - low[t][0], y - low[t][1]) for _, t, x, y in vertices]
    if max(spare)[0] < 0 or max(b for _, b in spare) < 0:
        return []
    found = [v for v, (a, b) in zip(vertices, spare, strict=True) if a >= 0 and b >= 0]
    for i, j in edges:
        (a, b), (c, d) = spare[i], spare[j]
        if a * c < 0 and abs(c) * b + abs(a) * d >= 0:
            found.append(_between(vertices[i], a, vertices[j], c))
        if b * d < 0 and abs(d) * a + abs(b) * c >= 0:
            found.append(_between(vertices[i], b, vertices[j], d))
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
    a, b = abs(a), abs(b)
    return tuple([b * x + a * y for x, y in zip(first, second, strict=True)])
