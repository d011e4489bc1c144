"""Where the sides of a phase diagram's grid squares cross the curves that bound its regimes.

Between two neighbouring grid points the signs of some polynomials differ: their curves pass there.
Pairs of neighbours with the same two sign patterns are looked at once for all their sides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from balancegame.solvers.conditions import Signs, signs_along
from balancegame.solvers.curves import Curve

__all__ = ["Crossing", "Edge", "Field", "crossings"]

Numbers = NDArray[np.intp]
Shares = NDArray[np.float64]
Places = Sequence[tuple["Edge", "Crossing"]]

# Curves that cross a side within this share of it are taken to meet there; what then holds is read
# at an exact point.
NEAR = 1e-6

# A grid point itself counts as this share of a side away from it.
END = 1e-7

STEPS = 60


class Edge(NamedTuple):
    """The side of a grid square that starts at a grid point and runs along x, or upward along y."""

    upward: bool
    row: int
    column: int


class Crossing(NamedTuple):
    """A place where a side of a grid square crosses a boundary.

    ``share`` says how far along; ``curve`` is the number of the boundary's curve; ``before``,
    ``on`` and ``after`` are the numbers of regimes.
    """

    share: float
    curve: int
    before: int
    on: int
    after: int


@dataclass(frozen=True)
class Field:
    """What is known of a grid.

    Attributes
    ----------
    x, y : tuple of Fraction
        The values along the axes.
    curves : tuple of Curve
    patterns : ndarray of int8, shape (curves, patterns)
        The distinct columns of signs beside grid points, none of them 0.
    cells : ndarray of int, shape (len(y), len(x))
        The pattern beside each grid point.
    read : callable
        From columns of signs to the numbers of their regimes.
    """

    x: tuple[Fraction, ...]
    y: tuple[Fraction, ...]
    curves: tuple[Curve, ...]
    patterns: Signs
    cells: Numbers
    read: Callable[[Signs], Numbers]


@dataclass(frozen=True)
class _Sides:
    """Sides whose ends have different patterns, one entry of each array a side."""

    upward: NDArray[np.bool_]
    row: Numbers
    column: Numbers
    before: Numbers
    after: Numbers

    def edge(self, k: int) -> Edge:
        return Edge(bool(self.upward[k]), int(self.row[k]), int(self.column[k]))

    def some(self, chosen: Numbers) -> _Sides:
        return _Sides(
            self.upward[chosen],
            self.row[chosen],
            self.column[chosen],
            self.before[chosen],
            self.after[chosen],
        )


def crossings(field: Field) -> dict[Edge, list[Crossing]]:
    """Return for each side that a boundary crosses its crossings, in order along the side."""
    sides = _sides(field.cells)
    if not len(sides.row):
        return {}
    labels = field.read(field.patterns)
    pairs, pair = np.unique(sides.before * len(labels) + sides.after, return_inverse=True)
    first, second = np.divmod(pairs, len(labels))
    changed = field.patterns[:, first] != field.patterns[:, second]
    on = field.read(np.where(changed, 0, field.patterns[:, first]))
    left, right = labels[first], labels[second]
    drawn = (left != right) | ((on != left) & (on != right))
    kept = np.flatnonzero(drawn[pair])
    sides, pair = sides.some(kept), pair[kept]
    shares = _shares(field, sides, changed[:, pair])
    single = changed.sum(axis=0) == 1
    alone = changed.argmax(axis=0)
    found: dict[Edge, list[Crossing]] = {}
    several = []
    for k, p in enumerate(pair.tolist()):
        if single[p]:
            curve = int(alone[p])
            found[sides.edge(k)] = [
                Crossing(float(shares[curve, k]), curve, int(left[p]), int(on[p]), int(right[p]))
            ]
        else:
            several.append(k)
    found.update(_walked(field, sides.some(np.array(several, dtype=np.intp)), shares[:, several]))
    return _confirmed(field, found)


def _sides(cells: Numbers) -> _Sides:
    along, up = cells[:, :-1] != cells[:, 1:], cells[:-1] != cells[1:]
    (row, column), (row_up, column_up) = along.nonzero(), up.nonzero()
    return _Sides(
        np.repeat([False, True], [len(row), len(row_up)]),
        np.concatenate([row, row_up]),
        np.concatenate([column, column_up]),
        np.concatenate([cells[:, :-1][along], cells[:-1][up]]),
        np.concatenate([cells[:, 1:][along], cells[1:][up]]),
    )


def _shares(field: Field, sides: _Sides, changed: NDArray[np.bool_]) -> Shares:
    """Return how far along each side each curve that crosses it does, not-a-number else."""
    shares = np.full(changed.shape, np.nan)
    x, y = np.array(field.x, dtype=np.float64), np.array(field.y, dtype=np.float64)
    x0, y0 = x[sides.column], y[sides.row]
    dx = np.where(sides.upward, 0, np.append(np.diff(x), 0)[sides.column])
    dy = np.where(sides.upward, np.append(np.diff(y), 0)[sides.row], 0)
    for k, at in enumerate(changed):
        if at.any():
            start = field.patterns[k, sides.before[at]]
            shares[k, at] = _roots(field.curves[k], start, x0[at], y0[at], dx[at], dy[at])
    return shares


def _walked(field: Field, sides: _Sides, shares: Shares) -> dict[Edge, list[Crossing]]:
    """Return the crossings of sides that several curves cross, one place after another."""
    numbers: dict[bytes, int] = {}
    columns: list[Signs] = []

    def number(signs: Signs) -> int:
        position = numbers.setdefault(signs.tobytes(), len(columns))
        if position == len(columns):
            columns.append(signs.copy())
        return position

    walks: dict[tuple[int, int, tuple[tuple[int, ...], ...]], list[tuple[int, int, int]]] = {}
    taken = []
    for k in range(len(sides.row)):
        start, end = int(sides.before[k]), int(sides.after[k])
        order = _together(field.patterns[:, start] != field.patterns[:, end], shares[:, k])
        walk = start, end, order
        taken.append(walk)
        if walk in walks:
            continue
        signs, steps = field.patterns[:, start].copy(), []
        for together in order:
            before, at = number(signs), signs.copy()
            at[list(together)] = 0
            signs[list(together)] *= -1
            steps.append((before, number(at), number(signs)))
        walks[walk] = steps
    found: dict[Edge, list[Crossing]] = {}
    if not walks:
        return found
    labels = field.read(np.stack(columns, axis=1)).tolist()
    for k, walk in enumerate(taken):
        met = []
        for (first, *_), step in zip(walk[2], walks[walk], strict=True):
            before, on, after = (labels[number] for number in step)
            if before != after or on != before:
                met.append(Crossing(float(shares[first, k]), first, before, on, after))
        if met:
            found[sides.edge(k)] = met
    return found


def _together(changed: NDArray[np.bool_], shares: Shares) -> tuple[tuple[int, ...], ...]:
    """Return curves in order along a side, those together that cross it at one place."""
    order = sorted(np.flatnonzero(changed).tolist(), key=shares.__getitem__)
    groups = [[order[0]]]
    for a, b in pairwise(order):
        if shares[b] - shares[a] > NEAR:
            groups.append([])
        groups[-1].append(b)
    return tuple(map(tuple, groups))


def _confirmed(field: Field, found: dict[Edge, list[Crossing]]) -> dict[Edge, list[Crossing]]:
    """Read what holds on each boundary at an exact point of it, unless that is plain already.

    It is plain where at some place of the boundary no other curve is anywhere near.
    """
    listed = [
        (edge, crossing)
        for edge, met in found.items()
        for crossing in met
        if crossing.on not in (crossing.before, crossing.after)
    ]
    signs = _plain_signs(field, listed)
    near = np.isnan(signs)
    own = near[[crossing.curve for _, crossing in listed], range(len(listed))]
    plain = {
        crossing[1:]
        for (_, crossing), alone in zip(listed, near.sum(axis=0) == own, strict=True)
        if alone
    }
    doubtful: dict[tuple[int, ...], list[int]] = {}
    for k, (_, crossing) in enumerate(listed):
        if crossing[1:] not in plain:
            doubtful.setdefault(crossing[1:], []).append(k)
    exact = {
        kind: _exactly(field, [listed[k] for k in chosen], signs[:, chosen])
        for kind, chosen in doubtful.items()
    }
    # What was read wrongly is a place where more vanishes than the curves that cross there.
    wrong = {kind: on for kind, on in exact.items() if on != kind[2]}
    if not wrong:
        return found
    confirmed = {}
    for edge, met in found.items():
        reread = [c._replace(on=wrong[c[1:]]) if c[1:] in wrong else c for c in met]
        kept = [c for c in reread if c.before != c.after or c.on != c.before]
        if kept:
            confirmed[edge] = kept
    return confirmed


def _plain_signs(field: Field, places: Places) -> Shares:
    """Return the sign of each curve at each place, not-a-number where rounding could hide it."""
    edges = np.array([edge for edge, _ in places], dtype=np.intp).reshape(-1, 3)
    shares = np.array([crossing.share for _, crossing in places])
    upward, row, column = edges.T
    x, y = (np.array(values, dtype=np.float64) for values in (field.x, field.y))
    across = x[column] + np.where(upward, 0, shares * np.append(np.diff(x), 0)[column])
    up = y[row] + np.where(upward, shares * np.append(np.diff(y), 0)[row], 0)
    signs = np.empty((len(field.curves), len(places)))
    for curve, line in zip(field.curves, signs, strict=True):
        value = curve.value(across, up)
        line[:] = np.where(abs(value) > NEAR * curve.scale(across, up), np.sign(value), np.nan)
    return signs


def _exactly(field: Field, places: Places, signs: Shares) -> int:
    """Return the regime at a point, rational or not, where a side meets a boundary.

    Of a few such points the one on the fewest curves counts: others are corners.
    """
    fewest = np.argsort(np.isnan(signs).sum(axis=0), kind="stable")[:2].tolist()
    columns = [_signs_at(field, places[k][0], places[k][1], signs[:, k]) for k in fewest]
    return int(field.read(max(columns, key=np.count_nonzero)[:, None])[0])


def _signs_at(field: Field, edge: Edge, crossing: Crossing, plain: Shares) -> Signs:
    """Return the exact signs of all curves at a crossing."""
    close = [k for k in range(len(plain)) if np.isnan(plain[k]) or k == crossing.curve]
    curves = [field.curves[k] for k in close]
    if edge.upward:
        low, high = field.y[edge.row : edge.row + 2]
        along = [curve.along_y(field.x[edge.column]) for curve in curves]
    else:
        low, high = field.x[edge.column : edge.column + 2]
        along = [curve.along_x(field.y[edge.row]) for curve in curves]
    places, signs = signs_along(along, low, high)
    own = close.index(crossing.curve)

    def distance(k: int) -> Any:
        share = float((places[k].interval[0] - low) / (high - low))
        return abs(share - crossing.share) + (signs[own, 2 * k] != 0)

    nearest = min(range(len(places)), key=distance)
    column = np.nan_to_num(plain).astype(np.int8)
    column[close] = signs[:, 2 * nearest]
    return column


def _roots(curve: Curve, start: Signs, x: Shares, y: Shares, dx: Shares, dy: Shares) -> Shares:
    """Return where a curve crosses sides, from its sign ``start`` to the opposite one.

    The signs hold just beside the grid points: at a point itself the curve may vanish.
    """
    low, high = np.full(len(x), END), np.full(len(x), 1 - END)
    at_low, at_high = (curve.value(x + at * dx, y + at * dy) for at in (low, high))
    at_start, at_end = at_low * start <= 0, at_high * start >= 0
    at_low, at_high = np.where(at_start, start, at_low), np.where(at_end, -start, at_high)
    if curve.degree == 2:
        middle = curve.value(x + 0.5 * dx, y + 0.5 * dy)
        share = END + (1 - 2 * END) * _quadratic(at_low, middle, at_high)
        return np.where(at_start, 0, np.where(at_end, 1, share))
    share = _chord(low, high, at_low, at_high)
    for _ in range(STEPS if curve.degree > 2 else 0):
        value = curve.value(x + share * dx, y + share * dy)
        beyond = value * start > 0
        # Illinois: an end that stays counts half, so that both ends close in.
        at_low, at_high = np.where(beyond, [value, at_high / 2], [at_low / 2, value])
        low, high = np.where(beyond, [share, high], [low, share])
        last, share = share, _chord(low, high, at_low, at_high)
        if np.all(np.abs(share - last) < END):
            break
    return np.where(at_start, 0, np.where(at_end, 1, share))


def _quadratic(at_low: Shares, middle: Shares, at_high: Shares) -> Shares:
    """Return where a parabola through values at 0, 1/2 and 1 vanishes between the ends."""
    a, b = 2 * (at_low + at_high - 2 * middle), 4 * middle - 3 * at_low - at_high
    root = np.sqrt(np.maximum(b * b - 4 * a * at_low, 0))
    q = -(b + np.copysign(root, b)) / 2
    # One of q / a and at_low / q lies between the ends; neither divisor is 0 there.
    other = q / np.where(a == 0, 1, a)
    inside = (a != 0) & (other >= 0) & (other <= 1)
    return np.where(inside, other, at_low / np.where(q == 0, 1, q))


def _chord(low: Shares, high: Shares, at_low: Shares, at_high: Shares) -> Shares:
    """Return where the chord between two values of opposite sign vanishes."""
    difference = at_high - at_low
    flat = difference == 0
    return np.where(flat, low, low - at_low * (high - low) / np.where(flat, 1, difference))
