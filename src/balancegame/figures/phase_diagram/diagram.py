"""The phase diagram: which equilibria hold where, over two parameters.

Every area has a colour, a pattern and a letter; the legend says what is played there. Boundaries
are the exact curves (:mod:`balancegame.solvers.phase_diagram.outlines`): integers say on which side
of each curve every grid point lies, and exact arithmetic which curves meet between them. So
straight boundaries are straight at any resolution, and floating point only places pixels. A line
that is a regime of its own, as s = E in the core dilemma, is drawn strong and has a place in the
legend.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.explain.phase_map import PhaseMap, phase_map
from balancegame.figures.axes import axes, axis_title
from balancegame.figures.draw import draw
from balancegame.figures.figure import Figure, figure
from balancegame.figures.phase_diagram import legend
from balancegame.figures.phase_diagram.areas_and_boundaries import (
    LEFT,
    SIDE,
    TOP,
    area,
    boundaries,
    pixel,
)
from balancegame.figures.phase_diagram.lettering import free_place, letter_places
from balancegame.figures.svg import Drawing, beside, circle, element, in_parts, rect
from balancegame.solvers.parametric.sweep import PhaseDiagram


def plot(shown: PhaseMap) -> Drawing:
    """Return the diagram itself, without legend or point."""
    body = element("g", areas_and_lines(shown), kind="bg-phase") + axes_around(shown.diagram)
    return Drawing(*plot_size(shown.diagram), body, legend.in_words(shown))


@draw.register
def _(subject: PhaseDiagram, /, **values: Any) -> Figure:
    shown = phase_map(subject)
    x, y = subject.axes
    drawing = plot(shown)
    caption = f"{subject.about} over {x} and {y}."
    if shown.geometry.read is None:
        caption += " Each point of the grid is solved exactly; boundaries are found by halving."
    at = ""
    if values:
        setting = subject.model.values(**{**subject.fixed, **values})
        drawn = subject.model.values(**subject.fixed)
        for name in sorted(setting.keys() - {x, y}):
            if setting[name] != drawn[name]:
                raise GameError(
                    f"this diagram is for {name} = {plain(drawn[name])}, not {plain(setting[name])}"
                    "; sweep again for another value."
                )
        at = f"Here {x} = {plain(setting[x])}, {y} = {plain(setting[y])}"
        drawing = replace(drawing, body=drawing.body + marker(shown, setting))
        caption = f"{caption} {at}."
    listed = legend.legend_drawing(shown.areas, shown.lines, shown.points, at)
    return figure(in_parts(beside(drawing, listed, gap=20), drawing, listed), caption)


def areas_and_lines(shown: PhaseMap, named: bool = True, hatched: bool = True) -> str:
    """Return what stands within the frame, and the frame.

    A map is blank unless it is ``named``: then areas and lines show their colours and letters. A
    page can fill areas with patterns of its own instead of those ``hatched`` here.
    """
    frame = LEFT, TOP, SIDE, SIDE
    parts = [rect(*frame, fill="paper")]
    if named:
        parts += [area(shown, entry, hatched) for entry in shown.areas]
    parts.append(boundaries(shown, named))
    parts.append(rect(*frame, fill="none", stroke="ink"))
    if named:
        parts += [_points(shown), _marks(shown)]
    return "".join(parts)


def axes_around(diagram: PhaseDiagram) -> str:
    """Return the ticks and titles of a diagram's axes."""
    parameters = diagram.model.parameters
    x, y = (parameters[name] for name in diagram.axes)
    return axes(x, y, LEFT, TOP, SIDE)


def plot_size(diagram: PhaseDiagram) -> tuple[float, float]:
    """Return the width and height of a plot: its lowest line is the title of its x axis."""
    lines = axis_title(diagram.model.parameters[diagram.axes[0]], SIDE + 40)
    return LEFT + SIDE + 16, TOP + SIDE + 34 + 16 * len(lines)


def marker(shown: PhaseMap, values: Mapping[str, Fraction]) -> str:
    """Return the mark of a point at its place on the plot."""
    axes = (shown.diagram.model.parameters[name] for name in shown.diagram.axes)
    u, v = (float((values[a.symbol] - a.low) / (a.high - a.low)) for a in axes)
    x, y = (plain(values[name]) for name in shown.diagram.axes)
    at = pixel((u, v))
    halo = circle(*at, 9, fill="none", stroke="paper", stroke_width=3)
    return halo + circle(*at, 7, kind="bg-marker", **legend.HERE, data_x=x, data_y=y)


def _points(shown: PhaseMap) -> str:
    """Mark where regimes hold that fill no area: dots, and lines along an edge of the range."""
    diagram = shown.diagram
    wide, high = len(diagram.x) - 1, len(diagram.y) - 1
    parts = []
    for entry in shown.points:
        rows, columns = (diagram.labels == entry.regime).nonzero()
        places = [pixel((i / wide, j / high)) for j, i in zip(rows, columns, strict=True)]
        if entry.along:
            parts.append(legend.single_line(*places[0], *places[-1], kind="bg-single"))
        else:
            parts += [circle(*place, 3.6, kind="bg-single", fill="ink") for place in places]
    return "".join(parts)


def _marks(shown: PhaseMap) -> str:
    """Put a letter in every piece of every area, and on every line that has room for it."""
    placed = [(entry.mark, place) for entry, place in letter_places(shown)]
    taken = [place for _, place in placed]
    marks = {entry.regime: entry.mark for entry in shown.lines}
    signs = []
    for arc in shown.outlines.arcs:
        if arc.is_regime and SIDE * arc.length > 5 * legend.CHIP:
            place = free_place(arc, taken, 2 * legend.CHIP / SIDE)
            signs.append((marks[arc.on], *pixel(place)))
            taken.append(place)
    on_areas = legend.letters([(mark, *pixel(place)) for mark, place in placed], size=15)
    return on_areas + legend.chips(signs)
