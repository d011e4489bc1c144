r"""Conditions on bounded parameters, decided by cutting a box into smaller ones.

On a box a polynomial is a mixture of its Bernstein coefficients there, with weights that are at
least 0 and add up to 1. So it is at least the smallest of them, and at most the largest. Where a
condition cannot hold on a box by these bounds, the box is done; otherwise it is halved, and the
bounds come closer. Each factor of a polynomial has bounds of its own, which what is assumed of that
factor can only narrow: so a square is nowhere negative.

Bounds come close everywhere but need not reach the polynomial, so a polynomial that is 0 inside the
box but nowhere negative may stay open for ever, unless it is 0 at corners of boxes or a factor is.

Source: Garloff (1993), "The Bernstein algorithm"; Farouki and Rajan (1987) for the coefficients.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import product
from math import comb, lcm, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.solvers.proofs.conditions import MORE, Condition, whole_scale
from balancegame.solvers.proofs.deadlines import Deadline
from balancegame.solvers.proofs.factors import irreducible_factors
from balancegame.solvers.proofs.line import has_sign
from balancegame.solvers.proofs.simple_numbers import Span

# Beyond this many variables, coefficients, boxes or halvings in a row it is given up.
MOST_VARIABLES = 6
MOST_COEFFICIENTS = 4000
MOST_BOXES = 20_000
MOST_HALVINGS = 40
# How often bounds of some variables are used to bound others.
_ROUNDS = 3

Grid = NDArray[Any]
Box = tuple[Span, ...]
Cut = int | tuple[int, Any, Any]
"""The number of a condition that fails on a box, or an axis and how both of its halves are cut."""


class GivenUpError(Exception):
    """More boxes than are followed."""


@dataclass(frozen=True)
class BoxCertificate:
    """A box that is cut into smaller ones; on each, one condition fails where the others hold."""

    conditions: tuple[Condition, ...]
    cut: Cut = field(repr=False)

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the sides of the box."""
        return tuple(bounding_box(self.conditions) or ())

    @property
    def boxes(self) -> tuple[tuple[Box, Condition], ...]:
        """Each of the smaller boxes, and the condition that fails on it."""
        box = tuple((bounding_box(self.conditions) or {}).values())
        return tuple((part, self.conditions[k]) for part, k in _parts(box, self.cut))

    def __str__(self) -> str:
        listed = ", ".join(map(str, self.conditions))
        return (
            f"on each of {len(self.boxes)} boxes of {', '.join(self.variables)} one of these fails "
            f"by its Bernstein coefficients: {listed}"
        )

    def holds(self) -> bool:
        """Return whether the condition that is named for each box fails on it."""
        sides = bounding_box(self.conditions)
        if sides is None:
            return False
        factored = _factored(self.conditions, tuple(sides))
        box = tuple(sides.values())
        pending = [(self.cut, box, [_bernstein(f, box) for f in factored.factors])]
        while pending:
            cut, part, grids = pending.pop()
            if isinstance(cut, int):
                if not factored.fails(cut, grids, part):
                    return False
                continue
            axis, *cuts = cut
            halves = zip(cuts, _halved(part, axis), _halved_grids(grids, axis), strict=True)
            pending += halves
        return True


def cut_into_boxes(
    conditions: Sequence[Condition], deadline: Deadline
) -> BoxCertificate | dict[str, Fraction] | None:
    """Return why conditions on bounded variables contradict each other, or a point that meets them.

    None if a variable has no bounds, or if neither is found.
    """
    sides = bounding_box(conditions)
    if sides is None or len(sides) > MOST_VARIABLES:
        return None
    factored = _factored(conditions, tuple(sides))
    if sum(prod(d + 1 for d in _degrees(f)) for f in factored.factors) > MOST_COEFFICIENTS:
        return None
    box = tuple(sides.values())
    count = 0

    def cut(part: Box, grids: list[Grid], halvings: int) -> Cut | dict[str, Fraction]:
        nonlocal count
        deadline.check()
        count += 1
        failing = factored.failing(grids, part)
        if failing is not None:
            return failing
        corner = factored.corner(grids, part)
        if corner is not None and all(h.holds(corner) for h in conditions):
            return corner
        if halvings == MOST_HALVINGS or count > MOST_BOXES:
            raise GivenUpError
        axis = factored.most_bent(grids, part)
        parts: list[Any] = []
        for half, theirs in zip(_halved(part, axis), _halved_grids(grids, axis), strict=True):
            found = cut(half, theirs, halvings + 1)
            if isinstance(found, dict):
                return found
            parts.append(found)
        return (axis, *parts)

    try:
        found = cut(box, [_bernstein(f, box) for f in factored.factors], 0)
    except GivenUpError:
        return None
    if isinstance(found, dict):
        return found
    failing = {k for _, k in _parts(box, found)}
    used = sorted(failing | set(factored.of_one_factor))
    place = {k: number for number, k in enumerate(used)}

    def renumbered(cut: Cut) -> Cut:
        return place[cut] if isinstance(cut, int) else (cut[0], *map(renumbered, cut[1:]))  # type: ignore[return-value]

    return BoxCertificate(tuple(conditions[k] for k in used), renumbered(found))


