"""How the outcomes of a signalling game change along one parameter, and over two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from balancegame.errors import GameError
from balancegame.exact.algebraic import number_at_place
from balancegame.exact.formula import variable
from balancegame.exact.polynomials import from_terms
from balancegame.games.signalling import SignallingGame
from balancegame.games.signalling_model import SignallingModel
from balancegame.solvers.parametric.factors import Terms
from balancegame.solvers.parametric.grid import two_axes
from balancegame.solvers.parametric.grid_signs import signs_on_grid
from balancegame.solvers.parametric.model_formulas import ModelFormulas
from balancegame.solvers.parametric.parameter_range import ParameterRange, Regimes, runs
from balancegame.solvers.parametric.payoff_polynomials import free_parameter, whole_terms
from balancegame.solvers.parametric.sign_changes import Signs, signs_along
from balancegame.solvers.parametric.sweep import PhaseDiagram, named_diagram
from balancegame.solvers.signalling.outcomes import Outcome, deciding, outcomes_of_signs
from balancegame.solvers.signalling.perfect_bayesian import (
    PerfectBayesianEquilibria,
    perfect_bayesian,
)
from balancegame.solvers.signalling.supports import KINDS, kind_of
from balancegame.wording import or_list


@dataclass(frozen=True, repr=False)
class SignallingRegime(ParameterRange):
    """Values of a parameter at which a signalling game has the same outcomes.

    Attributes
    ----------
    parameter, low, high, closed
        As of every regime.
    outcomes : frozenset
        What the types send and what follows, in each equilibrium.
    sample : Fraction or None
        Of an interval, a value inside it.
    model, fixed
        The model, and the values of other parameters that were given.
    """

    sample: Fraction | None
    outcomes: frozenset[Outcome]
    model: SignallingModel
    fixed: tuple[tuple[str, Fraction], ...]

    @property
    def name(self) -> str:
        """The outcomes in short."""
        return in_short(self.model, self.outcomes)

    @cached_property
    def game(self) -> SignallingGame:
        """The game: exact at a single value, formulas in the parameter otherwise."""
        at = self.low if self.sample is None else variable(self.parameter, self.sample)
        return self.model.game_at({**self.model.values(**dict(self.fixed)), self.parameter: at})

    @cached_property
    def solution(self) -> PerfectBayesianEquilibria:
        """All perfect Bayesian equilibria; in an interval with formulas that hold near sample.

        Elsewhere in the interval the outcomes are the same, but what would follow a message that
        nobody sends, and which formula bounds a belief, may differ: ask the game at a value.
        """
        return perfect_bayesian(self.game)

    def __repr__(self) -> str:
        return f"<SignallingRegime {self.span}: {self.name}>"


class SignallingRegimes(Regimes[SignallingRegime]):
    """How the outcomes of a signalling game change along one parameter."""

    __slots__ = ()


def signalling_regimes(
    model: SignallingModel, parameter: str, fixed: dict[str, Any]
) -> SignallingRegimes:
    """Return how the outcomes change along one parameter; see ``bg.regimes``."""
    free = free_parameter(model, parameter, fixed)
    asked = deciding_polynomials(model, (free.symbol,), fixed)
    places, signs = signs_along([from_terms(terms) for terms in asked], free.low, free.high)
    require_prior(model, signs, (free.symbol,))
    found = [outcomes_of_signs(tuple(column)) for column in signs[len(model.types) :].T.tolist()]
    given = tuple(sorted((name, model.values(**fixed)[name]) for name in fixed))
    ends = [number_at_place(place) for place in places]
    regimes = []
    for low, high, closed, held in runs(ends, found):
        sample = None
        if low is not high:
            k = next(k for k, end in enumerate(ends) if end is low)
            sample = (places[k].interval[1] + places[k + 1].interval[0]) / 2
        regimes.append(SignallingRegime(free.symbol, low, high, closed, sample, held, model, given))
    return SignallingRegimes(regimes)


def signalling_sweep(
    model: SignallingModel, x: str, y: str, resolution: Any, fixed: dict[str, Any]
) -> PhaseDiagram:
    """Return the outcomes on a grid of two parameters; see ``bg.sweep``."""
    symbols, axes = two_axes(model, x, y, resolution, fixed)
    at = signs_on_grid(deciding_polynomials(model, symbols, fixed), *axes)[0]
    names, which = read_names(model, at.reshape(len(at), -1))
    return named_diagram(model, symbols, axes, names, which, fixed)


def read_names(model: SignallingModel, signs: Signs) -> tuple[list[Any], Any]:
    """Return the outcomes in short that occur at some places, and which of them each place has.

    The signs are those of the :func:`deciding_polynomials`; what those of no game lead to is ().
    """
    require_prior(model, signs, ())
    columns, which = np.unique(signs[len(model.types) :], axis=1, return_inverse=True)
    read = [
        in_short(model, held) if held else ()
        for held in (outcomes_of_signs(tuple(column)) for column in columns.T.tolist())
    ]
    names = list(dict.fromkeys(read))
    position = np.array([names.index(name) for name in read], dtype=np.intp)
    return names, position[which.reshape(-1)]


def deciding_polynomials(
    model: SignallingModel, axes: tuple[str, ...], fixed: dict[str, Any]
) -> list[Terms]:
    """Return the prior, and the polynomials whose signs decide the outcomes of a model."""
    sizes = tuple(map(len, (model.types, model.messages, model.replies)))
    if sizes != (2, 2, 2):
        raise GameError(
            f"model {model.name} has {sizes[0]} types, {sizes[1]} messages and {sizes[2]} replies; "
            "thresholds and diagrams are found for two of each, so ask perfect_bayesian for single "
            "games."
        )
    formulas = ModelFormulas(model, axes, fixed)
    prior, payoffs = model.formulas_at(formulas.values)
    formulas.require_degree(entry for array in (prior, payoffs) for entry in _flat(array))
    asked = (*prior, *deciding(prior, payoffs))
    return [whole_terms(formulas.alone(entry)) for entry in asked]


def require_prior(model: SignallingModel, signs: Signs, axes: Sequence[str]) -> None:
    """Refuse a range in which a type's prior is not more than 0 throughout."""
    for name, row in zip(model.types, signs, strict=False):
        if (row <= 0).any():
            along = f" along {or_list(axes)}" if axes else " everywhere"
            raise GameError(
                f"the prior of {name} in model {model.name} is not more than 0{along}; let the "
                "ranges of its parameters end before."
            )


def in_short(model: SignallingModel, outcomes: frozenset[Outcome]) -> str:
    """Return outcomes in a few words."""
    return "; ".join(
        _outcome_in_short(model, outcome)
        for outcome in sorted(outcomes, key=lambda each: (KINDS.index(kind_of(each[0])), each))
    )


def _outcome_in_short(model: SignallingModel, outcome: Outcome) -> str:
    sent, replied = outcome
    kind = kind_of(sent)
    if kind == "pooling":
        ((m,), *_) = sent
        replies = or_list(model.replies[r] for r in replied[m])
        return f"pooling on {model.messages[m]}, then {replies}"
    types = (
        f"{name} {or_list(model.messages[m] for m in support)}"
        for name, support in zip(model.types, sent, strict=True)
    )
    return f"{kind}: {', '.join(types)}"


def _flat(array: Any) -> list[Any]:
    if not isinstance(array, tuple):
        return [array]
    return [entry for part in array for entry in _flat(part)]
