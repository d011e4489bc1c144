r"""What keeps the core of a game as it is while values change.

The coalitions that are tight at each vertex make up the *structure* of the core. A vertex solves
the equations of its tight coalitions, whose coefficients are zeros and ones and do not change, so
that it is a linear function of the values, and so is what any coalition gets there beyond its
value. While these slacks keep their signs, the vertices stay, and since every edge from a vertex
leads to another of them, there are no others. An empty core stays empty while the balanced
collection that proves it is worth more than everybody.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from balancegame.games.coalitional import CoalitionalGame, Table
from balancegame.solvers.coalitional.least_excess import Basis, Programme, Row
from balancegame.solvers.coalitional.split_polytope import polytope_vertices

Form = Mapping[int, Fraction]
"""A linear function of the values of coalitions, by its coefficients."""


@dataclass(frozen=True)
class CoreStructure:
    """What identifies a core's structure, and the signs of linear functions that keep it."""

    key: Hashable
    corners: int
    conditions: tuple[tuple[Form, int], ...]


def core_structure(values: Sequence[Any], size: int) -> CoreStructure:
    """Return the structure of the core of a game given by the values of its coalitions."""
    everybody = (1 << size) - 1
    game = CoalitionalGame.of(
        tuple(f"player {i + 1}" for i in range(size)), ((Fraction(1), Table(tuple(values))),)
    )
    if size == 1:
        return CoreStructure("one player", 1, ())
    found = Programme(game, individual=False).solve()
    if found.excess > 0:
        covered = sum((weight for mask, weight in found.weights.items() if mask & 1), Fraction(0))
        form = {mask: weight / covered for mask, weight in found.weights.items()}
        return CoreStructure("empty", 0, (({**form, everybody: Fraction(-1)}, 1),))
    conditions: dict[tuple[tuple[int, Fraction], ...], int] = {}
    vertices = polytope_vertices(game.at, size, Fraction(0))
    for tight in vertices.values():
        split = _vertex_forms(tight, size)
        for mask in range(1, everybody):
            form = {mask: Fraction(-1)}
            for i in range(size):
                if mask >> i & 1:
                    for held, coefficient in split[i].items():
                        form[held] = form.get(held, Fraction(0)) + coefficient
            kept = tuple(sorted((held, c) for held, c in form.items() if c))
            if kept:
                conditions[kept] = 0 if tight >> mask & 1 else 1
    signs = tuple((dict(form), sign) for form, sign in conditions.items())
    return CoreStructure(frozenset(vertices.values()), len(vertices), signs)


def _vertex_forms(tight: int, size: int) -> list[dict[int, Fraction]]:
    """Return each player's part at a vertex as a linear function of the values."""
    basis = Basis(size)
    everybody = (1 << size) - 1
    for mask in (everybody, *(mask for mask in range(1, everybody) if tight >> mask & 1)):
        basis.take(Row(mask, False, 0))
    return [
        {
            row.mask: Fraction(column[i], basis.common)
            for row, column in zip(basis.rows, basis.columns, strict=True)
            if row is not None and column[i]
        }
        for i in range(size)
    ]
