"""Where the sides of a phase diagram's grid squares cross the curves that bound its regimes.

Between two neighbouring grid points the signs of some polynomials differ: their curves pass there.
In which order several curves cross one side, which of them meet, and what holds where they do is
decided exactly. Floating point answers first, with a proven bound on its rounding; what it leaves
in doubt is answered by the roots of the curves' polynomials along the side.

The grid sets what is seen at all: a curve that enters and leaves a square through one side, or
closes within it, is missed, and if one curve crosses a side three times, only one place counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from balancegame.exact.polynomials import Polynomial, squarefree
from balancegame.exact.roots import Root, roots_between, sorted_apart
from balancegame.solvers.parametric.sign_changes import Signs
from balancegame.solvers.phase_diagram.curve_batches import CurveBatches
from balancegame.solvers.phase_diagram.curves import Curve

Numbers = NDArray[np.intp]
Shares = NDArray[np.float64]
Table = TypeVar("Table", bound=tuple[Any, ...])

# Half the stretch of a side, in shares of it, within which floating point looks for a crossing.
# A wider one leaves more to exact arithmetic and changes no answer.
BRACKET = 1e-6

# The number that ``Field.read`` gives to signs that no game has.
IMPOSSIBLE = -1


class Crossings(NamedTuple):
    """Places where sides of grid squares cross boundaries, in order on each side.

    A side starts at the grid point in ``row`` and ``column`` and runs upward along y or else along
    x. ``share`` says how far along it the crossing is, to draw it; ``curve`` is the number of the
    boundary's curve; ``before``, ``on`` and ``after`` are the numbers of regimes.
    """

    upward: NDArray[np.bool_]
    row: Numbers
    column: Numbers
    share: Shares
    curve: Numbers
    before: Numbers
    on: Numbers
    after: Numbers

    def each(self) -> Iterator[Crossings]:
        """Yield the crossings, one number for each array."""
        columns: list[list[Any]] = [part.tolist() for part in self]
        return map(Crossings._make, zip(*columns, strict=True))


class _Sides(NamedTuple):
    """Sides, and the patterns at their ends."""

    upward: NDArray[np.bool_]
    row: Numbers
    column: Numbers
    before: Numbers
    after: Numbers


def _some(table: Table, chosen: Any) -> Table:
    """Return some rows of parallel arrays."""
    return type(table)(*(part[chosen] for part in table))


@dataclass(frozen=True)
class Field:
    """What is known of a grid.

    ``patterns``, of shape (curves, patterns), are the distinct columns of signs beside grid points,
    none of them 0. ``labels`` has the number of the regime that each pattern says, ``cells``, of
    shape (len(y), len(x)), the pattern beside each grid point. ``read`` turns columns of signs into
    the numbers of their regimes.
    """

    x: tuple[Fraction, ...]
    y: tuple[Fraction, ...]
    curves: tuple[Curve, ...]
    patterns: Signs
    labels: Numbers
    cells: Numbers
    read: Callable[[Signs], Numbers]

    @cached_property
    def batches(self) -> CurveBatches:
        """The curves in floating point."""
        return CurveBatches(self.curves)

    def sides(self, sides: Any) -> tuple[Shares, Shares, Shares, Shares]:
        """Return in floating point where sides start, x and y, and how far they go in each."""
        x, y, wide, high = self._floats
        row, column, upward = sides.row, sides.column, sides.upward
        return x[column], y[row], np.where(upward, 0, wide[column]), np.where(upward, high[row], 0)

    @cached_property
    def _floats(self) -> tuple[Shares, ...]:
        """Values along x and y, and the steps from each to the next."""
        x, y = (np.array(values, dtype=np.float64) for values in (self.x, self.y))
        return x, y, np.append(np.diff(x), 0), np.append(np.diff(y), 0)

    def along(self, side: Any, curves: list[int]) -> tuple[list[Polynomial], tuple[Fraction, ...]]:
        """Return the polynomials of curves along a side, and the ends of the side."""
        x, y = self.x[side.column :][:2], self.y[side.row :][:2]
        if side.upward:
            return [self.curves[k].along_y(x[0]) for k in curves], y
        return [self.curves[k].along_x(y[0]) for k in curves], x


def crossings(field: Field) -> Crossings:
    """Return where the sides of grid squares cross boundaries."""
    sides = _changing_sides(field.cells)
    labels = field.labels
    pairs, pair = np.unique(sides.before * len(labels) + sides.after, return_inverse=True)
    first, second = np.divmod(pairs, len(labels))
    changed = field.patterns[:, first] != field.patterns[:, second]
    left, right = labels[first], labels[second]
    on = field.read(np.where(changed, 0, field.patterns[:, first]))
    on = np.where(on == IMPOSSIBLE, right, on)
    drawn = (left != right) | ((on != left) & (on != right))
    kept = np.flatnonzero(drawn[pair])
    sides, pair = _some(sides, kept), pair[kept]
    changed = changed[:, pair]
    shares = _shares(field, sides, changed)
    single = changed.sum(axis=0) == 1
    lone, several = np.flatnonzero(single), np.flatnonzero(~single)
    curve = changed[:, lone].argmax(axis=0) if len(changed) else lone
    alone = (shares[curve, lone], curve, left[pair[lone]], on[pair[lone]], right[pair[lone]])
    at, *walked = _walked(field, _some(sides, several), shares[:, several])
    side = np.concatenate([lone, several[at]])
    order = np.argsort(side, kind="stable")
    places = (part[side[order]] for part in sides[:3])
    met = (np.concatenate(both)[order] for both in zip(alone, walked, strict=True))
    return _confirmed(field, Crossings(*places, *met))


def _changing_sides(cells: Numbers) -> _Sides:
    """Return the sides whose ends have different patterns."""
    found = []
    across, up = (cells[:, :-1], cells[:, 1:]), (cells[:-1], cells[1:])
    for upward, (before, after) in ((False, across), (True, up)):
        at = (before != after).nonzero()
        found.append((np.full(len(at[0]), upward), *at, before[at], after[at]))
    return _Sides(*map(np.concatenate, zip(*found, strict=True)))


def _shares(field: Field, sides: _Sides, changed: NDArray[np.bool_]) -> Shares:
    """Return how far along each side each curve that crosses it does, not-a-number else."""
    shares = np.full(changed.shape, np.nan)
    curve, at = changed.nonzero()
    crossed = _some(sides, at)
    start = field.patterns[curve, crossed.before]
    shares[curve, at] = field.batches.roots(curve, start, *field.sides(crossed))
    return shares


def _walked(field: Field, sides: _Sides, shares: Shares) -> tuple[NDArray[Any], ...]:
    """Return what is crossed on sides that several curves cross, one place after another.

    For each crossing that is the side, how far along it, the first of the curves, and the regimes
    before, on and after. All sides are walked at once. Curves that meet are crossed in one step.
    """
    if not shares.size:
        return (np.empty(0, dtype=np.intp),) * 6
    order, ranked, step = _steps(field, sides, shares)
    never = len(shares)
    taken = np.full(shares.shape, never)
    np.put_along_axis(taken, order, np.where(np.isnan(ranked), never, step), axis=0)
    side, now = np.nonzero(np.arange(step.max() + 1) < step[-1][:, None] + 1)
    start, at = field.patterns[:, sides.before[side]], taken[:, side]
    columns = np.stack([start * np.sign(at - now), start * np.where(at > now, 1, -1)], axis=2)
    on, after = field.read(columns.reshape(never, -1).astype(np.int8)).reshape(-1, 2).T
    # A curve that crosses the side twice is not seen; then the signs can be of no game.
    possible = after != IMPOSSIBLE
    on = np.where(on == IMPOSSIBLE, after, on)
    last, before = field.labels[sides.before], after.copy()
    for k in range(step.max() + 1):
        taking = possible & (now == k)
        before[taking] = last[side[taking]]
        last[side[taking]] = after[taking]
    met = possible & ((before != after) | (on != before))
    first = (step[:, side] == now).argmax(axis=0), side
    return tuple(part[met] for part in (side, ranked[first], order[first], before, on, after))


def _steps(field: Field, sides: _Sides, shares: Shares) -> tuple[Numbers, Shares, Numbers]:
    """Return in which order curves cross sides, in arrays of shape (curves, sides).

    They hold the curves from first to last, those that do not cross the side at the end; how far
    along they do; and the number of the place, from 0. Curves that meet on the side share a place.
    """
    order = np.argsort(shares, axis=0, kind="stable")
    ranked = np.take_along_axis(shares, order, axis=0)
    rank, side = np.nonzero(~np.isnan(ranked[1:]))
    first, second = order[rank, side], order[rank + 1, side]
    middle = (ranked[rank, side] + ranked[rank + 1, side]) / 2
    x, y, dx, dy = (np.tile(part[side], 2) for part in field.sides(sides))
    middle, both = np.tile(middle, 2), np.concatenate([first, second])
    between = field.batches.signs(both, x + middle * dx, y + middle * dy)
    start = field.patterns[both, np.tile(sides.before[side], 2)]
    # Between the two the first has changed its sign and the second has not.
    changed, unchanged = np.split(between * start, 2)
    apart = (changed < 0) & (unchanged > 0)
    step = np.zeros(shares.shape, dtype=np.intp)
    step[rank + 1, side] = apart
    np.cumsum(step, axis=0, out=step)
    for k in np.unique(side[~apart]).tolist():
        curves = np.sort(order[: np.count_nonzero(~np.isnan(ranked[:, k])), k]).tolist()
        groups = _places(field, _some(sides, k), curves, shares[curves, k])
        listed = [curve for group in groups for curve in group]
        order[: len(listed), k] = listed
        ranked[: len(listed), k] = np.maximum.accumulate(shares[listed, k])
        step[: len(listed), k] = np.repeat(np.arange(len(groups)), list(map(len, groups)))
        step[len(listed) :, k] = len(groups) - 1
    return order, ranked, step


def _places(field: Field, side: Any, curves: list[int], shares: Shares) -> list[list[int]]:
    """Return the curves that cross a side, in order, those that meet together."""
    polynomials, ends = field.along(side, curves)
    roots = [_crossing(p, ends, share) for p, share in zip(polynomials, shares, strict=True)]
    curve = {id(root): k for root, k in zip(roots, curves, strict=True)}
    return [sorted(curve[id(root)] for root in group) for group in sorted_apart(roots)]


def _crossing(polynomial: Polynomial, ends: tuple[Fraction, ...], share: float) -> Root:
    """Return where a curve crosses a side; of several such places the one nearest to a share."""
    low, high = ends
    # The curve's sign changes along the side, so there is a place where it vanishes.
    return min(
        roots_between(squarefree(polynomial), low, high),
        key=lambda root: abs(float((root.interval[0] - low) / (high - low)) - share),
    )


def _confirmed(field: Field, met: Crossings) -> Crossings:
    """Read what holds on each boundary at an exact point of it, unless that is plain already.

    It is plain if there is a place on the boundary that no other curve comes near.
    """
    listed = np.flatnonzero((met.on != met.before) & (met.on != met.after))
    if not len(listed):
        return met
    some = _some(met, listed)
    count = 1 + max(int(some.before.max()), int(some.on.max()), int(some.after.max()))
    kinds = ((some.curve * count + some.before) * count + some.on) * count + some.after
    _, kind, sizes = np.unique(kinds, return_inverse=True, return_counts=True)
    # Corners are at the ends of a boundary, so its middle is mostly plain.
    middle = np.argsort(kind, kind="stable")[np.cumsum(sizes) - sizes + sizes // 2]
    doubtful = np.flatnonzero(~_alone(_plain_signs(field, _some(some, middle)), some.curve[middle]))
    among = np.flatnonzero(np.isin(kind, doubtful))
    some, kind, listed = _some(some, among), kind[among], listed[among]
    signs = _plain_signs(field, some)
    doubtful = np.setdiff1d(kind, kind[_alone(signs, some.curve)])
    if not len(doubtful):
        return met
    columns, owners = [], []
    for number in doubtful.tolist():
        chosen = np.flatnonzero(kind == number)
        columns.append(_exactly(field, _some(some, chosen), signs[:, chosen]))
        owners.append(listed[chosen])
    for owner, regime in zip(owners, field.read(np.stack(columns, axis=1)), strict=True):
        met.on[owner] = regime
    corners: dict[int, NDArray[np.bool_]] = {}
    for owner, column in zip(owners, columns, strict=True):
        if np.count_nonzero(column == 0) > 1:
            corners |= dict.fromkeys(owner.tolist(), column == 0)
    _end_boundaries_at(met, corners)
    return _some(met, (met.before != met.after) | (met.on != met.before))


def _alone(signs: Shares, curve: Numbers) -> NDArray[np.bool_]:
    """Return where no sign is in doubt but that of the boundary's own curve."""
    hidden = np.isnan(signs)
    alone: NDArray[np.bool_] = hidden.sum(axis=0) == hidden[curve, np.arange(len(curve))]
    return alone


