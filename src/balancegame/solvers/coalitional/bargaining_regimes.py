"""What players agree on along one parameter of a bargaining model, and over two.

Which outcome, or lottery, the Nash solution chooses is decided by the signs of polynomials: gains,
their differences, with side payments their sums, with lotteries the turns of the frontier and the
slopes of the product at the ends of its edges. Between their roots the choice stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise, permutations
from math import prod
from typing import Any

import numpy as np

from balancegame.exact.algebraic import number_at_place
from balancegame.exact.multivariate import Multivariate
from balancegame.exact.polynomials import from_terms
from balancegame.games.bargaining import AS_THEY_ARE, SIDE_PAYMENTS
from balancegame.games.bargaining_model import BargainingModel
from balancegame.solvers.coalitional.bargaining import BargainingSolution, nash_bargaining
from balancegame.solvers.parametric.grid import two_axes
from balancegame.solvers.parametric.grid_signs import signs_on_grid
from balancegame.solvers.parametric.model_formulas import ModelFormulas
from balancegame.solvers.parametric.model_regimes import ModelRegime, regimes_read, value_between
from balancegame.solvers.parametric.parameter_range import Regimes
from balancegame.solvers.parametric.payoff_polynomials import free_parameter, whole_terms
from balancegame.solvers.parametric.sign_changes import signs_along
from balancegame.solvers.parametric.sweep import PhaseDiagram, named_diagram
from balancegame.wording import or_list


@dataclass(frozen=True, repr=False)
class BargainingRegime(ModelRegime):
    """Values of a parameter at which the Nash solution chooses the same outcome or lottery.

    Attributes
    ----------
    parameter, low, high, closed
        As of every regime.
    name : str
        What is agreed on, in short.
    model, fixed
        The model, and the values of other parameters that were given.
    """

    name: str

    @cached_property
    def solution(self) -> BargainingSolution:
        """The Nash solution; in an interval payoffs and payments are formulas."""
        return nash_bargaining(self.game)

    def __repr__(self) -> str:
        return f"<BargainingRegime {self.span}: {self.name}>"


class BargainingRegimes(Regimes[BargainingRegime]):
    """What players agree on along one parameter."""

    __slots__ = ()


def bargaining_regimes(
    model: BargainingModel, parameter: str, fixed: dict[str, Any]
) -> BargainingRegimes:
    """Return what players agree on along one parameter; see ``bg.regimes``."""
    free = free_parameter(model, parameter, fixed)
    asked = _deciding(model, (free.symbol,), fixed)
    places, _ = signs_along([from_terms(whole_terms(p)) for p in asked], free.low, free.high)
    ends = [number_at_place(place) for place in places]
    between = [value_between(*pair) for pair in pairwise(places)]
    values = [ends[k // 2] if k % 2 == 0 else between[k // 2] for k in range(2 * len(ends) - 1)]
    given = model.values(**fixed)
    names = [in_short(nash_bargaining(model.game_at({**given, free.symbol: v}))) for v in values]
    read = regimes_read(model, free.symbol, fixed, places, names)
    return BargainingRegimes(BargainingRegime(**made, name=name) for made, name in read)


def bargaining_sweep(
    model: BargainingModel, x: str, y: str, resolution: Any, fixed: dict[str, Any]
) -> PhaseDiagram:
    """Return what players agree on over a grid of two parameters; see ``bg.sweep``."""
    symbols, axes = two_axes(model, x, y, resolution, fixed)
    asked = [whole_terms(p) for p in _deciding(model, symbols, fixed)]
    at = signs_on_grid(asked, *axes)[0]
    flat = at.reshape(len(at), -1)
    _, first, which = np.unique(flat, axis=1, return_index=True, return_inverse=True)
    points = axes[0].points, axes[1].points
    given = model.values(**fixed)
    read = []
    for place in first.tolist():
        row, column = divmod(place, len(points[0]))
        values = {**given, symbols[0]: points[0][column], symbols[1]: points[1][row]}
        read.append(in_short(nash_bargaining(model.game_at(values))))
    return named_diagram(model, symbols, axes, read, which.reshape(-1), fixed)


def in_short(solution: BargainingSolution) -> str:
    """Return what is agreed on in a few words."""
    chosen = " or ".join(solution.lottery) + (" by lot" if len(solution.lottery) > 1 else "")
    if solution.problem.sharing == SIDE_PAYMENTS and solution.deal:
        chosen += ", with a side payment"
    if solution.ties:
        chosen += f"; as good: {or_list(solution.ties)}"
    return chosen


def _deciding(
    model: BargainingModel, axes: Sequence[str], fixed: dict[str, Any]
) -> list[Multivariate]:
    formulas = ModelFormulas(model, axes, fixed)
    rows = [
        [formula.evaluate(formulas.values) for formula in row]
        for row in (model.disagreement, *model.outcomes.values())
    ]
    formulas.require_degree(entry for row in rows for entry in row)
    point, *outcomes = _comparable(formulas, rows, model.sharing)
    gains = [[u - d for u, d in zip(row, point, strict=True)] for row in (point, *outcomes)]
    found = _signs_asked(gains, model.sharing)
    return [p for p in found if p.terms]


def _comparable(
    formulas: ModelFormulas, rows: list[list[Any]], sharing: str
) -> list[list[Multivariate]]:
    """Return payoffs without divisions: what is agreed on is the same.

    Payments from one player to another need one denominator for all. Otherwise each player's
    payoffs may have their own, for the solution does not depend on anybody's units.
    """
    width = len(rows[0])
    if sharing == SIDE_PAYMENTS:
        flat = formulas.together(entry for row in rows for entry in row)
        return [flat[k : k + width] for k in range(0, len(flat), width)]
    columns = [formulas.together(column) for column in zip(*rows, strict=True)]
    return [list(row) for row in zip(*columns, strict=True)]


def _signs_asked(gains: list[list[Multivariate]], sharing: str) -> Iterator[Multivariate]:
    if sharing == SIDE_PAYMENTS:
        totals = [sum(row[1:], row[0]) for row in gains]
        yield from (a - b for a, b in combinations(totals, 2))
        return
    for row in gains:
        yield from row
    for first, second in combinations(gains, 2):
        yield from (a - b for a, b in zip(first, second, strict=True))
    if sharing == AS_THEY_ARE:
        # Those who cannot gain at all are left out of the product, so any players may count.
        for first, second in combinations(gains, 2):
            for size in range(2, len(first) + 1):
                for chosen in combinations(range(len(first)), size):
                    yield prod((first[i] for i in chosen[1:]), start=first[chosen[0]]) - prod(
                        (second[i] for i in chosen[1:]), start=second[chosen[0]]
                    )
        return
    for (a, b), (c, d), (e, f) in combinations(gains, 3):
        yield (c - a) * (f - b) - (d - b) * (e - a)
    for (p, q), (a, b) in permutations(gains, 2):
        # The slope of the product of gains where an edge begins; and where it is cut off.
        yield p * (b - q) + q * (a - p)
        yield p * (b - q) - q * (a - p)
