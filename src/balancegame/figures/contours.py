"""From crossings of a grid to outlines: lines that run straight and corners that meet.

Within a grid square the crossings on its sides are joined: two of one boundary by a line, all
others at the point where their curves intersect. Lines are then strung together between the
points where three regimes meet, thinned where they are straight, and closed around each area, so
that neighbours share every point of their common boundary.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import hypot
from typing import NamedTuple

import numpy as np

from balancegame.solvers.boundaries import Boundaries
from balancegame.solvers.crossings import Crossing, Edge
from balancegame.solvers.curves import Curve

__all__ = ["Arc", "Contours", "Point", "area", "contours"]

Point = tuple[float, float]
"""A place in the unit square, y upwards."""

# All in shares of the frame, which is some 400 pixels wide.
STRAIGHT = 5e-5
SPECK = 1e-7
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

    @property
    def length(self) -> float:
        """Its length in sides of the frame."""
        return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(self.points))


@dataclass(frozen=True)
class Contours:
    """Outlines of a phase diagram.

    Attributes
    ----------
    areas : dict
        For each regime that fills an area its outlines; those of holes run clockwise.
    arcs : tuple of Arc
        Every piece of boundary, the frame left out.
    """

    areas: dict[int, list[list[Point]]]
    arcs: tuple[Arc, ...]


class _Met(NamedTuple):
    """A crossing and its node; its regimes stand in the order in which one walks by."""

    node: int
    crossing: Crossing


class _Piece(NamedTuple):
    start: int
    end: int
    left: int
    on: int
    right: int
    curve: int

    def other(self, node: int) -> int:
        return self.end if node == self.start else self.start


Along = dict[Edge, list[_Met]]


def contours(found: Boundaries) -> Contours:
    """Return the outlines of a phase diagram's regimes."""
    places: list[Point] = []
    along: Along = {}
    for edge, crossings in found.crossings.items():
        along[edge] = [_Met(len(places) + k, crossing) for k, crossing in enumerate(crossings)]
        places += [_place(found, edge, crossing.share) for crossing in crossings]
    pieces = _frame(found, along, places)
    for (row, column), met in _squares(found, along):
        pieces += _in_square(found, row, column, met, places)
    arcs = list(_arcs(pieces, places))
    areas = {}
    for regime in sorted({k for arc in arcs for k in (arc.left, arc.right)} - {FRAME}):
        outlines = [line for line in _outlines(arcs, regime) if abs(area(line)) > SPECK]
        if outlines:
            areas[regime] = outlines
    return Contours(areas, tuple(arc for arc in arcs if arc.curve != FRAME))


def area(outline: Sequence[Point]) -> float:
    """Return the area inside an outline, negative if it runs clockwise."""
    around = zip(outline, [*outline[1:], outline[0]], strict=True)
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in around) / 2


def _squares(found: Boundaries, along: Along) -> list[tuple[tuple[int, int], list[_Met]]]:
    """Return each square with the crossings on its sides, counter-clockwise."""
    rows, columns = found.areas.shape
    around: dict[tuple[int, int], list[list[_Met]]] = {}
    for edge, met in along.items():
        upward, row, column = edge
        if row < rows - 1 and column < columns - 1:
            sides = around.setdefault((row, column), [[], [], [], []])
            sides[3 if upward else 0] = _backward(met) if upward else met
        behind = (row, column - 1) if upward else (row - 1, column)
        if behind[0] >= 0 and behind[1] >= 0:
            sides = around.setdefault(behind, [[], [], [], []])
            sides[1 if upward else 2] = met if upward else _backward(met)
    return [(square, [*a, *b, *c, *d]) for square, (a, b, c, d) in sorted(around.items())]


def _backward(met: list[_Met]) -> list[_Met]:
    return [
        _Met(node, Crossing(share, curve, after, on, before))
        for node, (share, curve, before, on, after) in reversed(met)
    ]


def _in_square(
    found: Boundaries, row: int, column: int, met: list[_Met], places: list[Point]
) -> list[_Piece]:
    """Return the pieces of boundary within a square."""
    pieces = []
    for group in _joined(met):
        curves = list(dict.fromkeys(crossing.curve for _, crossing in group))
        if len(group) == 2 and len(curves) == 1:
            (start, first), (end, _) = group
            pieces.append(_Piece(end, start, first.after, first.on, first.before, first.curve))
        elif len(group) > 1:
            corner = len(places)
            points = [places[node] for node, _ in group]
            places.append(_meeting(found, curves, row, column, points))
            pieces += [_Piece(corner, node, c.after, c.on, c.before, c.curve) for node, c in group]
    return pieces


def _joined(met: list[_Met]) -> list[list[_Met]]:
    """Split a square's crossings into those that belong together."""
    if len(met) == 4:
        for a, b, c, d in (met, [*met[1:], met[0]]):
            alike = (
                a.crossing.curve == b.crossing.curve
                and c.crossing.curve == d.crossing.curve
                and a.crossing.before == b.crossing.after
                and c.crossing.before == d.crossing.after
            )
            if alike:
                return [[a, b], [c, d]]
    return [met]


def _place(found: Boundaries, edge: Edge, share: float) -> Point:
    rows, columns = found.areas.shape
    u, v = (0.0, share) if edge.upward else (share, 0.0)
    return (edge.column + u) / (columns - 1), (edge.row + v) / (rows - 1)


