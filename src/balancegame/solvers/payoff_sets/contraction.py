r"""What proves a payoff set from outside: everything larger shrinks to it.

Let O be a set that is known to hold every equilibrium payoff, and W another within it.
Along a direction n they reach o(n) and w(n). Between them lie the sets

.. math:: O_t = \{v : n v \le (1 - t) w(n) + t o(n) \text{ for the sides } n \text{ of both}\}.

If what :math:`O_t` generates lies in :math:`O_{\rho t}` for one :math:`\rho < 1` and every t from
0 to 1, then equilibrium payoffs, which generate themselves, lie in :math:`O, O_\rho, O_{\rho^2},
\dots`, hence in W. A continuation that supports a profile satisfies :math:`n_j v \le b_j(t)`: the
sides of :math:`O_t`, and that each player gets enough, all linear in t. Where a direction n is a
sum :math:`y_1 n_1 + y_2 n_2` of two of these with weights that are not negative, the continuation
reaches :math:`y_1 b_1(t) + y_2 b_2(t)` along n at most (weak duality of linear programming). That
bound is linear in t too. So one pair for each profile and each side proves it, if the bound is at
most w(n) at t = 0 and less than o(n) at t = 1; or also equal, where o(n) = w(n).

A mean of two bounds is a bound. And where the two constraints ask for more than the set reaches
along a direction, any multiple of what is missing may be taken off (Farkas' lemma): a continuation
that does not exist reaches nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.solvers.payoff_sets.float_generation import FLATTEST, ROUNDING
from balancegame.solvers.payoff_sets.polygons import Point, Polygon, edge_normals, support
from balancegame.solvers.payoff_sets.self_generation import (
    StagePayoffs,
    WholeNumbers,
    in_whole_numbers,
)

# Of so many numbers at a time bounds are computed.
MOST_NUMBERS = 500_000
# What rounding may do counts more than what a bound has to spare, when it is chosen to be tried.
LIKELY = 2.0**20


def contracts(payoffs: StagePayoffs, inner: Polygon, outer: Polygon) -> bool:
    """Return whether the outside is proved to shrink to the inside, as said above.

    Floats choose the bounds; where they are not clear by more than rounding, whole numbers decide.
    """
    whole = in_whole_numbers(payoffs, [*inner, *outer])
    sides = _sides(tuple(whole.points[: len(inner)]), tuple(whole.points[len(inner) :]))
    if any(side.near > side.far for side in sides):
        return False
    longest = [max(map(abs, side.normal)) for side in sides]
    n = np.array([[c / m for c in s.normal] for s, m in zip(sides, longest, strict=True)])
    ends = np.array(
        [
            [e / (m * whole.unit) for e in (s.near, s.far)]
            for s, m in zip(sides, longest, strict=True)
        ]
    )
    length = np.hypot(n[:, 0], n[:, 1])[:, None]
    n, ends = n / length, ends / length
    rough, d = payoffs.rough, payoffs.rough.patience
    size = float(np.abs(ends).max() + np.abs(rough.payoffs).max() + rough.needed.max())
    # What constraints ask for, and by how much the set fails to reach it: ends of t last.
    least = rough.needed[:, :, None] - ends[:2, None]
    upward = (n >= 0).all(axis=1)
    short = np.einsum("jp,pkt->kjt", n[upward], least) - ends[upward] - ROUNDING * size
    supported = np.flatnonzero(~(short > 0).all(axis=2).any(axis=1))
    first, second, weights, slack = _pairs(n, size)
    usable = (weights >= 0).all(axis=0)
    for part in np.array_split(supported, 1 + supported.size * weights.size // MOST_NUMBERS):
        level = np.concatenate(
            [np.broadcast_to(ends, (len(part), *ends.shape)), -least[:, part].swapaxes(0, 1)],
            axis=1,
        )
        own = (1 - d) * (rough.payoffs[:, part].T @ n.T)
        reach = own[:, None, :, None] + d * (
            weights[0] * level[:, first, None] + weights[1] * level[:, second, None]
        )
        spare = np.where(usable, ends - reach, -np.inf)
        for k, j in np.argwhere(~_clear(spare - slack, short[part])).tolist():
            if sides[j].is_edge and not _proved(
                whole, sides, int(part[k]), j, (first, second), spare[k, :, j], slack[:, 0]
            ):
                return False
    return True


@dataclass(frozen=True)
class _Side:
    """A direction, and how far the inner and the outer set reach along it."""

    normal: Point
    near: Any
    far: Any
    is_edge: bool


def _sides(inner: Polygon, outer: Polygon) -> list[_Side]:
    """Return the directions of the axes, least payoffs first, and of the edges of both sets."""
    kept: dict[Point, bool] = dict.fromkeys([(-1, 0), (0, -1), (1, 0), (0, 1)], False)
    for x, y in [*edge_normals(inner), *edge_normals(outer)]:
        common = gcd(x, y)
        kept[x // common, y // common] = True
    return [
        _Side(normal, support(inner, normal), support(outer, normal), is_edge)
        for normal, is_edge in kept.items()
    ]


def _pairs(
    n: NDArray[np.float64], size: float
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64], NDArray[np.float64]]:
    """Return pairs of half-planes and the weights with which they make up every direction.

    Returns
    -------
    first, second : array
        Positions among the sides followed by the constraints on the two players' payoffs.
    weights : array of shape (2, pairs, directions, 1)
    slack : array of shape (pairs, 1, 1)
        What rounding may do to a bound.
    """
    lines = np.vstack([n, -np.eye(2)])
    first, second = np.triu_indices(len(lines), 1)
    turn = _cross(lines[first], lines[second])
    apart = np.abs(turn) > FLATTEST
    first, second, turn = first[apart], second[apart], turn[apart, None]
    weights = np.stack(
        [
            _cross(n[None, :], lines[second][:, None]) / turn,
            _cross(lines[first][:, None], n[None, :]) / turn,
        ]
    )
    return first, second, weights[..., None], ROUNDING * size / turn[:, :, None] ** 2


def _cross(p: NDArray[np.float64], q: NDArray[np.float64]) -> NDArray[np.float64]:
    return p[..., 0] * q[..., 1] - p[..., 1] * q[..., 0]


def _clear(spare: NDArray[np.float64], short: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return for which profiles and sides one bound, or a mean of two, is clear at both ends.

    Parameters
    ----------
    spare : array of shape (profiles, pairs, sides, 2)
        By how much a pair's bound stays below the side at t = 0 and t = 1.
    short : array of shape (profiles, directions, 2)
        By how much the set fails to reach what the constraints ask for along a direction, at
        t = 0 and t = 1: any multiple of it may be added to what a bound has to spare.
    """
    start, end = spare[..., 0], spare[..., 1]
    from_start, from_end = short[..., 0], short[..., 1]
    # Of two bounds clear at one end each, some mean is clear at both if what they have to spare
    # there is more, in product, than what they lack elsewhere.
    with np.errstate(divide="ignore", invalid="ignore"):
        at_start = np.where((start > 0) & (end <= 0), start / -end, 0).max(axis=1)
        at_end = np.where((end > 0) & (start <= 0), end / -start, 0).max(axis=1)
        empty = np.where((from_start > 0) & (from_end <= 0), from_start / -from_end, 0)
        most = np.maximum(at_start, empty.max(axis=1)[:, None])
        mean = most * at_end > 1
    return mean | (np.minimum(start, end) > 0).any(axis=1)  # type: ignore[no-any-return]


