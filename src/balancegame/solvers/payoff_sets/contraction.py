r"""What proves a payoff set from outside: everything larger shrinks to it.

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
positive. Each is linear in t, so its ends say where it shows that a payoff stays short.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import lcm
from typing import Any, NamedTuple

from balancegame.solvers.payoff_sets.polygons import Point, Polygon, edge_normals
from balancegame.solvers.payoff_sets.self_generation import (
    Candidate,
    StagePayoffs,
    in_whole_numbers,
    lowest,
    short,
)

DOWN = ((-1, 0), (0, -1))
# Sides that show where nothing supports a profile.
UP = ((1, 0), (0, 1))


class _Side(NamedTuple):
    """An outward normal, how far the inner set reaches along it, and by how much the outer more."""

    x: Any
    y: Any
    near: Any
    more: Any


class _Bound(NamedTuple):
    """How far beyond a side a profile's payoffs may lie: n . g - mu . h + start + t slope.

    All of it times a positive number.
    """

    n: Point
    mu: Point
    start: Any
    slope: Any

    def ends(self, row: Sequence[Any]) -> tuple[Any, Any]:
        """Return the bound for a profile at t = 0 and t = 1."""
        (x, y), (a, b) = self.n, self.mu
        start = x * row[0] + y * row[1] - a * row[2] - b * row[3] + self.start
        return start, start + self.slope


def contracts(payoffs: StagePayoffs, inner: Polygon, outer: Polygon) -> bool:
    """Return whether the outside is proved to shrink to the inside, as said above."""
    candidate = Candidate(payoffs, inner)
    normals = [*UP, *edge_normals(outer)]
    return bool(inner) and shrinks(candidate, outer, lowest(outer), normals)


def shrinks(inner: Candidate, outer: Polygon, least: Point, normals: Sequence[Point] = ()) -> bool:
    """Return the same of a larger set that the sides of the inner one, and others, bound.

    No equilibrium payoffs are below the least ones.
    """
    payoffs, (near, own) = inner.payoffs, inner.whole
    (p, q), (rows, unit) = payoffs.ratio, payoffs.whole
    (floor, *far), other = in_whole_numbers(payoffs, [least, *outer])
    common = lcm(own, other)
    times, by, scale, today = common // own, common // other, common // unit, q - p
    today *= scale
    known = {(x, y): reach for x, y, reach in inner.sides}
    sides = []
    for normal in dict.fromkeys([*DOWN, *known, *map(short, normals)]):
        x, y = normal
        reach = known[normal] if normal in known else max([x * a + y * b for a, b in near])
        further = max([x * a + y * b for a, b in far])
        if normal in DOWN:
            further = min(further, x * floor[0] + y * floor[1])
        more = by * further - times * reach
        if more < 0:
            return False
        sides.append(_Side(x, y, times * reach, more))
    for side in sides:
        if side.more == 0:
            continue
        x, y, reach = scale * side.x, scale * side.y, side.near
        beyond = [row for row in rows if x * row[0] + y * row[1] > reach]
        bounds = _bounds(side, sides, p, q, today)
        tried = []
        while beyond and (bound := next(bounds, None)):
            tried.append(bound)
            (x, y), (a, b), start, slope = bound
            start += max(slope, 0)
            left = []
            for row in beyond:
                most = x * row[0] + y * row[1] - a * row[2] - b * row[3] + start
                if most > 0 or (most == 0 and slope >= 0):
                    left.append(row)
            beyond = left
        if beyond:
            spare = list(_spare(sides, p, today))
            if not all(_stays_short(tried, spare, row) for row in beyond):
                return False
    return True


def _bounds(side: _Side, sides: list[_Side], p: Any, q: Any, today: Any) -> Iterator[_Bound]:
    """Yield the bounds along a side, the most telling ones first."""
    x, y, reach, further = side
    (_, _, low, lower), (_, _, left, lefter) = sides[:2]
    reach, further = q * reach, q * further
    if x <= 0 and y <= 0:
        yield _Bound(
            (today * x, today * y),
            (-today * x, -today * y),
            -p * (x * low + y * left) - reach,
            -p * (x * lower + y * lefter) - further,
        )
    for a, b, c, s in sides:
        if b * y > 0 and (gain := abs(y) * a - abs(b) * x) > 0:
            times, by = p * abs(y), abs(b)
            yield _Bound(
                (by * today * x, by * today * y),
                (today * gain, 0),
                times * c + p * gain * low - by * reach,
                times * s + p * gain * lower - by * further,
            )
        if a * x > 0 and (gain := abs(x) * b - abs(a) * y) > 0:
            times, by = p * abs(x), abs(a)
            yield _Bound(
                (by * today * x, by * today * y),
                (0, today * gain),
                times * c + p * gain * left - by * reach,
                times * s + p * gain * lefter - by * further,
            )
    yield _Bound((today * x, today * y), (0, 0), p * side.near - reach, p * side.more - further)


def _spare(sides: list[_Side], p: Any, today: Any) -> Iterator[_Bound]:
    """Yield how far continuations may lie beyond what supports a profile, along a normal."""
    (_, _, low, lower), (_, _, left, lefter) = sides[:2]
    for x, y, reach, further in sides:
        if x >= 0 and y >= 0:
            yield _Bound(
                (0, 0),
                (today * x, today * y),
                p * (reach + x * low + y * left),
                p * (further + x * lower + y * lefter),
            )


def _stays_short(bounds: list[_Bound], spare: list[_Bound], row: Sequence[Any]) -> bool:
    """Return whether bounds show together that a profile stays short of a side where t > 0.

    It does where nothing supports it, too.
    """
    ends = [bound.ends(row) for bound in bounds + spare]
    if any(start < 0 and end < 0 for start, end in ends):
        return True
    # The shares of the way up to which a bound that grows shows it, and from which one that falls.
    until = [(start, start - end) for start, end in ends if start < 0]
    since = [(start, start - end) for start, end in ends if end < 0]
    return any(a * d < c * b for a, b in until for c, d in since)
