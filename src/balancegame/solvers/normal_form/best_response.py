"""What each action is worth against the others, and which actions are best."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from balancegame.errors import GameError
from balancegame.games.normal_form import NormalFormGame, Profile, require_game


def action_payoffs(game: NormalFormGame, player: int, profile: Profile) -> tuple[Fraction, ...]:
    """Return what each action of a player yields against the others' part of a profile."""
    rivals = (*profile[:player], *profile[player + 1 :])
    others = [[(a, p) for a, p in enumerate(strategy) if p] for strategy in rivals]
    if all(len(support) == 1 for support in others):
        cell = [support[0][0] for support in others]
        actions = range(game.shape[player])
        return tuple(game.at(player, [*cell[:player], a, *cell[player:]]) for a in actions)
    totals = [Fraction(0)] * game.shape[player]
    for choices in product(*others):
        weight = prod((p for _, p in choices), start=Fraction(1))
        cell = [a for a, _ in choices]
        for action in range(len(totals)):
            totals[action] += weight * game.at(player, [*cell[:player], action, *cell[player:]])
    return tuple(totals)


def others_cells(game: NormalFormGame, player: int) -> list[tuple[int, ...]]:
    """Return every combination of the others' actions."""
    return list(product(*(range(n) for i, n in enumerate(game.shape) if i != player)))


def against_others(game: NormalFormGame, player: int) -> list[list[Fraction]]:
    """Return a row for each of a player's actions: what it yields against all the others can do."""
    cells = others_cells(game, player)
    return [
        [game.at(player, (*cell[:player], a, *cell[player:])) for cell in cells]
        for a in range(game.shape[player])
    ]


def best_responses(game: NormalFormGame, player: str | int, profile: Any) -> tuple[str, ...]:
    """Return a player's pure best responses to the strategies of the others.

    Parameters
    ----------
    game : NormalFormGame
    player : str or int
        The player's name or position.
    profile : sequence
        A strategy for each player; the player's own entry is not read and may be None.

    Returns
    -------
    tuple of str
        Every action that yields the player most, in the order of the actions.

    Notes
    -----
    Terms of the glossary:

    best response (best responses)
        an action that is best for a player, given what the others do
    indifferent
        equally well off either way
    payoff (payoffs)
        what a player gets; bigger is better

    Examples
    --------
    >>> game = NormalFormGame([[[2, 0], [0, 1]], [[1, 0], [0, 2]]])
    >>> best_responses(game, "player 1", [None, "action 2"])
    ('action 2',)
    >>> best_responses(game, "player 1", [None, {"action 1": "1/3", "action 2": "2/3"}])
    ('action 1', 'action 2')
    """
    i = require_game(game, "best_responses").player_index(player)
    entries = list(profile) if hasattr(profile, "__iter__") else []
    if len(entries) != len(game.players):
        raise GameError(
            f"the profile has {len(entries)} entries; give {len(game.players)}, one for each "
            f"player (that of {game.players[i]} may be None)."
        )
    entries[i] = 0
    yields = action_payoffs(game, i, game.profile(entries))
    most = max(yields)
    return tuple(name for name, u in zip(game.actions[i], yields, strict=True) if u == most)
