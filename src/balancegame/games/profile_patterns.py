"""Patterns of profiles: what automata and worlds go by when they see what everybody did.

A pattern names an action for each player, or None for any. ``"otherwise"`` stands for every profile
that no pattern before it fits; the first that fits decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from balancegame.errors import GameError
from balancegame.games.normal_form import NormalFormGame
from balancegame.wording import and_list

OTHERWISE = "otherwise"
"""Stands for every profile, or state of the world, that is not listed before it."""


def fits(pattern: Any, profile: tuple[str, ...]) -> bool:
    """Return whether a profile is one that a pattern stands for."""
    # A whole profile is the commonest pattern.
    return pattern in (profile, OTHERWISE) or (
        None in pattern
        and all(wanted in (None, seen) for wanted, seen in zip(pattern, profile, strict=True))
    )


def require_patterns(ways: Mapping[Any, Any], stage: NormalFormGame, where: str) -> None:
    """Refuse patterns that no profile of a stage game could fit."""
    for pattern in ways:
        known = isinstance(pattern, tuple) and len(pattern) == len(stage.players)
        if known:
            pairs = zip(pattern, stage.actions, strict=True)
            known = all(wanted is None or wanted in names for wanted, names in pairs)
        if pattern != OTHERWISE and not known:
            raise GameError(
                f"{pattern!r} in {where} is not a profile; write an action of each of "
                f"{and_list(stage.players)}, or None for any."
            )
