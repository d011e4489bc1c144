"""How the outcomes of a signalling game change along one parameter, and over two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.errors import GameError
from balancegame.exact.polynomials import from_terms
from balancegame.exact.roots import Root
from balancegame.games.parameter import Parameter
from balancegame.games.signalling_model import SignallingModel
from balancegame.solvers.parametric.factors import Terms
from balancegame.solvers.parametric.grid import two_axes
from balancegame.solvers.parametric.grid_signs import signs_on_grid
from balancegame.solvers.parametric.model_formulas import ModelFormulas
from balancegame.solvers.parametric.model_regimes import ModelRegime, regimes_read
from balancegame.solvers.parametric.parameter_range import Regimes
from balancegame.solvers.parametric.payoff_polynomials import free_parameter, whole_terms
from balancegame.solvers.parametric.sign_changes import Signs, signs_along
from balancegame.solvers.parametric.sweep import PhaseDiagram, named_diagram
from balancegame.solvers.signalling.outcomes import Outcome, deciding, outcomes_of_signs
from balancegame.solvers.signalling.outcomes_anywhere import outcomes_along, outcomes_at_points
from balancegame.solvers.signalling.perfect_bayesian import (
    PerfectBayesianEquilibria,
    perfect_bayesian,
    require_few_patterns,
)
from balancegame.solvers.signalling.supports import KINDS, kind_of
from balancegame.wording import or_list


@dataclass(frozen=True, repr=False)
class SignallingRegime(ModelRegime):
    """Values of a parameter at which a signalling game has the same outcomes.

    Attributes
    ----------
    parameter, low, high, closed
        As of every regime.
    outcomes : frozenset
        What the types send and what follows, in each equilibrium.
    model, fixed
        The model, and the values of other parameters that were given.
    """

    outcomes: frozenset[Outcome]

    @property
    def name(self) -> str:
        """The outcomes in short."""
        return in_short(self.model, self.outcomes)

    @property
    def words(self) -> tuple[str, ...]:
        """Each of the outcomes in short."""
        return each_in_short(self.model, self.outcomes)

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
    places, found = _outcomes_along(model, free, fixed)
    read = regimes_read(model, free.symbol, fixed, places, found)
    return SignallingRegimes(SignallingRegime(**made, outcomes=outcomes) for made, outcomes in read)


def _outcomes_along(
    model: SignallingModel, free: Parameter, fixed: dict[str, Any]
) -> tuple[list[Root], list[frozenset[Outcome]]]:
    """Return places along a range, and the outcomes at each and between it and the next."""
    asked = deciding_polynomials(model, (free.symbol,), fixed)
    places, signs = signs_along([from_terms(terms) for terms in asked], free.low, free.high)
    require_prior(model, signs, (free.symbol,))
    if not two_of_each(model):
        return outcomes_along(model, _followed(model, (free.symbol,), fixed), free.low, free.high)
    columns = signs[len(model.types) :].T.tolist()
    return places, [outcomes_of_signs(tuple(column)) for column in columns]


def signalling_sweep(
    model: SignallingModel, x: str, y: str, resolution: Any, fixed: dict[str, Any]
) -> PhaseDiagram:
    """Return the outcomes on a grid of two parameters; see ``bg.sweep``."""
    symbols, axes = two_axes(model, x, y, resolution, fixed)
    at = signs_on_grid(deciding_polynomials(model, symbols, fixed), *axes)[0]
    at = at.reshape(len(at), -1)
    if two_of_each(model):
        names, which = read_names(model, at)
    else:
        require_prior(model, at, ())
        across, up = (axis.points for axis in axes)
        points = across * len(up), tuple(value for value in up for _ in across)
        names, which = names_at_points(model, symbols, fixed, *points)
    return named_diagram(model, symbols, axes, names, which, fixed)


def names_at_points(
    model: SignallingModel,
    axes: tuple[str, str],
    fixed: dict[str, Any],
    x: Sequence[Fraction],
    y: Sequence[Fraction],
) -> tuple[list[str], NDArray[np.intp]]:
    """Return the outcomes in short at points (x, y), and which of them each point has.

    A name may occur twice, if outcomes differ in what their names leave out.
    """
    held, which = outcomes_at_points(model, _followed(model, axes, fixed), x, y)
    return [in_short(model, outcomes) for outcomes in held], which


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


def two_of_each(model: SignallingModel) -> bool:
    """Return whether a model has two types, messages and replies, so that a few signs decide."""
    return all(len(names) == 2 for names in (model.types, model.messages, model.replies))


def deciding_polynomials(
    model: SignallingModel, axes: tuple[str, ...], fixed: dict[str, Any]
) -> list[Terms]:
    """Return the prior and, of two of each, the polynomials whose signs decide the outcomes."""
    formulas = _followed(model, axes, fixed)
    prior, payoffs = model.formulas_at(formulas.values)
    asked = (*prior, *(deciding(prior, payoffs) if two_of_each(model) else ()))
    return [whole_terms(formulas.alone(entry)) for entry in asked]


def _followed(
    model: SignallingModel, axes: tuple[str, ...], fixed: dict[str, Any]
) -> ModelFormulas:
    """Return a model's formulas, none of them of too high a degree and not too many of them."""
    return _formulas(model, axes, tuple(model.values(**fixed).items()))


# A diagram asks for its grid, and then for points beside and between.
@lru_cache(maxsize=4)
def _formulas(
    model: SignallingModel, axes: tuple[str, ...], values: tuple[tuple[str, Any], ...]
) -> ModelFormulas:
    require_few_patterns(*map(len, (model.types, model.messages, model.replies)))
    formulas = ModelFormulas(model, axes, dict(values))
    prior, payoffs = model.formulas_at(formulas.values)
    formulas.require_degree(entry for array in (prior, payoffs) for entry in _flat(array))
    return formulas


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
    return "; ".join(each_in_short(model, outcomes))


def each_in_short(model: SignallingModel, outcomes: frozenset[Outcome]) -> tuple[str, ...]:
    """Return each outcome in a few words; its replies where what is sent leaves them open."""
    ordered = sorted(outcomes, key=lambda each: (KINDS.index(kind_of(each[0])), each))
    sent = [each[0] for each in ordered]
    return tuple(
        _outcome_in_short(model, outcome, sent.count(outcome[0]) > 1) for outcome in ordered
    )


def _outcome_in_short(model: SignallingModel, outcome: Outcome, told_apart: bool) -> str:
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
    words = f"{kind}: {', '.join(types)}"
    if not told_apart:
        return words
    after = (
        f"{or_list(model.replies[r] for r in support)} after {message}"
        for message, support in zip(model.messages, replied, strict=True)
        if support
    )
    return f"{words}, then {', '.join(after)}"


def _flat(array: Any) -> list[Any]:
    if not isinstance(array, tuple):
        return [array]
    return [entry for part in array for entry in _flat(part)]
