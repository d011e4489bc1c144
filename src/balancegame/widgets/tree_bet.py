"""A bet on a tree: which branch each player takes, judged from the last mover back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.games.moves import after
from balancegame.solvers.sequential.backward_steps import BackwardInduction, Step
from balancegame.widgets.bet import Bet
from balancegame.wording import and_list, called, capital

# The tree itself shows a bet; in words, more nodes than this would fill the page.
MOST_TOLD = 3


def chosen(found: BackwardInduction, choice: str) -> dict[int, int]:
    """Return the position of the action that a bet names at each node, by the node."""
    parts = choice.split(",")
    if len(parts) != len(found.steps):
        raise GameError("the tree changed; run the cell again.")
    return {
        step.node: int(part)
        for step, part in zip(found.steps, parts, strict=True)
        if part.isdecimal() and int(part) < len(step.actions)
    }


def placed(found: BackwardInduction, choice: str, everywhere: bool) -> Bet:
    """Return a bet on a tree, already compared with the answer.

    ``choice`` has for each step, the last movers' first, the position of an action, or nothing
    where the bet leaves open what is chosen.
    """
    bet = chosen(found, choice)
    on_the_way = _path(found, bet)
    needed = [step for step in found.steps if everywhere or step.node in on_the_way]
    missing = next((step for step in needed if step.node not in bet), None)
    if missing is not None:
        who = called(missing.player)
        raise GameError(f"first choose a branch for {who} {after(missing.history)}.")
    outcome, verdict = _judged(found, bet)
    right = {step.node: step.chosen for step in found.steps}
    words, answer = (_in_words(found, each, everywhere) for each in (bet, right))
    return Bet(choice, words, answer, outcome, verdict)


def first_wrong(found: BackwardInduction, bet: Mapping[int, int]) -> tuple[Step, list[Any]] | None:
    """Return the first node, from the last ones back, at which a bet is not best, if there is one.

    It comes with what each action yields there, given what the bet says of the nodes after it.
    """
    layout = found.tree.layout
    values: dict[int, Any] = {k: layout.nodes[k] for k in layout.ends}
    for step in found.steps:
        below = layout.children(step.node)
        yields = [_value(found, values, child) for child in below]
        action = bet.get(step.node, step.chosen)
        own = [payoffs[found.tree.player_index(step.player)] for payoffs in yields]
        if own[action] < max(own):
            return step, own
        values[step.node] = yields[action]
    return None


def _value(found: BackwardInduction, values: dict[int, Any], k: int) -> Any:
    """Return what a node yields to each player; chance is averaged."""
    if k not in values:
        layout = found.tree.layout
        shares = [p for p, _ in layout.given[k].branches.values()]
        below = [_value(found, values, child) for child in layout.children(k)]
        columns = zip(*below, strict=True)
        values[k] = tuple(sum(p * u for p, u in zip(shares, c, strict=True)) for c in columns)
    return values[k]


def _judged(found: BackwardInduction, bet: Mapping[int, int]) -> tuple[str, str]:
    wrong = first_wrong(found, bet)
    if wrong is None:
        return "right", "Right: nobody would do better at any node."
    step, own = wrong
    taken = bet[step.node]
    got = and_list(f"{plain(v)} from {a}" for a, v in zip(step.actions, own, strict=True))
    best = step.actions[own.index(max(own))]
    why = f"{after(step.history)} {called(step.player)} gets {got}, so it would choose {best}"
    if _path(found, bet) == found.path and taken != step.chosen:
        return (
            "partly",
            f"Partly right: play ends as you say, but {why}, not {step.actions[taken]}.",
        )
    return "wrong", f"Not this time. {capital(why)}, not {step.actions[taken]}."


def _path(found: BackwardInduction, bet: Mapping[int, int]) -> frozenset[int]:
    """Return the nodes that play may come to by a bet, as far as it says."""
    layout, reached = found.tree.layout, [0]
    movers = {step.node for step in found.steps}
    for k in reached:
        below = layout.children(k)
        if k not in movers:
            reached += below
        elif k in bet:
            reached.append(below[bet[k]])
    return frozenset(reached)


def _in_words(found: BackwardInduction, taken: Mapping[int, int], everywhere: bool) -> str:
    """Return what is chosen at each node or, where that would be long, along the path of play."""
    path = _path(found, taken)
    steps = found.steps
    if not everywhere or len(steps) > MOST_TOLD:
        steps = tuple(step for step in reversed(steps) if step.node in path)
        return ", then ".join(step.actions[taken[step.node]] for step in steps)
    return "; ".join(f"{after(step.history)}: {step.actions[taken[step.node]]}" for step in steps)
