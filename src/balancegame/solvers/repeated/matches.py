r"""Matches of two automata: what each gets on average, exactly.

Two automata that make no mistakes follow a path of h periods into a cycle of L. With a discount
factor d = p/q, the average payoff is

.. math:: (1 - d) \sum_{t < h} d^t u_t + d^h \frac{\sum_{j < L} d^j u_{h+j}}{1 + d + ... + d^{L-1}}
   = \frac{(q - p) H G + p^h C}{q^h G},

where H and C are the sums over head and cycle, and G is 1 + d + ... + d^(L-1), each times the power
of q that makes it a whole number. So a match is a few operations on whole numbers.

With mistakes a player does, with probability e, not what the automaton says but another action,
each of the others equally likely. Both see what was done. Play is then a Markov chain on the pairs
of states, and the averages solve V = (1 - d) r + d P V.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm, prod
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.games.repeated import RepeatedGame
from balancegame.solvers.repeated.compact_automata import CompactAutomaton

Pair = tuple[int, int]
# The coefficients of an equation that are not zero, by the numbers of the unknowns.
Row = dict[int, int]


@dataclass(frozen=True)
class Rules:
    """How the matches of a repeated game of two players are counted, in whole numbers."""

    game: RepeatedGame
    mistakes: Any = 0

    def __post_init__(self) -> None:
        mistakes = exact(self.mistakes, "the probability of a mistake")
        if not 0 <= mistakes < 1:
            raise GameError(
                f"{plain(mistakes)} is not the probability of a mistake; choose one from 0 to less "
                "than 1."
            )
        object.__setattr__(self, "mistakes", mistakes)

    @cached_property
    def scale(self) -> int:
        """What payoffs are multiplied by to be whole numbers."""
        entries = (u for c in self.game.stage.cells() for u in self.game.stage.payoffs_at(c))
        return lcm(*(u.denominator for u in entries))

    @cached_property
    def payoffs(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The payoffs of each player, cell by cell, times the scale."""
        stage = self.game.stage
        first, second = zip(*map(stage.payoffs_at, stage.cells()), strict=True)
        return tuple(int(u * self.scale) for u in first), tuple(int(u * self.scale) for u in second)

    @cached_property
    def done(self) -> tuple[tuple[int, ...], ...]:
        """For each cell that is meant, how often each cell is done, out of :attr:`cases`."""
        cells = list(self.game.stage.cells())
        return tuple(tuple(self._how_often(meant, cell) for cell in cells) for meant in cells)

    @property
    def cases(self) -> int:
        """Out of how many equally likely cases something happens in a period."""
        return prod(self._of_a_player(i) for i in range(2))

    def _how_often(self, meant: tuple[int, ...], done: tuple[int, ...]) -> int:
        times = 1
        for i in range(2):
            others = self.game.stage.shape[i] - 1
            if others:
                wrong = self.mistakes.numerator
                right = (self.mistakes.denominator - wrong) * others
                times *= right if meant[i] == done[i] else wrong
        return times

    def _of_a_player(self, i: int) -> int:
        others: int = self.game.stage.shape[i] - 1
        return self.mistakes.denominator * others if others else 1


def match_payoffs(
    rules: Rules, first: CompactAutomaton, second: CompactAutomaton
) -> tuple[Fraction, ...]:
    """Return what each of two automata gets on average when they meet in these roles."""
    if rules.mistakes:
        values = values_with_mistakes(rules, first, second, everywhere=False)
        return values[0, 0]
    return _without_mistakes(rules, first, second)


