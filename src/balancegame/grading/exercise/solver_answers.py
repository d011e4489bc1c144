"""Right answers of a kind for which several exercises ask the solver."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from balancegame.errors import GameError
from balancegame.games.normal_form import NormalFormGame


@lru_cache(maxsize=256)
def mixtures(game: NormalFormGame) -> tuple[Fraction, ...]:
    """Return how often each player takes its first action in the equilibrium in which both mix.

    Both have two actions. The mixture of each leaves the other indifferent.

    Raises
    ------
    GameError
        If there is no such equilibrium, or more than one.

    Examples
    --------
    >>> mixtures(NormalFormGame([[[2, 0], [0, 1]], [[0, 1], [3, 0]]]))
    (Fraction(3, 4), Fraction(1, 3))
    """
    if game.shape != (2, 2):
        raise GameError(f"two players with two actions each are needed here, not {game!r}.")
    ((a, b), (c, d)), ((e, f), (g, h)) = game.payoffs
    gains = (e - f, g - h), (a - c, b - d)
    # A player whom no mixture, or every one, leaves indifferent keeps nobody to a mixture.
    if not all(one * other < 0 for one, other in gains):
        raise GameError(f"nobody has to mix in {game!r}; choose other payoffs.")
    return tuple(other / (other - one) for one, other in gains)


def temptations(stage: NormalFormGame, grim: Any) -> tuple[tuple[Fraction, Fraction], ...]:
    """Return what departing from grim trigger gains each player at once, and when it gains nothing.

    The first is the gain where tomorrow counts nothing, the second the discount factor from which
    on nothing is gained: 0 if there is no gain at once. Nobody departs from the punishment, which
    must be an equilibrium of the stage game.

    Raises
    ------
    GameError
        If a player who gains at once loses nothing by the punishment.

    Examples
    --------
    >>> from balancegame.games.reciprocity import grim_trigger
    >>> stage = NormalFormGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> temptations(stage, grim_trigger(("action 1", "action 1"), ("action 2", "action 2")))[0]
    (Fraction(2, 1), Fraction(1, 2))
    """
    found = []
    for player, (gain, cost) in zip(stage.players, _departures(stage, grim), strict=True):
        if gain > 0 >= cost:
            raise GameError(
                f"the punishment costs {player} nothing, so no patience keeps it from departing; "
                "choose another norm."
            )
        found.append((gain, gain / (gain + cost) if gain > 0 else Fraction(0)))
    return tuple(found)


def gains_from_departing(stage: NormalFormGame, grim: Any, delta: Fraction) -> list[Fraction]:
    """Return what each player gains on average by departing from grim trigger at first.

    The punishment is the same in every later period, so at d that is (1 - d) times the gain at once
    less d times what the punishment costs in a period.

    Examples
    --------
    >>> from balancegame.games.reciprocity import grim_trigger
    >>> stage = NormalFormGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> grim = grim_trigger(("action 1", "action 1"), ("action 2", "action 2"))
    >>> gains_from_departing(stage, grim, Fraction(3, 4))
    [Fraction(-1, 1), Fraction(-1, 1)]
    """
    return [(1 - delta) * gain - delta * cost for gain, cost in _departures(stage, grim)]


def _departures(stage: NormalFormGame, grim: Any) -> list[tuple[Fraction, Fraction]]:
    """Return what the best departure gains each player at once, and what it costs in a period."""
    players = range(len(stage.players))
    agreed, punishment = zip(*(grim.on(stage, i).actions for i in players), strict=True)
    found = []
    for i in players:
        kept = stage.at(i, agreed)
        best = max(stage.at(i, cell) for cell in stage.deviations(i, agreed))
        found.append((best - kept, kept - stage.at(i, punishment)))
    return found


def least_patience(stage: NormalFormGame, grim: Any) -> Fraction:
    """Return the discount factor from which on nobody gains by departing from grim trigger.

    Examples
    --------
    >>> from balancegame.games.reciprocity import grim_trigger
    >>> stage = NormalFormGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> least_patience(stage, grim_trigger(("action 1", "action 1"), ("action 2", "action 2")))
    Fraction(1, 2)
    """
    return max(threshold for _, threshold in temptations(stage, grim))
