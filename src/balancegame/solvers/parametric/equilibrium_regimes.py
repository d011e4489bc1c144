"""How the equilibria change along one parameter: exact thresholds and what holds between them.

Payoffs are polynomials in the parameter t, so every bordered minor is one too. Nothing about the
solution can change except at a real root of a minor. The roots are isolated; between and at them
the signs of all minors are known, and with them the labels and supports of every equilibrium.
Neighbouring places with the same supports are one *regime*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property, lru_cache, partial
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.exact.algebraic import number_at_place
from balancegame.exact.polynomials import Polynomial, add, from_terms, negative, with_second
from balancegame.exact.roots import Root
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.solvers.normal_form.label_sets import (
    opposite,
    played_cells,
    supports_of_subsets,
    vertices,
    with_replies,
)
from balancegame.solvers.normal_form.minors import bases, many_bases
from balancegame.solvers.normal_form.nash import Equilibria, equilibria, pure_equilibria
from balancegame.solvers.parametric.factors import Terms
from balancegame.solvers.parametric.grid import two_players
from balancegame.solvers.parametric.model_regimes import ModelRegime, value_between, values_given
from balancegame.solvers.parametric.parameter_range import Regimes
from balancegame.solvers.parametric.payoff_polynomials import (
    Case,
    free_parameter,
    polynomial_cases,
    whole_coefficients,
)
from balancegame.solvers.parametric.regime_names import name_of_solution
from balancegame.solvers.parametric.sign_changes import (
    minor_polynomials,
    minors_in_two,
    signs_along,
)
from balancegame.wording import and_list

P = TypeVar("P")

Kind = tuple[Any, Any]
"""What a sign vector says: the supports (a regime's identity) and the labels behind formulas."""


@dataclass(frozen=True, repr=False)
class Regime(ModelRegime):
    """A set of values of a parameter at which the equilibria have the same supports.

    Attributes
    ----------
    parameter : str
    low, high : Fraction or Algebraic
        The ends of an interval, or the same number twice for a single value.
    closed : tuple of bool
        Whether each end belongs to the regime; an interval is closed only where it meets the end
        of the parameter's range.
    model, fixed
        The model, and the values of other parameters that were given.
    """

    @cached_property
    def game(self) -> NormalFormGame:
        """The game: exact at a single value, its payoffs formulas in the parameter otherwise.

        Formulas are ordered by their values at one point of the interval. For the regime's
        equilibria that order holds throughout; for other profiles take ``model.game(...)``.
        """
        payoffs = self.model.payoffs_at(self.values)
        return NormalFormGame(payoffs, self.model.players, self.model.actions)

    @cached_property
    def name(self) -> str:
        """What the model calls this solution; "" if it has no name for it."""
        return name_of_solution(self.model, self.values, self.solution)

    @cached_property
    def solution(self) -> Equilibria | tuple[tuple[str, ...], ...]:
        """All equilibria, probabilities and payoffs being formulas in the parameter.

        For three and more players the profiles of the equilibria in pure strategies.
        """
        if len(self.game.players) > 2:
            return pure_equilibria(self.game)
        return equilibria(self.game)

    def __repr__(self) -> str:
        return f"<Regime {self.span}: {self.solution!r}>"


class EquilibriumRegimes(Regimes[Regime]):
    """How the equilibria of a model change along one parameter."""

    __slots__ = ()


def equilibrium_regimes(
    model: NormalFormModel, parameter: str = "", /, *more: str, **fixed: Any
) -> EquilibriumRegimes:
    """Return how the equilibria of a model change along one parameter; see ``bg.regimes``."""
    if more:
        raise GameError(
            f"regimes follows one parameter, not {and_list([parameter, *more])}; sweep follows two."
        )
    places, kinds = kinds_along(model, parameter, fixed)
    parameter = free_parameter(model, parameter, fixed).symbol
    given = values_given(model, fixed)
    bounds = _boundaries(kinds)
    stops = sorted({0, len(places) - 1, *bounds})
    values = {k: number_at_place(places[k]) for k in stops}
    found = []
    for start, end in pairwise([*stops, -1]):
        low = values[start]
        if start in bounds:
            found.append(Regime(parameter, low, low, (True, True), None, model, given))
        if end > 0:
            sample = value_between(places[start], places[start + 1])
            closed = (start not in bounds, end not in bounds)
            found.append(Regime(parameter, low, values[end], closed, sample, model, given))
    return EquilibriumRegimes(found)


def moving_thresholds(
    model: NormalFormModel, parameter: str, other: str, values: Iterable[Any]
) -> list[set[Any]]:
    """Return the thresholds of a parameter at each value of another one.

    They are where regimes end and others begin; an end of the range is one if the equilibria there
    are not those beside it. What decides them is found once, as polynomials in both parameters,
    where it can be: in a game of one or two players who move at once, with payoffs of total degree
    4 at most.

    Examples
    --------
    >>> from balancegame.models import models
    >>> moving_thresholds(models["core-dilemma"], "s", "E", [5, 7])
    [{Fraction(5, 1)}, {Fraction(7, 1)}]
    """
    given = [model.values(**{other: value})[other] for value in values]
    if not given:
        return []
    free = free_parameter(model, parameter, {other: given[0]})
    in_both = _asked_in_both(model, (free.symbol, other))
    found = []
    for at in given:
        if in_both is None or not isinstance(at, Fraction):
            try:
                places, kinds = kinds_along(model, parameter, {other: at})
            except GameError as error:
                raise GameError(f"at {other} = {plain(at)} {error}") from None
        else:
            asked, kind_of = in_both
            conditions = [
                terms if isinstance(terms, tuple) else with_second(terms, at) for terms in asked
            ]
            places, signs = signs_along(conditions, free.low, free.high)
            kinds = [kind_of(column.tobytes()) for column in signs.T]
        meets = _boundaries(kinds) if len(places) > 1 else ()
        found.append({number_at_place(places[k]) for k in meets})
    return found


def _asked_in_both(
    model: NormalFormModel, axes: tuple[str, str]
) -> tuple[list[Terms | Polynomial], Callable[[bytes], Kind]] | None:
    """Return minors as polynomials in two parameters, or in the first alone, and their reader.

    None where each value of the second has to be followed by itself: it may be that payoffs are of
    a higher degree in both together, or divide by what is zero at other values than those asked.
    """
    shape = _shape_of(model)
    if model.later or len(shape) > 2:
        return None
    try:
        cases = polynomial_cases(model, axes, {})
    except GameError:
        return None
    minors, kind_of = _both_polyhedra(two_players(cases.cases[0]), minors_in_two)
    asked = [
        terms if any(power for _, power in terms) else with_second(terms, Fraction(0))
        for terms in minors
    ]
    return asked, kind_of


def kinds_along(
    model: NormalFormModel, parameter: str, fixed: dict[str, Any]
) -> tuple[list[Root], list[Kind]]:
    """Return where a sign that matters may change, the ends of the range included, and the kinds.

    Place k has the kind at 2k, and the interval from it to the next one that at 2k + 1.
    """
    free = free_parameter(model, parameter, fixed)
    shape = _shape_of(model)
    cases = polynomial_cases(model, (free.symbol,), fixed)
    conditions = [from_terms(terms) for terms in cases.conditions]
    count = len(conditions)
    readers = []
    for case in cases.cases:
        asked, kind_of = _asked_along(case, shape)
        readers.append((slice(len(conditions), len(conditions) + len(asked)), kind_of))
        conditions += asked
    places, signs = signs_along(conditions, free.low, free.high)

    @cache
    def kind(number: int, column: bytes) -> Kind:
        part, kind_of = readers[number]
        return _with_case(kind_of(column[part]), cases.cases[number], shape)

    columns = [column.tobytes() for column in signs.T]
    return places, list(map(kind, cases.at(signs[:count]).tolist(), columns))


def _shape_of(model: NormalFormModel) -> tuple[int, ...]:
    """Return how many actions each player has, after checking that regimes can be found."""
    shape = tuple(len(names) for names in model.actions)
    if len(shape) == 2 and many_bases(*shape):
        raise GameError(
            f"model {model.name} has {shape[0]} x {shape[1]} actions; regimes are found for games "
            "of up to 5 x 5, so remove dominated actions first."
        )
    return shape


def _asked_along(
    case: Case, shape: tuple[int, ...]
) -> tuple[list[Polynomial], Callable[[bytes], Kind]]:
    """Return polynomials in one parameter whose signs decide, and how these are read."""
    if len(shape) > 2:
        return _pure_comparisons([_dense(whole_coefficients(c)) for c in case.payoffs], shape)
    return _both_polyhedra([_dense(cells) for cells in two_players(case)], minor_polynomials)


def _dense(cells: dict[tuple[int, ...], Terms]) -> dict[tuple[int, ...], Polynomial]:
    return {cell: from_terms(terms) for cell, terms in cells.items()}


def _boundaries(kinds: list[Kind]) -> set[int]:
    """Return the places where a regime ends; place k stands at entry 2k of ``kinds``.

    An interior place is none if the supports are the same before, at and after it and no formula
    changes across it; an end of the range if the supports are those of the interval beside it.
    """
    last = len(kinds) // 2
    if last == 0:
        return {0}
    found = {
        k for k, beside in ((0, 1), (last, 2 * last - 1)) if kinds[2 * k][0] != kinds[beside][0]
    }
    for k in range(1, last):
        before, at, after = kinds[2 * k - 1 : 2 * k + 2]
        if not (before[0] == at[0] == after[0] and before[1] == after[1]):
            found.add(k)
    return found


def _with_case(kind: Kind, case: Case, shape: tuple[int, ...]) -> Kind:
    """Add what those who move later do, and the payoffs that make up the solution's formulas."""
    if not case.replies:
        return kind
    regime, labels = kind
    everybody = range(len(shape))
    if isinstance(regime, frozenset):
        replied = frozenset((cell, case.replies[cell]) for cell in regime)
        return replied, _payoffs_at(case, {(i, cell) for cell in regime for i in everybody})
    cells = {cell for subset in regime for cell in played_cells(subset[: len(shape)])}
    used = {(i, cell) for cell in cells for i in everybody}
    if len(shape) == 2:
        rows, columns = shape
        # A mixture is fixed by those of the other's actions between which it makes indifferent.
        own, other = (1 << rows) - 1, (1 << columns) - 1
        for mask in labels[0]:
            used |= {(1, cell) for cell in played_cells(((~mask & own,), (mask >> rows,)))}
        for mask in labels[1]:
            fixed = (mask & own,), (~(mask >> rows) & other,)
            used |= {(0, cell) for cell in played_cells(fixed)}
    return with_replies(regime, case.replies), (labels, _payoffs_at(case, used))


def _payoffs_at(case: Case, used: set[tuple[int, tuple[int, ...]]]) -> Any:
    return tuple(
        (i, cell, tuple(sorted(case.payoffs[i][cell].terms.items()))) for i, cell in sorted(used)
    )


def _both_polyhedra(
    players: Sequence[dict[tuple[int, ...], P]], minors: Callable[[list[list[P]]], list[P]]
) -> tuple[list[P], Callable[[bytes], Kind]]:
    """Return the minors of both players and how their signs are read."""
    first, second = players
    rows, columns = (n + 1 for n in max(first))
    ours = minors([[second[i, j] for j in range(columns)] for i in range(rows)])
    theirs = minors([[first[i, j] for i in range(rows)] for j in range(columns)])
    return ours + theirs, partial(_kind, rows, columns, len(ours))


# Where another parameter was moved as well, mostly the same signs come again.
@lru_cache(maxsize=1024)
def _kind(rows: int, columns: int, split: int, signs: bytes) -> Kind:
    """Return what the signs of both players' minors say; the second player's begin at the split."""
    column = np.frombuffer(signs, dtype=np.int8)
    ours = list(vertices(column[:split], bases(rows, columns)))
    theirs = opposite(vertices(column[split:], bases(columns, rows)), columns, rows)
    supports = supports_of_subsets(ours, theirs, (rows, columns))
    return supports, _mixed(ours, theirs, rows, columns)


def _mixed(ours: list[int], theirs: list[int], rows: int, columns: int) -> Any:
    """Return the label sets of the mixed strategies in equilibrium: they fix the formulas."""
    full = (1 << (rows + columns)) - 1
    own, other = (1 << rows) - 1, ((1 << columns) - 1) << rows
    x = {a for a in ours if (~a & own).bit_count() > 1 and any(a | b == full for b in theirs)}
    y = {b for b in theirs if (~b & other).bit_count() > 1 and any(a | b == full for a in ours)}
    return frozenset(x), frozenset(y)


def _pure_comparisons(
    payoffs: list[dict[tuple[int, ...], Polynomial]], shape: tuple[int, ...]
) -> tuple[list[Polynomial], Callable[[bytes], Kind]]:
    """Return every payoff difference of one player's deviation and how their signs are read."""
    conditions: list[Polynomial] = []
    gains: dict[tuple[int, ...], list[int]] = {cell: [] for cell in payoffs[0]}
    for i, table in enumerate(payoffs):
        for cell in table:
            for other in range(shape[i]):
                if other != cell[i]:
                    deviation = (*cell[:i], other, *cell[i + 1 :])
                    gains[cell].append(len(conditions))
                    conditions.append(add(table[deviation], negative(table[cell])))

    def kind(signs: bytes) -> Kind:
        column = np.frombuffer(signs, dtype=np.int8)
        return frozenset(
            cell for cell, deviations in gains.items() if max(column[deviations]) <= 0
        ), ()

    return conditions, kind
