"""The game that the first movers of a tree play, once what follows is settled.

Every subgame after the root is replaced by what its subgame-perfect equilibria yield; what is left
is the *truncated* game (van Damme 1991, "Stability and Perfection of Nash Equilibria").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from balancegame.errors import GameError
from balancegame.games.moves import Chance, History, Node, after, following
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.sequential import GameTree, ranking_of, require_tree
from balancegame.solvers.subgame_perfect import Payoffs, Ranking, continuations
from balancegame.wording import and_list, called

__all__ = ["truncated"]


def truncated(tree: GameTree, when_indifferent: Mapping[str, Any] | None = None) -> NormalFormGame:
    """Return the game that the first movers play, given what follows.

    The subgames after the root are replaced by what their subgame-perfect equilibria yield: the
    tree is cut off there.

    Parameters
    ----------
    tree : GameTree
        Its root is a decision node.
    when_indifferent : mapping of str to str or sequence of str, optional
        What a player does who moves later and is indifferent: an action, or several of which the
        first that is best is taken.

    Returns
    -------
    NormalFormGame
        Of those who choose at the root: a decision if it is one player.

    Raises
    ------
    GameError
        If the root is a chance node, or what follows is not settled: a player who moves later is
        indifferent and it matters to the first movers, or players who choose at once later have
        no equilibrium in pure strategies or several that differ.

    Examples
    --------
    >>> from balancegame.games.moves import Decision
    >>> reply = Decision("China", {"Assert": (-6, 1), "Hold back": (0, 0)})
    >>> tree = GameTree(
    ...     Decision("Japan", {"Balance": (-2, 0), "Pass": reply}), players=("Japan", "China")
    ... )
    >>> truncated(tree).payoffs
    ((Fraction(-2, 1), Fraction(-6, 1)),)
    """
    root = require_tree(tree, "truncated").root
    if isinstance(root, Chance):
        raise GameError("chance moves first in this tree; truncated takes one that a player opens.")
    ranking = {
        name: ranking_of(name, _actions_of(tree, name), actions)
        for name, actions in (when_indifferent or {}).items()
    }
    movers = [tree.player_index(name) for name in root.players]
    payoffs = {}
    for history, child in following((), root):
        found = _yields(tree, history, child, movers, ranking)
        if len(found) != 1:
            raise GameError(_unsettled(tree, history, child, movers, ranking))
        payoffs[history[0]] = found.pop()
    tables = [
        _table(root.actions, lambda cell, k=k: payoffs[root.label(cell)][k])
        for k in range(len(movers))
    ]
    return NormalFormGame(tables, root.players, root.actions)


def _actions_of(tree: GameTree, name: str) -> tuple[str, ...]:
    tree.player_index(name)
    return tuple(
        dict.fromkeys(
            action
            for _, node in tree.decisions()
            if name in node.players
            for action in node.actions[node.players.index(name)]
        )
    )


def _yields(
    tree: GameTree, history: History, node: Node, movers: list[int], ranking: Ranking
) -> set[Payoffs]:
    """Return what the first movers may get from a node on."""
    found = continuations(tree, history, node, ranking)
    return {tuple(one.payoffs[i] for i in movers) for one in found}


def _unsettled(
    tree: GameTree,
    history: History,
    node: Node,
    movers: list[int],
    ranking: Ranking,
) -> str:
    """Say where below a node backward induction leaves open what the first movers get."""
    for here, child in following(history, node):
        if len(_yields(tree, here, child, movers, ranking)) != 1:
            return _unsettled(tree, here, child, movers, ranking)
    who = and_list(map(called, node.players))
    if len(node.players) > 1:
        return (
            f"{who} have no equilibrium in pure strategies, or several, {after(history)}; what "
            "happens before depends on it."
        )
    return (
        f"{who} is indifferent {after(history)}, and it matters to those who move first; say "
        f'what it does then, such as when_indifferent={{"{node.players[0]}": '
        f'"{node.actions[0][0]}"}}.'
    )


def _table(actions: Any, entry: Callable[..., Any], cell: tuple[str, ...] = ()) -> Any:
    if len(cell) == len(actions):
        return entry(cell)
    return tuple(_table(actions, entry, (*cell, action)) for action in actions[len(cell)])
