"""All coalitions of up to 30 members as bits, 64 in a machine word, and what they win.

Where two rules about weights must be met at once, no order of the members says whose leaving a
coalition feels. If the weights are too varied to be counted, coalitions are gone through after all;
but 64 at a time. Coalition number k holds member i if bit i of k is set. So the six first members
are told apart within a word, and the others by the word's number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.progress_bar import with_progress

Words = NDArray[np.uint64]
Numbers = list[int]

MOST_IN_WORDS = 30
"""Members whose coalitions fit into memory as bits, and are gone through in half a minute."""

# The coalitions of a word that hold each of the first six members.
_HOLDING = [np.uint64(sum(1 << k for k in range(64) if k >> i & 1)) for i in range(6)]
_ALL = np.uint64(2**64 - 1)
# Those that hold so many of these six.
_OF_SIZE = [np.uint64(sum(1 << k for k in range(64) if k.bit_count() == s)) for s in range(7)]

# Words worked on at once, so that they stay in the processor's cache.
_BLOCK = 2**14


def winning_words(rules: Sequence[tuple[Sequence[int], int]]) -> Words:
    """Return which coalitions meet every rule: weights, and the quota that they must reach."""
    count = len(rules[0][0])
    low = min(count, 16)
    sums = [(_sums(weights[:low]), _sums(weights[low:]).tolist()) for weights, _ in rules]
    bits = np.empty((len(sums[0][1]), 2**low), dtype=np.bool_)
    parts = []
    for k in range(len(bits)):
        met = [
            first >= quota - rest[k] for (first, rest), (_, quota) in zip(sums, rules, strict=True)
        ]
        parts.append(np.packbits(np.logical_and.reduce(met), bitorder="little"))
    return _words(np.concatenate(parts))


def words_of(wins: NDArray[np.bool_]) -> Words:
    """Return the words of a list that says of each coalition whether it wins."""
    return _words(np.packbits(wins, bitorder="little"))


def _words(octets: NDArray[np.uint8]) -> Words:
    missing = -len(octets) % 8
    return np.concatenate([octets, np.zeros(missing, dtype=np.uint8)]).view(np.uint64)


def _sums(weights: Sequence[int]) -> NDArray[np.int64]:
    """Return the weight of each coalition of some members."""
    found: NDArray[np.int64] = np.zeros(1, dtype=np.int64)
    for weight in weights:
        found = np.concatenate([found, found + weight])
    return found


def minimal_by_size(words: Words, count: int) -> list[Numbers]:
    """Return how many minimal winning coalitions have each size: all, and with each member."""
    found = np.zeros((count + 1, count + 7), dtype=np.int64)
    for start, wins, swings in _blocks(words, count):
        minimal = wins.copy()
        for i, swing in enumerate(swings):
            # Those that hold the member must be among its swings.
            minimal &= swing | ~_with(np.full_like(minimal, _ALL), start, i)
        _add_sizes(found[0], minimal, start)
        for i in range(count):
            _add_sizes(found[i + 1], _with(minimal, start, i), start)
    return [numbers[: count + 1] for numbers in found.tolist()]


def swings_by_size(words: Words, count: int) -> list[Numbers]:
    """Return for each member how many coalitions of each size, itself left out, it makes win."""
    found = np.zeros((count, count + 7), dtype=np.int64)
    for start, _, swings in _blocks(words, count):
        for numbers, swing in zip(found, swings, strict=True):
            _add_sizes(numbers, swing, start)
    return [numbers[1 : count + 1] for numbers in found.tolist()]


def by_critical_members(words: Words, count: int) -> tuple[Numbers, list[Numbers]]:
    """Return how many winning coalitions have each number of critical members.

    First all of them, then for each member those in which it is critical.
    """
    totals = np.zeros(count + 1, dtype=np.int64)
    found = np.zeros((count, count + 1), dtype=np.int64)
    for _, wins, swings in _blocks(words, count):
        digits: list[Words] = []
        for swing in swings:
            carry = swing
            for k, digit in enumerate(digits):
                digits[k], carry = digit ^ carry, digit & carry
            if carry.any():
                digits.append(carry)
        for c in range(min(count + 1, 2 ** len(digits))):
            chosen = wins.copy()
            for k, digit in enumerate(digits):
                chosen &= digit if c >> k & 1 else ~digit
            if chosen.any():
                totals[c] += _ones(chosen)
                for numbers, swing in zip(found, swings, strict=True):
                    numbers[c] += _ones(chosen & swing)
    return totals.tolist(), found.tolist()


def _blocks(words: Words, count: int) -> Iterator[tuple[int, Words, list[Words]]]:
    """Yield some words at a time: which coalitions win, and in which each member is critical."""
    size = min(len(words), _BLOCK)
    for start in with_progress(range(0, len(words), size), "counting"):
        wins = words[start : start + size]
        yield start, wins, [_swings(words, wins, start, i) for i in range(count)]


def _swings(words: Words, wins: Words, start: int, i: int) -> Words:
    """Return which coalitions of a block win with a member and lose without it."""
    if i < 6:
        shifted: Words = wins & ~(wins << np.uint64(1 << i)) & _HOLDING[i]
        return shifted
    step = 1 << i - 6
    swing = np.zeros_like(wins)
    if step < len(wins):
        pairs = wins.reshape(-1, 2, step)
        swing.reshape(-1, 2, step)[:, 1] = pairs[:, 1] & ~pairs[:, 0]
    elif start & step:
        np.bitwise_and(wins, ~words[start - step : start - step + len(wins)], out=swing)
    return swing


def _with(block: Words, start: int, i: int) -> Words:
    """Return those of the coalitions of a block that hold a member."""
    if i < 6:
        return block & _HOLDING[i]
    step = 1 << i - 6
    if step < len(block):
        held = np.zeros_like(block)
        held.reshape(-1, 2, step)[:, 1] = block.reshape(-1, 2, step)[:, 1]
        return held
    return block if start & step else np.zeros_like(block)


def _add_sizes(numbers: Any, block: Words, start: int) -> None:
    """Count the coalitions of a block by their size."""
    if not block.any():
        return
    at = np.flatnonzero(block)
    chosen, others = block[at], np.bitwise_count(at + start).astype(np.int64)
    for s, mask in enumerate(_OF_SIZE):
        ones = np.bitwise_count(chosen & mask)
        found = np.bincount(others, weights=ones).astype(np.int64)
        numbers[s : s + len(found)] += found


def _ones(block: Words) -> int:
    return int(np.bitwise_count(block).sum(dtype=np.int64))
