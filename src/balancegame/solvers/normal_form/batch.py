"""Many games of one shape at once, from the signs of all their minors.

The bordered minors of all games are one array (:mod:`.minors`), and their signs decide everything.
Each distinct sign pattern of a player's minors is read once: it gives the label sets of the
vertices of one best-response polyhedron, as a bit set over all conceivable label sets, and with
them the label sets of the other player that complement one of these. What both players keep after
striking out label sets without a complement is the solution: the label sets of all extreme
equilibria. Everything is integers; ties, structural or not, cost nothing.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.solvers.normal_form.label_sets import (
    Supports,
    complementary_pairs,
    opposite,
    supports_of_subsets,
)
from balancegame.solvers.normal_form.minors import bases, bordered_minors

Shape = tuple[int, int]
Words = NDArray[np.int64]
"""Bit sets over conceivable label sets, shape (words, games)."""

Signs = NDArray[np.int8]

# Signs of this many minors fit one 64-bit word in base 3; bit sets keep clear of the sign bit.
MINORS_A_WORD = 39
BITS_A_WORD = 62

# Games worked on at once, so that the arrays stay in the processor's cache.
BLOCK = 2**14


def integer_type(bound: int) -> Any:
    """Return the narrowest NumPy type in which numbers up to a bound cannot overflow."""
    for dtype in (np.int16, np.int32, np.int64):
        if bound < np.iinfo(dtype).max // 2:
            return dtype
    return np.object_


def solution_sets(first: NDArray[Any], second: NDArray[Any]) -> Words:
    """Return the label sets of all extreme equilibria of each game.

    The payoffs have shape (rows, columns, games), each game scaled by a positive number of its own
    to integers of a type in which no minor overflows. Of the bit sets the first words are for the
    first player, the rest for the second. Two games with equal words have equilibria with equal
    supports and equal best replies.
    """
    rows, columns, games = first.shape
    found = []
    for start in range(0, max(games, 1), BLOCK):
        block = slice(start, start + BLOCK)
        turned = first[:, :, block].swapaxes(0, 1)
        signs = _signs(second[:, :, block]), _signs(turned)
        found.append(solution_sets_from_signs(*signs, (rows, columns)))
    return np.concatenate(found, axis=1)


def solution_sets_from_signs(first: Signs, second: Signs, shape: Shape) -> Words:
    """Return the label sets of all extreme equilibria from the signs of the minors alone.

    The first player's polyhedron is made of the second player's payoffs, and ``first`` holds, for
    each game in a column, the signs of all its bordered minors but those of level 0, all levels in
    turn; ``second`` the same for the second player's polyhedron.
    """
    rows, columns = shape
    ours, wanted_theirs = _vertices(first, rows, columns)
    theirs, wanted_ours = _vertices(second, columns, rows)
    return np.concatenate([ours & wanted_ours, theirs & wanted_theirs])


@lru_cache(maxsize=2**16)
def supports_of(words: tuple[int, ...], shape: Shape) -> Supports:
    """Return the supports of the maximal Nash subsets for one column of solution sets."""
    rows, columns = shape
    split = _word_count(rows, columns)
    ours = _members(words[:split], _conceivable(rows, columns))
    theirs = _members(words[split:], _conceivable(columns, rows))
    return supports_of_subsets(ours, opposite(theirs, columns, rows), shape)


def distinct(words: Words) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the position of one of each distinct column, and which of them each column equals.

    Neighbours on a grid are mostly equal, so runs of equal columns are gathered before sorting.
    """
    starts, run = runs(words)
    columns = words[:, starts]
    order = np.lexsort(columns)
    first, number = runs(columns[:, order])
    numbers = np.empty(len(order), dtype=np.intp)
    numbers[order] = number
    return starts[order[first]], numbers[run]


@lru_cache(maxsize=64)
def _conceivable(rows: int, columns: int) -> tuple[int, ...]:
    """Return the label sets that a vertex can have: some action played, some reply best."""
    idle, best = range((1 << rows) - 1), range(1, 1 << columns)
    return tuple(unplayed | replies << rows for unplayed in idle for replies in best)


