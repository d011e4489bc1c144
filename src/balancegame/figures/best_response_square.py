"""The best-response square of a 2 x 2 game: both correspondences and where they meet.

A point (x, y) of the square is a profile: x is the probability of player 1's first action and y
that of player 2's. Fractions decide every shape; floats only place the pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any

from balancegame.exact import plain
from balancegame.explain.solution import subset_in_words
from balancegame.figures import svg
from balancegame.figures.axes import wrapped
from balancegame.figures.best_response_marks import legend
from balancegame.figures.player_looks import Look, looks
from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.normal_form.nash import Equilibria, NashSubset
from balancegame.wording import called

Point = tuple[Fraction, Fraction]

SIDE = 220
LEFT = 96
TOP = 30
STEP = 14
NONE, ALL = Fraction(0), Fraction(1)
DOT: dict[str, object] = {"fill": "equilibrium", "stroke": "ink", "stroke_width": 2}


@dataclass(frozen=True)
class Correspondence:
    """One player's best responses to every mixture of the other, in the unit square."""

    # The corners of the path that the best responses follow; none if the player is indifferent
    # against everything and the whole square is the correspondence.
    points: tuple[Point, ...]
    # The opponent's probability at which the player turns from one action to the other.
    threshold: Fraction | None


def correspondence(game: NormalFormGame, player: int) -> Correspondence:
    """Return the best responses of a player of a 2 x 2 game.

    Examples
    --------
    >>> game = NormalFormGame([[[2, 0], [0, 1]], [[1, 0], [0, 2]]])
    >>> [tuple(map(str, point)) for point in correspondence(game, 0).points]
    [('0', '0'), ('0', '1/3'), ('1', '1/3'), ('1', '1')]
    """
    at_none, at_all = (_advantage(game, player, other) for other in (1, 0))
    if at_none == at_all == 0:
        return Correspondence((), None)
    if at_none * at_all > 0:
        reply = ALL if at_all > 0 else NONE
        return Correspondence(_placed(((reply, NONE), (reply, ALL)), player), None)
    turn = at_none / (at_none - at_all)
    last = ALL if at_all > 0 or at_none < 0 else NONE
    corners = ((ALL - last, NONE), (ALL - last, turn), (last, turn), (last, ALL))
    path = tuple(point for k, point in enumerate(corners) if point not in corners[:k])
    return Correspondence(_placed(path, player), turn)


def best_response_square(solution: Equilibria) -> svg.Drawing:
    """Return the square of a 2 x 2 game and a key to its lines and points."""
    return svg.stacked(square_plot(solution), _key(solution), gap=4)


def square_plot(solution: Equilibria) -> svg.Drawing:
    """Return the square with both correspondences, every equilibrium and every continuum."""
    game = solution.game
    curves = correspondence(game, 0), correspondence(game, 1)
    subsets = _subsets(solution)
    ours = looks(game.players)
    # Whole areas lie below paths, and a whole line shows through the gaps of a dashed one.
    replies = sorted(
        zip(curves, ours, strict=True),
        key=lambda entry: (bool(entry[0].points), bool(entry[1].dash)),
    )
    shapes = [
        _frame(game.players, game.actions),
        *map(_continuum, subsets),
        *(_reply(curve, look, top=k == 1) for k, (curve, look) in enumerate(replies)),
        *map(_ends, subsets),
    ]
    body = svg.element("g", "".join(shapes), kind="bg-square") + _turns(curves, ours)
    height = TOP + SIDE + 62 + _more_below(game.players, game.actions)
    return svg.Drawing(LEFT + SIDE + 42, height, body, square_in_words(solution))


def square_in_words(solution: Equilibria) -> str:
    """Return where the players' best responses turn and meet, in words."""
    game = solution.game
    turns = []
    for player, other in ((0, 1), (1, 0)):
        curve, name = correspondence(game, player), called(game.players[player])
        against = f"{called(game.players[other])} plays {game.actions[other][0]}"
        if curve.threshold is not None:
            at = plain(curve.threshold)
            turns.append(f"{name} is indifferent where {against} with probability {at}")
        elif curve.points:
            best = game.actions[player][curve.points[0][player] == 0]
            turns.append(f"{name} always does best with {best}")
        else:
            turns.append(f"{name} is indifferent against everything")
    meets = (subset_in_words(game, subset) for subset in _subsets(solution))
    return f"Best-response square: {'; '.join(turns)}. Equilibria: {'; '.join(meets)}."


