r"""Counts of sets by their weight, in machine integers.

A table has rows of equal length: the entry t of a row counts the sets of one kind whose weight is t
at most. As a member of weight w joins the sets of a row, they become sets of another,

.. math:: F'_{k + 1}(t) = F_{k + 1}(t) + F_k(t - w).

No count is larger than the number of sets, so it is known from what is left of it modulo
:math:`2^{32}` or :math:`2^{64}`, which machine integers do by themselves; of more members also from
what is left of it modulo primes (Chinese remainder theorem).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.solvers.coalitional.counting import require_memory

Row = NDArray[Any]
Counted = list[list[int]]

# A sum of 127 remainders modulo a prime below this is smaller than 2**63.
BELOW = 2**56


@dataclass(frozen=True)
class Remainders:
    """Arithmetic with rows of counts modulo a prime, or a number that machine integers use."""

    modulus: int
    dtype: Any

    def join(self, row: Row, others: Row, weight: int) -> None:
        """Add to a row, or to each of several, the sets of another, each with a new member."""
        if weight < row.shape[-1]:
            part = row[..., weight:]
            self.sum(part, others[..., : part.shape[-1]], out=part)

    def sum(self, ours: Row, theirs: Row, out: Row | None = None) -> Row:
        """Return the sums of two arrays of counts."""
        found: Row = np.add(ours, theirs, out=out)
        if self.modulus < BELOW and self.dtype is np.uint64:
            np.minimum(found, found - np.uint64(self.modulus), out=found)
        return found

    def difference(self, ours: Row, theirs: Row, out: Row | None = None) -> Row:
        """Return the differences of two arrays of counts."""
        found: Row = np.subtract(ours, theirs, out=out)
        if self.modulus < BELOW and self.dtype is np.uint64:
            # What is below 0 has become larger than any prime.
            np.minimum(found, found + np.uint64(self.modulus), out=found)
        return found

    def leave(self, row: Row, others: Row, weight: int) -> None:
        """Take from a row, or from each of several, the sets of another, each with a new member."""
        if weight < row.shape[-1]:
            part = row[..., weight:]
            self.difference(part, others[..., : part.shape[-1]], out=part)

    def without(self, rows: Any, place: int, weight: int) -> list[int]:
        """Return the entry at a place of each row, as it would be without a member.

        The member's weight is ``weight``, and with it a set of row k is one of row k + 1: so undo
        the joining, :math:`F_k(t) - F_{k - 1}(t - w) + F_{k - 2}(t - 2w) - ...`. A third axis, if
        there is one, holds row k for each number from its end back, of which the k-th is taken.
        """
        return self.back(rows, place, weight, place // weight)

    def back(self, rows: Any, place: int, weight: int, most: int) -> list[int]:
        """Return the same, the member being taken away so many times at most."""
        count = len(rows)
        if place < 0:
            return [0] * count
        row, times, sign, starts = _back(count, min(count - 1, most))
        at = (row - times, *([count - 1 - row] if rows.ndim == 3 else []), place - times * weight)
        sums = np.add.reduceat(rows[at] * sign, starts).view(np.int64)
        return [n % self.modulus for n in sums.tolist()]


@lru_cache(maxsize=1024)
def _back(count: int, most: int) -> tuple[Row, Row, Row, Row]:
    """Return for each row how far to look back, at most so far, with signs; and where it begins."""
    row, times = np.tril_indices(count)
    row, times = row[times <= most], times[times <= most]
    sign = np.where(times % 2 == 1, np.uint64(2**64 - 1), np.uint64(1))
    return row, times, sign, np.flatnonzero(times == 0)


def counted(
    work: Callable[[Remainders], Counted], rows: int, span: int, members: int, largest: int
) -> Counted:
    """Return what some work counts, done modulo as many numbers as it takes.

    No count may be more than ``largest``. Raises GameError if the table, of so many rows of a
    length, does not fit into memory.
    """
    narrow = largest < 2**32
    require_memory(span, rows, 4 if narrow else 8, members)
    modulus = 2**32 if narrow else 2**64
    found = work(Remainders(modulus, np.uint32 if narrow else np.uint64))
    prime = BELOW
    while modulus <= largest:
        import sympy

        prime = int(sympy.prevprime(prime))
        again, inverse = work(Remainders(prime, np.uint64)), pow(modulus, -1, prime)
        found = [
            [a + modulus * ((b - a) * inverse % prime) for a, b in zip(*row, strict=True)]
            for row in zip(found, again, strict=True)
        ]
        modulus *= prime
    return found