@lru_cache(maxsize=64)
def _numbered(rows: int, columns: int) -> tuple[NDArray[np.int64], Words]:
    """Return each conceivable label set's number, and which of the other player complement it.

    The second is a column for each number: a bit set over the other player's label sets.
    """
    masks, theirs = _conceivable(rows, columns), _conceivable(columns, rows)
    number = np.full(1 << (rows + columns), -1, dtype=np.int64)
    number[list(masks)] = np.arange(len(masks))
    partners = np.zeros((_word_count(columns, rows), len(masks)), dtype=np.int64)
    for t, u in complementary_pairs(masks, opposite(theirs, columns, rows), rows + columns):
        partners[u // BITS_A_WORD, t] |= 1 << (u % BITS_A_WORD)
    return number, partners


def _word_count(rows: int, columns: int) -> int:
    return -(-((1 << rows) - 1) * ((1 << columns) - 1) // BITS_A_WORD)


def _members(words: tuple[int, ...], masks: tuple[int, ...]) -> list[int]:
    return [
        mask for t, mask in enumerate(masks) if words[t // BITS_A_WORD] >> (t % BITS_A_WORD) & 1
    ]


def _signs(matrix: NDArray[Any]) -> Signs:
    """Return the signs of each game's bordered minors but those of level 0."""
    levels = bordered_minors(matrix)[1:]
    signs = np.empty((sum(map(len, levels)), matrix.shape[2]), dtype=np.int8)
    k = 0
    for level in levels:
        rows = signs[k : k + len(level)]
        np.subtract((level > 0).view(np.int8), (level < 0).view(np.int8), out=rows)
        k += len(level)
    return signs


def _vertices(signs: Signs, rows: int, columns: int) -> tuple[Words, Words]:
    """Return the label sets of each game's vertices, and those of the other player they want."""
    count = len(signs)
    # Fewer than 20 minors fit half a word.
    narrow = np.int32 if count < 20 else np.int64
    parts = [signs[k : k + MINORS_A_WORD] for k in range(0, max(count, 1), MINORS_A_WORD)]
    codes = np.zeros((len(parts), signs.shape[1]), dtype=narrow)
    for word, part in zip(codes, parts, strict=True):
        for sign in part:
            word *= 3
            word += sign
        # Digits 0, 1 and 2 stand for the signs -1, 0 and 1.
        word += (3 ** len(part) - 1) // 2
    # So few sign patterns are remembered in a table.
    if 3**count <= 2**21:
        pattern = codes[0]
        table, known = _table(rows, columns, count)
        unknown = pattern[~known[pattern]]
        if len(unknown):
            missing = np.unique(unknown)
            table[:, missing] = _read_patterns(missing[None], count, rows, columns)
            known[missing] = True
        # On large arrays several times as fast as indexing the last axis.
        read = table.take(pattern, axis=1)
    else:
        chosen, number = distinct(codes)
        read = _read_patterns(codes[:, chosen], count, rows, columns).take(number, axis=1)
    split = _word_count(rows, columns)
    return read[:split], read[split:]


@lru_cache(maxsize=16)
def _table(rows: int, columns: int, count: int) -> tuple[Words, NDArray[np.bool_]]:
    """Return what each sign pattern says, filled in as patterns are met."""
    words = _word_count(rows, columns) + _word_count(columns, rows)
    return np.zeros((words, 3**count), dtype=np.int64), np.zeros(3**count, dtype=np.bool_)


def _read_patterns(codes: Words, count: int, rows: int, columns: int) -> Words:
    """Return for each coded sign pattern the label sets of the vertices, then the wanted ones."""
    patterns = codes.shape[1]
    signs = np.ones((columns + count, patterns), dtype=np.int8)
    for w, word in enumerate(codes):
        first = w * MINORS_A_WORD
        rest = word.copy()
        for k in reversed(range(first, min(first + MINORS_A_WORD, count))):
            rest, digit = np.divmod(rest, 3)
            signs[columns + k] = digit - 1
    table, (number, partners) = bases(rows, columns), _numbered(rows, columns)
    split = _word_count(rows, columns)
    weights = 1 << np.arange(rows + columns)
    read = np.zeros((split + len(partners), patterns), dtype=np.int64)
    for minor, sign in zip(table.minor, table.sign, strict=True):
        oriented = sign[:, None] * signs[minor]
        one_sign = (oriented >= 0).all(axis=0) | (oriented <= 0).all(axis=0)
        feasible = np.flatnonzero(one_sign & oriented[:rows].any(axis=0))
        numbers = number[weights @ (oriented[:, feasible] == 0)]
        read[numbers // BITS_A_WORD, feasible] |= 1 << numbers % BITS_A_WORD
        read[split:, feasible] |= partners[:, numbers]
    return read


def runs(table: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the first of each run of equal columns, and for each column the number of its run."""
    starts = np.ones(table.shape[1], dtype=np.bool_)
    np.any(table[:, 1:] != table[:, :-1], axis=0, out=starts[1:])
    return np.flatnonzero(starts), np.cumsum(starts) - 1
