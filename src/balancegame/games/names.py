"""Names of players and actions, and sequences, as people give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from balancegame.errors import GameError
from balancegame.wording import and_list


def listed(value: Any, what: str) -> list[Any]:
    """Return the entries of a sequence, or say what should have been one."""
    if isinstance(value, (str, bytes, Mapping)) or not hasattr(value, "__iter__"):
        raise GameError(f"{what} must be a sequence, not {value!r}.")
    return list(value)


def is_name(value: object) -> bool:
    """Return whether a value can name a player or an action: text that is not blank."""
    return isinstance(value, str) and bool(value.strip())


def action_names(
    names: Any, shape: tuple[int, ...], players: tuple[str, ...]
) -> tuple[tuple[str, ...], ...]:
    """Return the names of each player's actions; "action 1" and so on stand in."""
    if left_out(names):
        return tuple(tuple(f"action {a + 1}" for a in range(size)) for size in shape)
    lists = listed(names, "the action names")
    if len(lists) != len(shape):
        raise GameError(
            f"there are {len(lists)} lists of action names; give {len(shape)}, one for each of "
            f"{and_list(players)}."
        )
    return tuple(
        names_of(entry, size, f"actions of {player}", "the payoffs have")
        for entry, size, player in zip(lists, shape, players, strict=True)
    )


def left_out(names: Any) -> bool:
    """Return whether somebody gave no names."""
    return names is None or (isinstance(names, tuple) and not names)


def names_of(names: Any, count: int, what: str, reason: str) -> tuple[str, ...]:
    """Return so many names as text, or say what is wrong with them, in a sentence with a reason."""
    given = names if type(names) is tuple else tuple(listed(names, f"the names of the {what}"))
    # The same names stand in games by thousands.
    are_text = {*map(type, given)} <= {str}
    return (_remembered if are_text else _read_names)(given, count, what, reason)


def _read_names(given: Sequence[Any], count: int, what: str, reason: str) -> tuple[str, ...]:
    for k, name in enumerate(given):
        if not is_name(name):
            raise GameError(f"{name!r} among the {what} is not a name; names are text.")
        if name in given[:k]:
            raise GameError(f"the name {name!r} appears twice among the {what}; use each once.")
    if len(given) != count:
        raise GameError(
            f"there are {len(given)} names for the {what} but {reason} {count}; give one name each."
        )
    return tuple(map(str, given))


_remembered = lru_cache(maxsize=256)(_read_names)
