r"""Backward induction one node at a time, and the threats that it refutes.

A *step* settles one node: whoever chooses there takes an action that yields it most, given what is
done after it. At a tie a rule decides. Then each node leads to one way of going on, and an *empty
threat* can be told apart: an action a that is not best at its node, although its player i would
gain from being bound to it. With :math:`u_i(a)` the payoff of i at the root if a were bound to be
taken and everybody before chose again, and :math:`u_i` its payoff as it is,

.. math:: u_i(a) > u_i .

It would pay to be believed, and nobody has a reason to believe it (Schelling 1960, "The Strategy of
Conflict"; Selten 1975).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.games.moves import Chance, Decision, History
from balancegame.games.sequential import GameTree, require_tree

Payoffs = tuple[Any, ...]


@dataclass(frozen=True)
class Step:
    """One node settled: what each action yields there to every player, and which is taken."""

    node: int  # its position in the layout of the tree
    history: History
    player: str
    actions: tuple[str, ...]
    yields: tuple[Payoffs, ...]
    best: tuple[int, ...]  # the positions of the actions that yield the player most
    chosen: int


@dataclass(frozen=True)
class EmptyThreat:
    """An action that its player would gain by being bound to, but would not take."""

    step: Step
    action: int
    turned: Step  # the node before, where the choice would change if the threat were believed
    instead: int  # what would be chosen there
    believed: Payoffs  # what everybody would then get
    payoffs: Payoffs  # what everybody gets as it is

    @property
    def deters(self) -> bool:
        """Whether the others would keep away from its node; otherwise they would come to it."""
        to = (*self.turned.history, self.turned.actions[self.instead])
        return self.step.history[: len(to)] != to


@dataclass(frozen=True)
class BackwardInduction:
    """A tree solved node by node, with one way of going on from each."""

    tree: GameTree
    steps: tuple[Step, ...]  # the last movers' first
    payoffs: Payoffs
    path: frozenset[int]  # the nodes that play may come to
    empty_threats: tuple[EmptyThreat, ...]


def backward_induction(
    tree: GameTree, when_indifferent: Mapping[str, tuple[str, ...]] | None = None
) -> BackwardInduction:
    """Solve a tree node by node.

    Parameters
    ----------
    tree : GameTree
        One player chooses at each node and knows all that was done before; chance may move.
    when_indifferent : mapping of str to tuple of str, optional
        The actions that players prefer at a tie, the first one most; else the first named is taken.

    Raises
    ------
    GameError
        If several players choose at once somewhere, or somebody does not know what was done.

    Examples
    --------
    >>> reply = Decision("US", {"Enforce": (9, 6), "Acquiesce": (15, 7)})
    >>> tree = GameTree(
    ...     Decision("Japan", {"Comply": (10, 10), "Engage": reply}), players=("Japan", "US")
    ... )
    >>> found = backward_induction(tree)
    >>> [step.actions[step.chosen] for step in found.steps], found.payoffs
    (['Acquiesce', 'Engage'], (Fraction(15, 1), Fraction(7, 1)))
    >>> [threat.step.actions[threat.action] for threat in found.empty_threats]
    ['Enforce']
    """
    layout = require_tree(tree, "backward_induction").layout
    if layout.shared:
        raise GameError("somebody cannot tell nodes apart here; backward induction needs to know.")
    ranking = when_indifferent or {}
    values: dict[int, Payoffs] = {}
    steps: dict[int, Step] = {}
    for k in reversed(range(len(layout.nodes))):
        node, below = layout.nodes[k], layout.children(k)
        if isinstance(node, Decision):
            if len(node.players) > 1:
                raise GameError(
                    "several players choose at once in this tree; backward induction node by node "
                    "needs one at a time."
                )
            steps[k] = _step(tree, k, tuple(values[child] for child in below), ranking)
            values[k] = steps[k].yields[steps[k].chosen]
        else:
            values[k] = _average(node, [values[c] for c in below]) if below else node
    order = [k for k in layout.preorder if k in steps]
    order.sort(key=lambda k: -len(layout.histories[k]))
    found = tuple(steps[k] for k in order)
    threats = tuple(_threats(tree, found, steps, values))
    return BackwardInduction(tree, found, values[0], _path(tree, steps), threats)


def _step(
    tree: GameTree, k: int, yields: tuple[Payoffs, ...], ranking: Mapping[str, tuple[str, ...]]
) -> Step:
    node = tree.layout.given[k]
    (player,), (actions,) = node.players, node.actions
    i = tree.player_index(player)
    most = max(payoffs[i] for payoffs in yields)
    best = tuple(a for a, payoffs in enumerate(yields) if payoffs[i] == most)
    ranked = [actions.index(a) for a in ranking.get(player, ()) if a in actions]
    chosen = next((a for a in ranked if a in best), best[0])
    return Step(k, tree.layout.histories[k], player, actions, yields, best, chosen)


def _average(node: Chance, yields: list[Payoffs]) -> Payoffs:
    shares = [p for p, _ in node.branches.values()]
    return tuple(
        sum((p * payoff for p, payoff in zip(shares, column, strict=True)), Fraction(0))
        for column in zip(*yields, strict=True)
    )


def _path(tree: GameTree, steps: Mapping[int, Step]) -> frozenset[int]:
    """Return the nodes that play may come to: through what is chosen, and whatever is drawn."""
    layout, found = tree.layout, [0]
    for k in found:
        below = layout.children(k)
        found += [below[steps[k].chosen]] if k in steps else below
    return frozenset(found)


def _threats(
    tree: GameTree,
    found: tuple[Step, ...],
    steps: Mapping[int, Step],
    values: Mapping[int, Payoffs],
) -> Iterator[EmptyThreat]:
    """Yield the empty threats: bind each action that is not best, and let those before choose."""
    layout = tree.layout
    for step in found:
        i = tree.player_index(step.player)
        for action in range(len(step.actions)):
            if action in step.best:
                continue
            turned, k, now = None, step.node, step.yields[action]
            while k:
                child, k = k, layout.parents[k]
                below = layout.children(k)
                yields = [now if c == child else values[c] for c in below]
                if k not in steps:
                    now = _average(layout.nodes[k], yields)
                    continue
                own = [payoffs[tree.player_index(steps[k].player)] for payoffs in yields]
                choice = steps[k].chosen
                if own[choice] < max(own):
                    choice = own.index(max(own))
                    turned = turned or (steps[k], choice)
                now = yields[choice]
            if turned and now[i] > values[0][i]:
                yield EmptyThreat(step, action, *turned, now, values[0])
