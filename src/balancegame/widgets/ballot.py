"""What can be moved in a vote: weights and quotas, by what they count, and vetoes.

Where there are several quotas, one under which everybody weighs the same counts members: its quota
can be moved, its weights stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import Any

from balancegame.errors import GameError
from balancegame.games.coalitional import CoalitionalGame
from balancegame.games.votes import more_than_half

# A slider with more stops than this cannot be moved by keys in good time.
MOST_STOPS = 100
_STEPS = (*(Fraction(1, n) for n in (100, 20, 10, 4, 2)), *map(Fraction, (1, 2, 5, 10, 20, 50)))


@dataclass(frozen=True)
class Tally:
    """What is counted: the weights, and the quota that a decision needs or a majority."""

    weights: tuple[Fraction, ...]
    quota: Fraction
    majority: bool = False

    @property
    def total(self) -> Fraction:
        """The weight of everybody together."""
        return sum(self.weights, Fraction(0))

    @property
    def quotas(self) -> list[Fraction]:
        """Where the quota can stop: on a grid up to everybody's weight."""
        steps = [q for q in _grid(Fraction(0), self.total, _whole(self.weights)) if q]
        return steps + ([self.total] if self.total.denominator > 1 else [])

    def settled(self) -> Tally:
        """Return the tally with a quota that follows a majority, or that all together can meet."""
        if self.majority:
            return replace(self, quota=more_than_half(self.weights)[1])
        return replace(self, quota=min(self.quota, self.total))


@dataclass(frozen=True)
class Ballot:
    """One tally or several that must all be met, and vetoes."""

    players: tuple[str, ...]
    tallies: tuple[Tally, ...]
    vetoes: frozenset[str]
    counted_in: str = "votes"

    @property
    def movable(self) -> tuple[int, ...]:
        """The tallies whose weights can be moved: those that do not just count members."""
        uneven = (r for r, tally in enumerate(self.tallies) if len({*tally.weights}) > 1)
        return tuple(uneven) if len(self.tallies) > 1 else (0,)

    def unit(self, r: int) -> str:
        """Return what a tally counts: members, or such as votes, with a kind if of several."""
        if r not in self.movable:
            return "members"
        kind = self.movable.index(r) + 1
        return self.counted_in if len(self.movable) == 1 else f"{self.counted_in} of kind {kind}"

    def slider_name(self, r: int, k: int) -> str:
        """Return the name of a weight's slider: the member's, with the kind if not the first."""
        kind = self.movable.index(r) + 1
        return self.players[k] if kind == 1 else f"{self.players[k]} ({kind})"

    def quota_name(self, r: int) -> str:
        """Return the name of a quota's slider."""
        name = "quota" if len(self.tallies) == 1 else f"quota of {self.unit(r)}"
        while name in self.players:
            name += "'"
        return name

    def game(self) -> CoalitionalGame:
        """Return the game; a quota is met by whoever has it or more."""
        vetoes = [name for name in self.players if name in self.vetoes]
        weights = [tally.weights for tally in self.tallies]
        quotas = [tally.quota for tally in self.tallies]
        return CoalitionalGame.weighted(weights, quotas, self.players, vetoes)

    def changed(self, r: int, **values: Any) -> Ballot:
        """Return the ballot with another weight, quota or majority in one tally."""
        tally = replace(self.tallies[r], **values)
        return replace(self, tallies=(*self.tallies[:r], tally, *self.tallies[r + 1 :]))


def ballot_of(
    game: CoalitionalGame, majorities: Sequence[bool] = (), counted_in: str = "votes"
) -> Ballot:
    """Return weights, quotas and vetoes of a game, or say why it has no bars to be moved."""
    votes = game.votes
    if votes is None:
        raise GameError("the explorer of votes moves weights and quotas; this game has none.")
    majorities = majorities or [False] * len(votes.rules)
    tallies = (
        Tally(rule.weights, rule.quota, majority)
        for rule, majority in zip(votes.rules, majorities, strict=True)
    )
    vetoes = frozenset(game.members(votes.vetoes))
    return Ballot(game.players, tuple(tallies), vetoes, counted_in)


def stops(columns: Sequence[Sequence[Fraction]], k: int) -> list[Fraction]:
    """Return where a member's slider stops: on a grid, and at its weight in every column."""
    named, heaviest = {weights[k] for weights in columns}, max(map(max, columns))
    high = Fraction(max(10, ceil(heaviest * 3 / 2)))
    return sorted(set(_grid(Fraction(0), high, _whole(named))) | named)


def _whole(numbers: Iterable[Fraction]) -> bool:
    return all(number.denominator == 1 for number in numbers)


def _grid(low: Fraction, high: Fraction, whole: bool) -> list[Fraction]:
    steps = [step for step in _STEPS if not whole or step >= 1]
    step = next((s for s in steps if (high - low) / s <= MOST_STOPS), (high - low) / MOST_STOPS)
    step = Fraction(ceil(step)) if whole else step
    return [low + step * k for k in range(int((high - low) / step) + 1)]
