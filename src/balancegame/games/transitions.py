"""How the world changes: chances of the next state, which may depend on what is played."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.profile_patterns import OTHERWISE, fits, require_patterns
from balancegame.wording import and_list

ALWAYS = "always"
"""The one state of a world that does not change."""

Cell = tuple[int, ...]
# The chance of each state that may come next, by position; none is 0.
Odds = Mapping[int, Fraction]


def read_transitions(
    states: tuple[str, ...], stages: Sequence[NormalFormGame], given: Any
) -> tuple[dict[Cell, Odds], ...]:
    """Return for each state and profile the chances of what comes next, checked."""
    read: Callable[[Any, str], Odds] = lambda row, place: _odds(states, row, place)  # noqa: E731
    return tuple(
        laid_out(states[k], stage, ways, read)
        for k, (stage, ways) in enumerate(zip(stages, by_state(states, given), strict=True))
    )


def by_state(states: tuple[str, ...], given: Any) -> tuple[Any, ...]:
    """Return what is said of each state, in order."""
    if not isinstance(given, Mapping):
        raise GameError(
            f"the transitions are {given!r}; give {{state: ...}}, what comes next from each state."
        )
    strangers = [name for name in given if name not in states]
    if strangers:
        raise GameError(
            f"transitions start from {strangers[0]!r}, a state that nobody describes; the states "
            f"are {and_list(states)}."
        )
    missing = [name for name in states if name not in given]
    if missing:
        raise GameError(
            f"the transitions do not say what comes after {and_list(missing)}; add it, or "
            f"{missing[0]!r} itself if the world stays there."
        )
    return tuple(given[name] for name in states)


def laid_out(
    state: str, stage: NormalFormGame, ways: Any, read: Callable[[Any, str], Any]
) -> dict[Cell, Any]:
    """Return what follows after each profile of a state's stage game, each way read once."""
    where = f"the transitions from {state!r}"
    if not is_by_profile(ways):
        row = read(ways, f"from {state}")
        return dict.fromkeys(stage.cells(), row)
    require_patterns(ways, stage, where)
    rows = {
        pattern: read(row, f"from {state} after {_written(pattern)}")
        for pattern, row in ways.items()
    }
    found = {}
    for cell in stage.cells():
        seen = stage.outcome(cell)
        fit = next((pattern for pattern in rows if fits(pattern, seen)), None)
        if fit is None:
            raise GameError(
                f"{where} do not say what comes after ({', '.join(seen)}); add that profile or "
                '"otherwise".'
            )
        found[cell] = rows[fit]
    return found


def is_by_profile(ways: Any) -> bool:
    """Return whether chances depend on what is played."""
    return isinstance(ways, Mapping) and any(
        not isinstance(key, str) or key == OTHERWISE for key in ways
    )


def _odds(states: tuple[str, ...], row: Any, place: str) -> Odds:
    chances: Any = {row: 1} if isinstance(row, str) else row
    if not isinstance(chances, Mapping):
        raise GameError(
            f"what comes next {place} is {row!r}; name a state, or give chances "
            "{state: probability}."
        )
    found: dict[int, Fraction] = {}
    for name, chance in chances.items():
        if name not in states:
            raise GameError(
                f"{name!r} may come next {place}, but nobody describes it; the states are "
                f"{and_list(states)}."
            )
        number = exact(chance, f"the chance of {name} {place}")
        if number < 0:
            raise GameError(f"the chance of {name} {place} is {plain(number)}; make it 0 or more.")
        if number:
            found[states.index(name)] = number
    total = sum(found.values(), Fraction(0))
    if total != 1:
        raise GameError(
            f"the chances {place} add up to {plain(total)}, not to 1; change one of them."
        )
    return found


def _written(pattern: Any) -> str:
    if not isinstance(pattern, tuple):
        return "anything else" if pattern == OTHERWISE else repr(pattern)
    return f"({', '.join('anything' if wanted is None else wanted for wanted in pattern)})"
