"""How a coalitional model's game changes along one parameter, and over two.

A voting model is the same wherever the same coalitions win. Any other model is the same where each
coalition is worth the same formula and the core has the same structure: tight coalitions at its
vertices, or none. Its structure is found at one place and holds as far as the signs of its linear
functions do (:mod:`.core_structure`); where they end, it is found again.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.exact.algebraic import number_at_place
from balancegame.exact.multivariate import Multivariate
from balancegame.exact.polynomials import Polynomial, from_terms
from balancegame.exact.quotients import Quotient
from balancegame.exact.roots import Root
from balancegame.games.coalitional import CoalitionalGame
from balancegame.games.coalitional_model import CoalitionalModel
from balancegame.solvers.coalitional.core_structure import CoreStructure, Form, core_structure
from balancegame.solvers.coalitional.cores import Core, core
from balancegame.solvers.coalitional.values import Shapley, shapley
from balancegame.solvers.coalitional.winning_conditions import (
    WinningConditions,
    distinct,
    winning_conditions,
)
from balancegame.solvers.parametric.grid import Axis, two_axes
from balancegame.solvers.parametric.grid_signs import signs_on_grid
from balancegame.solvers.parametric.model_formulas import ModelFormulas
from balancegame.solvers.parametric.model_regimes import ModelRegime, regimes_read
from balancegame.solvers.parametric.parameter_range import Regimes
from balancegame.solvers.parametric.payoff_polynomials import free_parameter, whole_terms
from balancegame.solvers.parametric.sign_changes import signs_along
from balancegame.solvers.parametric.sweep import PhaseDiagram, named_diagram

MOST_PLAYERS = 6

Pair = tuple[str, str]
Axes = tuple[Axis, Axis]


@dataclass(frozen=True)
class CoalitionalSolution:
    """What a regime's game comes to: who has how much power, and which splits are stable."""

    shapley: Shapley
    core: Core


@dataclass(frozen=True, repr=False)
class CoalitionalRegime(ModelRegime):
    """Values of a parameter at which the same coalitions win, or values and core keep their form.

    Attributes
    ----------
    parameter, low, high, closed
        As of every regime.
    name : str
        The regime in short.
    model, fixed
        The model, and the values of other parameters that were given.
    """

    name: str

    @cached_property
    def game(self) -> CoalitionalGame:
        """The game: exact at a single value; otherwise values are formulas in the parameter.

        Of a voting model the game at one value, since the same coalitions win at all of them.
        """
        votes = self.sample is not None and self.model.worth is None
        at = {self.parameter: self.sample} if votes else {}
        game: CoalitionalGame = self.model.game_at({**self.values, **at})
        return game

    @cached_property
    def solution(self) -> CoalitionalSolution:
        """The Shapley value and the core; in an interval they are formulas in the parameter."""
        return CoalitionalSolution(shapley(self.game), core(self.game))

    def __repr__(self) -> str:
        return f"<CoalitionalRegime {self.span}: {self.name}>"


class CoalitionalRegimes(Regimes[CoalitionalRegime]):
    """How a coalitional model's game changes along one parameter."""

    __slots__ = ()


def coalitional_regimes(
    model: CoalitionalModel, parameter: str, fixed: dict[str, Any]
) -> CoalitionalRegimes:
    """Return how the game changes along one parameter; see ``bg.regimes``."""
    free = free_parameter(model, parameter, fixed)
    along = _votes_along if model.worth is None else _worth_along
    places, entries = along(model, free.symbol, fixed, (free.low, free.high))
    read = regimes_read(model, free.symbol, fixed, places, entries)
    return CoalitionalRegimes(CoalitionalRegime(**made, name=name) for made, (_, name) in read)


def coalitional_sweep(
    model: CoalitionalModel, x: str, y: str, resolution: Any, fixed: dict[str, Any]
) -> PhaseDiagram:
    """Return which regime holds on a grid of two parameters; see ``bg.sweep``."""
    symbols, axes = two_axes(model, x, y, resolution, fixed)
    over = _votes_over if model.worth is None else _worth_over
    names, which = over(model, symbols, fixed, axes)
    return named_diagram(model, symbols, axes, names, which, fixed)