def _proved(
    whole: WholeNumbers,
    sides: list[_Side],
    profile: int,
    j: int,
    pairs: tuple[NDArray[np.intp], NDArray[np.intp]],
    spare: NDArray[np.float64],
    slack: NDArray[np.float64],
) -> bool:
    """Return whether whole numbers prove that a profile stays behind a side."""
    gx, gy, *gains = whole.profiles[profile]
    p, q = whole.patience
    lines = [(*side.normal, side.near, side.far) for side in sides]
    for (x, y, near, far), gain in zip(lines[:2], gains, strict=True):
        lines.append((x, y, near - (q - p) * gain, far - (q - p) * gain))
    x, y, near, far = lines[j]
    own = (q - p) * (x * gx + y * gy)
    perhaps = np.flatnonzero((spare >= -slack).all(axis=1))
    for k in perhaps[np.argsort(slack[perhaps, 0] * LIKELY - spare[perhaps, 1])].tolist():
        (px, py, *p_ends), (qx, qy, *q_ends) = lines[pairs[0][k]], lines[pairs[1][k]]
        turn = px * qy - py * qx
        one, other = x * qy - y * qx, px * y - py * x
        if turn < 0:
            turn, one, other = -turn, -one, -other
        if one < 0 or other < 0:
            continue
        # Both sides of the inequalities times q and the turn, which are positive.
        start, end = (
            own * turn + p * (one * b + other * c) for b, c in zip(p_ends, q_ends, strict=True)
        )
        near_end, far_end = q * turn * near, q * turn * far
        if start <= near_end and (end < far_end or end == far_end == near_end):
            return True
    return False
