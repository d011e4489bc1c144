"""The equilibria of a game as an explorer tells them; each game is solved once."""

from __future__ import annotations

from functools import lru_cache

from balancegame.explain.solution import subset_in_words
from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.normal_form.nash import Equilibria, NashSubset, equilibria, pure_equilibria
from balancegame.wording import capital

MOST_SHOWN = 12
_NONE = "no equilibrium in pure strategies"


@lru_cache(maxsize=64)
def solution(game: NormalFormGame) -> Equilibria:
    """Return the equilibria of a game of one or two players.

    An explorer asks for them to show, to explain, and once more to say what has changed since.
    """
    return equilibria(game)


@lru_cache(maxsize=64)
def subsets(game: NormalFormGame) -> tuple[NashSubset, ...]:
    """Return the maximal Nash subsets; of three and more players only those that are pure."""
    if len(game.players) > 2:
        return tuple(
            tuple((strategy,) for strategy in game.profile(profile))
            for profile in pure_equilibria(game)
        )
    return tuple(subset for component in solution(game).components for subset in component)


def answers(game: NormalFormGame) -> tuple[str, ...]:
    """Return a clause for each maximal Nash subset; of very many only the first."""
    found = subsets(game)
    if not found:
        return (_NONE,)
    shown = tuple(subset_in_words(game, subset) for subset in found[:MOST_SHOWN])
    return (*shown, f"{len(found) - MOST_SHOWN} more like these") if found[MOST_SHOWN:] else shown


def clause(game: NormalFormGame) -> str:
    """Return all the equilibria as one clause."""
    return "; or ".join(subset_in_words(game, subset) for subset in subsets(game)) or _NONE


def answer_in_words(game: NormalFormGame) -> str:
    """Return the equilibria in a sentence."""
    return f"{capital('; or '.join(answers(game)))}."
