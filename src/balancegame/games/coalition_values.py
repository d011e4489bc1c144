"""The values of coalitions as a person writes them: a mapping or a function, read exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.games.votes import given_names, member_names
from balancegame.progress_bar import with_progress
from balancegame.wording import and_list

MOST_LISTED = 20
"""Players up to whom all 2**n coalitions are listed."""


def from_function(worth: Callable[[Any], Any], names: tuple[str, ...]) -> tuple[Any, ...]:
    """Return the value of every coalition, asked of a function; nobody is worth 0."""
    masks = with_progress(range(2 ** len(names)), "values")
    values = []
    for mask in masks:
        members = [name for i, name in enumerate(names) if mask >> i & 1]
        given = worth(frozenset(members))
        value = int(given) if isinstance(given, bool) else given
        values.append(exact(value, f"the value of {_coalition_words(members)}"))
    return _nobody_is_worth_nothing(values)


def from_mapping(values: Any, players: Any) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    """Return the players and the value of every coalition from a mapping."""
    if not isinstance(values, Mapping):
        raise GameError(
            f"the values of a coalitional game are a mapping or a function, not {values!r}; map "
            "every coalition to its value."
        )
    for key in values:
        if not isinstance(key, str | tuple | frozenset):
            raise GameError(
                f"{key!r} is not a coalition; write a player's name, or a tuple of names."
            )
    keys = [(key,) if isinstance(key, str) else tuple(key) for key in values]
    singles = dict.fromkeys(member for key in sorted(keys, key=len) for member in key)
    found = given_names(players) or tuple(singles)
    names = member_names(found, len(found))
    require_few(len(names), "a mapping of all coalitions", names)
    table: dict[int, Any] = {}
    for key, value in zip(keys, values.values(), strict=True):
        mask = 0
        for member in key:
            if member not in names:
                raise GameError(
                    f"{member!r} has a part in the value of {_coalition_words(key)} but is no "
                    f"player; the players are {and_list(names)}."
                )
            bit = 1 << names.index(member)
            if mask & bit:
                raise GameError(
                    f"the coalition {key} names the player {member!r} twice; name each once."
                )
            mask |= bit
        if mask in table:
            raise GameError(f"the coalition of {_coalition_words(key)} has two values; give one.")
        table[mask] = exact(value, f"the value of {_coalition_words(key)}")
    table.setdefault(0, Fraction(0))
    missing = [mask for mask in range(2 ** len(names)) if mask not in table]
    if missing:
        least = min(missing, key=int.bit_count)
        words = _coalition_words([name for i, name in enumerate(names) if least >> i & 1])
        also = f" ({len(missing) - 1} more are missing too)" if len(missing) > 1 else ""
        raise GameError(f"the coalition of {words} has no value{also}; give every coalition one.")
    return names, _nobody_is_worth_nothing([table[mask] for mask in range(2 ** len(names))])


def _nobody_is_worth_nothing(values: list[Any]) -> tuple[Any, ...]:
    if values[0]:
        raise GameError(
            f"the coalition of nobody has the value {plain(values[0])}; it must be 0, so "
            "subtract that from every value."
        )
    return tuple(values)


def require_few(size: int, what: str, names: tuple[str, ...]) -> None:
    """Refuse to list the coalitions of too many players."""
    if size > MOST_LISTED:
        raise GameError(
            f"{what} of {size} players would have 2**{size} entries; up to {MOST_LISTED} players "
            "are listed, so give weights and a quota (CoalitionalGame.weighted) if the game is one "
            "of voting."
        )


def _coalition_words(members: Iterable[str]) -> str:
    return and_list(map(str, members)) if members else "nobody"
