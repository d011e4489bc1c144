"""Answers to exercise tests, read with feedback: actions and profiles as students write them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from balancegame.exact import exact
from balancegame.games.normal_form import NormalFormGame, Profile
from balancegame.grading.feedback import wrong
from balancegame.wording import or_list

__all__ = ["NEAR", "read_actions", "read_profiles"]

NEAR = Fraction(1, 50)
"""So small a difference from the right number is rounding, not another idea."""


def read_actions(game: NormalFormGame, given: Any, name: str) -> tuple[str, ...]:
    """Return the actions, of any player, that a student names; spelled as in the game.

    Parameters
    ----------
    game : NormalFormGame
    given : object
        One action, or a set, list or tuple of them.
    name : str
        What the answer is called.

    Raises
    ------
    Wrong
        If it is something else.

    Examples
    --------
    >>> game = NormalFormGame([[[2, 0], [0, 1]]] * 2, actions=(("Up", "Down"), ("Left", "Right")))
    >>> read_actions(game, {"up "}, "reply")
    ('Up',)
    """
    listed = [given] if isinstance(given, str) else given
    known = {action.lower(): action for names in game.actions for action in names}
    example = next(iter(known.values()))
    if isinstance(listed, (int, float, Fraction)):
        wrong(
            "payoff-not-action",
            f"{name}: {given} is a number; a best response is an action, such as "
            f'{{"{example}"}}, not what it pays.',
        )
    if not isinstance(listed, (set, list, tuple)) or not listed:
        wrong("not-actions", f'{name}: write actions in curly brackets, such as {{"{example}"}}.')
    for action in listed:
        if not isinstance(action, str) or action.strip().lower() not in known:
            wrong(
                "unknown-action",
                f"{name}: {action!r} is no action here; the actions are {or_list(known.values())}.",
            )
    return tuple(known[action.strip().lower()] for action in listed)


def read_profiles(game: NormalFormGame, given: Any, name: str) -> list[Profile]:
    """Return the profiles of a two-player game that a student lists.

    Parameters
    ----------
    game : NormalFormGame
    given : object
        A list of pairs; one pair alone will do.
    name : str
        What the answer is called.

    Raises
    ------
    Wrong
        If it is no list of pairs, the players are swapped or probabilities are rounded.
    GameError
        If a pair is not a profile for another reason.
    """
    if isinstance(given, (tuple, list)) and given and all(map(_named, given)):
        given = [given]
    if not isinstance(given, (list, tuple, set)) or not given:
        example = ", ".join(f'"{names[0]}"' for names in game.actions)
        wrong(
            "not-a-list",
            f"{name} is a list of pairs, {game.players[0]}'s strategy first, such as "
            f"[({example})].",
        )
    for pair in given:
        sides = pair if isinstance(pair, (tuple, list)) else ()
        names = [{side} if isinstance(side, str) else {*side} for side in sides if _named(side)]
        if len(names) == 2 and names[0] <= {*game.actions[1]} and names[1] <= {*game.actions[0]}:
            wrong(
                "swapped-players",
                f"In each pair the strategy of {game.players[0]} comes first, then that of "
                f"{game.players[1]}; you have them the other way round.",
            )
        for side in sides:
            _refuse_rounded(side)
    return [game.profile(pair) for pair in given]


def _named(strategy: Any) -> bool:
    return isinstance(strategy, (str, dict))


def _refuse_rounded(strategy: Any) -> None:
    if not isinstance(strategy, (dict, list, tuple)):
        return
    chances = strategy.values() if isinstance(strategy, dict) else strategy
    total = sum(map(exact, chances), Fraction(0))
    if total != 1 and abs(total - 1) < NEAR:
        wrong(
            "rounded",
            f"The probabilities of one strategy add up to {float(total):.16g}, not 1: they are "
            'rounded. Write exact fractions in quotes, such as "1/3".',
        )
