"""Boundaries of a phase diagram that follow no known curves, found by halving.

Where too many polynomials could decide, as in signalling games with three types, the game is solved
beside every point of the grid instead. Between neighbours at which different regimes hold passes a
boundary; it is looked for by solving half way, a few times over. So which regime holds at a point
is exact, and where a boundary passes is known to a small part of a step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.solvers.parametric.sweep import PhaseDiagram
from balancegame.solvers.phase_diagram.crossings import Crossings
from balancegame.solvers.signalling.signalling_regimes import names_at_points

# What is far smaller than a step of a grid, along x and, smaller still, along y: so that no line
# which passes through grid points passes through the points beside them.
NEAR = Fraction(1, 2**12), Fraction(1, 2**25)


STEPS = 5


@dataclass(frozen=True)
class Beside:
    """The points beside those of a grid, and the names of the regimes there."""

    diagram: PhaseDiagram
    names: list[str]
    areas: NDArray[np.intp]
    x: tuple[Fraction, ...]
    y: tuple[Fraction, ...]


def beside_points(diagram: PhaseDiagram) -> Beside:
    """Return what holds beside the points of a grid; the names of its legend come first."""
    x, y = (
        _beside(values, near) for values, near in zip((diagram.x, diagram.y), NEAR, strict=True)
    )
    found = _names(diagram, [(a, b) for b in y for a in x])
    names = list(dict.fromkeys((*diagram.legend, *found)))
    position = {name: k for k, name in enumerate(names)}
    areas = np.array([position[name] for name in found], dtype=np.intp)
    return Beside(diagram, names, areas.reshape(diagram.labels.shape), x, y)


def name_at(diagram: PhaseDiagram, x: Fraction, y: Fraction) -> str:
    """Return the regime at a point."""
    return _names(diagram, [(x, y)])[0]


def crossings_by_halving(beside: Beside) -> Crossings:
    """Return a crossing on each side whose ends lie in different areas."""
    areas, parts = beside.areas, []
    for up in (False, True):
        ends = (areas[:-1], areas[1:]) if up else (areas[:, :-1], areas[:, 1:])
        places = np.nonzero(ends[0] != ends[1])
        parts.append((np.full(len(places[0]), up), *places, *(end[places] for end in ends)))
    upward, row, column, before, after = map(np.concatenate, zip(*parts, strict=True))
    share = _shares(
        beside, list(zip(*map(np.ndarray.tolist, (upward, row, column, before)), strict=True))
    )
    return Crossings(upward, row, column, share, np.zeros_like(row), before, before, after)


def _shares(beside: Beside, sides: Sequence[tuple[bool, int, int, int]]) -> NDArray[np.float64]:
    """Return how far along each side the regime at its start ends."""
    share = [Fraction(1, 2)] * len(sides)
    for step in range(2, STEPS + 2):
        points = []
        for (up, j, i, _), part in zip(sides, share, strict=True):
            x, y = beside.x[i], beside.y[j]
            if up:
                y += part * (beside.y[j + 1] - y)
            else:
                x += part * (beside.x[i + 1] - x)
            points.append((x, y))
        held = _names(beside.diagram, points)
        share = [
            part + Fraction(1 if name == beside.names[start] else -1, 2**step)
            for part, name, (_, _, _, start) in zip(share, held, sides, strict=True)
        ]
    return np.array(share, dtype=np.float64)


def _names(diagram: PhaseDiagram, points: Sequence[tuple[Fraction, Fraction]]) -> list[str]:
    if not points:
        return []
    x, y = zip(*points, strict=True)
    names, which = names_at_points(diagram.model, diagram.axes, dict(diagram.fixed), x, y)
    return [names[k] for k in which.tolist()]


def _beside(values: Sequence[Fraction], near: Fraction) -> tuple[Any, ...]:
    step = (values[1] - values[0]) * near
    return (*(value + step for value in values[:-1]), values[-1] - step)
