"""The whole solution of a game tree as data or as sentences, for the command line."""

from __future__ import annotations

from typing import Any

from balancegame.exact import plain
from balancegame.explain.dispatch import explain
from balancegame.games.sequential import GameTree
from balancegame.solvers.sequential.subgame_perfect import (
    SubgamePerfectEquilibrium,
    subgame_perfect,
)

# Ties can make more equilibria than any file holds: this many are written out.
MOST_WRITTEN = 1000


def report(tree: GameTree) -> dict[str, Any]:
    """Return a tree's solution as JSON data; numbers are text, so that fractions stay exact.

    Examples
    --------
    >>> from balancegame.games.moves import Decision
    >>> found = report(GameTree(Decision("Japan", {"Comply": (1,), "Engage": (3,)}), ["Japan"]))
    >>> found["number"], found["equilibria"]
    ('1', [{'plan': [{'history': [], 'choice': 'Engage'}], 'payoffs': ['3']}])
    """
    found = subgame_perfect(tree)
    return {
        "players": list(tree.players),
        "number": str(found.number),
        "complete": found.complete,
        "payoffs": [list(map(plain, payoffs)) for payoffs in found.payoffs],
        "equilibria": [_entry(one) for one in found[:MOST_WRITTEN]],
    }


def report_in_words(tree: GameTree) -> str:
    """Return a tree's solution as :func:`balancegame.explain.explain` tells it."""
    return str(explain(tree))


def _entry(one: SubgamePerfectEquilibrium) -> dict[str, Any]:
    plan = [
        {"history": _listed(history), "choice": _listed(choice)}
        for history, choice in one.plan.items()
    ]
    return {"plan": plan, "payoffs": list(map(plain, one.payoffs))}


def _listed(part: Any) -> Any:
    """Return names and probabilities with lists for tuples."""
    if isinstance(part, tuple):
        return list(map(_listed, part))
    return part if isinstance(part, str) else plain(part)
