"""A model's payoffs on a grid of two parameters, as arrays of integers."""

from __future__ import annotations

from collections.abc import Iterator
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
from balancegame.solvers.normal_form.batch import integer_type
from balancegame.solvers.normal_form.minors import many_bases, minor_bound
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

Coefficients = dict[tuple[int, ...], dict[tuple[int, ...], int]]


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


class Payoffs:
    """One player's payoffs over the grid, scaled by a positive number to integers."""

    def __init__(self, cells: Coefficients, shape: tuple[int, int], x: Axis, y: Axis) -> None:
        powers = {power for terms in cells.values() for power in terms}
        scales = {power: x.denominator ** power[0] * y.denominator ** power[1] for power in powers}
        common = lcm(*scales.values())
        self.shape, self.x, self.y = shape, x, y
        self.cells = {
            cell: {power: c * (common // scales[power]) for power, c in terms.items()}
            for cell, terms in cells.items()
        }
        bound = max(
            sum(abs(c) * x.largest**i * y.largest**j for (i, j), c in terms.items())
            for terms in self.cells.values()
        )
        # Both axes become arrays of this type, even one that these payoffs do not move with.
        bounds = (minor_bound(*each, bound) for each in (shape, shape[::-1]))
        self.type = integer_type(max(x.largest, y.largest, *bounds))

    def matrix(self, band: slice) -> NDArray[Any]:
        """Return the payoffs on some rows of the grid, shape (rows, columns, cells)."""
        x = np.array(self.x.numerators, dtype=self.type)
        y = np.array(self.y.numerators[band], dtype=self.type)[:, None]
        matrix = np.empty((*self.shape, len(y), len(x)), dtype=self.type)
        for cell, terms in self.cells.items():
            # Terms in one parameter are summed before they meet, so most cells cost one addition.
            along_x, along_y = np.zeros_like(x), np.zeros_like(y)
            for (i, j), coefficient in terms.items():
                if j == 0:
                    along_x += self._number(coefficient) * x**i
                elif i == 0:
                    along_y += self._number(coefficient) * y**j
            np.add(along_x, along_y, out=matrix[cell])
            for (i, j), coefficient in terms.items():
                if i and j:
                    matrix[cell] += x**i * (self._number(coefficient) * y**j)
        return matrix.reshape(*self.shape, -1)

    def _number(self, value: int) -> Any:
        return value if self.type is np.object_ else self.type(value)


@dataclass(frozen=True)
class Part:
    """Cells of a band of a grid to which the same case of the payoffs applies.

    Attributes
    ----------
    case : Case
    chosen : slice or ndarray of bool
        Which cells of the band they are.
    first, second : ndarray of integers, shape (rows, columns, cells)
        The players' payoffs there.
    """

    case: Case
    chosen: Any
    first: NDArray[Any]
    second: NDArray[Any]


class Grid:
    """Two axes, and over them each player's payoffs, case by case."""

    def __init__(
        self,
        x: Axis,
        y: Axis,
        cases: Cases,
        players: list[tuple[Payoffs, Payoffs]],
        conditions: Payoffs | None,
    ) -> None:
        self.x, self.y, self.cases, self.players, self.conditions = x, y, cases, players, conditions
        self.shape = players[0][0].shape

    def parts(self, band: slice) -> Iterator[Part]:
        """Yield some rows of the grid, apart for each case that occurs on them."""
        if self.conditions is None:
            first, second = self.players[0]
            yield Part(self.cases.cases[0], slice(None), first.matrix(band), second.matrix(band))
            return
        signs = np.sign(self.conditions.matrix(band)[:, 0]).astype(np.int8)
        number = self.cases.at(signs)
        for k in np.unique(number).tolist():
            first, second = (player.matrix(band) for player in self.players[k])
            chosen = number == k
            yield Part(self.cases.cases[k], chosen, first[:, :, chosen], second[:, :, chosen])


def grid(model: NormalFormModel, x: str, y: str, resolution: Any, fixed: dict[str, Any]) -> Grid:
    """Return a model's payoffs over a grid of two of its parameters.

    A decision gets a second player who has one action and no stake.

    Raises
    ------
    GameError
        If a parameter does not exist or is used twice, the resolution is not a whole number of 2
        or more, or the model has three or more players or too many actions.
    """
    across, up = (free_parameter(model, name, fixed) for name in (x, y))
    x, y = across.symbol, up.symbol
    if x == y:
        raise GameError(f"both axes are {x}; choose two different parameters.")
    rows, columns = shape_of(model)
    axes = Axis(across, resolution), Axis(up, resolution)
    cases = polynomial_cases(model, (x, y), fixed)
    players = []
    for case in cases.cases:
        first, second = (Payoffs(cells, (rows, columns), *axes) for cells in two_players(case))
        players.append((first, second))
    conditions: Coefficients = {(k, 0): terms for k, terms in enumerate(cases.conditions)}
    asked = Payoffs(conditions, (len(conditions), 1), *axes) if conditions else None
    return Grid(*axes, cases, players, asked)


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
