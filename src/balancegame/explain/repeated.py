"""Why automata are, or are not, an equilibrium of a repeated game, and what its payoff set says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from balancegame.explain.dispatch import explain, explains, only
from balancegame.explain.explanation import Explanation, Reason, detail
from balancegame.explain.thresholds import where
from balancegame.games.repeated import RepeatedGame
from balancegame.games.stochastic import StochasticGame
from balancegame.games.stochastic_model import StochasticModel
from balancegame.games.transitions import ALWAYS
from balancegame.solvers.payoff_sets.payoff_set import (
    PayoffSet,
    feasible_payoffs,
    individually_rational,
    pair_of_payoffs,
    payoff_set,
)
from balancegame.solvers.payoff_sets.polygons import contains
from balancegame.solvers.repeated.best_reply import BestReply
from balancegame.solvers.repeated.norm_regimes import NormRegimes
from balancegame.solvers.repeated.one_shot_deviations import (
    Deviation,
    RepeatedVerdict,
    one_shot_verdict,
)
from balancegame.wording import amounts, and_list, called, capital, number_word, told


@explain.register
def _(game: RepeatedGame, *context: Any) -> Explanation:
    if not context:
        return explain(payoff_set(game))
    return explain(one_shot_verdict(game, only(context, "a repeated game takes automata")))


@explains
def _(model: StochasticModel) -> Iterator[Reason]:
    for title, norm in model.norms.items():
        if len(model.norms) > 1:
            yield Reason(f"{capital(title)}:")
        yield from verdict_reasons(one_shot_verdict(model.game(), norm.automata))


@explains
def verdict_reasons(verdict: RepeatedVerdict) -> Iterator[Reason]:
    """Say in which state who gains by departing once, or why nobody does."""
    game = verdict.game
    names = and_list(dict.fromkeys(automaton.name for automaton in verdict.automata))
    first, *others = verdict.starts.items()
    payoffs = amounts(game.players, first[1])
    start = f" if play starts in {first[0]}" if others else ""
    yield Reason(f"{capital(names)} at {patience(game)} yields {payoffs} on average{start}.")
    for world, values in others:
        yield detail(f"From {world} on it yields {amounts(game.players, values)}.")
    if verdict.holds:
        for d in filter(None, verdict.deviations):
            change = f"would lose {told(-d.gain)}" if d.gain else "would gain nothing"
            yield detail(
                f"The best departure of {called(d.player)}, {d.action} in {_place(d)}, {change}."
            )
        yield Reason("Nobody gains by departing once in any state, so this is subgame-perfect.")
        return
    for d in sorted(verdict.profitable, key=lambda d: -d.gain):
        yield detail(
            f"{capital(f'in {_place(d)}')}, {called(d.player)} gains {told(d.gain)} by playing "
            f"{d.action} once and then going on as before."
        )
    yield Reason("So this is not subgame-perfect.")


@explain.register
def _(found: PayoffSet, *context: Any) -> Explanation:
    if not context:
        return Explanation(tuple(_payoff_set(found)))
    point = pair_of_payoffs(only(context, "a payoff set takes one point"))
    return Explanation((Reason(_in_or_out(found, point)),))


def _payoff_set(found: PayoffSet) -> Iterator[Reason]:
    """Say what can be reached, and how each corner is."""
    size = len(found.vertices)
    if not size:
        yield Reason(_no_pure_equilibrium(found.game))
        return
    shapes = {1: "one point", 2: "a line between two points"}
    shape = shapes.get(size, f"a polygon with {number_word(size)} corners")
    yield Reason(
        f"At {patience(found.game)} the equilibrium payoffs in pure strategies, with a coin that "
        f"both see, are {shape}."
    )
    for vertex, support in zip(found.vertices, found.supports, strict=True):
        yield detail(
            f"{_pair(vertex)}: ({', '.join(support.profile)}) in the first period, and what "
            f"follows yields {_pair(support.continuation)} on average."
        )
    if found.error:
        reach = f"{float(found.error):.1e}"
        yield Reason(f"This is an enclosure: it reaches at most {reach} beyond the truth.")


def _in_or_out(found: PayoffSet, point: Any) -> str:
    """Say whether a pair of payoffs can be an equilibrium's, and why not."""
    game, pair = found.game, _pair(point)
    if found.contains(point):
        return f"{pair} lies in the set: an equilibrium yields it."
    if not found.vertices:
        return f"{pair} is out. {_no_pure_equilibrium(game)}"
    for player, own, least in zip(game.players, point, individually_rational(game), strict=True):
        if own < least:
            return (
                f"{pair} is out: if nobody mixes, a best response gives {called(player)} at least "
                f"{told(least)}, and this gives only {told(own)}."
            )
    if not contains(feasible_payoffs(game), point):
        return f"{pair} is out: no mixture of outcomes yields it."
    return (
        f"{pair} is out: at {patience(game)}, any plan for it without mixing has a promise or a "
        "threat that somebody would gain by breaking."
    )


@explains
def _(regimes: NormRegimes) -> Iterator[Reason]:
    """Say along a parameter which norms are subgame-perfect."""
    if regimes:
        yield Reason(f"Along {regimes.parameter}:")
    for regime in regimes:
        held = and_list(regime.solution) or "no norm of the model"
        verb = "are" if len(regime.solution) > 1 else "is"
        yield detail(f"{capital(where(regime))}: {held} {verb} subgame-perfect.")


@explains
def _(reply: BestReply) -> Iterator[Reason]:
    """Say what the best reply does in each state of the others."""
    yield Reason(f"{capital(called(reply.player))} can get at most {told(reply.payoff)}.")
    for world, (states, action) in zip(reply.worlds, reply.choices, strict=True):
        where = f"When the other is in state {', '.join(states)}"
        here = "" if world == ALWAYS else f" and the world in {world}"
        yield detail(f"{where}{here}: {action}.")


def _no_pure_equilibrium(game: RepeatedGame) -> str:
    return (
        f"At {patience(game)} there is no equilibrium in pure strategies; equilibria in which "
        "players mix are not searched for here."
    )


def _place(deviation: Deviation) -> str:
    """Return the state of the automata, and that of the world where there are several."""
    same = len(set(deviation.state)) == 1
    state = deviation.state[0] if same else f"({', '.join(deviation.state)})"
    return f"state {state}" if deviation.world == ALWAYS else f"{deviation.world}, state {state}"


def patience(game: StochasticGame) -> str:
    """Return what the next period counts, as a formula."""
    if isinstance(game, RepeatedGame) and game.hazard:
        return f"delta (1 - h) = {told(game.patience)}"
    return f"delta = {told(game.delta)}"


def _pair(point: Any) -> str:
    return f"({', '.join(_brief(value) for value in point)})"


def _brief(value: Any) -> str:
    words = told(value)
    return words if len(words) <= 12 else f"{float(value):.6g}"
