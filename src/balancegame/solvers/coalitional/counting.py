r"""Counting winning coalitions of weighted votes without listing them.

A coalition wins if and only if its complement D is *small*: with total weight T and quota q,
:math:`w(D) \le T - q` for every rule, and nobody with a veto is in D. Let F[s](t) be the number of
small sets of size s among the members without a veto, t being the limit of each rule. As a member
of weight w joins,

.. math:: F'[s](t) = F[s](t) + F[s - 1](t - w).

A row s is one long integer whose digits, in a base that no count reaches, are F[s](t) for all t, so
that a member joins all of them by one shift and one addition (Kronecker's substitution). F is
summed over weights from the start, since summation commutes with the shifts. To leave a member out,
the recursion is undone: :math:`F_{-i}[s](t) = \sum_k (-1)^k F[s - k](t - k w_i)`, which takes only
the digits that it names. So the coalitions of every size that hold a member are known exactly in
O(n^2) additions of long integers. (Generating functions: Mann and Shapley 1962; Bilbao, Fernandez,
Losada and Lopez 2000.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import comb, prod

import numpy as np

from balancegame.errors import GameError
from balancegame.games.votes import Votes
from balancegame.progress_bar import with_progress

MOST_BYTES = 2**29
"""Memory that the digits of a count may fill."""


@dataclass(frozen=True)
class Counts:
    """How many coalitions win, by size: all of them, and those that hold each member."""

    winning: tuple[int, ...]
    holding: tuple[tuple[int, ...], ...]

    def swings(self, member: int) -> list[int]:
        """Return how many coalitions of each size lose without a member and win with it.

        Entry s counts those that have s members besides. If W of size s + 1 with the member win,
        L of them do so without it too.
        """
        held, size = self.holding[member], len(self.holding)
        return [held[s + 1] - (self.winning[s] - held[s]) for s in range(size)]


@lru_cache(maxsize=64)
def counts(votes: Votes, size: int) -> Counts:
    """Return how many coalitions of a voting game win.

    Raises GameError if the weights are too large and varied to be counted in memory.
    """
    free = [i for i in range(size) if not votes.vetoes >> i & 1]
    limits, columns, most = _small(votes, free)
    if min([0, *limits]) < 0 or most < 0:
        return Counts((0,) * (size + 1), ((0,) * (size + 1),) * size)
    tally = Tally(columns, limits, most)
    small = tally.of_each_size(limits)
    winning = [0] * (size + 1)
    for s, number in enumerate(small):
        winning[size - s] = number
    holding: list[tuple[int, ...]] = [tuple(winning)] * size
    known: dict[tuple[int, ...], tuple[int, ...]] = {}
    for i, weights in zip(free, columns, strict=True):
        if weights not in known:
            held = [0] * (size + 1)
            for s, number in enumerate(tally.without(weights, limits)):
                held[size - s] = number
            known[weights] = tuple(held)
        holding[i] = known[weights]
    return Counts(tuple(winning), tuple(holding))


def _small(votes: Votes, free: Sequence[int]) -> tuple[list[int], list[tuple[int, ...]], int]:
    """Return the limits of small sets, each member's weights, and the most members they have.

    A rule under which all weights are equal only limits their number.
    """
    most = len(free)
    limits: list[int] = []
    kept: list[list[int]] = []
    for rule in votes.rules:
        weights, quota = rule.whole()
        limit = sum(weights) - quota
        own = [weights[i] for i in free]
        heaviest = max(own, default=0)
        if heaviest and min(own) == heaviest:
            most = min(most, limit // own[0])
        elif heaviest:
            limits.append(min(limit, sum(own)))
            kept.append(own)
        elif limit < 0:
            most = -1
    columns = [tuple(weights[k] for weights in kept) for k in range(len(free))]
    return limits, columns, most


class Tally:
    """How many sets of each size have at most a given weight, by every rule at once."""

    def __init__(self, columns: Sequence[tuple[int, ...]], limits: Sequence[int], most: int):
        self.spans = [limit + 1 for limit in limits]
        # The longest span varies slowest, so that its end is cut off by cutting the integer off.
        self.order = sorted(range(len(limits)), key=lambda r: -self.spans[r])
        self.strides = [0] * len(limits)
        stride = 1
        for r in reversed(self.order):
            self.strides[r] = stride
            stride *= self.spans[r]
        self.most, self.digits = most, stride
        # No count of sets is larger than the largest binomial coefficient.
        largest = max(comb(len(columns), s) for s in {min(most, len(columns) // 2), 0})
        self.width = largest.bit_length() // 8 + 1
        require_memory(self.digits, most + 1, self.width, len(columns))
        rows = [ones(self.digits, self.width)] + [0] * most
        self.full = (1 << 8 * self.width * self.digits) - 1
        members = with_progress(sorted(columns), "counting")
        for joined, weights in enumerate(members, 1):
            shift, mask = self._shift(weights)
            if shift is None:
                continue
            for s in range(min(joined, most), 0, -1):
                if rows[s - 1]:
                    rows[s] += (rows[s - 1] & mask if mask else rows[s - 1]) << shift
                    rows[s] &= self.full
        self.columns = Columns(rows, self.digits, self.width)

    def _shift(self, weights: tuple[int, ...]) -> tuple[int | None, int]:
        """Return by how many bits a member shifts a row, and what of it stays within the spans."""
        if any(w >= span for w, span in zip(weights, self.spans, strict=True)):
            return None, 0
        shift = 8 * self.width * sum(w * x for w, x in zip(weights, self.strides, strict=True))
        if not any(weights[r] for r in self.order[1:]):
            return shift, 0
        pattern = b"\xff" * self.width
        for r in reversed(self.order):
            pattern = pattern * (self.spans[r] - weights[r]) + bytes(len(pattern) * weights[r])
        return shift, int.from_bytes(pattern, "little")

    def at(self, s: int, limits: Sequence[int]) -> int:
        """Return how many sets of a size have at most these weights."""
        if not 0 <= s <= self.most or min([0, *limits]) < 0:
            return 0
        return self.of_each_size(limits)[s]

    def of_each_size(self, limits: Sequence[int]) -> list[int]:
        """Return how many sets of each size have at most these weights."""
        return self.columns.digits(self._place(limits))

    def without(self, weights: tuple[int, ...], limits: Sequence[int]) -> list[int]:
        """Return how many sets of each size do not hold a member with these weights."""
        fits = [t // w for t, w in zip(limits, weights, strict=True) if w]
        places = self._place(limits), self._place(weights)
        return self.columns.without(*places, min([self.most, *fits]))

    def _place(self, weights: Sequence[int]) -> int:
        return sum(w * stride for w, stride in zip(weights, self.strides, strict=True))


class Columns:
    """The digits of several rows, those of one place together: a polynomial in the rows' number."""

    def __init__(self, rows: Sequence[int], places: int, width: int):
        self.rows, self.width = len(rows), width
        data = b"".join(row.to_bytes(width * places, "little") for row in rows)
        table = np.frombuffer(data, dtype=f"V{width}").reshape(len(rows), places)
        self.data = table.T.tobytes()

    def digits(self, place: int) -> list[int]:
        """Return the digit at a place of each row."""
        return self._listed(self._packed(place))

    def without(self, place: int, step: int, most: int) -> list[int]:
        """Return the digit at a place of each row, as it would be without a member.

        The member adds ``step`` to the place and 1 to the row; it fits ``most`` times below it.
        """
        bits, total = 8 * self.width, 0
        for k in range(most + 1):
            column = self._packed(place - k * step) << k * bits
            total = total - column if k % 2 else total + column
        return self._listed(total & (1 << bits * self.rows) - 1)

    def _packed(self, place: int) -> int:
        size = self.rows * self.width
        return int.from_bytes(self.data[place * size : (place + 1) * size], "little")

    def _listed(self, packed: int) -> list[int]:
        width = self.width
        data = packed.to_bytes(self.rows * width, "little")
        starts = range(0, len(data), width)
        return [int.from_bytes(data[start : start + width], "little") for start in starts]


def ones(digits: int, width: int) -> int:
    """Return the integer all of whose digits, of so many bytes each, are 1."""
    return int.from_bytes((b"\1" + bytes(width - 1)) * digits, "little")


def require_memory(digits: int, rows: int, width: int, members: int) -> None:
    """Refuse a count that would not fit into memory, saying what it would take."""
    if (need := digits * rows * width) > MOST_BYTES:
        raise GameError(
            f"counting the coalitions of {members} members with these weights would take a table "
            f"of {digits:,} sums of weights by {rows} sizes, {need / 2**30:,.1f} GB; round the "
            "weights so that they share a larger unit."
        )


def set_count(columns: Sequence[tuple[int, ...]], limits: Sequence[int]) -> int:
    """Return how many sets of members have at most these weights."""
    if min([0, *limits]) < 0:
        return 0
    return sum(Tally(columns, limits, len(columns)).of_each_size(limits))


def slots(votes: Votes, size: int) -> int:
    """Return how many digits the count of a voting game would have."""
    free = [i for i in range(size) if not votes.vetoes >> i & 1]
    limits, _, most = _small(votes, free)
    return prod(max(limit, 0) + 1 for limit in limits) * (max(most, 0) + 1)
