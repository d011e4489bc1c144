r"""Markov-perfect equilibria, mixed ones too, of two players with two actions in two worlds.

Write D for what the first world is worth more than the second to a player: D = V(0) - V(1). In
world w, a cell with chance p of the first world next is worth, but for a constant :math:`\delta
V(1)` that is the same in all cells,

.. math:: m(D) = (1 - \delta) u + \delta p D,

a line in D. So each world is a 2 x 2 game whose entries are lines in D. A player against whom the
other mixes is indifferent, which says how the other mixes and what the world is worth: the
determinant of the player's matrix over :math:`L = m_{00} - m_{01} - m_{10} + m_{11}`. Against an
action the world is worth the entry. That V(0) - V(1) is D again is an equation in D alone, of
degree 3 at most, a different one for each player; its real roots are found exactly.

Where somebody is indifferent without mixing, equilibria come in continua. Those found include the
corners: there whoever mixes makes the other indifferent, or the other would have a reason to be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import lcm
from types import MappingProxyType
from typing import Any

from balancegame.exact.algebraic import number_at_place
from balancegame.exact.polynomials import add, multiply, negative, squarefree, trim
from balancegame.exact.roots import roots_between
from balancegame.games.stochastic import StochasticGame

MIXES = 2
"""Stands for mixing among the actions 0 and 1."""

Line = tuple[Any, ...]
# Own action, the other's action in each world; either may mix.
Kinds = tuple[tuple[int, int], tuple[int, int]]
Found = tuple[Mapping[str, Any], Mapping[str, Any], bool]


@dataclass(frozen=True)
class _Side:
    """What one player knows once it is clear who takes or mixes what."""

    # How likely the other's first action is in each world where the other mixes.
    shares: tuple[Any, Any]
    values: tuple[Any, Any]
    # Whether the player is indifferent in each world.
    tied: tuple[bool, bool]


def equilibria_of_two_by_two(game: StochasticGame) -> Iterator[Found]:
    """Yield strategies and payoffs by state, and whether no player has further best actions."""
    sides = [_lines(game, player) for player in (0, 1)]
    known: list[dict[Any, list[_Side]]] = [{}, {}]

    def solved(player: int, kinds: Kinds) -> list[_Side]:
        # Against a mixing player one's own action tells nothing.
        key = tuple((0 if other == MIXES else own, other) for own, other in kinds)
        if key not in known[player]:
            known[player][key] = list(_solutions(sides[player], key, game.patience))
        return known[player][key]

    listed = sorted(product((0, 1, MIXES), repeat=4), key=lambda acts: (MIXES in acts, acts))
    for a, b, c, e in listed:
        first, second = solved(0, ((a, b), (c, e))), solved(1, ((b, a), (e, c)))
        for one, two in product(first, second):
            strategies, payoffs, strict = {}, {}, True
            for w, (own, other) in enumerate(((a, b), (c, e))):
                state = game.states[w]
                strategies[state] = (_mixed(own, two.shares[w]), _mixed(other, one.shares[w]))
                payoffs[state] = (one.values[w], two.values[w])
                strict &= one.tied[w] == (own == MIXES) and two.tied[w] == (other == MIXES)
            yield MappingProxyType(strategies), MappingProxyType(payoffs), strict


def _mixed(action: int, share: Any) -> tuple[Any, Any]:
    first = share if action == MIXES else Fraction(int(action == 0))
    return first, 1 - first


def _lines(game: StochasticGame, player: int) -> list[list[list[Line]]]:
    """Return each world's matrix of lines in D, rows for the player's own actions."""
    d = game.patience
    worlds = []
    for world, stage in enumerate(game.stages):
        rows: list[list[Line]] = []
        for own in (0, 1):
            row: list[Line] = []
            for other in (0, 1):
                cell = (own, other) if player == 0 else (other, own)
                chance = game.odds(world, cell).get(0, Fraction(0))
                row.append(trim(((1 - d) * stage.at(player, cell), d * chance)))
            rows.append(row)
        worlds.append(rows)
    return worlds


def _solutions(worlds: list[list[list[Line]]], kinds: Any, d: Fraction) -> Iterator[_Side]:
    """Yield what a player's values can be, given what both do in each world."""
    (top, bottom), (other_top, other_bottom) = (
        _worth(matrix, own, other) for matrix, (own, other) in zip(worlds, kinds, strict=True)
    )
    # D = top/bottom - other_top/other_bottom, multiplied out.
    equation = add(
        multiply(multiply(bottom, other_bottom), (0, 1)),
        add(negative(multiply(top, other_bottom)), multiply(other_top, bottom)),
    )
    if not equation or not bottom or not other_bottom:
        return
    scale = lcm(*(Fraction(c).denominator for c in equation))
    whole = tuple(int(c * scale) for c in equation)
    # Averages lie between the least and the greatest payoff, so D does between their differences.
    reach = 2 * max(abs(line[0]) for m in worlds for row in m for line in row if line) / (1 - d)
    for root in roots_between(squarefree(whole), -reach, reach):
        gap = number_at_place(root)
        if side := _checked(worlds, kinds, gap, d):
            yield side


def _worth(matrix: list[list[Line]], own: int, other: int) -> tuple[Line, Line]:
    """Return what a world is worth to the player as a quotient of polynomials in D."""
    (a, b), (c, e) = matrix
    if other != MIXES:
        return matrix[0 if own == MIXES else own][other], (Fraction(1),)
    determinant = add(multiply(a, e), negative(multiply(b, c)))
    return determinant, add(add(a, e), negative(add(b, c)))


def _checked(worlds: list[list[list[Line]]], kinds: Any, gap: Any, d: Fraction) -> _Side | None:
    """Return a player's side at one D if the player has no reason to act otherwise."""
    shares: list[Any] = [None, None]
    tied, worth = [True, True], []
    for w, (own, other) in enumerate(kinds):
        (a, b), (c, e) = ([_at(line, gap) for line in row] for row in worlds[w])
        if other == MIXES:
            slope = a - b - c + e
            if not slope:
                return None
            shares[w] = (e - b) / slope
            if not 0 < shares[w] < 1:
                return None
            worth.append((a * e - b * c) / slope)
            continue
        column = (b, e) if other else (a, c)
        difference = column[0] - column[1]
        tied[w] = not difference
        if (own == MIXES and difference) or (difference and (difference > 0) != (own == 0)):
            return None
        worth.append(column[0 if own == MIXES else own])
    second = worth[1] / (1 - d)
    return _Side((shares[0], shares[1]), (second + gap, second), (tied[0], tied[1]))


def _at(line: Line, gap: Any) -> Any:
    value: Any = Fraction(0)
    for c in reversed(line):
        value = value * gap + c
    return value
