"""Why players agree on an outcome, or on none; and what patience and outside options are worth."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from balancegame.explain.change import moving, two_settings
from balancegame.explain.dispatch import explain, explains
from balancegame.explain.explanation import Explanation, Reason, detail
from balancegame.explain.thresholds import where
from balancegame.games.bargaining import AS_THEY_ARE, NO_DEAL, SIDE_PAYMENTS, BargainingProblem
from balancegame.games.bargaining_model import BargainingModel
from balancegame.solvers.coalitional.alternating_offers import AlternatingOffers
from balancegame.solvers.coalitional.bargaining import (
    BargainingSolution,
    egalitarian,
    kalai_smorodinsky,
    nash_bargaining,
    undominated_gains,
)
from balancegame.solvers.coalitional.bargaining_regimes import BargainingRegime, BargainingRegimes
from balancegame.wording import amounts, and_list, called, capital, gets, or_list, told

_RULES = {
    "Nash": "the product of what the players gain is as large as possible",
    "Kalai-Smorodinsky": "each gains the same part of the most that it could gain",
    "egalitarian": "all gain the same, as much as possible",
}
# What the rules come to where no deal gives equal gains, or equal parts.
_NEARLY = {
    "Kalai-Smorodinsky": "the smallest part that a player gains of the most it could is as large "
    "as possible",
    "egalitarian": "the smallest gain is as large as possible, then the next",
}


@explain.register
def _(problem: BargainingProblem, *context: Any) -> Explanation:
    reasons = list(_problem(problem))
    nash, *others = (solve(problem) for solve in (nash_bargaining, kalai_smorodinsky, egalitarian))
    reasons += _agreed(nash)
    if all((found.payoffs, found.lottery) == (nash.payoffs, nash.lottery) for found in others):
        reasons.append(Reason("The Kalai-Smorodinsky and the egalitarian solution are the same."))
    else:
        reasons += [reason for found in others for reason in _agreed(found)]
    return Explanation(tuple(reasons))


def _problem(problem: BargainingProblem) -> Iterator[Reason]:
    """Say what each outcome gives, and what sharing changes."""
    players = problem.players
    yield Reason(f"Without a deal: {amounts(players, problem.disagreement)}.")
    for name, payoffs in problem.outcomes.items():
        losing = [
            called(player)
            for player, gain in zip(players, problem.gains(name), strict=True)
            if gain < 0
        ]
        because = f", so {and_list(losing)} would rather not" if losing else ""
        yield detail(f"{capital(name)}: {amounts(players, payoffs)}{because}.")
    if problem.sharing == AS_THEY_ARE:
        yield Reason("Outcomes are taken as they are: nothing is divided and nobody pays.")
    elif problem.sharing == SIDE_PAYMENTS:
        yield Reason("The players can pay each other, so that only the sum of payoffs counts.")
    else:
        yield Reason("The players can draw lots, so that what cannot be divided can be shared.")


@explain.register
def _(model: BargainingModel, *context: Any) -> Explanation:
    if not context:
        return explain(model.game())
    before, after = two_settings(context)
    reasons = [moving(model, before, after)]
    for words, setting in (("Before", before), ("Now", after)):
        reasons += [Reason(f"{words}:"), *_agreed(nash_bargaining(model.game(**setting)))]
    return Explanation(tuple(reasons))


@explains
def _agreed(solution: BargainingSolution) -> Iterator[Reason]:
    """Say what is agreed on, by which rule, and who pays whom."""
    problem, players = solution.problem, solution.problem.players
    title = f"{solution.rule[:1].upper()}{solution.rule[1:]} solution"
    if not solution.deal:
        yield Reason(f"{title}: no deal, since {_no_deal(problem)}")
        return
    chosen = and_list(
        name if p == 1 else f"{name} with probability {told(p)}"
        for name, p in solution.lottery.items()
    )
    yield Reason(
        f"{title}: {chosen}; {gets(players, solution.payoffs)}, so that {_rule(solution)}."
    )
    yield detail(f"Gains over no deal: {amounts(players, solution.gains)}.")
    for player, payment in zip(players, solution.payments, strict=True):
        if payment < 0:
            yield detail(f"{capital(called(player))} pays {told(-payment)}.")
        elif payment > 0:
            yield detail(f"{capital(called(player))} receives {told(payment)}.")
    if solution.ties:
        yield detail(f"As good by this rule: {or_list(solution.ties)}.")


def _rule(solution: BargainingSolution) -> str:
    """Say what the rule achieves, which is not always what it aims at."""
    problem, rule = solution.problem, solution.rule
    if rule == "Nash" or problem.sharing == SIDE_PAYMENTS:
        return _RULES[rule]
    parts = list(solution.gains)
    if rule == "Kalai-Smorodinsky":
        # Along a frontier the parts are equal; single outcomes seldom make them so.
        possible = undominated_gains(problem) if problem.sharing == AS_THEY_ARE else {}
        most = list(map(max, zip(*possible.values(), strict=True)))
        parts = [g / m for g, m in zip(parts, most, strict=False) if m]
    return _RULES[rule] if all(part == parts[0] for part in parts) else _NEARLY[rule]


def _no_deal(problem: BargainingProblem) -> str:
    if problem.sharing == SIDE_PAYMENTS:
        totals = {name: sum(problem.gains(name), Fraction(0)) for name in problem.outcomes}
        best = max(totals, key=lambda name: totals[name])
        return f"{best} would cost the players together {told(-totals[best])} more than it brings."
    if all(min(problem.gains(name)) < 0 for name in problem.outcomes):
        lots = "" if problem.sharing == AS_THEY_ARE else ", and so does every lottery"
        return f"every outcome makes somebody worse off than no deal does{lots}."
    return f"no outcome improves on {NO_DEAL} for anybody."


@explains
def _(found: AlternatingOffers) -> Iterator[Reason]:
    """Say what each offer must leave the other, and whether outside options count."""
    first, second = map(called, found.players)
    if not found.deal:
        yield Reason(
            f"The outside options are together worth {told(sum(found.outside, Fraction(0)))}, "
            f"more than the {told(found.total)} to share, so there is no deal."
        )
        return
    yield Reason(
        f"{capital(first)} proposes {amounts(found.players, found.payoffs)}, and {second} accepts "
        "at once."
    )
    each = zip(
        found.players, found.deltas, found.outside, found.responder, found.thresholds, found.counts,
        strict=True,
    )  # fmt: skip
    for name, delta, option, offered, threshold, counts in each:
        who = called(name)
        waiting = f"waiting, at a discount factor of {told(delta)},"
        yield detail(
            f"When it responds, {who} must be offered {told(offered)}: that is what "
            f"{'its outside option' if counts else waiting} would bring it."
        )
        if option:
            verdict = "so it counts" if option > threshold else "so it changes nothing"
            yield detail(
                f"An outside option of {who} counts from {told(threshold)} on; it is "
                f"{told(option)}, {verdict}."
            )


@explains
def _(regime: BargainingRegime) -> Iterator[Reason]:
    """Say what is agreed on in a regime, with formulas in the parameter."""
    yield Reason(f"{capital(where(regime))}:")
    yield from _agreed(regime.solution)


@explains
def _(regimes: BargainingRegimes) -> Iterator[Reason]:
    """Tell what is agreed on along a parameter, regime by regime."""
    edges = list(dict.fromkeys(told(regime.low) for regime in regimes[1:]))
    if edges:
        yield Reason(f"What is agreed on changes at {regimes.parameter} = {or_list(edges)}.")
    else:
        yield Reason(f"The same is agreed on for every value of {regimes.parameter}.")
    for regime in regimes:
        payoffs = gets(regime.model.players, regime.solution.payoffs)
        yield detail(f"{capital(where(regime))}: {regime.name}; {payoffs}.")
