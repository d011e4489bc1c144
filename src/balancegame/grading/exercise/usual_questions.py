"""Questions that many exercises ask: what is right, and the mistakes that students usually make.

Each returns what a function below :func:`.asks` returns, so that an exercise may add mistakes of
its own, or other sentences.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Any

from balancegame.games.normal_form import NormalFormGame
from balancegame.grading.exercise.mistakes import perhaps
from balancegame.grading.exercise.solver_answers import (
    gains_from_departing,
    least_patience,
    mixtures,
)
from balancegame.wording import and_list, called, possessive

Question = tuple[Any, dict[str | tuple[Any, ...], str | Callable[..., str]]]
"""What is right, and the mistakes, as :data:`.Mistakes`."""


def best_replies(game: NormalFormGame, player: str, given: str) -> Question:
    """Ask which actions of one of two players are best against an action of the other.

    Examples
    --------
    >>> game = NormalFormGame([[[2, 0], [2, 1]], [[0, 1], [3, 0]]], ("Japan", "Russia"))
    >>> right, mistakes = best_replies(game, "Japan", "action 2")
    >>> right, [key for key, *_ in mistakes][:2]
    (frozenset({'action 2'}), ['other-players-actions', 'one-of-a-tie'])
    """
    # Solvers load NumPy, which takes long, and not every exercise asks this.
    from balancegame.solvers.normal_form.best_response import best_responses

    i = game.player_index(player)
    actions, mine = frozenset(game.actions[i]), called(player)
    first, second = (possessive(called(each)) for each in game.players)

    def pair(action: str | None) -> tuple[str | None, str | None]:
        return (action, given) if i == 0 else (given, action)

    games = game, _swapped(game)
    right, misread = (frozenset(best_responses(each, i, pair(None))) for each in games)

    def not_best(answer: frozenset[str]) -> str:
        chosen, better = min(answer - right), min(right)
        low, high = (game.payoff(pair(action))[i] for action in (chosen, better))
        return (
            f"against {given}, {chosen} gives {mine} {low}, but another action gives {high}. Hold "
            f"{given} fixed and compare {possessive(mine)} payoffs only there."
        )

    def one_of_a_tie(answer: frozenset[str]) -> str:
        several = len(answer) > 1
        are, ones = ("are best responses", "ones") if several else ("is a best response", "one")
        return (
            f"{and_list(sorted(answer))} {are} to {given}, but not the only {ones}; where payoffs "
            "tie, name every action that ties."
        )

    return right, {
        ("other-players-actions", lambda answer: answer - actions): f"{mine} chooses among "
        f"{', '.join(sorted(actions))}; the action of the other player, {given}, is given.",
        ("one-of-a-tie", lambda answer: answer < right): one_of_a_tie,
        ("other-players-payoffs", perhaps(misread)): "you compared the other player's payoffs. In "
        f"each cell {first} number comes first and {second} second; {mine} looks at its own.",
        "not-best": not_best,
    }


# A test asks four times about one game.
@lru_cache(maxsize=8)
def _swapped(game: NormalFormGame) -> NormalFormGame:
    """Return the game in which each player has the other's payoffs."""
    return NormalFormGame(game.payoffs[::-1], game.players, game.actions)


def mixture(game: NormalFormGame, player: str) -> Question:
    """Ask how often one of two players takes the first of two actions where both mix.

    Examples
    --------
    >>> game = NormalFormGame([[[2, 0], [0, 1]], [[0, 1], [3, 0]]], ("Japan", "Russia"))
    >>> right, mistakes = mixture(game, "Japan")
    >>> right, mistakes["not-indifferent"](Fraction(1, 2))[:52]
    (Fraction(3, 4), 'then Russia gets 3/2 from action 1 and 1/2 from acti')
    """
    i = game.player_index(player)
    right, theirs = mixtures(game)[i], mixtures(game)[1 - i]
    mine, other = (called(game.players[k]) for k in (i, 1 - i))
    (first, second), replies = game.actions[i], game.actions[1 - i]

    def not_indifferent(given: Fraction) -> str:
        pairs = [((given, 1 - given), reply) for reply in replies]
        profiles = pairs if i == 0 else [pair[::-1] for pair in pairs]
        one, another = (game.payoff(profile)[1 - i] for profile in profiles)
        return (
            f"then {other} gets {one} from {replies[0]} and {another} from {replies[1]}, and would "
            "not mix."
        )

    mistakes: dict[str | tuple[Any, ...], str | Callable[..., str]] = {
        ("other-action", 1 - right): f"that is the probability of {second}; the question is about "
        f"{first}.",
        ("own-payoffs", theirs, 1 - theirs): f"you made {mine} indifferent, by its own payoffs. "
        f"The mixture of {mine} must make {other} indifferent, so only the payoffs of {other} "
        "count.",
    }
    if not _has_pure_equilibria(game):
        mistakes["pure", 0, 1] = (
            f"if {mine} is that predictable, {other} takes advantage, and {mine} would rather do "
            "something else. No cell of the table is an equilibrium."
        )
    mistakes["not-indifferent"] = not_indifferent
    return right, mistakes


# A test asks twice about one game, once for each player.
@lru_cache(maxsize=8)
def _has_pure_equilibria(game: NormalFormGame) -> bool:
    from balancegame.solvers.normal_form.nash import pure_equilibria

    return bool(pure_equilibria(game))


def patience(stage: NormalFormGame, norm: Any, departing: str) -> Question:
    """Ask from which discount factor on grim trigger holds; departing is "withholding", say.

    Examples
    --------
    >>> from balancegame.games.reciprocity import grim_trigger
    >>> stage = NormalFormGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]], ("Japan", "Russia"))
    >>> norm = grim_trigger(("action 1", "action 1"), ("action 2", "action 2"))
    >>> right, mistakes = patience(stage, norm, "defecting")
    >>> right, mistakes["too-large"](Fraction(3, 4))[:42]
    (Fraction(1, 2), 'at delta = 3/4 defecting loses at least 1,')
    """
    right = least_patience(stage, norm)
    return right, {
        ("no-discount-factor", lambda delta: not 0 <= delta < 1): "{given} is no discount factor, "
        "which is at least 0 and less than 1. Weigh the gain with 1 - delta and the loss with "
        "delta.",
        ("too-small", lambda delta: delta < right): lambda delta: (
            f"at delta = {delta} {most_tempted(stage, norm, departing, delta)}; more patience is "
            "needed."
        ),
        "too-large": lambda delta: (
            f"at delta = {delta} {departing} loses at least "
            f"{-max(gains_from_departing(stage, norm, delta))}, so less patience would do; at the "
            "threshold somebody is indifferent."
        ),
    }


def most_tempted(stage: NormalFormGame, norm: Any, departing: str, delta: Fraction) -> str:
    """Say who gains most by departing from grim trigger once, and how much on average."""
    gains = gains_from_departing(stage, norm, delta)
    player = called(stage.players[gains.index(max(gains))])
    return f"{player} still gains {max(gains)} by {departing} once"
