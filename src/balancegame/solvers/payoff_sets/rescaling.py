"""A game's own units, in which each player's payoffs are whole numbers from 0 up.

Payoff sets follow positive affine changes of each player's payoffs, and so does an answer that is
found in the game's own units, whatever those it was given in. Whole numbers without a common
divisor keep fractions short. A search rounds both players' payoffs to one grid, so neither may
dwarf the other's: a power of 2 sees to that.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from typing import Any

from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.payoff_sets.polygons import Point
from balancegame.solvers.payoff_sets.self_generation import StagePayoffs

# A zero and a unit of each player.
Units = tuple[tuple[Any, Any], ...]

# Payoffs of two players may differ in size by the first number of bits, and have the second.
HANDY_BITS = 8
MOST_BITS = 64


def own_units(stage: NormalFormGame) -> Units:
    """Return a zero and a unit of each player in which all payoffs are whole numbers.

    Irrational payoffs stay as they are.

    Examples
    --------
    >>> units = own_units(NormalFormGame([[["5.1", "5.7"]], [[20, 10]]]))
    >>> [(str(zero), str(unit)) for zero, unit in units]
    [('51/10', '3/5'), ('10', '10')]
    """
    entries = [[value for row in table for value in row] for table in stage.payoffs]
    if not all(isinstance(value, (int, Fraction)) for listed in entries for value in listed):
        return (0, 1), (0, 1)
    zeros = [min(listed) for listed in entries]
    units, bits = [], []
    for listed, zero in zip(entries, zeros, strict=True):
        common = lcm(*((value - zero).denominator for value in listed))
        whole = [int((value - zero) * common) for value in listed]
        divisor = gcd(*whole) or 1
        units.append(Fraction(divisor, common))
        bits.append((max(whole) // divisor).bit_length())
    most = min(max(bits), MOST_BITS)
    for player, size in enumerate(bits):
        if abs(most - size) > HANDY_BITS:
            units[player] *= Fraction(2) ** (size - most)
    return tuple(zip(zeros, units, strict=True))


def in_units(payoffs: StagePayoffs, units: Units) -> StagePayoffs:
    """Return the same payoffs counted from other zeros in other units.

    Examples
    --------
    >>> from balancegame.solvers.payoff_sets.self_generation import stage_payoffs
    >>> stage = NormalFormGame([[["5.1", "5.7"]], [[20, 10]]])
    >>> in_units(stage_payoffs(stage, Fraction(1, 2)), own_units(stage)).profiles
    (((0, 0), (0, 1), (0, 0)), ((0, 1), (1, 0), (0, 1)))
    """
    zeros, scales = zip(*units, strict=True)

    def changed(pair: Point, start: Point) -> Point:
        x, y = ((c - zero) / unit for c, zero, unit in zip(pair, start, scales, strict=True))
        return _plain(x), _plain(y)

    return StagePayoffs(
        tuple((cell, changed(g, zeros), changed(h, (0, 0))) for cell, g, h in payoffs.profiles),
        payoffs.patience,
    )


def back(point: Point, units: Units) -> Point:
    """Return a pair of payoffs as it was before it was counted in units."""
    x, y = (c * unit + zero for c, (zero, unit) in zip(point, units, strict=True))
    return x, y


def _plain(number: Any) -> Any:
    return number.numerator if isinstance(number, Fraction) and number.denominator == 1 else number
