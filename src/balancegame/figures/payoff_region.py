"""The payoffs of a repeated game: what is feasible, the pure minmax, and what equilibria reach."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from balancegame.exact import plain
from balancegame.figures.axes import ticks
from balancegame.figures.hatching import hatching
from balancegame.figures.svg import Drawing, element, label, length
from balancegame.solvers.payoff_sets.payoff_set import (
    PayoffSet,
    feasible_payoffs,
    individually_rational,
)
from balancegame.wording import and_list, called, capital

SIDE = 330.0
LEFT, TOP, RIGHT, BOTTOM = 66.0, 16.0, 262.0, 62.0


def payoff_region(found: PayoffSet, point: Any = None) -> Drawing:
    """Return the payoff set inside the feasible payoffs, with a point if there is one.

    Parameters
    ----------
    found : PayoffSet
    point : pair of Fraction, optional
        A pair of payoffs that somebody asks about.
    """
    feasible = feasible_payoffs(found.game)
    low = individually_rational(found.game)
    spans = [_span(feasible, axis, point) for axis in (0, 1)]

    def place(payoffs: Any) -> tuple[float, float]:
        shares = [
            float((Fraction(payoffs[k]) if isinstance(payoffs[k], int) else payoffs[k]) - span[0])
            / float(span[1] - span[0])
            for k, span in enumerate(spans)
        ]
        return LEFT + SIDE * shares[0], TOP + SIDE * (1 - shares[1])

    outline = [place(vertex) for vertex in feasible]
    body = element("rect", x=LEFT, y=TOP, width=SIDE, height=SIDE, fill="paper", stroke="rule")
    body += element(
        "path", kind="bg-feasible", d=_path(outline), fill="panel", stroke="muted",
        stroke_dasharray="5 4",
    )  # fmt: skip
    body += _held(place(low))
    corners = [place(vertex) for vertex in found.vertices]
    if len(corners) > 2:
        body += element("path", kind="bg-payoffs", d=_path(corners), fill="area-1", stroke="ink",
                        stroke_width=2)  # fmt: skip
        body += hatching([corners], 1, "hatch-1")
    elif len(corners) == 2:
        body += element("path", kind="bg-payoffs", d=_path(corners), stroke="ink", fill="none",
                        stroke_width=5)  # fmt: skip
    for (x, y), vertex in zip(corners, found.vertices, strict=True):
        body += element("circle", kind="bg-vertex", cx=x, cy=y, r=4.5, fill="ink",
                        data_x=plain(vertex[0]), data_y=plain(vertex[1]))  # fmt: skip
    if point is not None:
        body += _student(place(point), found.contains(point))
    body += _frame(found, spans, place) + _legend(found, point)
    return Drawing(LEFT + SIDE + RIGHT, TOP + SIDE + BOTTOM, body, region_in_words(found, point))


def region_in_words(found: PayoffSet, point: Any = None) -> str:
    """Return what the picture shows, in words."""
    first, second = (called(player) for player in found.game.players)
    corners = and_list(f"({_brief(x)}, {_brief(y)})" for x, y in found.vertices)
    shape = ("nothing", "the point", "the segment between", "the polygon with vertices")
    what = f"{shape[found.dimension + 1]} {corners}".strip()
    low = individually_rational(found.game)
    words = (
        f"Average payoffs of {and_list((first, second))}: equilibria in pure strategies reach "
        f"{what}; in pure strategies the other cannot hold {first} below {_brief(low[0])} "
        f"or {second} below {_brief(low[1])}."
    )
    if point is not None:
        where = "inside" if found.contains(point) else "outside"
        words += f" The point ({plain(point[0])}, {plain(point[1])}) is {where}."
    return words


def _span(feasible: Any, axis: int, point: Any) -> tuple[Any, Any]:
    values = [vertex[axis] for vertex in feasible]
    if point is not None:
        values.append(point[axis])
    low, high = min(values), max(values)
    room = (high - low) / 12 if high > low else Fraction(1)
    return low - room, high + room


def _path(corners: list[tuple[float, float]]) -> str:
    start, *rest = [f"{length(x)} {length(y)}" for x, y in corners]
    return f"M{start}" + "".join(f"L{corner}" for corner in rest) + "Z"


def _held(at: tuple[float, float]) -> str:
    style = {"stroke": "muted", "stroke_width": 1.4, "stroke_dasharray": "2 4"}
    upright = element("line", x1=at[0], y1=TOP, x2=at[0], y2=TOP + SIDE, **style)
    return upright + element("line", x1=LEFT, y1=at[1], x2=LEFT + SIDE, y2=at[1], **style)


def _student(at: tuple[float, float], inside: bool) -> str:
    x, y = at
    outline = f"M{length(x)} {length(y - 9)}l9 9l-9 9l-9 -9Z"
    fill = "equilibrium" if inside else "paper"
    return element("path", kind="bg-student", d=outline, fill=fill, stroke="ink", stroke_width=2.2,
                   data_inside=str(inside).lower())  # fmt: skip


def _frame(found: PayoffSet, spans: Any, place: Any) -> str:
    parts = []
    for k, span in enumerate(spans):
        for value in ticks(Fraction(_floor(span[0])), Fraction(_ceiling(span[1]))):
            if not span[0] <= value <= span[1]:
                continue
            x, y = place((value, spans[1][0]) if k == 0 else (spans[0][0], value))
            words = plain(value)
            if k == 0:
                parts.append(label(x, y + 17, words, size=12, text_anchor="middle"))
            else:
                parts.append(label(x - 8, y + 4, words, size=12, text_anchor="end"))
    first, second = (capital(called(player)) for player in found.game.players)
    middle = TOP + SIDE / 2
    parts.append(label(LEFT + SIDE / 2, TOP + SIDE + 42, first, text_anchor="middle", room=SIDE))
    turned = f"rotate(-90 18 {length(middle)})"
    parts.append(label(18, middle, second, text_anchor="middle", transform=turned, room=SIDE))
    return "".join(parts)


def _legend(found: PayoffSet, point: Any) -> str:
    x = LEFT + SIDE + 18
    box = {"x": x, "width": 24, "height": 15}
    dashed = {"stroke_dasharray": "5 4"}
    rows = [
        (element("rect", y=TOP, fill="area-1", stroke="ink", **box), "equilibrium payoffs"),
        (
            element("rect", y=TOP + 26, fill="panel", stroke="muted", **dashed, **box),
            "feasible payoffs",
        ),
        (
            element("line", x1=x, y1=TOP + 59, x2=x + 24, y2=TOP + 59, stroke="muted",
                    stroke_dasharray="2 4"),
            "what each can be held to (pure)",
        ),
    ]  # fmt: skip
    if point is not None:
        words = "your point: inside" if found.contains(point) else "your point: outside"
        mark = f"<g transform='translate({length(x + 12)} {length(TOP + 86)}) scale(.8)'>"
        rows.append((mark + _student((0, 0), found.contains(point)) + "</g>", words))
    return "".join(
        mark + label(x + 34, TOP + 12 + 26 * k, words, size=12)
        for k, (mark, words) in enumerate(rows)
    )


def _brief(value: Any) -> str:
    words = plain(value)
    return words if len(words) <= 9 else f"{float(value):.4g}"


def _floor(value: Any) -> int:
    return int(float(value) // 1)


def _ceiling(value: Any) -> int:
    return -_floor(-value)
