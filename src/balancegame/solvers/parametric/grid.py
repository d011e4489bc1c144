"""A model's payoffs on a grid of two parameters, as arrays of integers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from operator import index
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.errors import GameError
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.games.parameter import Parameter
from balancegame.progress_bar import with_progress
from balancegame.solvers.normal_form.batch import integer_type
from balancegame.solvers.normal_form.minors import many_bases, minor_bound
from balancegame.solvers.parametric.factors import Terms
from balancegame.solvers.parametric.payoff_polynomials import (
    Case,
    Cases,
    free_parameter,
    polynomial_cases,
    whole_coefficients,
)

MAX_RESOLUTION = 10_000

# Cells solved at once: enough to keep NumPy busy, few enough to keep memory flat.
BLOCK = 2**16

Coefficients = dict[tuple[int, ...], Terms]
Integers = NDArray[Any]


class Axis:
    """The values of a parameter along an axis: whole numbers over a common denominator."""

    def __init__(self, parameter: Parameter, resolution: Any) -> None:
        whole = hasattr(resolution, "__index__") and not isinstance(resolution, bool)
        if not whole or resolution < 2:
            raise GameError(f"resolution must be a whole number of 2 or more, not {resolution!r}.")
        resolution = index(resolution)
        if resolution > MAX_RESOLUTION:
            raise GameError(f"resolution {resolution} is too fine; use {MAX_RESOLUTION} or less.")
        low, high = parameter.low, parameter.high
        if low == high:
            raise GameError(
                f"the range of {parameter.symbol} is a single value; choose another axis."
            )
        scale = lcm(low.denominator, high.denominator) * (resolution - 1)
        start, step = int(low * scale), int((high - low) * scale) // (resolution - 1)
        shared = gcd(scale, start, step)
        start, step = start // shared, step // shared
        self.denominator = scale // shared
        self.numerators = range(start, start + step * resolution, step)
        self.largest = max(abs(self.numerators[0]), abs(self.numerators[-1]))

    @property
    def points(self) -> tuple[Fraction, ...]:
        """The values as fractions."""
        return _fractions(self.numerators, self.denominator)


# One model is swept many times over the same axes.
@lru_cache(maxsize=4)
def _fractions(numerators: range, denominator: int) -> tuple[Fraction, ...]:
    return tuple(Fraction(numerator, denominator) for numerator in numerators)


def scaled(polynomials: Collection[Terms], x: Axis, y: Axis) -> list[Terms]:
    """Return a common positive multiple of polynomials, to be evaluated at numerators."""
    powers = {power for terms in polynomials for power in terms}
    scales = {power: x.denominator ** power[0] * y.denominator ** power[1] for power in powers}
    common = lcm(*scales.values())
    return [{p: c * (common // scales[p]) for p, c in terms.items()} for terms in polynomials]


def largest_value(terms: Terms, x: Axis, y: Axis) -> int:
    """Return a bound on a scaled polynomial over the grid, and on every sum of its terms."""
    return sum(abs(c) * x.largest**i * y.largest**j for (i, j), c in terms.items())


def evaluated(terms: Terms, x: Integers, y: Integers) -> Integers:
    """Return the values of a polynomial at numerators that broadcast against each other.

    Terms in one of them are summed before the two meet, so that most polynomials cost one addition
    over the grid.
    """
    number = int if x.dtype == np.object_ else x.dtype.type
    in_x, in_y = np.zeros_like(x), np.zeros_like(y)
    products: dict[int, Integers] = {}
    for (i, j), c in terms.items():
        if not j:
            in_x += number(c) * x**i
        elif not i:
            in_y += number(c) * y**j
        else:
            products[i] = products.get(i, 0) + number(c) * y**j
    total: Integers = in_x + in_y
    for i, factor in products.items():
        total += x**i * factor
    return total


class Matrices:
    """Matrices of polynomials over a grid, scaled by a positive number to integers."""

    def __init__(
        self, cells: Mapping[Any, Terms], shape: tuple[int, int], x: Axis, y: Axis
    ) -> None:
        self.shape, self.x, self.y = shape, x, y
        self.cells = dict(zip(cells, scaled(cells.values(), x, y), strict=True))
        bound = max(largest_value(terms, x, y) for terms in self.cells.values())
        # Both axes become arrays of this type, even one that these polynomials do not move with.
        bounds = (minor_bound(*each, bound) for each in (shape, shape[::-1]))
        self.type = integer_type(max(x.largest, y.largest, *bounds))

    def at(self, band: slice) -> Integers:
        """Return the values on some rows of the grid, shape (rows, columns, points)."""
        x = np.array(self.x.numerators, dtype=self.type)
        y = np.array(self.y.numerators[band], dtype=self.type)[:, None]
        matrix = np.empty((*self.shape, len(y), len(x)), dtype=self.type)
        for cell, terms in self.cells.items():
            matrix[cell] = evaluated(terms, x, y)
        return matrix.reshape(*self.shape, -1)


@dataclass(frozen=True)
class Grid:
    """Two axes, and over them each player's payoffs, case by case."""

    x: Axis
    y: Axis
    shape: tuple[int, int]
    cases: Cases
    players: list[list[Matrices]]
    conditions: Matrices | None

    def labelled(
        self, label: Callable[[Case, Integers, Integers], NDArray[Any]], doing: str
    ) -> NDArray[np.int32]:
        """Return a number for each point of the grid, found band by band.

        ``label`` turns a case and both players' payoffs where it applies, of shape (rows, columns,
        points), into the numbers of these points. ``doing`` is what a progress bar says.
        """
        rows, columns = len(self.y.numerators), len(self.x.numerators)
        labels = np.empty((rows, columns), dtype=np.int32)
        height = max(1, BLOCK // columns)
        for start in with_progress(range(0, rows, height), doing):
            band = slice(start, start + height)
            row = labels[band].reshape(-1)
            for case, chosen, first, second in self._parts(band):
                row[chosen] = label(case, first, second)
        return labels

    def _parts(self, band: slice) -> Iterator[tuple[Case, Any, Integers, Integers]]:
        """Yield some rows of the grid, split by the case that applies to each point."""
        if self.conditions is None:
            first, second = self.players[0]
            yield self.cases.cases[0], slice(None), first.at(band), second.at(band)
            return
        number = self.cases.at(np.sign(self.conditions.at(band)[:, 0]).astype(np.int8))
        for k in np.unique(number).tolist():
            first, second = (player.at(band) for player in self.players[k])
            chosen = number == k
            yield self.cases.cases[k], chosen, first[:, :, chosen], second[:, :, chosen]


def two_axes(
    model: Any, x: str, y: str, resolution: Any, fixed: dict[str, Any]
) -> tuple[tuple[str, str], tuple[Axis, Axis]]:
    """Return the symbols and the axes of two parameters, after checking that both are free."""
    across, up = (free_parameter(model, name, fixed) for name in (x, y))
    if across.symbol == up.symbol:
        raise GameError(f"both axes are {across.symbol}; choose two different parameters.")
    return (across.symbol, up.symbol), (Axis(across, resolution), Axis(up, resolution))


def grid(model: NormalFormModel, x: str, y: str, resolution: Any, fixed: dict[str, Any]) -> Grid:
    """Return a model's payoffs over a grid of two of its parameters.

    Raises GameError if a parameter does not exist or is used twice, the resolution is not a whole
    number of 2 or more, or the model has three or more players or too many actions.
    """
    symbols, axes = two_axes(model, x, y, resolution, fixed)
    shape = shape_of(model)
    cases = polynomial_cases(model, symbols, fixed)
    players = [[Matrices(c, shape, *axes) for c in two_players(case)] for case in cases.cases]
    asked = {(k, 0): terms for k, terms in enumerate(cases.conditions)}
    conditions = Matrices(asked, (len(asked), 1), *axes) if asked else None
    return Grid(*axes, shape, cases, players, conditions)


def shape_of(model: NormalFormModel) -> tuple[int, int]:
    """Return the rows and columns of a model's game, after checking that a diagram is for it."""
    sizes = [len(names) for names in model.actions]
    if len(sizes) > 2:
        raise GameError(
            f"model {model.name} has {len(sizes)} players; a phase diagram is for 1 or 2, so use "
            "regimes for one parameter at a time."
        )
    rows, columns = (*sizes, 1)[:2]
    if many_bases(rows, columns):
        raise GameError(
            f"model {model.name} has {rows} x {columns} actions; phase diagrams are for games of "
            "up to 5 x 5, so remove dominated actions first."
        )
    return rows, columns


def two_players(case: Case) -> tuple[Coefficients, Coefficients]:
    """Return both players' payoffs, each scaled to whole coefficients.

    A decision gets a second player who has one action and no stake.
    """
    payoffs = [whole_coefficients(cells) for cells in case.payoffs]
    if len(payoffs) == 1:
        payoffs = [{(*cell, 0): terms for cell, terms in payoffs[0].items()}]
        payoffs.append({cell: {} for cell in payoffs[0]})
    return payoffs[0], payoffs[1]
