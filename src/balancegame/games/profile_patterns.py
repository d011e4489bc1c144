"""Patterns of profiles: what automata and worlds go by when they see what everybody did.

A pattern names an action for each player, or None for any. ``"otherwise"`` stands for every profile
that no pattern before it fits; the first that fits decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from balancegame.errors import GameError
from balancegame.games.normal_form import NormalFormGame
from balancegame.wording import and_list, called, or_list

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
        if pattern == OTHERWISE:
            continue
        if not isinstance(pattern, tuple) or len(pattern) != len(stage.players):
            raise GameError(
                f"{pattern!r} in {where} does not say what each player did; write, in brackets, an "
                f'action of each of {and_list(map(called, stage.players))}, or "otherwise".'
            )
        for player, wanted, names in zip(stage.players, pattern, stage.actions, strict=True):
            if wanted is not None and wanted not in names:
                raise GameError(
                    f"{wanted!r} in {where} is not an action of {called(player)}; write "
                    f"{or_list(map(repr, names))}."
                )
