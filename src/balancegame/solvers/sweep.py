"""Sweep: how the solution of a model changes over two parameters, in any form of game."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from balancegame.errors import GameError
from balancegame.games.bargaining_model import BargainingModel
from balancegame.games.base_model import BaseModel
from balancegame.games.coalitional_model import CoalitionalModel
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.games.signalling_model import SignallingModel
from balancegame.solvers.coalitional.bargaining_regimes import bargaining_sweep
from balancegame.solvers.coalitional.coalitional_regimes import coalitional_sweep
from balancegame.solvers.parametric.sweep import PhaseDiagram, equilibrium_sweep
from balancegame.solvers.signalling.signalling_regimes import signalling_sweep


@singledispatch
def sweep(model: Any, x: str, y: str, /, resolution: Any = 101, **fixed: Any) -> PhaseDiagram:
    """Solve a model on a grid of two parameters, exactly.

    Parameters
    ----------
    model : Model, SequentialModel, SignallingModel, CoalitionalModel or BargainingModel
        One or two players with up to 5 x 5 actions, a signalling game of up to three
        types, messages and replies, votes, a coalitional game of up to 6 players, or a bargain. All
        formulas are polynomials in the two parameters, of total degree 4 at most, or divide by such
        as are nowhere zero over their ranges.
    x, y : str
        The parameters along the axes; each runs over its range.
    resolution : int, optional
        Number of values along each axis, 2 or more.
    **fixed
        Values of other parameters; defaults elsewhere.

    Returns
    -------
    PhaseDiagram

    Raises
    ------
    GameError
        If a parameter does not exist, is used twice, or the model or grid is too large.

    Notes
    -----
    Memory grows with the labels only: the games are solved block by block. Work over a second
    shows its progress.

    Examples
    --------
    >>> from balancegame.models import models
    >>> diagram = sweep(models["core-dilemma"], "s", "E", resolution=5)
    >>> diagram.legend[diagram.labels[0, 4]]
    '(Comply, Enforce to Enforce + Acquiesce)'
    """
    if isinstance(model, BaseModel):
        raise GameError(
            f"model {model.name} is played again and again, and only games that are played once "
            "are solved over two parameters; ask for regimes along one parameter at a time."
        )
    raise GameError(f"a model is needed here, not {type(model).__name__}.")


# The type is named since annotations list positional-only parameters last in Python 3.11.
@sweep.register(NormalFormModel)
def _(
    model: NormalFormModel, x: str, y: str, /, resolution: Any = 101, **fixed: Any
) -> PhaseDiagram:
    return equilibrium_sweep(model, x, y, resolution, fixed)


@sweep.register(SignallingModel)
def _(
    model: SignallingModel, x: str, y: str, /, resolution: Any = 101, **fixed: Any
) -> PhaseDiagram:
    return signalling_sweep(model, x, y, resolution, fixed)


@sweep.register(CoalitionalModel)
def _(
    model: CoalitionalModel, x: str, y: str, /, resolution: Any = 101, **fixed: Any
) -> PhaseDiagram:
    return coalitional_sweep(model, x, y, resolution, fixed)


@sweep.register(BargainingModel)
def _(
    model: BargainingModel, x: str, y: str, /, resolution: Any = 101, **fixed: Any
) -> PhaseDiagram:
    return bargaining_sweep(model, x, y, resolution, fixed)
