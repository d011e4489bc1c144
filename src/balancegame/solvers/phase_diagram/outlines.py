"""The lines between regimes, from crossing to crossing, closed around each area.

``figures/phase_diagram/areas_and_boundaries.py`` draws them.

Within a grid square the crossings on its sides are joined: two of one boundary by a line, all
others at the point where their curves intersect. Lines are then strung together between the
points where three regimes meet, thinned where they are straight, and closed around each area, so
that neighbours share every point of their common boundary. Which crossings belong together follows
from the regimes beside them; floating point says only where on the page they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise
from math import hypot
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from balancegame.solvers.phase_diagram.curves import Curve
from balancegame.solvers.phase_diagram.regime_geometry import RegimeGeometry

Point = tuple[float, float]
"""A place in the unit square, y upwards."""

# In shares of the frame, which is some 400 pixels wide. What fills less than a speck cannot be seen
# and gets no letter; which regime holds at a point of it is known all the same.
SPECK = 1e-7
STRAIGHT = 5e-5
CLOSED = 1e-9
ROUNDING = 1e-9

NEWTON_STEPS = 8

FRAME = -1


@dataclass(frozen=True)
class Arc:
    """A piece of boundary: its points, and the regimes to its left, on it and to its right."""

    points: tuple[Point, ...]
    left: int
    on: int
    right: int
    curve: int

    @property
    def is_regime(self) -> bool:
        """Whether what holds on it holds on neither side."""
        return self.on not in (self.left, self.right)

    @cached_property
    def length(self) -> float:
        """Its length in sides of the frame."""
        return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(self.points))


@dataclass(frozen=True)
class Outlines:
    """The outlines of each regime that fills an area, and every piece of boundary but the frame.

    The outlines of holes run clockwise.
    """

    areas: dict[int, list[list[Point]]]
    arcs: tuple[Arc, ...]


class _Met(NamedTuple):
    """A crossing, its regimes in the order in which one walks by."""

    node: int
    curve: int
    before: int
    on: int
    after: int


Piece = tuple[int, int, int, int, int, int]
"""A piece of boundary: its start and end, the regimes left of it, on it and right, its curve."""

Pieces = NDArray[np.intp]
"""Pieces of boundary, shape (pieces, 6)."""


def outlines(found: RegimeGeometry) -> Outlines:
    """Return the outlines of a phase diagram's regimes."""
    rows, columns = found.areas.shape
    met = found.crossings
    u = (met.column + np.where(met.upward, 0, met.share)) / (columns - 1)
    v = (met.row + np.where(met.upward, met.share, 0)) / (rows - 1)
    places: list[Point] = list(zip(u.tolist(), v.tolist(), strict=True))
    pieces = np.concatenate([np.array(_frame(found, places)), _inside(found, places)])
    straight = {k for k, curve in enumerate(found.curves) if curve.degree <= 1}
    arcs = list(_arcs(pieces, places, straight))
    areas = {
        regime: closed
        for regime in sorted({k for arc in arcs for k in (arc.left, arc.right)} - {FRAME})
        if (closed := [line for line in _closed(arcs, regime) if abs(area(line)) > SPECK])
    }
    return Outlines(areas, tuple(arc for arc in arcs if arc.curve != FRAME))


def area(outline: Sequence[Point]) -> float:
    """Return the area inside an outline, negative if it runs clockwise."""
    total, (x0, y0) = 0.0, outline[-1]
    for x1, y1 in outline:
        total += x0 * y1 - x1 * y0
        x0, y0 = x1, y1
    return total / 2


def _inside(found: RegimeGeometry, places: list[Point]) -> Pieces:
    """Return the pieces of boundary within all squares."""
    square, node, backward = _around(found)
    met = found.crossings
    curve, on = met.curve[node], met.on[node]
    before = np.where(backward, met.after[node], met.before[node])
    after = np.where(backward, met.before[node], met.after[node])
    start = np.flatnonzero(np.diff(square, prepend=-1))
    count = np.diff(start, append=len(square))
    # Most squares are crossed by one line: its two crossings are joined.
    simple = np.zeros(len(start), dtype=np.bool_)
    pairs = start[count == 2]
    simple[count == 2] = curve[pairs] == curve[pairs + 1]
    a = start[simple]
    pieces = np.stack([node[a + 1], node[a], after[a], on[a], before[a], curve[a]], axis=1)
    others: list[Piece] = []
    width = found.areas.shape[1]
    table = np.stack([node, curve, before, on, after], axis=1)
    for first, size in zip(start[~simple].tolist(), count[~simple].tolist(), strict=True):
        row, column = divmod(int(square[first]), width)
        listed = [_Met(*entry) for entry in table[first : first + size].tolist()]
        others += _in_square(found, row, column, listed, places)
    return np.concatenate([pieces, np.array(others, dtype=np.intp).reshape(-1, 6)])


