"""Why a plan is subgame-perfect or not, node by node, and what those who move later do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import prod
from typing import Any

from balancegame.exact.formula import Formula
from balancegame.explain.dispatch import explain, explains, only
from balancegame.explain.explanation import Explanation, Reason, detail, latex
from balancegame.explain.solution import MOST_SHOWN
from balancegame.games.moves import Decision, History, after, spoken
from balancegame.games.normal_form_model import NormalFormModel, Reply
from balancegame.games.sequential import GameTree
from balancegame.solvers.sequential.plans import (
    Behaviour,
    PlanVerdict,
    continuation_values,
    plan_verdict,
    probabilities,
    reach,
)
from balancegame.solvers.sequential.subgame_perfect import (
    SubgamePerfectEquilibria,
    SubgamePerfectEquilibrium,
    counted_roughly,
    subgame_perfect,
)
from balancegame.wording import (
    amounts,
    and_list,
    called,
    capital,
    gets,
    mixture,
    number_word,
    or_list,
    told,
)


@explain.register
def _(tree: GameTree, *context: Any) -> Explanation:
    if not context:
        return explain(subgame_perfect(tree))
    return explain(plan_verdict(tree, only(context, "a tree takes one plan")))


@explains
def _(found: SubgamePerfectEquilibrium) -> Iterator[Reason]:
    kind = "pure" if found.is_pure else "mixed"
    yield Reason(f"Backward induction finds one subgame-perfect equilibrium in {kind} strategies.")
    yield from _one(found)


@explains
def _(found: SubgamePerfectEquilibria) -> Iterator[Reason]:
    """Say what backward induction finds: at each node, the last ones first, who chooses what."""
    if not found:
        yield Reason("There is no subgame-perfect equilibrium in pure strategies.")
    else:
        yield Reason(f"Backward induction finds {how_many(found)}.")
    for one in found[:MOST_SHOWN]:
        yield from _one(one)
    if found.number > MOST_SHOWN:
        yield Reason(f"There are {counted_roughly(found.number - MOST_SHOWN)} more like these.")
    if not found.complete:
        yield Reason(
            "Where three or more players choose at once, or two have very many strategies, "
            "equilibria in mixed strategies are not looked for."
        )


def how_many(found: SubgamePerfectEquilibria) -> str:
    """Return the number of subgame-perfect equilibria, pure and mixed ones apart."""
    few = found.number <= MOST_SHOWN
    pure = sum(one.is_pure for one in found) if few else found.pure.number
    mixed = found.number - pure
    noun = "equilibrium" if found.number == 1 else "equilibria"
    count = f"{_in_words(found.number)} subgame-perfect {noun}"
    if pure and mixed:
        return (
            f"{count}: {_in_words(pure)} in pure strategies and {_in_words(mixed)} in mixed "
            "strategies"
        )
    return f"{count} in {'mixed' if mixed else 'pure'} strategies"


def _in_words(number: int) -> str:
    return number_word(number) if number < 10 else counted_roughly(number)


def _one(one: SubgamePerfectEquilibrium) -> Iterator[Reason]:
    """Say where an equilibrium leads, and why everybody does what it says."""
    ends = "; or ".join(
        ", then ".join(map(spoken, end.history))
        + ("" if end.probability == 1 else f" with probability {told(end.probability)}")
        for end in one.outcomes
    )
    yield Reason(f"Outcome: {ends}; {gets(one.tree.players, one.payoffs)}.")
    choices = list(_choices(one))
    yield from choices[:MOST_SHOWN]
    if len(choices) > MOST_SHOWN:
        more = len(choices) - MOST_SHOWN
        verb = "choice is" if more == 1 else "choices are"
        yield detail(f"{capital(number_word(more))} more {verb} found in the same way.")


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
    reached = reach(tree, found.plan)
    nodes = dict(tree.decisions())
    told: set[str] = set()
    for history, node in sorted(nodes.items(), key=lambda entry: -len(entry[0])):
        together = [history]
        if node.information is not None:
            if node.information in told:
                continue
            told.add(node.information)
            same = (h for h, other in nodes.items() if other.information == node.information)
            together = list(same)
        sides = probabilities(node, found.plan[history])
        for k, name in enumerate(node.players):
            actions = node.actions[k]
            if len(actions) < 2:
                continue
            where = or_list(map(after, together))
            if len(together) > 1:
                where += f", which {called(name)} cannot tell apart,"
            others = and_list(
                f"{called(other)} chooses {mixture(sides[j], node.actions[j])}"
                for j, other in enumerate(node.players)
                if j != k
            )
            where += f", where {others}," if others else ""
            does = mixture(sides[k], actions)
            weights = {h: reached[h] for h in together}
            if len(together) > 1 and not any(weights.values()):
                yield detail(f"{capital(where)} {called(name)} would choose {does}.")
                continue
            own = _worth(tree, node, k, sides, weights, values)
            tied = own.count(max(own)) > 1
            verb = "is indifferent and here chooses" if tied else "chooses"
            yield detail(f"{_from(name, where, actions, own)}: it {verb} {does}.")


def _worth(
    tree: GameTree,
    node: Decision,
    mover: int,
    sides: Behaviour,
    weights: Mapping[History, Any],
    values: Mapping[History, Any],
) -> list[Any]:
    """Return what each action yields its player, on average over nodes with these weights."""
    i = tree.player_index(node.players[mover])
    total = sum(weights.values()) if len(weights) > 1 else 1
    worth = dict.fromkeys(node.actions[mover], Fraction(0))
    for cell in node.branches:
        chances = [sides[j][node.actions[j].index(a)] for j, a in enumerate(cell) if j != mover]
        for history, weight in weights.items():
            share = prod(chances) * (weight / total if len(weights) > 1 else 1)
            if share:
                worth[cell[mover]] += share * values[*history, node.label(cell)][i]
    return list(worth.values())


def _gets(reply: Reply) -> str:
    seen = spoken(tuple(action for _, action in reply.seen))
    return _from(reply.player, f"after {seen}", reply.actions, reply.values)


def _from(name: str, where: str, actions: Sequence[str], values: Sequence[Any]) -> str:
    got = and_list(f"{told(v)} from {action}" for action, v in zip(actions, values, strict=True))
    return f"{capital(where)} {called(name)} gets {got}"
