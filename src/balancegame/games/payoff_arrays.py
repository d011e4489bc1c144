"""One player's payoffs by position, from lists and from the tables of other libraries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import chain
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact
from balancegame.exact.algebraic import Algebraic
from balancegame.exact.number import whole_number
from balancegame.wording import counted

_PLAIN = (list, tuple)
_EXACT = frozenset((int, Fraction))
_FRACTIONS = frozenset((Fraction,))


def is_frame(value: object) -> bool:
    """Return whether a value is a table of pandas, or one that is like it."""
    return hasattr(value, "iloc") and hasattr(value, "to_numpy")


def by_position(array: Any) -> tuple[Any, tuple[tuple[str, ...], ...]]:
    """Return a payoff array without its labels, and the labels that are names.

    pandas and xarray look entries up by label, and matrices of NumPy and SymPy by number through
    all rows. Payoffs are meant by position.
    """
    if is_frame(array):
        axes = [array.index] if array.ndim == 1 else [array.index, array.columns]
        return array.to_numpy().tolist(), _labels([list(axis) for axis in axes])
    if hasattr(array, "dims") and hasattr(array, "coords") and hasattr(array, "to_numpy"):
        # Games of lists need no NumPy, which takes longer to load than the games.
        import numpy as np

        axes = [
            np.asarray(array.coords[dim]).tolist() if dim in array.coords else []
            for dim in array.dims
        ]
        return array.to_numpy().tolist(), _labels(axes)
    # A matrix keeps two dimensions however it is indexed.
    if type(array).__name__ == "matrix" or hasattr(array, "is_square"):
        return array.tolist(), ()
    return array, ()


def _labels(axes: Sequence[Sequence[Any]]) -> tuple[tuple[str, ...], ...]:
    """Return labels if those of every axis are text, as names are."""
    if all(axis and all(isinstance(label, str) for label in axis) for axis in axes):
        return tuple(tuple(axis) for axis in axes)
    return ()


def require_arrays(arrays: Any) -> None:
    """Refuse payoffs that may be meant as a table of pairs.

    Rows that are lists with cells that are tuples are how textbooks write a table; read as one
    array for each player they would be another game.
    """
    if is_frame(arrays):
        raise GameError(
            "the payoffs are a single table; give a list with one table for each player, or, if "
            "each cell holds a pair of payoffs, NormalFormGame.from_table(table)."
        )
    if not isinstance(arrays, list) or not all(isinstance(row, list) and row for row in arrays):
        return
    cells = [cell for row in arrays for cell in row]
    sizes = {len(cell) if isinstance(cell, tuple) else 0 for cell in cells}
    flat = all(
        not hasattr(x, "__len__") or isinstance(x, str)
        for c in cells
        if c
        for x in (c if isinstance(c, tuple) else ())
    )
    if sizes == {2} and flat and len(arrays) != 2:
        raise GameError(
            "these payoffs look like a table whose cells are pairs; NormalFormGame.from_table(...) "
            "reads it, and here each player has an array of its own."
        )
    if sizes == {2} and flat:
        raise GameError(
            "these payoffs can be read in two ways: as two arrays, "
            "one for each player, or as a table whose cells are pairs of payoffs; write lists in "
            "place of the tuples for the first, NormalFormGame.from_table(...) for the second."
        )


def shared_labels(
    read: Sequence[tuple[tuple[str, ...], ...]], players: Sequence[str]
) -> tuple[tuple[str, ...], ...]:
    """Return the labels that several tables bring, after checking that they agree; () if none."""
    found = [(labels, player) for labels, player in zip(read, players, strict=True) if labels]
    for labels, player in found[1:]:
        if labels != found[0][0]:
            raise GameError(
                f"the tables of {found[0][1]} and {player} are labelled differently; give both the "
                "same labels in the same order, or name the actions."
            )
    return found[0][0] if found else ()


def is_array(value: object) -> bool:
    """Return whether a value has entries by position."""
    return (
        hasattr(value, "__len__")
        and hasattr(value, "__getitem__")
        and not isinstance(value, (str, bytes, Mapping))
        and getattr(value, "shape", None) != ()
    )


def read_already(arrays: Any) -> tuple[tuple[int, ...], Any] | None:
    """Return the shape of arrays of whole numbers and Fractions, and them as tuples of Fractions.

    There is one for each player. None if they hold anything else, are not all of one shape, or may
    be meant as a table of pairs: all that has to be looked at more closely.
    """
    if type(arrays) not in _PLAIN or not arrays:
        return None
    shape, array = [], arrays[0]
    for _ in arrays:
        if type(array) not in _PLAIN or not array:
            return None
        shape.append(len(array))
        array = array[0]
    if type(arrays) is list and any(
        type(row) is list and tuple in map(type, row) for row in arrays
    ):
        return None
    found = _exact_already(arrays, (len(arrays), *shape))
    return None if found is None else (tuple(shape), found)


def shape_of(array: Any, depth: int, player: str) -> tuple[int, ...]:
    """Return the number of actions of each player, from one player's array."""
    shape: list[int] = []
    for level in range(depth):
        if not is_array(array):
            raise GameError(
                f"the payoffs of {player} are nested {level} deep; give one array for each "
                f"player, nested {depth} deep, a level for each of the {depth} players."
            )
        if len(array) == 0:
            raise GameError(
                f"the payoffs of {player} leave player {level + 1} no action; give at least one."
            )
        shape.append(len(array))
        array = array[0]
    return tuple(shape)


