r"""Which outcomes a signalling game has, from the signs of eighteen polynomials.

Take two types, messages and replies. After message m the second reply follows with some
probability, so the replies are a point of a square, and what type t gains by the first message,

.. math::  D_t(r, r') = u(t, 0, r) - u(t, 1, r'),

is affine on it. Where in the square, on its edges and at its corners each pair of signs of
:math:`(D_0, D_1)` occurs follows from the signs at the corners and, along an edge from corner a to
corner b, from that of :math:`D_0(a) D_1(b) - D_0(b) D_1(a)`, which says whose zero comes first. A
line through the square meets its edges, so nothing else can happen inside.

The flows are a square too. What the receiver gains by the first reply after message m is
:math:`d_t(m) = v(t, m, 0) - v(t, m, 1)` from type t; after a message that both send in full it is
:math:`p_0 d_0(m) + p_1 d_1(m)`. Here the comparisons along the edges are products of these.

So two games with the same eighteen signs have equilibria with the same supports, and instead of the
game itself a game of small whole numbers with its signs can be solved.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import product
from typing import Any

from balancegame.exact.cones import sign
from balancegame.solvers.signalling.supports import Conditions, Pattern

# Corners of the square, by the replies to the first and to the second message, and its edges.
CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))
EDGES = ((0, 1), (2, 3), (0, 2), (1, 3))

# Every pattern of signs of two lines and a square occurs with payoffs of this size already.
LARGEST = 5

Outcome = tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]
"""The messages that each type sends, and the replies to each message, none where nobody sends."""


def deciding(prior: Sequence[Any], payoffs: Sequence[Any]) -> list[Any]:
    """Return what decides the outcomes of a game of two types, messages and replies.

    Prior and payoffs are elements of any ring.
    """
    sender, receiver = payoffs
    gains = [[own[0][r] - own[1][s] for r, s in CORNERS] for own in sender]
    first, second = gains
    turns = [first[a] * second[b] - first[b] * second[a] for a, b in EDGES]
    rewards = [[own[m][0] - own[m][1] for own in receiver] for m in range(2)]
    pooled = [prior[0] * a + prior[1] * b for a, b in rewards]
    return [*first, *second, *turns, *rewards[0], *rewards[1], *pooled]


@lru_cache(maxsize=4096)
def outcomes_of_signs(signs: tuple[int, ...]) -> frozenset[Outcome]:
    """Return the outcomes of the games in which what decides has these signs.

    There are none if no game has these signs.

    Examples
    --------
    >>> payoffs = [[[2, -2], [4, 0]], [[-2, -6], [4, 0]]], [[[1, 0], [1, 0]], [[-1, 0], [-1, 0]]]
    >>> signs = tuple(map(sign, deciding((1, 2), payoffs)))
    >>> sorted(outcomes_of_signs(signs))
    [(((0,), (1,)), ((0,), (1,))), (((1,), (1,)), ((), (1,)))]
    """
    sender = _sender_with(signs[:12])
    if sender is None:
        return frozenset()
    receiver = _receiver_with(signs[12:])
    return outcomes(Conditions((1, 1), (sender, receiver)).patterns())


def outcomes(patterns: Any) -> frozenset[Outcome]:
    """Return what happens in equilibria, whatever would follow messages that nobody sends."""
    return frozenset(map(outcome_of, patterns))


def outcome_of(pattern: Pattern) -> Outcome:
    """Return what happens in the equilibria of a pattern."""
    used = {m for support in pattern.sent for m in support}
    replied = tuple(support if m in used else () for m, support in enumerate(pattern.replied))
    return pattern.sent, replied


def _sender_with(signs: tuple[int, ...]) -> Any:
    """Return small payoffs of two types whose gains have given signs, None if none have."""
    ours_first, theirs_first = (_small().get(part, []) for part in (signs[:4], signs[4:8]))
    for ours in ours_first:
        for theirs in theirs_first:
            turns = (ours[a] * theirs[b] - ours[b] * theirs[a] for a, b in EDGES)
            if tuple(map(sign, turns)) == signs[8:]:
                # D(0, 0) = u(0, 0) - u(1, 0), and so on, with u(1, 0) = 0.
                return [[[d[0], d[2]], [0, d[0] - d[1]]] for d in (ours, theirs)]
    return None


@cache
def _small() -> dict[tuple[int, ...], list[tuple[int, ...]]]:
    """Return the gains of one type at the four corners, small whole numbers, by their signs."""
    found: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
    values = sorted(range(-LARGEST, LARGEST + 1), key=abs)
    for a, b, c in product(values, repeat=3):
        gains = (a, a - c, b, b - c)
        found.setdefault(tuple(map(sign, gains)), []).append(gains)
    return found


def _receiver_with(signs: tuple[int, ...]) -> Any:
    """Return small payoffs of the receiver, two equally likely types, with given signs."""
    rewards = []
    for m in range(2):
        first, second, pooled = signs[2 * m], signs[2 * m + 1], signs[4 + m]
        if first * second < 0 and pooled:
            first, second = (2 * first, second) if pooled == first else (first, 2 * second)
        rewards.append((first, second))
    return [[[rewards[m][t], 0] for m in range(2)] for t in range(2)]
