"""The payoffs of a repeated game: what is feasible, the pure minmax, and what equilibria reach."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil, floor
from typing import Any

from balancegame.exact import plain
from balancegame.figures import svg
from balancegame.figures.axes import ticks
from balancegame.figures.draw import draw, refuse
from balancegame.figures.figure import Figure, figure
from balancegame.figures.hatching import hatching
from balancegame.figures.player_looks import looks
from balancegame.games.repeated import RepeatedGame
from balancegame.games.repeated_model import RepeatedModel
from balancegame.solvers.payoff_sets.payoff_set import (
    PayoffSet,
    feasible_payoffs,
    individually_rational,
    pair_of_payoffs,
    payoff_set,
)
from balancegame.wording import and_list, called, capital

SIDE = 330.0
LEFT, TOP, RIGHT, BOTTOM = 66.0, 16.0, 20.0, 174.0
LEGEND = TOP + SIDE + 62.0
FEASIBLE: dict[str, object] = {"fill": "panel", "stroke": "muted", "stroke_dasharray": "5 4"}
HELD: dict[str, object] = {"stroke": "muted", "stroke_width": 1.4, "stroke_dasharray": "2 4"}


def payoff_region(found: PayoffSet, point: Any = None) -> svg.Drawing:
    """Return the payoff set inside the feasible payoffs, with a pair that somebody asks about."""
    feasible = feasible_payoffs(found.game)
    minmax = individually_rational(found.game)
    spans = [_span(feasible, axis, point) for axis in (0, 1)]

    def place(payoffs: Any) -> tuple[float, float]:
        across, up = (
            float(payoff - low) / float(high - low)
            for payoff, (low, high) in zip(payoffs, spans, strict=True)
        )
        return LEFT + SIDE * across, TOP + SIDE * (1 - up)

    outline, corners = ([place(vertex) for vertex in each] for each in (feasible, found.vertices))
    body = svg.rect(LEFT, TOP, SIDE, SIDE, fill="paper", stroke="rule")
    body += svg.element("path", kind="bg-feasible", d=_path(outline), **FEASIBLE)
    x, y = place(minmax)
    body += svg.line(x, TOP, x, TOP + SIDE, **HELD) + svg.line(LEFT, y, LEFT + SIDE, y, **HELD)
    style = {"kind": "bg-payoffs", "stroke": "ink"}
    if len(corners) == 2:
        body += svg.element("path", d=_path(corners), stroke_width=5, fill="none", **style)
    elif len(corners) > 2:
        body += svg.element("path", d=_path(corners), stroke_width=2, fill="area-1", **style)
        body += hatching([corners], 1, "hatch-1")
    for at, vertex in zip(corners, found.vertices, strict=True):
        exact = {"data_x": plain(vertex[0]), "data_y": plain(vertex[1])}
        body += svg.circle(*at, 4.5, kind="bg-vertex", fill="ink", **exact)
    if point is not None:
        body += _student(place(point), found.contains(point))
    body += _frame(found, spans, place) + _legend(found, point)
    words = region_in_words(found, point)
    return svg.Drawing(LEFT + SIDE + RIGHT, TOP + SIDE + BOTTOM, body, words)


@draw.register
def _(subject: PayoffSet, *, point: Any = None, **values: Any) -> Figure:
    refuse(values, "a payoff set")
    game = subject.game
    at = f"delta = {plain(game.delta)}"
    if game.hazard:
        at += f", hazard = {plain(game.hazard)}"
    drawing = payoff_region(subject, None if point is None else pair_of_payoffs(point))
    return figure(drawing, f"Equilibrium payoffs in pure strategies at {at}.")


@draw.register
def _(subject: RepeatedGame, **values: Any) -> Figure:
    return draw(payoff_set(subject), **values)


@draw.register
def _(subject: RepeatedModel, *, point: Any = None, **values: Any) -> Figure:
    setting = subject.values(**values)
    drawn = draw(payoff_set(subject.game(**values)), point=point)
    at = and_list(f"{name} = {plain(value)}" for name, value in setting.items())
    caption = f"{subject.title}: equilibrium payoffs in pure strategies at {at}."
    return replace(drawn, caption=caption)


def region_in_words(found: PayoffSet, point: Any = None) -> str:
    """Return what the picture shows, in words."""
    first, second = (called(player) for player in found.game.players)
    corners = and_list(f"({_brief(x)}, {_brief(y)})" for x, y in found.vertices)
    shape = ("nothing", "the point", "the line between", "the polygon with corners")
    what = f"{shape[found.dimension + 1]} {corners}".strip()
    low = individually_rational(found.game)
    words = (
        f"Average payoffs of {and_list((first, second))}: equilibria in pure strategies reach "
        f"{what}; if nobody mixes, a best response gives {first} at least {_brief(low[0])} "
        f"and {second} at least {_brief(low[1])}."
    )
    if point is not None:
        where = "inside" if found.contains(point) else "outside"
        words += f" The point ({plain(point[0])}, {plain(point[1])}) is {where}."
    return words


def _span(feasible: Any, axis: int, point: Any) -> tuple[Any, Any]:
    values = [place[axis] for place in (*feasible, *([] if point is None else [point]))]
    low, high = min(values), max(values)
    room = (high - low) / 12 if high > low else Fraction(1)
    return low - room, high + room


def _path(corners: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{svg.length(x)} {svg.length(y)}" for x, y in corners) + "Z"


def _student(at: tuple[float, float], inside: bool) -> str:
    fill = "equilibrium" if inside else "paper"
    style = {"fill": fill, "stroke": "ink", "stroke_width": 2.2}
    return svg.diamond(*at, 9, kind="bg-student", data_inside=str(inside).lower(), **style)


def _frame(found: PayoffSet, spans: Any, place: Any) -> str:
    parts = []
    for k, (low, high) in enumerate(spans):
        for value in ticks(Fraction(floor(low)), Fraction(ceil(high))):
            if not low <= value <= high:
                continue
            if k == 0:
                x, y = place((value, spans[1][0]))
                parts.append(svg.centred(x, y + 17, plain(value), size=13))
            else:
                x, y = place((spans[0][0], value))
                parts.append(svg.label(x - 8, y + 4, plain(value), size=13, text_anchor="end"))
    first, second = (capital(called(player)) for player in found.game.players)
    across, up = (look.paint for look in looks(found.game.players))
    title = {"room": SIDE, "font_weight": 600}
    parts.append(svg.centred(LEFT + SIDE / 2, TOP + SIDE + 42, first, fill=across, **title))
    parts.append(svg.upright(18, TOP + SIDE / 2, second, fill=up, **title))
    return "".join(parts)


def _legend(found: PayoffSet, point: Any) -> str:
    """Return the legend, below the picture: beside it the words would shrink in a narrow page."""
    x, y = LEFT, LEGEND
    rows = [
        (svg.rect(x, y, 24, 15, fill="area-1", stroke="ink"), "equilibrium payoffs"),
        (svg.rect(x, y + 26, 24, 15, **FEASIBLE), "feasible payoffs"),
        (svg.line(x, y + 59, x + 24, y + 59, **HELD), "what a best response gives at worst"),
    ]
    if point is not None:
        inside = found.contains(point)
        mark = f"<g transform='translate({svg.length(x + 12)} {svg.length(y + 86)}) scale(.8)'>"
        words = f"your point: {'inside' if inside else 'outside'}"
        rows.append((mark + _student((0, 0), inside) + "</g>", words))
    return "".join(
        mark + svg.label(x + 34, y + 12 + 26 * k, words, size=13)
        for k, (mark, words) in enumerate(rows)
    )


def _brief(value: Any) -> str:
    words = plain(value)
    return words if len(words) <= 9 else f"{float(value):.4g}"
