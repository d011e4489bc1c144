"""Where a norm is subgame-perfect, over two parameters: exact along x in each row of a grid."""

from __future__ import annotations

from balancegame.explain import explain
from balancegame.explain.phase_map import Entry, letter
from balancegame.figures import svg
from balancegame.figures.axes import axes, axis_title
from balancegame.figures.draw import draw, refuse
from balancegame.figures.figure import Figure, figure
from balancegame.figures.hatching import Point, hatching
from balancegame.figures.phase_diagram import legend
from balancegame.figures.phase_diagram.areas_and_boundaries import LEFT, SIDE, TOP
from balancegame.solvers.parametric.observed import NONE
from balancegame.solvers.repeated.rationalizing_norms import NormDiagram


@draw.register
def _(subject: NormDiagram, /, **values: object) -> Figure:
    refuse(values, "a norm over two parameters")
    listed = [Entry(k, letter(k), k, (subject.told(fit),)) for k, fit in enumerate(subject.legend)]
    x, y = (subject.model.parameters[name] for name in subject.axes)
    frame = svg.rect(LEFT, TOP, SIDE, SIDE, fill="none", stroke="ink")
    body = "".join(_area(subject, entry) for entry in listed) + frame + axes(x, y, LEFT, TOP, SIDE)
    height = TOP + SIDE + 34 + 16 * len(axis_title(x, SIDE + 40))
    plot = svg.Drawing(LEFT + SIDE + 16, height, body, str(explain(subject)))
    legends = legend.legend_drawing(listed)
    drawing = svg.in_parts(svg.beside(plot, legends, gap=20), plot, legends)
    return figure(drawing, f"{subject.about} over {x.symbol} and {y.symbol}.")


def _area(subject: NormDiagram, entry: Entry) -> str:
    """Return the bands in which one answer holds, and its letter on the widest of them."""
    fill, hatch, pattern = legend.area_paint(entry)
    bands = _bands(subject, subject.legend[entry.regime])
    if not bands:
        return ""
    outlines: list[list[Point]] = [
        [(a, top), (b, top), (b, bottom), (a, bottom)] for a, b, top, bottom in bands
    ]
    path = "".join(
        "M" + "L".join(f"{x:.5g} {y:.5g}" for x, y in outline) + "z" for outline in outlines
    )
    a, b, top, bottom = max(bands, key=lambda band: (band[1] - band[0]) * (band[3] - band[2]))
    mark = legend.letters([(entry.mark, (a + b) / 2, (top + bottom) / 2)], size=15)
    style = {"fill": fill, "stroke": fill, "stroke_width": 0.5}
    drawn = svg.element("path", kind="bg-area", d=path, data_regime=entry.mark, **style)
    return drawn + hatching(outlines, pattern, hatch) + mark


def _bands(subject: NormDiagram, fit: str) -> list[tuple[float, float, float, float]]:
    """Return where one answer holds, as bands: left, right, top and bottom in pixels.

    Neighbouring rows with the same ends are one band.
    """
    low, high = subject.x[0], subject.x[-1]
    count = len(subject.rows)
    found: list[tuple[float, float, float, float]] = []
    for j, row in enumerate(subject.rows):
        # A row stands for the values nearer to it than to any other.
        bottom = TOP + SIDE * (1 - max(j - 0.5, 0) / (count - 1))
        top = TOP + SIDE * (1 - min(j + 0.5, count - 1) / (count - 1))
        held = [(piece.low, piece.high) for piece in row if piece.fit == fit]
        if fit == NONE:
            stops = [low, *(end for span in row.spans for end in (span.low, span.high)), high]
            held = list(zip(stops[::2], stops[1::2], strict=True))
        for start, end in held:
            if start == end:
                continue
            a, b = (LEFT + SIDE * float((v - low) / (high - low)) for v in (start, end))
            below = next((band for band in found if band[:3] == (a, b, bottom)), None)
            if below:
                found.remove(below)
                found.append((a, b, top, below[3]))
            else:
                found.append((a, b, top, bottom))
    return found
