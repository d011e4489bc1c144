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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain, compress, pairwise, product, repeat
from math import lcm
from operator import add, sub
from typing import Any

from balancegame.exact.algebraic import Algebraic
from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.payoff_sets.polygons import Point, Polygon, hull, over

Cell = tuple[int, ...]
# Both players' payoffs, and what they could gain at once, profile by profile.
Columns = tuple[Sequence[Any], Sequence[Any], Sequence[Any], Sequence[Any]]
# What today weighs, what later weighs, and both.
Weights = tuple[Any, Any, Any]
# The number of a profile, its payoffs, by how much a continuation must exceed the threats to
# support it, and the payoffs of the best departures, which name the lines that it shares.
Row = tuple[int, Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True)
class StagePayoffs:
    """What profiles pay, what each player could gain at once, and what a payoff weighs tomorrow."""

    cells: tuple[Cell, ...]
    columns: Columns
    patience: Any

    def only(self, kept: Sequence[bool]) -> StagePayoffs:
        """Return the same of some profiles."""
        xs, ys, ours, theirs = (tuple(compress(column, kept)) for column in self.columns)
        return StagePayoffs(
            tuple(compress(self.cells, kept)), (xs, ys, ours, theirs), self.patience
        )

    @cached_property
    def _kinds(self) -> set[type]:
        return {*map(type, chain(*self.columns[:2]))}

    @property
    def is_rational(self) -> bool:
        """Whether every number is a fraction."""
        return {type(self.patience), *self._kinds} <= {int, Fraction}

    @property
    def stage_equilibria(self) -> dict[Point, Cell]:
        """The pure equilibria of the stage game, by what they yield."""
        rows = zip(self.cells, *self.columns, strict=True)
        return {(x, y): cell for cell, x, y, *gains in rows if not any(gains)}

    @cached_property
    def whole(self) -> tuple[Columns, int]:
        """The columns times a unit that makes them whole, and the unit; else as they are."""
        if not (self.is_rational and Fraction in self._kinds):
            return self.columns, 1
        unit = lcm(*{c.denominator for column in self.columns for c in column})
        xs, ys, ours, theirs = ([_times(c, unit) for c in column] for column in self.columns)
        return (xs, ys, ours, theirs), unit

    @cached_property
    def ratio(self) -> tuple[Any, Any]:
        """The patience as a numerator and a denominator."""
        rational = isinstance(self.patience, Fraction)
        return self.patience.as_integer_ratio() if rational else (self.patience, 1)


def stage_payoffs(stage: NormalFormGame, patience: Any) -> StagePayoffs:
    """Return the payoffs of a two-player stage game for positive patience."""
    return by_profile(map(chain.from_iterable, stage.payoffs), stage.shape, patience)


def by_profile(
    columns: Iterable[Iterable[Any]], shape: tuple[int, ...], patience: Any
) -> StagePayoffs:
    """Return the payoffs of two players that are listed row by row, and the gains that follow."""
    (xs, ys), (height, width) = map(tuple, columns), shape
    best = [max(xs[column::width]) for column in range(width)] * height
    most = [max(ys[start : start + width]) for start in range(0, len(ys), width)]
    gains = tuple(map(sub, best, xs))
    others = tuple(map(sub, chain.from_iterable(map(repeat, most, repeat(width))), ys))
    return StagePayoffs(tuple(product(*map(range, shape))), (xs, ys, gains, others), patience)


def playable_profiles(payoffs: StagePayoffs) -> tuple[StagePayoffs, Point]:
    """Return the profiles that may be played in equilibrium, and payoffs that nobody falls below.

    Nothing supports a profile whose gains from departing exceed whatever the others could yield
    above the least payoffs. Without it the best payoffs are lower and the least ones higher, which
    may rule out more.
    """
    (p, q), (low, left) = payoffs.ratio, pure_minmax(payoffs)
    now = q - p
    while payoffs.cells:
        xs, ys, ours, theirs = payoffs.columns
        low, left = max(low, min(xs)), max(left, min(ys))
        most, highest = p * (max(xs) - low), p * (max(ys) - left)
        if now * max(ours) <= most and now * max(theirs) <= highest:
            break
        both = zip(ours, theirs, strict=True)
        payoffs = payoffs.only([now * a <= most and now * b <= highest for a, b in both])
    return payoffs, (low, left)


