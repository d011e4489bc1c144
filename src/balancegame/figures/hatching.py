"""Patterns that tell areas apart without colour, drawn as plain lines within an outline.

A pattern of SVG's own would need an identifier, and two pictures on one page would share it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np

from balancegame.figures.svg import element, length

__all__ = ["PATTERNS", "hatching"]

Point = tuple[float, float]

SPACING = 10.0

# Each pattern: the directions of its lines, and whether they are dotted.
PATTERNS: tuple[tuple[str, tuple[Point, ...], bool], ...] = (
    ("plain", (), False),
    ("rising lines", ((1, -1),), False),
    ("dots", ((1, 0),), True),
    ("falling lines", ((1, 1),), False),
    ("level lines", ((1, 0),), False),
    ("upright lines", ((0, 1),), False),
    ("crossed lines", ((1, -1), (1, 1)), False),
)
"""The name, line directions and dottedness of each pattern, pixels running down."""


def hatching(outlines: Sequence[Sequence[Point]], pattern: int, paint: str) -> str:
    """Return the lines of a pattern inside outlines given in pixels.

    Parameters
    ----------
    outlines : sequence of sequence of point
        Filled by the even-odd rule.
    pattern : int
        A position in :data:`PATTERNS`.
    paint : str
        The role of the lines' colour.
    """
    _, directions, dotted = PATTERNS[pattern]
    paths = "".join(_lines(outlines, direction, dotted) for direction in directions)
    if not paths:
        return ""
    style = (
        {"stroke_width": 2.6, "stroke_linecap": "round", "stroke_dasharray": f"0 {length(SPACING)}"}
        if dotted
        else {"stroke_width": 1.1}
    )
    return element("path", kind="bg-hatch", d=paths, fill="none", stroke=paint, **style)


def _lines(outlines: Sequence[Sequence[Point]], direction: Point, dotted: bool) -> str:
    """Return the pieces of a family of parallel lines that run inside outlines."""
    norm = sqrt(direction[0] ** 2 + direction[1] ** 2)
    along = np.array(direction) / norm
    across = np.array([-along[1], along[0]])
    numbers, shares = [], []
    for outline in outlines:
        points = np.array(outline)
        heights = points @ across / SPACING - (0.5 if dotted else 0.25)
        lengths = points @ along
        for h0, h1, l0, l1 in zip(
            heights, np.roll(heights, -1), lengths, np.roll(lengths, -1), strict=True
        ):
            # Half-open, so that a line through a corner meets one of its two sides.
            low, high = (h0, h1) if h0 < h1 else (h1, h0)
            k = np.arange(np.ceil(low), np.ceil(high))
            if len(k):
                numbers.append(k)
                shares.append(l0 + (l1 - l0) * (k - h0) / (h1 - h0))
    if not numbers:
        return ""
    line, place = np.concatenate(numbers), np.concatenate(shares)
    order = np.lexsort((place, line))
    line, place = line[order], place[order]
    height = (line + (0.5 if dotted else 0.25)) * SPACING
    start, end, at = place[0::2], place[1::2], height[0::2]
    if dotted:
        shift = np.where(line[0::2] % 2 == 0, 0.0, SPACING / 2)
        start = np.ceil((start + 2 - shift) / SPACING) * SPACING + shift
        inside = end - start > 1.5
        start, end, at = start[inside], end[inside], at[inside]
    from_x, from_y = (np.round(start * along[k] + at * across[k], 1) for k in (0, 1))
    by_x, by_y = (np.round((end - start) * along[k], 1) for k in (0, 1))
    return "".join(
        f"M{length(x)} {length(y)}l{length(dx)} {length(dy)}"
        for x, y, dx, dy in zip(
            from_x.tolist(), from_y.tolist(), by_x.tolist(), by_y.tolist(), strict=True
        )
    )
