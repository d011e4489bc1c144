"""Convex polygons in the plane, points and segments among them, over any ordered field.

A polygon is a tuple of its vertices, counter-clockwise from the lowest of the leftmost ones; none
lies on a line between others. Nothing is empty, a point one vertex, a segment two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from math import hypot, lcm
from typing import Any

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
    given = _outermost(list(points))
    if not all(isinstance(c, (int, Fraction)) for point in given for c in point):
        ring = _ring(sorted(set(given)))
        return tuple(ring)
    # Whole numbers are compared ten times as fast as fractions.
    unit = lcm(*(c.denominator for point in given for c in point))
    whole = {
        (x.numerator * (unit // x.denominator), y.numerator * (unit // y.denominator)): (x, y)
        for x, y in given
    }
    return tuple(whole[point] for point in _ring(sorted(whole)))


def _ring(ordered: list[Point]) -> list[Point]:
    if len(ordered) <= 2:
        return ordered
    return [*_chain(ordered)[:-1], *_chain(ordered[::-1])[:-1]]


def chains(polygon: Polygon, axis: int) -> tuple[list[Point], list[Point]]:
    """Return the lower and the upper border over one coordinate, which comes first in its points.

    Examples
    --------
    >>> chains(((0, 0), (2, 0), (2, 2), (0, 1)), 0)
    ([(0, 0), (2, 0)], [(0, 1), (2, 2)])
    >>> chains(((1, 0), (1, 2)), 0)
    ([(1, 0)], [(1, 2)])
    """
    ordered = sorted((point[axis], point[1 - axis]) for point in polygon)
    lower, upper = _chain(ordered), _chain(ordered[::-1])[::-1]
    if len(lower) > 1 and lower[-1][0] == lower[-2][0]:
        lower.pop()
    if len(upper) > 1 and upper[0][0] == upper[1][0]:
        del upper[0]
    return lower, upper


def clipped(polygon: Polygon, axis: int, bound: Any) -> Polygon:
    """Return the part of a polygon in which one coordinate is at least a bound.

    Examples
    --------
    >>> clipped(((0, 0), (2, 0), (2, 2), (0, 2)), 0, 1)
    ((1, 0.0), (2, 0), (2, 2), (1, 2.0))
    """
    inside = [point[axis] >= bound for point in polygon]
    if all(inside):
        return polygon
    kept: list[Point] = []
    for (p, p_in), (q, q_in) in pairwise(
        [*zip(polygon, inside, strict=True), (polygon[0], inside[0])]
    ):
        if p_in:
            kept.append(p)
        if p_in != q_in and p[axis] != bound and q[axis] != bound:
            kept.append(_crossing(p, q, axis, bound))
    return tuple(dict.fromkeys(kept))


def contains(polygon: Polygon, point: Point) -> bool:
    """Return whether a point lies in a polygon, its border included.

    Examples
    --------
    >>> contains(((0, 0), (2, 0), (0, 2)), (1, 1)), contains(((0, 0), (2, 2)), (1, 0))
    (True, False)
    """
    if len(polygon) <= 1:
        return point in polygon
    if len(polygon) == 2:
        (x0, y0), (x1, y1) = polygon
        level = (x1 - x0) * (point[1] - y0) == (y1 - y0) * (point[0] - x0)
        between = min(x0, x1) <= point[0] <= max(x0, x1) and min(y0, y1) <= point[1] <= max(y0, y1)
        return bool(level and between)
    return all(_turn(p, q, point) >= 0 for p, q in pairwise([*polygon, polygon[0]]))


def edge_normals(polygon: Polygon) -> list[Point]:
    """Return outward normals such that the half-planes they bound meet in the polygon."""
    if not polygon:
        return []
    if len(polygon) == 1:
        return [(1, 0), (-1, 0), (0, 1), (0, -1)]
    sides = [(q[0] - p[0], q[1] - p[1]) for p, q in pairwise([*polygon, polygon[0]])]
    if len(polygon) == 2:
        # Both sides of the line, and both ends of it.
        sides += [(dy, -dx) for dx, dy in sides]
    return [(dy, -dx) for dx, dy in sides]


def in_fractions(polygon: Polygon) -> Polygon:
    """Return a polygon in floats as the fractions that these are.

    Examples
    --------
    >>> in_fractions(((0.5, 1.0),))
    ((Fraction(1, 2), Fraction(1, 1)),)
    """
    return tuple((Fraction(x), Fraction(y)) for x, y in polygon)


def common_part(polygon: Polygon, other: Polygon) -> Polygon:
    """Return what two polygons of fractions have in common.

    Examples
    --------
    >>> square = tuple((Fraction(x), Fraction(y)) for x, y in [(0, 0), (2, 0), (2, 2), (0, 2)])
    >>> [(int(x), int(y)) for x, y in common_part(square, ((-1, 1), (1, -1), (1, 1)))]
    [(0, 0), (1, 0), (1, 1), (0, 1)]
    """
    for normal in edge_normals(other):
        reach = support(other, normal)
        short = [reach - normal[0] * x - normal[1] * y for x, y in polygon]
        kept: list[Point] = []
        for k, (q, left) in enumerate(zip(polygon, short, strict=True)):
            p, before = polygon[k - 1], short[k - 1]
            if before * left < 0:
                share = before / (before - left)
                kept.append((p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1])))
            if left >= 0:
                kept.append(q)
        polygon = hull(kept)
    return polygon


def support(polygon: Polygon, normal: Point) -> Any:
    """Return how far a polygon reaches along a direction."""
    return max(normal[0] * x + normal[1] * y for x, y in polygon)


def _outermost(points: list[Point]) -> list[Point]:
    """Leave out fractions so far inside the others' hull that floats can tell it with certainty.

    Rounding moves a coordinate by less than 1e-15 of the largest; whatever lies a million times
    deeper than that within the rounded points' hull is no vertex.
    """
    if len(points) <= 8 or not isinstance(points[0][0], Fraction):
        return points
    try:
        rough = [(float(x), float(y)) for x, y in points]
    except OverflowError:
        return points
    ordered = sorted(set(rough))
    if len(ordered) <= 2:
        return points
    ring = (*_chain(ordered)[:-1], *_chain(ordered[::-1]))
    margin = 1e-9 * max(1e-300, *(abs(c) for point in ordered for c in point))
    edges = [
        (p, (q[0] - p[0]) / length, (q[1] - p[1]) / length)
        for p, q in pairwise(ring)
        if (length := hypot(q[0] - p[0], q[1] - p[1]))
    ]
    return [
        point
        for point, (x, y) in zip(points, rough, strict=True)
        if any(dx * (y - p[1]) - dy * (x - p[0]) < margin for p, dx, dy in edges)
    ]


def _chain(ordered: Sequence[Point]) -> list[Point]:
    chain: list[Point] = []
    for point in ordered:
        while len(chain) >= 2 and _turn(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain


def _turn(p: Point, q: Point, r: Point) -> Any:
    return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])


def _crossing(p: Point, q: Point, axis: int, bound: Any) -> Point:
    share = (bound - p[axis]) / (q[axis] - p[axis])
    other = p[1 - axis] + share * (q[1 - axis] - p[1 - axis])
    return (bound, other) if axis == 0 else (other, bound)
