"""One step of Abreu and Sannikov: which payoffs are supported by continuations in a set.

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

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm
from typing import Any

from balancegame.exact.algebraic import Algebraic
from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.payoff_sets.polygons import Point, Polygon, ring

Cell = tuple[int, ...]
Found = Mapping[Point, tuple[Cell, Point]]
# A point times a weight, and the weight, so that whole numbers stay whole.
Weighted = tuple[Any, Any, Any]
Continuations = Callable[[Sequence[Point], Point, Any, Any], list[Weighted]]


@dataclass(frozen=True)
class StagePayoffs:
    """Payoffs and gains from departing of every profile, and what a payoff weighs tomorrow."""

    profiles: tuple[tuple[Cell, Point, Point], ...]
    patience: Any

    @cached_property
    def is_rational(self) -> bool:
        """Whether every number is a fraction."""
        return {type(self.patience), *self._kinds} <= {int, Fraction}

    @cached_property
    def _kinds(self) -> set[type]:
        return {type(c) for _, g, h in self.profiles for c in (*g, *h)}

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


@dataclass(frozen=True)
class Whole:
    """Points times a unit that makes them whole; whole numbers cost a tenth of what fractions do.

    Irrational coordinates are no whole numbers, and are counted in the unit of the stage payoffs.
    """

    points: Polygon
    unit: int

    @property
    def is_whole(self) -> bool:
        """Whether all coordinates are whole."""
        return all(isinstance(c, int) for point in self.points for c in point)

    @property
    def numbers(self) -> Polygon:
        """The points themselves."""
        return tuple((_over(x, self.unit), _over(y, self.unit)) for x, y in self.points)

    @property
    def lowest(self) -> Point:
        """Each player's least payoff."""
        low, left = lowest(self.points)
        return _over(low, self.unit), _over(left, self.unit)


