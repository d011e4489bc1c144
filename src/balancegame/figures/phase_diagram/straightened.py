"""Fewer points on lines that run straight."""

from __future__ import annotations

import numpy as np

Point = tuple[float, float]
"""A place in the unit square, y upwards."""

# In shares of the frame, which is some 400 pixels wide.
STRAIGHT = 5e-5
CLOSED = 1e-9


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