def bounding_box(conditions: Sequence[Condition]) -> dict[str, Span] | None:
    """Return between which numbers linear conditions put each variable, None if one has no bounds.

    A condition on several variables bounds one of them by the bounds of the others.
    """
    names = conditions[0].polynomial.names
    used = {name for h in conditions for name in h.polynomial.variables}
    sides = {name: Span() for name in names if name in used}
    linear = [h for h in conditions if h.polynomial.degree == 1]
    for _ in range(_ROUNDS):
        for h in linear:
            slopes = {
                n: c
                for p, c in h.polynomial.terms.items()
                for n, e in zip(names, p, strict=True)
                if e
            }
            constant = h.polynomial.at(dict.fromkeys(slopes, Fraction(0)))
            for name, slope in slopes.items():
                most, belongs = constant, h.relation != MORE
                for other, c in slopes.items():
                    if other != name:
                        end, held = sides[other].end(c > 0)
                        if end is None:
                            break
                        most, belongs = most + c * end, belongs and held
                else:
                    side = sides[name]
                    cut = side.above if slope > 0 else side.below
                    sides[name] = cut(-most / slope, belongs)
    ends = [(side.low, side.high) for side in sides.values()]
    if not sides or any(low is None or high is None or low > high for low, high in ends):
        return None
    return sides


@dataclass(frozen=True)
class _Factored:
    """Conditions as signs of products of powers of polynomials."""

    names: tuple[str, ...]
    factors: tuple[dict[tuple[int, ...], int], ...]
    relations: tuple[str, ...]
    products: tuple[tuple[int, tuple[tuple[int, int], ...]], ...]

    def failing(self, grids: Sequence[Grid], box: Box) -> int | None:
        """Return a condition that fails on a box."""
        signs = self._signs(grids, box)
        return next((k for k in range(len(self.products)) if self._fails(k, signs)), None)

    def fails(self, k: int, grids: Sequence[Grid], box: Box) -> bool:
        """Return whether a condition fails on a box."""
        return self._fails(k, self._signs(grids, box))

    def _signs(self, grids: Sequence[Grid], box: Box) -> list[frozenset[int]]:
        """Return which signs each factor can have on a box where the conditions hold."""
        return [_signs(grid, box) & held for grid, held in zip(grids, self.assumed, strict=True)]

    @cached_property
    def assumed(self) -> list[frozenset[int]]:
        """Which signs the conditions that consist of one factor leave to each."""
        assumed = [frozenset((-1, 0, 1))] * len(self.factors)
        for k in self.of_one_factor:
            sign, ((j, power),) = self.products[k]
            held = (s for s in assumed[j] if has_sign(self.relations[k], sign * s**power))
            assumed[j] = frozenset(held)
        return assumed

    @cached_property
    def of_one_factor(self) -> tuple[int, ...]:
        """The conditions that consist of one factor."""
        return tuple(k for k, (_, factors) in enumerate(self.products) if len(factors) == 1)

    def _fails(self, k: int, signs: Sequence[frozenset[int]]) -> bool:
        return not any(has_sign(self.relations[k], each) for each in self._possible(k, signs))

    def _possible(self, k: int, signs: Sequence[frozenset[int]]) -> set[int]:
        """Return which signs a condition's polynomial can have, from those of the factors."""
        sign, factors = self.products[k]
        possible = {sign}
        for j, power in factors:
            possible = {a * b**power for a in possible for b in signs[j]}
        return possible

    def most_bent(self, grids: Sequence[Grid], box: Box) -> int:
        """Return the axis along which the coefficients differ most that leave something open."""
        signs = [_signs(grid, box) for grid in grids]
        scores = [0.0] * len(box)
        for k, relation in enumerate(self.relations):
            if all(has_sign(relation, each) for each in self._possible(k, signs)):
                continue
            for j, _ in self.products[k][1]:
                if len(signs[j]) > 1:
                    size = int(abs(grids[j]).max())
                    for axis, wide in enumerate(grids[j].shape):
                        if wide > 1:
                            apart = int(abs(np.diff(grids[j], axis=axis)).max())
                            scores[axis] = max(scores[axis], float(Fraction(apart, size)))
        return max(range(len(box)), key=lambda axis: scores[axis])

    def corner(self, grids: Sequence[Grid], box: Box) -> dict[str, Fraction] | None:
        """Return a corner of a box at which every condition holds, if there is one."""
        for corner in product((0, -1), repeat=len(box)):
            at = [int(grid[corner] > 0) - int(grid[corner] < 0) for grid in grids]
            if all(
                has_sign(relation, sign * prod(at[j] ** power for j, power in factors))
                for relation, (sign, factors) in zip(self.relations, self.products, strict=True)
            ):
                ends = (side.high if k else side.low for side, k in zip(box, corner, strict=True))
                return {n: x for n, x in zip(self.names, ends, strict=True) if x is not None}
        return None


