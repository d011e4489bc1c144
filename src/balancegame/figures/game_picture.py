"""A game: its payoff table, and of a 2 x 2 game the best-response square beside it."""

from __future__ import annotations

from typing import Any

from balancegame.figures.best_response_square import best_response_square
from balancegame.figures.draw import draw, refuse
from balancegame.figures.figure import Figure, figure
from balancegame.figures.payoff_table import payoff_table
from balancegame.figures.svg import Drawing, beside
from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.normal_form.nash import Equilibria, Equilibrium, equilibria
from balancegame.wording import and_list, called


def game_drawing(game: NormalFormGame, solution: Equilibria | None = None) -> Drawing:
    """Return the picture of a game; a solution that is known already is not found again."""
    table = payoff_table(game)
    if game.shape != (2, 2):
        return table
    return beside(table, best_response_square(solution or equilibria(game)), gap=36)


@draw.register
def _(subject: NormalFormGame, /, **values: Any) -> Figure:
    refuse(values, "a game")
    return figure(game_drawing(subject), _caption(subject))


@draw.register
def _(subject: Equilibria, /, **values: Any) -> Figure:
    refuse(values, "equilibria")
    return figure(game_drawing(subject.game, subject), _caption(subject.game))


@draw.register
def _(subject: Equilibrium, /, **values: Any) -> Figure:
    return draw(subject.game, **values)


def _caption(game: NormalFormGame) -> str:
    return f"Payoffs and best responses of {and_list(map(called, game.players))}."
