"""Whether a plan is subgame-perfect: departures in one stage, reached or not.

In a finite tree a plan is a subgame-perfect equilibrium if and only if nobody gains by departing
from it at one node alone, wherever everything that was done before is seen (the *one-shot deviation
principle*; Fudenberg and Tirole 1991, "Game Theory", theorem 4.1). Where it is not, the same holds
for departures within one stage: between a node that begins a subgame and the next ones that do.
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
from balancegame.games.information import SequenceForm, sequence_form
from balancegame.games.moves import Decision, History, after, spoken
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.sequential import GameTree
from balancegame.games.tree_layout import CHANCE, NOBODY
from balancegame.solvers.sequential.subgame_perfect import (
    Payoffs,
    Plan,
    SubgamePerfectEquilibrium,
)
from balancegame.solvers.sequential.subgames import next_subgames, without_subgame
from balancegame.solvers.solutions import Explained
from balancegame.wording import and_list, called, mixture, or_list

# The probability of each action, for each player who chooses at a node.
Behaviour = tuple[tuple[Fraction, ...], ...]


@dataclass(frozen=True)
class PlanDeviation:
    """A player's best departure from a plan at one decision node, reached by the plan or not.

    The plan says ``chosen`` there and yields the player ``value`` from there on; ``action`` is what
    the player would rather do, or would lose least by doing. It yields ``gain`` more, perhaps less
    than 0, if the plan is followed after it. Where players do not see all that was done, the node
    begins a subgame and both are strategies within its stage: actions with " / " between them.
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
        tree, layout = self.tree, self.tree.layout
        form = tree.sequences
        plays = _behaviours(tree, self.plan)
        ends = [layout.payoffs(k) for k, _, _ in form.ends]
        return all(
            _best_strategy(form, plays, tree, i, ends)[0] == payoff
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
    plays = _behaviours(tree, choices)
    values = _values(tree, plays)
    deviations = tuple(_departures(tree, plays, values))
    regrets = tuple(
        max((Fraction(0), *(d.gain for d in deviations if d.player == name)))
        for name in tree.players
    )
    return PlanVerdict(tree, MappingProxyType(choices), values[0], regrets, deviations)


def continuation_values(tree: GameTree, plan: Plan) -> dict[History, Payoffs]:
    """Return what a plan for every decision node yields from each node on, by its history."""
    values = _values(tree, _behaviours(tree, plan))
    return dict(zip(tree.layout.histories, values, strict=True))


def probabilities(node: Decision, choice: Any) -> Behaviour:
    """Return the probability of each action, from what a plan says at a node."""
    alone = len(node.players) == 1 and not isinstance(choice, str)
    sides = (choice,) if alone or isinstance(choice, str) else choice
    return tuple(
        tuple(Fraction(a == side) for a in names) if isinstance(side, str) else side
        for names, side in zip(node.actions, sides, strict=True)
    )


def _behaviours(tree: GameTree, plan: Plan) -> dict[int, Behaviour]:
    layout = tree.layout
    return {
        k: probabilities(node, plan[layout.histories[k]])
        for k, node in enumerate(layout.given)
        if isinstance(node, Decision)
    }


def _shares(tree: GameTree, plays: Mapping[int, Behaviour], k: int) -> list[Fraction]:
    """Return how likely each branch of a node is."""
    if tree.layout.movers[k] == CHANCE:
        return [p for p, _ in tree.layout.given[k].branches.values()]
    return [prod(cell, start=Fraction(1)) for cell in product(*plays[k])]


def _values(tree: GameTree, plays: Mapping[int, Behaviour]) -> list[Payoffs]:
    """Return what everybody gets from each node on."""
    layout = tree.layout
    values: list[Payoffs] = list(layout.given)
    for k in reversed(range(len(values))):
        if layout.movers[k] == NOBODY:
            values[k] = layout.payoffs(k)
            continue
        parts = list(zip(_shares(tree, plays, k), layout.children(k), strict=True))
        sure = next((child for p, child in parts if p == 1), None)
        values[k] = (
            tuple(
                sum((p * values[child][i] for p, child in parts if p), Fraction(0))
                for i in range(len(tree.players))
            )
            if sure is None
            else values[sure]
        )
    return values


def _departures(
    tree: GameTree, plays: Mapping[int, Behaviour], values: list[Payoffs]
) -> Iterator[PlanDeviation]:
    """Yield everybody's best departure at each node, or within each stage of several nodes."""
    layout = tree.layout
    inside = without_subgame(layout)
    reached = _reached(tree, plays)
    for k in layout.preorder:
        node = layout.given[k]
        if layout.movers[k] == NOBODY or k in inside:
            continue
        if inside.isdisjoint(layout.children(k)):
            if isinstance(node, Decision):
                for mover, actions in enumerate(node.actions):
                    if len(actions) > 1:
                        yield _at_node(tree, k, mover, plays, values, k in reached)
        else:
            yield from _in_stage(tree, k, inside, plays, values, k in reached)


def reach(tree: GameTree, plan: Plan) -> dict[History, Fraction]:
    """Return how likely play is to come to each node, by its history."""
    layout, plays = tree.layout, _behaviours(tree, plan)
    found = [Fraction(1)] * len(layout.given)
    for k, mover in enumerate(layout.movers):
        if mover != NOBODY:
            for child, p in zip(layout.children(k), _shares(tree, plays, k), strict=True):
                found[child] = found[k] * p
    return dict(zip(layout.histories, found, strict=True))


def _reached(tree: GameTree, plays: Mapping[int, Behaviour]) -> set[int]:
    found, pending = set(), [0]
    while pending:
        k = pending.pop()
        found.add(k)
        if tree.layout.movers[k] != NOBODY:
            parts = zip(_shares(tree, plays, k), tree.layout.children(k), strict=True)
            pending += [child for p, child in parts if p]
    return found


def _at_node(
    tree: GameTree,
    k: int,
    mover: int,
    plays: Mapping[int, Behaviour],
    values: list[Payoffs],
    reached: bool,
) -> PlanDeviation:
    layout, node, sides = tree.layout, tree.layout.given[k], plays[k]
    player, actions = node.players[mover], node.actions[mover]
    i = tree.player_index(player)
    worth = dict.fromkeys(actions, Fraction(0))
    for cell, child in zip(node.branches, layout.children(k), strict=True):
        others = prod(
            sides[j][node.actions[j].index(action)] for j, action in enumerate(cell) if j != mover
        )
        worth[cell[mover]] += others * values[child][i]
    value = values[k][i]
    rest = {a: worth[a] for a, p in zip(actions, sides[mover], strict=True) if p != 1}
    best = max(rest, key=rest.__getitem__)
    chosen = mixture(sides[mover], actions)
    return PlanDeviation(
        player, layout.histories[k], reached, chosen, best, value, rest[best] - value
    )


def _in_stage(
    tree: GameTree,
    k: int,
    inside: set[int],
    plays: Mapping[int, Behaviour],
    values: list[Payoffs],
    reached: bool,
) -> Iterator[PlanDeviation]:
    """Yield what each player would gain by the best strategy in a stage, where it is another."""
    layout = tree.layout
    form = sequence_form(layout, tree.players, k, set(next_subgames(layout, k, inside)))
    ends = [values[end] for end, _, _ in form.ends]
    for i, side in enumerate(form.players):
        best, strategy = _best_strategy(form, plays, tree, i, ends)
        value = values[k][i]
        own, weights = [], _weights(form, plays, tree, i)
        for choice in side.choices:
            if weights[choice.parent]:
                node = layout.given[choice.nodes[0]]
                played = plays[choice.nodes[0]][node.players.index(side.player)]
                own.append(mixture(played, choice.actions))
        if side.choices and (best > value or own != strategy):
            told = " / ".join(own), " / ".join(strategy)
            yield PlanDeviation(
                side.player, layout.histories[k], reached, *told, value, best - value
            )


def _weights(
    form: SequenceForm, plays: Mapping[int, Behaviour], tree: GameTree, i: int
) -> list[Fraction]:
    """Return how likely a player's own choices lead along each of its sequences."""
    side = form.players[i]
    weights = [Fraction(1)] * len(side.moves)
    for choice in side.choices:
        k = choice.nodes[0]
        played = plays[k][tree.layout.given[k].players.index(side.player)]
        for a, p in enumerate(played):
            weights[choice.first + a] = weights[choice.parent] * p
    return weights


def _best_strategy(
    form: SequenceForm, plays: Mapping[int, Behaviour], tree: GameTree, i: int, ends: list[Payoffs]
) -> tuple[Any, list[str]]:
    """Return what a player gets at best while the others follow the plan, and by which actions.

    Backwards through its information sets: with perfect recall, what the best action yields in one
    adds to the sequence that leads there.
    """
    others = [_weights(form, plays, tree, j) if j != i else None for j in range(len(form.players))]
    side = form.players[i]
    worth: list[Any] = [Fraction(0)] * len(side.moves)
    for (_, own, chance), payoffs in zip(form.ends, ends, strict=True):
        share = chance * prod(w[s] for w, s in zip(others, own, strict=True) if w is not None)
        if share:
            worth[own[i]] += share * payoffs[i]
    best: dict[int, int] = {}
    for j in reversed(range(len(side.choices))):
        choice = side.choices[j]
        after_it = range(choice.first, choice.first + len(choice.actions))
        best[j] = max(after_it, key=worth.__getitem__)
        worth[choice.parent] += worth[best[j]]
    comes = {0}
    actions = []
    for j, choice in enumerate(side.choices):
        if choice.parent in comes:
            comes.add(best[j])
            actions.append(choice.actions[best[j] - choice.first])
    return worth[0], actions


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
    whole: dict[History, Any] = {}
    said: dict[str, History] = {}
    for history, node in nodes.items():
        if history not in given:
            raise GameError(
                f"the plan does not say what {and_list(map(called, node.players))} "
                f"{'does' if len(node.players) == 1 else 'do'} {after(history)}; a plan covers "
                "every decision node, reached or not."
            )
        whole[history] = _choice(node, given[history], history)
        if node.information is not None:
            first = said.setdefault(node.information, history)
            if whole[first] != whole[history]:
                raise GameError(
                    f"the plan says one thing {after(first)} and another {after(history)}, which "
                    f"{and_list(map(called, node.players))} cannot tell apart; say the same."
                )
    return whole


def _choice(node: Decision, choice: Any, history: History) -> Any:
    """Return what a plan says at a node as the names of actions and, of mixtures, probabilities."""
    if len(node.players) == 1 and not isinstance(choice, tuple | list):
        sides: Any = (choice,)
    elif len(node.players) == 1 and len(choice) == 1 and isinstance(choice[0], str):
        sides = tuple(choice)
    elif len(node.players) == 1:
        sides = (choice,)
    else:
        sides = tuple(choice) if isinstance(choice, tuple | list) else (choice,)
    if len(sides) == len(node.players) and all(
        side in names if isinstance(side, str) else _is_mixture(side)
        for side, names in zip(sides, node.actions, strict=True)
    ):
        found = tuple(
            side if isinstance(side, str) else _mixed(player, names, side)
            for player, names, side in zip(node.players, node.actions, sides, strict=True)
        )
        return found if len(found) > 1 else found[0]
    raise GameError(
        f"{choice!r} cannot be chosen {after(history)}; choose "
        f"{or_list(map(spoken, node.branches))}."
    )


def _is_mixture(side: Any) -> bool:
    entries = side.values() if isinstance(side, Mapping) else side
    return isinstance(side, Mapping | tuple | list) and not any(
        isinstance(entry, Mapping | tuple | list) for entry in entries
    )


def _mixed(player: str, actions: tuple[str, ...], side: Any) -> Any:
    """Return probabilities, one for each action, or the action that is certain."""
    decision = NormalFormGame([[0] * len(actions)], [player], [actions])
    strategy = decision.strategy(0, side)
    return actions[strategy.index(1)] if 1 in strategy else strategy
