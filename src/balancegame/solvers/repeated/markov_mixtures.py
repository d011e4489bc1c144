r"""Markov-perfect equilibria, mixed ones too, of two players with two actions in two worlds.

Write D for what the first world is worth more than the second to a player: D = V(0) - V(1). In
world w, a cell with chance p of the first world next is worth, but for a constant :math:`\delta
V(1)` that is the same in all cells,

.. math:: m(D) = (1 - \delta) u + \delta p D,

a line in D. So each world is a 2 x 2 game whose entries are lines in D, and a player's D says
what is best everywhere. As the other mixes in no world, one or two, something must say how; what
says it are the player's indifferences, and that V(0) - V(1) is D again:

- Indifferent in a world in which the other mixes, with :math:`L = m_{00} - m_{01} - m_{10} +
  m_{11}` not zero: the other's first action has chance :math:`(m_{11} - m_{01}) / L`, and the world
  is worth the determinant over L. With this in each world in which the other mixes, and an entry of
  the matrix in others, V(0) - V(1) = D is an equation in D alone, of degree 3 at most; its real
  roots are found exactly.
- Indifferent in a world whatever the other mixes there, or against the one action that the other
  takes there: this happens at one D, a root of lines. An action that pays nothing today and only
  steers the world is so at D = 0. Then V(0) - V(1) = D says how the other mixes in the one world
  that is left, be it the same or the other one.

Where somebody is indifferent without mixing, equilibria come in continua. Those found include the
corners: at the ends of what is left open, the other stops mixing or a further indifference is met.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import lcm
from types import MappingProxyType
from typing import Any

from balancegame.errors import GameError
from balancegame.exact.algebraic import number_at_place
from balancegame.exact.polynomials import add, multiply, negative, squarefree, trim
from balancegame.exact.roots import roots_between
from balancegame.games.stochastic import StochasticGame

MIXES = 2
"""Stands for mixing among the actions 0 and 1."""

Line = tuple[Any, ...]
# Own action, the other's action in each world; either may mix.
Kinds = tuple[tuple[int, int], tuple[int, int]]
Profiles = Mapping[str, tuple[tuple[Any, ...], ...]]
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
    known: list[dict[Kinds, list[_Side]]] = [{}, {}]
    balanced: list[dict[Kinds, list[_Side]]] = [{}, {}]

    def solved(player: int, kinds: Kinds) -> list[_Side]:
        if kinds not in known[player]:
            worlds, d = sides[player], game.patience
            # Whoever is indifferent where the other mixes may do anything there.
            (a, b), (c, e) = kinds
            loose = ((MIXES if b == MIXES else a, b), (MIXES if e == MIXES else c, e))
            if loose not in balanced[player]:
                balanced[player][loose] = list(
                    _sides(worlds, loose, _balanced(worlds, loose, d), d)
                )
            found = balanced[player][loose]
            if MIXES in (b, e):
                level = _sides(worlds, kinds, _levels(worlds, kinds), d)
                found = found + [side for side in level if side not in found]
            known[player][kinds] = found
        return known[player][kinds]

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


def _sides(
    worlds: list[list[list[Line]]], kinds: Kinds, gaps: list[Any], d: Fraction
) -> Iterator[_Side]:
    for gap in gaps:
        if side := _side(worlds, kinds, gap, d):
            yield side


def _balanced(worlds: list[list[list[Line]]], kinds: Kinds, d: Fraction) -> list[Any]:
    """Return each D that comes back if the player is indifferent wherever the other mixes."""
    (top, bottom), (other_top, other_bottom) = (
        _worth(matrix, own, other) for matrix, (own, other) in zip(worlds, kinds, strict=True)
    )
    # D = top/bottom - other_top/other_bottom, multiplied out.
    equation = add(
        multiply(multiply(bottom, other_bottom), (0, 1)),
        add(negative(multiply(top, other_bottom)), multiply(other_top, bottom)),
    )
    if not equation or not bottom or not other_bottom:
        return []
    scale = lcm(*(Fraction(c).denominator for c in equation))
    whole = tuple(int(c * scale) for c in equation)
    # Averages lie between the least and the greatest payoff, so D does between their differences.
    reach = 2 * max(abs(line[0]) for m in worlds for row in m for line in row if line) / (1 - d)
    return [number_at_place(root) for root in roots_between(squarefree(whole), -reach, reach)]


def _worth(matrix: list[list[Line]], own: int, other: int) -> tuple[Line, Line]:
    """Return what a world is worth to the player as a quotient of polynomials in D."""
    (a, b), (c, e) = matrix
    if other != MIXES:
        return matrix[_row(own)][other], (Fraction(1),)
    determinant = add(multiply(a, e), negative(multiply(b, c)))
    return determinant, add(add(a, e), negative(add(b, c)))


def _row(own: int) -> int:
    # Whoever mixes gets the same from both actions.
    return 0 if own == MIXES else own


def _levels(worlds: list[list[list[Line]]], kinds: Kinds) -> list[Fraction]:
    """Return each D at which both of the player's actions are worth the same in some world.

    They must be so against each action that the other may take there, at this D and at no other.
    """
    gaps: list[Fraction] = []
    for matrix, (_, other) in zip(worlds, kinds, strict=True):
        columns = (0, 1) if other == MIXES else (other,)
        lines = [trim(add(matrix[0][k], negative(matrix[1][k]))) for k in columns]
        roots = {-line[0] / line[1] if len(line) > 1 else None for line in lines if line}
        gap = roots.pop() if len(roots) == 1 else None
        if gap is not None and gap not in gaps:
            gaps.append(gap)
    return gaps


def _side(worlds: list[list[list[Line]]], kinds: Kinds, gap: Any, d: Fraction) -> _Side | None:
    """Return a player's side at one D if the player has no reason to act otherwise."""
    matrices = [[[_at(line, gap) for line in row] for row in matrix] for matrix in worlds]
    shares = _shares(matrices, kinds, gap)
    if shares is None:
        return None
    tied, worth = [True, True], [gap, gap]
    for w, (own, other) in enumerate(kinds):
        share = shares[w] if other == MIXES else Fraction(int(other == 0))
        first, second = (_mean(row, share) for row in matrices[w])
        tied[w] = first == second
        if not tied[w] and (own == MIXES or (first > second) != (own == 0)):
            return None
        worth[w] = (first, second)[_row(own)]
    if worth[0] - worth[1] != gap:
        return None
    later = worth[1] / (1 - d)
    return _Side(shares, (later + gap, later), (tied[0], tied[1]))