def _end_boundaries_at(met: Crossings, corners: dict[int, NDArray[np.bool_]]) -> None:
    """Let crossings at corners belong to the boundary that ends there.

    Curves without a common factor meet at single points, so what holds where two of them vanish is
    no boundary's. The boundary parts the same regimes and follows one of the curves.

    ``met`` is changed where it stands; ``corners`` says which curves vanish at each corner.
    """
    row, column, curve, on = met.row, met.column, met.curve.copy(), met.on.copy()
    low, high = np.minimum(met.before, met.after), np.maximum(met.before, met.after)
    elsewhere = np.ones(len(on), dtype=np.bool_)
    elsewhere[list(corners)] = False
    for k, vanishing in corners.items():
        same = elsewhere & (low == low[k]) & (high == high[k]) & vanishing[curve]
        others = np.flatnonzero(same)
        if len(others):
            away = abs(row[others] - row[k]) + abs(column[others] - column[k])
            nearest = others[away.argmin()]
            met.on[k], met.curve[k] = on[nearest], curve[nearest]


def _plain_signs(field: Field, met: Crossings) -> Shares:
    """Return the sign of each curve at each crossing, not-a-number where that is in doubt.

    The crossing lies where its own curve changes sign, within ``BRACKET`` of where it is drawn.
    A polynomial whose value is larger than all its change within that reach keeps its sign.
    """
    x, y, dx, dy = field.sides(met)
    share = met.share + BRACKET * np.array([[-1], [0], [1]])
    across, up = x + share * dx, y + share * dy
    reach = 2 * BRACKET * abs(dx), 2 * BRACKET * abs(dy)
    signs = field.batches.steady_signs(across[1], up[1], *reach)
    own = np.tile(met.curve, 2)
    ends = field.batches.signs(own, across[::2].ravel(), up[::2].ravel()).reshape(2, -1)
    signs[:, ends[0] * ends[1] >= 0] = np.nan
    return signs


def _exactly(field: Field, met: Crossings, signs: Shares) -> Signs:
    """Return the exact signs of all curves at a point where a side meets a boundary.

    Of two such points the one on fewer curves counts: the other is a corner.
    """
    fewest = np.argsort(np.isnan(signs).sum(axis=0), kind="stable")[:2]
    columns = [_signs_at(field, _some(met, k), signs[:, k]) for k in fewest.tolist()]
    return max(columns, key=np.count_nonzero)


def _signs_at(field: Field, crossing: Any, plain: Shares) -> Signs:
    """Return the exact signs of all curves at a crossing."""
    hidden = np.isnan(plain)
    hidden[crossing.curve] = True
    close = np.flatnonzero(hidden).tolist()
    along, ends = field.along(crossing, close)
    place = _crossing(along[close.index(crossing.curve)], ends, crossing.share)
    column = np.nan_to_num(plain).astype(np.int8)
    column[close] = [place.sign(polynomial) for polynomial in along]
    return column
