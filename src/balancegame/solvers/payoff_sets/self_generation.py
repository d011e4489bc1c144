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

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import cycle
from math import lcm
from typing import Any

from balancegame.exact.algebraic import Algebraic
from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.payoff_sets.polygons import Point, Polygon, edge_normals, hull, over

Cell = tuple[int, ...]
Found = Mapping[Point, tuple[Cell, Point]]
Numbers = Sequence[Any]
Continuations = Callable[[Numbers, Numbers, Point, Any, Any], list[Point]]
Profiles = Iterable[tuple[Any, Point, Point]]


@dataclass(frozen=True)
class StagePayoffs:
    """Payoffs and gains from departing of every profile, and what a payoff weighs tomorrow."""

    profiles: tuple[tuple[Cell, Point, Point], ...]
    patience: Any

    @cached_property
    def _kinds(self) -> set[type]:
        return {type(c) for _, g, h in self.profiles for c in (*g, *h)}

    @cached_property
    def is_rational(self) -> bool:
        """Whether every number is a fraction."""
        return {type(self.patience), *self._kinds} <= {int, Fraction}

    @property
    def stage_equilibria(self) -> dict[Point, tuple[Cell, Point]]:
        """Payoffs of the pure equilibria of the stage game, each its own continuation."""
        return {g: (cell, g) for cell, g, gains in self.profiles if not any(gains)}

    @cached_property
    def minmax(self) -> Point:
        """What each player can secure when the other holds it down by pure actions."""
        _, payoffs, gains = zip(*self.profiles, strict=True)
        replies = [(g[0] + h[0], g[1] + h[1]) for g, h in zip(payoffs, gains, strict=True)]
        return lowest(replies)

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
    return StagePayoffs(
        tuple(
            ((i, j), (u, v), (best - u, most - v))
            for i, (ours, theirs) in enumerate(zip(first, second, strict=True))
            for most in (max(theirs),)
            for j, (u, v, best) in enumerate(zip(ours, theirs, best_row, strict=True))
        ),
        patience,
    )


def pure_minmax(payoffs: StagePayoffs) -> Point:
    """Return what each player can secure when the other holds it down by pure actions."""
    return payoffs.minmax


def lowest(polygon: Iterable[Point]) -> Point:
    """Return each player's least payoff in a set that is not empty."""
    first, second = zip(*polygon, strict=True)
    return min(first), min(second)


