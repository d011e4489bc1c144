"""The triangle of what three players can divide: the core, and which coalitions object where.

At a corner one player gets everything that is above the players' least parts; the further from a
side, the more the player opposite gets. Two players object where the third takes so much that they
get less than they are worth, which is beyond a line parallel to a side.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import atan2, sqrt
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.figures import svg
from balancegame.figures.draw import draw, refuse
from balancegame.figures.figure import Figure, figure
from balancegame.figures.hatching import hatching
from balancegame.figures.player_looks import looks
from balancegame.figures.power_bars import power_bars, power_of, value_bars
from balancegame.games.coalitional import CoalitionalGame
from balancegame.games.coalitional_model import CoalitionalModel
from balancegame.solvers.coalitional.cores import Core, core
from balancegame.solvers.coalitional.split_verdict import SplitVerdict
from balancegame.solvers.coalitional.values import shapley
from balancegame.wording import amounts, and_list, called, capital

SIDE, LEFT, TOP = 400.0, 60.0, 34.0
HEIGHT = SIDE * sqrt(3) / 2
WIDTH = SIDE + 2 * LEFT
LEGEND, STEP = TOP + HEIGHT + 54, 22.0
# Where the corners are, as parts of the whole picture: the first player's corner is on top.
CORNERS = (
    (LEFT + SIDE / 2, TOP),
    (LEFT, TOP + HEIGHT),
    (LEFT + SIDE, TOP + HEIGHT),
)


@dataclass(frozen=True)
class Stakes:
    """What can be divided: the least that each player can be given, and what is left beyond."""

    least: tuple[Fraction, ...]
    beyond: Fraction

    def shares(self, split: Any) -> tuple[Fraction, ...]:
        """Return which part of what is left each player gets."""
        return tuple((x - low) / self.beyond for x, low in zip(split, self.least, strict=True))

    def split(self, shares: Any) -> tuple[Fraction, ...]:
        """Return what each player gets if this is its part of what is left."""
        return tuple(low + self.beyond * s for s, low in zip(shares, self.least, strict=True))

    def place(self, split: Any) -> tuple[float, float]:
        """Return where a split stands in the picture."""
        shares = self.shares(split)
        x, y = (
            sum(float(s) * corner[k] for s, corner in zip(shares, CORNERS, strict=True))
            for k in (0, 1)
        )
        return x, y


def stakes(game: CoalitionalGame) -> Stakes:
    """Return what three players can divide among them, or say why there is no triangle."""
    if len(game.players) != 3:
        raise GameError(
            f"the triangle shows how three players can divide something, not {len(game.players)}."
        )
    least = tuple(min(Fraction(0), game.at(1 << k)) for k in range(3))
    beyond = game.at(game.everybody) - sum(least)
    if beyond <= 0:
        raise GameError(
            f"{and_list(map(called, game.players))} together are worth "
            f"{plain(game.at(game.everybody))}, so there is nothing to divide."
        )
    return Stakes(least, beyond)


def empty_triangle(game: CoalitionalGame) -> svg.Drawing:
    """Return the triangle alone, for those who are to find out who objects where."""
    names = and_list(map(called, game.players))
    words = f"Every way in which {names} can divide {plain(game.at(game.everybody))}."
    return svg.Drawing(WIDTH, LEGEND, _corners(game, stakes(game)), words)


def split_triangle(game: CoalitionalGame, verdict: SplitVerdict | None = None) -> svg.Drawing:
    """Return the triangle with the core, the coalitions' lines and, if there is one, a split."""
    ground = stakes(game)
    found, drawn = core(game), _limits(game, ground, verdict)
    body = _corners(game, ground) + _core(found, ground) + "".join(limit.line for limit in drawn)
    body += _split(ground, verdict) + _legend(found, drawn)
    words = triangle_in_words(game, verdict)
    return svg.Drawing(WIDTH, LEGEND + STEP * (1 + len(drawn)), body, words)


def triangle_in_words(game: CoalitionalGame, verdict: SplitVerdict | None = None) -> str:
    """Return what the picture shows, in words."""
    found = core(game)
    held = (
        "The core is empty."
        if found.empty
        else f"Corners of the core: {'; '.join(amounts(game.players, v) for v in found.vertices)}."
    )
    if verdict is None:
        return held
    objecting = and_list(
        f"{and_list(map(called, o.coalition))} by {plain(o.excess)}" for o in verdict.objections
    )
    answer = f"objections: {objecting}" if objecting else "no coalition objects"
    return f"{held} The split {amounts(game.players, verdict.split)}: {answer}."


@dataclass(frozen=True)
class _Limit:
    """A line beyond which a coalition objects, and what the legend says of it."""

    line: str
    sample: str
    words: str


def _corners(game: CoalitionalGame, ground: Stakes) -> str:
    """Return the triangle and what each player gets in its corner."""
    body = svg.polygon(CORNERS, fill="paper", stroke="muted", stroke_width=1.4)
    for k, (name, look) in enumerate(zip(game.players, looks(game.players), strict=True)):
        x, y = CORNERS[k]
        at = ((x, y - 14), (x - LEFT, y + 22), (x + LEFT, y + 22))[k]
        style: dict[str, Any] = {
            "fill": look.paint,
            "font_weight": 600,
            "room": WIDTH / 2 - 10,
            "text_anchor": ("middle", "start", "end")[k],
        }
        body += svg.label(*at, f"{name} gets {plain(ground.least[k] + ground.beyond)}", **style)
    return body


