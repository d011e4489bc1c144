r"""Minimal winning coalitions: how many of each size hold each member.

A coalition is minimal winning if it wins and loses whenever any of its members leaves. With one
rule of weights, the members in order of weight, the heaviest first, S is minimal if it wins and
loses without its last member m: the others in it, D, weigh :math:`q - w_m` to :math:`q - 1`. So a
count of sets D of the members before m, for each m in turn, gives all of them. Where the number of
members counts too, a coalition that just has that number is minimal whatever it weighs.

With several rules of weights no order says whose leaving is felt last: see :mod:`.several_rules`,
and :mod:`.coalitions_in_words` for what is better gone through than counted.
"""

from __future__ import annotations

from functools import partial
from math import comb
from typing import Any

import numpy as np

from balancegame.games.coalitional import CoalitionalGame
from balancegame.progress_bar import with_progress
from balancegame.solvers.coalitional.coalitions_in_words import minimal_by_size
from balancegame.solvers.coalitional.counting import Tally
from balancegame.solvers.coalitional.free_votes import FreeVotes, asked_of
from balancegame.solvers.coalitional.several_rules import SeveralRules, minimal_under_rules
from balancegame.solvers.coalitional.sums_of_weights import Remainders, counted

Numbers = list[int]


def minimal_winning(game: CoalitionalGame, what: str) -> list[Numbers]:
    """Return for each player how many minimal winning coalitions of each size hold it.

    Raises GameError if the game is not simple, or has too many members.
    """
    asked, listed = asked_of(game, what)
    extra = len(asked.vetoing)
    if listed is None:
        totals, *held = _minimal(asked)
    elif isinstance(listed, SeveralRules):
        totals, *held = minimal_under_rules(listed)
    else:
        totals, *held = minimal_by_size(listed, len(asked.free))
    found: list[Numbers] = [[]] * len(game.players)
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
        # None of them holds another, so there are no more (Sperner 1928).
        found = counted(
            partial(_by_last_member, asked), count + 1, quota, count, comb(count, count // 2)
        )
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
    for m, last in enumerate(with_progress(weights, "counting")):
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
