"""Why automata are, or are not, an equilibrium of a repeated game, and what its payoff set says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from balancegame.exact import plain
from balancegame.explain.explanation import Explanation, Reason, latex
from balancegame.games.repeated import RepeatedGame
from balancegame.solvers.payoff_sets.payoff_set import (
    PayoffSet,
    feasible_payoffs,
    individually_rational,
)
from balancegame.solvers.payoff_sets.polygons import contains
from balancegame.solvers.repeated.best_reply import BestReply
from balancegame.solvers.repeated.norm_regimes import NormRegime
from balancegame.solvers.repeated.one_shot import Deviation, RepeatedVerdict
from balancegame.wording import and_list, called, capital, number_word


def explain_one_shot(verdict: RepeatedVerdict) -> Explanation:
    """Say in which state who gains by departing once, or why nobody does."""
    game = verdict.game
    names = and_list(dict.fromkeys(automaton.name for automaton in verdict.automata))
    payoffs = and_list(
        f"{called(player)} {plain(value)}"
        for player, value in zip(game.players, verdict.payoffs, strict=True)
    )
    reasons = [Reason(f"{capital(names)} at {_patience(game)} yields {payoffs} on average.")]
    if verdict.holds:
        reasons += [_no_gain(d) for d in verdict.deviations if d is not None]
        reasons.append(
            Reason("Nobody gains by departing once in any state, so this is subgame-perfect.")
        )
        return Explanation(tuple(reasons))
    reasons += [
        Reason(
            f"In state {_state(d)}, {called(d.player)} gains {plain(d.gain)} by playing "
            f"{d.action} once and then going on as before.",
            rf"{latex(plain(d.gain))} > 0",
            detail=True,
        )
        for d in sorted(verdict.profitable, key=lambda d: -d.gain)
    ]
    return Explanation((*reasons, Reason("So this is not subgame-perfect.")))


def explain_payoff_set(found: PayoffSet) -> Explanation:
    """Say what can be reached, and how each vertex is supported."""
    game = found.game
    size = len(found.vertices)
    if not size:
        return Explanation((Reason(_no_pure_equilibrium(game)),))
    shapes = {1: "one point", 2: "a segment"}
    shape = shapes.get(size, f"a polygon with {number_word(size)} vertices")
    words = (
        f"At {_patience(game)} the equilibrium payoffs in pure strategies, with a coin that both "
        f"see, are {shape}."
    )
    reasons = [Reason(words)]
    for vertex, support in zip(found.vertices, found.supports, strict=True):
        reasons.append(
            Reason(
                f"{_pair(vertex)}: first ({', '.join(support.profile)}), then "
                f"{_pair(support.continuation)} on average.",
                detail=True,
            )
        )
    if found.error:
        reasons.append(
            Reason(
                "This is an enclosure: it reaches at most "
                f"{float(found.error):.1e} beyond the truth."
            )
        )
    return Explanation(tuple(reasons))


def why_in_or_out(found: PayoffSet, point: Any) -> Explanation:
    """Say whether a pair of payoffs can be an equilibrium's, and why not."""
    game, pair = found.game, _pair(point)
    if found.contains(point):
        return Explanation((Reason(f"{pair} lies in the set: an equilibrium yields it."),))
    if not found.vertices:
        return Explanation((Reason(f"{pair} is out. {_no_pure_equilibrium(game)}"),))
    low = individually_rational(game)
    for player, own, least in zip(game.players, point, low, strict=True):
        if own < least:
            words = (
                f"{pair} is out: in pure strategies the other cannot hold {called(player)} below "
                f"{plain(least)}, and this gives only {plain(own)}."
            )
            return Explanation((Reason(words),))
    feasible = contains(feasible_payoffs(game), point)
    words = (
        f"{pair} is out: it takes promises that are not credible in pure strategies at "
        f"{_patience(game)}."
        if feasible
        else f"{pair} is out: no mixture of outcomes yields it."
    )
    return Explanation((Reason(words),))


def explain_norm_regimes(regimes: Sequence[NormRegime]) -> Explanation:
    """Say along a parameter which norms are subgame-perfect."""
    symbol = regimes[0].parameter
    reasons = [Reason(f"Along {symbol}:")]
    for regime in regimes:
        held = and_list(regime.solution) or "no norm of the model"
        verb = "are" if len(regime.solution) > 1 else "is"
        at = "At" if regime.is_point else "For"
        reasons.append(Reason(f"{at} {regime.where}: {held} {verb} subgame-perfect.", detail=True))
    return Explanation(tuple(reasons))


def explain_best_reply(reply: BestReply) -> Explanation:
    """Say what the best reply does in each state of the others."""
    reasons = [Reason(f"{capital(called(reply.player))} can get at most {plain(reply.payoff)}.")]
    reasons += [
        Reason(f"When the other is in state {', '.join(states)}: {action}.", detail=True)
        for states, action in reply.choices
    ]
    return Explanation(tuple(reasons))


def _no_pure_equilibrium(game: RepeatedGame) -> str:
    return (
        f"At {_patience(game)} there is no equilibrium in pure strategies; equilibria in which "
        "players mix are not searched for here."
    )


def _no_gain(deviation: Deviation) -> Reason:
    who, loss = called(deviation.player), -deviation.gain
    change = f"would lose {plain(loss)}" if loss else "would gain nothing"
    return Reason(
        f"The best departure of {who}, {deviation.action} in state {_state(deviation)}, {change}.",
        detail=True,
    )


def _state(deviation: Deviation) -> str:
    same = len(set(deviation.state)) == 1
    return deviation.state[0] if same else f"({', '.join(deviation.state)})"


def _patience(game: RepeatedGame) -> str:
    if game.hazard:
        return f"delta (1 - h) = {plain(game.patience)}"
    return f"delta = {plain(game.delta)}"


def _pair(point: Any) -> str:
    return f"({', '.join(_brief(value) for value in point)})"


def _brief(value: Any) -> str:
    words = plain(value)
    return words if len(words) <= 12 else f"{float(value):.6g}"
