"""The best-response square of a 2 x 2 game: both correspondences and where they meet.

A point (x, y) of the square is a profile: x is the probability of player 1's first action and y
that of player 2's. Fractions decide every shape; floats only place the pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from balancegame.exact import plain
from balancegame.explain.solution import subset_in_words
from balancegame.figures.best_response_marks import legend
from balancegame.figures.svg import Drawing, element, label, length, stacked, text_width
from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.normal_form.nash import Equilibria, NashSubset
from balancegame.wording import called

Point = tuple[Fraction, Fraction]

SIDE = 220
LEFT = 96
TOP = 30
NONE, ALL = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Correspondence:
    """One player's best responses to every mixture of the other, in the unit square.

    Attributes
    ----------
    points : tuple of Point
        The corners of the path that the best responses follow; empty if the player is
        indifferent against everything and the whole square is the correspondence.
    threshold : Fraction or None
        The opponent's probability at which the player turns from one action to the other.
    """

    points: tuple[Point, ...]
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


def best_response_square(solution: Equilibria) -> Drawing:
    """Return the square and a key to its lines and points.

    Parameters
    ----------
    solution : Equilibria
        Of a 2 x 2 game.
    """
    return stacked(square_plot(solution), _key(solution), gap=4)


def square_plot(solution: Equilibria) -> Drawing:
    """Return the square with both correspondences, every equilibrium and every continuum."""
    game = solution.game
    curves = correspondence(game, 0), correspondence(game, 1)
    subsets = [subset for component in solution.components for subset in component]
    continua = "".join(_continuum(subset) for subset in subsets)
    paths = _area(curves[0], 0) + _area(curves[1], 1) + _path(curves[0], 0) + _path(curves[1], 1)
    plot = element(
        "g",
        _frame(game.players, game.actions) + continua + paths + "".join(map(_ends, subsets)),
        kind="bg-square",
    )
    return Drawing(
        LEFT + SIDE + 42, TOP + SIDE + 62, plot + _turns(curves), square_in_words(solution)
    )


def square_in_words(solution: Equilibria) -> str:
    """Return where the players' best responses turn and meet, in words."""
    game = solution.game
    turns = []
    for player, other in ((0, 1), (1, 0)):
        curve, name = correspondence(game, player), called(game.players[player])
        against = f"{called(game.players[other])} plays {game.actions[other][0]}"
        if curve.threshold is not None:
            turns.append(
                f"{name} is indifferent where {against} with probability {plain(curve.threshold)}"
            )
        elif curve.points:
            first = curve.points[0][player] == 1
            turns.append(f"{name} always does best with {game.actions[player][0 if first else 1]}")
        else:
            turns.append(f"{name} is indifferent against everything")
    meets = (
        subset_in_words(game, subset) for component in solution.components for subset in component
    )
    return f"Best-response square: {'; '.join(turns)}. Equilibria: {'; '.join(meets)}."


def _advantage(game: NormalFormGame, player: int, other: int) -> Fraction:
    """Return how much more the player's first action yields than the second."""
    cells = ((0, other), (1, other)) if player == 0 else ((other, 0), (other, 1))
    return game.at(player, cells[0]) - game.at(player, cells[1])


def _placed(points: tuple[Point, ...], player: int) -> tuple[Point, ...]:
    return points if player == 0 else tuple((y, x) for x, y in points)


def _pixel(point: Point) -> tuple[float, float]:
    return LEFT + SIDE * float(point[0]), TOP + SIDE * (1 - float(point[1]))


def _corners(subset: NashSubset) -> tuple[Point, Point]:
    """Return the lowest and the highest corner of a maximal Nash subset in the square."""
    (x0, x1), (y0, y1) = (
        (min(side), max(side)) for side in ([vertex[0] for vertex in side] for side in subset)
    )
    return (x0, y0), (x1, y1)


def _is_continuum(subset: NashSubset) -> bool:
    low, high = _corners(subset)
    return low != high


def _exact_place(subset: NashSubset) -> dict[str, str]:
    low, high = _corners(subset)
    return {
        "data_x": plain(low[0]) if low[0] == high[0] else f"{plain(low[0])} to {plain(high[0])}",
        "data_y": plain(low[1]) if low[1] == high[1] else f"{plain(low[1])} to {plain(high[1])}",
    }


def _continuum(subset: NashSubset) -> str:
    low, high = _corners(subset)
    if low == high:
        return ""
    (x0, y0), (x1, y1) = _pixel(low), _pixel(high)
    if low[0] != high[0] and low[1] != high[1]:
        return element(
            "rect",
            kind="bg-continuum",
            x=x0,
            y=y1,
            width=x1 - x0,
            height=y0 - y1,
            fill="equilibrium",
            fill_opacity=0.55,
            **_exact_place(subset),
        )
    return element(
        "line",
        kind="bg-continuum",
        x1=x0,
        y1=y0,
        x2=x1,
        y2=y1,
        stroke="equilibrium",
        stroke_width=14,
        stroke_linecap="round",
        **_exact_place(subset),
    )


def _ends(subset: NashSubset) -> str:
    (x0, y0), (x1, y1) = _corners(subset)
    points = sorted({(x0, y0), (x1, y0), (x0, y1), (x1, y1)})
    kind = "bg-end" if _is_continuum(subset) else "bg-point"
    return "".join(
        element(
            "circle",
            kind=kind,
            cx=_pixel(point)[0],
            cy=_pixel(point)[1],
            r=6.5,
            fill="equilibrium",
            stroke="ink",
            stroke_width=2,
            data_x=plain(point[0]),
            data_y=plain(point[1]),
        )
        for point in points
    )