def _votes_along(
    model: CoalitionalModel, symbol: str, fixed: dict[str, Any], ends: tuple[Fraction, Fraction]
) -> tuple[list[Root], list[tuple[Hashable, str]]]:
    asked = winning_conditions(model, (symbol,), fixed)
    places, signs = signs_along(
        [from_terms(whole_terms(polynomial)) for polynomial in asked.polynomials], *ends
    )
    wins = [asked.winning(column) for column in signs.T.tolist()]
    return places, [(won, asked.in_short(model, won)) for won in wins]


def _votes_over(
    model: CoalitionalModel,
    symbols: tuple[str, str],
    fixed: dict[str, Any],
    axes: tuple[Axis, Axis],
) -> tuple[list[str], NDArray[np.intp]]:
    asked = winning_conditions(model, symbols, fixed)
    at = _signs(asked.polynomials, axes)
    names, which = read_votes(model, asked, at.reshape(len(at), -1))
    return names, which.reshape(at.shape[1:])


def read_votes(
    model: CoalitionalModel, asked: WinningConditions, signs: NDArray[np.int8]
) -> tuple[list[Any], NDArray[np.intp]]:
    """Return how power is divided at some places, in short, and which division each place has."""
    columns, which = np.unique(signs, axis=1, return_inverse=True)
    read = [asked.in_short(model, asked.winning(column)) for column in columns.T.tolist()]
    names = list(dict.fromkeys(read))
    position = np.array([names.index(name) for name in read], dtype=np.intp)
    return names, position[which.reshape(-1)]


def _worth_along(
    model: CoalitionalModel, symbol: str, fixed: dict[str, Any], ends: tuple[Fraction, Fraction]
) -> tuple[list[Root], list[tuple[Hashable, str]]]:
    offers, everybody = _offers(model, (symbol,), fixed)
    asked = {_polynomial(p) for several in offers for p in _differences(several)}
    while True:
        conditions = list(asked)
        places, _ = signs_along(conditions, *ends)
        entries: list[tuple[Hashable, str]] = []
        for value in _one_of_each(places):
            chosen, structure = _structure(offers, (value,), len(model.players))
            values = [several[min(best)] for several, best in zip(offers, chosen, strict=True)]
            asked |= {_polynomial(_applied(form, values)) for form, _ in structure.conditions}
            name = _in_short(everybody[min(chosen[-1])], structure)
            entries.append(((chosen, structure.key), name))
        if len(asked) == len(conditions):
            return places, entries


def _worth_over(
    model: CoalitionalModel,
    symbols: tuple[str, str],
    fixed: dict[str, Any],
    axes: tuple[Axis, Axis],
) -> tuple[list[str], NDArray[np.intp]]:
    offers, everybody = _offers(model, symbols, fixed)
    points = axes[0].points, axes[1].points
    labels = np.full((len(points[1]), len(points[0])), -1, dtype=np.intp)
    keys: dict[Hashable, int] = {}
    names: list[str] = []
    while (open_ := np.argwhere(labels < 0)).size:
        row, column = open_[0]
        place = points[0][column], points[1][row]
        chosen, structure = _structure(offers, place, len(model.players))
        values = [several[min(best)] for several, best in zip(offers, chosen, strict=True)]
        key = chosen, structure.key
        if key not in keys:
            keys[key] = len(keys)
            names.append(_in_short(everybody[min(chosen[-1])], structure))
        signs = [
            (several[k] - several[min(best)], 0 if k in best else -1)
            for several, best in zip(offers, chosen, strict=True)
            for k in range(len(several))
        ]
        signs += [(_applied(form, values), sign) for form, sign in structure.conditions]
        wanted = np.array([sign for _, sign in signs], dtype=np.int8).reshape(-1, 1, 1)
        here = (_signs([polynomial for polynomial, _ in signs], axes) == wanted).all(axis=0)
        labels[here & (labels < 0)] = keys[key]
    return _apart(names), labels


def _signs(polynomials: Sequence[Multivariate], axes: Axes) -> NDArray[np.int8]:
    """Return the sign of each polynomial at every point of a grid; some may be 0 everywhere."""
    shape = len(polynomials), len(axes[1].numerators), len(axes[0].numerators)
    signs = np.zeros(shape, dtype=np.int8)
    some = [k for k, polynomial in enumerate(polynomials) if polynomial.terms]
    if some:
        signs[some] = signs_on_grid([whole_terms(polynomials[k]) for k in some], *axes)[0]
    return signs


