"""A grid of parameters at once: which equilibria, everywhere in a rectangle.

The payoffs are polynomials in two parameters. The whole grid is scaled to integers once, its
games are solved together (:mod:`.batch`), and every cell gets the number
of its regime. Every label is exact, ties included.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.games.normal_form_model import NormalFormModel
from balancegame.solvers.normal_form.batch import distinct, solution_sets, supports_of
from balancegame.solvers.normal_form.label_sets import Supports, with_replies
from balancegame.solvers.parametric.grid import Axis, grid
from balancegame.solvers.parametric.payoff_polynomials import Case
from balancegame.solvers.parametric.regime_names import in_legend, regime_in_short
from balancegame.solvers.solutions import Explained


@dataclass(frozen=True, repr=False, eq=False)
class PhaseDiagram(Explained):
    """Which equilibria a model has, over a grid of two of its parameters.

    Attributes
    ----------
    model : Model, SequentialModel or SignallingModel
    axes : tuple of str
        The parameters along x and y.
    x, y : tuple of Fraction
        The values along each axis.
    labels : ndarray of int, shape (len(y), len(x))
        The number of each cell's regime; equal numbers if and only if the maximal Nash subsets
        have equal supports and, where some players move later, equal replies to what is played.
    names : tuple of str
        The names of the regimes where no supports describe them, as of situations.
    supports : tuple
        For each regime the supports of the vertices of each maximal Nash subset, and the replies
        to each cell that is played.
    fixed : mapping
        The values of the other parameters that were given.
    """

    model: Any
    axes: tuple[str, str]
    x: tuple[Fraction, ...]
    y: tuple[Fraction, ...]
    labels: NDArray[np.int32]
    names: tuple[str, ...] = field(repr=False)
    supports: tuple[Supports, ...] = field(repr=False)
    fixed: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def legend(self) -> tuple[str, ...]:
        """Each regime in words."""
        return self.names or tuple(regime_in_short(self.model, held) for held in self.supports)

    @property
    def about(self) -> str:
        """What the picture shows, for its caption."""
        return str(self.model.title)

    def told(self, name: str) -> str:
        """Return what the picture says of a regime that no supports describe."""
        return name

    def __repr__(self) -> str:
        size = f"{len(self.x)} x {len(self.y)}"
        return f"<PhaseDiagram of {self.model.name} over {' and '.join(self.axes)}, {size}>"


def named_diagram(
    model: Any,
    symbols: tuple[str, str],
    axes: tuple[Axis, Axis],
    names: Sequence[str],
    which: NDArray[np.intp],
    fixed: dict[str, Any],
) -> PhaseDiagram:
    """Return the diagram whose regimes are called by names, numbered in alphabetical order.

    ``which`` holds for each cell a position among the names, in which one may occur twice.
    """
    order = tuple(sorted(set(names)))
    rank = np.array([order.index(name) for name in names], dtype=np.int32)
    labels = rank[which].reshape(len(axes[1].points), len(axes[0].points))
    points = axes[0].points, axes[1].points
    return PhaseDiagram(model, symbols, *points, labels, order, (), dict(fixed))


def equilibrium_sweep(
    model: NormalFormModel, x: str, y: str, resolution: Any, fixed: dict[str, Any]
) -> PhaseDiagram:
    """Solve a model in normal form on a grid of two parameters; see ``bg.sweep``."""
    cells = grid(model, x, y, resolution, fixed)
    numbers: dict[Supports, int] = {}

    def solved(case: Case, first: NDArray[Any], second: NDArray[Any]) -> NDArray[np.int32]:
        sets = solution_sets(first, second)
        chosen, number = distinct(sets)
        found = [supports_of(tuple(words), cells.shape) for words in sets[:, chosen].T.tolist()]
        held = (with_replies(supports, case.replies) for supports in found)
        numbered = [numbers.setdefault(supports, len(numbers)) for supports in held]
        return np.array(numbered, dtype=np.int32)[number]

    labels = cells.labelled(solved, "solving")
    order = in_legend(model, numbers)
    rank = np.empty(len(order), dtype=np.int32)
    for k, supports in enumerate(order):
        rank[numbers[supports]] = k
    axes = cells.x.points, cells.y.points
    return PhaseDiagram(model, (x, y), *axes, rank[labels], (), order, dict(fixed))
