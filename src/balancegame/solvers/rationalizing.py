"""Rationalizing: at which values of parameters what was seen is an equilibrium."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from balancegame.errors import GameError
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.games.stochastic_model import StochasticModel
from balancegame.solvers.parametric.rationalizing import (
    Rationalizing,
    RationalizingDiagram,
    rationalizing_along,
    rationalizing_over,
)
from balancegame.solvers.repeated.rationalizing_norms import norm_along, norm_over


@singledispatch
def rationalizing(
    model: Any, outcome: Any, x: str = "", y: str = "", /, resolution: Any = 101, **fixed: Any
) -> Rationalizing | RationalizingDiagram:
    """Return the values of one or two parameters at which an observed outcome is an equilibrium.

    Parameters
    ----------
    model : Model, SequentialModel or StochasticModel
        As for :func:`balancegame.regimes` and, of two parameters, :func:`balancegame.sweep`. Those
        who move later in a SequentialModel settle ties as it says.
    outcome : tuple, mapping or str
        What was seen: an action of each player, the first movers' first, None for whoever was not
        seen; or a mapping of some players to actions. Of a model with one player the action alone,
        of a StochasticModel the title of the norm that was followed.
    x, y : str
        The parameter that varies over its range; for a diagram, two of them.
    resolution : int, optional
        Number of values along each axis of a diagram, 2 or more.
    **fixed
        Values of other parameters; defaults elsewhere.

    Returns
    -------
    Rationalizing or RationalizingDiagram
        With one parameter the exact set, in pieces that say whether the outcome is the only
        equilibrium or one of several: two players with mixed strategies included, more among those
        in pure strategies, norms among those of the model. With two parameters a diagram of the
        same, whose ``(x, y) in found`` is exact everywhere.

    Raises
    ------
    GameError
        If the outcome is no cell of the model, a parameter does not exist or is also fixed, or the
        model is too large.

    Notes
    -----
    Terms of the glossary:

    revealed preference
        to read what something is worth to somebody from what they did

    Examples
    --------
    Japan was seen to comply. If engaging would gain it 8, the sanction was worth 8 or more:

    >>> from balancegame.models import models
    >>> found = rationalizing(models["core-dilemma"], {"Japan": "Comply"}, "s", E=8)
    >>> list(found)
    [<s = 8: one of several equilibria>, <8 < s <= 20: the only equilibrium>]
    >>> 8 in found, "79/10" in found
    (True, False)
    """
    raise GameError(
        "rationalizing takes a model of a game in normal form, of moves in turn or of a repeated "
        f"game, not {type(model).__name__}."
    )


@rationalizing.register(NormalFormModel)
@rationalizing.register(StochasticModel)
def _(
    model: NormalFormModel | StochasticModel,
    outcome: Any,
    x: str = "",
    y: str = "",
    /,
    resolution: Any = 101,
    **fixed: Any,
) -> Rationalizing | RationalizingDiagram:
    if isinstance(model, StochasticModel):
        if y:
            return norm_over(model, outcome, (x, y), resolution, fixed)
        return norm_along(model, outcome, x, fixed)
    if y:
        return rationalizing_over(model, outcome, (x, y), resolution, fixed)
    return rationalizing_along(model, outcome, x, fixed)
