"""Draws the areas of a phase diagram and the boundary between two regimes.

The lines come from :mod:`balancegame.solvers.phase_diagram.outlines`; here each point of them gets
its place in the frame, and a line that is a regime of its own is drawn strong.
"""

from __future__ import annotations

from collections.abc import Sequence

from balancegame.explain.phase_map import Entry, PhaseMap
from balancegame.figures.hatching import hatching
from balancegame.figures.phase_diagram import legend
from balancegame.figures.svg import element
from balancegame.solvers.phase_diagram.outlines import Point

# Of the frame, in pixels.
SIDE = 400.0
LEFT = 74.0
TOP = 12.0


def pixel(point: Point) -> Point:
    """Return where a place in the unit square is on the plot."""
    return LEFT + SIDE * point[0], TOP + SIDE * (1 - point[1])


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join([f"{x:.5g} {y:.5g}" for x, y in map(pixel, points)])


def area(shown: PhaseMap, entry: Entry, hatched: bool) -> str:
    """Return the pieces of an area in its colour, with its pattern if it is to be hatched here."""
    outlines = shown.outlines.areas[entry.regime]
    path = "".join(f"{_path(outline)}z" for outline in outlines)
    fill, hatch, pattern = legend.area_paint(entry)
    style = {"fill": fill, "fill_rule": "evenodd", "data_style": entry.style}
    drawn = element("path", kind="bg-area", d=path, data_regime=entry.mark, **style)
    if not hatched:
        return drawn
    return drawn + hatching([list(map(pixel, line)) for line in outlines], pattern, hatch)


def boundaries(shown: PhaseMap, named: bool) -> str:
    """Return all boundaries; lines that are regimes of their own are strong."""
    light: list[str] = []
    strong: dict[int, list[str]] = {}
    for arc in shown.outlines.arcs:
        if named and arc.is_regime:
            strong.setdefault(arc.on, []).append(_path(arc.points))
        else:
            light.append(_path(arc.points))
    parts = [element("path", d="".join(light), stroke_width=1.2)] if light else []
    for entry in shown.lines:
        if entry.regime in strong:
            path = "".join(strong[entry.regime])
            at = {"data_regime": entry.mark, "data_where": entry.where}
            parts.append(element("path", kind="bg-line", d=path, stroke_width=2.6, **at))
    style = {"fill": "none", "stroke": "ink", "stroke_linecap": "round"}
    return element("g", "".join(parts), **style)
