"""A bargaining problem of two players: outcomes, the frontier, no deal, and what rules choose."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.figures import svg
from balancegame.figures.axes import ticks
from balancegame.figures.draw import draw, refuse
from balancegame.figures.figure import Figure, figure
from balancegame.figures.player_looks import looks
from balancegame.games.bargaining import AS_THEY_ARE, SIDE_PAYMENTS, BargainingProblem
from balancegame.games.bargaining_model import BargainingModel
from balancegame.solvers.coalitional.bargaining import (
    BargainingSolution,
    egalitarian,
    frontier,
    kalai_smorodinsky,
    nash_bargaining,
)
from balancegame.wording import amounts, and_list, called, capital

SIDE, LEFT, TOP, RIGHT = 240.0, 100.0, 16.0, 60.0
LEGEND = TOP + SIDE + 62.0
ENTRY = 38.0
_SOLVERS = (nash_bargaining, kalai_smorodinsky, egalitarian)

Span = tuple[Any, Any]


def solutions(problem: BargainingProblem) -> tuple[BargainingSolution, ...]:
    """Return what the three rules choose."""
    return tuple(solve(problem) for solve in _SOLVERS)


def bargaining_frontier(problem: BargainingProblem) -> svg.Drawing:
    """Return outcomes and the frontier in the plane of the two players' payoffs."""
    if len(problem.players) != 2:
        raise GameError(
            f"the frontier is drawn for two players, not for {len(problem.players)}; its solutions "
            "can be asked for without a picture."
        )
    found = solutions(problem)
    corners = _corners(problem)
    marked = (problem.disagreement, *problem.outcomes.values(), *(f.payoffs for f in found))
    spans = [_span([point[k] for point in (*marked, *corners)]) for k in (0, 1)]

    def place(payoffs: Any) -> tuple[float, float]:
        across, up = (
            float(x - low) / float(high - low)
            for x, (low, high) in zip(payoffs, spans, strict=True)
        )
        return LEFT + SIDE * across, TOP + SIDE * (1 - up)

    body = svg.rect(LEFT, TOP, SIDE, SIDE, fill="paper", stroke="rule")
    x, y = place(problem.disagreement)
    kept: dict[str, Any] = {"stroke": "muted", "stroke_dasharray": "2 4"}
    body += svg.line(x, TOP, x, TOP + SIDE, **kept) + svg.line(LEFT, y, LEFT + SIDE, y, **kept)
    if problem.sharing != AS_THEY_ARE and len(corners) > 1:
        path = svg.points(map(place, corners))
        body += svg.element(
            "polyline", points=path, kind="bg-frontier", fill="none", stroke="ink", stroke_width=2.4
        )
    for name, payoffs in problem.outcomes.items():
        body += svg.circle(*place(payoffs), 5, fill="muted") + _named(place(payoffs), name)
    body += _cross(x, y) + _named((x, y), "no deal")
    body += "".join(_mark(k, *place(f.payoffs)) for k, f in enumerate(found))
    body += _frame(problem, spans, place) + _legend(found)
    height = LEGEND + ENTRY * len(found)
    return svg.Drawing(LEFT + SIDE + RIGHT, height, body, frontier_in_words(problem))


# Why there are three marks, for those who know only the first.
_AIMS = (
    "the product of their gains is as large as possible",
    "each gains the same part of the most that it could gain",
    "all gain the same",
)


def frontier_in_words(problem: BargainingProblem) -> str:
    """Return what the picture shows, in words."""
    names = problem.players
    outcomes = "; ".join(f"{name}: {amounts(names, u)}" for name, u in problem.outcomes.items())
    chosen = "; ".join(f"{_title(f)}: {_chosen(f)}" for f in solutions(problem))
    return f"No deal: {amounts(names, problem.disagreement)}. {capital(outcomes)}. {chosen}."


def _corners(problem: BargainingProblem) -> list[tuple[Any, Any]]:
    """Return the ends and corners of the frontier that leaves nobody worse off than no deal."""
    d = problem.disagreement
    if problem.sharing == SIDE_PAYMENTS:
        gain = max(sum(problem.gains(name)) for name in problem.outcomes)
        return [(d[0], d[1] + gain), (d[0] + gain, d[1])] if gain > 0 else []
    return [(d[0] + a, d[1] + b) for a, b in (c.gains for c in frontier(problem))]


