r"""Counts of coalitions where several rules about weights must all be met.

A winning coalition S exceeds each quota by some :math:`e_r = w_r(S) - q_r \ge 0`. A member of S is
critical if by one rule at least it is heavier than that. So all :math:`e_r` between two weights
that follow each other, for each rule, make a *window* in which one set A of members can be
critical: S has as many critical members as it has of A, and is minimal if all of it lies in A.

What is counted are complements D of S, which weigh at most the total less the quota: with
generating functions in the weights, and in y for the members of A,

.. math:: \prod_{i \in A} (1 + y x^{w_i}) \prod_{i \notin A} (1 + x^{w_i}),

of which a window is a box of exponents. As A grows from one window to the next, a factor is divided
out and another multiplied in. Entries are summed over weights from the start, so a box takes its
corners only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from math import comb, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.progress_bar import with_progress
from balancegame.solvers.coalitional.sums_of_weights import Remainders, counted

Table = NDArray[Any]
Numbers = list[int]
Weights = tuple[int, ...]
Box = tuple[tuple[int, int], ...]
"""For each rule the weights of complements: more than the first number, at most the second."""


@dataclass(frozen=True)
class SeveralRules:
    """Rules of weights: how much each member weighs by each, and what complements may weigh."""

    columns: tuple[Weights, ...]
    limits: tuple[int, ...]

    @classmethod
    def of(cls, rules: Sequence[tuple[Sequence[int], int]]) -> SeveralRules:
        """Return the rules that weights and quotas make."""
        limits = tuple(sum(weights) - quota for weights, quota in rules)
        return cls(tuple(zip(*(weights for weights, _ in rules), strict=True)), limits)

    @property
    def work(self) -> int:
        """About how many numbers are changed in a count."""
        windows = prod(len(self._levels(r)) for r in range(len(self.limits)))
        return windows * (len(self.columns) + 1) * prod(limit + 1 for limit in self.limits)

    def _levels(self, r: int) -> list[tuple[frozenset[int], tuple[int, int]]]:
        """Return the windows of one rule: who can be critical by it, and what complements weigh."""
        limit, own = self.limits[r], [weights[r] for weights in self.columns]
        values = sorted({w for w in own if w}, reverse=True)
        bounds = [-1, *(limit - w for w in values), limit]
        members = [
            frozenset(),
            *(frozenset(i for i, w in enumerate(own) if w >= v) for v in values),
        ]
        return [
            (group, (max(low, -1), high))
            for group, low, high in zip(members, bounds, bounds[1:], strict=False)
        ]

    def windows(
        self, table: Table, enter: Callable[[Table, Weights], Table]
    ) -> Iterator[tuple[Table, frozenset[int], Box]]:
        """Yield for each window its table, who can be critical, and its box."""
        levels = [self._levels(r) for r in range(len(self.limits))]

        def walk(
            r: int, table: Table, inside: frozenset[int], box: Box
        ) -> Iterator[tuple[Table, frozenset[int], Box]]:
            if r == len(levels):
                yield table, inside, box
                return
            for group, span in levels[r]:
                for i in sorted(group - inside):
                    table = enter(table, self.columns[i])
                inside |= group
                if span[0] < span[1]:
                    yield from walk(r + 1, table, inside, (*box, span))

        return walk(0, table, frozenset(), ())


def minimal_under_rules(rules: SeveralRules) -> list[Numbers]:
    """Return how many minimal winning coalitions have each size: all, and with each member."""
    count = len(rules.columns)
    # None of them holds another, so there are no more (Sperner 1928).
    return _counted(rules, partial(_minimal, rules), comb(count, count // 2))


def critical_under_rules(rules: SeveralRules) -> tuple[Numbers, list[Numbers]]:
    """Return how many winning coalitions have each number of critical members.

    First all of them, then for each member those in which it is critical.
    """
    totals, *held = _counted(rules, partial(_critical, rules), 2 ** len(rules.columns))
    return totals, held


def _counted(
    rules: SeveralRules, work: Callable[[Remainders], list[Numbers]], largest: int
) -> list[Numbers]:
    count = len(rules.columns)
    # Each rule's windows begin with a table of their own, and one is being made.
    tables = len(rules.limits) + 2
    span = prod(limit + 1 for limit in rules.limits)
    return counted(work, tables * (count + 1), span, count, largest)


def _minimal(rules: SeveralRules, modulo: Remainders) -> list[Numbers]:
    count = len(rules.columns)
    start = np.zeros((count + 1, *(limit + 1 for limit in rules.limits)), dtype=modulo.dtype)
    start[0] = 1
    found = [[0] * (count + 1) for _ in range(count + 1)]
    windows = rules.windows(start, partial(_with_member, modulo))
    for table, inside, box in with_progress(windows, "counting"):
        # All others are in the complement.
        beyond = [
            sum(weights[r] for i, weights in enumerate(rules.columns) if i not in inside)
            for r in range(len(box))
        ]
        shifted = tuple(
            (low - more, high - more) for (low, high), more in zip(box, beyond, strict=True)
        )
        _add(found, rules, modulo, table, inside, shifted)
    return _reduced(found, modulo)


def _critical(rules: SeveralRules, modulo: Remainders) -> list[Numbers]:
    count = len(rules.columns)
    start = np.zeros((count + 1, *(limit + 1 for limit in rules.limits)), dtype=modulo.dtype)
    start[0] = 1
    for weights in rules.columns:
        start[0] = _sum(modulo, start[0], start[0], weights)
    found = [[0] * (count + 1) for _ in range(count + 1)]

    def enter(table: Table, weights: Weights) -> Table:
        return _with_member(modulo, _without_factor(modulo, table, weights), weights)

    for table, inside, box in with_progress(rules.windows(start, enter), "counting"):
        _add(found, rules, modulo, table, inside, box)
    return _reduced(found, modulo)


def _add(
    found: list[Numbers],
    rules: SeveralRules,
    modulo: Remainders,
    table: Table,
    inside: frozenset[int],
    box: Box,
) -> None:
    """Add the coalitions of a window by how many of the members inside they hold."""
    flat = table.reshape(len(table), -1)
    strides = [prod(table.shape[r + 2 :]) for r in range(len(box))]
    signed = []
    for ends in product((0, 1), repeat=len(box)):
        corner = [span[end] for span, end in zip(box, ends, strict=True)]
        if min(corner) >= 0:
            signed.append((corner, (-1) ** ends.count(0)))

    def box_sum(weights: Weights | None) -> Numbers:
        """Return the box by the members of A in the complement, without one of some weights."""
        sums = [0] * len(table)
        for corner, sign in signed:
            place = sum(c * stride for c, stride in zip(corner, strides, strict=True))
            step, most = 0, 0
            if weights is not None:
                step = sum(w * stride for w, stride in zip(weights, strides, strict=True))
                most = min(
                    [len(inside), *(c // w for c, w in zip(corner, weights, strict=True) if w)]
                )
            for a, number in enumerate(modulo.back(flat, place, step, most)):
                sums[a] += sign * number
        return sums

    size = len(inside)
    known: dict[Weights, Numbers] = {}
    for numbers, sums in (
        (found[0], box_sum(None)),
        *(
            (found[i + 1], known.get(w) or known.setdefault(w, box_sum(w)))
            for i in sorted(inside)
            for w in (rules.columns[i],)
        ),
    ):
        for a in range(size + 1):
            numbers[size - a] += sums[a]


def _reduced(found: list[Numbers], modulo: Remainders) -> list[Numbers]:
    return [[number % modulo.modulus for number in numbers] for numbers in found]


def _with_member(modulo: Remainders, table: Table, weights: Weights) -> Table:
    """Multiply by 1 + y x**w: a new member of A may be in the complement."""
    grown = table.copy()
    grown[1:] = _sum(modulo, table[1:], table[:-1], (0, *weights))
    return grown


def _without_factor(modulo: Remainders, table: Table, weights: Weights) -> Table:
    """Divide by 1 + x**w, which is to multiply by 1 - x**w + x**2w - ... in few factors."""
    table = _sum(modulo, table, table, (0, *weights), less=True)
    times = 2
    while all(times * w < size for w, size in zip(weights, table.shape[1:], strict=True)):
        table = _sum(modulo, table, table, (0, *(times * w for w in weights)))
        times *= 2
    return table


def _sum(
    modulo: Remainders, table: Table, other: Table, weights: Weights, less: bool = False
) -> Table:
    """Return a table and another, shifted by some weights and added or taken away."""
    total = table.copy()
    if all(w < size for w, size in zip(weights, table.shape, strict=True)):
        part = total[tuple(slice(w, None) for w in weights)]
        moved = other[tuple(slice(size - w) for w, size in zip(weights, other.shape, strict=True))]
        part[...] = modulo.difference(part, moved) if less else modulo.sum(part, moved)
    return total