def _around(found: RegimeGeometry) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.bool_]]:
    """Return, square by square and counter-clockwise, the crossings on their sides.

    For each that is the number of the square, its own number, and whether one walks against the
    direction of the side.
    """
    rows, columns = found.areas.shape
    met = found.crossings
    number = np.arange(len(met.on))
    up = met.upward.astype(np.intp)
    fits = (met.row < rows - 1) & (met.column < columns - 1)
    fits_behind = np.where(met.upward, met.column > 0, met.row > 0)
    here = met.row * columns + met.column
    behind = here - np.where(met.upward, 1, columns)
    square = np.concatenate([here[fits], behind[fits_behind]])
    side = np.concatenate([3 * up[fits], 2 - up[fits_behind]])
    node = np.concatenate([number[fits], number[fits_behind]])
    backward = np.concatenate([met.upward[fits], ~met.upward[fits_behind]])
    order = np.lexsort((np.where(backward, -node, node), side, square))
    return square[order], node[order], backward[order]


def _in_square(
    found: RegimeGeometry, row: int, column: int, met: list[_Met], places: list[Point]
) -> list[Piece]:
    """Return the pieces of boundary within a square that is not crossed by a single line."""
    pieces: list[Piece] = []
    for group in _joined(met):
        curves = list(dict.fromkeys(crossing.curve for crossing in group))
        if len(group) == 2 and len(curves) == 1:
            a, b = group
            pieces.append((b.node, a.node, a.after, a.on, a.before, a.curve))
        elif len(group) > 1:
            corner = len(places)
            points = [places[crossing.node] for crossing in group]
            places.append(_meeting(found, curves, row, column, points))
            pieces += [(corner, c.node, c.after, c.on, c.before, c.curve) for c in group]
    return pieces


def _joined(met: list[_Met]) -> list[list[_Met]]:
    """Split a square's crossings into those that belong together.

    Neighbours on one curve, with the same regime on their outer sides, are its way in and out.
    What is then left meets in one point.
    """
    groups, left, k = [], list(met), 0
    while len(left) > 2 and k < len(left):
        a, b = left[k - 1], left[k]
        if a.curve == b.curve and a.before == b.after:
            groups.append([a, b])
            left = [crossing for crossing in left if crossing not in (a, b)]
            k = 0
        else:
            k += 1
    return [*groups, left]


def _meeting(
    found: RegimeGeometry, curves: list[int], row: int, column: int, points: list[Point]
) -> Point:
    """Return where two curves intersect within a square, or the middle of its crossings."""
    rows, columns = found.areas.shape
    middle = sum(u for u, _ in points) / len(points), sum(v for _, v in points) / len(points)
    for first, second in combinations(curves, 2):
        place = _intersection(found, found.curves[first], found.curves[second], middle)
        if place:
            inside = place[0] * (columns - 1) - column, place[1] * (rows - 1) - row
            if min(inside) >= -ROUNDING and max(inside) <= 1 + ROUNDING:
                return place
    return middle


def _intersection(found: RegimeGeometry, first: Curve, second: Curve, start: Point) -> Point | None:
    """Return a point at which two curves both vanish, by Newton's method; None if none is near."""
    x, y = found.diagram.x, found.diagram.y
    (x0, wide), (y0, high) = ((float(line[0]), float(line[-1] - line[0])) for line in (x, y))
    u, v = start
    straight = first.degree == second.degree == 1
    for _ in range(NEWTON_STEPS):
        at = x0 + u * wide, y0 + v * high
        (f, fx, fy), (g, gx, gy) = first.near(*at), second.near(*at)
        slope = fx * gy - fy * gx
        if abs(slope) <= ROUNDING * (abs(fx) + abs(fy)) * (abs(gx) + abs(gy)):
            return None
        du, dv = (f * gy - g * fy) / slope / wide, (fx * g - gx * f) / slope / high
        u, v = u - du, v - dv
        if abs(du) + abs(dv) < ROUNDING or straight:
            # Boundaries that meet in one corner agree to the last figure on where it is.
            return round(u, 9), round(v, 9)
    return None


def _frame(found: RegimeGeometry, places: list[Point]) -> list[Piece]:
    """Return the frame, counter-clockwise, cut at its corners and where a boundary meets it."""
    rows, columns = found.areas.shape
    met = found.crossings
    path: list[tuple[int, int]] = []
    inside = int(found.areas[0, 0])
    for corner, on_side in (
        ((0.0, 0.0), ~met.upward & (met.row == 0)),
        ((1.0, 0.0), met.upward & (met.column == columns - 1)),
        ((1.0, 1.0), ~met.upward & (met.row == rows - 1)),
        ((0.0, 1.0), met.upward & (met.column == 0)),
    ):
        nodes = np.flatnonzero(on_side)
        regimes = met.after[nodes]
        if corner[1] == 1:
            nodes = nodes[::-1]
            regimes = met.before[nodes]
        path.append((len(places), inside))
        places.append(corner)
        path += zip(nodes.tolist(), regimes.tolist(), strict=True)
        inside = path[-1][1]
    ways = pairwise([*path, path[0]])
    return [(start, end, label, FRAME, FRAME, FRAME) for (start, label), (end, _) in ways]