def _shares(matrices: list[list[list[Any]]], kinds: Kinds, gap: Any) -> tuple[Any, Any] | None:
    """Return how the other mixes, or None if it cannot, or if D leaves that open."""
    mixing = [w for w, (_, other) in enumerate(kinds) if other == MIXES]
    rows = [matrix[_row(own)] for matrix, (own, _) in zip(matrices, kinds, strict=True)]
    slopes = [a - b - c + e for (a, b), (c, e) in matrices]
    if len(mixing) == 1:
        # What the two worlds are worth says it, unless this one is worth the same anyway.
        rest = [w for w in mixing if rows[w][0] != rows[w][1]]
    else:
        rest = [w for w in mixing if not slopes[w]]
    if len(rest) > 1:
        return None
    shares: list[Any] = [None, None]
    for w in mixing:
        if w not in rest:
            if not slopes[w]:
                return None
            (_, b), (_, e) = matrices[w]
            shares[w] = (e - b) / slopes[w]
    for w in rest:
        left, right = rows[w]
        if left == right:
            return None
        other = kinds[1 - w][1]
        share = shares[1 - w] if other == MIXES else Fraction(int(other == 0))
        here = _mean(rows[1 - w], share) + (-gap if w else gap)
        shares[w] = (here - right) / (left - right)
    if not all(0 < shares[w] < 1 for w in mixing):
        return None
    return shares[0], shares[1]


def _mean(row: list[Any], share: Any) -> Any:
    return share * row[0] + (1 - share) * row[1]


def _at(line: Line, gap: Any) -> Any:
    value: Any = Fraction(0)
    for c in reversed(line):
        value = value * gap + c
    return value


def is_joined(game: StochasticGame, one: Profiles, other: Profiles) -> bool:
    """Return whether two equilibria differ in one mixture, and all between them are equilibria.

    The player whose mixture differs in a world has the same best actions all along, as nobody else
    changes. What the other is worth is a quotient of two lines in the share s of the way, by
    Cramer's rule, for s enters one row only. So in the other world a departure gains a line over a
    positive line, and in this world a quadratic over it: only that can be positive between two ends
    at which it is not.
    """
    changed = [
        (w, i)
        for w, state in enumerate(game.states)
        for i in (0, 1)
        if one[state][i] != other[state][i]
    ]
    if len(changed) != 1:
        return False
    ((world, mover),) = changed
    try:
        gains = [
            _gains(game, one, other, world, mover, share)
            for share in (Fraction(0), Fraction(1, 2), Fraction(1))
        ]
    except GameError:
        # Irrational numbers of two kinds, which do not meet in one sum.
        return False
    for start, middle, end in zip(*gains, strict=True):
        square, line = 2 * (start + end) - 4 * middle, 4 * middle - 3 * start - end
        inside = square < 0 and 0 < line < -2 * square
        if inside and 4 * square * start < line * line:
            return False
    return True


def _gains(
    game: StochasticGame, one: Profiles, other: Profiles, world: int, mover: int, share: Any
) -> list[Any]:
    """Return what the player who stays gains from each action in a world, times a positive line."""
    d, player = game.patience, 1 - mover
    rows = []
    for w, state in enumerate(game.states):
        mixes = [
            tuple((1 - share) * a + share * b for a, b in zip(left, right, strict=True))
            for left, right in zip(one[state], other[state], strict=True)
        ]
        actions = []
        for own in (0, 1):
            now, first = Fraction(0), Fraction(0)
            for theirs in (0, 1):
                cell = (own, theirs) if player == 0 else (theirs, own)
                weight = mixes[mover][theirs]
                now += weight * (1 - d) * game.stages[w].at(player, cell)
                first += weight * d * game.odds(w, cell).get(0, Fraction(0))
            actions.append((now, first, d - first))
        rows.append(
            (
                actions,
                tuple(_mean(list(pair), mixes[player][0]) for pair in zip(*actions, strict=True)),
            )
        )
    (_, (now, stays, leaves)), (_, (later, back, lasts)) = rows
    weight = (1 - stays) * (1 - lasts) - leaves * back
    values = now * (1 - lasts) + leaves * later, later * (1 - stays) + back * now
    return [
        now * weight + first * values[0] + second * values[1] - values[world]
        for now, first, second in rows[world][0]
    ]
