"""Polynomials in two parameters whose signs decide every label of a phase diagram.

The zero sets of these polynomials are the only curves along which a phase diagram can change.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.errors import GameError
from balancegame.exact.polynomials import Polynomial, with_second
from balancegame.games.coalitional_model import CoalitionalModel
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.games.signalling_model import SignallingModel
from balancegame.solvers.coalitional.coalitional_regimes import read_votes
from balancegame.solvers.coalitional.winning_conditions import winning_conditions
from balancegame.solvers.normal_form.batch import distinct, solution_sets_from_signs, supports_of
from balancegame.solvers.normal_form.label_sets import with_replies
from balancegame.solvers.parametric.factors import Terms, canonical, coprime_factors
from balancegame.solvers.parametric.grid import shape_of, two_players
from balancegame.solvers.parametric.observed import FITS
from balancegame.solvers.parametric.payoff_polynomials import Case, polynomial_cases, whole_terms
from balancegame.solvers.parametric.rationalizing import RationalizingDiagram
from balancegame.solvers.parametric.regime_names import in_legend
from balancegame.solvers.parametric.sign_changes import Signs, minors_in_two
from balancegame.solvers.parametric.situations import SITUATIONS, comparisons, situation_of_signs
from balancegame.solvers.parametric.sweep import PhaseDiagram
from balancegame.solvers.signalling.signalling_regimes import deciding_polynomials, read_names

Labels = tuple[list[Hashable], NDArray[np.intp]]
"""Labels in the order of their first places, and which of them each place has."""

Reader = Callable[[Signs], Labels]


@dataclass(frozen=True)
class Curve:
    """The points at which a polynomial vanishes whose coefficients have no common divisor."""

    terms: Terms

    @cached_property
    def degree(self) -> int:
        """The total degree."""
        return max(map(sum, self.terms))

    def along_x(self, y: Fraction) -> Polynomial:
        """Return a positive multiple of the polynomial in x at a given y."""
        return with_second(self.terms, y)

    def along_y(self, x: Fraction) -> Polynomial:
        """Return a positive multiple of the polynomial in y at a given x."""
        return with_second({(j, i): c for (i, j), c in self.terms.items()}, x)

    def sign(self, x: Fraction, y: Fraction) -> int:
        """Return the exact sign of the polynomial at a point."""
        degree = self.degree
        (a, b), (p, q) = x.as_integer_ratio(), y.as_integer_ratio()
        value: int = sum(
            c * a**i * b ** (degree - i) * p**j * q ** (degree - j)
            for (i, j), c in self.terms.items()
        )
        return (value > 0) - (value < 0)

    def near(self, x: float, y: float) -> tuple[float, float, float]:
        """Return value and partial derivatives at a point in floating point, to place pixels."""
        terms = self.terms.items()
        value = sum(c * x**i * y**j for (i, j), c in terms)
        across = sum(c * i * x ** (i - 1) * y**j for (i, j), c in terms if i)
        return value, across, sum(c * j * x**i * y ** (j - 1) for (i, j), c in terms if j)


@dataclass(frozen=True)
class Curves:
    """Distinct curves, and how labels are read from their signs of shape (curves, places)."""

    curves: tuple[Curve, ...]
    read: Reader
    # Labels in the order of a legend.
    in_order: Callable[[Iterable[Any]], tuple[Any, ...]]


def curves_of(diagram: PhaseDiagram) -> Curves:
    """Return every curve along which a phase diagram could change, each once."""
    if isinstance(diagram.model, SignallingModel):
        read = partial(read_names, diagram.model)
        asked = deciding_polynomials(diagram.model, diagram.axes, dict(diagram.fixed))
        return _distinct(asked, read, lambda names: tuple(sorted(names)))
    if isinstance(diagram.model, CoalitionalModel) and diagram.model.worth is None:
        return _curves_of_votes(diagram.model, diagram)
    if isinstance(diagram.model, NormalFormModel):
        return _curves_in_normal_form(diagram)
    remedy = "explain this one, or ask" if isinstance(diagram.model, CoalitionalModel) else "ask"
    raise GameError(
        "of two parameters there are pictures of games in normal form, signalling games and votes, "
        f"not of model {diagram.model.name}; {remedy} for regimes along one parameter at a time."
    )


def _curves_of_votes(model: CoalitionalModel, diagram: PhaseDiagram) -> Curves:
    asked = winning_conditions(model, diagram.axes, dict(diagram.fixed))
    terms = [whole_terms(polynomial) for polynomial in asked.polynomials]
    return _distinct(terms, partial(read_votes, model, asked), lambda names: tuple(sorted(names)))


def _by_fit(fits: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(fits, key=FITS.index))


def _curves_in_normal_form(diagram: PhaseDiagram) -> Curves:
    cases = polynomial_cases(diagram.model, diagram.axes, dict(diagram.fixed))
    shape = shape_of(diagram.model)
    polynomials: list[Terms] = list(cases.conditions)
    readers: list[tuple[slice, Reader]] = []
    rationalizing = isinstance(diagram, RationalizingDiagram)
    of_case = _minors_of if diagram.supports or rationalizing else _comparisons
    for case in cases.cases:
        asked, read_case = of_case(case, shape)
        readers.append((slice(len(polynomials), len(polynomials) + len(asked)), read_case))
        polynomials += asked
    count = len(cases.conditions)

    def read(signs: Signs) -> Labels:
        number = cases.at(signs[:count])
        found: list[Hashable] = []
        which = np.empty(signs.shape[1], dtype=np.intp)
        for k in np.unique(number).tolist():
            here = np.flatnonzero(number == k)
            rows, read_case = readers[k]
            labels, positions = read_case(signs[rows, here])
            which[here] = positions + len(found)
            found += labels
        if isinstance(diagram, RationalizingDiagram):
            # Signs of no game leave nothing, which stays so.
            found = [held if held == () else diagram.observed.fit(held) for held in found]
        return _each_once(found, which)

    if rationalizing:
        return _distinct(polynomials, read, _by_fit)
    if diagram.supports:
        return _distinct(polynomials, read, partial(in_legend, diagram.model))
    return _distinct(polynomials, read, lambda names: tuple(sorted(names, key=SITUATIONS.index)))


def _each_once(found: list[Hashable], which: NDArray[np.intp]) -> Labels:
    """Return each label once, in the order of their first places."""
    met, first = np.unique(which, return_index=True)
    position: dict[Hashable, int] = {}
    rank = np.empty(len(found), dtype=np.intp)
    for k in met[np.argsort(first)].tolist():
        rank[k] = position.setdefault(found[k], len(position))
    return list(position), rank[which]


def _minors_of(case: Case, shape: tuple[int, int]) -> tuple[list[Terms], Reader]:
    """Return both players' minors in one case, and how their signs are read as supports."""
    rows, columns = shape
    first, second = two_players(case)
    # Those of level 0 are 1 everywhere.
    ours = minors_in_two([[second[i, j] for j in range(columns)] for i in range(rows)])[columns:]
    theirs = minors_in_two([[first[i, j] for i in range(rows)] for j in range(columns)])[rows:]

    def read(signs: Signs) -> Labels:
        sets = solution_sets_from_signs(signs[: len(ours)], signs[len(ours) :], shape)
        chosen, number = distinct(sets)
        words = sets[:, chosen].T.tolist()
        return [with_replies(supports_of(tuple(w), shape), case.replies) for w in words], number

    return [*ours, *theirs], read