def _advantage(game: NormalFormGame, player: int, other: int) -> Fraction:
    """Return how much more the player's first action yields than the second."""
    cells = ((0, other), (1, other)) if player == 0 else ((other, 0), (other, 1))
    return game.at(player, cells[0]) - game.at(player, cells[1])


def _placed(points: tuple[Point, ...], player: int) -> tuple[Point, ...]:
    return points if player == 0 else tuple((y, x) for x, y in points)


def pixel(point: tuple[float | Fraction, float | Fraction]) -> tuple[float, float]:
    """Return where a point of the square stands on the picture."""
    return LEFT + SIDE * float(point[0]), TOP + SIDE * (1 - float(point[1]))


def _subsets(solution: Equilibria) -> list[NashSubset]:
    return [subset for component in solution.components for subset in component]


def _corners(subset: NashSubset) -> tuple[Point, Point]:
    """Return the lowest and the highest corner of a maximal Nash subset in the square."""
    ours, theirs = ([vertex[0] for vertex in side] for side in subset)
    return (min(ours), min(theirs)), (max(ours), max(theirs))


def _continuum(subset: NashSubset) -> str:
    low, high = _corners(subset)
    if low == high:
        return ""
    (x0, y0), (x1, y1) = pixel(low), pixel(high)
    style: dict[str, object] = {"kind": "bg-continuum"}
    for axis, a, b in zip("xy", low, high, strict=True):
        style[f"data_{axis}"] = plain(a) if a == b else f"{plain(a)} to {plain(b)}"
    if x0 != x1 and y0 != y1:
        return svg.rect(x0, y1, x1 - x0, y0 - y1, fill="equilibrium", fill_opacity=0.55, **style)
    style |= {"stroke": "equilibrium", "stroke_width": 14, "stroke_linecap": "round"}
    return svg.line(x0, y0, x1, y1, **style)


def _ends(subset: NashSubset) -> str:
    low, high = _corners(subset)
    kind = "bg-point" if low == high else "bg-end"
    return "".join(
        svg.circle(*pixel((x, y)), 6.5, kind=kind, data_x=plain(x), data_y=plain(y), **DOT)
        for x, y in sorted(set(product((low[0], high[0]), (low[1], high[1]))))
    )


def _reply(curve: Correspondence, look: Look, top: bool) -> str:
    """Return a player's best responses: a path, or the whole square."""
    style = {"kind": "bg-reply", **_stroke(look, 4 if top else 5)}
    if curve.points:
        return svg.element("polyline", points=svg.points(map(pixel, curve.points)), **style)
    style |= {"fill": look.paint, "fill_opacity": 0.13}
    return svg.rect(LEFT, TOP, SIDE, SIDE, **style)


def _stroke(look: Look, width: float = 4.5) -> dict[str, object]:
    """Return the line of a player."""
    style: dict[str, object] = {"fill": "none", "stroke": look.paint, "stroke_width": width}
    dashed = {"stroke_dasharray": look.dash} if look.dash else {}
    return {**style, **dashed, "stroke_linejoin": "round"}


