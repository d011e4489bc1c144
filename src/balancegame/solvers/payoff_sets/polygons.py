"""Convex polygons in the plane, points and segments among them, over any ordered field.

A polygon is a tuple of its vertices, counter-clockwise from the lowest of the leftmost ones; none
lies on a line between others. Nothing is empty, a point one vertex, a segment two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import cycle, pairwise
from math import isqrt, lcm
from typing import Any

from balancegame.errors import GameError
from balancegame.exact.algebraic import sign_of_products

Point = tuple[Any, Any]
Polygon = tuple[Point, ...]


def hull(points: Iterable[Point]) -> Polygon:
    """Return the convex hull of points: lower chain, then upper chain (Andrew 1979).

    Examples
    --------
    >>> hull([(0, 0), (2, 0), (1, 0), (1, 1), (0, 2), (2, 2)])
    ((0, 0), (2, 0), (2, 2), (0, 2))
    >>> hull([(1, 1), (0, 0), (2, 2)]), hull([(3, 3), (3, 3)]), hull([])
    (((0, 0), (2, 2)), ((3, 3),), ())
    """
    given = list(points)
    if not all(isinstance(c, (int, Fraction)) for point in given for c in point):
        return ring(given)
    # Whole numbers are compared ten times as fast as fractions.
    unit = lcm(*{c.denominator for point in given for c in point})
    whole = {(int(x * unit), int(y * unit)): (x, y) for x, y in given}
    return tuple(whole[point] for point in ring(whole))


def ring(points: Iterable[Point]) -> Polygon:
    """Return the hull of points that are quick to compare as they are."""
    lowest: dict[Any, Any] = {}
    highest: dict[Any, Any] = {}
    for x, y in points:
        if x not in lowest:
            lowest[x] = highest[x] = y
        elif y < lowest[x]:
            lowest[x] = y
        elif y > highest[x]:
            highest[x] = y
    xs = sorted(lowest)
    lower = _chain([(x, lowest[x]) for x in xs])
    upper = _chain([(x, highest[x]) for x in reversed(xs)])
    return tuple(dict.fromkeys([*lower, *upper]))


def _chain(ordered: Sequence[Point]) -> list[Point]:
    chain: list[Point] = []
    for point in ordered:
        x, y = point
        while len(chain) > 1:
            ax, ay = chain[-2]
            bx, by = chain[-1]
            if (bx - ax) * (y - ay) > (by - ay) * (x - ax):
                break
            del chain[-1]
        chain.append(point)
    return chain


def contains(polygon: Polygon, point: Point) -> bool:
    """Return whether a point lies in a polygon, its border included.

    Examples
    --------
    >>> contains(((0, 0), (2, 0), (0, 2)), (1, 1)), contains(((0, 0), (2, 2)), (1, 0))
    (True, False)
    """
    return bool(polygon) and all(
        _ahead(n, vertex, point) <= 0
        for n, vertex in zip(edge_normals(polygon), cycle(polygon), strict=False)
    )


def _ahead(normal: Point, start: Point, point: Point) -> Any:
    """Return how far a point lies ahead of another along a direction, or at least which way."""
    (nx, ny), (x, y) = normal, start
    try:
        return nx * (point[0] - x) + ny * (point[1] - y)
    except GameError:
        # A sum of irrational numbers of two kinds has no form here, but it has a sign.
        return sign_of_products([(nx, point[0]), (-nx, x), (ny, point[1]), (-ny, y)])


def edge_normals(polygon: Polygon) -> list[Point]:
    """Return outward normals such that the half-planes they bound meet in the polygon.

    The first vertex lies on the border of the first half-plane, and so on, all round and again.
    """
    if not polygon:
        return []
    if len(polygon) == 1:
        return [(1, 0), (-1, 0), (0, 1), (0, -1)]
    sides = [(q[0] - p[0], q[1] - p[1]) for p, q in pairwise([*polygon, polygon[0]])]
    if len(polygon) == 2:
        # Both sides of the line, and both ends of it.
        sides += [(dy, -dx) for dx, dy in sides]
    return [(dy, -dx) for dx, dy in sides]


def support(polygon: Polygon, normal: Point) -> Any:
    """Return how far a polygon reaches along a direction."""
    return max(normal[0] * x + normal[1] * y for x, y in polygon)


def over(number: Any, by: Any) -> Any:
    """Return an exact quotient, of whole numbers a whole one where it is."""
    if not (isinstance(number, int) and isinstance(by, int)):
        return number / by
    whole, rest = divmod(number, by)
    return Fraction(number, by) if rest else whole


def common_part(polygon: Polygon, other: Polygon) -> Polygon:
    """Return what two polygons of fractions have in common."""
    for normal in edge_normals(other):
        polygon = cut(polygon, normal, support(other, normal))
    return polygon


def cut(polygon: Polygon, normal: Point, reach: Any) -> Polygon:
    """Return the part of a polygon of fractions that reaches only so far along a direction.

    Examples
    --------
    >>> [f"{x}, {y}" for x, y in cut(((0, 0), (2, 0), (0, 2)), (2, 0), 1)]
    ['0, 0', '1/2, 0', '1/2, 3/2', '0, 2']
    """
    short = [reach - normal[0] * x - normal[1] * y for x, y in polygon]
    kept: list[Point] = []
    for k, (q, left) in enumerate(zip(polygon, short, strict=True)):
        p, before = polygon[k - 1], short[k - 1]
        if before * left < 0:
            kept.append(_between(p, q, over(before, before - left)))
        if left >= 0:
            kept.append(q)
    return hull(kept)


def _between(p: Point, q: Point, share: Any) -> Point:
    return p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1])


def distance_bound(inner: Polygon, outer: Polygon) -> Fraction:
    """Return how far at most a polygon reaches beyond another that it holds.

    With nothing inside, how wide the outer one is at most.
    """
    if inner:
        square = max([_square_to(inner, point) for point in outer], default=0)
    else:
        square = max([_square(p, q) for p in outer for q in outer], default=0)
    # Hardly more than the root.
    scale = 1 << 100
    return Fraction(isqrt(int(square * scale * scale)) + 1, scale) if square else Fraction(0)


def _square(p: Point, q: Point) -> Any:
    return (p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2


def _square_to(polygon: Polygon, point: Point) -> Any:
    """Return the squared distance of a point to a polygon."""
    if contains(polygon, point):
        return 0
    squares = []
    for p, q in pairwise([*polygon, polygon[0]]):
        ahead = (point[0] - p[0]) * (q[0] - p[0]) + (point[1] - p[1]) * (q[1] - p[1])
        share = over(min(max(ahead, 0), length), length) if (length := _square(p, q)) else 0
        squares.append(_square(_between(p, q, share), point))
    return min(squares)
