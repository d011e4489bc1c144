"""Payoff sets that are segments: each lies on a line through two stage payoffs.

Let a set reproduce itself, v = (1 - d) g + d w for its ends v, and be a segment with two ends. As v
and w lie on its line, so do the stage payoffs g of the profiles. Were they all one point, the end
further from it would have to come from a continuation further still. So there are two, and the
line is known exactly, whatever floats make of it. One coordinate tells where a point on it is.
"""

from __future__ import annotations

from itertools import combinations
from math import hypot
from typing import Any

from balancegame.solvers.payoff_sets.polygons import Point, Polygon
from balancegame.solvers.payoff_sets.self_generation import StagePayoffs

Line = tuple[Point, Point]
# A share of the greatest distance of two stage payoffs.
NEAR = 1e-6


def nearest_line(payoffs: StagePayoffs, segment: Polygon) -> Line | None:
    """Return two stage payoffs on whose line a segment in floats seems to lie, or None.

    Examples
    --------
    >>> from fractions import Fraction
    >>> stage = (((0, 0), (0, 0), (1, 1)), ((0, 1), (4, 2), (0, 1)), ((1, 0), (0, 3), (0, 0)))
    >>> nearest_line(StagePayoffs(stage, Fraction(1, 2)), ((1.0, 0.5), (2.0, 1.0)))
    ((0, 0), (4, 2))
    >>> nearest_line(StagePayoffs(stage, Fraction(1, 2)), ((1.0, 0.5), (2.0, 1.1)))
    """
    best, nearest, widest = 0.0, None, 0.0
    for p, q in combinations(dict.fromkeys(g for _, g, _ in payoffs.profiles), 2):
        dx, dy = float(q[0] - p[0]), float(q[1] - p[1])
        length = hypot(dx, dy)
        far = max(abs(dx * (y - float(p[1])) - dy * (x - float(p[0]))) for x, y in segment) / length
        widest = max(widest, length)
        if nearest is None or far < best:
            best, nearest = far, (p, q)
    return nearest if best < NEAR * widest else None


def on_line(line: Line, axis: int, value: Any) -> Point | None:
    """Return the point of a line where one coordinate has a value, if there is just one.

    Examples
    --------
    >>> from fractions import Fraction
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
