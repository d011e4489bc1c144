"""Right answers of a kind for which several exercises ask the solver."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from balancegame.games.normal_form import NormalFormGame
from balancegame.games.repeated import RepeatedGame
from balancegame.solvers.normal_form.nash import equilibria
from balancegame.solvers.repeated.one_shot_deviations import one_shot_verdict

_SOON = Fraction(1, 100)


@lru_cache(maxsize=256)
def mixtures(game: NormalFormGame) -> tuple[Fraction, ...]:
    """Return how often each player takes its first action in the equilibrium in which all mix.

    Examples
    --------
    >>> mixtures(NormalFormGame([[[2, 0], [0, 1]], [[0, 1], [3, 0]]]))
    (Fraction(3, 4), Fraction(1, 3))
    """
    found = (equilibrium.strategies for equilibrium in equilibria(game))
    (mixed,) = (each for each in found if all(max(strategy) < 1 for strategy in each))
    return tuple(strategy[0] for strategy in mixed)


@lru_cache(maxsize=256)
def temptations(stage: NormalFormGame, grim: Any) -> tuple[tuple[Fraction, Fraction], ...]:
    """Return what departing from grim trigger gains each player at once, and when it gains nothing.

    The first is the gain where tomorrow counts nothing, the second a discount factor. In between
    the gain falls along a line, because the punishment is the same in every later period.

    Examples
    --------
    >>> from balancegame.games.reciprocity import grim_trigger
    >>> stage = NormalFormGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> temptations(stage, grim_trigger(("action 1", "action 1"), ("action 2", "action 2")))[0]
    (Fraction(2, 1), Fraction(1, 2))
    """
    at_once, soon = (
        [departure.gain for departure in one_shot_verdict(game, grim).deviations if departure]
        for game in (RepeatedGame(stage, 0), RepeatedGame(stage, _SOON))
    )
    return tuple(
        (gain, _SOON * gain / (gain - less)) for gain, less in zip(at_once, soon, strict=True)
    )