def _meeting(
    found: Boundaries, curves: list[int], row: int, column: int, points: list[Point]
) -> Point:
    """Return where two curves intersect within a square, or the middle of its crossings."""
    rows, columns = found.areas.shape
    middle = sum(u for u, _ in points) / len(points), sum(v for _, v in points) / len(points)
    for first, second in combinations(curves, 2):
        u, v = _intersection(found, found.curves[first], found.curves[second], middle)
        across, up = u * (columns - 1) - column, v * (rows - 1) - row
        if min(across, up) >= -ROUNDING and max(across, up) <= 1 + ROUNDING:
            return u, v
    return middle


def _intersection(found: Boundaries, first: Curve, second: Curve, start: Point) -> Point:
    """Return a point at which two curves both vanish, by Newton's method; far away if none."""
    diagram = found.diagram
    x0, y0 = float(diagram.x[0]), float(diagram.y[0])
    wide, high = float(diagram.x[-1]) - x0, float(diagram.y[-1]) - y0
    u, v = start
    for _ in range(NEWTON_STEPS):
        x, y = x0 + u * wide, y0 + v * high
        f, g = first.at(x, y), second.at(x, y)
        (fx, fy), (gx, gy) = first.gradient(x, y), second.gradient(x, y)
        slope = fx * gy - fy * gx
        if abs(slope) <= ROUNDING * (abs(fx) + abs(fy)) * (abs(gx) + abs(gy)):
            break
        du, dv = (f * gy - g * fy) / slope / wide, (fx * g - gx * f) / slope / high
        u, v = u - du, v - dv
        if abs(du) + abs(dv) < ROUNDING:
            # Boundaries that meet in one corner agree to the last figure on where it is.
            return round(u, 9), round(v, 9)
    return -1.0, -1.0


def _frame(found: Boundaries, along: Along, places: list[Point]) -> list[_Piece]:
    """Return the frame, counter-clockwise, cut at its corners and where a boundary meets it."""
    rows, columns = found.areas.shape
    sides: list[tuple[Point, list[Edge], bool]] = [
        ((0.0, 0.0), [Edge(False, 0, j) for j in range(columns - 1)], False),
        ((1.0, 0.0), [Edge(True, i, columns - 1) for i in range(rows - 1)], False),
        ((1.0, 1.0), [Edge(False, rows - 1, j) for j in reversed(range(columns - 1))], True),
        ((0.0, 1.0), [Edge(True, i, 0) for i in reversed(range(rows - 1))], True),
    ]
    inside = int(found.areas[0, 0])
    path: list[tuple[int, int]] = []
    for corner, edges, back in sides:
        path.append((len(places), inside))
        places.append(corner)
        for edge in edges:
            met = along.get(edge, [])
            for node, crossing in _backward(met) if back else met:
                inside = crossing.after
                path.append((node, inside))
    return [
        _Piece(start, end, label, FRAME, FRAME, FRAME)
        for (start, label), (end, _) in pairwise([*path, path[0]])
    ]


def _arcs(pieces: list[_Piece], places: list[Point]) -> Iterator[Arc]:
    """Join pieces that lie between the same regimes."""
    ends: list[list[int]] = [[] for _ in places]
    for k, piece in enumerate(pieces):
        ends[piece.start].append(k)
        ends[piece.end].append(k)
    seen = [False] * len(pieces)

    def onward(k: int, node: int) -> int | None:
        """Return the next piece from a node through which nothing but one boundary passes."""
        if len(ends[node]) != 2:
            return None
        a, b = ends[node]
        following = b if a == k else a
        here, there = pieces[k], pieces[following]
        turned = (here.start == node) == (there.start == node)
        sides = (there.right, there.left) if turned else (there.left, there.right)
        same = (here.left, here.right, here.on) == (*sides, there.on)
        return following if same and not seen[following] else None

    for k, piece in enumerate(pieces):
        if seen[k]:
            continue
        seen[k] = True
        chains = []
        for node in (piece.start, piece.end):
            chain, here = [node], k
            while (following := onward(here, chain[-1])) is not None:
                seen[following] = True
                chain.append(pieces[following].other(chain[-1]))
                here = following
            chains.append(chain)
        points = _thinned([places[node] for node in (*reversed(chains[0]), *chains[1])])
        if len(set(points)) > 1:
            yield Arc(tuple(points), piece.left, piece.on, piece.right, piece.curve)


def _thinned(points: list[Point]) -> list[Point]:
    """Leave out points on a straight line, by the algorithm of Douglas and Peucker (1973)."""
    line = np.array(points)
    kept = np.zeros(len(points), dtype=np.bool_)
    kept[[0, -1]] = True
    stack = [(0, len(points) - 1)]
    while stack:
        low, high = stack.pop()
        if high - low < 2:
            continue
        between, chord = line[low + 1 : high] - line[low], line[high] - line[low]
        span = hypot(*chord)
        if span < ROUNDING:
            far = np.hypot(*between.T)
        else:
            far = np.abs(between[:, 0] * chord[1] - between[:, 1] * chord[0]) / span
        worst = int(far.argmax())
        if far[worst] > STRAIGHT:
            middle = low + 1 + worst
            kept[middle] = True
            stack += [(low, middle), (middle, high)]
    return [point for point, keep in zip(points, kept.tolist(), strict=True) if keep]


def _outlines(arcs: list[Arc], regime: int) -> list[list[Point]]:
    """Close the arcs around a regime into outlines that have it to their left."""
    starts: dict[Point, list[tuple[Point, ...]]] = {}
    for arc in arcs:
        if regime in (arc.left, arc.right) and arc.left != arc.right:
            points = arc.points if arc.left == regime else arc.points[::-1]
            starts.setdefault(points[0], []).append(points)
    outlines = []
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
            outlines.append(outline)
    return outlines
