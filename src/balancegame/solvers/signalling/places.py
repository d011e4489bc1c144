"""Sets of parameter values: along one parameter, or at some points of two.

What is asked are systems of conditions (:mod:`.positive_solutions`), each of which has a solution
at some values and none at others. A certificate answers for all values at which its polynomials
have certain signs, so a few of them cover a range.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from balancegame.exact.algebraic import number_at_place
from balancegame.exact.polynomials import from_terms
from balancegame.exact.roots import Root, sorted_apart
from balancegame.solvers.parametric.factors import Terms
from balancegame.solvers.parametric.sign_changes import Signs, signs_along
from balancegame.solvers.signalling.positive_solutions import (
    Certificate,
    Certifier,
    Place,
    System,
)

Bits = int
"""A set of cells, or of points, as the bits of an integer."""

ROUNDING = 2.0**-40
"""More than products and sums of a few hundred numbers can lose by rounding, relatively."""

_KEY = cmp_to_key(Root.compare)


@dataclass(frozen=True)
class Cut:
    """A set of values along a parameter: where it begins and ends, and the cells it holds.

    ``holds`` has an entry for the cell before the first place, for that place, and so on. Of the
    cells of a coarser division it touches some, and holds some in full.
    """

    places: tuple[Root, ...]
    holds: tuple[bool, ...]
    touched: Bits
    full: Bits


@dataclass(frozen=True)
class Points:
    """A set of points."""

    touched: Bits

    @property
    def full(self) -> Bits:
        """The same points."""
        return self.touched


class Places(Protocol):
    """Where systems of conditions are asked for solutions."""

    everywhere: Bits

    def divide(self, systems: Sequence[System], polynomials: Sequence[Terms]) -> Any:
        """Divide the places so that each system is solvable throughout a cell or nowhere in it.

        Return for each system the cells in which it has a solution, and for each polynomial those
        in which it is at least 0.
        """

    def where(self, system: System, needed: Bits) -> Any:
        """Return where a system has a solution, among the cells needed."""


class Line:
    """The values of one parameter, divided into places and the intervals between them."""

    def __init__(self, certifier: Certifier, degree: int, low: Fraction, high: Fraction) -> None:
        self.certifier, self.degree, self.low, self.high = certifier, degree, low, high
        self._divide_at(())

    def _divide_at(self, roots: Iterable[Root]) -> None:
        ends = [Root((), (self.low, self.low)), Root((), (self.high, self.high))]
        self.places = [group[0] for group in sorted_apart([*ends, *roots])]
        self.everywhere = (1 << 2 * len(self.places) - 1) - 1

    def divide(
        self, systems: Sequence[System], polynomials: Sequence[Terms]
    ) -> tuple[list[Bits], list[Bits]]:
        """See :class:`Places`."""
        cuts = [self.where(system, self.everywhere) for system in systems]
        dense = [from_terms(terms) for terms in polynomials]
        changes, signs = signs_along(dense, self.low, self.high)
        ends = [(cut.places, cut.holds) for cut in cuts]
        ends += [_cut(changes, row >= 0) for row in signs]
        self._divide_at(place for places, _ in ends for place in places)
        full = [self._cells(*each)[1] for each in ends]
        return full[: len(cuts)], full[len(cuts) :]

    def where(self, system: System, needed: Bits) -> Cut:
        """See :class:`Places`."""
        first = (needed & -needed).bit_length() - 1
        low = self.places[first // 2].interval[0]
        high = self.places[needed.bit_length() // 2].interval[1]
        certificates: list[Certificate] = []
        while True:
            asked = [from_terms(t) for each in certificates for t in each.polynomials]
            places, signs = signs_along(asked, low, high)
            solvable = np.zeros(signs.shape[1], dtype=bool)
            known = np.zeros(signs.shape[1], dtype=bool)
            start = 0
            for each in certificates:
                end = start + len(each.polynomials)
                here = each.holds(signs[start:end])
                known |= here
                if each.solvable:
                    solvable |= here
                start = end
            if known.all():
                ends = _cut(places, solvable)
                return Cut(*ends, *self._cells(*ends))
            # An interval first: what holds in it often holds at its ends too.
            open_cells = np.flatnonzero(~known)
            cell = int(next((k for k in open_cells if k % 2), open_cells[0]))
            at: Any = (
                (places[cell // 2].interval[1] + places[cell // 2 + 1].interval[0]) / 2
                if cell % 2
                else number_at_place(places[cell // 2])
            )
            certificates.append(self.certifier.certificate(system, Place((at,), (self.degree,))))

    def _cells(self, places: Sequence[Root], holds: Sequence[bool]) -> tuple[Bits, Bits]:
        """Return the cells that a set touches, and those that it holds in full."""
        last = 2 * len(self.places) - 2
        at = [self._cell(place) for place in places]
        spans = [(cell, cell) for cell in at]
        starts = [0, *(cell if cell % 2 else cell + 1 for cell in at)]
        ends = [*(cell if cell % 2 else cell - 1 for cell in at), last]
        between = list(zip(starts, ends, strict=True))
        touched, full = 0, self.everywhere
        for (start, end), held in (
            *zip(between, holds[::2], strict=True),
            *zip(spans, holds[1::2], strict=True),
        ):
            if start <= end:
                cells = (1 << end + 1) - (1 << start)
                if held:
                    touched |= cells
                else:
                    full &= ~cells
        return touched, full

    def _cell(self, place: Root) -> int:
        """Return the cell in which a place lies."""
        k = bisect_left(self.places, _KEY(place), key=_KEY)
        exact = k < len(self.places) and self.places[k].compare(place) == 0
        return 2 * k if exact else 2 * k - 1

    def settle(
        self, found: Sequence[Sequence[tuple[Bits, Sequence[Cut]]]]
    ) -> tuple[list[Root], NDArray[np.bool_]]:
        """Return all places at which a set begins or ends, and each set over the cells.

        A set is the union of others, each the values that some cells and some cuts share.
        """
        ends = {id(root): root for root in self.places}
        for part in found:
            for _, cuts in part:
                ends.update((id(root), root) for cut in cuts for root in cut.places)
        groups = sorted_apart(list(ends.values()))
        position = {id(root): k for k, group in enumerate(groups) for root in group}
        size, own = 2 * len(groups) - 1, 2 * len(self.places) - 1

        def spread(places: Sequence[Root], entries: Sequence[Any]) -> NDArray[Any]:
            """Return what holds in each of the new cells: before a place, at it, after it, ..."""
            row = np.full(size, entries[0])
            for k, root in enumerate(places):
                row[2 * position[id(root)] :] = entries[2 * k + 2]
                row[2 * position[id(root)]] = entries[2 * k + 1]
            return row

        old = spread(self.places, [0, *range(own), own - 1])
        table = np.zeros((len(found), size), dtype=bool)
        for row, part in zip(table, found, strict=True):
            for bits, cuts in part:
                here = _listed(bits, own)[old]
                for cut in cuts:
                    here &= spread(cut.places, cut.holds)
                row |= here
        return [group[0] for group in groups], table


class Scatter:
    """Any points of two parameters, such as those of a grid."""

    def __init__(
        self,
        certifier: Certifier,
        degrees: Sequence[int],
        x: Sequence[Fraction],
        y: Sequence[Fraction],
    ) -> None:
        self.certifier, self.degrees, self.x, self.y = certifier, tuple(degrees), x, y
        self.everywhere = (1 << len(x)) - 1
        self._across, self._up = (np.array(values, dtype=np.float64) for values in (x, y))

    def divide(
        self, systems: Sequence[System], polynomials: Sequence[Terms]
    ) -> tuple[list[Bits], list[Bits]]:
        """See :class:`Places`."""
        everywhere = np.arange(len(self.x))
        return (
            [self.where(system, self.everywhere).full for system in systems],
            [_packed(self._signs([terms], everywhere)[0] >= 0) for terms in polynomials],
        )

    def where(self, system: System, needed: Bits) -> Points:
        """See :class:`Places`."""
        found = np.zeros(len(self.x), dtype=bool)
        left = np.flatnonzero(_listed(needed, len(self.x)))
        known = iter(self.certifier.known(system))
        while len(left):
            certificate = next(known, None)
            if certificate is None:
                certificate = self.certifier.certificate(system, self._place(int(left[0])))
            here = np.ones(len(left), dtype=bool)
            if certificate.polynomials:
                here = certificate.holds(self._signs(certificate.polynomials, left))
            if certificate.solvable:
                found[left[here]] = True
            left = left[~here]
        return Points(_packed(found))

    def _signs(self, polynomials: Sequence[Terms], points: NDArray[np.intp]) -> Signs:
        """Return exact signs at some points, of shape (polynomials, points).

        What floating point finds is kept where it is larger than any rounding can be.
        """
        highest = [max((p[k] for t in polynomials for p in t), default=0) for k in (0, 1)]
        table = np.zeros((highest[1] + 1, len(polynomials), highest[0] + 1))
        for k, terms in enumerate(polynomials):
            # A power of two leaves the signs alone, and whole numbers of any size fit.
            size = max((abs(c).bit_length() for c in terms.values()), default=0)
            for (i, j), c in terms.items():
                table[j, k, i] = c / (1 << size)
        across = self._across[points] ** np.arange(highest[0] + 1)[:, None]
        values, sizes = (np.zeros((len(polynomials), len(points))) for _ in range(2))
        for j, coefficients in enumerate(table):
            factor = self._up[points] ** j
            values += coefficients @ across * factor
            sizes += np.abs(coefficients) @ np.abs(across) * np.abs(factor)
        signs = np.sign(values).astype(np.int8)
        for k, row in enumerate(np.abs(values) <= sizes * ROUNDING):
            if not polynomials[k]:
                continue
            for place in np.flatnonzero(row).tolist():
                signs[k, place] = self._place(int(points[place])).sign(polynomials[k])
        return signs

    def _place(self, point: int) -> Place:
        return Place((self.x[point], self.y[point]), self.degrees)

    def settle(self, found: Sequence[Sequence[tuple[Bits, Sequence[Points]]]]) -> NDArray[np.bool_]:
        """Return each of some sets over the points: the union of what others share."""
        size = self.everywhere.bit_length()
        table = np.zeros((len(found), size), dtype=bool)
        for row, part in zip(table, found, strict=True):
            union = 0
            for bits, sets in part:
                for points in sets:
                    bits &= points.full
                union |= bits
            row[:] = _listed(union, size)
        return table


def _cut(places: Sequence[Root], holds: Any) -> tuple[tuple[Root, ...], tuple[bool, ...]]:
    """Return the places at which a set begins or ends, and the cells before, at and after them."""
    listed = holds.tolist()
    kept, pattern = [], [listed[0]]
    for k, place in enumerate(places):
        at, after = listed[2 * k], listed[min(2 * k + 1, len(listed) - 1)]
        if not pattern[-1] == at == after:
            kept.append(place)
            pattern += [at, after]
    return tuple(kept), tuple(pattern)


def _packed(row: NDArray[np.bool_]) -> Bits:
    return int.from_bytes(np.packbits(row, bitorder="little").tobytes(), "little")


def _listed(bits: Bits, size: int) -> NDArray[np.bool_]:
    data = np.frombuffer(bits.to_bytes(size // 8 + 1, "little"), dtype=np.uint8)
    return np.unpackbits(data, count=size, bitorder="little").astype(bool)
