"""Where the sides of a phase diagram's grid squares cross the curves that bound its regimes.

Between two neighbouring grid points the signs of some polynomials differ: their curves pass there.
Pairs of neighbours with the same two sign patterns are looked at once for all their sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from balancegame.exact.polynomials import squarefree
from balancegame.exact.roots import Root, roots_between
from balancegame.solvers.parametric.sign_changes import Signs
from balancegame.solvers.phase_diagram.curve_batches import Bundle, bundles
from balancegame.solvers.phase_diagram.curves import Curve

Numbers = NDArray[np.intp]
Shares = NDArray[np.float64]

# Curves that cross a side within this share of it are taken to meet there; what then holds is read
# at an exact point.
NEAR = 1e-6

# The number that ``Field.read`` gives to signs that no game has.
IMPOSSIBLE = -1


class Crossing(NamedTuple):
    """A place where a side of a grid square crosses a boundary.

    The side starts at the grid point in ``row`` and ``column`` and runs upward along y or else
    along x. ``share`` says how far along it the crossing is; ``curve`` is the number of the
    boundary's curve; ``before``, ``on`` and ``after`` are the numbers of regimes.
    """

    upward: bool
    row: int
    column: int
    share: float
    curve: int
    before: int
    on: int
    after: int


@dataclass(frozen=True)
class Crossings:
    """All crossings of a diagram, an entry of each array each: side by side, in order on each."""

    upward: NDArray[np.bool_]
    row: Numbers
    column: Numbers
    share: Shares
    curve: Numbers
    before: Numbers
    on: Numbers
    after: Numbers

    def __len__(self) -> int:
        return len(self.row)

    def __iter__(self) -> Iterator[Crossing]:
        return (self[k] for k in range(len(self)))

    def __getitem__(self, k: int) -> Crossing:
        return Crossing(*(getattr(self, name)[k].item() for name in Crossing._fields))

    def some(self, chosen: Any) -> Crossings:
        """Return some of the crossings."""
        return Crossings(*(getattr(self, name)[chosen] for name in Crossing._fields))


@dataclass(frozen=True)
class Field:
    """What is known of a grid.

    Attributes
    ----------
    x, y : tuple of Fraction
        The values along the axes.
    curves : tuple of Curve
    patterns : ndarray of int8, shape (curves, patterns)
        The distinct columns of signs beside grid points, none of them 0.
    labels : ndarray of int, shape (patterns,)
        The number of the regime that each pattern says.
    cells : ndarray of int, shape (len(y), len(x))
        The pattern beside each grid point.
    read : callable
        From columns of signs to the numbers of their regimes.
    """

    x: tuple[Fraction, ...]
    y: tuple[Fraction, ...]
    curves: tuple[Curve, ...]
    patterns: Signs
    labels: Numbers
    cells: Numbers
    read: Callable[[Signs], Numbers]

    def sides(
        self, upward: NDArray[np.bool_], row: Numbers, column: Numbers
    ) -> tuple[Shares, Shares, Shares, Shares]:
        """Return in floating point where sides start, x and y, and how far they go in each."""
        x, y = self._floats
        dx = np.where(upward, 0, np.append(np.diff(x), 0)[column])
        dy = np.where(upward, np.append(np.diff(y), 0)[row], 0)
        return x[column], y[row], dx, dy

    @cached_property
    def _floats(self) -> tuple[Shares, Shares]:
        return np.array(self.x, dtype=np.float64), np.array(self.y, dtype=np.float64)


@dataclass(frozen=True)
class _Sides:
    """Sides whose ends have different patterns, one entry of each array a side."""

    upward: NDArray[np.bool_]
    row: Numbers
    column: Numbers
    before: Numbers
    after: Numbers

    def some(self, chosen: Numbers) -> _Sides:
        return _Sides(
            self.upward[chosen],
            self.row[chosen],
            self.column[chosen],
            self.before[chosen],
            self.after[chosen],
        )


def crossings(field: Field) -> Crossings:
    """Return where the sides of grid squares cross boundaries."""
    sides = _sides(field.cells)
    labels = field.labels
    pairs, pair = np.unique(sides.before * len(labels) + sides.after, return_inverse=True)
    first, second = np.divmod(pairs, len(labels))
    changed = field.patterns[:, first] != field.patterns[:, second]
    left, right = labels[first], labels[second]
    on = field.read(np.where(changed, 0, field.patterns[:, first]))
    on = np.where(on == IMPOSSIBLE, right, on)
    drawn = (left != right) | ((on != left) & (on != right))
    kept = np.flatnonzero(drawn[pair])
    sides, pair = sides.some(kept), pair[kept]
    bundled = bundles(field.curves)
    shares = _shares(field, bundled, sides, changed[:, pair])
    single = changed.sum(axis=0)[pair] == 1
    curve = changed.argmax(axis=0)[pair] if len(changed) else pair
    lone = np.flatnonzero(single)
    alone = (curve[lone], left[pair[lone]], on[pair[lone]], right[pair[lone]])
    several = np.flatnonzero(~single)
    found = _walked(field, sides.some(several), shares[:, several])
    side = np.concatenate([lone, several[found[0]]])
    share = np.concatenate([shares[curve[lone], lone], shares[found[1], several[found[0]]]])
    order = np.lexsort((share, sides.column[side], sides.row[side], sides.upward[side]))
    side = side[order]
    regimes = (np.concatenate(both)[order] for both in zip(alone, found[1:], strict=True))
    return _confirmed(
        field,
        bundled,
        Crossings(sides.upward[side], sides.row[side], sides.column[side], share[order], *regimes),
    )


def _sides(cells: Numbers) -> _Sides:
    along, up = cells[:, :-1] != cells[:, 1:], cells[:-1] != cells[1:]
    (row, column), (row_up, column_up) = along.nonzero(), up.nonzero()
    return _Sides(
        np.repeat([False, True], [len(row), len(row_up)]),
        np.concatenate([row, row_up]),
        np.concatenate([column, column_up]),
        np.concatenate([cells[:, :-1][along], cells[:-1][up]]),
        np.concatenate([cells[:, 1:][along], cells[1:][up]]),
    )


def _shares(
    field: Field, bundled: list[Bundle], sides: _Sides, changed: NDArray[np.bool_]
) -> Shares:
    """Return how far along each side each curve that crosses it does, not-a-number else."""
    shares = np.full(changed.shape, np.nan)
    x, y, dx, dy = field.sides(sides.upward, sides.row, sides.column)
    for bundle in bundled:
        which, at = changed[bundle.numbers].nonzero()
        if len(at):
            curve = bundle.numbers[which]
            start = field.patterns[curve, sides.before[at]]
            roots = bundle.each(which).roots(start, x[at], y[at], dx[at], dy[at])
            shares[curve, at] = roots
    return shares


def _walked(field: Field, sides: _Sides, shares: Shares) -> NDArray[np.intp]:
    """Return what is crossed on sides that several curves cross, one place after another.

    All sides are walked at once. Curves that follow each other within ``NEAR`` are crossed in one
    step.

    Returns
    -------
    ndarray of int, shape (5, crossings)
        The side, the curve, and the regimes before, on and after it.
    """
    if not shares.size:
        return np.empty((5, 0), dtype=np.intp)
    order = np.argsort(shares, axis=0)
    ranked = np.take_along_axis(shares, order, axis=0)
    step = np.zeros(shares.shape, dtype=np.intp)
    np.cumsum(np.diff(ranked, axis=0) > NEAR, axis=0, out=step[1:])
    never = len(shares)
    taken = np.full(shares.shape, never)
    np.put_along_axis(taken, order, np.where(np.isnan(ranked), never, step), axis=0)
    steps = step[-1] + 1
    side, now = np.nonzero(np.arange(steps.max()) < steps[:, None])
    start, at = field.patterns[:, sides.before[side]], taken[:, side]
    columns = np.stack([start * np.sign(at - now), start * np.where(at > now, 1, -1)], axis=2)
    on, after = field.read(columns.reshape(never, -1).astype(np.int8)).reshape(-1, 2).T
    # A curve that crosses the side twice is not seen; then the signs can be of no game.
    possible = after != IMPOSSIBLE
    on = np.where(on == IMPOSSIBLE, after, on)
    last, before = field.labels[sides.before], after.copy()
    for k in range(steps.max()):
        taking = possible & (now == k)
        before[taking] = last[side[taking]]
        last[side[taking]] = after[taking]
    met = possible & ((before != after) | (on != before))
    curve = order[(step[:, side] == now).argmax(axis=0), side]
    return np.stack([side, curve, before, on, after])[:, met]


def _confirmed(field: Field, bundled: list[Bundle], met: Crossings) -> Crossings:
    """Read what holds on each boundary at an exact point of it, unless that is plain already.

    It is plain where at some place of the boundary no other curve is anywhere near.
    """
    listed = np.flatnonzero((met.on != met.before) & (met.on != met.after))
    some = met.some(listed)
    if not len(listed):
        return met
    signs = _plain_signs(field, bundled, some)
    hidden = np.isnan(signs)
    alone = hidden.sum(axis=0) == hidden[some.curve, np.arange(len(listed))]
    count = 1 + max(int(some.before.max()), int(some.on.max()), int(some.after.max()))
    kinds = ((some.curve * count + some.before) * count + some.on) * count + some.after
    _, kind = np.unique(kinds, return_inverse=True)
    doubtful = np.setdiff1d(kind, kind[alone])
    if not len(doubtful):
        return met
    columns, owners = [], []
    for number in doubtful.tolist():
        chosen = np.flatnonzero(kind == number)
        columns.append(_exactly(field, some.some(chosen), signs[:, chosen]))
        owners.append(listed[chosen])
    on = met.on.copy()
    for owner, regime in zip(owners, field.read(np.stack(columns, axis=1)), strict=True):
        on[owner] = regime
    corners = {
        k: column == 0
        for owner, column in zip(owners, columns, strict=True)
        for k in owner.tolist()
        if np.count_nonzero(column == 0) > 1
    }
    met = _ended(replace(met, on=on), corners)
    return met.some(np.flatnonzero((met.before != met.after) | (met.on != met.before)))


def _ended(met: Crossings, corners: dict[int, NDArray[np.bool_]]) -> Crossings:
    """Return crossings of which those at corners belong to the boundary that ends there.

    Curves without a common factor meet at single points, so what holds where two of them vanish is
    no boundary's. The boundary parts the same regimes and follows one of the curves.

    Parameters
    ----------
    met : Crossings
    corners : dict of int to ndarray of bool, shape (curves,)
        Which curves vanish at each corner.
    """
    on, curve = met.on.copy(), met.curve.copy()
    elsewhere = np.ones(len(met), dtype=np.bool_)
    elsewhere[list(corners)] = False
    for k, vanishing in corners.items():
        sides = {met.before[k], met.after[k]}
        same = (np.minimum(met.before, met.after) == min(sides)) & (
            np.maximum(met.before, met.after) == max(sides)
        )
        others = np.flatnonzero(elsewhere & same & vanishing[met.curve])
        if len(others):
            away = abs(met.row[others] - met.row[k]) + abs(met.column[others] - met.column[k])
            nearest = others[away.argmin()]
            on[k], curve[k] = met.on[nearest], met.curve[nearest]
    return replace(met, on=on, curve=curve)


def _plain_signs(field: Field, bundled: list[Bundle], met: Crossings) -> Shares:
    """Return the sign of each curve at each place, not-a-number where rounding could hide it."""
    x, y, dx, dy = field.sides(met.upward, met.row, met.column)
    across, up = x + met.share * dx, y + met.share * dy
    signs = np.empty((len(field.curves), len(met)))
    for bundle in bundled:
        lines = bundle.each((slice(None), None))
        value, scale = lines.values(across, up), lines.scales(across, up)
        signs[bundle.numbers] = np.where(abs(value) > NEAR * scale, np.sign(value), np.nan)
    return signs


def _exactly(field: Field, met: Crossings, signs: Shares) -> Signs:
    """Return the exact signs of all curves at a point where a side meets a boundary.

    Of a few such points the one on the fewest curves counts: others are corners.
    """
    fewest = np.argsort(np.isnan(signs).sum(axis=0), kind="stable")[:2]
    columns = [_signs_at(field, met[k], signs[:, k]) for k in fewest.tolist()]
    return max(columns, key=np.count_nonzero)


def _signs_at(field: Field, crossing: Crossing, plain: Shares) -> Signs:
    """Return the exact signs of all curves at a crossing."""
    hidden = np.isnan(plain)
    hidden[crossing.curve] = True
    close = np.flatnonzero(hidden).tolist()
    curves = [field.curves[k] for k in close]
    if crossing.upward:
        low, high = field.y[crossing.row : crossing.row + 2]
        along = [curve.along_y(field.x[crossing.column]) for curve in curves]
    else:
        low, high = field.x[crossing.column : crossing.column + 2]
        along = [curve.along_x(field.y[crossing.row]) for curve in curves]

    def distance(root: Root) -> float:
        return abs(float((root.interval[0] - low) / (high - low)) - crossing.share)

    own = squarefree(along[close.index(crossing.curve)])
    # The curve's sign changes along the side, so there is a place where it vanishes.
    place = min(roots_between(own, low, high), key=distance)
    column = np.nan_to_num(plain).astype(np.int8)
    column[close] = [place.sign(polynomial) for polynomial in along]
    return column
