"""Where along a parameter each norm of a model holds: a track for each, filled where it does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from balancegame.exact import plain
from balancegame.explain.thresholds import where
from balancegame.figures import svg
from balancegame.figures.axes import ticks
from balancegame.figures.draw import draw, refuse
from balancegame.figures.figure import Figure, figure
from balancegame.figures.hatching import hatching
from balancegame.solvers.repeated.norm_regimes import NormRegimes
from balancegame.wording import and_list, capital

WIDTH = 560.0
MARGIN = 24.0
TOP = 16.0
ROW = 58.0
TRACK = 20.0


def norm_strip(regimes: NormRegimes, value: Any = None) -> svg.Drawing:
    """Return a track for each norm of a model, with a mark where the parameter stands."""
    low, high = regimes[0].low, regimes[-1].high
    span = float(high - low)

    def place(number: Any) -> float:
        share = float(number - low) / span if span else 0.5
        return MARGIN + (WIDTH - 2 * MARGIN) * share

    body, titles = "", list(regimes.model.norms)
    for k, title in enumerate(titles):
        top = TOP + ROW * k
        holds = value is not None and any(value in r and title in r.solution for r in regimes)
        stand = "" if value is None else ": holds here" if holds else ": does not hold here"
        body += svg.label(MARGIN, top, f"{capital(title)}{stand}", size=13, font_weight=600)
        body += _track(regimes, title, top + 8, place)
        if value is not None:
            body += _mark(place(value), top + 4, top + 12 + TRACK)
    bottom = TOP + ROW * len(titles)
    rows = list(_scale(regimes, place))
    for k, row in enumerate(rows):
        body += "".join(
            svg.centred(x, bottom + 4 + 16 * k, words, **look) for x, words, look in row
        )
    bottom += 16 * len(rows) + 8
    name = svg.centred(WIDTH / 2, bottom, regimes.parameter, font_weight=600)
    return svg.Drawing(WIDTH, bottom + 6, body + name, strip_in_words(regimes, value))


def strip_in_words(regimes: NormRegimes, value: Any = None) -> str:
    """Return where which norms hold, in words."""
    parts = [f"Which norms hold along {regimes.parameter}."]
    for regime in regimes:
        parts.append(f"{capital(where(regime))}: {and_list(regime.solution) or 'none'}.")
    if value is not None:
        parts.append(f"It stands at {regimes.parameter} = {plain(value)}.")
    return " ".join(parts)


@draw.register
def _(subject: NormRegimes, **values: Any) -> Figure:
    refuse(values, "regimes")
    fixed = and_list(f"{name} = {plain(number)}" for name, number in subject.fixed.items())
    at = f", at {fixed}" if fixed else ""
    return figure(norm_strip(subject), f"Where each norm holds along {subject.parameter}{at}.")


def _track(regimes: NormRegimes, title: str, top: float, place: Any) -> str:
    left, right = place(regimes[0].low), place(regimes[-1].high)
    body = svg.rect(left, top, right - left, TRACK, fill="panel", stroke="rule")
    for held, together in groupby(regimes, key=lambda regime: title in regime.solution):
        run = list(together)
        if not held:
            continue
        start, end = place(run[0].low), place(run[-1].high)
        kind = {"kind": "bg-held", "data_norm": title}
        if start == end:
            body += svg.diamond(start, top + TRACK / 2, 8, fill="area-3", stroke="ink", **kind)
            continue
        outline = [(start, top), (end, top), (end, top + TRACK), (start, top + TRACK)]
        body += svg.rect(start, top, end - start, TRACK, fill="area-3", stroke="ink", **kind)
        body += hatching([outline], 1, "hatch-3")
    return body


def _scale(regimes: NormRegimes, place: Any) -> Iterator[list[tuple[float, str, dict[str, Any]]]]:
    """Yield rows of numbers: thresholds, then round values where there is room; at most three."""
    low, high = regimes[0].low, regimes[-1].high
    inner = list(dict.fromkeys(regime.low for regime in regimes[1:]))
    rounded = [number for number in ticks(low, high) if number not in inner]
    waiting = [*((number, True) for number in inner), *((number, False) for number in rounded)]
    for k in range(3):
        placed = (
            (place(n), svg.text_width(_short(n), 12) / 2 + 5, (n, bold)) for n, bold in waiting
        )
        row = list(svg.without_overlap(placed))
        # Round numbers are there for orientation, so they take no further row.
        waiting = [entry for entry in waiting if entry[1] and entry not in row]
        if row or not k:
            yield [
                (
                    place(number),
                    _short(number),
                    {
                        "size": 12,
                        "fill": "ink" if bold else "muted",
                        "font_weight": 600 if bold else 400,
                    },
                )
                for number, bold in row
            ]


def _mark(x: float, top: float, bottom: float) -> str:
    line = svg.line(x, top, x, bottom, kind="bg-here", stroke="ink", stroke_width=2.4)
    ends = ((x, bottom - 2), (x - 6, bottom + 7), (x + 6, bottom + 7))
    return line + svg.polygon(ends, fill="ink")


def _short(number: Any) -> str:
    words = plain(number)
    return words if svg.text_width(words, 12) <= 70 else f"≈ {float(number):.3f}"
