"""Regimes: how the solution of a model changes along one parameter, in any form of game."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from balancegame.errors import GameError
from balancegame.games.bargaining_model import BargainingModel
from balancegame.games.coalitional_model import CoalitionalModel
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.games.signalling_model import SignallingModel
from balancegame.games.stochastic_model import StochasticModel
from balancegame.solvers.coalitional.bargaining_regimes import BargainingRegimes, bargaining_regimes
from balancegame.solvers.coalitional.coalitional_regimes import (
    CoalitionalRegimes,
    coalitional_regimes,
)
from balancegame.solvers.parametric.equilibrium_regimes import (
    EquilibriumRegimes,
    equilibrium_regimes,
)
from balancegame.solvers.parametric.parameter_range import Regimes
from balancegame.solvers.repeated.norm_regimes import NormRegimes, norm_regimes
from balancegame.solvers.signalling.signalling_regimes import SignallingRegimes, signalling_regimes


@singledispatch
def regimes(model: Any, parameter: str, /, **fixed: Any) -> Regimes[Any]:
    """Return how the equilibria of a model change along one parameter.

    Parameters
    ----------
    model : Model, SequentialModel or any other model
        All formulas are polynomials in the parameter, of degree 4 at most, or divide by such as
        are nowhere zero over its range. Two players: up to
        5 x 5 actions, all equilibria. Three and more: equilibria in pure strategies. Of a
        RepeatedModel or StochasticModel: which of its norms are subgame-perfect. Of a
        SignallingModel of up to three types, messages and replies: what the types send and what
        follows. Of a CoalitionalModel: which coalitions win; or, with up to 6 players, what
        coalitions are worth and what the core is. Of a BargainingModel: what the Nash solution
        chooses.
    parameter : str
        The parameter that varies over its range.
    **fixed
        Values of other parameters; defaults elsewhere.

    Returns
    -------
    Regimes
        A tuple of Regime, of a model over time of NormRegime: open intervals and single values in
        turn, covering the range. It knows its model, its parameter and what was fixed. A regime
        ends where the supports of the maximal Nash subsets change, or where their formulas do.

    Raises
    ------
    GameError
        If the parameter does not exist or is also fixed, a formula is not of that kind, or the
        game is too large.

    Notes
    -----
    Complete and exact: every real root of a bordered minor is examined, irrational ones by
    Sturm's theorem and greatest common divisors.

    Terms of the glossary:

    threshold (thresholds)
        the value at which somebody changes their mind

    Examples
    --------
    >>> from balancegame.models import models
    >>> for regime in regimes(models["core-dilemma"], "s", E=5):
    ...     print(regime.low, regime.high, [str(p) for p in regime.solution[-1].strategies[1]])
    0 5 ['1', '0']
    5 5 ['1', '0']
    5 20 ['5/s', '(s - 5)/s']
    """
    raise GameError(f"regimes takes a model, not {type(model).__name__}.")


@regimes.register
def _(model: SignallingModel, parameter: str = "", /, **fixed: Any) -> SignallingRegimes:
    return signalling_regimes(model, parameter, fixed)


@regimes.register
def _(model: StochasticModel, parameter: str = "", /, **fixed: Any) -> NormRegimes:
    return norm_regimes(model, parameter, fixed)


@regimes.register
def _(
    model: NormalFormModel, parameter: str = "", /, *more: str, **fixed: Any
) -> EquilibriumRegimes:
    return equilibrium_regimes(model, parameter, *more, **fixed)


@regimes.register
def _(model: CoalitionalModel, parameter: str = "", /, **fixed: Any) -> CoalitionalRegimes:
    return coalitional_regimes(model, parameter, fixed)


@regimes.register
def _(model: BargainingModel, parameter: str = "", /, **fixed: Any) -> BargainingRegimes:
    return bargaining_regimes(model, parameter, fixed)
