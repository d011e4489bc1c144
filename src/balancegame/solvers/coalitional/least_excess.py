r"""The least excess that splits of a coalitional game can hold all coalitions to, exactly.

The *excess* of a coalition S at a split x is :math:`v(S) - x(S)`: what S misses. The programme

.. math:: \min \varepsilon \text{ subject to } x(S) + \varepsilon \ge v(S)

over splits x of v(N), some sums x(S) being settled beforehand, is solved by the dual simplex
method: the basis is a set of n + 1 rows whose combination with weights of at least 0 is
:math:`(0, \dots, 0; 1)`. That is a balanced collection of coalitions, which proves that no split
does better. The most violated row enters, found among all coalitions by sums that double with each
player. All rows are zeros and ones, so that the inverse of the basis is one of integers over a
common denominator (Edmonds 1967; Bareiss 1968); where no progress is made, Bland's rule (1977)
prevents cycles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.games.coalitional import CoalitionalGame
from balancegame.solvers.coalitional.marginals import narrowed, whole_values

# Steps without progress after which the choice of rows becomes one that cannot cycle.
_PATIENCE = 30


@dataclass(frozen=True)
class Row:
    """One constraint: x(mask), with the excess besides or not, is at least a limit."""

    mask: int
    excess: bool
    limit: Any

    def coefficients(self, size: int) -> list[int]:
        """Return what the row takes of each player's part and of the excess."""
        return [*(self.mask >> i & 1 for i in range(size)), int(self.excess)]


@dataclass(frozen=True)
class LeastExcess:
    """The least excess, a split that reaches it, and the weights that prove it.

    The weights of the coalitions sum to 1. Together with those of individual rows they cover each
    player equally often, but for what the settled sums make up for.
    """

    excess: Any
    split: tuple[Any, ...]
    weights: dict[int, Fraction]
    individual: dict[int, Fraction]


class Programme:
    """The programme of one game, with sums that are settled one after the other.

    If ``individual``, splits must give each player at least what it is worth alone.
    """

    def __init__(self, game: CoalitionalGame, individual: bool):
        self.size = len(game.players)
        # What everything in the basis is multiplied by, so that it is whole.
        self.values, self.scale = whole_values(game)
        self.asks_individual = individual
        self.settled = [Row(game.everybody, False, self._value(game.everybody))]
        self._begin()

    @property
    def individual(self) -> list[Row]:
        """What each player is worth alone."""
        return [Row(1 << i, False, self._value(1 << i)) for i in range(self.size)]

    def _value(self, mask: int) -> Any:
        """Return a value as one of Python's own numbers, which do not overflow."""
        value = self.values[mask]
        return int(value) if isinstance(value, np.integer) else value

    def settle(self, found: LeastExcess) -> bool:
        """Settle the sums that every best split shares; return whether the split is unique now."""
        excess = found.excess * self.scale
        if isinstance(excess, Fraction):
            factor, excess = excess.denominator, excess.numerator
            if factor > 1:
                self.scale *= factor
                self.values = narrowed([value * factor for value in self.values.tolist()])
                self.settled = [Row(r.mask, False, r.limit * factor) for r in self.settled]
        values = self.values.tolist()
        self.settled += [Row(mask, False, values[mask] - excess) for mask in found.weights]
        self.settled += [Row(mask, False, values[mask]) for mask in found.individual]
        return self._begin()

    def _begin(self) -> bool:
        """Take the settled rows into a basis and find which coalitions they settle."""
        self.basis = Basis(self.size)
        self.settled = [row for row in self.settled if self.basis.take(row)]
        self.open = np.zeros(1 << self.size, dtype=bool)
        for column in self.basis.open_columns():
            self.open |= sums(column, np.int64) != 0
        return not self.open.any()

    def solve(self) -> LeastExcess:
        """Return the least excess of the coalitions that are not settled."""
        basis = self.basis
        self._start(basis)
        patient, best = _PATIENCE, None
        while True:
            split, excess, common = basis.point()
            entering = self._violated(split, excess, common, patient > 0)
            if entering is None:
                break
            if best is None or excess * best[1] > best[0] * common:
                patient, best = _PATIENCE, (excess, common)
            patient -= 1
            basis.replace(entering, basis.leaving(entering))
        weights, individual = basis.weights()
        divisor = common * self.scale
        divided = tuple(_quotient(x, divisor) for x in split)
        return LeastExcess(_quotient(excess, divisor), divided, weights, individual)

    def _start(self, basis: Basis) -> None:
        """Complete a basis whose weights are at least 0.

        The coalitions of one player each cover everybody once. So do, where players are also asked
        about individually, a coalition S and all players outside it. Where these rows depend on
        each other, one gives its weight to the others until it, or one of them, has none left.
        """
        if not self.asks_individual:
            for i in range(self.size):
                row = Row(1 << i, True, self._value(1 << i))
                place = basis.free_place(row)
                assert place is not None, (
                    "without individual rows only the first level is asked for"
                )
                basis.replace(row, place)
            return
        first = int(np.flatnonzero(self.open)[0])
        rows = [Row(first, True, self._value(first))]
        rows += [row for row in self.individual if not row.mask & first]
        given: dict[int, Fraction] = {}
        for row in rows:
            weight = Fraction(1)
            place = basis.free_place(row)
            if place is None:
                shares = basis.shares(row)
                losing = [(given[r] / -shares[r], r) for r in given if shares[r] < 0]
                step, place = min([*losing, (weight, -1)])
                for r in given:
                    given[r] += step * shares[r]
                if place < 0 or step == weight:
                    continue
                weight -= step
            basis.replace(row, place)
            given[place] = weight
        for row in self.individual:
            place = basis.free_place(row)
            if place is not None:
                basis.replace(row, place)

    def _violated(self, split: Sequence[Any], excess: Any, common: int, most: bool) -> Row | None:
        """Return the row that is violated most, or the first one, None if all hold."""
        values = self.values
        kind: Any = np.object_
        if values.dtype == np.int64:
            bound = max(map(abs, (*split, excess))) * (len(split) + 1)
            kind = np.int64 if bound + common * int(np.abs(values).max()) < 2**62 else np.object_
        missing = values.astype(kind) * common - sums(split, kind) - excess
        missing = np.where(self.open, missing, values[0] * 0)
        place = int(missing.argmax() if most else (missing > 0).argmax())
        worst = missing[place] if missing[place] > 0 else 0
        row = Row(place, True, self._value(place)) if worst else None
        if self.asks_individual and (most or row is None):
            for own in self.individual:
                short = own.limit * common - split[own.mask.bit_length() - 1]
                if short > worst:
                    row, worst = own, short
                    if not most:
                        break
        return row


