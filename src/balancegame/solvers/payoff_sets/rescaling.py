"""A game's own units, in which each player's payoffs are whole numbers from 0 up.

Payoff sets follow positive affine changes of each player's payoffs, and so does an answer that is
found in the game's own units, whatever those it was given in. Whole numbers without a common
divisor keep fractions short. A search rounds both players' payoffs to one grid, so neither may
dwarf the other's: a power of 2 sees to that.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import chain
from math import gcd, lcm
from typing import Any

from balancegame.exact import exact
from balancegame.exact.algebraic import Algebraic
from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.payoff_sets.polygons import Point, Polygon

# A player's payoffs are numbers of the first kind times the second plus the first, over the third.
Unit = tuple[Any, Any, Any]

# Payoffs of two players may differ in size by the first number of bits, and have the second.
HANDY_BITS = 8
MOST_BITS = 64


def in_own_units(stage: NormalFormGame) -> tuple[list[list[Any]], list[Unit]]:
    """Return both players' payoffs as whole numbers, profile by profile, and what they stand for.

    That is, for each player a zero and a unit, as numerators, and their denominator. Irrational
    payoffs stay as they are.

    Examples
    --------
    >>> in_own_units(NormalFormGame([[["5.1", "5.7"]], [[20, 10]]]))
    ([[0, 1], [1, 0]], [(51, 6, 10), (10, 10, 1)])
    """
    given = [list(chain.from_iterable(table)) for table in stage.payoffs]
    try:
        columns, units = map(list, zip(*map(_whole, given), strict=True))
    except AttributeError:
        return given, [(0, 1, 1)] * 2
    sizes = [max(column).bit_length() for column in columns]
    most = min(max(sizes), MOST_BITS)
    for player, size in enumerate(sizes):
        if abs(most - size) > HANDY_BITS:
            times, (zero, unit, by) = Fraction(2) ** (most - size), units[player]
            columns[player] = [value * times for value in columns[player]]
            units[player] = zero, unit / times, by
    return columns, units


def _whole(payoffs: Sequence[Fraction]) -> tuple[list[Any], Unit]:
    """Return numbers as whole ones from 0 up without a common divisor, and what they stand for."""
    tops: Sequence[int]
    tops, bottoms = zip(*map(Fraction.as_integer_ratio, payoffs), strict=True)
    common = lcm(*{*bottoms})
    if common > 1:
        tops = [top * (common // bottom) for top, bottom in zip(tops, bottoms, strict=True)]
    least = min(tops)
    whole = [top - least for top in tops]
    if (divisor := gcd(*whole) or 1) > 1:
        whole = [number // divisor for number in whole]
    return whole, (least, divisor, common)


def back(points: Sequence[Point], units: Sequence[Unit]) -> Polygon:
    """Return pairs of payoffs as they were before they were counted in units."""
    xs, ys = (
        [_back(point[player], *unit) for point in points] for player, unit in enumerate(units)
    )
    return tuple(zip(xs, ys, strict=True))


def _back(number: Any, zero: Any, unit: Any, by: Any) -> Any:
    if isinstance(number, Algebraic):
        return (number * unit + zero) / by
    # One fraction in place of several, and whole numbers as they are known.
    top, bottom = number.as_integer_ratio()
    top = top * unit + bottom * zero
    return exact(top) if by == bottom == 1 else Fraction(top, bottom * by)