def exact_array(
    array: Any,
    shape: tuple[int, ...],
    owner: str,
    players: tuple[str, ...],
    actions: tuple[tuple[str, ...], ...],
    cell: tuple[int, ...] = (),
) -> Any:
    """Return an array of exact payoffs, after checking its shape and every entry."""
    # What is exact already needs no place to be named in an error, and games are made by thousands.
    if (found := _exact_already(array, shape[len(cell) :])) is not None:
        return found
    place = ", ".join(names[a] for names, a in zip(actions, cell, strict=False))
    if len(cell) == len(shape):
        if is_array(array):
            raise GameError(
                f"the payoff of {owner} at ({place}) is a list; give one number for each cell."
            )
        return exact(array, f"the payoff of {owner} at ({place})")
    length = len(array) if is_array(array) else 0
    if length != shape[len(cell)]:
        inside = f" where {players[0]} plays {place}" if len(cell) == 1 else ""
        inside = f" at ({place})" if len(cell) > 1 else inside
        raise GameError(
            f"the payoffs of {owner}{inside} have {counted(length, 'entry', 'entries')} for "
            f"{players[len(cell)]}, not {shape[len(cell)]} as elsewhere; give every player an "
            "array of the same shape."
        )
    return tuple(
        exact_array(array[a], shape, owner, players, actions, (*cell, a)) for a in range(length)
    )


def _exact_already(array: Any, shape: tuple[int, ...]) -> Any:
    """Return lists of whole numbers and Fractions as tuples of Fractions, else None."""
    if not shape or type(array) not in _PLAIN or len(array) != shape[0]:
        return None
    if len(shape) == 1:
        kinds = {*map(type, array)}
        if kinds == _FRACTIONS:
            return tuple(array)
        if not kinds <= _EXACT:
            return None
        return tuple(map(exact if Fraction in kinds else whole_number, array))
    found = []
    for row in array:
        if (read := _exact_already(row, shape[1:])) is None:
            return None
        found.append(read)
    return tuple(found)


def require_one_field(payoffs: Any) -> None:
    """Refuse irrational payoffs that cannot be compared with each other."""
    irrational = [entry for entry in flat_entries(payoffs) if isinstance(entry, Algebraic)]
    for entry in irrational:
        if irrational[0].root.compare(entry.root):
            raise GameError(
                f"the payoffs {irrational[0]} and {entry} are irrational in different ways; keep "
                "one and round the other to a fraction."
            )


def flat_entries(array: Any) -> Any:
    """Return the entries of a payoff array one after the other."""
    while isinstance(array, tuple) and array and isinstance(array[0], tuple):
        array = tuple(chain.from_iterable(array))
    return array