def in_whole_numbers(payoffs: StagePayoffs, points: Sequence[Point]) -> tuple[list[Point], int]:
    """Return points times a multiple of the unit of the stage payoffs, whole, and that unit.

    Whole numbers cost a tenth of what fractions do.
    """
    unit = lcm(payoffs.whole[1], *{c.denominator for point in points for c in point})
    return [
        tuple(
            [
                c.in_whole_numbers(unit)
                if isinstance(c, Algebraic)
                else c.numerator * (unit // c.denominator)
                for c in point
            ]
        )
        for point in points
    ], unit


def supported(payoffs: StagePayoffs, polygon: Polygon) -> Found | None:
    """Return how a set supports each of its own vertices, or nothing if it leaves one out.

    A profile supports a vertex v if that is no less than (1 - d) (g + h) + d u, and if the
    continuation (v - (1 - d) g)/d lies in the set.
    """
    (p, q), (rows, unit) = payoffs.ratio, payoffs.whole
    points, common = in_whole_numbers(payoffs, polygon)
    now, (low, left) = (q - p) * (common // unit), lowest(points)
    sides = [
        (x, y, x * a + y * b)
        for (x, y), (a, b) in zip(edge_normals(points), cycle(points), strict=False)
    ]
    scale = common // unit
    ahead = [
        {k for k, row in enumerate(rows) if scale * (x * row[0] + y * row[1]) >= reach}
        for x, y, reach in sides
    ]
    found: dict[Point, tuple[Cell, Point]] = {}
    for j, (vertex, (a, b)) in enumerate(zip(polygon, points, strict=True)):
        # Only stage payoffs on the sides that meet in the vertex, or beyond them, can lead there.
        meeting = (j - 1, j) if len(points) > 2 else (0, 1, j + 2)
        able = set.intersection(*[ahead[side] for side in meeting])
        for k in sorted(able):
            x, y, gain, other = rows[k]
            later = q * a - now * x, q * b - now * y
            if later[0] < now * gain + p * low or later[1] < now * other + p * left:
                continue
            # What can be played for ever is said to be, whatever else yields the same.
            lasts = scale * x == a and scale * y == b
            if lasts or (
                vertex not in found
                and all(x * later[0] + y * later[1] <= p * reach for x, y, reach in sides)
            ):
                found[vertex] = payoffs.profiles[k][0], tuple([over(c, p * common) for c in later])
            if lasts:
                break
        if vertex not in found:
            return None
    return found


def generated(payoffs: StagePayoffs, polygon: Polygon, threats: Point) -> tuple[Polygon, Found]:
    """Return the payoffs that continuations in a set support, the few that matter.

    For each vertex of their hull also the profile and the continuation.
    """
    found = step(payoffs.profiles, payoffs.patience, _in_fractions(polygon), threats)
    vertices = hull(found)
    return vertices, {vertex: found[vertex] for vertex in vertices}


def all_generated(payoffs: StagePayoffs, polygon: Polygon, threats: Point) -> Polygon:
    """Return every payoff that continuations in a set support (Abreu, Pearce and Stacchetti)."""

    def extreme(first: Numbers, second: Numbers, _own: Point, low: Any, left: Any) -> list[Point]:
        inside = [(x, y) for x, y in zip(first, second, strict=True) if x >= low and y >= left]
        return inside + _binding(first, second, low, left)

    found = step(payoffs.profiles, payoffs.patience, _in_fractions(polygon), threats, extreme)
    return hull(found)


def _in_fractions(polygon: Polygon) -> Polygon:
    return tuple([tuple([Fraction(c) if type(c) is int else c for c in p]) for p in polygon])


def few(first: Numbers, second: Numbers, own: Point, low: Any, left: Any) -> list[Point]:
    """Return the few continuations that matter, of those at or above two bounds."""
    if own[0] >= low and own[1] >= left:
        return [own]
    return _binding(first, second, low, left)


def step(
    profiles: Profiles,
    patience: Any,
    polygon: Polygon,
    threats: Point,
    continuations: Continuations = few,
) -> dict[Point, tuple[Any, Point]]:
    """Return what chosen continuations yield, each with its profile and the continuation.

    Over any field, floats among them.
    """
    found: dict[Point, tuple[Any, Point]] = {}
    if not polygon:
        return found
    first, second = zip(*polygon, strict=True)
    (u, v), now, most, highest = threats, 1 - patience, max(first), max(second)
    share = now / patience
    for name, g, (gain, other) in profiles:
        x, y = g
        low, left = u + share * gain, v + share * other
        if (low <= most or low <= x) and (left <= highest or left <= y):
            for w in continuations(first, second, g, low, left):
                point = now * x + patience * w[0], now * y + patience * w[1]
                if w == g:
                    # What can be played for ever is said to be, whatever else yields the same.
                    found[g] = name, w
                elif point not in found:
                    found[point] = name, w
    return found


def _binding(first: Numbers, second: Numbers, low: Any, left: Any) -> list[Point]:
    """Return the extreme points, of those at or above two bounds, at which a bound binds."""
    points: list[Point] = []
    across = _crossed(first, second, low)
    if across and across[-1] >= left:
        points += (low, across[-1]), (low, max(across[0], left))
    across = _crossed(second, first, left)
    if across and across[-1] >= low:
        points += (across[-1], left), (max(across[0], low), left)
    return points


def _crossed(along: Numbers, across: Numbers, value: Any) -> list[Any]:
    """Return the ends of one coordinate, lowest first, where the other has a value."""
    found = []
    last, beyond = across[-1], along[-1] - value
    for place, here in zip(along, across, strict=True):
        ahead = place - value
        if not ahead:
            found.append(here)
        elif beyond and (ahead > 0) != (beyond > 0):
            found.append(last + (here - last) * (beyond / (beyond - ahead)))
        last, beyond = here, ahead
    return found if len(found) < 2 or found[0] <= found[-1] else found[::-1]
