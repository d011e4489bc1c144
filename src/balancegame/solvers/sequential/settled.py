"""Backward induction where no tie is met: many nodes at a time, for each level of the tree.

Where one player moves at every node that follows, and never between two best actions, a node leads
to one end. Whether an action is best depends only on the order of payoffs, so whole numbers of 64
bits decide: the payoffs themselves, scaled to whole numbers, or their ranks.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection
from fractions import Fraction
from itertools import chain, pairwise
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.games.tree_layout import NOBODY, Layout, whole

# So many nodes are gone through one by one in the time that it takes to make arrays of them.
FEW = 100


def scaled_payoffs(layout: Layout, players: int) -> tuple[list[int], list[Any]]:
    """Return a scale for each player, and the payoffs times these scales at the ends' positions.

    Rational payoffs become whole numbers; irrational ones stay as they are, their scale 1.
    """
    if layout.whole_payoffs is not None:
        return [1] * players, layout.given
    ends = [layout.given[k] for k in layout.ends]
    scales, columns = [], []
    for column in zip(*ends, strict=True):
        rational = all(isinstance(u, int | Fraction) for u in column)
        scale = lcm(*(u.denominator for u in column)) if rational else 1
        scales.append(scale)
        columns.append(
            [u.numerator * (scale // u.denominator) for u in column] if rational else column
        )
    payoffs = list(layout.given)
    for k, scaled in zip(layout.ends, zip(*columns, strict=True), strict=True):
        payoffs[k] = scaled
    return scales, payoffs


def settled(
    layout: Layout, payoffs: list[Any], apart: Collection[int]
) -> tuple[array[int], array[int], list[int]]:
    """Return for each node the end that it leads to, and the node that is chosen there.

    Both are -1 where that is not settled so: some player is indifferent or does not know where
    play is, several choose at once, or chance moves. Last come the nodes of which this is true.
    Nodes ``apart`` begin no subgame.
    """
    if len(layout.given) <= FEW:
        return one_by_one(layout, payoffs, apart)
    return level_by_level(layout, payoffs, apart)


def one_by_one(
    layout: Layout, payoffs: list[Any], apart: Collection[int]
) -> tuple[array[int], array[int], list[int]]:
    """Return the same as :func:`settled`: of a few nodes, arrays take longer to make."""
    size, first, movers = len(layout.given), layout.first, layout.movers
    reached, chosen = array("q", [-1]) * size, array("q", [-1]) * size
    for k in reversed(range(size)):
        mover, below = movers[k], range(first[k], first[k + 1])
        if mover == NOBODY:
            reached[k] = k
        if mover < 0 or k in apart or any(reached[c] < 0 or c in apart for c in below):
            continue
        own = [payoffs[reached[c]][mover] for c in below]
        best = max(own)
        if own.count(best) == 1:
            chosen[k] = below[own.index(best)]
            reached[k] = reached[chosen[k]]
    return reached, chosen, [k for k in range(size) if reached[k] < 0]


def level_by_level(
    layout: Layout, payoffs: list[Any], apart: Collection[int]
) -> tuple[array[int], array[int], list[int]]:
    """Return the same as :func:`settled`, of all nodes of a level at once."""
    size = len(layout.given)
    ends, first, movers = (
        # As positions: NumPy counts with 32 bits in a browser.
        np.frombuffer(each, np.int64).astype(np.intp, copy=False)
        for each in (layout.ends, layout.first, layout.movers)
    )
    at_ends = layout.whole_payoffs
    if at_ends is None:
        at_ends = _keys([payoffs[k] for k in layout.ends])
    keys = np.zeros((size, at_ends.shape[1]), dtype=np.int64)
    keys[ends] = at_ends
    reached = np.full(size, -1, dtype=np.int64)
    reached[ends] = ends
    chosen = np.full(size, -1, dtype=np.int64)
    closed = np.ones(size, dtype=bool)
    closed[list(apart)] = False
    for start, stop in reversed(list(pairwise(layout.levels))):
        inner = start + np.flatnonzero(first[start + 1 : stop + 1] > first[start:stop])
        if not len(inner):
            continue
        low, high = first[inner[0]], first[inner[-1] + 1]
        counts = first[inner + 1] - first[inner]
        starts = first[inner] - low
        below = np.arange(low, high)
        own = keys[below, np.repeat(np.maximum(movers[inner], 0), counts)]
        best = own == np.repeat(np.maximum.reduceat(own, starts), counts)
        alone = np.add.reduceat(best, starts, dtype=np.int64) == 1
        known = np.logical_and.reduceat((reached[below] >= 0) & closed[below], starts)
        choice = np.maximum.reduceat(np.where(best, below, -1), starts)
        sure = alone & known & (movers[inner] >= 0) & closed[inner]
        here, to = inner[sure], choice[sure]
        chosen[here] = to
        reached[here] = reached[to]
        keys[here] = keys[to]
    return whole(reached), whole(chosen), np.flatnonzero(reached < 0).tolist()


def _keys(payoffs: list[tuple[Any, ...]]) -> NDArray[np.int64]:
    """Return whole numbers of 64 bits in the order of each player's payoffs."""
    # A player's payoffs are all whole, or irrational and rational ones that are not scaled.
    if all(type(u) is int for u in payoffs[0]):
        size = len(payoffs) * len(payoffs[0])
        try:
            flat = np.fromiter(chain.from_iterable(payoffs), np.int64, size)
        except OverflowError:
            pass
        else:
            return flat.reshape(len(payoffs), -1)
    columns = [_ranks(column) for column in zip(*payoffs, strict=True)]
    return np.array(columns, dtype=np.int64).T


def _ranks(column: tuple[Any, ...]) -> list[int]:
    order = sorted(range(len(column)), key=column.__getitem__)
    ranks, rank = [0] * len(column), 0
    for before, k in pairwise(order):
        rank += column[before] < column[k]
        ranks[k] = rank
    return ranks
