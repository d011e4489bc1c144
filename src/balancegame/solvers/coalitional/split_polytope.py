"""The splits at which no coalition misses more than a given amount: a polytope, by its vertices.

Double description (Motzkin and others 1953): the splits that give each player enough alone are a
simplex; each further coalition cuts it. Two vertices are neighbours if no third one is on all the
faces that they share, and a cut between them makes a new vertex on their edge.
Values may be formulas or irrational, so vertices are kept short by division;
:mod:`balancegame.exact.cones` does the same over rings, without any.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import permutations
from typing import Any

from balancegame.errors import GameError

MOST_VERTICES = 2000

Vertex = tuple[Any, ...]


def polytope_vertices(values: Callable[[int], Any], size: int, excess: Any) -> dict[Vertex, int]:
    """Return the vertices of the splits at which no coalition misses more than an excess.

    Each vertex comes with the coalitions that miss just that much there, coalition S being bit S of
    an integer. There is no vertex if there is no such split.

    Raises GameError if there are more than MOST_VERTICES on the way.
    """
    least = [values(1 << i) - excess for i in range(size)]
    total = values((1 << size) - 1)
    rest = total - sum(least, Fraction(0))
    if rest < 0:
        return {}
    singles = [1 << (1 << i) for i in range(size)]
    found: dict[Vertex, int] = {}
    for k in range(size):
        split = tuple(part + rest if i == k else part for i, part in enumerate(least))
        found[split] = found.get(split, 0) | sum(bit for i, bit in enumerate(singles) if i != k)
    if not rest:
        found = {split: sum(singles) for split in found}
    for mask in sorted(range(1, (1 << size) - 1), key=int.bit_count)[size:]:
        found = _cut(found, mask, values(mask) - excess, size)
        if not found:
            return {}
    return found


def _cut(found: dict[Vertex, int], mask: int, limit: Any, size: int) -> dict[Vertex, int]:
    inside, outside, kept = [], [], {}
    for split, tight in found.items():
        slack = sum((part for i, part in enumerate(split) if mask >> i & 1), Fraction(0)) - limit
        if slack < 0:
            outside.append((split, tight, slack))
        else:
            kept[split] = tight if slack > 0 else tight | 1 << mask
            if slack > 0:
                inside.append((split, tight, slack))
    if len(inside) * len(outside) > MOST_VERTICES**2:
        raise _too_many()
    everything = list(found.values())
    for one, faces, slack in inside:
        for other, others, lack in outside:
            shared = faces & others
            # An edge lies on n - 2 faces at least.
            if shared.bit_count() < size - 2:
                continue
            if sum(shared & tight == shared for tight in everything) > 2:
                continue
            step = slack / (slack - lack)
            cut = tuple(a + step * (b - a) for a, b in zip(one, other, strict=True))
            kept[cut] = kept.get(cut, 0) | shared | 1 << mask
    if len(kept) > MOST_VERTICES:
        raise _too_many()
    return kept


def marginal_vectors(values: Callable[[int], Any], size: int) -> dict[Vertex, None]:
    """Return what players get who are paid their marginal contributions, over all orders.

    Of a convex game these are the vertices of the core (Shapley 1971; Ichiishi 1981).
    """
    found: dict[Vertex, None] = {}
    for order in permutations(range(size)):
        parts: list[Any] = [Fraction(0)] * size
        mask = 0
        for i in order:
            parts[i] = values(mask | 1 << i) - values(mask)
            mask |= 1 << i
        found[tuple(parts)] = None
    return found


def _too_many() -> GameError:
    return GameError(
        f"these splits have more than {MOST_VERTICES} vertices; ask whether a split is among them "
        "(split in core) or what a coalition misses (verify) instead."
    )