def _factored(conditions: Sequence[Condition], names: tuple[str, ...]) -> _Factored:
    place = [conditions[0].polynomial.names.index(name) for name in names]
    rows = []
    for h in conditions:
        scale = whole_scale(h.polynomial)
        terms = [
            (tuple(p[k] for k in place), int(c * scale)) for p, c in h.polynomial.terms.items()
        ]
        rows.append(irreducible_factors(tuple(sorted(terms))))
    every = list(dict.fromkeys(f for _, factors in rows for f, _ in factors))
    products = tuple(
        (sign, tuple((every.index(f), e) for f, e in factors)) for sign, factors in rows
    )
    return _Factored(
        names, tuple(map(dict, every)), tuple(h.relation for h in conditions), products
    )


def _signs(grid: Grid, box: Box) -> frozenset[int]:
    """Return which signs a polynomial can have on a box, by its coefficients."""
    low, high = grid.min(), grid.max()
    if low < 0 < high:
        return frozenset((-1, 0, 1))
    if low == high == 0:
        return frozenset((0,))
    side = 1 if high > 0 else -1
    return frozenset((side,)) if _nowhere_zero(grid, box) else frozenset((0, side))


def _nowhere_zero(grid: Grid, box: Box) -> bool:
    """Return whether a polynomial whose coefficients all have one sign or none is nowhere 0.

    At a point inside all weights are positive, at a face those of its own coefficients. A face that
    does not belong to the box need not be looked at.
    """
    ends: list[list[Any]] = []
    for side in box:
        held: list[Any] = [
            k for k, belongs in ((0, side.low_belongs), (-1, side.high_belongs)) if belongs
        ]
        ends.append(held or [slice(None)])
    return all(np.any(grid[face] != 0) for face in product(*ends))


def _bernstein(terms: dict[tuple[int, ...], int], box: Box) -> Grid:
    """Return a positive multiple of the Bernstein coefficients of a polynomial on a box."""
    degrees = _degrees(terms)
    grid = np.zeros([d + 1 for d in degrees], dtype=object) + Fraction(0)
    for powers, c in terms.items():
        grid[powers] = Fraction(c)
    for axis, (degree, side) in enumerate(zip(degrees, box, strict=True)):
        grid = _along_axis(
            _changed_basis(degree, side.low or Fraction(0), side.high or Fraction(0)), grid, axis
        )
    scale = lcm(*(c.denominator for c in grid.flat))
    whole: Grid = np.vectorize(lambda c: int(c * scale), otypes=[object])(grid)
    return whole


def _changed_basis(degree: int, low: Fraction, high: Fraction) -> Grid:
    """Return the matrix from powers of x to Bernstein coefficients between two numbers."""
    wide = high - low
    entries = [
        [
            sum(
                Fraction(comb(k, i) * comb(j, i), comb(degree, i)) * low ** (j - i) * wide**i
                for i in range(min(j, k) + 1)
            )
            for j in range(degree + 1)
        ]
        for k in range(degree + 1)
    ]
    return np.array(entries, dtype=object).reshape(degree + 1, degree + 1)


@lru_cache(maxsize=64)
def _half_matrices(degree: int) -> tuple[Grid, Grid]:
    """Return what makes of coefficients those of both halves, times a power of two.

    These are de Casteljau's means.
    """
    low = [
        [2 ** (degree - k) * comb(k, j) if j <= k else 0 for j in range(degree + 1)]
        for k in range(degree + 1)
    ]
    matrix = np.array(low, dtype=object).reshape(degree + 1, degree + 1)
    return matrix, matrix[::-1, ::-1]


def _along_axis(matrix: Grid, grid: Grid, axis: int) -> Grid:
    return np.moveaxis(np.tensordot(matrix, grid, axes=([1], [axis])), 0, axis)


def _halved_grids(grids: Sequence[Grid], axis: int) -> tuple[list[Grid], list[Grid]]:
    halves: tuple[list[Grid], list[Grid]] = ([], [])
    for grid in grids:
        for kept, matrix in zip(halves, _half_matrices(grid.shape[axis] - 1), strict=True):
            kept.append(_along_axis(matrix, grid, axis))
    return halves


def _halved(box: Box, axis: int) -> tuple[Box, Box]:
    side = box[axis]
    assert side.low is not None
    assert side.high is not None
    middle = (side.low + side.high) / 2
    parts = (
        Span(side.low, middle, side.low_belongs, True),
        Span(middle, side.high, True, side.high_belongs),
    )
    return tuple((*box[:axis], part, *box[axis + 1 :]) for part in parts)  # type: ignore[return-value]


def _parts(box: Box, cut: Cut) -> Iterator[tuple[Box, int]]:
    if isinstance(cut, int):
        yield box, cut
        return
    axis, *cuts = cut
    for half, part in zip(_halved(box, axis), cuts, strict=True):
        yield from _parts(half, part)


def _degrees(terms: dict[tuple[int, ...], int]) -> list[int]:
    return [max(powers[k] for powers in terms) for k in range(len(next(iter(terms))))]
