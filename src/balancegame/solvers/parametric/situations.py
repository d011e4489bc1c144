"""Two players who may cooperate: prisoners' dilemma, deadlock, assurance, Chicken and the rest.

In a 2 x 2 game in which the first action of each player means to cooperate, three comparisons of
a player's own payoffs name the situation:

- to cooperate or not against cooperation,
- to cooperate or not against defection,
- joint cooperation or joint defection.

Equilibria alone do not tell a prisoners' dilemma from deadlock: both have joint defection only, but
in the first both would rather cooperate jointly. Where the two players' comparisons differ, it is
suasion (Martin 1992, "Coercive Cooperation"): one may cooperate whatever the other does, or the
unwilling one may keep both from it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from operator import sub
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.errors import GameError
from balancegame.exact import compare
from balancegame.games.normal_form import NormalFormGame, require_game
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.solvers.parametric.grid import grid
from balancegame.solvers.parametric.sweep import PhaseDiagram

SITUATIONS = (
    "harmony",
    "assurance",
    "Chicken",
    "prisoners' dilemma",
    "deadlock",
    "suasion",
    "on a boundary",
)


def situation(game: NormalFormGame) -> str:
    """Return the name of a 2 x 2 game whose first actions mean to cooperate.

    Parameters
    ----------
    game : NormalFormGame
        Two players with two actions each.

    Returns
    -------
    str
        One of :data:`SITUATIONS`; "on a boundary" if a comparison that matters is a tie.

    Notes
    -----
    Terms of the glossary:

    assurance
        each joins in if the other does, and refuses if the other refuses
    Chicken
        each would rather leave the work to the other, but does it if the other does not
    deadlock
        each refuses whatever the other does, and neither wants it otherwise
    greed
        the wish to refuse although the other joins in
    harmony
        each joins in whatever the other does
    prisoners' dilemma
        each has an action that is best whatever the other does, and both regret the outcome
    Stag Hunt
        another name for assurance
    suasion
        the two sides find themselves in different situations: one joins in anyway, the other need
        not

    Examples
    --------
    >>> situation(NormalFormGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]]))
    "prisoners' dilemma"
    """
    require_game(game, "situation")
    if game.shape != (2, 2):
        raise GameError(f"situations have names in 2 x 2 games; this one is {game!r}.")
    first, second = (
        {(a, b): payoff for a, row in enumerate(array) for b, payoff in enumerate(row)}
        for array in game.payoffs
    )
    return _named(tuple(comparisons(first, second, compare)))


# No more than three signs each of six comparisons.
@lru_cache(maxsize=3**6)
def _named(signs: tuple[int, ...]) -> str:
    column = np.array(signs, dtype=np.int8)[:, None]
    return SITUATIONS[int(situation_of_signs(column)[0])]


def situations(
    model: NormalFormModel, x: str, y: str, /, resolution: Any = 101, **fixed: Any
) -> PhaseDiagram:
    """Name the situation in every cell of a grid of two parameters.

    Parameters
    ----------
    model : Model or SequentialModel
        Two players with two actions each, the first of which means to cooperate.
    x, y, resolution, **fixed
        As for :func:`balancegame.sweep`.

    Returns
    -------
    PhaseDiagram
        Its legend names situations, in the order of :data:`SITUATIONS`.

    Examples
    --------
    >>> from balancegame.models import models
    >>> named = situations(models["joint-sanctions"], "s", "beta", resolution=5)
    >>> named.legend[named.labels[1, 0]]
    "prisoners' dilemma"
    """
    cells = grid(model, x, y, resolution, fixed)
    if cells.shape != (2, 2):
        raise GameError(
            f"situations have names in 2 x 2 games; model {model.name} is "
            f"{cells.shape[0]} x {cells.shape[1]}."
        )
    everywhere = cells.labelled(lambda _, *payoffs: _classify(*payoffs), "naming")
    present = np.unique(everywhere)
    labels = np.searchsorted(present, everywhere).astype(np.int32)
    names = tuple(SITUATIONS[k] for k in present)
    return PhaseDiagram(
        model, (x, y), cells.x.points, cells.y.points, labels, names, (), dict(fixed)
    )


def comparisons(first: Any, second: Any, less: Callable[[Any, Any], Any] = sub) -> list[Any]:
    """Return the differences, by ``less``, whose signs name a situation; payoffs are by cell.

    For each player: to cooperate less to defect, against cooperation; the same against defection;
    joint cooperation less joint defection.
    """
    cells = (((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 0), (1, 1)))
    ours = [less(first[a], first[b]) for a, b in cells]
    return [*ours, *(less(second[a[::-1]], second[b[::-1]]) for a, b in cells)]


def _classify(first: NDArray[Any], second: NDArray[Any]) -> NDArray[np.int8]:
    """Return the position in SITUATIONS of each game; the arrays have shape (2, 2, games)."""
    differences = np.stack(comparisons(first, second))
    return situation_of_signs((differences > 0).astype(np.int8) - (differences < 0))


def situation_of_signs(signs: NDArray[np.int8]) -> NDArray[np.int8]:
    """Return the position in :data:`SITUATIONS` of each game.

    The signs, of shape (6, games), are those of the players' :func:`comparisons`.
    """
    ours, theirs = signs[:3], signs[3:]
    against_cooperation, against_defection, jointly = ours
    defects = (against_cooperation < 0) & (against_defection < 0)
    cases = [
        (against_cooperation > 0) & (against_defection > 0),
        (against_cooperation > 0) & (against_defection < 0),
        (against_cooperation < 0) & (against_defection > 0),
        defects & (jointly > 0),
        defects & (jointly < 0),
    ]
    # Where somebody does not defect anyway, how joint defection compares names nothing.
    tie = ((ours[:2] == 0) | (theirs[:2] == 0)).any(axis=0)
    both_defect = defects & (theirs[0] < 0) & (theirs[1] < 0)
    tie |= both_defect & ((jointly == 0) | (theirs[2] == 0))
    differ = (ours[:2] != theirs[:2]).any(axis=0) | (both_defect & (jointly != theirs[2]))
    return np.select([tie, differ, *cases], [6, 5, 0, 1, 2, 3, 4]).astype(np.int8)