@lru_cache(maxsize=32)
def _frame(players: tuple[str, ...], actions: tuple[tuple[str, ...], ...]) -> str:
    right, bottom = LEFT + SIDE, TOP + SIDE
    parts = [svg.rect(LEFT, TOP, SIDE, SIDE, fill="paper", stroke="rule", stroke_width=1)]
    for share in (0.25, 0.5, 0.75):
        x, y = LEFT + SIDE * share, TOP + SIDE * share
        parts.append(svg.line(x, TOP, x, bottom, stroke="panel"))
        parts.append(svg.line(LEFT, y, right, y, stroke="panel"))
    for x, number, name in ((LEFT, "0", actions[0][1]), (right, "1", actions[0][0])):
        parts.append(svg.centred(x, bottom + 18, number, size=12))
        style: dict[str, Any] = {"size": 12, "fill": "muted", "text_anchor": "middle"}
        parts.append(svg.lines(x, bottom + 33, _below(name), step=STEP, **style))
    side: dict[str, Any] = {"size": 12, "text_anchor": "end"}
    for y, number, name in ((bottom + 4, "0", actions[1][1]), (TOP + 4, "1", actions[1][0])):
        parts.append(svg.label(LEFT - 10, y, number, **side))
        named = wrapped(name, LEFT - 24, 12)
        # The upper name grows down from its end of the axis, the lower one up.
        start = y if y < bottom else y - STEP * (len(named) - 1)
        parts.append(svg.lines(LEFT - 22, start, named, step=STEP, fill="muted", **side))
    first, second = _titles(players, actions)
    title: dict[str, Any] = {"size": 12, "font_weight": 600}
    x, y = LEFT + SIDE / 2, TOP + SIDE / 2
    across, up = (look.paint for look in looks(players))
    start = bottom + 54 + STEP * (_names_below(actions) - 1)
    style = {"fill": across, "text_anchor": "middle", **title}
    parts.append(svg.lines(x, start, first, step=STEP, **style))
    for k, words in enumerate(reversed(second)):
        parts.append(svg.upright(LEFT - 34 - STEP * k, y, words, fill=up, **title))
    return "".join(parts)


def _titles(
    players: tuple[str, ...], actions: tuple[tuple[str, ...], ...]
) -> tuple[list[str], list[str]]:
    """Return the lines of both axes' titles."""
    first, second = (
        f"{who}: chance of {names[0]}" for who, names in zip(players, actions, strict=True)
    )
    beside = max(len(wrapped(name, LEFT - 24, 12)) for name in actions[1])
    upright = max(SIDE - 40 - 2 * STEP * (beside - 1), SIDE / 3)
    return wrapped(first, SIDE + 80, 13), wrapped(second, upright, 13)


def _below(name: str) -> list[str]:
    return wrapped(name, 104, 12)


def _names_below(actions: tuple[tuple[str, ...], ...]) -> int:
    """Return how many lines the names below the square take."""
    return max(len(_below(name)) for name in actions[0])


def _more_below(players: tuple[str, ...], actions: tuple[tuple[str, ...], ...]) -> float:
    """Return the room that names and titles of more than one line need below the square."""
    return STEP * (_names_below(actions) + len(_titles(players, actions)[0]) - 2)


def _turns(curves: tuple[Correspondence, Correspondence], worn: tuple[Look, ...]) -> str:
    """Label the thresholds on the sides that carry no other label."""
    ours, theirs = (curve.threshold for curve in curves)
    first, second = (look.paint for look in worn)
    words = ""
    if ours and ours < 1:
        x, y = pixel((ALL, ours))
        words += svg.label(x + 10, y + 4, _short(ours), size=12, fill=first)
    if theirs and theirs < 1:
        x, y = pixel((theirs, ALL))
        words += svg.centred(x, y - 10, _short(theirs), size=12, fill=second)
    return words


def _short(number: Fraction) -> str:
    words = plain(number)
    if svg.text_width(words, 12) <= 38:
        return words
    rounded = f"{float(number):.2f}"
    return {"0.00": ">0", "1.00": "<1"}.get(rounded, f"≈{rounded}")


def _key(solution: Equilibria) -> svg.Drawing:
    game = solution.game
    continua = [low != high for low, high in map(_corners, _subsets(solution))]
    lines = [
        (svg.line(LEFT, 0, LEFT + 34, 0, **_stroke(look)), words)
        for look, words in zip(looks(game.players), legend(game), strict=True)
    ]
    if any(continua):
        band = {"stroke": "equilibrium", "stroke_width": 13, "stroke_linecap": "round"}
        lines.append((svg.line(LEFT + 6, 0, LEFT + 28, 0, **band), "infinitely many equilibria"))
    if not all(continua):
        lines.append((svg.circle(LEFT + 17, 0, 6, **DOT), "equilibrium"))
    body, y = "", 10.0
    for sample, words in lines:
        named = wrapped(words, SIDE - 4, 12)
        entry = sample + svg.lines(LEFT + 44, 4, named, step=STEP, size=12, fill="muted")
        body += svg.element("svg", entry, y=y, overflow="visible")
        y += 20 + STEP * (len(named) - 1)
    return svg.Drawing(LEFT + SIDE + 42, y - 10, body, "")