def _core(found: Core, ground: Stakes) -> str:
    places = _around([ground.place(vertex) for vertex in found.vertices])
    body = "".join(svg.circle(*place, 4.5, fill="ink") for place in places)
    if len(places) > 2:
        area = svg.polygon(places, kind="bg-core", fill="area-3", stroke="ink", stroke_width=2)
        return area + hatching([places], 1, "hatch-3") + body
    if len(places) == 2:
        body += svg.line(*places[0], *places[1], kind="bg-core", stroke="ink", stroke_width=7)
        body += svg.line(*places[0], *places[1], stroke="area-3", stroke_width=3.5)
    return body


def _limits(game: CoalitionalGame, ground: Stakes, verdict: SplitVerdict | None) -> list[_Limit]:
    """Return for each pair and each player the line beyond which it objects, within the triangle.

    A pair objects where the third player gets more than everybody's worth less the pair's.
    """
    objecting = {o.coalition for o in verdict.objections} if verdict else set()
    limits = []
    for k, look in enumerate(looks(game.players)):
        pair = 7 & ~(1 << k)
        for mask, limit in ((pair, game.at(7) - game.at(pair)), (7 & ~pair, game.at(7 & ~pair))):
            share = (limit - ground.least[k]) / ground.beyond
            if not 0 < share < 1:
                continue
            ends = []
            for j in {0, 1, 2} - {k}:
                shares = {k: share, j: 1 - share}
                ends.append(ground.place(ground.split([shares.get(i, 0) for i in range(3)])))
            bold = game.members(mask) in objecting
            style: dict[str, Any] = {
                "stroke": look.paint,
                "stroke_dasharray": "none" if bold else "6 4",
                "stroke_width": 3 if bold else 1.6,
            }
            names = and_list(map(called, game.members(mask)))
            verb = "object" if mask == pair else "objects"
            where = "more" if mask == pair else "less"
            limits.append(
                _Limit(
                    svg.line(*ends[0], *ends[1], kind="bg-limit", **style),
                    svg.line(0, 0, 24, 0, **style),
                    f"{capital(names)} {verb} where {called(game.players[k])} gets {where} than "
                    f"{plain(limit)}",
                )
            )
    return limits


def _legend(found: Core, drawn: list[_Limit]) -> str:
    if found.empty:
        body = svg.label(0, LEGEND, "The core is empty: some coalition objects to every split.")
    else:
        body = svg.rect(0, LEGEND - 11, 24, 14, fill="area-3", stroke="ink")
        body += svg.label(34, LEGEND, "the core: no coalition objects")
    for k, limit in enumerate(drawn):
        y = LEGEND + STEP * (k + 1)
        shift = f"translate(0 {svg.length(y - 4)})"
        body += svg.element("g", limit.sample, transform=shift)
        body += svg.label(34, y, limit.words, room=WIDTH - 34)
    return body


def _split(ground: Stakes, verdict: SplitVerdict | None) -> str:
    """Return the split: a filled circle in the core, a hollow diamond outside."""
    if verdict is None:
        return ""
    x, y = ground.place(verdict.split)
    style: dict[str, Any] = {"kind": "bg-student", "stroke": "ink", "stroke_width": 2.4}
    if verdict.holds:
        return svg.circle(x, y, 9, fill="equilibrium", **style)
    return svg.diamond(x, y, 11, fill="paper", **style)


def _around(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the corners of a convex area in the order of walking around it."""
    if len(places) < 3:
        return places
    middle = [sum(p[k] for p in places) / len(places) for k in (0, 1)]
    return sorted(places, key=lambda p: atan2(p[1] - middle[1], p[0] - middle[0]))


@draw.register
def _(subject: CoalitionalGame, /, **values: Any) -> Figure:
    refuse(values, "a game")
    if subject.votes is not None:
        return figure(power_bars(power_of(subject)), "The power of each member.")
    if len(subject.players) == 3 and subject.at(subject.everybody) > 0:
        return figure(split_triangle(subject), _caption(subject))
    return figure(value_bars(shapley(subject)), "The Shapley value of each player.")


@draw.register
def _(subject: CoalitionalModel, /, **values: Any) -> Figure:
    return draw(subject.game(**values))


@draw.register
def _(subject: Core, /, **values: Any) -> Figure:
    refuse(values, "a core")
    return figure(split_triangle(subject.game), _caption(subject.game))


@draw.register
def _(subject: SplitVerdict, /, **values: Any) -> Figure:
    refuse(values, "a verdict")
    return figure(split_triangle(subject.game, subject), _caption(subject.game))


def _caption(game: CoalitionalGame) -> str:
    names = and_list(map(called, game.players))
    return f"Every way in which {names} can divide {plain(game.at(game.everybody))}."