def _without_mistakes(
    rules: Rules, first: CompactAutomaton, second: CompactAutomaton
) -> tuple[Fraction, ...]:
    columns = rules.game.stage.shape[1]
    width = len(second.actions)
    seen = [-1] * (len(first.actions) * width)
    path: list[int] = []
    s = t = 0
    while seen[s * width + t] < 0:
        seen[s * width + t] = len(path)
        cell = first.actions[s] * columns + second.actions[t]
        path.append(cell)
        s, t = first.moves[s][cell], second.moves[t][cell]
    head = seen[s * width + t]
    p, q = rules.game.patience.numerator, rules.game.patience.denominator
    whole, power = 0, 1
    for _ in path[head:]:
        whole = whole * q + power
        power *= p
    below = q**head * whole * rules.scale
    found = []
    for payoffs in rules.payoffs:
        later, power = 0, 1
        for cell in reversed(path[head:]):
            later = payoffs[cell] * power + p * later
            power *= q
        early, power = 0, 1
        for cell in reversed(path[:head]):
            early = payoffs[cell] * power + p * early
            power *= q
        found.append(Fraction((q - p) * early * whole + p**head * later, below))
    return tuple(found)


def values_with_mistakes(
    rules: Rules, first: CompactAutomaton, second: CompactAutomaton, *, everywhere: bool = True
) -> dict[Pair, tuple[Fraction, ...]]:
    """Return what each gets on average from each pair of states on that a history can lead to.

    If not ``everywhere``, from the start only.
    """
    pairs = [*reachable(first, second)]
    # The start comes last, where elimination finds it first.
    pairs.reverse()
    numbers = {pair: number for number, pair in enumerate(pairs)}
    columns = rules.game.stage.shape[1]
    equations = []
    for s, t in pairs:
        meant = first.actions[s] * columns + second.actions[t]
        following = [numbers[to] for to in zip(first.moves[s], second.moves[t], strict=True)]
        equations.append(equation(rules, numbers[s, t], rules.done[meant], following))
    values = solved(equations, everywhere=everywhere)
    return {
        pair: tuple(value / rules.scale for value in values[number])
        for pair, number in numbers.items()
        if number in values
    }


def reachable(first: CompactAutomaton, second: CompactAutomaton) -> Iterator[Pair]:
    """Return each pair of states to which some history leads, from the start on."""
    order = {(0, 0): None}
    waiting = [(0, 0)]
    for s, t in waiting:
        for to in zip(first.moves[s], second.moves[t], strict=True):
            if to not in order:
                order[to] = None
                waiting.append(to)
    return iter(order)


def equation(
    rules: Rules, state: int, often: tuple[int, ...], following: list[int]
) -> tuple[Row, list[int]]:
    """Return V(state) = (1 - d) r + d P V in whole numbers: coefficients and right sides."""
    p, q = rules.game.patience.numerator, rules.game.patience.denominator
    row: Row = {state: q * rules.cases}
    for times, to in zip(often, following, strict=True):
        if times:
            row[to] = row.get(to, 0) - p * times
    rights = [
        (q - p) * sum(times * u for times, u in zip(often, payoffs, strict=True))
        for payoffs in rules.payoffs
    ]
    return row, rights


def solved(
    equations: list[tuple[Row, list[int]]], *, everywhere: bool = True
) -> dict[int, list[Fraction]]:
    """Return the unknowns of equations whose diagonal outweighs each row, by elimination.

    Such a matrix needs no other pivots than those of its diagonal. Rows stay whole numbers. If not
    ``everywhere``, only the last unknown is returned.
    """
    size = len(equations)
    rows = [[*(row.get(column, 0) for column in range(size)), *rights] for row, rights in equations]
    before = 1
    for k in range(size - 1):
        pivot, top = rows[k][k], rows[k]
        for below in range(k + 1, size):
            row = rows[below]
            factor = row[k]
            # Bareiss 1968: the division leaves no remainder.
            row[k + 1 :] = [
                (pivot * x - factor * y) // before
                for x, y in zip(row[k + 1 :], top[k + 1 :], strict=True)
            ]
            row[k] = 0
        before = pivot
    found: dict[int, list[Fraction]] = {}
    for k in reversed(range(size)) if everywhere else [size - 1]:
        row = rows[k]
        found[k] = [
            (row[size + side] - sum(row[j] * found[j][side] for j in range(k + 1, size) if row[j]))
            / Fraction(row[k])
            for side in range(2)
        ]
    return found
