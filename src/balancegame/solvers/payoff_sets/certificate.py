r"""What proves a payoff set: it supports itself, and everything larger shrinks to it.

A profile supports a payoff v by a set W whose least payoffs are u if v is no less than
(1 - d) (g + h) + d u, and if the continuation (v - (1 - d) g)/d lies in W. If profiles support
every vertex of W, then W holds equilibrium payoffs only.

Let O be a set that is known to hold every equilibrium payoff, and W another within it. Between
them lie the means :math:`O_t = (1 - t) W + t O`, and if n are the outward normals of the sides of
both, and c and c + s say how far W and O reach along them, :math:`O_t` is where every
:math:`n \cdot v \le c + t s`.

If what :math:`O_t` generates stays short of all these sides for every t from 0 to 1 (short at
least of those with s > 0 where t > 0), then W holds every equilibrium payoff. For there is a least
t for which :math:`O_t` holds them all; they generate themselves; so if it were not 0, a smaller one
would do.

A payoff (1 - d) g + d w that a profile yields is bounded along n by what w can reach, and w lies
behind every side j and above what supports the profile, u + (1 - d)/d h. So wherever

.. math:: n = \lambda n_j - \mu, \quad \lambda, \mu \ge 0,

.. math:: n \cdot w \le \lambda (c_j + t s_j) - \mu \cdot (u + (1 - d)/d h),

in which u, the least payoffs of :math:`O_t`, is linear in t too. By the duality of linear
programmes the best of these bounds is attained with at most two numbers of :math:`\lambda, \mu`
positive. Each is linear in t, so its ends say whether it shows that a payoff stays short.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, cycle
from math import gcd, lcm
from typing import Any, NamedTuple

from balancegame.solvers.payoff_sets.polygons import Point, Polygon, edge_normals, ring
from balancegame.solvers.payoff_sets.self_generation import (
    Cell,
    StagePayoffs,
    in_whole_numbers,
    lowest,
)

DOWN = ((-1, 0), (0, -1))
# Sides that show where nothing supports a profile.
UP = ((1, 0), (0, 1))

# An outward normal, how far the inner set reaches along it, and by how much the outer more.
Side = tuple[Any, Any, Any, Any]
# How far beyond a side a profile's payoffs may lie, times a positive number: n . g - mu . h + start
# + t slope; the numbers are n, mu, start and slope.
Bound = tuple[Any, Any, Any, Any, Any, Any]


class Outline(NamedTuple):
    """The convex hull of points, also times a unit that makes them whole, and what bounds it."""

    vertices: Polygon
    corners: Polygon
    unit: int
    # Outward normals, as of :func:`.polygons.edge_normals`, and how far the set reaches.
    sides: list[tuple[Any, Any, Any]]
    # Which of the points the vertices are.
    places: list[int]


# A set that supports itself, and what is played first at each vertex.
Limit = tuple[Outline, list[Cell]]


def outlined(payoffs: StagePayoffs, points: Sequence[Point]) -> Outline:
    """Return the convex hull of points."""
    whole, unit = in_whole_numbers(payoffs, points)
    numbers = dict(zip(whole, range(len(whole)), strict=True))
    corners = ring(numbers)
    places = [numbers[corner] for corner in corners]
    sides = [
        (a, b, a * x + b * y)
        for (a, b), (x, y) in zip(map(short, edge_normals(corners)), cycle(corners), strict=False)
    ]
    return Outline(tuple([points[place] for place in places]), corners, unit, sides, places)


def short(normal: Point) -> Point:
    """Return a normal without a common divisor, if it is one of whole numbers."""
    x, y = normal
    if type(x) is type(y) is int and (shared := gcd(x, y)) > 1:
        return x // shared, y // shared
    return normal


def self_supporting(
    payoffs: StagePayoffs, points: Sequence[Point], by: Sequence[Iterable[int]]
) -> Limit | None:
    """Return the hull of points, if of the profiles said to support each of them one does."""
    _, corners, common, sides, places = outline = outlined(payoffs, points)
    (p, q), (columns, unit) = payoffs.ratio, payoffs.whole
    scale, (low, left) = common // unit, lowest(corners)
    xs, ys, ours, theirs = columns
    now = (q - p) * scale
    # What can be played for ever is said to be, whatever else yields the same.
    lasting: dict[Point, list[int]] = {corner: [] for corner in corners}
    for k, own in enumerate(zip([scale * x for x in xs], [scale * y for y in ys], strict=True)):
        if own in lasting:
            lasting[own].append(k)
    played = []
    for (a, b), place in zip(corners, places, strict=True):
        for k in (*lasting[a, b], *by[place]):
            late, later = q * a - now * xs[k], q * b - now * ys[k]
            if late < now * ours[k] + p * low or later < now * theirs[k] + p * left:
                continue
            if (late, later) == (p * a, p * b) or max(
                [c * late + d * later - p * reach for c, d, reach in sides]
            ) <= 0:
                played.append(payoffs.cells[k])
                break
        else:
            return None
    return outline, played


def contracts(payoffs: StagePayoffs, inner: Polygon, outer: Polygon) -> bool:
    """Return whether the outside is proved to shrink to the inside, as said above."""
    normals = [*UP, *edge_normals(outer)]
    return bool(inner) and shrinks(payoffs, outlined(payoffs, inner), outer, lowest(outer), normals)


def shrinks(
    payoffs: StagePayoffs,
    inner: Outline,
    outer: Polygon,
    least: Point,
    normals: Sequence[Point] = (),
) -> bool:
    """Return whether a set around an inner one is proved to shrink to it.

    What lies between them is bounded by the sides of the inner one, and by sides with further
    normals. No equilibrium payoffs are below the least ones.
    """
    (p, q), (columns, unit) = payoffs.ratio, payoffs.whole
    (floor, *far), other = in_whole_numbers(payoffs, [least, *outer])
    common = lcm(inner.unit, other)
    times, by, scale = common // inner.unit, common // other, common // unit
    known = {(x, y): reach for x, y, reach in inner.sides}
    sides: list[Side] = []
    for normal in dict.fromkeys([*DOWN, *known, *map(short, normals)]):
        x, y = normal
        reach = known.get(normal)
        if reach is None:
            reach = max([x * a + y * b for a, b in inner.corners])
        further = max([x * a + y * b for a, b in far])
        if normal in DOWN:
            further = min(further, x * floor[0] + y * floor[1])
        more = by * further - times * reach
        if more < 0:
            return False
        sides.append((x, y, times * reach, more))
    for side in sides:
        x, y, reach, more = side
        if more == 0:
            continue
        n, m = scale * x, scale * y
        rows = zip(*columns, strict=True)
        beyond = [(x, y, a, b) for x, y, a, b in rows if n * x + m * y > reach]
        for bound in _bounds(side, sides, p, q, (q - p) * scale) if beyond else ():
            n, m, a, b, start, slope = bound
            most = start + max(slope, 0)
            beyond = [
                row
                for row in beyond
                if (ends := n * row[0] + m * row[1] - a * row[2] - b * row[3] + most) > 0
                or (ends == 0 and slope >= 0)
            ]
            if not beyond:
                break
        if beyond:
            return False
    return True


def _bounds(side: Side, sides: list[Side], p: Any, q: Any, today: Any) -> Iterator[Bound]:
    """Yield the bounds along a side that have two numbers of lambda and mu, all times a number.

    The last ones say how far continuations may lie beyond what supports a profile; nothing does if
    they may not.
    """
    x, y, near, more = side
    (_, _, low, lower), (_, _, left, lefter) = sides[:2]
    mixes = chain(
        [(0, side, 1)],
        ((abs(y), other, abs(other[1])) for other in sides if other[1] * y > 0),
        ((abs(x), other, abs(other[0])) for other in sides if other[0] * x > 0),
        ((1, other, 0) for other in sides),
    )
    for times, (a, b, c, s), by in mixes:
        mu, nu = times * a - by * x, times * b - by * y
        if mu >= 0 and nu >= 0:
            start = p * (times * c + mu * low + nu * left) - by * q * near
            slope = p * (times * s + mu * lower + nu * lefter) - by * q * more
            yield by * today * x, by * today * y, today * mu, today * nu, start, slope
