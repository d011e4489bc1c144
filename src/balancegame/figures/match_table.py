"""Who beats whom in a tournament, as a table: what the row gets, and whether that is more."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from balancegame.explain.tournament import brief
from balancegame.figures import svg
from balancegame.figures.draw import draw, refuse
from balancegame.figures.figure import Figure, figure
from balancegame.solvers.repeated.tournament import Tournament
from balancegame.wording import and_list, counted

NAMES, CELL, ROW = 170.0, 62.0, 26.0
_MOST_SHOWN = 20
_LEGEND = (("more", "it gets more than the other"), ("less", "less"), ("same", "as much"))
_PAPER = {"more": "region-1", "less": "region-2", "same": "paper"}


def match_table(table: Tournament) -> svg.Drawing:
    """Return a row and a column for each of those who get most, the best first."""
    names = list(table.scores)[:_MOST_SHOWN]
    places = [table.names.index(name) for name in names]
    parts = [
        svg.centred(NAMES + CELL * (k + 0.5), 16, str(k + 1), size=12) for k in range(len(names))
    ]
    for k, i in enumerate(places):
        y = ROW * (k + 1)
        parts.append(svg.label(0, y + 17, f"{k + 1}. {names[k]}", room=NAMES - 10))
        for column, j in enumerate(places):
            own, other = table.payoffs[i][j], table.payoffs[j][i]
            x, kind = NAMES + CELL * column, _compared(own, other)
            parts += [
                svg.rect(x, y, CELL, ROW, fill=_PAPER[kind], stroke="rule"),
                svg.label(x + CELL - 22, y + 17, f"{float(own):.2f}", size=12, text_anchor="end"),
                _mark(x + CELL - 12, y + ROW / 2, kind),
            ]
    y = ROW * (len(names) + 1) + 22
    x = 0.0
    for kind, words in _LEGEND:
        parts += [_mark(x + 6, y - 4, kind), svg.label(x + 18, y, words, size=12)]
        x += 34 + svg.text_width(words, 12)
    width = max(NAMES + CELL * len(names), x)
    return svg.Drawing(width, y + 8, "".join(parts), matches_in_words(table))


def matches_in_words(table: Tournament) -> str:
    """Return in words whom each beats, the best first."""
    names = list(table.scores)[:_MOST_SHOWN]
    told = "; ".join(
        f"{name} gets {brief(table.scores[name])} on average and beats {_beaten(table, name)}"
        for name in names
    )
    left_out = len(table.names) - len(names)
    more = f" {counted(left_out, 'other is', 'others are')} not drawn." if left_out else ""
    return f"{told}.{more}"


@draw.register
def _(subject: Tournament, /, **values: Any) -> Figure:
    refuse(values, "a tournament")
    return figure(match_table(subject), "What the row gets against the column, on average.")


def _compared(own: Fraction, other: Fraction) -> str:
    return "more" if own > other else "less" if own < other else "same"


def _mark(x: float, y: float, kind: str) -> str:
    """Return a triangle that points up or down, or two lines."""
    if kind == "same":
        return "".join(svg.line(x - 4, y + h, x + 4, y + h, stroke="muted") for h in (-2, 2))
    tip = -5 if kind == "more" else 5
    return svg.polygon(((x, y + tip), (x - 5, y - tip), (x + 5, y - tip)), fill="ink")


def _beaten(table: Tournament, name: str) -> str:
    i = table.names.index(name)
    beaten = [
        other for j, other in enumerate(table.names) if table.payoffs[i][j] > table.payoffs[j][i]
    ]
    if len(beaten) > 4:
        return f"{len(beaten)} others"
    return and_list(beaten) if beaten else "nobody"
