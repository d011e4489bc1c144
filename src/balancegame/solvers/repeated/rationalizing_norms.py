"""At which values of one or two parameters a norm that was seen to be followed is an equilibrium.

Its one-shot conditions say so, polynomials in these parameters (:mod:`.sustaining`). It counts as
the only one where no other norm of the model is subgame-perfect; a repeated game has many more
equilibria, which no model lists.
"""

from __future__ import annotations

from operator import add, mul, neg
from typing import Any

import numpy as np

from balancegame.errors import GameError
from balancegame.exact import exact
from balancegame.exact.multivariate import Multivariate
from balancegame.games.repeated_model import RepeatedModel
from balancegame.solvers.parametric.factors import Terms
from balancegame.solvers.parametric.grid import two_axes
from balancegame.solvers.parametric.grid_signs import signs_on_grid
from balancegame.solvers.parametric.observed import FITS, NONE, ONLY, SEVERAL, Observation, given
from balancegame.solvers.parametric.rationalizing import (
    Rationalizing,
    RationalizingDiagram,
    rationalizing_of,
)
from balancegame.solvers.parametric.sign_changes import Signs
from balancegame.solvers.repeated.norm_regimes import norm_conditions, norm_regimes
from balancegame.solvers.repeated.sustaining import Arithmetic
from balancegame.wording import and_list


def norm_along(
    model: RepeatedModel, outcome: Any, parameter: str, fixed: dict[str, Any]
) -> Rationalizing:
    """Return the values of a parameter at which a norm is subgame-perfect."""
    observed, title = _seen(model, outcome, fixed)
    along = norm_regimes(model, parameter, fixed)
    pieces = [
        (regime.low, regime.high, regime.closed, _fit(title, regime.solution))
        for regime in along
        if title in regime.solution
    ]
    return rationalizing_of(
        observed, along.parameter, (along[0].low, along[-1].high), _joined(pieces)
    )


def norm_over(
    model: RepeatedModel,
    outcome: Any,
    axes: tuple[str, str],
    resolution: Any,
    fixed: dict[str, Any],
) -> RationalizingDiagram:
    """Return the values of two parameters at which a norm is subgame-perfect."""
    observed, _ = _seen(model, outcome, fixed)
    symbols, (x, y) = two_axes(model, *axes, resolution, fixed)
    asked, rows = _over(model, symbols, fixed)
    at, _ = signs_on_grid(asked, x, y)
    fits = fits_of_signs(observed, rows, at.reshape(len(asked), -1))
    names = tuple(FITS[k] for k in np.unique(fits).tolist())
    labels = np.unique(fits, return_inverse=True)[1].reshape(at.shape[1:]).astype(np.int32)
    return NormDiagram(
        model, symbols, x.points, y.points, labels, names, (), dict(fixed), observed=observed
    )


class NormDiagram(RationalizingDiagram):
    """The values of two parameters at which a norm is subgame-perfect."""

    def fit(self, x: Any, y: Any) -> str:
        """Return whether the norm is the only one of its model that holds at these values."""
        across, up = self.axes
        fixed = {**self.fixed, up: y}
        along = norm_regimes(self.model, across, fixed)
        number = self.model.parameters[across].value(exact(x, across))
        (norm,) = self.observed.seen
        title = list(self.model.norms)[norm or 0]
        return _fit(title, next(regime.solution for regime in along if number in regime))


def deciding_conditions(
    diagram: NormDiagram,
) -> tuple[list[Terms], Any]:
    """Return the polynomials whose signs decide a diagram, and how each point's fit is read."""
    asked, rows = _over(diagram.model, diagram.axes, dict(diagram.fixed))
    return asked, lambda signs: fits_of_signs(diagram.observed, rows, signs)


def fits_of_signs(observed: Observation, rows: dict[str, slice], signs: Signs) -> Any:
    """Return for each column of signs the position in FITS of how the norm stands there."""
    (norm,) = observed.seen
    held = np.array([(signs[own] >= 0).all(axis=0) for own in rows.values()])
    alone = held.sum(axis=0) == 1
    fit = np.where(alone, FITS.index(ONLY), FITS.index(SEVERAL))
    return np.where(held[norm or 0], fit, FITS.index(NONE))


def _over(
    model: RepeatedModel, axes: tuple[str, str], fixed: dict[str, Any]
) -> tuple[list[Terms], dict[str, slice]]:
    """Return the conditions of all norms as terms in two parameters, and which are whose."""

    def read(terms: Terms) -> Multivariate:
        return Multivariate(axes, dict(terms))  # type: ignore[arg-type]

    arithmetic = Arithmetic(read({}), read({(0, 0): 1}), add, mul, neg)
    conditions, rows = norm_conditions(model, axes, fixed, read, arithmetic)
    whole = [{p: int(c) for p, c in polynomial.terms.items()} for polynomial in conditions]
    return whole, rows


def _seen(model: RepeatedModel, outcome: Any, fixed: dict[str, Any]) -> tuple[Observation, str]:
    titles = list(model.norms)
    if outcome not in titles:
        raise GameError(
            f"the outcome {outcome!r} is no norm of model {model.name}; its norms are "
            f"{and_list(titles) or 'none at all'}."
        )
    return Observation(model, (titles.index(outcome),), fixed=given(model, fixed)), outcome


def _fit(title: str, held: tuple[str, ...]) -> str:
    if title not in held:
        return NONE
    return ONLY if held == (title,) else SEVERAL


def _joined(pieces: list[tuple[Any, Any, tuple[bool, bool], str]]) -> list[Any]:
    """Join neighbouring pieces between which only the other norms that hold change."""
    found: list[Any] = []
    for low, high, closed, fit in pieces:
        if found:
            start, end, before, known = found[-1]
            if fit == known and end == low and (before[1] or closed[0]):
                found[-1] = (start, high, (before[0], closed[1]), fit)
                continue
        found.append((low, high, closed, fit))
    return found
