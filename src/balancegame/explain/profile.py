"""Why a profile is, or is not, an equilibrium."""

from __future__ import annotations

from balancegame.exact import plain
from balancegame.explain.explanation import Explanation, Reason
from balancegame.games.normal_form import NormalFormGame, Profile
from balancegame.solvers.normal_form.best_response import action_payoffs
from balancegame.solvers.normal_form.verdict import Verdict
from balancegame.wording import and_list, called, capital, mixture, or_list


def profile_in_words(game: NormalFormGame, profile: Profile) -> str:
    """Return a profile as "Japan plays Comply and the US plays Enforce"."""
    return and_list(
        f"{called(player)} plays {mixture(strategy, actions)}"
        for player, strategy, actions in zip(game.players, profile, game.actions, strict=True)
    )


def explain_verdict(verdict: Verdict) -> Explanation:
    """Say who would gain by deviating, how much and how; or why nobody would."""
    game, profile = verdict.game, verdict.profile
    payoffs = and_list(
        f"{called(player)} {plain(payoff)}"
        for player, payoff in zip(game.players, verdict.payoffs, strict=True)
    )
    noun = "payoff is" if len(game.players) == 1 else "payoffs are"
    opening = f"{capital(profile_in_words(game, profile))}; the {noun} {payoffs}."
    reasons = [Reason(opening)]
    for i, regret in enumerate(verdict.regrets):
        if regret:
            value = verdict.payoffs[i] + regret
            reasons.append(
                Reason(
                    f"{capital(called(game.players[i]))} would gain {plain(regret)} by playing "
                    f"{verdict.deviations[i]} instead ({plain(value)} rather than "
                    f"{plain(verdict.payoffs[i])}).",
                    rf"{plain(value)} - {_signed(plain(verdict.payoffs[i]))} = {plain(regret)} > 0",
                    detail=True,
                )
            )
        else:
            reasons.append(why_best(game, i, profile))
    if len(game.players) == 1:
        what = "This choice is optimal." if verdict.holds else "So this choice is not optimal."
    else:
        what = "So this is an equilibrium." if verdict.holds else "So this is not an equilibrium."
    return Explanation((*reasons, Reason(what)))


def why_best(game: NormalFormGame, player: int, profile: Profile) -> Reason:
    """Say why a player with zero regret has no reason to change."""
    values = action_payoffs(game, player, profile)
    actions, best = game.actions[player], max(values)
    name = called(game.players[player])
    played = [a for a, p in enumerate(profile[player]) if p]
    equal = [a for a, value in enumerate(values) if value == best and a not in played]
    worse = [a for a, value in enumerate(values) if value < best]
    against = _against(game, player, profile)
    if len(played) > 1:
        words = (
            f"{capital(name)} is indifferent{against} between "
            f"{and_list(actions[a] for a in played)}: each yields {plain(best)}"
        )
    elif equal:
        words = (
            f"{capital(name)} cannot gain: {and_list(actions[a] for a in equal)} would yield "
            f"the same {plain(best)}{against}"
        )
    elif worse:
        cost = and_list(f"{plain(best - values[a])} by playing {actions[a]}" for a in worse)
        return Reason(f"{capital(name)} would lose {cost} instead.", detail=True)
    else:
        return Reason(f"{capital(name)} has no other action.", detail=True)
    if worse:
        words += f", and {or_list(actions[a] for a in worse)} would yield less"
    return Reason(f"{words}.", detail=True)


def _against(game: NormalFormGame, player: int, profile: Profile) -> str:
    others = [i for i in range(len(game.players)) if i != player]
    if not others:
        return ""
    if len(others) == 1:
        strategy, actions = profile[others[0]], game.actions[others[0]]
        if max(strategy) == 1:
            return f" against {mixture(strategy, actions)}"
        return f" against {possessive(called(game.players[others[0]]))} mixture"
    return " given what the others play"


def keeps_indifferent(game: NormalFormGame, profile: Profile) -> list[Reason]:
    """Say of each of two players' mixtures whom it keeps indifferent, and between what.

    That is why they mix so only where both mix and no mixture nearby would do. What a mixture does
    to its owner's own payoff has no part in it, which students expect least.
    """
    if len(game.players) != 2 or any(max(strategy) == 1 for strategy in profile):
        return []
    reasons = []
    for i in (0, 1):
        values = action_payoffs(game, 1 - i, profile)
        best = [a for a, value in enumerate(values) if value == max(values)]
        mine, other = (possessive(called(game.players[k])) for k in (i, 1 - i))
        between = and_list(game.actions[1 - i][a] for a in best)
        reasons.append(
            Reason(
                f"{capital(mine)} mixture keeps {called(game.players[1 - i])} indifferent "
                f"between {between}: it follows from {other} payoffs alone.",
                detail=True,
            )
        )
    return reasons


def possessive(name: str) -> str:
    """Return whose: "Japan's", "the US's", "allies'"."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _signed(number: str) -> str:
    return f"({number})" if number.startswith("-") else number
