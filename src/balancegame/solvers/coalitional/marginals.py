"""Marginal contributions, summed by the size of the coalition that a player joins.

The Shapley value and the Banzhaf value are weighted sums of them. Of votes they are counted; of
any other game all coalitions are listed, up to 20 players.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.games.coalition_values import MOST_LISTED
from balancegame.games.coalitional import CoalitionalGame
from balancegame.games.votes import Votes
from balancegame.solvers.coalitional.coalitions_in_words import (
    MOST_IN_WORDS,
    swings_by_size,
    winning_words,
)
from balancegame.solvers.coalitional.counting import MOST_BYTES, counts, slots

# A list of coalitions is shorter than a count whose table is so much longer.
_LONGER = 64

# With no more members than this, nothing is faster than to look at all their coalitions.
_FEW = 7

MOST_DIGITS = 2**24
"""Digits of a table that takes about as long to count as the coalitions of 27 members to list."""


def marginal_sums(game: CoalitionalGame) -> list[list[Any]]:
    """Return for each player i and size s the sum of v(S + i) - v(S) over S of that size."""
    size = len(game.players)
    if size <= _FEW:
        return _sums_of_few(*_scaled(game.table), size)
    if all(isinstance(form, Votes) and counted_faster(form, size) for _, form in game.terms):
        total = [[Fraction(0)] * size for _ in range(size)]
        for factor, votes in game.terms:
            for sums, swings in zip(total, _swings(votes, size), strict=True):
                for s, number in enumerate(swings):
                    sums[s] += factor * number
        return total
    return _listed_sums(whole_values(game), size)


def _sums_of_few(values: Sequence[Any], scale: int, size: int) -> list[list[Any]]:
    """Return the sums of a game of a few players, given the values of coalitions times a scale."""
    found: list[list[Any]] = [[0] * size for _ in range(size)]
    for mask, value in enumerate(values):
        members = mask.bit_count()
        for i, sums in enumerate(found):
            # Of votes most of these are 0.
            if not mask >> i & 1 and (more := values[mask | 1 << i] - value):
                sums[members] += more
    if scale == 1:
        return found
    return [[Fraction(total, scale) for total in sums] for sums in found]


def _swings(votes: Votes, size: int) -> list[list[int]]:
    """Return for each member how many coalitions of each size it makes win.

    They are counted, or gone through where the weights are too varied for that and members few.
    """
    if size > MOST_IN_WORDS or slots(votes, size) <= MOST_DIGITS:
        found = counts(votes, size)
        return [found.swings(i) for i in range(size)]
    rules = [rule.whole() for rule in votes.rules]
    vetoes = [votes.vetoes >> i & 1 for i in range(size)]
    words = winning_words([*rules, (vetoes, sum(vetoes))])
    return swings_by_size(words, size)


def counted_faster(votes: Votes, size: int) -> bool:
    """Whether the coalitions of votes are better counted than listed."""
    digits = slots(votes, size)
    return size > MOST_LISTED or digits <= min(2**size * _LONGER, MOST_BYTES // 16)


def whole_values(game: CoalitionalGame) -> tuple[NDArray[Any], Any]:
    """Return the value of every coalition as integers, and what they were multiplied by.

    Numbers that are not rational stay as they are, multiplied by 1. The integers are NumPy's
    where every sum over coalitions fits, Python's otherwise.
    """
    values, scale = _scaled(game.table)
    if not all(isinstance(value, int) for value in values):
        return np.array(values, dtype=np.object_), 1
    return narrowed(values), scale


def _scaled(table: Sequence[Any]) -> tuple[list[Any], int]:
    """Return numbers as integers, and what they were multiplied by; as they are if irrational."""
    if {*map(type, table)} == {int} or not all(isinstance(v, (int, Fraction)) for v in table):
        return list(table), 1
    scale = lcm(*{value.denominator for value in table})
    return [value.numerator * (scale // value.denominator) for value in table], scale


def narrowed(values: list[Any]) -> NDArray[Any]:
    """Return integers as NumPy's own where sums over all of them fit, as Python's otherwise."""
    whole = all(isinstance(value, int) for value in values)
    fits = whole and max(map(abs, values)) * len(values) < 2**61
    return np.array(values, dtype=np.int64 if fits else np.object_)


def joined(values: NDArray[Any], player: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the values of all coalitions without a player, and of the same with the player."""
    halves = values.reshape(-1, 2, 1 << player)
    return halves[:, 0].reshape(-1), halves[:, 1].reshape(-1)


@lru_cache(maxsize=32)
def sizes(size: int) -> NDArray[np.int64]:
    """Return how many members each coalition of so many players has."""
    counted = np.zeros(1, dtype=np.int64)
    for _ in range(size):
        counted = np.concatenate([counted, counted + 1])
    return counted


def _listed_sums(whole: tuple[NDArray[Any], Any], size: int) -> list[list[Any]]:
    values, scale = whole
    by_size = np.argsort(sizes(size - 1), kind="stable")
    starts = np.searchsorted(sizes(size - 1)[by_size], np.arange(size))
    total = []
    for i in range(size):
        without, joining = joined(values, i)
        sums = np.add.reduceat((joining - without)[by_size], starts).tolist()
        total.append([Fraction(x, scale) if isinstance(x, int) else x for x in sums])
    return total
