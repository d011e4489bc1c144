"""A point that meets linear conditions, by Fourier and Motzkin's elimination.

To eliminate x, each condition that bounds it from below is joined with each that bounds it from
above: the rest can be met if and only if all of these can. Going back, every variable takes the
simplest number between its bounds.

Source: Schrijver (1986), "Theory of linear and integer programming", section 12.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import gcd, lcm
from operator import mul

from balancegame.solvers.proofs.conditions import EQUAL, MORE, Condition
from balancegame.solvers.proofs.simple_numbers import Span, simplest

# Beyond this many conditions an elimination is given up.
MOST_ROWS = 1500

Row = tuple[tuple[int, ...], bool]
"""Whole coefficients, of the variables and then of 1, of what is at least 0; more, if True."""


class TooManyRowsError(Exception):
    """An elimination that grows beyond what is followed."""


def linear_point(
    conditions: Sequence[Condition], order: Sequence[str]
) -> dict[str, Fraction] | None:
    """Return values of the variables that meet linear conditions, None if there are none.

    Variables that come first in the order, which holds all that occur, are simplest.
    """
    rows = _rows(conditions, order)
    stages: list[list[Row]] = []
    for k in reversed(range(len(order))):
        stages.append(rows)
        rows = _eliminated(rows, k)
    if any(row[-1] < 0 or (row[-1] == 0 and strict) for row, strict in rows):
        return None
    values: list[Fraction] = []
    for k, stage in enumerate(reversed(stages)):
        span = Span()
        # The values so far over one denominator, and that: sums of whole numbers take less time.
        below = lcm(*(v.denominator for v in values))
        known = [v.numerator * (below // v.denominator) for v in values]
        for row, strict in stage:
            a = row[k]
            if not a:
                continue
            rest = row[-1] * below + sum(map(mul, row, known))
            bound = Fraction(-rest, a * below)
            span = span.above(bound, not strict) if a > 0 else span.below(bound, not strict)
        values.append(simplest(span))
    return dict(zip(order, values, strict=True))


def _rows(conditions: Sequence[Condition], order: Sequence[str]) -> list[Row]:
    listed = []
    names = conditions[0].polynomial.names
    # The constant stands last.
    places = {(0,) * len(names): -1}
    for k, name in enumerate(order):
        places[tuple(int(name == each) for each in names)] = k
    for h in conditions:
        terms = h.polynomial.terms
        scale = lcm(*(c.denominator for c in terms.values()))
        entries = [0] * (len(order) + 1)
        for powers, c in terms.items():
            entries[places[powers]] = int(c * scale)
        row = tuple(entries)
        listed.append((row, h.relation == MORE))
        if h.relation == EQUAL:
            listed.append((tuple(-a for a in row), False))
    return _distinct(listed)


def _coprime(entries: Sequence[int]) -> tuple[int, ...]:
    divisor = gcd(*entries) or 1
    return tuple(a // divisor for a in entries)


def _eliminated(rows: Sequence[Row], k: int) -> list[Row]:
    above = [each for each in rows if each[0][k] > 0]
    below = [each for each in rows if each[0][k] < 0]
    kept = [each for each in rows if not each[0][k]]
    if len(above) * len(below) + len(kept) > MOST_ROWS:
        raise TooManyRowsError
    for lower, strict in above:
        for upper, also in below:
            joined = [b * -upper[k] + a * lower[k] for a, b in zip(upper, lower, strict=True)]
            kept.append((_coprime(joined), strict or also))
    return _distinct(kept)


def _distinct(rows: Iterable[Row]) -> list[Row]:
    """Keep of conditions in one direction only the tightest, and nothing that always holds."""
    tightest: dict[tuple[int, ...], tuple[int, Row]] = {}
    for row, strict in rows:
        size = gcd(*row[:-1])
        if not size:
            if row[-1] < 0 or (row[-1] == 0 and strict):
                return [(row, strict)]
            continue
        direction = row[:-1] if size == 1 else tuple(a // size for a in row[:-1])
        if direction in tightest:
            other, (held, also) = tightest[direction]
            more = row[-1] * other - held[-1] * size
            if more > 0 or (more == 0 and (also or not strict)):
                continue
        tightest[direction] = size, (row, strict)
    return [row for _, row in tightest.values()]
