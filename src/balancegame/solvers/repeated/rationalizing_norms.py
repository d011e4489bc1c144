"""At which values of one or two parameters a norm that was seen to be followed is an equilibrium.

Its one-shot conditions say so (:mod:`.norm_regimes`). It counts as the only one where no other norm
of the model is subgame-perfect; a repeated game has many more equilibria, which no model lists.
Over two parameters the set is exact along each row of a grid.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from balancegame.errors import GameError
from balancegame.games.stochastic_model import StochasticModel
from balancegame.progress_bar import with_progress
from balancegame.solvers.parametric.grid import two_axes
from balancegame.solvers.parametric.observed import FITS, NONE, ONLY, SEVERAL, Observation, given
from balancegame.solvers.parametric.rationalizing import (
    Rationalizing,
    RationalizingDiagram,
    RationalizingRange,
)
from balancegame.solvers.repeated.norm_regimes import norm_regimes
from balancegame.wording import and_list


@dataclass(frozen=True, repr=False, eq=False)
class NormDiagram(RationalizingDiagram):
    """The values of two parameters at which a norm is subgame-perfect.

    Attributes
    ----------
    rows : tuple of Rationalizing
        For each value along y the exact set of values along x.
    """

    rows: tuple[Rationalizing, ...] = field(kw_only=True)

    def fit(self, x: Any, y: Any) -> str:
        """Return whether the norm is the only one of its model that holds at these values."""
        across, up = self.axes
        (norm,) = self.observed.seen
        title = list(self.model.norms)[norm or 0]
        return norm_along(self.model, title, across, {**self.fixed, up: y}).fit(x)


def norm_along(
    model: StochasticModel, outcome: Any, parameter: str, fixed: dict[str, Any]
) -> Rationalizing:
    """Return the values of a parameter at which a norm is subgame-perfect."""
    titles = list(model.norms)
    if outcome not in titles:
        raise GameError(
            f"the outcome {outcome!r} is no norm of model {model.name}; its norms are "
            f"{and_list(titles) or 'none at all'}."
        )
    observed = Observation(model, (titles.index(outcome),), fixed=given(model, fixed))
    along = norm_regimes(model, parameter, fixed)
    pieces: list[RationalizingRange] = []
    for regime in along:
        fit = _fit(outcome, regime.solution)
        if fit != NONE:
            piece = RationalizingRange(
                regime.parameter, regime.low, regime.high, regime.closed, fit == ONLY
            )
            pieces = _joined(pieces, piece)
    ends = along[0].low, along[-1].high
    return Rationalizing((observed,), along.parameter, *ends, tuple(pieces))


def norm_over(
    model: StochasticModel,
    outcome: Any,
    axes: tuple[str, str],
    resolution: Any,
    fixed: dict[str, Any],
) -> NormDiagram:
    """Return the values of two parameters at which a norm is subgame-perfect."""
    (across, up), (x, y) = two_axes(model, *axes, resolution, fixed)
    rows = tuple(
        norm_along(model, outcome, across, {**fixed, up: y.points[j]})
        for j in with_progress(range(len(y.points)), "following")
    )
    fits = np.array([[FITS.index(row.fit(value)) for value in x.points] for row in rows])
    present = np.unique(fits)
    labels = np.searchsorted(present, fits).astype(np.int32)
    names = tuple(FITS[k] for k in present.tolist())
    (seen,) = rows[0].observations
    observed = Observation(model, seen.seen, fixed=given(model, fixed))
    return NormDiagram(
        model,
        (across, up),
        x.points,
        y.points,
        labels,
        names,
        (),
        dict(fixed),
        observed=observed,
        rows=rows,
    )


def _fit(title: str, held: tuple[str, ...]) -> str:
    if title not in held:
        return NONE
    return ONLY if held == (title,) else SEVERAL


def _joined(
    pieces: list[RationalizingRange], piece: RationalizingRange
) -> list[RationalizingRange]:
    """Add a piece, joined to the last one if only the other norms that hold change between them."""
    if pieces:
        last = pieces[-1]
        meets = last.high == piece.low and (last.closed[1] or piece.closed[0])
        if meets and last.unique == piece.unique:
            closed = last.closed[0], piece.closed[1]
            whole = RationalizingRange(piece.parameter, last.low, piece.high, closed, piece.unique)
            return [*pieces[:-1], whole]
    return [*pieces, piece]
