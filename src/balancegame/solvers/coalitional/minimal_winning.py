r"""Minimal winning coalitions: how many of each size hold each member.

A coalition is minimal winning if it wins and loses whenever any of its members leaves. With one
rule of weights, the members in order of weight, the heaviest first, S is minimal if it wins and
loses without its last member m: the others in it, D, weigh :math:`q - w_m` to :math:`q - 1`. So a
count of sets D of the members before m, for each m in turn, gives all of them. Where the number of
members counts too, a coalition that just has that number is minimal whatever it weighs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from balancegame.errors import GameError
from balancegame.games.coalition_values import MOST_LISTED
from balancegame.games.coalitional import CoalitionalGame
from balancegame.games.votes import Votes
from balancegame.solvers.coalitional.counting import Tally
from balancegame.solvers.coalitional.marginals import joined, sizes
from balancegame.solvers.coalitional.sums_of_weights import Remainders, counted

Numbers = list[int]


@dataclass(frozen=True)
class FreeVotes:
    """What those without a veto must bring, if at most one rule is about weights."""

    free: tuple[int, ...]  # their positions, the heaviest first
    weights: tuple[int, ...]  # in the same order; all 0 if no rule is about weights
    quota: int
    least: int  # how many of them there must be
    vetoing: tuple[int, ...]


def free_votes(votes: Votes, size: int) -> FreeVotes | None:
    """Return what those without a veto must bring, None if several rules are about weights."""
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
    if len(found) > 1:
        return None
    own, quota = found[0] if found else ([0] * len(free), 0)
    order = sorted(range(len(free)), key=lambda k: -own[k])
    placed = tuple(free[k] for k in order), tuple(own[k] for k in order)
    return FreeVotes(*placed, quota, least, vetoing)


def minimal_winning(game: CoalitionalGame, what: str) -> list[Numbers]:
    """Return for each player how many minimal winning coalitions of each size hold it.

    Raises GameError if the game is not simple, or has too many members to be listed and cannot be
    counted.
    """
    size = len(game.players)
    asked = free_votes(game.votes, size) if game.votes is not None else None
    if asked is not None:
        return _counted(asked, size)
    wins = simple_table(game, what)
    minimal = wins.copy()
    for i in range(size):
        without, _ = joined(wins, i)
        # A view of those with the player: minimal only if they lose without the player.
        minimal.reshape(-1, 2, 1 << i)[:, 1] &= ~without.reshape(-1, 1 << i)
    found = []
    for i in range(size):
        held = joined(minimal, i)[1]
        numbers = np.bincount(sizes(size - 1)[held] + 1, minlength=size + 1)
        found.append(numbers.tolist())
    return found


def simple_table(game: CoalitionalGame, what: str) -> NDArray[np.bool_]:
    """Return whether each coalition of a simple game wins; refuse any other game."""
    size = len(game.players)
    if size > MOST_LISTED:
        raise GameError(
            f"{what} of {size} members is counted where at most one rule is about weights and the "
            f"others are about numbers and vetoes; other votes are listed, up to {MOST_LISTED} "
            "members."
        )
    if not set(game.table) <= {0, 1}:
        raise GameError(
            f"{what} is for simple games, in which a coalition wins (1) or loses (0); this game "
            "has other values."
        )
    wins = np.array([bool(value) for value in game.table])
    for i in range(size):
        without, holding = joined(wins, i)
        if (without & ~holding).any():
            lost = int(np.flatnonzero(without & ~holding)[0])
            members = game.members((lost >> i << i + 1) | lost & (1 << i) - 1)
            raise GameError(
                f"{what} is for simple games, but here {' + '.join(members)} wins and loses when "
                f"{game.players[i]} joins."
            )
    return wins


def _counted(asked: FreeVotes, size: int) -> list[Numbers]:
    extra = len(asked.vetoing)
    totals, *held = _minimal(asked)
    found: list[Numbers] = [[]] * size
    for i, numbers in zip(asked.free, held, strict=True):
        found[i] = [0] * extra + numbers
    for i in asked.vetoing:
        found[i] = [0] * extra + totals
    return found


def just_enough(asked: FreeVotes) -> Numbers:
    """Return how many sets have the least number of members and the weight: all, and with each."""
    count, least, light = len(asked.weights), asked.least, asked.quota - 1
    if not asked.quota:
        held = comb(count - 1, least - 1) if least else 0
        return [comb(count, least), *([held] * count)]
    # All sets of that number less those that weigh too little.
    tally = Tally([(w,) for w in asked.weights], [light], least)
    total = comb(count, least) - tally.at(least, [light])
    lighter = {w: tally.without((w,), [light])[least] for w in set(asked.weights)}
    others = comb(count - 1, least)
    return [total, *(total - (others - lighter[w]) for w in asked.weights)]


def _minimal(asked: FreeVotes) -> list[Numbers]:
    """Return how many minimal sets there are of each size: of all, and of those with each member.

    If no rule is about weights and none about the number, the set of nobody is minimal.
    """
    weights, quota, least = asked.weights, asked.quota, asked.least
    count = len(weights)
    found = [[0] * (count + 1) for _ in range(count + 1)]
    if quota:
        found = counted(partial(_by_last_member, asked), count + 1, quota, count)
    if least or not quota:
        # These are minimal whatever they weigh; larger ones are if they lose without their last.
        for numbers, number in zip(found, just_enough(asked), strict=True):
            numbers[: least + 1] = [0] * least + [number]
    return found


def _by_last_member(asked: FreeVotes, modulo: Remainders) -> list[Numbers]:
    """Count the sets that weigh enough, and too little without the lightest of their members."""
    weights, quota = asked.weights, asked.quota
    count = len(weights)
    found = [[0] * (count + 1) for _ in range(count + 1)]
    rows = np.zeros((count + 1, quota), dtype=modulo.dtype)
    rows[0] = 1
    for m, last in enumerate(tqdm(weights, "counting", delay=1, leave=False)):
        # Now the rows count sets of the members before m, by their number.
        if last:

            def window(weight: int, before: Any = rows[: m + 1], last: int = last) -> Numbers:
                """Count the sets that the last member completes, without one of some weight."""
                above, below = (
                    modulo.without(before, place, weight) for place in (quota - 1, quota - last - 1)
                )
                return [(a - b) % modulo.modulus for a, b in zip(above, below, strict=True)]

            # Nobody weighs as much as the quota and more.
            total = window(quota)
            without = {weight: window(weight) for weight in set(weights[:m])}
            for s, number in enumerate(total):
                found[0][s + 1] += number
                found[m + 1][s + 1] += number
                for i in range(m):
                    found[i + 1][s + 1] += number - without[weights[i]][s]
        for s in range(m + 1, 0, -1):
            modulo.join(rows[s], rows[s - 1], last)
    return [[number % modulo.modulus for number in numbers] for numbers in found]
