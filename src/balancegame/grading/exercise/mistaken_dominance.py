"""Mistaken ways to decide whether one row of a table strictly dominates another.

As in :mod:`.mistaken_equilibrium`, each function answers as somebody would who took one
wrong turn, so that a student's function that agrees with it on many tables can be told so.
"""

from __future__ import annotations

from collections.abc import Sequence

Table = Sequence[Sequence[int]]


def weak(table: Table, row: int, other: int) -> bool:
    """Let ties pass.

    Examples
    --------
    >>> weak([[1, 2], [1, 2]], 0, 1)
    True
    """
    return all(mine >= theirs for mine, theirs in zip(table[row], table[other], strict=True))


def weak_with_a_gain(table: Table, row: int, other: int) -> bool:
    """Decide whether the row dominates weakly."""
    return weak(table, row, other) and somewhere(table, row, other)


def somewhere(table: Table, row: int, other: int) -> bool:
    """Be content with one column."""
    return any(mine > theirs for mine, theirs in zip(table[row], table[other], strict=True))


def backwards(table: Table, row: int, other: int) -> bool:
    """Ask whether the other row dominates."""
    return all(mine < theirs for mine, theirs in zip(table[row], table[other], strict=True))


def larger_sum(table: Table, row: int, other: int) -> bool:
    """Compare sums, as averages do."""
    return sum(table[row]) > sum(table[other])


def worst_case(table: Table, row: int, other: int) -> bool:
    """Compare the smallest payoff of each row."""
    return min(table[row]) > min(table[other])


def every_pair(table: Table, row: int, other: int) -> bool:
    """Ask that each payoff of the row exceed every payoff of the other."""
    return min(table[row]) > max(table[other])


def every_row(table: Table, row: int, other: int) -> bool:
    """Ask that the row dominate all rows, not only the other."""
    return all(
        all(mine > theirs for mine, theirs in zip(table[row], line, strict=True))
        for number, line in enumerate(table)
        if number != row
    )


def two_columns(table: Table, row: int, other: int) -> bool:
    """Look at the first two columns only."""
    return all(table[row][column] > table[other][column] for column in range(2))
