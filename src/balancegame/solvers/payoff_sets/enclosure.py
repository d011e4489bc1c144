"""What encloses a payoff set: a set within it, which generates itself, and one around it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from balancegame.solvers.payoff_sets.certificate import contracts
from balancegame.solvers.payoff_sets.limit_search import settled
from balancegame.solvers.payoff_sets.polygons import Point, Polygon, common_part, contains, hull
from balancegame.solvers.payoff_sets.self_generation import (
    StagePayoffs,
    all_generated,
    lowest,
    threats,
)

# The shares of the way to its centre by which a set shrinks or grows in each step, as powers of 10.
EXPONENTS = range(-11, -2)
# How many steps come before each set that is worth a look; irrational numbers allow the first.
STEPS = (1, 1, 1, 1, 1, 1, 2, 2, 4, 8, 16, 32, 64, 128, 256)
FEW_STEPS = STEPS[:6]
# Bits of the largest payoff on the grid to which outer steps round, and what they leave as it is.
BITS = 40
SHORT_DENOMINATOR = 2**60


def sets_around(payoffs: StagePayoffs, outer: Polygon, least: Point) -> Iterator[Polygon]:
    """Yield ever closer sets around the truth from one on, until one reproduces itself."""
    yield outer
    for steps in STEPS if payoffs.is_rational else FEW_STEPS:
        for _ in range(steps):
            before, outer = outer, outer_step(payoffs, outer, least)
            if not outer or outer == before:
                yield outer
                return
        yield outer


def outer_step(payoffs: StagePayoffs, polygon: Polygon, least: Point) -> Polygon:
    """Return a set that holds all payoffs that continuations in a set support.

    Long numbers are rounded to a grid. No equilibrium payoff is below the least.
    """
    found = all_generated(payoffs, polygon, threats(polygon, least))
    if not payoffs.is_rational:
        return found
    largest = max(abs(c) for column in payoffs.columns[:2] for c in column)
    unit = Fraction(2) ** (int(largest).bit_length() - BITS)

    def around(c: Any) -> tuple[Any, ...]:
        return (
            (c,) if c.denominator <= SHORT_DENOMINATOR else (c // unit * unit, -(-c // unit) * unit)
        )

    return hull(corner for x, y in found for corner in product(around(x), around(y)))


def enclosed(payoffs: StagePayoffs, outer: Polygon, limit: Polygon) -> tuple[Polygon, Polygon]:
    """Return a closer set around the truth and one within it, near a limit if one is known."""
    near = limit or settled(payoffs, outer) or outer
    rational = all(isinstance(c, (int, Fraction)) for point in limit for c in point)
    inner = limit if limit and rational else inside_by_shrinking(payoffs, near)
    around = common_part(closest_around(payoffs, near, outer) or outer, outer)
    return around, hull([*inner, *payoffs.stage_equilibria])


def inside_by_shrinking(payoffs: StagePayoffs, polygon: Polygon) -> Polygon:
    """Return a set near another that is proved to hold equilibrium payoffs only.

    Where the truth is irrational no rational set reproduces itself exactly, but one a little
    smaller lies inside what it generates.
    """
    for exponent in EXPONENTS[::2]:
        found = hull(settled(payoffs, polygon, lost=10.0**exponent))
        if found and stays_inside(found, all_generated(payoffs, found, lowest(found))):
            return found
    return ()


def closest_around(payoffs: StagePayoffs, near: Polygon, outer: Polygon) -> Polygon:
    """Return the closest set around one to which all of an outer set is proved to shrink.

    A set that grows a little in each step settles where it holds what it generates. If the outer
    set shrinks to one of them, that may shrink to a closer one. Empty, if there is none.
    """
    best: Polygon = ()
    for exponent in reversed(EXPONENTS):
        found = hull(settled(payoffs, near, lost=-(10.0**exponent)))
        bases = (best, common_part(best, outer)) if best else (outer,)
        if any(contracts(payoffs, found, hull([*base, *found])) for base in bases):
            best = found
    return best


def stays_inside(inner: Polygon, outer: Polygon) -> bool:
    """Return whether every vertex of a polygon lies in another."""
    return all(contains(outer, point) for point in inner)