class Basis:
    """Rows in force, with the inverse of their matrix: integer columns over a common denominator.

    At first the places are free: each is held by a unit row that stands for nothing.
    """

    def __init__(self, size: int):
        self.size = size
        self.rows: list[Row | None] = [None] * (size + 1)
        self.fixed: set[int] = set()
        self.columns = [[int(i == j) for i in range(size + 1)] for j in range(size + 1)]
        self.common = 1

    def take(self, row: Row) -> bool:
        """Take a settled row for good, unless the others settle it already."""
        place = self.free_place(row)
        if place is not None:
            self.replace(row, place)
            self.fixed.add(place)
        return place is not None

    def free_place(self, row: Row) -> int | None:
        """Return a free place that a row can take, None if the rows in force determine it."""
        shares = self._shares(row)
        return next((r for r, held in enumerate(self.rows) if held is None and shares[r]), None)

    def open_columns(self) -> list[list[int]]:
        """Return for each free place what it takes of each player; the excess has none."""
        free = [r for r, row in enumerate(self.rows) if row is None]
        return [self.columns[r][: self.size] for r in free if any(self.columns[r][: self.size])]

    def shares(self, row: Row) -> list[Fraction]:
        """Return of which combination of the rows in force a row is made."""
        return [Fraction(share, self.common) for share in self._shares(row)]

    def _shares(self, row: Row) -> list[int]:
        taken = [i for i, c in enumerate(row.coefficients(self.size)) if c]
        return [sum(column[i] for i in taken) for column in self.columns]

    def replace(self, row: Row, place: int) -> None:
        """Put a row into a place."""
        shares = self._shares(row)
        pivot, leaving = shares[place], self.columns[place]
        for r, share in enumerate(shares):
            if r != place:
                self.columns[r] = [
                    (pivot * x - share * y) // self.common
                    for x, y in zip(self.columns[r], leaving, strict=True)
                ]
        self.rows[place], self.common = row, pivot
        if pivot < 0:
            self.common = -pivot
            self.columns = [[-x for x in column] for column in self.columns]

    def leaving(self, entering: Row) -> int:
        """Return the place of the row whose weight reaches 0 first as another enters."""
        best, last = -1, self.size
        shares = self._shares(entering)
        for r, share in enumerate(shares):
            if share > 0 and r not in self.fixed:
                order = 0
                if best >= 0:
                    order = self.columns[r][last] * shares[best] - self.columns[best][last] * share
                if best < 0 or order < 0 or (order == 0 and self._before(r, best)):
                    best = r
        assert best >= 0, "splits that give everybody enough alone always exist here"
        return best

    def _before(self, first: int, second: int) -> bool:
        ours, theirs = self.rows[first], self.rows[second]
        assert ours is not None
        assert theirs is not None
        return (not ours.excess, ours.mask) < (not theirs.excess, theirs.mask)

    def point(self) -> tuple[list[Any], Any, int]:
        """Return the split and the excess at which all rows hold, times the denominator."""
        limits = [row.limit if row is not None else 0 for row in self.rows]
        total = [
            sum(limit * column[i] for limit, column in zip(limits, self.columns, strict=True))
            for i in range(self.size + 1)
        ]
        return total[:-1], total[-1], self.common

    def weights(self) -> tuple[dict[int, Fraction], dict[int, Fraction]]:
        """Return the weights of coalitions and of individual rows that are more than 0."""
        found: tuple[dict[int, Fraction], dict[int, Fraction]] = {}, {}
        for r, row in enumerate(self.rows):
            weight = self.columns[r][self.size]
            if weight and row is not None and r not in self.fixed:
                found[not row.excess][row.mask] = Fraction(weight, self.common)
        coalitions, individual = (dict(sorted(side.items())) for side in found)
        return coalitions, individual


def sums(parts: Sequence[Any], kind: Any) -> NDArray[Any]:
    """Return x(S) for every coalition S."""
    total = np.zeros(1, dtype=kind)
    for part in parts:
        total = np.concatenate([total, total + part])
    return total


def _quotient(number: Any, divisor: int) -> Any:
    return (
        Fraction(int(number), divisor)
        if isinstance(number, (int, np.integer))
        else number / divisor
    )
