"""The whole solution of a game as data or as sentences, for the command line."""

from __future__ import annotations

from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.explain.dispatch import explain
from balancegame.explain.explanation import Explanation
from balancegame.explain.profile import profile_and_payoffs, profile_in_words
from balancegame.explain.solution import MOST_SHOWN, counted_pure, more_like_these
from balancegame.games.normal_form import NormalFormGame, Profile
from balancegame.solvers.normal_form.gambit import MixedEquilibrium, mixed_equilibria
from balancegame.solvers.normal_form.lemke_howson import lemke_howson
from balancegame.solvers.normal_form.minors import too_many_bases
from balancegame.solvers.normal_form.nash import equilibria, pure_equilibria
from balancegame.wording import capital


def report(game: NormalFormGame) -> dict[str, Any]:
    """Return a game's solution as JSON data; numbers are text, so that fractions stay exact.

    Examples
    --------
    >>> found = report(NormalFormGame([[[2, 0], [3, 1]], [[2, 3], [0, 1]]]))
    >>> found["equilibria"], found["complete"]
    ([{'strategies': [['0', '1'], ['0', '1']], 'payoffs': ['1', '1'], 'exact': True}], True)
    """
    about = {"players": list(game.players), "actions": [list(names) for names in game.actions]}
    if _too_large(game):
        return {**about, **_some(game)}
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
    if _too_large(game):
        return _some_in_words(game)
    words = str(explain(game))
    if len(game.players) <= 2:
        return words
    try:
        found = mixed_equilibria(game)
    except GameError as error:
        return f"{words}\nThese are the equilibria in pure strategies; {error}"
    mixed = [_in_words(e) for e in found if any(max(strategy) < 1 for strategy in e.strategies)]
    return "\n".join([words, *(mixed or ["Gambit finds no isolated one in mixed strategies."])])


def _too_large(game: NormalFormGame) -> bool:
    return len(game.players) == 2 and too_many_bases(*game.shape)


def _some(game: NormalFormGame) -> dict[str, Any]:
    """Return some equilibria of a game too large for all, those in pure strategies among them."""
    profiles = [game.profile(names) for names in pure_equilibria(game)]
    note = "every equilibrium in pure strategies; the game is too large for all mixed ones"
    try:
        profiles += [e.strategies for e in lemke_howson(game)]
        note += ", of which these are some (Lemke-Howson)"
    except GameError as error:
        note += f": {error}"
    distinct = sorted(set(profiles), reverse=True)
    entries = [_entry(profile, game.payoff(profile)) for profile in distinct]
    return {"equilibria": entries, "complete": False, "note": note}


def _some_in_words(game: NormalFormGame) -> str:
    rows, columns = game.shape
    large = f"A game of {rows} x {columns} actions is too large to solve completely."
    found = [game.profile(names) for names in pure_equilibria(game)]
    shown = [profile_and_payoffs(game, profile) for profile in found[:MOST_SHOWN]]
    pure = str(Explanation((counted_pure(found), *shown, *more_like_these(found))))
    try:
        mixed = str(explain(lemke_howson(game)))
    except GameError as error:
        mixed = capital(str(error))
    return "\n".join([large, pure, mixed])


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
