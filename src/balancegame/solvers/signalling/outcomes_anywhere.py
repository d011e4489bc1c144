"""The outcomes of a signalling model of any size, along one parameter or at points of two."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.exact.multivariate import Multivariate
from balancegame.exact.roots import Root
from balancegame.games.signalling_model import SignallingModel
from balancegame.solvers.parametric.factors import Terms
from balancegame.solvers.parametric.model_formulas import ModelFormulas
from balancegame.solvers.parametric.payoff_polynomials import whole_coefficients
from balancegame.solvers.signalling.existence import where_outcomes_exist
from balancegame.solvers.signalling.outcomes import Outcome
from balancegame.solvers.signalling.perfect_bayesian import entries_of
from balancegame.solvers.signalling.places import Line, Scatter
from balancegame.solvers.signalling.positive_solutions import Certifier, Packing
from balancegame.solvers.signalling.supports import Conditions


def outcomes_along(
    model: SignallingModel, formulas: ModelFormulas, low: Fraction, high: Fraction
) -> tuple[list[Root], list[frozenset[Outcome]]]:
    """Return the places at which the outcomes change, and those before, at and after them."""
    conditions, certifier, (degree,) = _packed(model, formulas)
    line = Line(certifier, degree, low, high)
    found = where_outcomes_exist(conditions, line, certifier.unpacked)
    places, table = line.settle(list(found.values()))
    outcomes = list(found)
    return places, [frozenset(outcomes[k] for k in np.flatnonzero(column)) for column in table.T]


def outcomes_at_points(
    model: SignallingModel,
    formulas: ModelFormulas,
    x: Sequence[Fraction],
    y: Sequence[Fraction],
) -> tuple[list[frozenset[Outcome]], NDArray[np.intp]]:
    """Return the sets of outcomes that occur at points (x, y), and which of them each has."""
    conditions, certifier, degrees = _packed(model, formulas)
    scatter = Scatter(certifier, degrees, x, y)
    found = where_outcomes_exist(conditions, scatter, certifier.unpacked)
    table = scatter.settle(list(found.values()))
    columns, which = np.unique(table, axis=1, return_inverse=True)
    outcomes = list(found)
    held = [frozenset(outcomes[k] for k in np.flatnonzero(column)) for column in columns.T]
    return held, which.reshape(-1)


# The formulas are the same object as long as a diagram asks for more points.
@lru_cache(maxsize=4)
def _packed(
    model: SignallingModel, formulas: ModelFormulas
) -> tuple[Conditions, Certifier, tuple[int, ...]]:
    """Return the conditions of a model, its formulas packed, and their degrees in each axis.

    What is compared with each other, or added up, has one denominator: the prior, the payoffs of
    each type of the sender, and those of the receiver.
    """
    prior, (sender, receiver) = model.formulas_at(formulas.values)
    groups = [_whole(formulas, each) for each in (prior, *sender, receiver)]
    polynomials = [terms for group in groups for terms in group]
    degrees = tuple(
        max((powers[k] for terms in polynomials for powers in terms), default=0)
        for k in range(len(formulas.axes))
    )
    # A condition is at most the difference of two formulas.
    largest = 2 * max(abs(c) for terms in polynomials for c in terms.values())
    packing = Packing(degrees[-1] + 1, largest.bit_length() + 2)
    first, *mine, theirs = ([packing.pack(terms) for terms in group] for group in groups)
    messages, replies = len(model.messages), len(model.replies)
    sent = [_in_rows(payoffs, replies) for payoffs in mine]
    replied = _in_rows(_in_rows(theirs, replies), messages)
    return Conditions(first, (sent, replied)), Certifier(packing, len(formulas.axes)), degrees


def _whole(formulas: ModelFormulas, array: Any) -> list[Terms]:
    cleared: list[Multivariate] = formulas.together(entries_of(array))
    return list(whole_coefficients({(k,): each for k, each in enumerate(cleared)}).values())


def _in_rows(entries: Sequence[Any], length: int) -> list[list[Any]]:
    return [list(entries[k : k + length]) for k in range(0, len(entries), length)]
