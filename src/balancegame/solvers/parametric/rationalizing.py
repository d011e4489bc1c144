"""The values of parameters that explain what was seen: those at which it is an equilibrium.

The inverse of regimes. These ask what is played at each value of a parameter; here a play was seen,
and the question is at which values equilibria play it. So behaviour bounds a payoff that nobody can
measure, as choices reveal preferences (Samuelson 1938, "A note on the pure theory of consumer's
behaviour"). The signs that cut a range into regimes also cut this set, so it is as exact, and the
places at which the outcome is one of several equilibria are told from those at which it is the only
one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from balancegame.errors import GameError
from balancegame.exact import exact
from balancegame.exact.algebraic import number_at_place
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.solvers.normal_form.label_sets import with_replies
from balancegame.solvers.normal_form.nash import Equilibria, equilibria, pure_equilibria
from balancegame.solvers.parametric.equilibrium_regimes import kinds_along
from balancegame.solvers.parametric.observed import (
    FITS,
    NONE,
    ONLY,
    SEVERAL,
    Observation,
    observation,
)
from balancegame.solvers.parametric.parameter_range import ParameterRange, runs
from balancegame.solvers.parametric.payoff_polynomials import free_parameter
from balancegame.solvers.parametric.regime_names import supports_of_subset
from balancegame.solvers.parametric.sweep import PhaseDiagram, equilibrium_sweep
from balancegame.solvers.solutions import Explained
from balancegame.wording import and_list


@dataclass(frozen=True, repr=False)
class RationalizingRange(ParameterRange):
    """Values of a parameter at which an outcome is an equilibrium; ``unique`` if the only one."""

    unique: bool

    @property
    def fit(self) -> str:
        """How the outcome stands to the equilibria: one of :data:`FITS`."""
        return ONLY if self.unique else SEVERAL

    def __repr__(self) -> str:
        return f"<{self.span}: {self.fit}>"


@dataclass(frozen=True, repr=False)
class Rationalizing(Explained):
    """The values of a parameter that explain what was seen.

    A sequence of its pieces, in order. ``value in found`` says exactly whether a value explains
    it, and ``one & other`` are the values that explain both.

    Attributes
    ----------
    observations : tuple of Observation
        What was seen, and in which model.
    parameter : str
    low, high : Fraction
        The range that was searched: that of the parameter.
    pieces : tuple of RationalizingRange
        In each the outcome is the only equilibrium, or one of several.
    """

    observations: tuple[Observation, ...]
    parameter: str
    low: Fraction
    high: Fraction
    pieces: tuple[RationalizingRange, ...]
    # Of an intersection the sets of the single observations.
    parts: tuple[Rationalizing, ...] = ()

    @property
    def each(self) -> tuple[Rationalizing, ...]:
        """The set of each observation by itself."""
        return self.parts or (self,)

    @property
    def spans(self) -> tuple[ParameterRange, ...]:
        """The set as intervals and single values, uniqueness left aside."""
        found: list[ParameterRange] = []
        for piece in self.pieces:
            low, start = piece.low, piece.closed[0]
            if found and found[-1].high == low and (found[-1].closed[1] or start):
                before = found.pop()
                low, start = before.low, before.closed[0]
            found.append(ParameterRange(self.parameter, low, piece.high, (start, piece.closed[1])))
        return tuple(found)

    def fit(self, value: Any) -> str:
        """Return how the outcome stands to the equilibria at a value.

        Of several observations, ``the only equilibrium`` means that each is.
        """
        number = exact(value, self.parameter)
        return next((piece.fit for piece in self.pieces if number in piece), NONE)

    def __contains__(self, value: Any) -> bool:
        return self.fit(value) != NONE

    def __and__(self, other: Rationalizing) -> Rationalizing:
        """Return the values that explain what was seen here and there."""
        if not isinstance(other, Rationalizing):
            return NotImplemented
        if self.parameter != other.parameter:
            raise GameError(
                f"one set is of values of {self.parameter} and the other of {other.parameter}; "
                "only sets of one parameter can be intersected."
            )
        parts = dict.fromkeys((*self.each, *other.each))
        ends = max(self.low, other.low), min(self.high, other.high)
        met = (_met(a, b) for a in self.pieces for b in other.pieces)
        seen = tuple(observed for part in parts for observed in part.observations)
        return Rationalizing(seen, self.parameter, *ends, tuple(filter(None, met)), tuple(parts))

    def __iter__(self) -> Iterator[RationalizingRange]:
        return iter(self.pieces)

    def __len__(self) -> int:
        return len(self.pieces)

    def __getitem__(self, index: int) -> RationalizingRange:
        return self.pieces[index]

    def __repr__(self) -> str:
        held = and_list(span.span for span in self.spans) or f"no {self.parameter}"
        return f"<Rationalizing: {held}>"


@dataclass(frozen=True, repr=False, eq=False)
class RationalizingDiagram(PhaseDiagram):
    """The values of two parameters that explain what was seen, on a grid and exactly.

    A :class:`PhaseDiagram` whose regimes are whether the outcome is the only equilibrium, one of
    several or none; its picture has the exact curves between them. ``(x, y) in found`` says whether
    a pair of values explains what was seen, also off the grid.

    Attributes
    ----------
    observed : Observation
        What was seen.
    """

    observed: Observation = field(kw_only=True)

    @property
    def about(self) -> str:
        """What the picture shows, for its caption."""
        return f"Whether it is an equilibrium that {self.observed.outcome},"

    def told(self, name: str) -> str:
        """Return what the picture says of a fit: "Engage is no equilibrium"."""
        return self.observed.told(name)

    def fit(self, x: Any, y: Any) -> str:
        """Return how the outcome stands to the equilibria at values of the two parameters."""
        at = {**self.fixed, **dict(zip(self.axes, (x, y), strict=True))}
        return fit_at(self.observed, at)

    def __contains__(self, point: Sequence[Any]) -> bool:
        return self.fit(*point) != NONE

    def __repr__(self) -> str:
        return f"<Rationalizing over {and_list(self.axes)}: {self.observed.outcome}>"


def rationalizing_along(
    model: NormalFormModel, outcome: Any, parameter: str, fixed: dict[str, Any]
) -> Rationalizing:
    """Return the values of one parameter that explain an outcome; see ``bg.rationalizing``."""
    free = free_parameter(model, parameter, fixed)
    observed = observation(model, outcome, fixed)
    places, kinds = kinds_along(model, parameter, fixed)
    known = {solution: observed.fit(solution) for solution in {kind[0] for kind in kinds}}
    pieces = (
        (number_at_place(low), number_at_place(high), closed, fit)
        for low, high, closed, fit in runs(places, [known[kind[0]] for kind in kinds])
        if fit != NONE
    )
    return rationalizing_of(observed, free.symbol, (free.low, free.high), pieces)


def rationalizing_of(
    observed: Observation,
    parameter: str,
    ends: tuple[Fraction, Fraction],
    pieces: Any,
) -> Rationalizing:
    """Return the set whose pieces are given by their ends, which of these belong, and the fit."""
    found = tuple(
        RationalizingRange(parameter, low, high, closed, fit == ONLY)
        for low, high, closed, fit in pieces
    )
    return Rationalizing((observed,), parameter, *ends, found)


def rationalizing_over(
    model: NormalFormModel,
    outcome: Any,
    axes: tuple[str, str],
    resolution: Any,
    fixed: dict[str, Any],
) -> RationalizingDiagram:
    """Return the values of two parameters that explain an outcome; see ``bg.rationalizing``."""
    observed = observation(model, outcome, fixed)
    solved = equilibrium_sweep(model, *axes, resolution, fixed)
    fits = [observed.fit(supports) for supports in solved.supports]
    names = tuple(fit for fit in FITS if fit in fits)
    rank = np.array([names.index(fit) for fit in fits], dtype=np.int32)
    return RationalizingDiagram(
        model,
        solved.axes,
        solved.x,
        solved.y,
        rank[solved.labels],
        names,
        (),
        dict(fixed),
        observed=observed,
    )


def fit_at(observed: Observation, given: dict[str, Any]) -> str:
    """Return how an outcome stands to the equilibria of its model at values of all parameters.

    The game is solved there, so that the answer does not depend on how sets of values are found.
    """
    model = observed.model
    values = model.values(**given)
    game = model.opening_game(**given)
    replies = model.played_at(values).replies
    solution = equilibria(game) if len(game.players) <= 2 else pure_equilibria(game)
    if isinstance(solution, Equilibria):
        subsets = (subset for component in solution.components for subset in component)
        return observed.fit(with_replies(tuple(map(supports_of_subset, subsets)), replies))
    cells = [tuple(map(tuple.index, model.actions, profile)) for profile in solution]
    return observed.fit(frozenset((c, replies[c]) if model.later else c for c in cells))


def _met(first: RationalizingRange, second: RationalizingRange) -> RationalizingRange | None:
    """Return the values in both pieces, None if there are none."""
    low, high = max(first.low, second.low), min(first.high, second.high)
    closed = (
        all(piece.closed[0] for piece in (first, second) if piece.low == low),
        all(piece.closed[1] for piece in (first, second) if piece.high == high),
    )
    if low > high or (low == high and not all(closed)):
        return None
    return RationalizingRange(first.parameter, low, high, closed, first.unique and second.unique)