def _arcs(pieces: Pieces, places: list[Point], straight: set[int]) -> Iterator[Arc]:
    """Join pieces that lie between the same regimes.

    Where they all follow one straight line, the places on the way are left out; ``straight`` has
    the numbers of such curves.
    """
    count = len(pieces)
    onward = _onward(pieces)
    # End e of all pieces belongs to piece e, or to piece e - count if it is where that one ends.
    nodes = np.concatenate([pieces[:, 0], pieces[:, 1]]).tolist()
    curves = pieces[:, 5].tolist()
    seen = [False] * count
    strung, lines = [], []
    for k in range(count):
        if seen[k]:
            continue
        seen[k] = True
        chains, followed = [], {curves[k]}
        for end in (k, k + count):
            chain = [nodes[end]]
            while (near := onward[end]) >= 0 and not seen[near % count]:
                seen[near % count] = True
                followed.add(curves[near % count])
                end = (near + count) % (2 * count)
                chain.append(nodes[end])
            chains.append(chain)
        line = [*reversed(chains[0]), *chains[1]]
        if len(followed) == 1 and followed <= straight:
            # Its ends can stand beside the line, where more than two boundaries meet in a square.
            line = list(dict.fromkeys([*line[:2], *line[-2:]]))
        strung.append(k)
        lines.append([places[node] for node in line])
    sides = pieces[strung, 2:].tolist()
    for points, (left, on, right, curve) in zip(thinned(lines), sides, strict=True):
        if len(set(points)) > 1:
            yield Arc(tuple(points), left, on, right, curve)


def thinned(lines: list[list[Point]]) -> list[list[Point]]:
    """Leave out points on straight lines, by the algorithm of Douglas and Peucker (1973).

    All lines are split together, at the point of each stretch that is farthest from its chord.
    """
    points = np.array([point for line in lines for point in line]).reshape(-1, 2)
    ends = np.cumsum([len(line) for line in lines]) - 1
    low, high = np.concatenate([[0], ends[:-1] + 1]), ends
    kept = np.zeros(len(points), dtype=np.bool_)
    kept[low], kept[high] = True, True
    while True:
        long = high - low > 1
        low, high = low[long], high[long]
        if not len(low):
            break
        between = high - low - 1
        start = np.cumsum(between) - between
        stretch = np.repeat(np.arange(len(low)), between)
        at = np.arange(len(stretch)) - start[stretch] + low[stretch] + 1
        chord = points[high] - points[low]
        span = np.hypot(*chord.T)
        closed = span < CLOSED
        x, y = (points[at] - points[low[stretch]]).T
        across = np.abs(x * chord[stretch, 1] - y * chord[stretch, 0])
        far = np.where(closed[stretch], np.hypot(x, y), across / np.where(closed, 1, span)[stretch])
        farthest = np.maximum.reduceat(far, start)
        hit = np.flatnonzero(far == farthest[stretch])
        _, first = np.unique(stretch[hit], return_index=True)
        bends = farthest > STRAIGHT
        middle = at[hit[first]][bends]
        kept[middle] = True
        low, high = np.concatenate([low[bends], middle]), np.concatenate([middle, high[bends]])
    chosen = iter(kept.tolist())
    return [[point for point in line if next(chosen)] for line in lines]


def _onward(pieces: Pieces) -> list[int]:
    """Return for each end of a piece the end of another at which the boundary goes on, else -1.

    It goes on from a node through which nothing else passes, if the same regimes lie beside it.
    """
    count = len(pieces)
    nodes = np.concatenate([pieces[:, 0], pieces[:, 1]])
    left, on, right = pieces[:, 2:5].T
    order = np.argsort(nodes, kind="stable")
    two = np.flatnonzero(np.bincount(nodes)[nodes[order]] == 2)
    first, second = order[two[0::2]], order[two[1::2]]
    here, there = first % count, second % count
    turned = (first < count) == (second < count)
    same = (
        (left[here] == np.where(turned, right[there], left[there]))
        & (right[here] == np.where(turned, left[there], right[there]))
        & (on[here] == on[there])
    )
    onward = np.full(2 * count, -1)
    onward[first[same]], onward[second[same]] = second[same], first[same]
    listed: list[int] = onward.tolist()
    return listed


def _closed(arcs: list[Arc], regime: int) -> list[list[Point]]:
    """Close the arcs around a regime into outlines that have it to their left."""
    starts: dict[Point, list[tuple[Point, ...]]] = {}
    for arc in arcs:
        if regime in (arc.left, arc.right) and arc.left != arc.right:
            points = arc.points if arc.left == regime else arc.points[::-1]
            starts.setdefault(points[0], []).append(points)
    found = []
    while starts:
        here = start = next(iter(starts))
        outline: list[Point] = []
        while here in starts:
            points = starts[here].pop()
            if not starts[here]:
                del starts[here]
            outline += points[:-1]
            here = points[-1]
        if here == start:
            found.append(outline)
    return found