def _comparisons(case: Case, shape: tuple[int, int]) -> tuple[list[Terms], Reader]:
    """Return the comparisons that name a situation in one case, and how their signs are read."""
    first, second = two_players(case)
    asked = comparisons(first, second, _difference)

    def read(signs: Signs) -> Labels:
        named = situation_of_signs(signs)
        chosen, number = distinct(named[None].astype(np.int64))
        return [SITUATIONS[k] for k in named[chosen].tolist()], number

    return asked, read


def _distinct(
    polynomials: Sequence[Terms], read: Reader, in_order: Callable[[Iterable[Any]], tuple[Any, ...]]
) -> Curves:
    """Keep each factor once and remember whose product has which sign."""
    whole: dict[frozenset[Any], int] = {}
    positions, constants = [], []
    for terms in polynomials:
        if not any(i or j for i, j in terms):
            positions.append(-1)
            constants.append(np.sign(terms.get((0, 0), 0)))
            continue
        form, sign = canonical(terms)
        positions.append(whole.setdefault(frozenset(form.items()), len(whole)))
        constants.append(sign)
    factors = coprime_factors([dict(form) for form in whole])
    listed = {frozenset(terms.items()): terms for parts in factors for terms in parts}
    # Simple curves first: a boundary that several share is named after the first of them.
    order = sorted(listed, key=lambda key: (max(map(sum, listed[key])), len(key), sorted(key)))
    rank = {key: k for k, key in enumerate(order)}
    most = max(map(len, factors), default=0)
    one = len(order)
    rows = [
        [rank[frozenset(terms.items())] for terms in parts] + [one] * (most - len(parts))
        for parts in factors
    ]
    table = np.array([*rows, [one] * most], dtype=np.intp).reshape(len(rows) + 1, most)
    places, outer = table[positions], np.array(constants, dtype=np.int8)[:, None]

    def expanded(signs: Signs) -> Labels:
        with_one = np.concatenate([signs, np.ones((1, signs.shape[1]), dtype=np.int8)])
        products = np.repeat(outer, signs.shape[1], axis=1)
        for k in range(most):
            products *= with_one[places[:, k]]
        return read(products)

    return Curves(tuple(Curve(listed[key]) for key in order), expanded, in_order)


def _difference(first: Terms, second: Terms) -> Terms:
    powers = first.keys() | second.keys()
    return {p: c for p in powers if (c := first.get(p, 0) - second.get(p, 0))}
