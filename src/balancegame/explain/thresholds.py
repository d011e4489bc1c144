"""Why the solution changes along a parameter: which inequality binds, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from balancegame.exact import plain
from balancegame.exact.formula import Formula
from balancegame.explain.explanation import Explanation, Reason, latex
from balancegame.explain.profile import profile_in_words
from balancegame.explain.sequential import reply_reasons, reply_ties
from balancegame.explain.solution import (
    explain_equilibria,
    explain_pure_equilibria,
    subset_in_words,
)
from balancegame.games.normal_form import NormalFormGame, Profile
from balancegame.solvers.normal_form.best_response import action_payoffs
from balancegame.solvers.normal_form.nash import Equilibria, NashSubset
from balancegame.solvers.parametric.equilibrium_regimes import Regime
from balancegame.solvers.parametric.regime_names import replies_to_subset
from balancegame.solvers.parametric.sweep import PhaseDiagram
from balancegame.wording import and_list, called, capital, mixture, number_word


def where(regime: Regime) -> str:
    """Return where a regime holds: "at s = 5", "for 0 <= s < 5"."""
    if regime.is_point:
        return f"at {regime.parameter} = {plain(regime.low)}"
    signs = ["<=" if closed else "<" for closed in regime.closed]
    return f"for {plain(regime.low)} {signs[0]} {regime.parameter} {signs[1]} {plain(regime.high)}"


def explain_regime(regime: Regime) -> Explanation:
    """Say what holds in a regime and why, with formulas in the parameter."""
    opening = [Reason(f"{capital(where(regime))}:"), *reply_reasons(regime.model, regime.values)]
    if isinstance(regime.solution, Equilibria):
        return Explanation((*opening, *explain_equilibria(regime.solution).reasons))
    return Explanation((*opening, *explain_pure_equilibria(regime.game, regime.solution).reasons))


def explain_regimes(regimes: Sequence[Regime]) -> Explanation:
    """Tell the story along a parameter: each regime in turn, and what binds at each boundary."""
    points = [regime for regime in regimes if regime.is_point and len(regimes) > 1]
    symbol = regimes[0].parameter
    if not points:
        opening = f"The equilibria keep their form for every value of {symbol}."
    else:
        values = and_list(plain(point.low) for point in points)
        plural = "threshold" if len(points) == 1 else "thresholds"
        verb = "is" if len(points) == 1 else "are"
        opening = f"There {verb} {number_word(len(points))} {plural} of {symbol}: {values}."
    reasons = [Reason(opening)]
    for k, regime in enumerate(regimes):
        named = f"{regime.name}, that is, " if regime.name else ""
        reasons.append(
            Reason(f"{capital(where(regime))}: {named}{'; or '.join(_solution(regime))}.")
        )
        if regime.is_point:
            beside = [regimes[j] for j in (k - 1, k + 1) if 0 <= j < len(regimes)]
            reasons.extend(_binding(regime, beside))
    return Explanation(tuple(reasons))


def explain_diagram(diagram: PhaseDiagram) -> Explanation:
    """Name the regimes of a phase diagram, the largest first."""
    count, cells = len(diagram.legend), diagram.labels.size
    across, up = diagram.axes
    words = "is one regime" if count == 1 else f"are {number_word(count)} regimes"
    reasons = [Reason(f"Over {across} and {up} there {words}.")]
    sizes = [int((diagram.labels == k).sum()) for k in range(count)]
    for k in sorted(range(count), key=lambda k: -sizes[k]):
        share = f"{100 * sizes[k] / cells:.1f} %"
        reasons.append(Reason(f"{diagram.legend[k]}: {share} of the grid.", detail=True))
    return Explanation(tuple(reasons))


def _solution(regime: Regime) -> list[str]:
    solution, game = regime.solution, regime.game
    if isinstance(solution, Equilibria):
        return [
            f"{subset_in_words(game, subset)}{_then(regime, subset)}"
            for component in solution.components
            for subset in component
        ]
    if not solution:
        return ["there is no equilibrium in pure strategies"]
    return [profile_in_words(game, game.profile(profile)) for profile in solution]


def _then(regime: Regime, subset: NashSubset) -> str:
    replies = replies_to_subset(regime.model, regime.values, subset)
    return "".join(f", then {called(name)} plays {words}" for name, words in replies)


def _binding(point: Regime, beside: Sequence[Regime]) -> list[Reason]:
    """Say which comparisons of the neighbouring solutions become ties at a threshold."""
    # What is an equilibrium at the threshold only binds there too; if rational, nothing in it
    # could fail to meet the formulas. A mixed one says much, so the others are heard first.
    here = [p for p in _profiles(point) if all(type(x) is Fraction for side in p for x in side)]
    pure = [profile for profile in here if all(max(strategy) == 1 for strategy in profile)]
    found: dict[str, Reason] = {}
    for regime in beside:
        if not regime.is_point:
            for reason in reply_ties(regime.model, regime.values, regime.parameter, point.low):
                found.setdefault(reason.words, reason)
    for regime in beside:
        for profile in [*_profiles(regime), *pure]:
            _add_ties(found, regime, point.low, profile)
    if not found:
        for regime, profile in product(beside, here):
            _add_ties(found, regime, point.low, profile)
    return list(found.values())


def _add_ties(found: dict[str, Reason], regime: Regime, at: Any, profile: Profile) -> None:
    for player in range(len(regime.game.players)):
        for reason in _ties(regime, at, player, profile):
            found.setdefault(reason.words, reason)


def _profiles(regime: Regime) -> list[Profile]:
    if isinstance(regime.solution, Equilibria):
        return [equilibrium.strategies for equilibrium in regime.solution]
    return [regime.game.profile(profile) for profile in regime.solution]


def _ties(regime: Regime, at: Any, player: int, profile: Any) -> list[Reason]:
    game = regime.game
    values = action_payoffs(game, player, profile)
    played = next(a for a, p in enumerate(profile[player]) if p)
    reasons = []
    for a, value in enumerate(values):
        slack = values[played] - value
        if isinstance(slack, Formula) and not slack.at(at):
            reasons.append(_tie(game, regime.parameter, at, player, played, a, profile, values))
    for a, p in enumerate(profile[player]):
        if isinstance(p, Formula) and not p.at(at):
            name = called(game.players[player])
            words = (
                f"The probability {p} with which {name} plays {game.actions[player][a]} reaches 0."
            )
            reasons.append(Reason(words, detail=True))
    return reasons


def _tie(
    game: NormalFormGame,
    symbol: str,
    at: Any,
    player: int,
    played: int,
    other: int,
    profile: Any,
    values: tuple[Any, ...],
) -> Reason:
    actions, name = game.actions[player], called(game.players[player])
    against = and_list(
        mixture(strategy, game.actions[i]) for i, strategy in enumerate(profile) if i != player
    )
    facing = f"against {against}, " if against else ""
    both = [f"{plain(values[a])} from {actions[a]}" for a in sorted((played, other))]
    return Reason(
        f"{capital(facing)}{name} gets {both[0]} and {both[1]}, which are equal at "
        f"{symbol} = {plain(at)}.",
        f"{latex(plain(values[played]))} = {latex(plain(values[other]))}",
        detail=True,
    )
