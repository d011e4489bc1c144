"""The whole solution of a game as data or as sentences, for the command line."""

from __future__ import annotations

from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.explain.dispatch import explain
from balancegame.explain.profile import profile_in_words
from balancegame.games.normal_form import NormalFormGame, Profile
from balancegame.solvers.normal_form.gambit import MixedEquilibrium, mixed_equilibria
from balancegame.solvers.normal_form.nash import equilibria, pure_equilibria


def report(game: NormalFormGame) -> dict[str, Any]:
    """Return a game's solution as JSON data; numbers are text, so that fractions stay exact.

    Examples
    --------
    >>> found = report(NormalFormGame([[[2, 0], [3, 1]], [[2, 3], [0, 1]]]))
    >>> found["equilibria"], found["complete"]
    ([{'strategies': [['0', '1'], ['0', '1']], 'payoffs': ['1', '1'], 'exact': True}], True)
    """
    about = {"players": list(game.players), "actions": [list(names) for names in game.actions]}
    if len(game.players) <= 2:
        solution = equilibria(game)
        return {
            **about,
            "equilibria": [_entry(e.strategies, e.payoffs) for e in solution],
            "components": [
                [[[list(map(plain, x)) for x in side] for side in subset] for subset in component]
                for component in solution.components
            ],
            "degenerate": solution.degenerate,
            "complete": True,
        }
    try:
        found = mixed_equilibria(game)
        note = "isolated equilibria by Gambit; continua may be missing"
        entries = [_entry(e.strategies, e.payoffs, e.exact) for e in found]
    except GameError as error:
        note = f"pure strategies only: {error}"
        profiles = [game.profile(names) for names in pure_equilibria(game)]
        entries = [_entry(profile, game.payoff(profile)) for profile in profiles]
    return {**about, "equilibria": entries, "complete": False, "note": note}


def report_in_words(game: NormalFormGame) -> str:
    """Return a game's solution as :func:`balancegame.explain.explain` tells it."""
    words = str(explain(game))
    if len(game.players) <= 2:
        return words
    try:
        found = mixed_equilibria(game)
    except GameError as error:
        return f"{words}\nThese are the equilibria in pure strategies; {error}"
    mixed = [_in_words(e) for e in found if any(max(strategy) < 1 for strategy in e.strategies)]
    return "\n".join([words, *(mixed or ["Gambit finds no isolated one in mixed strategies."])])


def _entry(strategies: Profile, payoffs: Any, exact: bool = True) -> dict[str, Any]:
    return {
        "strategies": [list(map(plain, strategy)) for strategy in strategies],
        "payoffs": list(map(plain, payoffs)),
        "exact": exact,
    }


def _in_words(found: MixedEquilibrium) -> str:
    clause = profile_in_words(found.game, found.strategies)
    near = "" if found.exact else f" (nearly: nobody gains more than {float(found.regret):.1e})"
    return f"In mixed strategies, {clause}{near}."
