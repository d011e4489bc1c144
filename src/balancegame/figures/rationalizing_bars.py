"""The values of a parameter that explain what was seen, as a bar for each observation.

A full bar says that the outcome is the only equilibrium, an open one that it is one of several. An
end is a filled dot where it belongs to the set and an empty one where it does not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from balancegame.exact import plain
from balancegame.explain import explain
from balancegame.explain.numbers import on_a_page
from balancegame.explain.rationalizing import seen_in_words, spans_in_words
from balancegame.figures import svg
from balancegame.figures.axes import axis_title, ticks
from balancegame.figures.draw import draw, refuse
from balancegame.figures.figure import Figure, figure
from balancegame.solvers.parametric.rationalizing import Rationalizing
from balancegame.wording import capital

WIDTH = 640.0
MARGIN = 20.0
ROW = 50.0
BAR = 12.0
KEY = (("the only equilibrium", True), ("one of several equilibria", False))

Place = Callable[[Any], float]


def rationalizing_bars(found: Rationalizing) -> svg.Drawing:
    """Return a bar for each observation and, of several, one for what explains all of them."""
    parameter = found.observations[0].model.parameters[found.parameter]
    low, high = found.low, found.high

    def place(value: Any) -> float:
        share = float((value - low) / (high - low)) if high > low else 0.5
        return MARGIN + (WIDTH - 2 * MARGIN) * min(max(share, 0.0), 1.0)

    rows = [(seen_in_words(part.observations[0]), part) for part in found.each]
    if found.parts:
        rows.append(("all of them together", found))
    parts, y = [_key()], 34.0
    for words, row in rows:
        parts.append(_row(f"{capital(words)}: {spans_in_words(row)}", row, place, y))
        y += ROW
    for value in ticks(low, high):
        at = place(value)
        parts.append(svg.line(at, y - 8, at, y - 3, stroke="muted"))
        parts.append(svg.centred(at, y + 11, plain(value), size=12, fill="muted"))
    for k, words in enumerate(axis_title(parameter, WIDTH - 2 * MARGIN)):
        parts.append(svg.centred(WIDTH / 2, y + 32 + 16 * k, words))
    lines = len(axis_title(parameter, WIDTH - 2 * MARGIN))
    return svg.Drawing(WIDTH, y + 24 + 16 * lines, "".join(parts), str(explain(found)))


@draw.register
def _(subject: Rationalizing, /, **values: Any) -> Figure:
    refuse(values, "a set of values")
    count = len(subject.parts)
    what = f"{count} observations" if count else seen_in_words(subject.observations[0])
    caption = f"Values of {subject.parameter} that explain {what if count else f'that {what}'}."
    return figure(rationalizing_bars(subject), caption)


def _row(words: str, row: Rationalizing, place: Place, y: float) -> str:
    middle = y + 26
    track = svg.line(MARGIN, middle, WIDTH - MARGIN, middle, stroke="rule", stroke_width=2)
    bars = "".join(
        _bar(place(piece.low), place(piece.high), middle, piece.unique)
        for piece in row
        if not piece.is_point
    )
    ends = "".join(
        _end(place(end), middle, closed)
        for span in row.spans
        for end, closed in zip((span.low, span.high), span.closed, strict=True)
    )
    return (
        svg.label(MARGIN, y + 12, on_a_page(words), room=WIDTH - 2 * MARGIN) + track + bars + ends
    )


def _bar(start: float, end: float, middle: float, full: bool) -> str:
    box = start, middle - BAR / 2, end - start, BAR
    fill = "player-1" if full else "paper"
    return svg.rect(*box, kind="bg-explains", fill=fill, stroke="player-1", stroke_width=2)


def _end(x: float, middle: float, closed: bool) -> str:
    fill = "ink" if closed else "paper"
    return svg.circle(x, middle, 5, kind="bg-end", fill=fill, stroke="ink", stroke_width=2)


def _key() -> str:
    parts, x = [], MARGIN
    for words, full in KEY:
        parts.append(_bar(x, x + 28, 10, full) + svg.label(x + 36, 14, words, size=12))
        x += 36 + svg.text_width(words, 12) + 24
    for words, closed in (("end included", True), ("not included", False)):
        parts.append(_end(x + 5, 10, closed) + svg.label(x + 16, 14, words, size=12))
        x += 16 + svg.text_width(words, 12) + 20
    return "".join(parts)
