"""One step of Abreu and Sannikov: which payoffs are supported by continuations in a set.

Let g(a) be the stage payoffs of a profile a and h(a) what each player could gain at once by the
best departure from it. A continuation w supports a against the threats u if

    w >= u + (1 - d)/d h(a),

and then a today and w from tomorrow on yield (1 - d) g(a) + d w. Abreu and Sannikov (2014), "An
algorithm for two-player repeated games with perfect monitoring", Theoretical Economics 9, show
that few continuations matter: g(a) itself if it supports a, otherwise the extreme points of the
supporting part of the set at which a constraint binds.

``generated`` keeps those only. It contains every equilibrium payoff if the set does, the threats
are below the worst equilibrium payoffs, and the set contains ``all_generated`` of itself; the last
then holds for the result too. (Where a continuation w supports a and the stage payoffs do not, the
way from w to g(a) leaves the constraints inside the set, for otherwise the point at which it left
the set would generate another beyond it.) So iteration from the feasible set stays outside the
truth, and a set that is reproduced is inside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.polygons import Point, Polygon, clipped, crossed, hull

__all__ = ["StagePayoffs", "all_generated", "generated", "lowest", "pure_minmax", "stage_payoffs"]

Cell = tuple[int, ...]


@dataclass(frozen=True)
class StagePayoffs:
    """Payoffs and gains from departing of every profile, and what a gain weighs tomorrow.

    Attributes
    ----------
    entries : tuple of (profile, payoffs, needed)
        ``needed`` is how far above the threats a continuation must lie.
    patience : number
    """

    entries: tuple[tuple[Cell, Point, Point], ...]
    patience: Any

    def rounded(self) -> StagePayoffs:
        """Return the same in floats."""
        listed = tuple(
            (cell, (float(g[0]), float(g[1])), (float(n[0]), float(n[1])))
            for cell, g, n in self.entries
        )
        return StagePayoffs(listed, float(self.patience))


def stage_payoffs(stage: NormalFormGame, patience: Any) -> StagePayoffs:
    """Return the payoffs of a two-player stage game for positive patience."""
    first, second = stage.payoffs
    rows, columns = stage.shape
    best_row = [max(first[i][j] for i in range(rows)) for j in range(columns)]
    best_column = [max(second[i]) for i in range(rows)]
    weight = (1 - patience) / patience
    return StagePayoffs(
        tuple(
            (
                (i, j),
                (first[i][j], second[i][j]),
                (weight * (best_row[j] - first[i][j]), weight * (best_column[i] - second[i][j])),
            )
            for i in range(rows)
            for j in range(columns)
        ),
        patience,
    )


def pure_minmax(stage: NormalFormGame) -> Point:
    """Return what each player can secure when the other holds it down by pure actions."""
    first, second = stage.payoffs
    rows, columns = stage.shape
    return (
        min(max(first[i][j] for i in range(rows)) for j in range(columns)),
        min(max(second[i]) for i in range(rows)),
    )


def lowest(polygon: Polygon) -> Point:
    """Return each player's least payoff in a set that is not empty."""
    return min(x for x, _ in polygon), min(y for _, y in polygon)


def generated(
    payoffs: StagePayoffs, polygon: Polygon, threats: Point
) -> tuple[Polygon, Mapping[Point, tuple[Cell, Point]]]:
    """Return the payoffs that continuations in a set support, the few that matter.

    Returns
    -------
    polygon : Polygon
    support : mapping
        For each vertex the first profile and the continuation.
    """
    d = payoffs.patience
    found: dict[Point, tuple[Cell, Point]] = {}
    most = max(x for x, _ in polygon), max(y for _, y in polygon)
    for cell, g, needed in payoffs.entries:
        low, left = threats[0] + needed[0], threats[1] + needed[1]
        if g[0] >= low and g[1] >= left:
            found[g] = (cell, g)
            continue
        if low > most[0] or left > most[1]:
            continue
        now = (1 - d) * g[0], (1 - d) * g[1]
        for w in _binding(polygon, low, left):
            found.setdefault((now[0] + d * w[0], now[1] + d * w[1]), (cell, w))
    return hull(found), found


def _binding(polygon: Polygon, low: Any, left: Any) -> list[Point]:
    """Return the extreme points, of those at or above two bounds, at which a bound binds."""
    points = []
    for axis, bound, other in ((0, low, left), (1, left, low)):
        ends = crossed(polygon, axis, bound)
        if not ends or ends[-1][1 - axis] < other:
            continue
        points.append(ends[-1])
        if ends[0][1 - axis] >= other:
            points.append(ends[0])
        else:
            points.append((low, left))
    return points


def all_generated(payoffs: StagePayoffs, polygon: Polygon, threats: Point) -> Polygon:
    """Return every payoff that continuations in a set support (Abreu, Pearce and Stacchetti)."""
    d = payoffs.patience
    return hull(
        ((1 - d) * g[0] + d * w[0], (1 - d) * g[1] + d * w[1])
        for _, g, needed in payoffs.entries
        for w in clipped(clipped(polygon, 0, threats[0] + needed[0]), 1, threats[1] + needed[1])
    )
