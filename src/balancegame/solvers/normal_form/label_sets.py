"""From signs of bordered minors to vertices, equilibria and maximal Nash subsets.

A vertex of a player's best-response polyhedron is known by its labels: the player's own actions
that are not played and the opponent's actions that are best replies. A pair of vertices is an
extreme equilibrium if and only if together they carry every label. The set of all equilibria is
the union of the *maximal Nash subsets*, products of the convex hulls of the vertices in the
maximal bicliques of the graph of extreme equilibria; overlapping ones form a connected component
(Avis, Rosenberg, Savani and von Stengel 2010, "Enumeration of Nash equilibria for two-player
games").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import product
from operator import or_

import numpy as np
from numpy.typing import NDArray

from balancegame.solvers.normal_form.minors import Bases

Pair = tuple[int, int]
Biclique = tuple[tuple[int, ...], tuple[int, ...]]

Supports = tuple[tuple[tuple[int, ...], ...], ...]
"""For each maximal Nash subset and player the supports of its vertices, as bit masks of actions.

After the two players come those who move later: the mask of what each does in reply to each of the
:func:`played_cells`, in their order. Replies to what is not played make no difference.
"""

# Pairs of vertices are compared in blocks, to keep memory flat for large games.
BLOCK = 2**22

# Below this many pairs a plain loop beats the overhead of array calls.
SMALL = 256


def vertices(signs: NDArray[np.int8], table: Bases) -> dict[int, int]:
    """Return the label set of each vertex, and the first basis that yields it.

    ``signs`` are the signs of the bordered minors, all levels in turn; ``table`` says where
    coordinates and slacks stand. A label set is a bit mask: bit k is set if label k holds.
    """
    oriented = table.sign * signs[table.minor]
    feasible = ((oriented >= 0).all(axis=1) | (oriented <= 0).all(axis=1)) & oriented[
        :, : table.rows
    ].any(axis=1)
    (chosen,) = np.nonzero(feasible)
    packed = np.packbits(oriented[chosen] == 0, axis=1, bitorder="little")
    found: dict[bytes, int] = {}
    for basis, row in zip(chosen.tolist(), packed, strict=True):
        found.setdefault(row.tobytes(), basis)
    return {int.from_bytes(key, "little"): basis for key, basis in found.items()}


def opposite(labels: Iterable[int], own: int, other: int) -> list[int]:
    """Return label sets of the second player as the first player numbers labels.

    The second player, who has ``own`` actions, puts these first and the ``other`` ones after them.
    """
    low = (1 << own) - 1
    return [((mask & low) << other) | (mask >> own) for mask in labels]


def complementary_pairs(first: Sequence[int], second: Sequence[int], count: int) -> list[Pair]:
    """Return the pairs of vertices that together carry all ``count`` labels."""
    full = (1 << count) - 1
    if len(first) * len(second) <= SMALL:
        return [
            (i, j)
            for i, ours in enumerate(first)
            for j, theirs in enumerate(second)
            if ours | theirs == full
        ]
    dtype = np.int64 if count < 63 else object
    ours, theirs = np.array(first, dtype=dtype), np.array(second, dtype=dtype)
    step = max(1, BLOCK // max(1, len(theirs)))
    return [
        (start + i, j)
        for start in range(0, len(ours), step)
        for i, j in np.argwhere((ours[start : start + step, None] | theirs) == full).tolist()
    ]


def connected(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Split the edges of a bipartite graph into its connected components."""
    parent: dict[tuple[int, int], tuple[int, int]] = {}

    def root(node: tuple[int, int]) -> tuple[int, int]:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for i, j in pairs:
        parent[root((0, i))] = root((1, j))
    groups: dict[tuple[int, int], list[Pair]] = {}
    for i, j in pairs:
        groups.setdefault(root((0, i)), []).append((i, j))
    return list(groups.values())


def maximal_bicliques(pairs: Sequence[Pair]) -> list[Biclique]:
    """Return the maximal complete bipartite subgraphs of a bipartite graph.

    Their right-hand sides are the intersections of neighbourhoods of left-hand vertices.
    """
    gathered: dict[int, set[int]] = {}
    for i, j in pairs:
        gathered.setdefault(i, set()).add(j)
    neighbours = {i: frozenset(near) for i, near in gathered.items()}
    closed: set[frozenset[int]] = set()
    for near in neighbours.values():
        closed |= {near} | {near & other for other in closed}
    closed.discard(frozenset())
    return [
        (tuple(i for i, near in neighbours.items() if near >= side), tuple(sorted(side)))
        for side in closed
    ]


def supports_of_subsets(first: Sequence[int], second: Sequence[int], shape: Pair) -> Supports:
    """Return the supports of the maximal Nash subsets that two lists of label sets span.

    Both are label sets of vertices as the first player numbers labels.
    """
    rows, columns = shape
    pairs = complementary_pairs(first, second, rows + columns)
    own, other = (1 << rows) - 1, (1 << columns) - 1
    found = []
    for left, right in maximal_bicliques(pairs):
        ours = sorted(~first[i] & own for i in left)
        theirs = sorted(~(second[j] >> rows) & other for j in right)
        found.append((tuple(ours), tuple(theirs)))
    return tuple(sorted(found))


def with_replies(
    supports: Supports, replies: Mapping[tuple[int, ...], tuple[int, ...]]
) -> Supports:
    """Add to each maximal Nash subset what those who move later do in reply to what it plays.

    ``replies`` gives for each cell of the first movers' game the action of each of the others.

    Examples
    --------
    >>> with_replies((((1,), (3,)),), {(0, 0): (1,), (0, 1): (0,), (1, 0): (0,), (1, 1): (0,)})
    (((1,), (3,), (2, 1)),)
    """
    if not any(replies.values()):
        return supports
    depth = len(next(iter(replies)))
    found = []
    for subset in supports:
        played = [replies[cell] for cell in played_cells(subset[:depth])]
        masks = [tuple(1 << a for a in actions) for actions in zip(*played, strict=True)]
        found.append((*subset, *masks))
    return tuple(found)


def played_cells(subset: tuple[tuple[int, ...], ...]) -> Iterator[tuple[int, ...]]:
    """Yield every combination of actions that some vertices of a Nash subset play.

    Examples
    --------
    >>> list(played_cells(((1,), (1, 2))))
    [(0, 0), (0, 1)]
    """
    masks = [reduce(or_, side) for side in subset]
    return product(*([a for a in range(m.bit_length()) if m >> a & 1] for m in masks))
