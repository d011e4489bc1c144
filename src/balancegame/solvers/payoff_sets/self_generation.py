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
from math import lcm
from operator import truediv
from typing import Any

from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.payoff_sets.polygons import Point, Polygon, hull

Cell = tuple[int, ...]
Found = Mapping[Point, tuple[Cell, Point]]
# A point times a weight, and the weight, so that whole numbers stay whole.
Weighted = tuple[Any, Any, Any]


@dataclass(frozen=True)
class StagePayoffs:
    """Payoffs and gains from departing of every profile, and what a payoff weighs tomorrow.

    Attributes
    ----------
    profiles : tuple of (profile, payoffs, gains)
    patience : number
    """

    profiles: tuple[tuple[Cell, Point, Point], ...]
    patience: Any

    @cached_property
    def is_rational(self) -> bool:
        """Whether every number is a fraction."""
        listed = (c for _, g, h in self.profiles for c in (*g, *h))
        return all(isinstance(number, (int, Fraction)) for number in (self.patience, *listed))

    @property
    def stage_equilibria(self) -> dict[Point, tuple[Cell, Point]]:
        """Payoffs of the pure equilibria of the stage game, each its own continuation."""
        return {g: (cell, g) for cell, g, gains in self.profiles if not any(gains)}

    @cached_property
    def denominator(self) -> int:
        """The common denominator of payoffs and gains."""
        return lcm(*{c.denominator for _, g, h in self.profiles for c in (*g, *h)})


def stage_payoffs(stage: NormalFormGame, patience: Any) -> StagePayoffs:
    """Return the payoffs of a two-player stage game for positive patience."""
    first, second = stage.payoffs
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
    best = [(g[0] + h[0], g[1] + h[1]) for _, g, h in payoffs.profiles]
    return min(x for x, _ in best), min(y for _, y in best)


def lowest(polygon: Polygon) -> Point:
    """Return each player's least payoff in a set that is not empty."""
    return min(x for x, _ in polygon), min(y for _, y in polygon)


def generated(
    payoffs: StagePayoffs,
    polygon: Polygon,
    threats: Point,
    divided: Callable[[Any, Any], Any] = Fraction,
) -> tuple[Polygon, Found]:
    """Return the payoffs that continuations in a set support, the few that matter.

    Parameters
    ----------
    payoffs : StagePayoffs
    polygon : Polygon
    threats : Point
    divided : function
        Makes a coordinate of a numerator and a denominator; a search may round.

    Returns
    -------
    polygon : Polygon
    found : mapping
        For each vertex the profile and the continuation.
    """

    def few(points: Sequence[Point], own: Point, low: Any, left: Any) -> list[Weighted]:
        if own[0] >= low and own[1] >= left:
            return [(*own, 1)]
        return _binding(points, low, left)

    return _supported(payoffs, polygon, threats, few, divided)


def all_generated(payoffs: StagePayoffs, polygon: Polygon, threats: Point) -> Polygon:
    """Return every payoff that continuations in a set support (Abreu, Pearce and Stacchetti)."""

    def extreme(points: Sequence[Point], _own: Point, low: Any, left: Any) -> list[Weighted]:
        inside = [(x, y, 1) for x, y in points if x >= low and y >= left]
        return inside + _binding(points, low, left)

    return _supported(payoffs, polygon, threats, extreme, Fraction)[0]


def _supported(
    payoffs: StagePayoffs,
    polygon: Polygon,
    threats: Point,
    continuations: Callable[[Sequence[Point], Point, Any, Any], list[Weighted]],
    divided: Callable[[Any, Any], Any],
) -> tuple[Polygon, Found]:
    """Return the hull of what chosen continuations of each profile yield, and how."""
    whole = in_whole_numbers(payoffs, [threats, *polygon])
    (least, *points), (p, q), unit = whole.points, whole.patience, whole.unit
    most = max(x for x, _ in points), max(y for _, y in points)
    chosen: list[tuple[int, Point, Weighted]] = []
    for k, (gx, gy, hx, hy) in enumerate(whole.profiles):
        low, left = least[0] + (q - p) * hx, least[1] + (q - p) * hy
        if low <= max(gx, most[0]) and left <= max(gy, most[1]):
            chosen += [(k, (gx, gy), w) for w in continuations(points, (gx, gy), low, left)]
    if not payoffs.is_rational:
        divided = truediv
        chosen = [(k, own, (x / weight, y / weight, 1)) for k, own, (x, y, weight) in chosen]
    # Only vertices become fractions again.
    common = lcm(*{weight for _, _, (_, _, weight) in chosen})
    found: dict[Point, tuple[int, Any, Any]] = {}
    for k, (gx, gy), (x, y, weight) in chosen:
        wx, wy = x * (common // weight), y * (common // weight)
        point = (q - p) * gx * common + p * wx, (q - p) * gy * common + p * wy
        if (x, y) == (gx, gy) or point not in found:
            found[point] = k, wx, wy
    support: dict[Point, tuple[Cell, Point]] = {}
    for x, y in hull(found):
        k, wx, wy = found[x, y]
        vertex = divided(x, q * common * unit), divided(y, q * common * unit)
        continuation = divided(wx, common * unit), divided(wy, common * unit)
        support[vertex] = payoffs.profiles[k][0], continuation
    return tuple(support), support


@dataclass(frozen=True)
class WholeNumbers:
    """Fractions times a common unit, because whole numbers cost a tenth of what fractions cost.

    Attributes
    ----------
    profiles : list of tuple
        Payoffs times the unit, and gains times the unit over p.
    points : list of tuple
        Times the unit.
    patience : tuple
        As p over q.
    unit : number
        If some number is no fraction, the patience, and nothing is whole.
    """

    profiles: list[tuple[Any, Any, Any, Any]]
    points: list[Point]
    patience: tuple[Any, Any]
    unit: Any


def in_whole_numbers(payoffs: StagePayoffs, points: Sequence[Point]) -> WholeNumbers:
    """Return stage payoffs and points in whole numbers."""
    if payoffs.is_rational:
        p, q = payoffs.patience.as_integer_ratio()
        share = lcm(payoffs.denominator, *{c.denominator for point in points for c in point})
    else:
        p, q, share = payoffs.patience, 1, 1

    def times(number: Any, unit: Any) -> Any:
        if payoffs.is_rational:
            return number.numerator * (unit // number.denominator)
        return number * unit

    unit = p * share
    return WholeNumbers(
        [
            (times(g[0], unit), times(g[1], unit), times(h[0], share), times(h[1], share))
            for _, g, h in payoffs.profiles
        ],
        [(times(x, unit), times(y, unit)) for x, y in points],
        (p, q),
        unit,
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
