"""Where a letter stands best: in the widest place of an area, on a clear part of a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import dist, hypot

import numpy as np
from numpy.typing import NDArray

from balancegame.explain.phase_map import Entry, PhaseMap
from balancegame.solvers.phase_diagram.outlines import Arc, Point, area

# Pieces of an area smaller than this share of the frame go without a letter if others have one.
SCRAP = 3e-4
# Where a mark may stand on a line, best first.
SHARES = (1 / 2, 3 / 8, 5 / 8, 1 / 4, 3 / 4, 1 / 8, 7 / 8)


def letter_places(shown: PhaseMap) -> Iterator[tuple[Entry, Point]]:
    """Yield where each area's letter stands, once for each of its pieces."""
    areas = shown.geometry.areas
    depth = _depth(areas)
    for entry in shown.areas:
        outlines = shown.outlines.areas[entry.regime]
        # Within a square of the grid the sides of the narrowest areas can be drawn crossed over.
        sizes = [area(outline) for outline in outlines]
        largest = max(range(len(sizes)), key=lambda k: abs(sizes[k]))
        for k, outline in enumerate(outlines):
            if k == largest or sizes[k] > SCRAP:
                yield entry, _widest(areas, entry.regime, depth, outline)


def along(arc: Arc, share: float) -> Point:
    """Return the point at a share of an arc's length."""
    left = arc.length * share
    for (x0, y0), (x1, y1) in pairwise(arc.points):
        step = hypot(x1 - x0, y1 - y0)
        if step >= left:
            return x0 + left / step * (x1 - x0), y0 + left / step * (y1 - y0)
        left -= step
    return arc.points[-1]


def free_place(arc: Arc, taken: Sequence[Point], room: float) -> Point:
    """Return a place on an arc, near its middle, that keeps clear of what is there already.

    Where nothing on the arc is ``room`` away from every place taken, the clearest is returned.
    """

    def clear(place: Point) -> float:
        return min((dist(place, other) for other in taken), default=room)

    tried: dict[Point, float] = {}
    for share in SHARES:
        place = along(arc, share)
        tried[place] = clear(place)
        if tried[place] >= room:
            return place
    return max(tried, key=tried.__getitem__)


def _depth(areas: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return how many grid steps each point is away from other areas and from the frame.

    Steps go along the grid. The fewest to a point are found axis by axis: a step on costs one more
    than a step before, from either side.
    """
    framed = np.pad(areas, 1, mode="edge")
    inside = np.ones(areas.shape, dtype=np.bool_)
    for beside in (framed[1:-1, :-2], framed[1:-1, 2:], framed[:-2, 1:-1], framed[2:, 1:-1]):
        inside &= beside == areas
    depth = np.pad(np.where(inside, sum(areas.shape), 0), 1)
    for across in (depth, depth.T):
        for way in (across, across[:, ::-1]):
            steps = np.arange(way.shape[1])
            way[:] = np.minimum.accumulate(way - steps, axis=1) + steps
    return depth[1:-1, 1:-1]


def _widest(
    areas: NDArray[np.intp], regime: int, depth: NDArray[np.intp], outline: Sequence[Point]
) -> Point:
    """Return the place within an outline that is farthest from everything else."""
    rows, columns = depth.shape
    u, v = zip(*outline, strict=True)
    left, low = int(min(u) * (columns - 1)), int(min(v) * (rows - 1))
    right, high = int(max(u) * (columns - 1)) + 2, int(max(v) * (rows - 1)) + 2
    scored = (depth[low:high, left:right] + 1) * (areas[low:high, left:right] == regime)
    most = scored.max()
    if most <= 1:
        return sum(u) / len(u), sum(v) / len(v)
    row, column = (scored == most).nonzero()
    middle = np.argmin(abs(row - row.mean()) + abs(column - column.mean()))
    return (int(column[middle]) + left) / (columns - 1), (int(row[middle]) + low) / (rows - 1)
