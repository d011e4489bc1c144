"""How the norms of a repeated game change along one parameter: exact thresholds between them.

With one parameter free, payoffs and the discount factor that counts are polynomials in it or
quotients of some, and so is every one-shot condition (:mod:`.sustaining`). Roots cut the range.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from balancegame.exact.algebraic import number_at_place
from balancegame.exact.polynomials import from_terms
from balancegame.exact.quotients import Quotient, quotient_variables
from balancegame.games.repeated import RepeatedGame
from balancegame.games.repeated_model import RepeatedModel
from balancegame.solvers.parametric.denominators import Denominators
from balancegame.solvers.parametric.factors import Terms
from balancegame.solvers.parametric.parameter_range import ParameterRange, Regimes, runs
from balancegame.solvers.parametric.payoff_polynomials import (
    free_parameter,
    polynomial_cases,
    whole_coefficients,
)
from balancegame.solvers.parametric.sign_changes import signs_along
from balancegame.solvers.repeated.joint_play import joint_play
from balancegame.solvers.repeated.sustaining import (
    IN_ONE_PARAMETER,
    Arithmetic,
    one_shot_conditions,
)
from balancegame.wording import and_list


@dataclass(frozen=True, repr=False)
class NormRegime(ParameterRange):
    """A set of values of a parameter at which the same norms, its solution, are subgame-perfect."""

    solution: tuple[str, ...]
    model: RepeatedModel = field(repr=False)
    fixed: tuple[tuple[str, Fraction], ...] = field(repr=False)

    def game(self, value: Any) -> RepeatedGame:
        """Return the repeated game at a value of the parameter."""
        return self.model.game(**dict(self.fixed), **{self.parameter: value})

    def __repr__(self) -> str:
        return f"<NormRegime {self.span}: {and_list(self.solution) or 'no norm'}>"


class NormRegimes(Regimes[NormRegime]):
    """How the norms of a repeated game that hold change along one parameter."""

    __slots__ = ()


def norm_regimes(model: RepeatedModel, parameter: str, fixed: dict[str, Any]) -> NormRegimes:
    """Return which norms of a model are subgame-perfect along one parameter.

    Neighbouring values with the same norms are one regime, so intervals may hold their ends.
    """
    free = free_parameter(model.stage, parameter, fixed)
    conditions, rows = norm_conditions(model, (free.symbol,), fixed, from_terms, IN_ONE_PARAMETER)
    places, signs = signs_along(conditions, free.low, free.high)
    ends = [number_at_place(place) for place in places]
    held = [
        tuple(title for title, own in rows.items() if (column[own] >= 0).all())
        for column in signs.T
    ]
    given = tuple(sorted((name, model.values(**fixed)[name]) for name in fixed))
    return NormRegimes(
        NormRegime(free.symbol, low, high, closed, norms, model, given)
        for low, high, closed, norms in runs(ends, held)
    )


def norm_conditions(
    model: RepeatedModel,
    axes: tuple[str, ...],
    fixed: dict[str, Any],
    read: Callable[[Terms], Any],
    arithmetic: Arithmetic,
) -> tuple[list[Any], dict[str, slice]]:
    """Return polynomials in the axes, and for each norm those that are 0 or more where it holds.

    ``read`` makes a polynomial of this arithmetic from its terms.
    """
    (case,) = polynomial_cases(model.stage, axes, fixed).cases
    payoffs = [
        {cell: read(terms) for cell, terms in whole_coefficients(cells).items()}
        for cells in case.payoffs
    ]
    top, bottom = _patience(model, axes, fixed)
    patience = read(top), read(bottom)
    stage = model.stage.game()
    conditions: list[Any] = []
    rows: dict[str, slice] = {}
    for title, norm in model.norms.items():
        joint = joint_play(stage, norm.automata)
        counted = norm.counted(model.players)
        asked = one_shot_conditions(joint, payoffs, patience, counted, arithmetic)
        rows[title] = slice(len(conditions), len(conditions) + len(asked))
        conditions += asked
    return conditions, rows


def _patience(
    model: RepeatedModel, axes: tuple[str, ...], fixed: dict[str, Any]
) -> tuple[Terms, Terms]:
    """Return the discount factor that counts as integer polynomials, one over the other."""
    free = quotient_variables(axes)
    values: dict[str, Any] = {**model.values(**fixed), **dict(zip(axes, free, strict=True))}
    zero = free[0] * 0
    counts = model.delta.evaluate(values) * (1 - model.hazard.evaluate(values)) + zero
    ranges = [(model.parameters[name].low, model.parameters[name].high) for name in axes]
    below = Denominators(f"the delta of model {model.name}", axes, ranges)
    one = Quotient(zero.top + 1)
    whole = whole_coefficients(
        {(k,): below.cleared(each, counts.bottom) for k, each in enumerate((counts, one))}
    )
    return whole[0,], whole[1,]
