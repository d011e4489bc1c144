"""Payoffs as polynomials in one or two of a model's parameters.

Where some players move later, what they do depends on signs of payoff differences, and the payoffs
of the first movers on what they do. So backward induction is followed through every answer that a
comparison can have: each way through is a *case*, with payoffs that are polynomials throughout.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.errors import GameError
from balancegame.exact.cones import extreme_rays
from balancegame.exact.multivariate import Multivariate
from balancegame.exact.quotients import Quotient
from balancegame.games.base_model import BaseModel
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.games.parameter import Parameter
from balancegame.solvers.parametric.factors import Terms, canonical
from balancegame.solvers.parametric.model_formulas import MAX_DEGREE, ModelFormulas
from balancegame.wording import and_list

MOST_CASES = 256

Cell = tuple[int, ...]
Condition = tuple[tuple[tuple[tuple[int, ...], int], ...], int]
"""A canonical polynomial and the sign with which it must be positive."""


def free_parameter(model: Any, name: Any, fixed: dict[str, Any]) -> Parameter:
    """Return the parameter that varies, after checking that it exists and is not fixed."""
    if not isinstance(model, BaseModel):
        raise GameError(f"a model is needed here, not {type(model).__name__}.")
    model.values(**fixed)
    symbol = str(name)
    if not symbol:
        raise GameError(f"name the parameter that varies: one of {and_list(model.parameters)}.")
    if symbol not in model.parameters:
        # Refuses it in the model's own words.
        model.values(**{symbol: 0})
    if symbol in fixed:
        raise GameError(
            f"the parameter {symbol} cannot both vary and be fixed; do not give it a value."
        )
    parameter: Parameter = model.parameters[symbol]
    for end in (parameter.low, parameter.high):
        if not isinstance(end, Fraction):
            raise GameError(
                f"the range of {symbol} ends at the irrational {end}; let it end at a fraction."
            )
    return parameter


@dataclass(frozen=True)
class Case:
    """Each player's payoffs as polynomials where those who move later reply in one way.

    Where payoffs divide, all of a player's are multiplied by one denominator that is positive over
    the range, the same in every case.
    """

    payoffs: list[dict[Cell, Multivariate]]
    # What those who move later do, as positions; empty where nobody does.
    replies: Mapping[Cell, tuple[int, ...]]
    # Which conditions hold here and which do not; others do not matter.
    when: tuple[tuple[int, bool], ...]


@dataclass(frozen=True)
class Cases:
    """The payoffs of a model, case by case: at every point exactly one case applies.

    A condition holds where its polynomial is positive.
    """

    conditions: tuple[Terms, ...]
    cases: tuple[Case, ...]

    def at(self, signs: NDArray[np.int8]) -> NDArray[np.intp]:
        """Return the case at each place, from signs of shape (conditions, places)."""
        number = np.zeros(signs.shape[1], dtype=np.intp)
        for k, case in enumerate(self.cases):
            here = np.ones(signs.shape[1], dtype=bool)
            for condition, holds in case.when:
                here &= (signs[condition] > 0) == holds
            number[here] = k
        return number


def polynomial_cases(model: NormalFormModel, axes: Sequence[str], fixed: dict[str, Any]) -> Cases:
    """Return a model's payoffs as polynomials in the axes.

    Raises GameError if a payoff divides by what is zero somewhere in the range of the axes, or is
    of total degree above 4 once multiplied by what the player's payoffs divide by, a fixed value
    is irrational, or those who move later can reply in too many ways.
    """
    return _cases(model, tuple(axes), tuple(model.values(**fixed).items()))


# A diagram asks for the payoffs of a grid, and then for those of its boundaries.
@lru_cache(maxsize=4)
def _cases(
    model: NormalFormModel, axes: tuple[str, ...], fixed: tuple[tuple[str, Any], ...]
) -> Cases:
    formulas = ModelFormulas(model, axes, dict(fixed), "a payoff")
    conditions: dict[Condition, int] = {}
    found: list[tuple[list[dict[Cell, Quotient]], Any, Any]] = []
    pending: list[dict[Condition, bool]] = [{}]
    while pending:
        known = pending.pop()

        def positive(difference: Any, known: dict[Condition, bool] = known) -> bool:
            """Look a comparison up; a new one fails here and holds in a case of its own."""
            asked = _condition(formulas.alone(difference))
            if isinstance(asked, bool):
                return asked
            form, sign = asked
            if asked not in known:
                if known.get((form, -sign)):
                    return False
                more = {**known, asked: True}
                if not _possible(more, formulas.ranges):
                    return False
                if not _possible({**known, asked: False}, formulas.ranges):
                    return True
                pending.append(more)
                known[asked] = False
            return known[asked]

        played = model.played_at(formulas.values, positive)
        if len(found) == MOST_CASES:
            raise GameError(
                f"those who move later in model {model.name} can reply in more than {MOST_CASES} "
                "ways; fix more parameters or leave out actions."
            )
        payoffs = [
            {c: formulas.quotient(e) for c, e in _entries(array)} for array in played.payoffs
        ]
        when = tuple((conditions.setdefault(c, len(conditions)), known[c]) for c in known)
        found.append((payoffs, played.replies, when))
    cleared = _cleared([payoffs for payoffs, _, _ in found], formulas)
    cases = [
        Case(payoffs, replies, when)
        for payoffs, (_, replies, when) in zip(cleared, found, strict=True)
    ]
    terms = tuple({powers: sign * c for powers, c in form} for form, sign in conditions)
    return Cases(terms, tuple(cases))


def _condition(difference: Multivariate) -> Condition | bool:
    """Return a difference up to a positive factor, or whether it is positive if it is constant."""
    if not difference.degree:
        return any(c > 0 for c in difference.terms.values())
    form, sign = canonical(whole_coefficients({(): difference})[()])
    return tuple(sorted(form.items())), sign


def _possible(known: Mapping[Condition, bool], ranges: Sequence[tuple[Any, Any]]) -> bool:
    """Return whether conditions can hold together somewhere in a range of the parameters.

    Only straight ones are compared, so some that cannot may pass. A point of the range stands for
    the ray of (1, x - low, y - low, ...).
    """
    size = len(ranges)
    rows = [
        (high - low, *(-int(i == k) for i in range(size))) for k, (low, high) in enumerate(ranges)
    ]
    strict: list[tuple[Any, ...]] = [(1, *[0] * size)]
    for (form, sign), holds in known.items():
        if any(sum(powers) > 1 for powers, _ in form):
            continue
        terms, turn = dict(form), sign if holds else -sign
        units = [tuple(int(i == k) for i in range(size)) for k in range(size)]
        slopes = [turn * terms.get(unit, 0) for unit in units]
        start = turn * terms.get((0,) * size, 0)
        start += sum(slope * low for slope, (low, _) in zip(slopes, ranges, strict=True))
        (strict if holds else rows).append((start, *slopes))
    rays = extreme_rays(size + 1, (), [*rows, *strict])
    # All conditions are met at the sum of the rays, those that must be positive if one ray does.
    return all(
        any(sum(a * y for a, y in zip(row, ray, strict=True)) > 0 for ray in rays) for row in strict
    )


def _cleared(
    cases: list[list[dict[Cell, Quotient]]], formulas: ModelFormulas
) -> list[list[dict[Cell, Multivariate]]]:
    """Multiply each player's payoffs, in all cases, by one positive denominator."""
    found: list[list[dict[Cell, Multivariate]]] = [[] for _ in cases]
    for own in zip(*cases, strict=True):
        entries = [entry for cells in own for entry in cells.values()]
        cleared = iter(formulas.together(entries))
        for case, cells in zip(found, own, strict=True):
            case.append({cell: next(cleared) for cell in cells})
    degree = max(e.degree for case in found for cells in case for e in cells.values())
    if degree > MAX_DEGREE:
        divides = any(e.bottom for case in cases for cells in case for e in cells.values())
        divided = ", multiplied by what it divides by," if divides else ""
        raise GameError(
            f"{formulas.what}{divided} has degree {degree} in {' and '.join(formulas.axes)}; "
            f"payoffs up to degree {MAX_DEGREE} can be followed exactly."
        )
    return found


def whole_coefficients(cells: dict[Cell, Multivariate]) -> dict[Cell, Terms]:
    """Scale one player's payoffs by a common positive number to integer coefficients."""
    scale = lcm(*(c.denominator for entry in cells.values() for c in entry.terms.values()))
    return {
        cell: {p: c.numerator * (scale // c.denominator) for p, c in e.terms.items()}
        for cell, e in cells.items()
    }


def whole_terms(polynomial: Multivariate) -> Terms:
    """Return a positive multiple of a polynomial with integer coefficients."""
    return whole_coefficients({(): polynomial})[()]


def _entries(array: Any, cell: Cell = ()) -> list[tuple[Cell, Any]]:
    if not isinstance(array, tuple):
        return [(cell, array)]
    return [entry for k, part in enumerate(array) for entry in _entries(part, (*cell, k))]
