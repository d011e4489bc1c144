"""What a receiver believes after each message, as bars, and what it replies."""

from __future__ import annotations

from typing import Any

from balancegame.exact.interval import Interval
from balancegame.explain.signalling import interval_in_words, mixture_in_words
from balancegame.figures import svg
from balancegame.figures.axes import wrapped
from balancegame.figures.draw import draw, refuse
from balancegame.figures.figure import Figure, figure
from balancegame.games.signalling import SignallingGame
from balancegame.solvers.signalling.perfect_bayesian import (
    PerfectBayesianEquilibria,
    PerfectBayesianEquilibrium,
    perfect_bayesian,
)
from balancegame.wording import and_list, called, capital

# Narrow enough to be read on a phone.
WIDTH = 340.0
LABELS = 100.0
TRACK = 16.0
ROW = 34.0


def belief_bars(found: PerfectBayesianEquilibrium) -> svg.Drawing:
    """Return a bar for each message: how likely the first type is, or each of three and more."""
    game = found.game
    names = game.types[:1] if len(game.types) == 2 else game.types
    parts, y = [svg.label(0, 14, capital(found.kind), font_weight=600)], 18.0
    for name, messages in found.sender.items():
        parts.append(svg.label(0, y + 14, f"{name}: {mixture_in_words(messages)}", room=WIDTH))
        y += 18
    y += 8
    for message in game.messages:
        replies = mixture_in_words(found.receiver[message])
        after = "nobody sends it" if game.messages.index(message) in found.silent else "sent"
        words = f"After {message} ({after}): {replies}"
        for line in wrapped(words, 0.93 * WIDTH, 13):
            parts.append(svg.label(0, y + 12, line))
            y += 18
        y += 2
        for name in names:
            parts.append(_bar(name, found.beliefs[message][name], y))
            y += ROW
        y += 6
    return svg.Drawing(WIDTH, y, "".join(parts), _in_words(found))


@draw.register
def _(subject: PerfectBayesianEquilibrium, /, **values: Any) -> Figure:
    refuse(values, "an equilibrium")
    return figure(belief_bars(subject), _caption(subject.game))


@draw.register
def _(subject: PerfectBayesianEquilibria, /, **values: Any) -> Figure:
    refuse(values, "equilibria")
    return figure(svg.stacked(*map(belief_bars, subject)), _caption(subject[0].game))


@draw.register
def _(subject: SignallingGame, /, **values: Any) -> Figure:
    refuse(values, "a game")
    return draw(perfect_bayesian(subject))


def _bar(name: str, belief: Interval, y: float) -> str:
    """Return a track from 0 to 1, full as far as the belief must go and half full beyond."""
    room = WIDTH - LABELS - 104
    low, high = (LABELS + room * float(end) for end in (belief.low, belief.high))
    track = svg.rect(LABELS, y, room, TRACK, fill="panel", stroke="rule")
    sure = svg.rect(LABELS, y, low - LABELS, TRACK, fill="player-1")
    open_ = svg.rect(low, y + 4, high - low, TRACK - 8, fill="area-1", stroke="player-1")
    mark = svg.line(low, y - 3, low, y + TRACK + 3, stroke="ink", stroke_width=2)
    if not belief.is_point:
        mark += svg.line(high, y - 3, high, y + TRACK + 3, stroke="ink", stroke_width=2)
    told = svg.label(LABELS + room + 8, y + 13, interval_in_words(belief), room=96, size=12)
    return (
        svg.label(12, y + 13, name, room=LABELS - 20, size=12) + track + sure + open_ + mark + told
    )


def _sent(found: PerfectBayesianEquilibrium) -> str:
    return "; ".join(
        f"{name} sends {mixture_in_words(messages)}" for name, messages in found.sender.items()
    )


def _in_words(found: PerfectBayesianEquilibrium) -> str:
    receiver = called(found.game.players[1])
    rows = "; ".join(
        f"after {message} {receiver} believes "
        + and_list(f"{name} {interval_in_words(chance)}" for name, chance in beliefs.items())
        + f" and replies {mixture_in_words(found.receiver[message])}"
        for message, beliefs in found.beliefs.items()
    )
    return f"{capital(found.kind)}: {_sent(found)}. {capital(rows)}."


def _caption(game: SignallingGame) -> str:
    return f"What {called(game.players[1])} believes and replies in each equilibrium."
