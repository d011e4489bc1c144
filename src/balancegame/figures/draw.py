"""One verb for everything that can be drawn; each picture's module registers its own form."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from balancegame.errors import GameError
from balancegame.figures.figure import Figure
from balancegame.wording import and_list


@singledispatch
def draw(subject: Any, /, **values: Any) -> Figure:
    """Draw a game, its equilibria, a model, its regimes or a phase diagram.

    Parameters
    ----------
    subject : NormalFormGame, Equilibria, Equilibrium, Model, regimes or PhaseDiagram
        What to draw. A game of two players with two actions each gets its best-response square
        beside the payoff table, a model also a bar of thresholds along its first parameter. Of a
        model in which one player moves first the tree is drawn, with what is best at each node.
        A repeated game is drawn by its payoff set, a stochastic game by the states of its world, a
        model of one with a track for each norm; an automaton in a role of a game. A GameTree is
        drawn with its subgame-perfect plan if there is only one; of several, draw one of them.
        Votes are drawn by the power of each member, another CoalitionalGame of three players and a
        verdict on a split by their triangle, a BargainingProblem of two players by its frontier.
        A tournament is drawn by who beats whom, and how its shares evolve by lines. A claim has a
        picture of its own; a proof that refutes is drawn by its counterexample.
    **values
        Values of a model's parameters, with defaults for the rest; on a phase diagram they mark a
        point. On a payoff set ``point`` marks a pair of payoffs. For an automaton ``stage`` and
        ``player`` say whose role it is drawn in (``world`` in which state of the world, if the
        stage is a StochasticGame). For it and for a stochastic game ``state`` is the state that is
        lit, ``then`` the one to which play goes from there.

    Returns
    -------
    Figure
        Shown by a notebook; ``.svg`` is the picture, ``.alt`` the same in words.

    Raises
    ------
    GameError
        If there is no picture for the subject, or a value does not fit the model.

    Examples
    --------
    >>> from balancegame.games.normal_form import NormalFormGame
    >>> game = NormalFormGame([[[2, 0], [3, 1]], [[2, 3], [0, 1]]])
    >>> draw(game).caption
    'Payoffs and best responses of player 1 and player 2.'
    """
    raise GameError(
        f"there is no picture of {type(subject).__name__}; give a game, a model, or the equilibria "
        "of a game in normal form."
    )


def refuse(values: dict[str, Any], what: str) -> None:
    """Say that a subject takes no values, if there are any."""
    if values:
        raise GameError(
            f"{what} cannot be given {and_list(values)}; draw the model to choose its parameters."
        )
