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

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain, cycle
from math import gcd, lcm
from typing import Any

from balancegame.exact.algebraic import Algebraic
from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.payoff_sets.polygons import Point, Polygon, edge_normals, hull, over, ring

Cell = tuple[int, ...]
Found = Mapping[Point, tuple[Cell, Point]]
Profiles = Iterable[tuple[Any, Point, Point]]
# A profile, its stage payoffs, gains from departing, and the least continuations that support it.
Supportable = tuple[Any, Point, Point, Point]


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
    def minmax(self) -> Point:
        """What each player can secure when the other holds it down by pure actions."""
        return lowest({(g[0] + h[0], g[1] + h[1]) for _, g, h in self.profiles})

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
    return [(_times(x, unit), _times(y, unit)) for x, y in points], unit


def _times(c: Any, unit: int) -> Any:
    if isinstance(c, Algebraic):
        return c.in_whole_numbers(unit)
    return c.numerator * (unit // c.denominator)


@dataclass(frozen=True)
class Candidate:
    """The convex hull of points, which may be the truth, and the sides that bound it."""

    payoffs: StagePayoffs
    points: Sequence[Point]

    @cached_property
    def _named(self) -> tuple[dict[Point, Point], int]:
        whole, unit = in_whole_numbers(self.payoffs, self.points)
        return dict(zip(whole, self.points, strict=True)), unit

    @cached_property
    def whole(self) -> tuple[Polygon, int]:
        """The vertices times a unit that makes them whole, and the unit."""
        named, unit = self._named
        return ring(named), unit

    @cached_property
    def vertices(self) -> Polygon:
        """The vertices themselves."""
        named = self._named[0]
        return tuple([named[point] for point in self.whole[0]])

    @cached_property
    def sides(self) -> list[tuple[Any, Any, Any]]:
        """Outward normals, as of :func:`.polygons.edge_normals`, and how far the set reaches."""
        points, _ = self.whole
        return [
            (*normal, normal[0] * x + normal[1] * y)
            for normal, (x, y) in zip(map(short, edge_normals(points)), cycle(points), strict=False)
        ]

    @cached_property
    def ahead(self) -> list[set[int]]:
        """Numbers of the profiles whose stage payoffs lie on a side or beyond it."""
        (_, common), (rows, unit) = self.whole, self.payoffs.whole
        numbered, scale = [(k, *row[:2]) for k, row in enumerate(rows)], common // unit
        return [
            {k for k, x, y in numbered if a * x + b * y >= reach}
            for a, b, reach in [(scale * a, scale * b, reach) for a, b, reach in self.sides]
        ]

    @cached_property
    def supports(self) -> Found | None:
        """How the set supports each of its own vertices; nothing if it leaves one out.

        A profile supports a vertex v if that is no less than (1 - d) (g + h) + d u, and if the
        continuation (v - (1 - d) g)/d lies in the set.
        """
        payoffs, (points, common) = self.payoffs, self.whole
        (p, q), (rows, unit) = payoffs.ratio, payoffs.whole
        scale, (low, left) = common // unit, lowest(points)
        now = (q - p) * scale
        found: dict[Point, tuple[Cell, Point]] = {}
        for j, (vertex, (a, b)) in enumerate(zip(self.vertices, points, strict=True)):
            # Only stage payoffs on the sides that meet in the vertex, or beyond, can lead there.
            meeting = (j - 1, j) if len(points) > 2 else (0, 1, j + 2)
            able = sorted(set.intersection(*[self.ahead[side] for side in meeting]))
            # What can be played for ever is said to be, whatever else yields the same.
            own = [k for k in able if scale * rows[k][0] == a and scale * rows[k][1] == b]
            for k in own + able:
                x, y, gain, other = rows[k]
                late, later = q * a - now * x, q * b - now * y
                if (
                    late >= now * gain + p * low
                    and later >= now * other + p * left
                    and all(c * late + d * later <= p * reach for c, d, reach in self.sides)
                ):
                    by = p * common
                    found[vertex] = payoffs.profiles[k][0], (over(late, by), over(later, by))
                    break
            if vertex not in found:
                return None
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
    found = step(payoffs.profiles, payoffs.patience, _in_fractions(polygon), threats)
    vertices = hull(found)
    return vertices, {vertex: found[vertex] for vertex in vertices}


def all_generated(payoffs: StagePayoffs, polygon: Polygon, threats: Point) -> Polygon:
    """Return every payoff that continuations in a set support (Abreu, Pearce and Stacchetti)."""
    d, points = payoffs.patience, _in_fractions(polygon)
    able = list(_supportable(payoffs.profiles, d, points, threats))
    inside = [
        ((1 - d) * x + d * a, (1 - d) * y + d * b)
        for _, (x, y), _, (low, left) in able
        for a, b in points
        if a >= low and b >= left
    ]
    return hull([*inside, *_where_bounds_bind(able, d, points, threats)])


def _in_fractions(polygon: Polygon) -> Polygon:
    def fraction(c: Any) -> Any:
        return Fraction(c) if isinstance(c, int) else c

    return tuple([(fraction(x), fraction(y)) for x, y in polygon])


def step(
    profiles: Profiles, patience: Any, polygon: Polygon, threats: Point
) -> dict[Point, tuple[Any, Point]]:
    """Return what the few continuations that matter yield, each with its profile and continuation.

    Over any field, floats among them.
    """
    lasting, binding = {}, []
    for able in _supportable(profiles, patience, polygon, threats):
        name, g, _, (low, left) = able
        if g[0] >= low and g[1] >= left:
            lasting[g] = name, g
        else:
            binding.append(able)
    # What can be played for ever is said to be, whatever else yields the same.
    return _where_bounds_bind(binding, patience, polygon, threats) | lasting


def _supportable(
    profiles: Profiles, patience: Any, polygon: Polygon, threats: Point
) -> Iterator[Supportable]:
    """Yield profiles, with bounds for their continuations, that a set does not exclude at once."""
    if polygon:
        share, (u, v), (most, highest) = (
            (1 - patience) / patience,
            threats,
            (max(x for x, _ in polygon), max(y for _, y in polygon)),
        )
        for name, g, gains in profiles:
            low, left = u + share * gains[0], v + share * gains[1]
            if (low <= most or low <= g[0]) and (left <= highest or left <= g[1]):
                yield name, g, gains, (low, left)


def _where_bounds_bind(
    able: Sequence[Supportable], patience: Any, polygon: Polygon, threats: Point
) -> dict[Point, tuple[Any, Point]]:
    """Return what the extreme continuations yield of those at which a bound binds.

    All profiles with the same best reply yield payoffs on one line, of which the ends are kept.
    """
    found: dict[Point, tuple[Any, Point]] = {}
    now = 1 - patience
    for axis in (0, 1) if able else ():
        along, across = [p[axis] for p in polygon], [p[1 - axis] for p in polygon]
        crossed: dict[Any, list[Any]] = {}
        lines: dict[Any, list[tuple[Any, Any, Point]]] = {}
        for name, g, gains, bounds in able:
            bound, other = bounds[axis], bounds[1 - axis]
            ends = crossed.get(bound)
            if ends is None:
                ends = crossed[bound] = _crossed(along, across, bound)
            if not ends or ends[-1] < other:
                continue
            place = now * (g[axis] + gains[axis]) + patience * threats[axis]
            start, least, most = now * g[1 - axis], max(ends[0], other), ends[-1]
            low, high = start + patience * least, start + patience * most
            line = lines.get(place)
            if line is None:
                lines[place] = [(low, name, (bound, least)), (high, name, (bound, most))]
                continue
            if low < line[0][0]:
                line[0] = low, name, (bound, least)
            if high > line[1][0]:
                line[1] = high, name, (bound, most)
        for place, line in lines.items():
            for value, name, later in line:
                if axis == 0:
                    found[place, value] = name, later
                else:
                    found.setdefault((value, place), (name, later[::-1]))
    return found


def _crossed(along: Sequence[Any], across: Sequence[Any], value: Any) -> list[Any]:
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
