"""Right answers of a kind for which several exercises ask the solver."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from balancegame.games.normal_form import NormalFormGame


@lru_cache(maxsize=256)
def mixtures(game: NormalFormGame) -> tuple[Fraction, ...]:
    """Return how often each player takes its first action in the equilibrium in which both mix.

    Both have two actions. The mixture of each leaves the other indifferent.

    Examples
    --------
    >>> mixtures(NormalFormGame([[[2, 0], [0, 1]], [[0, 1], [3, 0]]]))
    (Fraction(3, 4), Fraction(1, 3))
    """
    ((a, b), (c, d)), ((e, f), (g, h)) = game.payoffs
    found = _balanced(e - f, g - h), _balanced(a - c, b - d)
    if not all(0 < chance < 1 for chance in found):
        raise ValueError(f"nobody mixes in an equilibrium of {game!r}")
    return found


def _balanced(one: Fraction, other: Fraction) -> Fraction:
    """Return the chance of the first of two differences with which they come to 0 on average."""
    return other / (other - one)


def temptations(stage: NormalFormGame, grim: Any) -> tuple[tuple[Fraction, Fraction], ...]:
    """Return what departing from grim trigger gains each player at once, and when it gains nothing.

    The first is the gain where tomorrow counts nothing, the second a discount factor. In between
    the gain falls along a line, because the punishment is the same in every later period: at d it
    is (1 - d) times the first less d times what the punishment costs in a period. Nobody departs
    from the punishment, which must be an equilibrium of the stage game.

    Examples
    --------
    >>> from balancegame.games.reciprocity import grim_trigger
    >>> stage = NormalFormGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> temptations(stage, grim_trigger(("action 1", "action 1"), ("action 2", "action 2")))[0]
    (Fraction(2, 1), Fraction(1, 2))
    """
    players = range(len(stage.players))
    agreed, punishment = zip(*(grim.on(stage, i).actions for i in players), strict=True)
    found = []
    for i in players:
        kept = stage.at(i, agreed)
        gain = max(stage.at(i, cell) for cell in stage.deviations(i, agreed)) - kept
        found.append((gain, gain / (gain + kept - stage.at(i, punishment))))
    return tuple(found)


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
