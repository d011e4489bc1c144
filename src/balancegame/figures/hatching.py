"""Patterns that tell areas apart without colour, drawn as plain lines within an outline.

A pattern of SVG's own would need an identifier, and two pictures on one page would share it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

import numpy as np

from balancegame.figures.svg import element, length

Point = tuple[float, float]

SPACING = 10.0

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
    """Return the lines of one of :data:`PATTERNS` inside outlines given in pixels.

    Outlines are filled by the even-odd rule; ``paint`` is the role of the lines' colour.
    """
    _, directions, dotted = PATTERNS[pattern]
    paths = "".join(_lines(outlines, direction, dotted) for direction in directions)
    if not paths:
        return ""
    style: dict[str, object] = {"stroke_width": 2.6 if dotted else 1.1}
    if dotted:
        style |= {"stroke_linecap": "round", "stroke_dasharray": f"0 {length(SPACING)}"}
    return element("path", kind="bg-hatch", d=paths, fill="none", stroke=paint, **style)


def _lines(outlines: Sequence[Sequence[Point]], direction: Point, dotted: bool) -> str:
    """Return the pieces of a family of parallel lines that run inside outlines."""
    norm = hypot(*direction)
    along = np.array(direction) / norm
    across = np.array([-along[1], along[0]])
    shift = 0.5 if dotted else 0.25
    corners = [np.array(outline) for outline in outlines]
    first = np.concatenate(corners)
    second = np.concatenate([np.roll(outline, -1, axis=0) for outline in corners])
    from_line, to_line = (points @ across / SPACING - shift for points in (first, second))
    # Half-open, so that a line through a corner meets one of its two sides.
    lowest = np.ceil(np.minimum(from_line, to_line)).astype(np.intp)
    counts = np.ceil(np.maximum(from_line, to_line)).astype(np.intp) - lowest
    side = np.repeat(np.arange(len(counts)), counts)
    line = lowest[side] + np.arange(len(side)) - np.repeat(np.cumsum(counts) - counts, counts)
    share = (line - from_line[side]) / (to_line - from_line)[side]
    place = (first @ along)[side] + share * ((second - first) @ along)[side]
    order = np.lexsort((place, line))
    line, place = line[order], place[order]
    start, end, at = place[0::2], place[1::2], (line[0::2] + shift) * SPACING
    if dotted:
        offset = np.where(line[0::2] % 2 == 0, 0.0, SPACING / 2)
        start = np.ceil((start + 2 - offset) / SPACING) * SPACING + offset
        inside = end - start > 1.5
        start, end, at = start[inside], end[inside], at[inside]
    columns = [start * along[k] + at * across[k] for k in (0, 1)]
    columns += [(end - start) * along[k] for k in (0, 1)]
    rows = zip(*(np.round(column, 1).tolist() for column in columns), strict=True)
    return "".join([f"M{x:g} {y:g}l{dx:g} {dy:g}" for x, y, dx, dy in rows])
