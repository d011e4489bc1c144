r"""Subgame-perfect equilibria by backward induction.

A plan is a *subgame-perfect equilibrium* if it is a Nash equilibrium of every subgame (Selten
1975). Backward induction finds all that are pure: where everything later is settled, a decision
node is a game in normal form whose payoffs are those of what follows, and the plan must choose one
of its equilibria in pure strategies; of one player, a best action. Where several will do each is
followed on its own, for what is chosen at a tie can turn what is best before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from types import MappingProxyType
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.games.moves import Chance, Decision, History, Node, after, following, spoken
from balancegame.games.sequential import GameTree, require_tree
from balancegame.solvers.solutions import Explained, Solutions

# Ties multiply: this many continuations of one node are compared, and no more.
MOST_CONTINUATIONS = 1000

Payoffs = tuple[Any, ...]
Plan = Mapping[History, Any]


@dataclass(frozen=True)
class Outcome:
    """A way in which play can end: less than certain only where chance has a part in it."""

    history: History
    probability: Fraction
    payoffs: Payoffs


@dataclass(frozen=True, repr=False)
class SubgamePerfectEquilibrium(Explained):
    """A plan that is an equilibrium of every subgame.

    The plan has for each decision node, by its history, the action of the player who chooses there,
    or a tuple of actions where several choose at once. It has one outcome, unless chance has a part
    in it.
    """

    tree: GameTree
    plan: Plan
    payoffs: Payoffs
    outcomes: tuple[Outcome, ...]

    def __hash__(self) -> int:
        return hash((self.tree, frozenset(self.plan.items())))

    def __reduce__(self) -> tuple[Any, ...]:
        return _equilibrium, (self.tree, dict(self.plan), self.payoffs)

    def __repr__(self) -> str:
        ends = "; or ".join(" then ".join(map(spoken, end.history)) for end in self.outcomes)
        return f"<SubgamePerfectEquilibrium: {ends}; payoffs {', '.join(map(plain, self.payoffs))}>"


class SubgamePerfectEquilibria(Solutions[SubgamePerfectEquilibrium]):
    """Every subgame-perfect equilibrium of a tree in pure strategies; there may be none."""

    __slots__ = ()


def subgame_perfect(tree: GameTree) -> SubgamePerfectEquilibria:
    """Return every subgame-perfect equilibrium in pure strategies.

    Parameters
    ----------
    tree : GameTree

    Returns
    -------
    SubgamePerfectEquilibria
        A tuple of SubgamePerfectEquilibrium: at least one if the tree has perfect information;
        perhaps none where several players choose at once. Several where somebody is indifferent.

    Raises
    ------
    GameError
        If ties leave more than 1000 continuations of a node to compare.

    Examples
    --------
    >>> reply = Decision("US", {"Enforce": (9, 7), "Acquiesce": (15, 9)})
    >>> tree = GameTree(
    ...     Decision("Japan", {"Comply": (10, 10), "Engage": reply}), players=("Japan", "US")
    ... )
    >>> found = subgame_perfect(tree)
    >>> found
    (<SubgamePerfectEquilibrium: Engage then Acquiesce; payoffs 15, 9>,)
    >>> found[0].plan[("Engage",)]
    'Acquiesce'
    """
    tree = require_tree(tree, "subgame_perfect")
    return SubgamePerfectEquilibria(
        _equilibrium(tree, plan, payoffs) for payoffs, plan in _continuations(tree, (), tree.root)
    )


def _continuations(tree: GameTree, history: History, node: Node) -> list[tuple[Payoffs, Plan]]:
    """Return what every subgame-perfect continuation from a node on yields, and its choices."""
    if isinstance(node, tuple):
        return [(node, {})]
    below = {
        here[-1]: _continuations(tree, here, child) for here, child in following(history, node)
    }
    if prod(len(found) for found in below.values()) > MOST_CONTINUATIONS:
        raise GameError(
            f"ties leave more than {MOST_CONTINUATIONS} continuations to compare "
            f"{after(history)}; change a payoff at which somebody is indifferent."
        )
    found: list[tuple[Payoffs, Plan]] = []
    for selection in product(*below.values()):
        payoffs = {label: yields for label, (yields, _) in zip(below, selection, strict=True)}
        plan = {here: label for _, later in selection for here, label in later.items()}
        if isinstance(node, Chance):
            found.append((expected(node, payoffs), plan))
            continue
        for label in _chosen(tree, node, payoffs):
            found.append((payoffs[label], {history: label, **plan}))
        if len(found) > MOST_CONTINUATIONS:
            raise GameError(
                f"there are more than {MOST_CONTINUATIONS} subgame-perfect continuations "
                f"{after(history)}; change a payoff at which somebody is indifferent."
            )
    return found


def _chosen(tree: GameTree, node: Decision, payoffs: Mapping[Any, Payoffs]) -> list[Any]:
    """Return the pure equilibria of the game that a node is once all that follows is settled."""
    movers = [tree.player_index(name) for name in node.players]
    return [
        node.label(cell)
        for cell in node.branches
        if all(
            payoffs[node.label(other)][i] <= payoffs[node.label(cell)][i]
            for k, i in enumerate(movers)
            for other in node.deviations(k, cell)
        )
    ]


def expected(node: Chance, payoffs: Mapping[Any, Payoffs]) -> Payoffs:
    """Return the mean of the payoffs that follow each event."""
    return tuple(
        sum((p * payoffs[name][i] for name, (p, _) in node.branches.items()), Fraction(0))
        for i in range(len(next(iter(payoffs.values()))))
    )


def _equilibrium(tree: GameTree, plan: Plan, payoffs: Payoffs) -> SubgamePerfectEquilibrium:
    nodes = dict(tree.decisions())
    reached = path_of(tree.root, plan)
    outcomes = tuple(Outcome(*end) for end in reached if isinstance(end[-1], tuple))
    ordered = MappingProxyType({history: plan[history] for history in nodes})
    return SubgamePerfectEquilibrium(tree, ordered, payoffs, outcomes)


def path_of(
    node: Node, plan: Plan, history: History = (), probability: Fraction = Fraction(1)
) -> Iterator[tuple[History, Fraction, Node]]:
    """Yield every node that a plan reaches, with its history and probability."""
    yield history, probability, node
    for here, child in following(history, node):
        if isinstance(node, Chance):
            yield from path_of(child, plan, here, probability * node.branches[here[-1]][0])
        elif here[-1] == plan[history]:
            yield from path_of(child, plan, here, probability)
