"""A grid of parameters at once: which equilibria, everywhere in a rectangle.

The payoffs are polynomials in two parameters. The whole grid is scaled to integers once, its
games are solved together (:mod:`balancegame.solvers.many_games`), and every cell gets the number
of its regime. Every label is exact, ties included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import comb, gcd, lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.errors import GameError
from balancegame.games.model import Model, Parameter
from balancegame.solvers.labels import Supports
from balancegame.solvers.many_games import distinct, integer_type, solution_sets, supports_of
from balancegame.solvers.minors import minor_bound
from balancegame.solvers.parametric import free_parameter, polynomial_payoffs, whole_coefficients
from balancegame.solvers.regimes import MAX_BASES
from balancegame.wording import supports_in_words

__all__ = ["PhaseDiagram", "sweep"]

# Cells solved at once: enough to keep NumPy busy, few enough to keep memory flat.
BLOCK = 2**16

MAX_RESOLUTION = 10_000

Coefficients = dict[tuple[int, ...], dict[tuple[int, ...], int]]


@dataclass(frozen=True, repr=False, eq=False)
class PhaseDiagram:
    """Which equilibria a model has, over a grid of two of its parameters.

    Attributes
    ----------
    model : Model
    axes : tuple of str
        The parameters along x and y.
    x, y : tuple of Fraction
        The values along each axis.
    labels : ndarray of int, shape (len(y), len(x))
        The number of each cell's regime; equal numbers if and only if the maximal Nash subsets
        have equal supports.
    legend : tuple of str
        Each regime in words.
    supports : tuple
        For each regime the supports of the vertices of each maximal Nash subset.
    fixed : mapping
        The values of the other parameters that were given.
    """

    model: Model
    axes: tuple[str, str]
    x: tuple[Fraction, ...]
    y: tuple[Fraction, ...]
    labels: NDArray[np.int32]
    legend: tuple[str, ...]
    supports: tuple[Supports, ...] = field(repr=False)
    fixed: Mapping[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        size = f"{len(self.x)} x {len(self.y)}"
        return f"<PhaseDiagram of {self.model.name} over {' and '.join(self.axes)}, {size}>"


def sweep(model: Model, x: str, y: str, resolution: Any = 101, **fixed: Any) -> PhaseDiagram:
    """Solve a model on a grid of two parameters, exactly.

    Parameters
    ----------
    model : Model
        Of one or two players and up to 5 x 5 actions; payoffs polynomial in the two parameters,
        of total degree 4 at most.
    x, y : str
        The parameters along the axes; each runs over its range.
    resolution : int, optional
        Number of values along each axis, 2 or more.
    **fixed
        Values of other parameters; defaults elsewhere.

    Returns
    -------
    PhaseDiagram

    Raises
    ------
    GameError
        If a parameter does not exist, is used twice, or the model or grid is too large.

    Notes
    -----
    Memory grows with the labels only: the games are solved block by block. Work over a second
    shows its progress.

    Examples
    --------
    >>> from balancegame.models import models
    >>> diagram = sweep(models["core-dilemma"], "s", "E", resolution=5)
    >>> diagram.legend[diagram.labels[0, 4]]
    '(Comply, Enforce to Enforce + Acquiesce)'
    """
    across, up = (free_parameter(model, name, fixed) for name in (x, y))
    if x == y:
        raise GameError(f"both axes are {x}; choose two different parameters.")
    columns, rows = (_Axis(parameter, resolution) for parameter in (across, up))
    shape = _shape(model)
    payoffs = [whole_coefficients(cells) for cells in polynomial_payoffs(model, (x, y), fixed)]
    if len(payoffs) == 1:
        payoffs = [{(*cell, 0): terms for cell, terms in payoffs[0].items()}]
        payoffs.append({cell: {} for cell in payoffs[0]})
    players = [_Player(cells, shape, columns, rows) for cells in payoffs]
    labels = np.empty((resolution, resolution), dtype=np.int32)
    numbers: dict[Supports, int] = {}
    height = max(1, BLOCK // resolution)
    for start in _with_progress(range(0, resolution, height)):
        band = slice(start, start + height)
        first, second = (player.matrix(band) for player in players)
        sets = solution_sets(first, second)
        chosen, number = distinct(sets)
        found = [supports_of(tuple(words), shape) for words in sets[:, chosen].T.tolist()]
        numbered = [numbers.setdefault(supports, len(numbers)) for supports in found]
        labels[band] = np.array(numbered, dtype=np.int32)[number].reshape(-1, resolution)
    order = sorted(numbers, reverse=True)
    rank = np.empty(len(order), dtype=np.int32)
    for k, supports in enumerate(order):
        rank[numbers[supports]] = k
    legend = tuple(supports_in_words(supports, model.actions) for supports in order)
    return PhaseDiagram(
        model, (x, y), columns.points, rows.points, rank[labels], legend, tuple(order), dict(fixed)
    )


class _Axis:
    """The values of a parameter along an axis: whole numbers over a common denominator."""

    def __init__(self, parameter: Parameter, resolution: Any) -> None:
        if not isinstance(resolution, int) or isinstance(resolution, bool) or resolution < 2:
            raise GameError(f"resolution must be a whole number of 2 or more, not {resolution!r}.")
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
        self.denominator = scale // shared
        self.numerators = [(start + k * step) // shared for k in range(resolution)]
        self.largest = max(abs(self.numerators[0]), abs(self.numerators[-1]))

    @property
    def points(self) -> tuple[Fraction, ...]:
        return tuple(Fraction(numerator, self.denominator) for numerator in self.numerators)


def _shape(model: Model) -> tuple[int, int]:
    sizes = [len(names) for names in model.actions]
    if len(sizes) > 2:
        raise GameError(
            f"model {model.name} has {len(sizes)} players; a phase diagram is for 1 or 2, so use "
            "regimes for one parameter at a time."
        )
    rows, columns = (*sizes, 1)[:2]
    if comb(rows + columns, rows) > MAX_BASES:
        raise GameError(
            f"model {model.name} has {rows} x {columns} actions; phase diagrams are for games of "
            "up to 5 x 5, so remove dominated actions first."
        )
    return rows, columns


class _Player:
    """One player's payoffs over the grid, scaled by a positive number to integers."""

    def __init__(self, cells: Coefficients, shape: tuple[int, int], x: _Axis, y: _Axis) -> None:
        powers = [power for terms in cells.values() for power in terms]
        across, up = (max((power[axis] for power in powers), default=0) for axis in (0, 1))
        self.shape, self.x, self.y = shape, x, y
        self.cells = {
            cell: {
                (i, j): c * x.denominator ** (across - i) * y.denominator ** (up - j)
                for (i, j), c in terms.items()
            }
            for cell, terms in cells.items()
        }
        bound = max(
            sum(abs(c) * x.largest**i * y.largest**j for (i, j), c in terms.items())
            for terms in self.cells.values()
        )
        self.type = integer_type(max(minor_bound(*shape, bound), minor_bound(*shape[::-1], bound)))

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


def _with_progress(blocks: range) -> Any:
    from tqdm.auto import tqdm

    return tqdm(blocks, desc="solving", delay=1, leave=False) if len(blocks) > 1 else blocks
