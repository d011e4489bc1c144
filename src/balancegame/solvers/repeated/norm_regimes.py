"""How the norms of a game over time change along one parameter: exact thresholds between them.

With one parameter free, payoffs, chances and the discount factor are rational functions of it, and
so is what any one-shot deviation gains (:mod:`.critical_discount_factors`). Roots cut the range.
Where a chance is 0, some states may be out of reach, and what would be gained in them does not
count.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from balancegame.errors import GameError
from balancegame.exact.algebraic import number_at_place
from balancegame.exact.polynomials import from_terms
from balancegame.exact.quotients import Quotient, quotient_variables
from balancegame.exact.rational_functions import RationalFunction, ratio
from balancegame.games.model import Model
from balancegame.games.parameter import Parameter
from balancegame.games.stochastic import StochasticGame
from balancegame.games.stochastic_model import StochasticModel
from balancegame.solvers.parametric.denominators import Denominators
from balancegame.solvers.parametric.parameter_range import ParameterRange, Regimes, runs
from balancegame.solvers.parametric.payoff_polynomials import free_parameter, whole_coefficients
from balancegame.solvers.parametric.sign_changes import Signs, signs_along
from balancegame.solvers.repeated.critical_discount_factors import (
    in_a_parameter,
    one_shot_conditions,
)
from balancegame.solvers.repeated.joint_play import JointPlay, joint_play
from balancegame.wording import and_list


@dataclass(frozen=True, repr=False)
class NormRegime(ParameterRange):
    """A set of values of a parameter at which the same norms, its solution, are subgame-perfect."""

    solution: tuple[str, ...]
    model: StochasticModel = field(repr=False)
    fixed: tuple[tuple[str, Fraction], ...] = field(repr=False)

    def game(self, value: Any) -> StochasticGame:
        """Return the game at a value of the parameter."""
        game: StochasticGame = self.model.game(**dict(self.fixed), **{self.parameter: value})
        return game

    def __repr__(self) -> str:
        return f"<NormRegime {self.span}: {and_list(self.solution) or 'no norm'}>"


class NormRegimes(Regimes[NormRegime]):
    """How the norms of a game over time that hold change along one parameter."""

    __slots__ = ()


Cell = tuple[int, ...]


def norm_regimes(model: StochasticModel, parameter: str, fixed: dict[str, Any]) -> NormRegimes:
    """Return which norms of a model are subgame-perfect along one parameter.

    Neighbouring values with the same norms are one regime, so intervals may hold their ends.
    """
    free = free_parameter(model, parameter, fixed)
    along = _Along(model, free, fixed)
    game = along.game_with_every_chance()
    conditions = [chance.top for chance in along.changing]
    rows: dict[str, list[tuple[int, int]]] = {}
    plays: dict[str, JointPlay] = {}
    for title, norm in model.norms.items():
        joint = joint_play(game, norm.automata)
        play = in_a_parameter(
            joint,
            along.patience,
            lambda i, world, cell: along.payoffs[world][i][cell],
            lambda world, cell, later: along.chances[world][cell][later],
        )
        asked = one_shot_conditions(play, free.low, norm.counted(model.players))
        first = len(conditions)
        rows[title] = [(state, first + k) for k, (state, _) in enumerate(asked)]
        plays[title] = joint
        conditions += [condition for _, condition in asked]
    places, signs = signs_along(conditions, free.low, free.high)
    ends = [number_at_place(place) for place in places]
    held = [
        tuple(
            title for title in rows if _holds(plays[title], rows[title], along.gone(column), column)
        )
        for column in signs.T
    ]
    given = tuple(sorted((name, model.values(**fixed)[name]) for name in fixed))
    return NormRegimes(
        NormRegime(free.symbol, low, high, closed, norms, model, given)
        for low, high, closed, norms in runs(ends, held)
    )


def _holds(
    joint: JointPlay, rows: list[tuple[int, int]], gone: Callable[..., bool], column: Signs
) -> bool:
    """Return whether nobody gains in a state that can be reached."""
    failing = {state for state, row in rows if column[row] < 0}
    return not failing or not failing & _reached(joint, gone)


def _reached(joint: JointPlay, gone: Callable[..., bool]) -> set[int]:
    """Return the joint states to which some history leads, chances that are gone left out."""
    order = list(range(len(joint.stages)))
    found = set(order)
    for state in order:
        for cell, targets in joint.moves[state].items():
            for later, target in targets.items():
                if target not in found and not gone(joint.worlds[state], cell, later):
                    found.add(target)
                    order.append(target)
    return found


class _Along:
    """A model's payoffs, chances and patience as functions of the parameter that varies."""

    def __init__(self, model: StochasticModel, free: Parameter, fixed: dict[str, Any]) -> None:
        self._model, self._free, self._fixed = model, free, fixed
        values: dict[str, Any] = model.values(**fixed)
        for name, value in values.items():
            if not isinstance(value, Fraction):
                raise GameError(f"{name} = {value} is irrational; fix it at a fraction.")
        (self._t,) = quotient_variables((free.symbol,))
        values[free.symbol] = self._t
        self.payoffs = [self._payoffs(stage, values) for stage in model.stages.values()]
        self.patience = self._function(
            model.patience_at(values), f"the delta of model {model.name}"
        )
        # At 1 itself, an end of the range at most, averages are limits.
        self._require_sign(1 - self.patience, "delta", "is more than 1")
        self._require_sign(self.patience, "delta", "is negative")
        self.chances = []
        for world, rows in zip(model.states, model.chances_at(values), strict=True):
            # Many profiles share a row.
            known = {id(row): row for row in rows.values()}
            read = {key: self._row(row, world) for key, row in known.items()}
            self.chances.append({cell: read[id(row)] for cell, row in rows.items()})
        every = (p for rows in self.chances for row in rows.values() for p in row.values())
        # Chances that are 0 at some values and not at others.
        self.changing = list(dict.fromkeys(p for p in every if len(p.top) > 1))

    def gone(self, column: Signs) -> Callable[[int, Cell, int], bool]:
        """Return what tells whether a chance is 0 where the first conditions have these signs."""
        zero = {p for p, sign in zip(self.changing, column, strict=False) if not sign}
        return lambda world, cell, later: self.chances[world][cell][later] in zero

    def game_with_every_chance(self) -> StochasticGame:
        """Return the game at a value at which no chance is 0 that is more anywhere."""
        low, high = self._free.low, self._free.high
        parts = 2
        while True:
            for k in range(1, parts):
                value = low + (high - low) * Fraction(k, parts)
                if low == high or all(p.sign(value) for p in self.changing):
                    game: StochasticGame = self._model.game(
                        **self._fixed, **{self._free.symbol: value}
                    )
                    return game
            parts += 1

    def _payoffs(self, stage: Model, values: dict[str, Any]) -> list[dict[Cell, RationalFunction]]:
        what = f"a payoff of model {stage.name}"
        game, arrays = stage.game(), stage.played_at(values).payoffs
        found = []
        for array in arrays:
            cells = {}
            for cell in game.cells():
                entry = array
                for position in cell:
                    entry = entry[position]
                cells[cell] = self._function(entry, what)
            found.append(cells)
        return found

    def _row(self, row: dict[str, Any], world: str) -> dict[int, RationalFunction]:
        what = f"a chance that {world} in model {self._model.name} changes"
        chances = {
            self._model.states.index(name): self._function(chance, what)
            for name, chance in row.items()
        }
        chances = {later: chance for later, chance in chances.items() if chance}
        if sum(chances.values(), ratio(())) != ratio((1,)):
            raise GameError(
                f"the chances from {world} in model {self._model.name} do not add up to 1 at every "
                f"{self._free.symbol}; change one of them."
            )
        for later, chance in chances.items():
            name = f"the chance from {world} to {self._model.states[later]}"
            self._require_sign(chance, name, "is negative")
        return chances

    def _function(self, value: Any, what: str) -> RationalFunction:
        """Return a value as a function, after checking that it nowhere divides by zero."""
        quotient: Quotient = value + self._t * 0
        free = self._free
        below = Denominators(what, (free.symbol,), [(free.low, free.high)])
        for factor in quotient.bottom:
            below.sign(factor)
        bottom: Quotient = Quotient(quotient.top * 0 + 1)
        lower = _polynomial(bottom.over(quotient.bottom))
        function: RationalFunction = _polynomial(quotient.top) / lower
        return function

    def _require_sign(self, function: RationalFunction, name: str, fault: str) -> None:
        """Refuse a range in which a chance, or what is left of it, is negative somewhere."""
        free = self._free
        places, signs = signs_along([function.top, function.bottom], free.low, free.high)
        wrong = np.flatnonzero(signs[0] * signs[1] < 0)
        if len(wrong):
            at = number_at_place(places[int(wrong[0]) // 2])
            raise GameError(
                f"{name} of model {self._model.name} {fault} from {free.symbol} = {at} on; choose "
                "another range."
            )


def _polynomial(entry: Any) -> RationalFunction:
    terms = whole_coefficients({(): entry})[()]
    scale = lcm(*(c.denominator for c in entry.terms.values()))
    polynomial: RationalFunction = ratio(from_terms(terms)) / scale
    return polynomial
