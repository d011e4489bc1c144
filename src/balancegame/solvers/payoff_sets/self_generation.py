"""Which payoffs are supported by continuations in a set, and whether a set supports itself.

Let g(a) be the stage payoffs of a profile a and h(a) what each player could gain at once by the
best departure from it. A continuation w supports a against the threats u if

    w >= u + (1 - d)/d h(a),

and then a today and w from tomorrow on yield (1 - d) g(a) + d w. Abreu and Sannikov (2014), "An
algorithm for two-player repeated games with perfect monitoring", Theoretical Economics 9, show
that few continuations matter: g(a) itself if it supports a, otherwise the extreme points of the
supporting part of the set at which a constraint binds.

``generated`` keeps those only. It contains every equilibrium payoff if the set does, the threats
are below the worst equilibrium payoffs, and the set contains ``all_generated`` of itself; the last
then holds for the result too. (Where a continuation w supports a and the stage payoffs do not, the
way from w to g(a) leaves the constraints inside the set, for otherwise the point at which it left
the set would generate another beyond it.) So iteration from the feasible set stays outside the
truth, and a set that is reproduced is inside it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain, cycle, pairwise
from math import gcd, lcm
from typing import Any

from balancegame.exact.algebraic import Algebraic
from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.payoff_sets.polygons import Point, Polygon, edge_normals, hull, over, ring

Cell = tuple[int, ...]
Found = Mapping[Point, tuple[Cell, Point]]
# What today weighs, what later weighs, and both.
Weights = tuple[Any, Any, Any]
# The number of a profile, its payoffs, by how much a continuation must exceed the threats to
# support it, and the payoffs of the best departures, which name the lines that it shares.
Row = tuple[int, Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True)
class StagePayoffs:
    """Payoffs and gains from departing of every profile, and what a payoff weighs tomorrow."""

    profiles: tuple[tuple[Cell, Point, Point], ...]
    patience: Any

    @cached_property
    def _kinds(self) -> set[type]:
        return {*map(type, chain.from_iterable([g for _, g, _ in self.profiles]))}

    @cached_property
    def is_rational(self) -> bool:
        """Whether every number is a fraction."""
        return {type(self.patience), *self._kinds} <= {int, Fraction}

    @property
    def stage_equilibria(self) -> dict[Point, tuple[Cell, Point]]:
        """Payoffs of the pure equilibria of the stage game, each its own continuation."""
        return {g: (cell, g) for cell, g, gains in self.profiles if not any(gains)}

    @cached_property
    def whole(self) -> tuple[list[tuple[Any, Any, Any, Any]], int]:
        """Payoffs and gains times a unit that makes them whole, and the unit; else as they are."""
        rows, unit = [(*g, *h) for _, g, h in self.profiles], 1
        if Fraction in self._kinds and self.is_rational:
            unit = lcm(*{c.denominator for row in rows for c in row})
            rows = [tuple(c.numerator * (unit // c.denominator) for c in row) for row in rows]
        return rows, unit

    @cached_property
    def ratio(self) -> tuple[Any, Any]:
        """The patience as a numerator and a denominator."""
        return self.patience.as_integer_ratio() if self.is_rational else (self.patience, 1)


def stage_payoffs(stage: NormalFormGame, patience: Any) -> StagePayoffs:
    """Return the payoffs of a two-player stage game for positive patience."""
    return payoffs_of_tables(stage.payoffs, patience)


def payoffs_of_tables(tables: Sequence[Sequence[Sequence[Any]]], patience: Any) -> StagePayoffs:
    """Return the payoffs of two tables, one for each player."""
    first, second = tables
    best_row = list(map(max, zip(*first, strict=True)))
    best_column = list(map(max, second))
    profiles = [
        ((i, j), (u, v), (best - u, most - v))
        for i, (ours, theirs, most) in enumerate(zip(first, second, best_column, strict=True))
        for j, (u, v, best) in enumerate(zip(ours, theirs, best_row, strict=True))
    ]
    return StagePayoffs(tuple(profiles), patience)


def playable_profiles(payoffs: StagePayoffs) -> tuple[StagePayoffs, Point]:
    """Return the profiles that may be played in equilibrium, and payoffs that nobody falls below.

    Nothing supports a profile whose gains from departing exceed whatever the others could yield
    above the least payoffs. Without it the best payoffs are lower and the least ones higher, which
    may rule out more.
    """
    (p, q), (low, left), kept = payoffs.ratio, pure_minmax(payoffs), list(payoffs.profiles)
    while kept:
        _, points, _ = zip(*kept, strict=True)
        first, second = zip(*points, strict=True)
        low, left = max(low, min(first)), max(left, min(second))
        most, highest = p * (max(first) - low), p * (max(second) - left)
        now, before = q - p, len(kept)
        kept = [row for row in kept if now * row[2][0] <= most and now * row[2][1] <= highest]
        if len(kept) == before:
            break
    return StagePayoffs(tuple(kept), payoffs.patience), (low, left)


def pure_minmax(payoffs: StagePayoffs) -> Point:
    """Return what each player can secure when the other holds it down by pure actions."""
    rows = payoffs.profiles
    return min([g[0] + h[0] for _, g, h in rows]), min([g[1] + h[1] for _, g, h in rows])


def lowest(polygon: Iterable[Point]) -> Point:
    """Return each player's least payoff in a set that is not empty."""
    first, second = zip(*polygon, strict=True)
    return min(first), min(second)


