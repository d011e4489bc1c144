"""Why a plan is subgame-perfect or not, node by node, and what those who move later do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from balancegame.exact import plain
from balancegame.exact.formula import Formula
from balancegame.explain.explanation import Explanation, Reason, latex
from balancegame.games.moves import Decision, History, after, spoken
from balancegame.games.normal_form_model import NormalFormModel, Reply
from balancegame.solvers.sequential.plans import PlanDeviation, PlanVerdict, continuation_values
from balancegame.solvers.sequential.subgame_perfect import Outcome, SubgamePerfectEquilibrium
from balancegame.wording import and_list, called, capital, number_word

MOST_SHOWN = 20


def explain_subgame_perfect(found: Sequence[SubgamePerfectEquilibrium]) -> Explanation:
    """Say what backward induction finds: at each node, the last ones first, who chooses what."""
    if not found:
        words = "There is no subgame-perfect equilibrium in pure strategies."
        return Explanation((Reason(words),))
    count = "one subgame-perfect equilibrium"
    if len(found) > 1:
        count = f"{number_word(len(found))} subgame-perfect equilibria"
    reasons = [Reason(f"Backward induction finds {count} in pure strategies.")]
    for one in found[:MOST_SHOWN]:
        reasons += _equilibrium(one)
    if len(found) > MOST_SHOWN:
        reasons.append(Reason(f"There are {len(found) - MOST_SHOWN} more like these."))
    return Explanation(tuple(reasons))


def explain_plan(verdict: PlanVerdict) -> Explanation:
    """Say where a plan asks somebody to act against their own interest, reached or not."""
    tree = verdict.tree
    reasons = [Reason(f"The plan yields {_payoffs(tree.players, verdict.payoffs)}.")]
    if verdict.holds:
        reasons += [_no_gain(deviation) for deviation in verdict.deviations]
        words = "Nobody gains by departing at any node, so the plan is subgame-perfect."
        return Explanation((*reasons, Reason(words)))
    reasons += [_gain(deviation) for deviation in verdict.profitable]
    if verdict.is_nash:
        words = "It is a Nash equilibrium all the same, but one that rests on what nobody would do."
        reasons.append(Reason(words))
    return Explanation((*reasons, Reason("So the plan is not subgame-perfect.")))


def reply_reasons(model: NormalFormModel, values: Mapping[str, Any]) -> list[Reason]:
    """Say what those who move later do at each of their nodes, and why; nothing if nobody does."""
    replies = [reply for reply in model.replies_at(values) if len(reply.actions) > 1]
    if not replies:
        return []
    who = and_list(called(name) for name, _ in model.later)
    verb, sees = ("moves", "sees") if len(model.later) == 1 else ("move", "see")
    before = and_list(map(called, model.players))
    return [
        Reason(f"{capital(who)} {verb} after {before}, and {sees} what was done before."),
        *(
            Reason(
                f"{_gets(reply)}: it "
                f"{'is indifferent and taken to choose' if _tied(reply) else 'chooses'} "
                f"{reply.actions[reply.chosen]}.",
                detail=True,
            )
            for reply in replies
        ),
    ]


def reply_ties(
    model: NormalFormModel, values: Mapping[str, Any], symbol: str, at: Any
) -> list[Reason]:
    """Say where one who moves later becomes indifferent as a parameter reaches a value."""
    found = []
    for reply in model.replies_at(values):
        best = reply.values[reply.chosen]
        slacks = [best - value for value in reply.values]
        if any(isinstance(slack, Formula) and not slack.at(at) for slack in slacks):
            formula = " = ".join(latex(plain(value)) for value in reply.values)
            words = f"{_gets(reply)}, which are equal at {symbol} = {plain(at)}."
            found.append(Reason(words, formula, detail=True))
    return found


def reply_turns(
    model: NormalFormModel, before: Mapping[str, Any], after_: Mapping[str, Any]
) -> list[Reason]:
    """Say which replies turn between two settings."""
    return [
        Reason(
            f"{_gets(new)}: it now chooses {new.actions[new.chosen]}, before "
            f"{old.actions[old.chosen]}.",
            detail=True,
        )
        for old, new in zip(model.replies_at(before), model.replies_at(after_), strict=True)
        if old.chosen != new.chosen
    ]


def _equilibrium(found: SubgamePerfectEquilibrium) -> list[Reason]:
    tree = found.tree
    ends = "; or ".join(_end(end) for end in found.outcomes)
    yields = _payoffs(tree.players, found.payoffs)
    reasons = [Reason(f"Outcome: {ends}; the payoffs are {yields}.")]
    values = continuation_values(tree, found.plan)
    nodes = sorted(tree.decisions(), key=lambda entry: -len(entry[0]))
    for history, node in nodes[:MOST_SHOWN]:
        reasons += _choice(found, history, node, values)
    if len(nodes) > MOST_SHOWN:
        left = len(nodes) - MOST_SHOWN
        reasons.append(Reason(f"{left} nodes before these are decided likewise.", detail=True))
    return reasons


def _choice(
    found: SubgamePerfectEquilibrium,
    history: History,
    node: Decision,
    values: Mapping[History, Any],
) -> list[Reason]:
    """Say why each of those who choose at a node does what the plan says."""
    label = found.plan[history]
    cell = (label,) if isinstance(label, str) else label
    reasons = []
    for k, name in enumerate(node.players):
        i = found.tree.player_index(name)
        if len(node.actions[k]) < 2:
            continue
        own = [
            values[*history, node.label((*cell[:k], action, *cell[k + 1 :]))][i]
            for action in node.actions[k]
        ]
        chosen = node.actions[k].index(cell[k])
        others = [
            f"{called(other)} chooses {cell[j]}" for j, other in enumerate(node.players) if j != k
        ]
        where = after(history) + (f", where {and_list(others)}," if others else "")
        verb = "chooses" if own.count(own[chosen]) == 1 else "is indifferent and here chooses"
        words = f"{_from(name, where, node.actions[k], own)}: it {verb} {cell[k]}."
        reasons.append(Reason(words, detail=True))
    return reasons


def _gets(reply: Reply) -> str:
    seen = (
        after(tuple(action for _, action in reply.seen))
        if len(reply.seen) == 1
        else (f"after {spoken(tuple(action for _, action in reply.seen))}")
    )
    return _from(reply.player, seen, reply.actions, reply.values)


def _from(name: str, where: str, actions: Sequence[str], values: Sequence[Any]) -> str:
    got = and_list(f"{plain(v)} from {action}" for action, v in zip(actions, values, strict=True))
    return f"{capital(where)} {called(name)} gets {got}"


def _tied(reply: Reply) -> bool:
    return list(reply.values).count(reply.values[reply.chosen]) > 1


def _end(end: Outcome) -> str:
    steps = ", then ".join(map(spoken, end.history))
    return steps if end.probability == 1 else f"{steps} with probability {plain(end.probability)}"


def _payoffs(players: Sequence[str], payoffs: Sequence[Any]) -> str:
    return and_list(
        f"{called(player)} {plain(payoff)}" for player, payoff in zip(players, payoffs, strict=True)
    )


def _gain(deviation: PlanDeviation) -> Reason:
    who = called(deviation.player)
    better = (
        f"{plain(deviation.value + deviation.gain)} from {deviation.action}, "
        f"{plain(deviation.value)} from {deviation.chosen}"
    )
    where = after(deviation.history)
    if deviation.reached:
        words = f"{capital(where)} {who} would gain {plain(deviation.gain)}: {better}."
    else:
        words = (
            f"{capital(where)}, which the plan does not reach, {who} would gain "
            f"{plain(deviation.gain)}: {better}. To announce {deviation.chosen} is not credible."
        )
    return Reason(words, f"{latex(plain(deviation.gain))} > 0", detail=True)


def _no_gain(deviation: PlanDeviation) -> Reason:
    who, loss = called(deviation.player), -deviation.gain
    change = f"would lose {plain(loss)}" if loss else "would gain nothing"
    words = f"{capital(after(deviation.history))} {who} {change} by {deviation.action}."
    return Reason(words, detail=True)