def in_common_unit(polygon: Whole, threats: Point) -> tuple[Whole, Point]:
    """Return a polygon and threats times one unit."""
    unit = polygon.unit
    if polygon.is_whole:
        unit = lcm(unit, *(c.denominator for c in threats))
        times = unit // polygon.unit
        if times > 1:
            polygon = Whole(tuple((x * times, y * times) for x, y in polygon.points), unit)
        threats = tuple(c.numerator * (unit // c.denominator) for c in threats)
    else:
        threats = tuple(c * unit for c in threats)
    return polygon, threats


def in_whole_numbers(payoffs: StagePayoffs, points: Sequence[Point]) -> Whole:
    """Return points in whole numbers, in a multiple of the unit of the stage payoffs."""
    unit = lcm(payoffs.whole[1], *{c.denominator for point in points for c in point})

    def times(c: Any) -> Any:
        if isinstance(c, Algebraic):
            return c.in_whole_numbers(unit)
        return c.numerator * (unit // c.denominator)

    return Whole(tuple((times(x), times(y)) for x, y in points), unit)


def stage_payoffs(stage: NormalFormGame, patience: Any) -> StagePayoffs:
    """Return the payoffs of a two-player stage game for positive patience."""
    return payoffs_of_tables(stage.payoffs, patience)


def payoffs_of_tables(tables: Sequence[Sequence[Sequence[Any]]], patience: Any) -> StagePayoffs:
    """Return the payoffs of two tables, one for each player."""
    first, second = tables
    best_row = list(map(max, zip(*first, strict=True)))
    best_column = list(map(max, second))
    return StagePayoffs(
        tuple(
            ((i, j), (u, v), (best_row[j] - u, best_column[i] - v))
            for i, rows in enumerate(zip(first, second, strict=True))
            for j, (u, v) in enumerate(zip(*rows, strict=True))
        ),
        patience,
    )


def pure_minmax(payoffs: StagePayoffs) -> Point:
    """Return what each player can secure when the other holds it down by pure actions."""
    return min(g[0] + h[0] for _, g, h in payoffs.profiles), min(
        g[1] + h[1] for _, g, h in payoffs.profiles
    )


def lowest(polygon: Polygon) -> Point:
    """Return each player's least payoff in a set that is not empty."""
    return min(x for x, _ in polygon), min(y for _, y in polygon)


def generated(payoffs: StagePayoffs, polygon: Polygon, threats: Point) -> tuple[Polygon, Found]:
    """Return the payoffs that continuations in a set support, the few that matter.

    For each vertex of their hull also the profile and the continuation.
    """
    whole = in_whole_numbers(payoffs, [threats, *polygon])
    return step(payoffs, Whole(whole.points[1:], whole.unit), whole.points[0]).in_numbers()


def all_generated(payoffs: StagePayoffs, polygon: Polygon, threats: Point) -> Polygon:
    """Return every payoff that continuations in a set support (Abreu, Pearce and Stacchetti)."""

    def extreme(points: Sequence[Point], _own: Point, low: Any, left: Any) -> list[Weighted]:
        inside = [(x, y, 1) for x, y in points if x >= low and y >= left]
        return inside + _binding(points, low, left)

    whole = in_whole_numbers(payoffs, [threats, *polygon])
    found = step(payoffs, Whole(whole.points[1:], whole.unit), whole.points[0], extreme)
    return found.in_numbers()[0]


def few(points: Sequence[Point], own: Point, low: Any, left: Any) -> list[Weighted]:
    """Return the few continuations that matter, of those at or above two bounds."""
    if own[0] >= low and own[1] >= left:
        return [(*own, 1)]
    return _binding(points, low, left)


@dataclass(frozen=True)
class Step:
    """What a step has led to: a set, and of each vertex the profile and the continuation."""

    payoffs: StagePayoffs
    vertices: Whole
    # Continuations are counted in p times the unit of the set before.
    found: dict[Point, tuple[int, Weighted]]
    before: Any
    threats: Point

    def in_numbers(self) -> tuple[Polygon, Found]:
        """Return the vertices themselves and how each is supported."""
        found = {
            vertex: (
                self.payoffs.profiles[self.found[point][0]][0],
                (_over(x, w * self.before), _over(y, w * self.before)),
            )
            for vertex, point in zip(self.vertices.numbers, self.vertices.points, strict=True)
            for x, y, w in (self.found[point][1],)
        }
        return tuple(found), found

    def lasts(self, point: Point) -> bool:
        """Return whether a vertex is supported by itself: by the same profile for ever."""
        k, later = self.found[point]
        rows, unit = self.payoffs.whole
        gx, gy = (c * (self.before // unit) for c in rows[k][:2])
        return later == (gx, gy, 1)

    def binds(self, point: Point) -> tuple[bool, bool]:
        """Return for each player whether its constraint binds the continuation."""
        (p, q), (rows, unit) = self.payoffs.ratio, self.payoffs.whole
        k, (x, y, w) = self.found[point]
        later = (q - p) * (self.before // p // unit)
        low, left = (p * c + later * h for c, h in zip(self.threats, rows[k][2:], strict=True))
        return x == low * w, y == left * w


def step(
    payoffs: StagePayoffs, polygon: Whole, threats: Point, continuations: Continuations = few
) -> Step:
    """Return the hull of what chosen continuations of each profile yield.

    The polygon and the threats are in one unit, a multiple of that of the stage payoffs.
    """
    p, q = payoffs.ratio
    chosen = supporting(payoffs, polygon, threats, continuations)
    is_whole = payoffs.is_rational and polygon.is_whole
    if not is_whole:
        chosen = [(k, g, (_over(x, w), _over(y, w), 1)) for k, g, (x, y, w) in chosen]
    common = lcm(*{w for _, _, (_, _, w) in chosen})
    today = (q - p) * common
    found: dict[Point, tuple[int, Weighted]] = {}
    for k, (gx, gy), later in chosen:
        x, y, w = later
        times = common // w
        point = today * gx + x * times, today * gy + y * times
        # What can be played for ever is said to be, whatever else yields the same.
        if point not in found or (x, y, w) == (p * gx, p * gy, 1):
            found[point] = k, later
    unit = q * common * polygon.unit
    found = {point: found[point] for point in ring(found)}
    if is_whole:
        shared = gcd(unit // payoffs.whole[1], *(c for point in found for c in point))
        if shared > 1:
            unit //= shared
            found = {(x // shared, y // shared): how for (x, y), how in found.items()}
    return Step(payoffs, Whole(tuple(found), unit), found, p * polygon.unit, threats)


def supporting(
    payoffs: StagePayoffs, polygon: Whole, threats: Point, continuations: Continuations
) -> list[tuple[int, Point, Weighted]]:
    """Return number and stage payoffs of profiles with continuations, these in units over p."""
    (p, q), (rows, unit) = payoffs.ratio, payoffs.whole
    scale = polygon.unit // unit
    least = p * threats[0], p * threats[1]
    points = [(p * x, p * y) for x, y in polygon.points]
    most = max(x for x, _ in points), max(y for _, y in points)
    today, later, found = p * scale, (q - p) * scale, []
    for k, (gx, gy, hx, hy) in enumerate(rows):
        low, left = least[0] + later * hx, least[1] + later * hy
        own = today * gx, today * gy
        if low <= max(own[0], most[0]) and left <= max(own[1], most[1]):
            for w in continuations(points, own, low, left):
                found.append((k, (scale * gx, scale * gy), w))
    return found


def _over(number: Any, unit: Any) -> Any:
    return (
        Fraction(number, unit)
        if isinstance(number, int) and isinstance(unit, int)
        else number / unit
    )


def _binding(polygon: Sequence[Point], low: Any, left: Any) -> list[Weighted]:
    """Return the extreme points, of those at or above two bounds, at which a bound binds."""
    points: list[Weighted] = []
    for axis, bound, other in ((0, low, left), (1, left, low)):
        ends = _crossed(polygon, axis, bound)
        if not ends or ends[-1][0] < other * ends[-1][1]:
            continue
        lowest_end = ends[0] if ends[0][0] >= other * ends[0][1] else (other, 1)
        for value, weight in (ends[-1], lowest_end):
            here = bound * weight, value
            points.append((*(here if axis == 0 else here[::-1]), weight))
    return points


def _crossed(polygon: Sequence[Point], axis: int, value: Any) -> list[tuple[Any, Any]]:
    """Return the other coordinate's ends, lowest first, where one coordinate has a value.

    Each as a number and what it is to be divided by.
    """
    found: list[tuple[Any, Any]] = []
    last, beyond = polygon[-1], polygon[-1][axis] - value
    for point in polygon:
        ahead = point[axis] - value
        if ahead == 0:
            found.append((point[1 - axis], 1))
        elif (ahead > 0) != (beyond > 0) and beyond != 0:
            across = ahead - beyond
            weighed = last[1 - axis] * ahead - point[1 - axis] * beyond
            found.append((weighed, across) if across > 0 else (-weighed, -across))
        last, beyond = point, ahead
    if len(found) == 2 and found[0][0] * found[1][1] > found[1][0] * found[0][1]:
        found.reverse()
    return found
