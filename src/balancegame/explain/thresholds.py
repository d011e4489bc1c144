"""Why the solution changes along a parameter: which inequality binds, and for whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from balancegame.exact.formula import Formula
from balancegame.explain.dispatch import explain, explains
from balancegame.explain.explanation import Reason, detail, latex
from balancegame.explain.profile import profile_in_words
from balancegame.explain.regime_words import replies_to_subset
from balancegame.explain.sequential import reply_reasons, reply_ties
from balancegame.explain.solution import pure_reasons, subset_in_words
from balancegame.games.normal_form import Profile
from balancegame.solvers.normal_form.best_response import action_payoffs
from balancegame.solvers.normal_form.nash import Equilibria
from balancegame.solvers.parametric.equilibrium_regimes import EquilibriumRegimes, Regime
from balancegame.solvers.parametric.parameter_range import ParameterRange
from balancegame.wording import and_list, called, capital, mixture, number_word, told


def where(regime: ParameterRange) -> str:
    """Return where a regime holds: "at s = 5", "for 0 <= s < 5"."""
    return f"{'at' if regime.is_point else 'for'} {regime.span}"


@explains
def _(regime: Regime) -> Iterator[Reason]:
    """Say what holds in a regime and why, with formulas in the parameter."""
    yield Reason(f"{capital(where(regime))}:")
    yield from reply_reasons(regime.model, regime.values)
    if isinstance(regime.solution, Equilibria):
        yield from explain(regime.solution).reasons
    else:
        yield from pure_reasons(regime.game, regime.solution)


@explains
def _(regimes: EquilibriumRegimes) -> Iterator[Reason]:
    """Tell the story along a parameter: each regime in turn, and what binds at each boundary."""
    if not regimes:
        return
    points = [told(regime.low) for regime in regimes if regime.is_point and len(regimes) > 1]
    symbol = regimes.parameter
    if points:
        verb, noun = ("are", "thresholds") if len(points) > 1 else ("is", "threshold")
        count = number_word(len(points))
        yield Reason(f"There {verb} {count} {noun} of {symbol}: {and_list(points)}.")
    else:
        yield Reason(f"The equilibria keep their form for every value of {symbol}.")
    for k, regime in enumerate(regimes):
        named = f"{regime.name}, that is, " if regime.name else ""
        yield Reason(f"{capital(where(regime))}: {named}{'; or '.join(_solution(regime))}.")
        if regime.is_point:
            yield from binding(regime, [*regimes[max(k - 1, 0) : k], *regimes[k + 1 : k + 2]])


def _solution(regime: Regime) -> list[str]:
    solution, game = regime.solution, regime.game
    if isinstance(solution, Equilibria):
        return [
            subset_in_words(game, subset)
            + "".join(
                f", then {called(name)} plays {words}"
                for name, words in replies_to_subset(regime.model, regime.values, subset)
            )
            for component in solution.components
            for subset in component
        ]
    profiles = [profile_in_words(game, game.profile(profile)) for profile in solution]
    return profiles or ["there is no equilibrium in pure strategies"]


def binding(point: Regime, beside: Sequence[Regime]) -> list[Reason]:
    """Say which comparisons of the neighbouring solutions become ties at a threshold."""
    # What is an equilibrium at the threshold only binds there too; if rational, nothing in it
    # could fail to meet the formulas. A mixed one says much, so the others are heard first.
    here = [p for p in _profiles(point) if all(type(x) is Fraction for side in p for x in side)]
    pure = [profile for profile in here if all(max(strategy) == 1 for strategy in profile)]
    found: list[Reason] = []
    for regime in beside:
        if not regime.is_point:
            found += reply_ties(regime.model, regime.values, regime.parameter, point.low)
    for regime in beside:
        for profile in [*_profiles(regime), *pure]:
            found += _ties(regime, point.low, profile)
    if not found:
        for regime, profile in product(beside, here):
            found += _ties(regime, point.low, profile)
    distinct: dict[str, Reason] = {}
    for reason in found:
        distinct.setdefault(reason.words, reason)
    return list(distinct.values())


def _profiles(regime: Regime) -> list[Profile]:
    if isinstance(regime.solution, Equilibria):
        return [equilibrium.strategies for equilibrium in regime.solution]
    return [regime.game.profile(profile) for profile in regime.solution]


def _ties(regime: Regime, at: Any, profile: Profile) -> Iterator[Reason]:
    """Say what becomes equal, or 0, in a profile of a regime as its parameter reaches a value."""
    game = regime.game
    for player, strategy in enumerate(profile):
        values = action_payoffs(game, player, profile)
        actions, name = game.actions[player], called(game.players[player])
        played = next(a for a, p in enumerate(strategy) if p)
        for a, value in enumerate(values):
            slack = values[played] - value
            if isinstance(slack, Formula) and not slack.at(at):
                others = [mixture(p, game.actions[i]) for i, p in enumerate(profile) if i != player]
                facing = f"against {and_list(others)}, " if others else ""
                got = and_list(f"{told(values[b])} from {actions[b]}" for b in sorted((played, a)))
                yield detail(
                    f"{capital(facing)}{name} gets {got}, which are equal at "
                    f"{regime.parameter} = {told(at)}.",
                    f"{latex(told(values[played]))} = {latex(told(value))}",
                )
        for action, p in zip(actions, strategy, strict=True):
            if isinstance(p, Formula) and not p.at(at):
                yield detail(
                    f"The probability {told(p)} with which {name} plays {action} reaches 0."
                )
