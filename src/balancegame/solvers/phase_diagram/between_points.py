"""Boundaries of a phase diagram that follow no known curves: drawn half way between grid points.

Where too many polynomials could decide, as in signalling games with three types, the game is solved
beside every point of the grid instead. Between neighbours at which different regimes hold passes a
boundary; where exactly is left open.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.solvers.parametric.sweep import PhaseDiagram
from balancegame.solvers.phase_diagram.crossings import Crossings
from balancegame.solvers.signalling.diagrams import names_on_grid

# What is far smaller than a step of a grid, along x and, smaller still, along y: so that no line
# which passes through grid points passes through the points beside them.
NEAR = Fraction(1, 2**12), Fraction(1, 2**25)


def names_beside(diagram: PhaseDiagram) -> tuple[list[str], NDArray[np.intp]]:
    """Return the regimes beside the grid's points, those of its legend first; which each point has.

    The array has the shape of the diagram's labels.
    """
    x, y = (
        _beside(values, near) for values, near in zip((diagram.x, diagram.y), NEAR, strict=True)
    )
    found, which = names_on_grid(diagram.model, diagram.axes, dict(diagram.fixed), x, y)
    names = list(dict.fromkeys((*diagram.legend, *found)))
    rank = np.array([names.index(name) for name in found], dtype=np.intp)
    return names, rank[which].reshape(diagram.labels.shape)


def name_at(diagram: PhaseDiagram, x: Fraction, y: Fraction) -> str:
    """Return the regime at a point."""
    names, which = names_on_grid(diagram.model, diagram.axes, dict(diagram.fixed), (x,), (y,))
    return names[int(which[0])]


def crossings_half_way(areas: NDArray[np.intp]) -> Crossings:
    """Return a crossing in the middle of each side whose ends lie in different areas."""
    parts = []
    for upward in (False, True):
        ends = (areas[:-1], areas[1:]) if upward else (areas[:, :-1], areas[:, 1:])
        row, column = np.nonzero(ends[0] != ends[1])
        before, after = (end[row, column] for end in ends)
        zeros = np.zeros_like(row)
        half = np.full(len(row), 0.5)
        on_side = np.full(len(row), upward)
        parts.append((on_side, row, column, half, zeros, before, before, after))
    return Crossings(*(np.concatenate(pair) for pair in zip(*parts, strict=True)))


def _beside(values: Sequence[Fraction], near: Fraction) -> tuple[Any, ...]:
    step = (values[1] - values[0]) * near
    return (*(value + step for value in values[:-1]), values[-1] - step)
