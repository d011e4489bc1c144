"""What moves on the best-response square: a mixture with the reply to it, and paths of learning."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.figures.best_response_square import LEFT, SIDE, TOP, pixel, square_plot
from balancegame.figures.draw import draw
from balancegame.figures.figure import Figure, figure
from balancegame.figures.svg import diamond, element, line, points, rect
from balancegame.games.normal_form import NormalFormGame, Strategy, require_game
from balancegame.solvers.normal_form.best_response import action_payoffs
from balancegame.solvers.normal_form.dynamics import Path
from balancegame.solvers.normal_form.nash import equilibria
from balancegame.wording import and_list, called, capital, mixture

MARGIN = 2


def require_square(game: NormalFormGame, verb: str) -> NormalFormGame:
    """Return a 2 x 2 game, or say that only those have a square."""
    if require_game(game, verb).shape != (2, 2):
        size = " x ".join(map(str, game.shape))
        raise GameError(f"{verb} draws on the square of a 2 x 2 game; this one is {size}.")
    return game


def replies_in_words(game: NormalFormGame, player: int, strategy: Strategy) -> tuple[str, ...]:
    """Return in sentences how the other player replies to a mixture.

    Examples
    --------
    >>> game = NormalFormGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    >>> half = game.strategy(0, ["1/2", "1/2"])
    >>> replies_in_words(game, 0, half)[-1]
    'Player 2 is indifferent: action 1 and action 2 are both best responses.'
    """
    other = 1 - player
    names, who = game.actions[other], capital(called(game.players[other]))
    profile = (strategy, strategy)
    values = action_payoffs(game, other, profile)
    best = [name for name, value in zip(names, values, strict=True) if value == max(values)]
    amounts = and_list(f"{plain(v)} from {name}" for name, v in zip(names, values, strict=True))
    end = f"The best response is {best[0]}."
    if len(best) > 1:
        end = f"{who} is indifferent: {and_list(names)} are both best responses."
    return (
        f"{capital(called(game.players[player]))} plays {mixture(strategy, game.actions[player])}.",
        f"{who} gets {amounts}.",
        end,
    )


def draw_mixture(game: NormalFormGame, player: int, strategy: Strategy) -> Figure:
    """Draw a player's mixture on the square, and the other's best responses to it."""
    require_square(game, "a mixture")
    plot = square_plot(equilibria(game))
    values = action_payoffs(game, 1 - player, (strategy, strategy))
    replies = [1.0 - a for a, value in enumerate(values) if value == max(values)]
    own = float(strategy[0])
    dotted: dict[str, Any] = {"stroke": "muted", "stroke_width": 2, "stroke_dasharray": "2 4"}
    body = line(*_pixel(player, own, 0), *_pixel(player, own, 1), **dotted)
    spots = [_pixel(player, own, reply) for reply in replies]
    if len(spots) > 1:
        body += line(*spots[0], *spots[1], stroke="ink", stroke_width=4)
    # A diamond, since circles are equilibria already.
    body += "".join(_diamond(*spot) for spot in spots)
    words = " ".join(replies_in_words(game, player, strategy))
    caption = f"The best response of {called(game.players[1 - player])} to a mixture."
    drawing = replace(plot, body=plot.body + body, alt=f"{words} {plot.alt}")
    return figure(drawing, caption, MARGIN)


def mixture_span(player: int) -> tuple[str, float, float]:
    """Return the axis of the picture along which a player mixes, and where it is at 0 and at 1."""
    if player:
        return "y", MARGIN + TOP + SIDE, MARGIN + TOP
    return "x", MARGIN + LEFT, MARGIN + LEFT + SIDE


@draw.register
def draw_path(path: Path) -> Figure:
    """Draw how two players' mixtures move on the square of a 2 x 2 game."""
    plot = square_plot(equilibria(require_square(path.game, "a path")))
    places = [pixel((x[0], y[0])) for x, y in path.strategies]
    body = element("polyline", points=points(places), fill="none", stroke="ink", stroke_width=1.5)
    x, y = places[0]
    body += rect(x - 5, y - 5, 10, 10, fill="paper", stroke="ink") + _diamond(*places[-1])
    caption = f"How {path.process} goes: from the square mark to the diamond."
    ends = []
    for point in (path.strategies[0], path.end):
        mixed = zip(path.game.players, path.game.actions, point, strict=True)
        plays = (f"{called(who)} plays {names[0]} with {p[0]:.2f}" for who, names, p in mixed)
        ends.append(f"{and_list(plays)}.")
    alt = f"At first {' At the end '.join(ends)} {plot.alt}"
    return figure(replace(plot, body=plot.body + body, alt=alt), caption)


def _pixel(player: int, own: float, other: float) -> tuple[float, float]:
    return pixel((other, own) if player else (own, other))


def _diamond(x: float, y: float) -> str:
    return diamond(x, y, 8, fill="paper", stroke="ink", stroke_width=2.5)
