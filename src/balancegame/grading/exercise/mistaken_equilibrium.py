"""Mistaken ways to decide whether a cell of a table is an equilibrium.

Each function answers as somebody would who took one wrong turn. A student's function that agrees
with one of them on many games has taken the same turn, and can be told so.

A table of payoffs is a sequence of rows. ``first`` belongs to the player who chooses the row,
``second`` to the one who chooses the column.
"""

from __future__ import annotations

from collections.abc import Sequence

Table = Sequence[Sequence[int]]


def row_player_only(first: Table, second: Table, row: int, column: int) -> bool:
    """Ask only whether the row player gains."""
    return first[row][column] == max(line[column] for line in first)


def column_player_only(first: Table, second: Table, row: int, column: int) -> bool:
    """Ask only whether the column player gains."""
    return second[row][column] == max(second[row])


def strict(first: Table, second: Table, row: int, column: int) -> bool:
    """Turn down every cell in which a player has an equally good action.

    Examples
    --------
    >>> strict([[1, 0], [1, 0]], [[2, 2], [2, 2]], 0, 0)
    False
    """
    unique = [line[column] for line in first].count(first[row][column]) == 1
    unique = unique and list(second[row]).count(second[row][column]) == 1
    both = row_player_only(first, second, row, column)
    return unique and both and column_player_only(first, second, row, column)


def wrong_direction(first: Table, second: Table, row: int, column: int) -> bool:
    """Let the row player change the column, and the column player the row."""
    highest = max(line[column] for line in second)
    return first[row][column] == max(first[row]) and second[row][column] == highest


def largest_sum(first: Table, second: Table, row: int, column: int) -> bool:
    """Look for the largest sum of payoffs."""
    sums = [
        [one + other for one, other in zip(*lines, strict=True)]
        for lines in zip(first, second, strict=True)
    ]
    return sums[row][column] == max(map(max, sums))


def best_cell(first: Table, second: Table, row: int, column: int) -> bool:
    """Compare a cell with the whole table."""
    return all(table[row][column] == max(map(max, table)) for table in (first, second))


def two_by_two(first: Table, second: Table, row: int, column: int) -> bool:
    """Look at the first two rows and columns only."""
    rows, columns = first[:2], second[row][:2]
    return first[row][column] >= max(line[column] for line in rows) and second[row][column] >= max(
        columns
    )


def always(first: Table, second: Table, row: int, column: int) -> bool:
    """Say yes to everything."""
    return True


def never(first: Table, second: Table, row: int, column: int) -> bool:
    """Say no to everything."""
    return False
