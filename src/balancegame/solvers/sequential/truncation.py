"""The game that the first movers of a tree play, once what follows is settled.

Every subgame after the root is replaced by what its subgame-perfect equilibria yield; what is left
is the *truncated* game (van Damme 1991, "Stability and Perfection of Nash Equilibria").

Only payoffs matter here, so the sets of payoffs that continuations may yield are folded upwards.
Subgames are settled each on its own, and a departure of one player leads to a subgame where no
other player's departure leads. So a payoff vector of one subgame is what happens if and only if no
departure yields its player more *at worst*, over all continuations of the subgame it leads to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import chain, product
from math import prod
from operator import add
from typing import Any

import numpy as np

from balancegame.errors import GameError
from balancegame.games.moves import Chance, Decision, History, Node, after, following
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.sequential import GameTree, ranking_of, require_tree
from balancegame.solvers.normal_form.nash import equilibria
from balancegame.solvers.sequential.subgame_perfect import Payoffs
from balancegame.wording import and_list, called

# Ties multiply: this many payoffs that may follow one node are compared, and no more.
MOST_PAYOFFS = 1000

Ranking = Mapping[str, tuple[str, ...]]
"""For players who may be indifferent the actions that they then prefer, the first one most."""


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
        If the root is a chance node, somebody does not see all that was done before, or what
        follows is not settled: a player who moves later is indifferent and it matters to the first
        movers, or players who choose at once later have several equilibria that differ, or, if they
        are three or more, none in pure strategies. If ties leave more than 1000 different payoffs
        where chance moves or several choose.

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
    if tree.layout.shared:
        raise GameError(
            f"not all that was done is seen in the information set "
            f"{next(iter(tree.layout.shared))!r}; truncated takes trees in which it is, and "
            "tree.normal_form() gives the game of this one."
        )
    if isinstance(root, Chance):
        raise GameError("chance moves first in this tree; truncated takes one that a player opens.")
    if when_indifferent is None:
        when_indifferent = {}
    if not isinstance(when_indifferent, Mapping):
        raise GameError(
            "when_indifferent is a mapping from a player to what it does when indifferent, not "
            f"{when_indifferent!r}."
        )
    ranking = {
        name: ranking_of(name, _actions_of(tree, name), actions)
        for name, actions in when_indifferent.items()
    }
    movers = _movers(tree, root)
    payoffs = {}
    for history, child in following((), root):
        found = _yields(tree, history, child, movers, ranking)
        if len(found) != 1:
            raise GameError(_unsettled(tree, history, child, movers, ranking))
        payoffs[history[0]] = found.pop()
    shape = [len(actions) for actions in root.actions]
    tables = [
        np.array([payoffs[root.label(cell)][i] for cell in root.branches], dtype=object)
        for i in map(tree.player_index, root.players)
    ]
    return NormalFormGame([table.reshape(shape) for table in tables], root.players, root.actions)


def _actions_of(tree: GameTree, name: str) -> tuple[str, ...]:
    tree.player_index(name)
    nodes = [node for _, node in tree.decisions() if name in node.players]
    actions = (node.actions[node.players.index(name)] for node in nodes)
    return tuple(dict.fromkeys(chain.from_iterable(actions)))


def _movers(tree: GameTree, node: Node) -> frozenset[int]:
    """Return the positions of those who choose at a node."""
    named = node.players if isinstance(node, Decision) else ()
    return frozenset(map(tree.player_index, named))


def _yields(
    tree: GameTree, history: History, node: Node, wanted: frozenset[int], ranking: Ranking
) -> set[Payoffs]:
    """Return what some players may get from a node on; all others are entered with 0."""
    if isinstance(node, tuple):
        return {_entries(node, wanted)}
    seen = wanted | _movers(tree, node)
    below = {
        here[-1]: _yields(tree, here, child, seen, ranking)
        for here, child in following(history, node)
    }
    if not all(below.values()):
        return set()
    if isinstance(node, Chance):
        return _means(node, history, below)
    chosen = {_entries(payoffs, wanted) for payoffs in _chosen(tree, node, below, ranking)}
    if len(node.players) == 2:
        chosen |= {_entries(payoffs, wanted) for payoffs in _mixed(tree, history, node, below)}
    return chosen


def _entries(payoffs: Payoffs, wanted: frozenset[int]) -> Payoffs:
    return tuple(payoff if i in wanted else 0 for i, payoff in enumerate(payoffs))


def _means(node: Chance, history: History, below: Mapping[Any, set[Payoffs]]) -> set[Payoffs]:
    """Return the means of the payoffs that may follow each event."""
    means: set[Payoffs] = {()}
    for name, (p, _) in node.branches.items():
        drawn = {tuple(p * payoff for payoff in payoffs) for payoffs in below[name]}
        before, means = means, set()
        for mean, more in product(before, drawn):
            means.add(tuple(map(add, mean, more)) if mean else more)
            if len(means) > MOST_PAYOFFS:
                raise GameError(
                    f"ties leave more than {MOST_PAYOFFS} different payoffs to compare "
                    f"{after(history)}; say in when_indifferent what is done at a tie."
                )
    return means


def _chosen(
    tree: GameTree, node: Decision, below: Mapping[Any, set[Payoffs]], ranking: Ranking
) -> Iterator[Payoffs]:
    """Yield the payoffs that may follow each combination of actions where it may be chosen."""
    movers = [tree.player_index(name) for name in node.players]
    worst = {
        cell: [min(payoffs[i] for payoffs in below[node.label(cell)]) for i in movers]
        for cell in node.branches
    }
    ranked = ranking.get(node.players[0], ()) if len(movers) == 1 else ()
    for cell in node.branches:
        before = ranked[: ranked.index(cell[0])] if cell[0] in ranked else ranked
        rivals = [
            (i, worst[other][k], other[k] in before)
            for k, i in enumerate(movers)
            for other in node.deviations(k, cell)
        ]
        for payoffs in below[node.label(cell)]:
            if all(
                least < payoffs[i] or (least == payoffs[i] and not wins_ties)
                for i, least, wins_ties in rivals
            ):
                yield payoffs


def _mixed(
    tree: GameTree, history: History, node: Decision, below: Mapping[Any, set[Payoffs]]
) -> Iterator[Payoffs]:
    """Yield the payoffs of the equilibria in mixed strategies of two who choose at once."""
    found = [below[node.label(cell)] for cell in node.branches]
    if prod(map(len, found)) > MOST_PAYOFFS:
        raise GameError(
            f"ties leave more than {MOST_PAYOFFS} combinations of payoffs to compare "
            f"{after(history)}; say in when_indifferent what is done at a tie."
        )
    movers = [tree.player_index(name) for name in node.players]
    shape = [len(actions) for actions in node.actions]
    for payoffs in product(*found):
        tables = [np.array([u[i] for u in payoffs], dtype=object).reshape(shape) for i in movers]
        for x, y in equilibria(NormalFormGame(tables)):
            if max(x) < 1 or max(y) < 1:
                weights = [p * q for p in x for q in y]
                yield tuple(
                    sum((w * u[i] for w, u in zip(weights, payoffs, strict=True) if w), Fraction(0))
                    for i in range(len(tree.players))
                )


def _unsettled(
    tree: GameTree, history: History, node: Node, wanted: frozenset[int], ranking: Ranking
) -> str:
    """Say where from a node on backward induction leaves open what the first movers get.

    Where they get the same in every continuation below, what others get who choose on the way may
    differ, and turn what these choose.
    """
    for kept in dict.fromkeys((wanted, wanted | _movers(tree, node))):
        for here, child in following(history, node):
            if len(_yields(tree, here, child, kept, ranking)) != 1:
                return _unsettled(tree, here, child, kept, ranking)
    who = and_list(map(called, node.players))
    if len(node.players) > 1:
        return (
            f"{who} have several equilibria, or none in pure strategies, {after(history)}; what "
            "happens before depends on it."
        )
    return (
        f"{who} is indifferent {after(history)}, and it matters to those who move before; say "
        f'what it does then, such as when_indifferent={{"{node.players[0]}": '
        f'"{node.actions[0][0]}"}}.'
    )
