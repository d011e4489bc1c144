r"""Repeated games: the same stage game period after period, by players who remember.

In each period the players choose actions of the *stage game* and see what was chosen. A payoff one
period later counts :math:`\delta` times as much, and after each period the relationship breaks off
for good with probability :math:`h`, after which it yields nothing. So a payoff t periods ahead
counts :math:`(\delta (1 - h))^t` times, and payoffs are averages,

.. math:: (1 - \delta') \sum_{t \ge 0} \delta'^t u_i(a_t), \qquad \delta' = \delta (1 - h).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.games.normal_form import NormalFormGame, require_game
from balancegame.games.stochastic import StochasticGame
from balancegame.games.transitions import ALWAYS
from balancegame.wording import and_list


class RepeatedGame(StochasticGame):
    """A stage game of two or more players, repeated without a known end.

    This is a stochastic game in one state of the world, which may end.

    Parameters
    ----------
    stage : NormalFormGame
    delta : number
        Discount factor, at least 0 and less than 1.
    hazard : number, optional
        Probability, from 0 to 1, that the relationship breaks off after any one period.

    Raises
    ------
    GameError
        If the stage game is not one or has one player only, or a number is out of range.

    Notes
    -----
    Terms of the glossary:

    discount factor
        how much a payoff counts that comes one period later
    effective discount factor
        how much a payoff counts that comes one period later, and comes only if nothing breaks off
    period (periods)
        one round of what is played again and again, such as a year
    stream (streams)
        payoffs that come one after the other, one in each period
    hazard (hazards)
        the probability that a relationship breaks off in a period

    Examples
    --------
    >>> stage = NormalFormGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> RepeatedGame(stage, delta="1/2", hazard=0.1).patience
    Fraction(9, 20)
    """

    hazard: Fraction

    def __init__(self, stage: Any, delta: Any, hazard: Any = 0) -> None:
        if len(require_game(stage, "RepeatedGame").players) < 2:
            raise GameError("a repeated game needs two or more players; its stage game has one.")
        chance = exact(hazard, "the hazard")
        if not 0 <= chance <= 1:
            raise GameError(
                f"the hazard {plain(chance)} is not a probability; choose one from 0 to 1."
            )
        super().__init__((ALWAYS,), (stage,), {ALWAYS: ALWAYS}, delta)
        self._set(hazard=chance)

    @property
    def stage(self) -> NormalFormGame:
        """The stage game."""
        return self.stages[0]  # type: ignore[no-any-return]

    @property
    def patience(self) -> Fraction:
        """What a payoff one period ahead counts: the discount factor times the chance to last."""
        return self.delta * (1 - self.hazard)  # type: ignore[no-any-return]

    def __repr__(self) -> str:
        hazard = f", hazard {plain(self.hazard)}" if self.hazard else ""
        return f"<RepeatedGame of {and_list(self.players)}, delta {plain(self.delta)}{hazard}>"


def require_repeated(game: object, verb: str) -> RepeatedGame:
    """Return the repeated game, or say what a verb takes instead of what it was given."""
    if isinstance(game, RepeatedGame):
        return game
    raise GameError(
        f"{verb} takes a RepeatedGame, not {type(game).__name__}; write RepeatedGame(stage, delta)."
    )
