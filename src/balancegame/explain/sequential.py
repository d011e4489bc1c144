"""Why a plan is subgame-perfect or not, node by node, and what those who move later do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from balancegame.exact.formula import Formula
from balancegame.explain.dispatch import explain, explains, only
from balancegame.explain.explanation import Explanation, Reason, detail, latex
from balancegame.explain.solution import MOST_SHOWN, more_like_these
from balancegame.games.moves import after, spoken
from balancegame.games.normal_form_model import NormalFormModel, Reply
from balancegame.games.sequential import GameTree
from balancegame.solvers.sequential.plans import PlanVerdict, continuation_values, plan_verdict
from balancegame.solvers.sequential.subgame_perfect import (
    SubgamePerfectEquilibria,
    SubgamePerfectEquilibrium,
    subgame_perfect,
)
from balancegame.wording import amounts, and_list, called, capital, number_word, told


@explain.register
def _(tree: GameTree, *context: Any) -> Explanation:
    if not context:
        return explain(subgame_perfect(tree))
    return explain(plan_verdict(tree, only(context, "a tree takes one plan")))


@explains
def _(found: SubgamePerfectEquilibrium) -> Iterator[Reason]:
    yield from equilibria_reasons(SubgamePerfectEquilibria((found,)))


@explains
def equilibria_reasons(found: SubgamePerfectEquilibria) -> Iterator[Reason]:
    """Say what backward induction finds: at each node, the last ones first, who chooses what."""
    if not found:
        yield Reason("There is no subgame-perfect equilibrium in pure strategies.")
        return
    noun = "equilibrium" if len(found) == 1 else "equilibria"
    count = f"{number_word(len(found))} subgame-perfect {noun}"
    yield Reason(f"Backward induction finds {count} in pure strategies.")
    for one in found[:MOST_SHOWN]:
        ends = "; or ".join(
            ", then ".join(map(spoken, end.history))
            + ("" if end.probability == 1 else f" with probability {told(end.probability)}")
            for end in one.outcomes
        )
        yield Reason(f"Outcome: {ends}; the payoffs are {amounts(one.tree.players, one.payoffs)}.")
        choices = list(_choices(one))
        yield from choices[:MOST_SHOWN]
        if len(choices) > MOST_SHOWN:
            more = len(choices) - MOST_SHOWN
            verb = "choice is" if more == 1 else "choices are"
            yield detail(f"{capital(number_word(more))} more {verb} found in the same way.")
    yield from more_like_these(found)


@explains
def _(verdict: PlanVerdict) -> Iterator[Reason]:
    """Say where a plan asks somebody to act against their own interest, reached or not."""
    yield Reason(f"The plan yields {amounts(verdict.tree.players, verdict.payoffs)}.")
    for d in verdict.deviations if verdict.holds else verdict.profitable:
        who, where = called(d.player), capital(after(d.history))
        if verdict.holds:
            change = f"would lose {told(-d.gain)}" if d.gain else "would gain nothing"
            yield detail(f"{where} {who} {change} by {d.action}.")
            continue
        better = (
            f"{who} would gain {told(d.gain)}: {told(d.value + d.gain)} from {d.action}, "
            f"{told(d.value)} from {d.chosen}."
        )
        if not d.reached:
            where += ", which the plan does not reach,"
            better += f" To announce {d.chosen} is not credible."
        yield detail(f"{where} {better}", f"{latex(told(d.gain))} > 0")
    if verdict.holds:
        yield Reason("Nobody gains by departing at any node, so the plan is subgame-perfect.")
        return
    if verdict.is_nash:
        yield Reason(
            "It is a Nash equilibrium all the same, but one that rests on what nobody would do."
        )
    yield Reason("So the plan is not subgame-perfect.")


def reply_reasons(model: NormalFormModel, values: Mapping[str, Any]) -> Iterator[Reason]:
    """Say what those who move later do at each of their nodes, and why; nothing if nobody does."""
    replies = [reply for reply in model.replies_at(values) if len(reply.actions) > 1]
    if not replies:
        return
    who = and_list(called(name) for name, _ in model.later)
    verb, sees = ("moves", "sees") if len(model.later) == 1 else ("move", "see")
    before = and_list(map(called, model.players))
    yield Reason(f"{capital(who)} {verb} after {before}, and {sees} what was done before.")
    for reply in replies:
        tied = list(reply.values).count(reply.values[reply.chosen]) > 1
        how = "is indifferent and taken to choose" if tied else "chooses"
        yield detail(f"{_gets(reply)}: it {how} {reply.actions[reply.chosen]}.")


def reply_ties(
    model: NormalFormModel, values: Mapping[str, Any], symbol: str, at: Any
) -> Iterator[Reason]:
    """Say where one who moves later becomes indifferent as a parameter reaches a value."""
    for reply in model.replies_at(values):
        best = reply.values[reply.chosen]
        slacks = [best - value for value in reply.values]
        if any(isinstance(slack, Formula) and not slack.at(at) for slack in slacks):
            formula = " = ".join(latex(told(value)) for value in reply.values)
            words = f"{_gets(reply)}, which are equal at {symbol} = {told(at)}."
            yield detail(words, formula)


def reply_turns(
    model: NormalFormModel, before: Mapping[str, Any], after_: Mapping[str, Any]
) -> Iterator[Reason]:
    """Say which replies turn between two settings."""
    for old, new in zip(model.replies_at(before), model.replies_at(after_), strict=True):
        if old.chosen != new.chosen:
            was, now = old.actions[old.chosen], new.actions[new.chosen]
            yield detail(f"{_gets(new)}: it now chooses {now}, before {was}.")


def _choices(found: SubgamePerfectEquilibrium) -> Iterator[Reason]:
    """Say at each node, the last ones first, why each who chooses there does what the plan says."""
    tree = found.tree
    values = continuation_values(tree, found.plan)
    for history, node in sorted(tree.decisions(), key=lambda entry: -len(entry[0])):
        cell = node.cell(found.plan[history])
        for k, name in enumerate(node.players):
            actions = node.actions[k]
            if len(actions) < 2:
                continue
            i = tree.player_index(name)
            cells = ((*cell[:k], action, *cell[k + 1 :]) for action in actions)
            own = [values[*history, node.label(each)][i] for each in cells]
            others = and_list(
                f"{called(other)} chooses {cell[j]}"
                for j, other in enumerate(node.players)
                if j != k
            )
            where = after(history) + (f", where {others}," if others else "")
            tied = own.count(own[actions.index(cell[k])]) > 1
            verb = "is indifferent and here chooses" if tied else "chooses"
            yield detail(f"{_from(name, where, actions, own)}: it {verb} {cell[k]}.")


def _gets(reply: Reply) -> str:
    seen = spoken(tuple(action for _, action in reply.seen))
    return _from(reply.player, f"after {seen}", reply.actions, reply.values)


def _from(name: str, where: str, actions: Sequence[str], values: Sequence[Any]) -> str:
    got = and_list(f"{told(v)} from {action}" for action, v in zip(actions, values, strict=True))
    return f"{capital(where)} {called(name)} gets {got}"
