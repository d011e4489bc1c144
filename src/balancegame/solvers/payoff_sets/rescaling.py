"""A game's own units, in which each player's payoffs are whole numbers from 0 up.

Payoff sets follow positive affine changes of each player's payoffs, and so does an answer that is
found in the game's own units, whatever those it was given in. Whole numbers without a common
divisor keep fractions short. A search rounds both players' payoffs to one grid, so neither may
dwarf the other's: a power of 2 sees to that.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from balancegame.exact import exact
from balancegame.exact.algebraic import Algebraic
from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.payoff_sets.polygons import Point, Polygon

Table = Sequence[Sequence[Any]]
# A zero and a unit of each player.
Units = tuple[tuple[Any, Any], ...]

# Payoffs of two players may differ in size by the first number of bits, and have the second.
HANDY_BITS = 8
MOST_BITS = 64


def in_own_units(stage: NormalFormGame) -> tuple[tuple[Table, Table], Units]:
    """Return payoffs as whole numbers, and a zero and a unit of each player in which they are so.

    Irrational payoffs stay as they are.

    Examples
    --------
    >>> tables, units = in_own_units(NormalFormGame([[["5.1", "5.7"]], [[20, 10]]]))
    >>> tables, [(str(zero), str(unit)) for zero, unit in units]
    (([[0, 1]], [[1, 0]]), [('51/10', '3/5'), ('10', '10')])
    """
    try:
        (first, ours), (second, theirs) = map(_whole, stage.payoffs)
    except AttributeError:
        return stage.payoffs, ((0, 1), (0, 1))
    sizes = [max(map(max, table)).bit_length() for table in (first, second)]
    most = min(max(sizes), MOST_BITS)
    tables: list[Table] = [first, second]
    units = [ours, theirs]
    for player, size in enumerate(sizes):
        if abs(most - size) > HANDY_BITS:
            times, (zero, unit) = Fraction(2) ** (most - size), units[player]
            tables[player] = [[value * times for value in row] for row in tables[player]]
            units[player] = zero, unit / times
    return (tables[0], tables[1]), tuple(units)


def _whole(table: Table) -> tuple[list[list[int]], tuple[Fraction, Fraction]]:
    """Return a table in whole numbers from 0 up without a common divisor, its zero and its unit."""
    ratios = [value.as_integer_ratio() for row in table for value in row]
    common = lcm(*{bottom for _, bottom in ratios})
    tops = [top * (common // bottom) for top, bottom in ratios]
    least, width = min(tops), len(table[0])
    tops = [top - least for top in tops]
    divisor = gcd(*tops) or 1
    if divisor > 1:
        tops = [top // divisor for top in tops]
    rows = [tops[start : start + width] for start in range(0, len(tops), width)]
    return rows, (Fraction(least, common), Fraction(divisor, common))


def back(points: Sequence[Point], units: Units) -> Polygon:
    """Return pairs of payoffs as they were before they were counted in units."""
    first, second = units
    xs, ys = _back([x for x, _ in points], *first), _back([y for _, y in points], *second)
    return tuple(zip(xs, ys, strict=True))


def _back(numbers: Sequence[Any], zero: Any, unit: Any) -> list[Any]:
    if not isinstance(unit, Fraction) or any(isinstance(n, Algebraic) for n in numbers):
        return [number * unit + zero for number in numbers]
    # One fraction in place of two, and whole numbers as they are known.
    (a, b), (c, d) = unit.as_integer_ratio(), zero.as_integer_ratio()
    times, more, by = a * d, b * c, b * d
    ratios = [number.as_integer_ratio() for number in numbers]
    return [
        exact(top * times + more)
        if by == bottom == 1
        else Fraction(top * times + bottom * more, bottom * by)
        for top, bottom in ratios
    ]
