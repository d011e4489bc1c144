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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from operator import truediv
from typing import Any

import numpy as np

from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.payoff_sets.float_generation import RoughPayoffs, profiles_that_matter
from balancegame.solvers.payoff_sets.polygons import Point, Polygon, clipped, hull

Cell = tuple[int, ...]

# Of so few profiles all are decided exactly sooner than floats could choose among them.
FEW_PROFILES = 20


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

    @cached_property
    def entries(self) -> tuple[tuple[Cell, Point, Point], ...]:
        """Profile, payoffs, and how far above the threats a continuation must lie."""
        weight = (1 - self.patience) / self.patience
        return tuple((cell, g, (weight * h[0], weight * h[1])) for cell, g, h in self.profiles)

    @cached_property
    def rough(self) -> RoughPayoffs:
        """The same in floats."""
        table = np.array([(*g, *h) for _, g, h in self.profiles], float).T
        d = float(self.patience)
        return RoughPayoffs(table[:2], table[2:] * float((1 - self.patience) / self.patience), d)

    def that_matter(self, polygon: Polygon, threats: Point) -> StagePayoffs:
        """Return the profiles alone that may generate a vertex from a set."""
        if len(self.profiles) <= FEW_PROFILES or not self.is_rational:
            return self
        try:
            kept = profiles_that_matter(self.rough, polygon, threats)
        except OverflowError:
            return self
        if kept is None:
            return self
        return StagePayoffs(tuple(self.profiles[k] for k in kept.tolist()), self.patience)


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


def pure_minmax(stage: NormalFormGame) -> Point:
    """Return what each player can secure when the other holds it down by pure actions."""
    first, second = stage.payoffs
    rows, columns = stage.shape
    return (
        min(max(first[i][j] for i in range(rows)) for j in range(columns)),
        min(max(second[i]) for i in range(rows)),
    )


def lowest(polygon: Polygon) -> Point:
    """Return each player's least payoff in a set that is not empty."""
    return min(x for x, _ in polygon), min(y for _, y in polygon)


def generated(
    payoffs: StagePayoffs, polygon: Polygon, threats: Point
) -> tuple[Polygon, Mapping[Point, tuple[Cell, Point]]]:
    """Return the payoffs that continuations in a set support, the few that matter.

    Returns
    -------
    polygon : Polygon
    support : mapping
        For each vertex the first profile and the continuation.
    """
    whole = in_whole_numbers(payoffs, [threats, *polygon])
    (least, *points), (p, q), unit = whole.points, whole.patience, whole.unit
    most = max(x for x, _ in points), max(y for _, y in points)
    # The position of a profile, a continuation, and what that is to be divided by, or none.
    few: list[tuple[int, Any, Any, Any]] = []
    for k, (gx, gy, hx, hy) in enumerate(whole.profiles):
        low, left = least[0] + (q - p) * hx, least[1] + (q - p) * hy
        if gx >= low and gy >= left:
            few.append((k, gx, gy, None))
        elif low <= most[0] and left <= most[1]:
            few += [(k, *w) for w in _binding(points, low, left)]
    # Only vertices become fractions again.
    overs = {over for _, _, _, over in few if over}
    common, quotient = (lcm(*overs), Fraction) if isinstance(unit, int) else (Fraction(1), truediv)
    parts = {None: common}
    for over in overs:
        parts[over] = common // over if isinstance(unit, int) else common / over
    found: dict[Point, tuple[int, Any, Any]] = {}
    for k, x, y, over in few:
        gx, gy, _, _ = whole.profiles[k]
        wx, wy = x * parts[over], y * parts[over]
        point = (q - p) * gx * common + p * wx, (q - p) * gy * common + p * wy
        if over is None or point not in found:
            found[point] = k, wx, wy
    support: dict[Point, tuple[Cell, Point]] = {}
    for x, y in hull(found):
        k, wx, wy = found[x, y]
        vertex = quotient(x, q * common * unit), quotient(y, q * common * unit)
        continuation = quotient(wx, common * unit), quotient(wy, common * unit)
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
    given = [c for point in points for c in point]
    given += [c for _, g, h in payoffs.profiles for c in (*g, *h)]
    if payoffs.is_rational:
        p, q = payoffs.patience.as_integer_ratio()
        share = lcm(*(number.denominator for number in given))

        def times(number: Any, unit: Any) -> Any:
            return number.numerator * (unit // number.denominator)

    else:
        p, q, share = payoffs.patience, 1, 1

        def times(number: Any, unit: Any) -> Any:
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


def _binding(polygon: Sequence[Point], low: Any, left: Any) -> list[tuple[Any, Any, Any]]:
    """Return the extreme points, of those at or above two bounds, at which a bound binds.

    Each as two coordinates and what both are to be divided by, so that whole numbers stay whole.
    """
    points: list[tuple[Any, Any, Any]] = []
    for axis, bound, other in ((0, low, left), (1, left, low)):
        ends = _crossed(polygon, axis, bound)
        if not ends or ends[-1][0] < other * ends[-1][1]:
            continue
        lowest_end = ends[0] if ends[0][0] >= other * ends[0][1] else (other, 1)
        for value, over in (ends[-1], lowest_end):
            points.append((bound * over, value, over) if axis == 0 else (value, bound * over, over))
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


def all_generated(payoffs: StagePayoffs, polygon: Polygon, threats: Point) -> Polygon:
    """Return every payoff that continuations in a set support (Abreu, Pearce and Stacchetti)."""
    d = payoffs.patience
    return hull(
        ((1 - d) * g[0] + d * w[0], (1 - d) * g[1] + d * w[1])
        for _, g, needed in payoffs.entries
        for w in clipped(clipped(polygon, 0, threats[0] + needed[0]), 1, threats[1] + needed[1])
    )
