"""The power of each member of a vote, or the Shapley value of each player, as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from balancegame.exact import plain
from balancegame.figures import svg
from balancegame.figures.draw import draw, refuse
from balancegame.figures.figure import Figure, figure
from balancegame.figures.player_looks import looks
from balancegame.games.coalitional import CoalitionalGame
from balancegame.solvers.coalitional.player_values import PlayerValues
from balancegame.solvers.coalitional.values import Banzhaf, Shapley, banzhaf, shapley
from balancegame.wording import and_list, called, capital

WIDTH, LABELS, TOLD = 560.0, 130.0, 110.0
ROW, BAR = 24.0, 14.0
_ENDS = (Fraction(1, 4), Fraction(1, 2))


@dataclass(frozen=True)
class Power:
    """The two common measures of power of each member: Shapley-Shubik, and normalised Banzhaf."""

    pivots: PlayerValues
    swings: PlayerValues

    @property
    def end(self) -> Fraction:
        """What the full width of a bar stands for: a quarter, a half or all of the power."""
        most = max((*self.pivots, *self.swings))
        return next((end for end in _ENDS if most <= end), Fraction(1))


def power_of(game: CoalitionalGame) -> Power:
    """Return the power of each member by both measures."""
    return Power(shapley(game), banzhaf(game).normalised)


def alike(players: Sequence[str], values: Sequence[Fraction]) -> str:
    """Return numbers in words, players with the same number together, the largest first.

    Examples
    --------
    >>> alike(("US", "China", "Japan"), (Fraction(1, 6), Fraction(2, 3), Fraction(1, 6)))
    'China 2/3; the US and Japan 1/6 each'
    """
    groups: dict[Fraction, list[str]] = {}
    for player, value in sorted(zip(players, values, strict=True), key=lambda pair: -pair[1]):
        groups.setdefault(value, []).append(called(player))
    return "; ".join(
        f"{_few(names)} {plain(value)}{' each' if len(names) > 1 else ''}"
        for value, names in groups.items()
    )


def power_bars(power: Power) -> svg.Drawing:
    """Return a bar of each member's Shapley-Shubik index, with a diamond at its Banzhaf index."""
    players = power.pivots.game.players
    room, end = WIDTH - LABELS - TOLD, power.end
    parts = []
    for k, (look, pivots, swings) in enumerate(
        zip(looks(players), power.pivots, power.swings, strict=True)
    ):
        y = ROW * k
        parts += [
            svg.label(0, y + 13, capital(players[k]), room=LABELS - 10),
            svg.rect(LABELS, y + 2, room, BAR, fill="panel", stroke="rule"),
            svg.rect(LABELS, y + 2, room * float(pivots / end), BAR, fill=look.paint),
            svg.diamond(
                LABELS + room * float(swings / end), y + 9, 6, fill="equilibrium", stroke="ink"
            ),
            svg.label(WIDTH - TOLD + 10, y + 13, plain(pivots), size=12, room=TOLD - 10),
        ]
    y = ROW * len(players) + 16
    parts += [
        svg.rect(LABELS, y - 10, 24, BAR, fill="player-1"),
        svg.label(LABELS + 32, y + 1, "Shapley-Shubik", size=12),
        svg.diamond(LABELS + 150, y - 3, 6, fill="equilibrium", stroke="ink"),
        svg.label(LABELS + 164, y + 1, "Banzhaf", size=12),
        svg.label(WIDTH - TOLD + 10, y + 1, f"full width: {plain(end)}", size=12),
    ]
    return svg.Drawing(WIDTH, y + 8, "".join(parts), power_in_words(power))


def power_in_words(power: Power) -> str:
    """Return the power of each member by both measures, in words."""
    players = power.pivots.game.players
    same = tuple(power.pivots) == tuple(power.swings)
    other = "the same" if same else alike(players, power.swings)
    return f"Shapley-Shubik index: {alike(players, power.pivots)}. Banzhaf index: {other}."


def value_bars(value: PlayerValues) -> svg.Drawing:
    """Return a bar for each player to the right of zero, or to the left if it is negative."""
    players = value.game.players
    low, high = min(0, *value), max(0, *value)
    span = float(high - low) or 1.0
    room = WIDTH - LABELS - TOLD
    zero = LABELS + room * float(-low) / span
    parts = []
    for k, (look, number) in enumerate(zip(looks(players), value, strict=True)):
        y, size = ROW * k, room * float(abs(number)) / span
        start = zero if number >= 0 else zero - size
        parts += [
            svg.label(0, y + 13, capital(players[k]), room=LABELS - 10),
            svg.rect(start, y + 2, size, BAR, fill=look.paint),
            svg.label(WIDTH - TOLD + 10, y + 13, plain(number), size=12, room=TOLD - 10),
        ]
    height = ROW * len(players)
    parts.append(svg.line(zero, 0, zero, height, stroke="ink"))
    return svg.Drawing(WIDTH, height, "".join(parts), f"{capital(alike(players, value))}.")


@draw.register
def _(subject: Shapley, /, **values: Any) -> Figure:
    refuse(values, "a Shapley value")
    if subject.game.votes is not None:
        return figure(power_bars(power_of(subject.game)), "The power of each member.")
    return figure(value_bars(subject), "The Shapley value of each player.")


@draw.register
def _(subject: PlayerValues, /, **values: Any) -> Figure:
    refuse(values, "a number for each player")
    return figure(value_bars(subject), "A number for each player.")


@draw.register
def _(subject: Banzhaf, /, **values: Any) -> Figure:
    refuse(values, "a Banzhaf value")
    return figure(value_bars(subject.normalised), "Each player's part of all swings.")


def _few(names: list[str]) -> str:
    return and_list(names) if len(names) <= 6 else and_list([*names[:3], f"{len(names) - 3} more"])
