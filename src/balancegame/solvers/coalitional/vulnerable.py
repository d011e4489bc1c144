r"""Vulnerable coalitions: how many winning coalitions have so many critical members.

A member is *critical* in a winning coalition that loses without it. With one rule of weights those
are the members heavier than the coalition's excess e = w(S) - q: the heaviest ones in it. Let
T hold the j heaviest members. Exactly the members of S in T are critical if
:math:`w_{j + 1} \le e < w_j`, so what is counted for each j are coalitions within a window of
weights, by how many of T they hold. The count for the next j follows from the last by one exact
division of power series: the member that comes to T leaves the others.

If there is a rule about the number of members too, at least k, then in a coalition of just k all
are critical, and a larger one is as above. What is counted of these are their complements D, of at
most n - k - 1 members: S holds j - a members of T if D holds a of them.

Of several rules of weights see :mod:`.several_rules`, and :mod:`.coalitions_in_words`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from math import comb
from typing import Any

import numpy as np

from balancegame.games.coalitional import CoalitionalGame
from balancegame.progress_bar import with_progress
from balancegame.solvers.coalitional.coalitions_in_words import by_critical_members
from balancegame.solvers.coalitional.counting import Columns, ones, require_memory
from balancegame.solvers.coalitional.free_votes import FreeVotes, asked_of
from balancegame.solvers.coalitional.minimal_winning import just_enough
from balancegame.solvers.coalitional.several_rules import SeveralRules, critical_under_rules
from balancegame.solvers.coalitional.sums_of_weights import Remainders, counted

Numbers = list[int]
Entry = tuple[int, int, list[tuple[int, int]]]


def critical_parts(game: CoalitionalGame, what: str) -> list[Fraction]:
    """Return for each player the sum of 1/c over the coalitions in which it is one of c critical.

    Raises GameError if the game is not simple, or has too many members.
    """
    asked, listed = asked_of(game, what)
    parts = [Fraction(0)] * len(game.players)
    extra = len(asked.vetoing)
    if isinstance(listed, SeveralRules):
        entries = _entries(*critical_under_rules(listed))
    elif listed is not None:
        entries = _entries(*by_critical_members(listed, len(asked.free)))
    elif asked.quota and asked.least:
        entries = _by_critical_of_a_number(asked)
    else:
        entries = _by_critical(asked)
    for critical, total, held in entries:
        if critical + extra:
            for i, number in held:
                parts[asked.free[i]] += Fraction(number, critical + extra)
            for i in asked.vetoing:
                parts[i] += Fraction(total, critical + extra)
    return parts


def _entries(totals: Numbers, found: list[Numbers]) -> Iterator[Entry]:
    for c, total in enumerate(totals):
        yield c, total, [(i, numbers[c]) for i, numbers in enumerate(found)]


def _by_critical(asked: FreeVotes) -> Iterator[Entry]:
    """Yield numbers of winning sets of members without a veto, by how many of these are critical.

    Each entry: how many are critical, how many such sets, and in how many each member is critical.
    """
    weights, quota, least = asked.weights, asked.quota, asked.least
    count = len(weights)
    if not quota:
        if least:
            held = comb(count - 1, least - 1)
            yield least, comb(count, least), [(i, held) for i in range(count)]
        yield 0, sum(comb(count, s) for s in range(least + bool(least), count + 1)), []
        return
    heaviest = weights[0]
    span = quota + heaviest
    width = count // 8 + 1
    require_memory(span, count + 1, width, count)
    full = (1 << 8 * width * span) - 1
    bits = 8 * width
    rows = [ones(span, width)]
    for w in weights:
        if w < span:
            rows[0] = (rows[0] + (rows[0] << bits * w)) & full
    # All winning sets but those that weigh less than the quota with the heaviest member besides.
    above = 2**count - _digit(rows[0], width, span - 1)
    if above:
        yield 0, above, []
    positive = sum(map(bool, weights))
    for j in with_progress(range(positive + 1), "counting"):
        next_heaviest = weights[j] if j < count else 0
        last = weights[j - 1] if j else heaviest
        if next_heaviest < last:
            columns = Columns(rows, span, width)
            yield from _in_window(columns, weights[:j], quota + next_heaviest, quota + last)
        if j < positive:
            rows = [_divided(row, bits, weights[j], span, full) for row in rows]
            rows.append(0)
            for c in range(len(rows) - 1, 0, -1):
                rows[c] = (rows[c] + (rows[c - 1] << bits * weights[j])) & full


def _by_critical_of_a_number(asked: FreeVotes) -> Iterator[Entry]:
    """Yield the same where a rule is about the number of members."""
    total, *held = just_enough(asked)
    yield asked.least, total, list(enumerate(held))
    count = len(asked.weights)
    if asked.least < count:
        rows = (count - asked.least) ** 2
        span = sum(asked.weights) - asked.quota + 1
        totals, *parts = counted(partial(_of_larger_sets, asked), rows, span, count, 2**count)
        for c, number in enumerate(totals):
            yield c, number, [(i, numbers[c]) for i, numbers in enumerate(parts)]


def _of_larger_sets(asked: FreeVotes, modulo: Remainders) -> list[Numbers]:
    """Count sets of more than the least number by how many are critical: all, and each member."""
    weights, count = asked.weights, len(asked.weights)
    most, limit = count - asked.least - 1, sum(weights) - asked.quota
    found = [[0] * (count + 1) for _ in range(count + 1)]
    # Row (a, r) counts complements with a of the heaviest members and r of the others at most.
    rows = np.zeros((most + 1, most + 1, limit + 1), dtype=modulo.dtype)
    rows[0] = 1
    for w in weights:
        for r in range(most, 0, -1):
            modulo.join(rows[0, r], rows[0, r - 1], w)
    positive = sum(map(bool, weights))
    for j in with_progress(range(positive + 1), "counting"):
        heavier = limit - weights[j - 1] if j else -1
        lighter = limit - (weights[j] if j < count else 0)
        if heavier < lighter:

            def window(weight: int, ends: tuple[int, int] = (lighter, heavier)) -> Numbers:
                above, below = (modulo.without(rows, place, weight) for place in ends)
                return [(a - b) % modulo.modulus for a, b in zip(above, below, strict=True)]

            # Nobody weighs more than the limit allows and still is in a complement.
            for numbers, weight in zip(found, (limit + 1, *weights[:j]), strict=False):
                for a, number in enumerate(window(weight)[: j + 1]):
                    numbers[j - a] += number
        if j < positive:
            for r in range(1, most + 1):
                up_to = min(j, most - r) + 1
                modulo.leave(rows[:up_to, r], rows[:up_to, r - 1], weights[j])
            for a in range(min(j + 1, most), 0, -1):
                up_to = most - a + 1
                modulo.join(rows[a, :up_to], rows[a - 1, :up_to], weights[j])
    return [[number % modulo.modulus for number in numbers] for numbers in found]


def _in_window(columns: Columns, top: tuple[int, ...], start: int, end: int) -> Iterator[Entry]:
    """Yield by how many of the top members they hold the sets that weigh start to end - 1."""
    most = columns.rows - 1

    def counted(weight: int | None) -> Numbers:
        above, below = (
            columns.digits(place)
            if weight is None
            else columns.without(place, weight, min(most, place // weight))
            for place in (end - 1, start - 1)
        )
        return [a - b for a, b in zip(above, below, strict=True)]

    totals = counted(None)
    without = {weight: counted(weight) for weight in set(top)}
    for c, total in enumerate(totals):
        if total:
            yield c, total, [(i, total - without[w][c]) for i, w in enumerate(top)]


def _divided(row: int, bits: int, weight: int, span: int, full: int) -> int:
    """Divide a power series by 1 + x**weight: by 1 - x**w + x**2w - ... in few factors."""
    row = (row - (row << bits * weight)) & full
    step = 2 * weight
    while step < span:
        row = (row + (row << bits * step)) & full
        step *= 2
    return row


def _digit(row: Any, width: int, place: int) -> int:
    return int((row >> 8 * width * place) & ((1 << 8 * width) - 1))
