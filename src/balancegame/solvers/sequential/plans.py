"""Whether a plan is subgame-perfect: departures at one decision node, reached or not.

In a finite tree a plan is a subgame-perfect equilibrium if and only if nobody gains by departing
from it at one node alone (the *one-shot deviation principle*; Fudenberg and Tirole 1991,
"Game Theory", theorem 4.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.games.moves import Chance, Decision, History, after, spoken
from balancegame.games.sequential import GameTree
from balancegame.solvers.sequential.subgame_perfect import (
    Payoffs,
    Plan,
    SubgamePerfectEquilibrium,
    expected,
    path_of,
)
from balancegame.solvers.solutions import Explained
from balancegame.wording import and_list, called, or_list


@dataclass(frozen=True)
class PlanDeviation:
    """A player's best departure from a plan at one decision node, reached by the plan or not.

    The plan says ``chosen`` there and yields the player ``value`` from there on; ``action`` is what
    the player would rather do, or would lose least by doing. It yields ``gain`` more, perhaps less
    than 0, if the plan is followed after it.
    """

    player: str
    history: History
    reached: bool
    chosen: str
    action: str
    value: Any
    gain: Any


@dataclass(frozen=True, repr=False)
class PlanVerdict(Explained):
    """Whether a plan is a subgame-perfect equilibrium, and why.

    A player's regret is the most that a departure at one node could gain there. ``deviations`` has
    the best departure for each decision node and player with another action.
    """

    tree: GameTree
    plan: Plan
    payoffs: Payoffs
    regrets: Payoffs
    deviations: tuple[PlanDeviation, ...]

    @property
    def profitable(self) -> tuple[PlanDeviation, ...]:
        """The departures that gain."""
        return tuple(deviation for deviation in self.deviations if deviation.gain > 0)

    @property
    def holds(self) -> bool:
        """Whether nobody gains by departing at any one node."""
        return not self.profitable

    @property
    def is_nash(self) -> bool:
        """Whether nobody gains by any other strategy from the start on, threats believed."""
        return all(
            continuation_values(self.tree, self.plan, free=i)[()][i] == payoff
            for i, payoff in enumerate(self.payoffs)
        )

    def __bool__(self) -> bool:
        return self.holds

    def __hash__(self) -> int:
        return hash((self.tree, frozenset(self.plan.items())))

    def __reduce__(self) -> tuple[Any, ...]:
        return plan_verdict, (self.tree, dict(self.plan))

    def __repr__(self) -> str:
        if self.holds:
            return "<PlanVerdict: holds; no departure at one node gains>"
        worst = max(self.profitable, key=lambda deviation: deviation.gain)
        return (
            f"<PlanVerdict: fails; {after(worst.history)} {worst.player} gains "
            f"{plain(worst.gain)} by {worst.action}>"
        )


def plan_verdict(tree: GameTree, plan: Any) -> PlanVerdict:
    """Return whether a plan is subgame-perfect, and everybody's best departure at every node."""
    choices = _whole_plan(tree, plan)
    values = continuation_values(tree, choices)
    reached = {history for history, _, _ in path_of(tree.root, choices)}
    deviations = tuple(
        _best_departure(tree, history, node, k, choices[history], values, history in reached)
        for history, node in tree.decisions()
        for k in range(len(node.players))
        if len(node.actions[k]) > 1
    )
    regrets = tuple(
        max((Fraction(0), *(d.gain for d in deviations if d.player == name)))
        for name in tree.players
    )
    return PlanVerdict(tree, MappingProxyType(choices), values[()], regrets, deviations)


def continuation_values(tree: GameTree, plan: Plan, free: int | None = None) -> dict[History, Any]:
    """Return what a plan for every decision node yields from each node on, by its history.

    A player who is free of it does what is best at every node, while the others follow the plan.
    """
    values: dict[History, Payoffs] = {}
    # What follows a node comes before it.
    for history, node in reversed(list(tree.nodes())):
        if isinstance(node, tuple):
            values[history] = node
        elif isinstance(node, Chance):
            below = {name: values[*history, name] for name in node.branches}
            values[history] = expected(node, below)
        else:
            label = plan[history]
            if free is not None and tree.players[free] in node.players:
                mover = node.players.index(tree.players[free])
                others = map(node.label, node.deviations(mover, node.cell(label)))
                label = max([label, *others], key=lambda one: values[*history, one][free])
            values[history] = values[*history, label]
    return values


def _whole_plan(tree: GameTree, plan: Any) -> dict[History, Any]:
    """Return what a plan says at every decision node, after checking it."""
    given = plan.plan if isinstance(plan, SubgamePerfectEquilibrium) else plan
    if not isinstance(given, Mapping):
        raise GameError(
            "a plan is a mapping from what was done before to what is chosen then, such as "
            f'{{(): "Engage", ("Engage",): "Acquiesce"}}, not {given!r}.'
        )
    nodes = dict(tree.decisions())
    stranger = next((history for history in given if history not in nodes), None)
    if stranger is not None:
        raise GameError(
            f"nobody decides at the history {stranger!r}; the decision nodes are "
            f"{and_list(map(repr, list(nodes)[:8]))}."
        )
    whole = {}
    for history, node in nodes.items():
        if history not in given:
            raise GameError(
                f"the plan does not say what {and_list(map(called, node.players))} "
                f"{'does' if len(node.players) == 1 else 'do'} {after(history)}; a plan covers "
                "every decision node, reached or not."
            )
        choice = given[history]
        cell = tuple(choice) if isinstance(choice, tuple | list) else (choice,)
        if not all(isinstance(action, str) for action in cell) or cell not in node.branches:
            raise GameError(
                f"{choice!r} cannot be chosen {after(history)}; choose "
                f"{or_list(map(spoken, node.branches))}."
            )
        whole[history] = node.label(cell)
    return whole


def _best_departure(
    tree: GameTree,
    history: History,
    node: Decision,
    mover: int,
    choice: Any,
    values: Mapping[History, Payoffs],
    reached: bool,
) -> PlanDeviation:
    player = node.players[mover]
    i, cell = tree.player_index(player), node.cell(choice)
    others = node.deviations(mover, cell)
    worth = {other[mover]: values[*history, node.label(other)][i] for other in others}
    best = max(worth, key=worth.__getitem__)
    value = values[history][i]
    return PlanDeviation(player, history, reached, cell[mover], best, value, worth[best] - value)