def pure_minmax(payoffs: StagePayoffs) -> Point:
    """Return what each player can secure when the other holds it down by pure actions."""
    xs, ys, ours, theirs = payoffs.columns
    return min(map(add, xs, ours)), min(map(add, ys, theirs))


def lowest(polygon: Iterable[Point]) -> Point:
    """Return each player's least payoff in a set that is not empty."""
    first, second = zip(*polygon, strict=True)
    return min(first), min(second)


def threats(polygon: Iterable[Point], least: Point) -> Point:
    """Return the least payoffs in a set, or others if those are higher."""
    low, left = lowest(polygon)
    return max(low, least[0]), max(left, least[1])


def in_whole_numbers(payoffs: StagePayoffs, points: Sequence[Point]) -> tuple[list[Point], int]:
    """Return points times a multiple of the unit of the stage payoffs, whole, and that unit.

    Whole numbers cost a tenth of what fractions do.
    """
    unit = lcm(payoffs.whole[1], *[c.denominator for point in points for c in point])
    if unit == 1:
        return list(points), unit
    return [(_times(x, unit), _times(y, unit)) for x, y in points], unit


def _times(c: Any, unit: int) -> Any:
    if isinstance(c, Algebraic):
        return c.in_whole_numbers(unit)
    top, bottom = c.as_integer_ratio()
    return top * (unit // bottom)


def all_generated(payoffs: StagePayoffs, polygon: Polygon, threats: Point) -> Polygon:
    """Return every payoff that continuations in a set support (Abreu, Pearce and Stacchetti)."""
    (p, q), (columns, own) = payoffs.ratio, payoffs.whole
    (levels, *points), unit = in_whole_numbers(payoffs, [threats, *polygon])
    now, scale = q - p, unit // own
    # All in one unit, so that most of what follows is a whole number.
    rows = [
        (k, p * scale * x, p * scale * y, now * scale * a, now * scale * b, x + a, y + b)
        for k, (x, y, a, b) in enumerate(zip(*columns, strict=True))
    ]
    around = tuple([(p * x, p * y) for x, y in points])
    lasting, others = _supportable(rows, around, (p * levels[0], p * levels[1]))
    inside = [
        (now * x + p * a, now * y + p * b)
        for _, x, y, _, _, low, left in lasting + others
        for a, b in around
        if a >= low and b >= left
    ]
    found = hull([*inside, *_where_bounds_bind(lasting + others, (now, p, q), around)])
    return tuple([(over(x, q * p * unit), over(y, q * p * unit)) for x, y in found])


def step(
    rows: Iterable[Row], weights: Weights, polygon: Polygon, threats: Point
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
    rows: Iterable[Row], polygon: Polygon, threats: Point
) -> tuple[list[Row], list[Row]]:
    """Return the profiles that can last, and those that others in a set may support.

    With the least payoffs that support them, in place of what they must exceed the threats by.
    """
    lasting: list[Row] = []
    others: list[Row] = []
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
    least, first = lines.get, xs[0]
    for name, x, y, line, _, bound, other in able:
        if bound < first or bound > far:
            continue
        k = bisect_right(us, bound) - 1
        high = vs[k] + falls[k] * (bound - us[k])
        if high < other:
            continue
        k = bisect_right(xs, bound) - 1
        low = ys[k] + rises[k] * (bound - xs[k])
        if low < other:
            low = other
        ends = least(line)
        today = now * y
        below, above = today + later * low, today + later * high
        if ends is None:
            place = now * x + later * bound
            lines[line] = [(place, below, name, bound, low), (place, above, name, bound, high)]
            continue
        if below < ends[0][1]:
            ends[0] = ends[0][0], below, name, bound, low
        if above > ends[1][1]:
            ends[1] = ends[1][0], above, name, bound, high
    return chain.from_iterable(lines.values())


def _graph(points: Sequence[Point]) -> tuple[list[Any], list[Any], list[Any]]:
    """Return the coordinates of points from left to right, and how steeply the next one follows."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    rises = [over(q[1] - p[1], q[0] - p[0]) if q[0] > p[0] else 0 for p, q in pairwise(points)]
    return xs, ys, [*rises, 0]