def _offers(
    model: CoalitionalModel, symbols: Sequence[str], fixed: dict[str, Any]
) -> tuple[list[list[Multivariate]], list[str]]:
    """Return what every coalition may be worth, of which the largest counts; and all in words.

    The worths are polynomials, all multiplied by one positive denominator if some divide: a core
    keeps its structure in any unit. The words are those of the last coalition, everybody.
    """
    if len(model.players) > MOST_PLAYERS:
        raise GameError(
            f"model {model.name} has {len(model.players)} players; how a core changes is followed "
            f"for up to {MOST_PLAYERS}, so ask for single games."
        )
    formulas = ModelFormulas(model, symbols, fixed)
    worth = model.worth_at(formulas.values)
    flat = [entry for several in worth for entry in several]
    formulas.require_degree(flat)
    cleared = iter(formulas.together(flat))
    offers = [[next(cleared) for _ in several] for several in worth]
    words = [_quotient_written(formulas.quotient(entry)) for entry in worth[-1]]
    everybody = [words[offers[-1].index(each)] for each in distinct(offers[-1])]
    return [distinct(several) for several in offers], everybody


def _structure(
    offers: Sequence[Sequence[Multivariate]], place: Sequence[Any], size: int
) -> tuple[tuple[frozenset[int], ...], CoreStructure]:
    """Return which offers are the largest for every coalition, and the core's structure."""
    worth = [[_value(polynomial, place) for polynomial in several] for several in offers]
    most = [max(several) for several in worth]
    chosen = (
        frozenset(k for k, value in enumerate(several) if value == best)
        for several, best in zip(worth, most, strict=True)
    )
    return tuple(chosen), core_structure(most, size)


def _value(polynomial: Multivariate, place: Sequence[Any]) -> Any:
    total: Any = Fraction(0)
    for powers, coefficient in polynomial.terms.items():
        term: Any = coefficient
        for value, power in zip(place, powers, strict=True):
            for _ in range(power):
                term = term * value
        total = total + term
    return total


def _differences(several: Sequence[Multivariate]) -> list[Multivariate]:
    return [a - b for k, a in enumerate(several) for b in several[:k]]


def _applied(form: Form, values: Sequence[Multivariate]) -> Multivariate:
    total: Multivariate = values[0] * 0
    for mask, coefficient in form.items():
        total = total + values[mask] * coefficient
    return total


def _polynomial(polynomial: Multivariate) -> Polynomial:
    return from_terms(whole_terms(polynomial))


def _one_of_each(places: Sequence[Root]) -> list[Any]:
    """Return the value at each place, and one between it and the next."""
    values = [number_at_place(places[0])]
    for place, following in pairwise(places):
        values += [(place.interval[1] + following.interval[0]) / 2, number_at_place(following)]
    return values


def _in_short(everybody: str, structure: CoreStructure) -> str:
    corners = structure.corners
    shape = {0: "the core is empty", 1: "the core is one split"}
    return f"everybody is worth {everybody}; " + shape.get(
        corners, f"the core has {corners} corners"
    )


def _quotient_written(quotient: Quotient) -> str:
    above = _written(quotient.top)
    below = "*".join(
        f"({_written(quotient.factor(each))})" + (f"**{power}" if power > 1 else "")
        for each, power in quotient.bottom.items()
    )
    if not below:
        return above
    above = f"({above})" if len(quotient.top.terms) > 1 else above
    return f"{above}/({below})" if len(quotient.bottom) > 1 else f"{above}/{below}"


def _written(polynomial: Multivariate) -> str:
    """Return a polynomial as a person writes it."""
    parts: list[str] = []
    terms = sorted(polynomial.terms.items(), key=lambda term: (term[1] > 0, term[0]), reverse=True)
    for powers, coefficient in terms:
        factors = [
            name if power == 1 else f"{name}**{power}"
            for name, power in zip(polynomial.names, powers, strict=True)
            if power
        ]
        size = abs(coefficient)
        if size != 1 or not factors:
            factors.insert(0, plain(size))
        sign = ("-" if coefficient < 0 else "") if not parts else ("- ", "+ ")[coefficient > 0]
        parts.append(sign + "*".join(factors))
    return " ".join(parts) or "0"


def _apart(names: Sequence[str]) -> list[str]:
    """Return names with a number behind each that occurred before."""
    found: list[str] = []
    for name in names:
        count = sum(other == name or other.startswith(f"{name} (") for other in found)
        found.append(f"{name} ({count + 1})" if count else name)
    return found