def _path(curve: Correspondence, player: int) -> str:
    if not curve.points:
        return ""
    points = " ".join(
        f"{length(x)},{length(y)}" for x, y in (_pixel(point) for point in curve.points)
    )
    return element("polyline", kind="bg-reply", points=points, **_stroke(player))


def _area(curve: Correspondence, player: int) -> str:
    if curve.points:
        return ""
    return element(
        "rect",
        kind="bg-reply",
        x=LEFT,
        y=TOP,
        width=SIDE,
        height=SIDE,
        fill_opacity=0.13,
        **_stroke(player) | {"fill": f"player-{player + 1}"},
    )


def _stroke(player: int) -> dict[str, object]:
    """Return the line of a player; the second's gaps let the first's show where both run."""
    line: dict[str, object] = {
        "fill": "none",
        "stroke": f"player-{player + 1}",
        "stroke_width": 5 if player == 0 else 4,
        "stroke_linejoin": "round",
    }
    return line if player == 0 else line | {"stroke_dasharray": "9 6"}


@lru_cache(maxsize=32)
def _frame(players: tuple[str, ...], actions: tuple[tuple[str, ...], ...]) -> str:
    right, bottom, middle = LEFT + SIDE, TOP + SIDE, LEFT + SIDE / 2
    parts = [
        element(
            "rect",
            x=LEFT,
            y=TOP,
            width=SIDE,
            height=SIDE,
            fill="paper",
            stroke="rule",
            stroke_width=1,
        )
    ]
    for share in (0.25, 0.5, 0.75):
        x, y = LEFT + SIDE * share, TOP + SIDE * share
        parts.append(element("line", x1=x, y1=TOP, x2=x, y2=bottom, stroke="panel"))
        parts.append(element("line", x1=LEFT, y1=y, x2=right, y2=y, stroke="panel"))
    for x, number, name in ((LEFT, "0", actions[0][1]), (right, "1", actions[0][0])):
        parts.append(label(x, bottom + 18, number, size=12, text_anchor="middle"))
        parts.append(
            label(x, bottom + 33, name, size=12, text_anchor="middle", room=104, fill="muted")
        )
    for y, number, name in ((bottom, "0", actions[1][1]), (TOP, "1", actions[1][0])):
        parts.append(label(LEFT - 10, y + 4, number, size=12, text_anchor="end"))
        parts.append(
            label(LEFT - 22, y + 4, name, size=12, text_anchor="end", room=LEFT - 24, fill="muted")
        )
    parts.append(
        label(
            middle,
            bottom + 54,
            _axis(players, actions, 0),
            size=12,
            text_anchor="middle",
            room=SIDE + 80,
            fill="player-1",
            font_weight=600,
        )
    )
    turned = f"rotate(-90 {length(LEFT - 34)} {length(TOP + SIDE / 2)})"
    parts.append(
        label(
            LEFT - 34,
            TOP + SIDE / 2,
            _axis(players, actions, 1),
            size=12,
            text_anchor="middle",
            room=SIDE - 40,
            fill="player-2",
            font_weight=600,
            transform=turned,
        )
    )
    return "".join(parts)


def _axis(players: tuple[str, ...], actions: tuple[tuple[str, ...], ...], player: int) -> str:
    return f"Pr({players[player]}: {actions[player][0]})"


def _turns(curves: tuple[Correspondence, Correspondence]) -> str:
    """Label the thresholds on the sides that carry no other label."""
    parts = []
    ours, theirs = curves[0].threshold, curves[1].threshold
    if ours is not None and 0 < ours < 1:
        _, y = _pixel((ALL, ours))
        parts.append(label(LEFT + SIDE + 10, y + 4, _short(ours), size=12, fill="player-1"))
    if theirs is not None and 0 < theirs < 1:
        x, _ = _pixel((theirs, ALL))
        parts.append(
            label(x, TOP - 10, _short(theirs), size=12, text_anchor="middle", fill="player-2")
        )
    return "".join(parts)


def _short(number: Fraction) -> str:
    words = plain(number)
    if text_width(words, 12) <= 38:
        return words
    rounded = f"{float(number):.2f}"
    return {"0.00": ">0", "1.00": "<1"}.get(rounded, f"≈{rounded}")


def _key(solution: Equilibria) -> Drawing:
    subsets = [subset for component in solution.components for subset in component]
    lines = [
        (element("line", x1=LEFT, y1=0, x2=LEFT + 34, y2=0, **_stroke(player)), words)
        for player, words in enumerate(legend(solution.game))
    ]
    if any(map(_is_continuum, subsets)):
        band = {"stroke": "equilibrium", "stroke_width": 13, "stroke_linecap": "round"}
        sample = element("line", x1=LEFT + 6, y1=0, x2=LEFT + 28, y2=0, **band)
        lines.append((sample, "equilibria, a continuum"))
    if not all(map(_is_continuum, subsets)):
        point = {"fill": "equilibrium", "stroke": "ink", "stroke_width": 2}
        lines.append((element("circle", cx=LEFT + 17, cy=0, r=6, **point), "equilibrium"))
    body = (
        element(
            "svg",
            sample + label(LEFT + 44, 4, words, size=12, fill="muted", room=SIDE),
            y=10 + 20 * k,
            overflow="visible",
        )
        for k, (sample, words) in enumerate(lines)
    )
    return Drawing(LEFT + SIDE + 42, 20 * len(lines), "".join(body), "")