def in_whole_numbers(payoffs: StagePayoffs, points: Sequence[Point]) -> tuple[list[Point], int]:
    """Return points times a multiple of the unit of the stage payoffs, whole, and that unit.

    Whole numbers cost a tenth of what fractions do.
    """
    unit = lcm(payoffs.whole[1], *{c.denominator for point in points for c in point})
    return [(_times(x, unit), _times(y, unit)) for x, y in points], unit


def _times(c: Any, unit: int) -> Any:
    if isinstance(c, Algebraic):
        return c.in_whole_numbers(unit)
    return c.numerator * (unit // c.denominator)


@dataclass(frozen=True)
class Candidate:
    """The convex hull of points, which may be the truth, and the profiles said to support them."""

    payoffs: StagePayoffs
    points: Sequence[Point]
    by: Sequence[int] = ()

    @cached_property
    def _placed(self) -> tuple[dict[Point, int], Polygon, int]:
        whole, unit = in_whole_numbers(self.payoffs, self.points)
        places = dict(zip(whole, range(len(whole)), strict=True))
        return places, ring(places), unit

    @property
    def whole(self) -> tuple[Polygon, int]:
        """The vertices times a unit that makes them whole, and the unit."""
        return self._placed[1:]

    @cached_property
    def vertices(self) -> Polygon:
        """The vertices themselves."""
        places, polygon, _ = self._placed
        return tuple([self.points[places[point]] for point in polygon])

    @cached_property
    def sides(self) -> list[tuple[Any, Any, Any]]:
        """Outward normals, as of :func:`.polygons.edge_normals`, and how far the set reaches."""
        points, _ = self.whole
        return [
            (*normal, normal[0] * x + normal[1] * y)
            for normal, (x, y) in zip(map(short, edge_normals(points)), cycle(points), strict=False)
        ]

    @cached_property
    def supports(self) -> list[tuple[Cell, Point]] | None:
        """How the set supports each of its own vertices; nothing if it leaves one out.

        A profile supports a vertex v if that is no less than (1 - d) (g + h) + d u, and if the
        continuation (v - (1 - d) g)/d lies in the set.
        """
        payoffs, (places, points, common) = self.payoffs, self._placed
        (p, q), (rows, unit) = payoffs.ratio, payoffs.whole
        scale, (low, left) = common // unit, lowest(points)
        now, by = (q - p) * scale, p * common
        lasting = {(scale * row[0], scale * row[1]): k for k, row in enumerate(rows)}
        found: list[tuple[Cell, Point]] = []
        for vertex, point in zip(self.vertices, points, strict=True):
            # What can be played for ever is said to be, whatever else yields the same.
            own = lasting.get(point)
            if own is not None:
                _, _, gain, other = rows[own]
                a, b = point
                if p * (a - low) >= now * gain and p * (b - left) >= now * other:
                    found.append((payoffs.profiles[own][0], vertex))
                    continue
            k = self.by[places[point]]
            x, y, gain, other = rows[k]
            late, later = q * point[0] - now * x, q * point[1] - now * y
            if late < now * gain + p * low or later < now * other + p * left:
                return None
            if max([c * late + d * later - p * reach for c, d, reach in self.sides]) > 0:
                return None
            found.append((payoffs.profiles[k][0], (over(late, by), over(later, by))))
        return found


def short(normal: Point) -> Point:
    """Return a normal without a common divisor, if it is one of whole numbers."""
    x, y = normal
    if not (isinstance(x, int) and isinstance(y, int)):
        return normal
    shared = gcd(x, y)
    return x // shared, y // shared


def generated(payoffs: StagePayoffs, polygon: Polygon, threats: Point) -> tuple[Polygon, Found]:
    """Return the payoffs that continuations in a set support, the few that matter.

    For each vertex of their hull also the profile and the continuation.
    """
    weights, rows, points, levels, by = _in_one_unit(payoffs, polygon, threats)
    found = step(rows, weights, points, levels)
    vertices, supports = [], {}
    for vertex in hull(found):
        k, later = found[vertex]
        vertices.append(_divided(vertex, weights[2] * by))
        supports[vertices[-1]] = payoffs.profiles[k][0], _divided(later, by)
    return tuple(vertices), supports


def all_generated(payoffs: StagePayoffs, polygon: Polygon, threats: Point) -> Polygon:
    """Return every payoff that continuations in a set support (Abreu, Pearce and Stacchetti)."""
    weights, rows, points, levels, by = _in_one_unit(payoffs, polygon, threats)
    lasting, others = _supportable(rows, points, levels)
    able, (now, later, whole) = lasting + others, weights
    inside = [
        (now * x + later * a, now * y + later * b)
        for _, x, y, _, _, low, left in able
        for a, b in points
        if a >= low and b >= left
    ]
    found = hull([*inside, *_where_bounds_bind(able, weights, points)])
    return tuple([_divided(point, whole * by) for point in found])


def _in_one_unit(
    payoffs: StagePayoffs, polygon: Polygon, threats: Point
) -> tuple[Weights, list[Row], Polygon, Point, Any]:
    """Return whole weights of today and of later, rows, and a polygon and threats times a number.

    Most of what follows is then a whole number.
    """
    (p, q), (rows, own) = payoffs.ratio, payoffs.whole
    (levels, *points), unit = in_whole_numbers(payoffs, [threats, *polygon])
    now, scale = q - p, unit // own
    listed = [
        (k, p * scale * x, p * scale * y, now * scale * a, now * scale * b, x + a, y + b)
        for k, (x, y, a, b) in enumerate(rows)
    ]
    times = tuple([(p * x, p * y) for x, y in points])
    return (now, p, q), listed, times, (p * levels[0], p * levels[1]), p * unit


def _divided(point: Point, by: Any) -> Point:
    return over(point[0], by), over(point[1], by)


def step(
    rows: Sequence[Row], weights: Weights, polygon: Polygon, threats: Point
) -> dict[Point, tuple[int, Point]]:
    """Return what the few continuations that matter yield, each with its profile and continuation.

    What they yield is in all times as much as they weigh. Over any field, floats among them.
    """
    lasting, others = _supportable(rows, polygon, threats)
    found = _where_bounds_bind(others, weights, polygon)
    whole = weights[2]
    # What can be played for ever is said to be, whatever else yields the same.
    found.update({(whole * x, whole * y): (k, (x, y)) for k, x, y, *_ in lasting})
    return found


def _supportable(
    rows: Sequence[Row], polygon: Polygon, threats: Point
) -> tuple[list[Row], list[Row]]:
    """Return the profiles that can last, and those that others in a set may support.

    With the least payoffs that support them, in place of what they must exceed the threats by.
    """
    lasting: list[Row] = []
    others: list[Row] = []
    if not polygon:
        return lasting, others
    u, v = threats
    most, highest = max([x for x, _ in polygon]), max([y for _, y in polygon])
    for k, x, y, need, other, line, column in rows:
        low, left = u + need, v + other
        if low <= x and left <= y:
            lasting.append((k, x, y, line, column, low, left))
        elif low <= most and left <= highest:
            others.append((k, x, y, line, column, low, left))
    return lasting, others


def _where_bounds_bind(
    able: Sequence[Row], weights: Weights, polygon: Polygon
) -> dict[Point, tuple[int, Point]]:
    """Return what the extreme continuations yield of those at which a bound binds."""
    if not able:
        return {}
    turned = [(k, y, x, column, line, left, low) for k, x, y, line, column, low, left in able]
    mirrored = [(y, x) for x, y in reversed(polygon)]
    start = mirrored.index(min(mirrored))
    ends = _line_ends(turned, weights, (*mirrored[start:], *mirrored[:start]))
    found = {(x, y): (k, (a, b)) for y, x, k, b, a in ends}
    ends = _line_ends(able, weights, polygon)
    found.update({(x, y): (k, (a, b)) for x, y, k, a, b in ends})
    return found


def _line_ends(
    able: Sequence[Row], weights: Weights, polygon: Polygon
) -> Iterable[tuple[Any, Any, int, Any, Any]]:
    """Return payoffs, each with profile and continuation, where the first player's bound binds.

    All profiles with the same best reply yield payoffs on one line, of which the ends are kept.
    """
    (now, later, _), far = weights, max(polygon)[0]
    after = [k for k, (x, _) in enumerate(polygon) if x == far]
    xs, ys, rises = _graph(polygon[: after[0] + 1])
    us, vs, falls = _graph([polygon[0], *reversed(polygon[after[-1] :])])
    lines: dict[Any, list[Any]] = {}
    for name, x, y, line, _, bound, other in able:
        if not xs[0] <= bound <= far:
            continue
        k = bisect_right(us, bound) - 1
        most = vs[k] + falls[k] * (bound - us[k])
        if most < other:
            continue
        k = bisect_right(xs, bound) - 1
        least = max(other, ys[k] + rises[k] * (bound - xs[k]))
        low, high = now * y + later * least, now * y + later * most
        known = lines.get(line)
        if known is None:
            place = now * x + later * bound
            lines[line] = [(place, low, name, bound, least), (place, high, name, bound, most)]
            continue
        if low < known[0][1]:
            known[0] = known[0][0], low, name, bound, least
        if high > known[1][1]:
            known[1] = known[1][0], high, name, bound, most
    return chain.from_iterable(lines.values())


def _graph(points: Sequence[Point]) -> tuple[list[Any], list[Any], list[Any]]:
    """Return the coordinates of points from left to right, and how steeply the next one follows."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    rises = [over(q[1] - p[1], q[0] - p[0]) if q[0] > p[0] else 0 for p, q in pairwise(points)]
    return xs, ys, [*rises, 0]
