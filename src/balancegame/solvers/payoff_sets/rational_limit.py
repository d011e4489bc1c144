"""The rational set that reproduces itself near one that a search found.

Of a segment more is known: it lies on a line through two stage payoffs. Let a set reproduce
itself, v = (1 - d) g + d w for its ends v, and be a segment with two ends. As v and w lie on its
line, so do the stage payoffs g of the profiles. Were they all one point, the end further from it
would have to come from a continuation further still. So there are two, and the line is known
exactly, however its ends were rounded. One coordinate tells where a point on it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product
from math import hypot

from balancegame.solvers.payoff_sets.polygons import Point, Polygon, hull
from balancegame.solvers.payoff_sets.self_generation import (
    Found,
    StagePayoffs,
    generated,
    lowest,
)

Line = tuple[Point, Point]

DENOMINATORS = (10**3, 10**5, 10**7)
# How far a search may be from its limit, a share of the largest payoff.
ROUNDED = Fraction(1, 10**15)
# How far from a line, a share of the greatest distance of two stage payoffs.
NEAR = 1e-6


def recovered(payoffs: StagePayoffs, near: Polygon) -> tuple[Polygon, Found]:
    """Return the rational set near another that reproduces itself, and how, or nothing."""
    size = max(abs(c) for _, g, _ in payoffs.profiles for c in g)
    for most in DENOMINATORS:
        # Fractions so short lie further apart than this.
        apart = max(Fraction(1, most**2), ROUNDED * size)
        for points in _with_short_coordinates(payoffs, near, most):
            if all(
                abs(a - b) < apart
                for point, other in zip(points, near, strict=True)
                for a, b in zip(point, other, strict=True)
            ):
                candidate = hull(points)
                again, found = generated(payoffs, candidate, lowest(candidate))
                if again == candidate:
                    return candidate, found
    return (), {}


def _with_short_coordinates(
    payoffs: StagePayoffs, near: Polygon, most: int
) -> Iterator[list[Point]]:
    """Yield points near others with denominators so short, of segments in one coordinate each."""
    points = [(x.limit_denominator(most), y.limit_denominator(most)) for x, y in near]
    line = nearest_line(payoffs, near) if len(near) == 2 else None
    if line is None:
        if points:
            yield points
        return
    for axes in product((0, 1), repeat=2):
        ends = [on_line(line, axis, end[axis]) for axis, end in zip(axes, points, strict=True)]
        if None not in ends:
            yield [end for end in ends if end]


def nearest_line(payoffs: StagePayoffs, segment: Polygon) -> Line | None:
    """Return two stage payoffs on whose line a segment seems to lie, or None.

    Examples
    --------
    >>> stage = (((0, 0), (0, 0), (1, 1)), ((0, 1), (4, 2), (0, 1)), ((1, 0), (0, 3), (0, 0)))
    >>> nearest_line(StagePayoffs(stage, Fraction(1, 2)), ((1.0, 0.5), (2.0, 1.0)))
    ((0, 0), (4, 2))
    >>> nearest_line(StagePayoffs(stage, Fraction(1, 2)), ((1.0, 0.5), (2.0, 1.1)))
    """
    ends = [(float(x), float(y)) for x, y in segment]
    best, nearest, widest = 0.0, None, 0.0
    for p, q in combinations(dict.fromkeys(g for _, g, _ in payoffs.profiles), 2):
        dx, dy = float(q[0] - p[0]), float(q[1] - p[1])
        length = hypot(dx, dy)
        far = max(abs(dx * (y - float(p[1])) - dy * (x - float(p[0]))) for x, y in ends) / length
        widest = max(widest, length)
        if nearest is None or far < best:
            best, nearest = far, (p, q)
    return nearest if best < NEAR * widest else None


def on_line(line: Line, axis: int, value: Fraction) -> Point | None:
    """Return the point of a line where one coordinate has a value, if there is just one.

    Examples
    --------
    >>> line = (Fraction(0), Fraction(0)), (Fraction(4), Fraction(2))
    >>> tuple(map(str, on_line(line, 1, Fraction(1, 3))))
    ('2/3', '1/3')
    >>> on_line(((0, 0), (4, 0)), 1, 0)
    """
    p, q = line
    way = q[axis] - p[axis]
    if not way:
        return None
    other = p[1 - axis] + (value - p[axis]) * (q[1 - axis] - p[1 - axis]) / way
    return (value, other) if axis == 0 else (other, value)
