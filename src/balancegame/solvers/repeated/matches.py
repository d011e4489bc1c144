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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.games.repeated import RepeatedGame
from balancegame.solvers.repeated.compact_automata import CompactAutomaton
from balancegame.solvers.repeated.state_reduction import Values, solve

Pair = tuple[int, int]


@dataclass(frozen=True)
class Rules:
    """How the matches of a repeated game of two players are counted."""

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
        cells = self.game.stage.cells()
        entries = [u for cell in cells for u in self.game.stage.payoffs_at(cell)]
        if not all(isinstance(u, Fraction) for u in (self.game.patience, mistakes, *entries)):
            raise GameError(
                "a tournament needs payoffs, a discount factor and mistakes that are fractions; "
                "give others in place of roots."
            )

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
    def chances(self) -> tuple[tuple[Fraction, ...], ...]:
        """For each cell that is meant, how likely each cell is to be done."""
        cells = list(self.game.stage.cells())
        return tuple(
            tuple(self._chance(0, meant, done) * self._chance(1, meant, done) for done in cells)
            for meant in cells
        )

    @cached_property
    def gains(self) -> tuple[tuple[Fraction, ...], ...]:
        """For each cell that is meant, what each player gets of it on average, times 1 - d."""
        weight = (1 - self.game.patience) / self.scale
        return tuple(
            tuple(
                weight * sum(chance * u for chance, u in zip(chances, payoffs, strict=True))
                for payoffs in self.payoffs
            )
            for chances in self.chances
        )

    def values(self, meant: Sequence[int], following: Sequence[Sequence[int]]) -> Values:
        """Return what each player gets on average from each state on.

        In a state some cell is meant, and after each cell that may be done some state follows.
        """
        weights: list[dict[int, Fraction]] = []
        for cell, states in zip(meant, following, strict=True):
            weights.append({})
            for chance, to in zip(self.chances[cell], states, strict=True):
                if chance:
                    weights[-1][to] = weights[-1].get(to, 0) + self.game.patience * chance
        return solve([self.gains[cell] for cell in meant], weights)

    def _chance(self, player: int, meant: tuple[int, ...], done: tuple[int, ...]) -> Fraction:
        others = self.game.stage.shape[player] - 1
        if not others:
            return Fraction(1)
        right: Fraction = 1 - self.mistakes
        return right if meant[player] == done[player] else self.mistakes / others


def match_payoffs(
    rules: Rules, first: CompactAutomaton, second: CompactAutomaton
) -> tuple[Fraction, ...]:
    """Return what each of two automata gets on average when they meet in these roles."""
    if rules.mistakes:
        return values_with_mistakes(rules, first, second)[0, 0]
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
    rules: Rules, first: CompactAutomaton, second: CompactAutomaton
) -> dict[Pair, tuple[Fraction, ...]]:
    """Return what each gets on average from each pair of states on that a history can lead to."""
    numbers = {pair: number for number, pair in enumerate(reachable(first, second))}
    columns = rules.game.stage.shape[1]
    meant = [first.actions[s] * columns + second.actions[t] for s, t in numbers]
    following = [
        [numbers[to] for to in zip(first.moves[s], second.moves[t], strict=True)]
        for s, t in numbers
    ]
    return dict(zip(numbers, rules.values(meant, following), strict=True))


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
