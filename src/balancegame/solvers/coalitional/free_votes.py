"""What the members of a vote without a veto must bring, and how those who bring it are found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from balancegame.errors import GameError
from balancegame.games.coalitional import CoalitionalGame
from balancegame.games.votes import Votes
from balancegame.solvers.coalitional.coalitions_in_words import (
    MOST_IN_WORDS,
    Words,
    winning_words,
    words_of,
)
from balancegame.solvers.coalitional.marginals import joined
from balancegame.solvers.coalitional.several_rules import SeveralRules

A_SECOND = 10**8
"""Numbers that a second of counting under several rules changes, as measured on large tables."""

MOST_WORK = 600 * A_SECOND


@dataclass(frozen=True)
class FreeVotes:
    """What those without a veto must bring besides those with one."""

    free: tuple[int, ...]  # their positions; with one rule of weights the heaviest first
    rules: tuple[tuple[tuple[int, ...], int], ...]  # uneven weights in that order, and quotas
    least: int  # how many of them there must be
    vetoing: tuple[int, ...]

    @property
    def weights(self) -> tuple[int, ...]:
        """The weights of the one rule about weights; all 0 if there is none."""
        return self.rules[0][0] if self.rules else (0,) * len(self.free)

    @property
    def quota(self) -> int:
        """Its quota."""
        return self.rules[0][1] if self.rules else 0

    @property
    def all_rules(self) -> tuple[tuple[tuple[int, ...], int], ...]:
        """The rules, the one about their number included."""
        number = (((1,) * len(self.free), self.least),) if self.least else ()
        return (*self.rules, *number)


def free_votes(votes: Votes, size: int) -> FreeVotes:
    """Return what those without a veto must bring."""
    free = [i for i in range(size) if not votes.vetoes >> i & 1]
    vetoing = tuple(i for i in range(size) if votes.vetoes >> i & 1)
    least, found = 0, []
    for rule in votes.rules:
        weights, quota = rule.whole()
        own = [weights[i] for i in free]
        needed = quota - sum(weights[i] for i in vetoing)
        if needed <= 0:
            continue
        if min(own) == max(own):
            least = max(least, -(-needed // own[0]))
        else:
            found.append((own, needed))
    order = list(range(len(free)))
    if len(found) == 1:
        order.sort(key=lambda k: -found[0][0][k])
    rules = tuple((tuple(own[k] for k in order), needed) for own, needed in found)
    return FreeVotes(tuple(free[k] for k in order), rules, least, vetoing)


def asked_of(game: CoalitionalGame, what: str) -> tuple[FreeVotes, Words | SeveralRules | None]:
    """Return what is asked of the free members of a simple game, and how to see who brings it.

    Of votes with at most one rule about weights the former is enough. With more of them it is the
    rules if these are better counted, or else which coalitions meet them, as bits: so it is of a
    game that is no vote, and of which nothing is asked. Raises GameError if the game is not simple,
    or has too many members.
    """
    size = len(game.players)
    if game.votes is None:
        return FreeVotes(tuple(range(size)), (), 0, ()), words_of(simple_table(game, what))
    asked = free_votes(game.votes, size)
    if len(asked.rules) < 2:
        return asked, None
    count, several = len(asked.free), SeveralRules.of(asked.all_rules)
    few = count <= MOST_IN_WORDS
    if several.work < (2**count >> 2 if few else MOST_WORK):
        return asked, several
    if few:
        return asked, winning_words(asked.all_rules)
    raise GameError(
        f"{what} of {count} members without a veto and {len(asked.rules)} rules about uneven "
        f"weights would take some {several.work / A_SECOND / 3600:,.1f} hours; round the weights "
        "so that they share a larger unit, or ask for the Shapley or Banzhaf index."
    )


def simple_table(game: CoalitionalGame, what: str) -> NDArray[np.bool_]:
    """Return whether each coalition of a simple game wins; refuse any other game."""
    if not set(game.table) <= {0, 1}:
        raise GameError(
            f"{what} is for simple games, in which a coalition wins (1) or loses (0); this game "
            "has other values."
        )
    wins = np.array([bool(value) for value in game.table])
    for i in range(len(game.players)):
        without, holding = joined(wins, i)
        if (without & ~holding).any():
            lost = int(np.flatnonzero(without & ~holding)[0])
            members = game.members((lost >> i << i + 1) | lost & (1 << i) - 1)
            raise GameError(
                f"{what} is for simple games, but here {' + '.join(members)} wins and loses when "
                f"{game.players[i]} joins."
            )
    return wins