def _span(values: list[Any]) -> Span:
    low, high = min(values), max(values)
    room = (high - low) / 8 if high > low else Fraction(1)
    return low - room, high + room


def _mark(rule: int, x: float, y: float) -> str:
    """Return the mark of a rule: three shapes that are all seen where they meet."""
    if rule == 0:
        return svg.circle(x, y, 6, kind="bg-nash", fill="equilibrium", stroke="ink", stroke_width=2)
    if rule == 1:
        return svg.rect(x - 9, y - 9, 18, 18, fill="none", stroke="player-1", stroke_width=2.2)
    return svg.diamond(x, y, 17, fill="none", stroke="player-2", stroke_width=2.2)


def _cross(x: float, y: float) -> str:
    path = f"M{svg.length(x - 6)} {svg.length(y - 6)}l12 12m-12 0l12-12"
    return svg.element("path", d=path, stroke="ink", stroke_width=2.4)


def _named(at: tuple[float, float], name: str) -> str:
    x, y = at
    end = x > LEFT + SIDE / 2
    words = {"text_anchor": "end"} if end else {}
    room = (x - LEFT if end else LEFT + SIDE - x) - 24
    return svg.label(x + (-20 if end else 20), y + 18, name, size=12, room=room, **words)


def _frame(problem: BargainingProblem, spans: list[Span], place: Any) -> str:
    parts = []
    for k, (low, high) in enumerate(spans):
        for value in ticks(Fraction(floor(low)), Fraction(ceil(high))):
            if not low <= value <= high:
                continue
            at = place((value, spans[1][0]) if k == 0 else (spans[0][0], value))
            if k == 0:
                parts.append(svg.centred(at[0], at[1] + 17, plain(value), size=12))
            else:
                parts.append(
                    svg.label(at[0] - 8, at[1] + 4, plain(value), size=12, text_anchor="end")
                )
    first, second = (f"payoff of {called(player)}" for player in problem.players)
    across, up = (look.paint for look in looks(problem.players))
    style: dict[str, Any] = {"room": SIDE, "font_weight": 600}
    parts.append(svg.centred(LEFT + SIDE / 2, TOP + SIDE + 40, first, fill=across, **style))
    parts.append(svg.upright(LEFT - 48, TOP + SIDE / 2, second, fill=up, **style))
    return "".join(parts)


def _legend(found: tuple[BargainingSolution, ...]) -> str:
    parts = []
    for k, solution in enumerate(found):
        y = LEGEND + ENTRY * k
        shift = f"translate(18 {svg.length(y)}) scale(.7)"
        mark = svg.element("g", _mark(k, 0, 0), transform=shift)
        words = f"{_title(solution)}: {_chosen(solution)}"
        room = LEFT + SIDE + RIGHT - 44
        parts += [mark, svg.label(40, y + 5, words, size=13, room=room)]
        parts.append(svg.label(40, y + 20, _AIMS[k], size=12, fill="muted", room=room))
    return "".join(parts)


def _title(solution: BargainingSolution) -> str:
    return capital(solution.rule)


def _chosen(solution: BargainingSolution) -> str:
    if not solution.deal:
        return "no deal"
    pairs = zip(solution.problem.players, solution.payoffs, strict=True)
    return ", ".join(f"{name} {plain(payoff)}" for name, payoff in pairs)


@draw.register
def _(subject: BargainingProblem, /, **values: Any) -> Figure:
    refuse(values, "a bargaining problem")
    names = and_list(map(called, subject.players))
    return figure(bargaining_frontier(subject), f"What {names} can agree on.")


@draw.register
def _(subject: BargainingModel, /, **values: Any) -> Figure:
    return draw(subject.game(**values))


@draw.register
def _(subject: BargainingSolution, /, **values: Any) -> Figure:
    refuse(values, "a solution")
    return draw(subject.problem)
