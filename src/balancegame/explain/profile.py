"""Why a profile is, or is not, an equilibrium."""

from __future__ import annotations

from collections.abc import Iterator

from balancegame.explain.dispatch import explains
from balancegame.explain.explanation import Reason, detail
from balancegame.games.normal_form import NormalFormGame, Profile
from balancegame.solvers.normal_form.best_response import action_payoffs, best_responses
from balancegame.solvers.normal_form.nash import Equilibrium
from balancegame.solvers.normal_form.verdict import Verdict, profile_verdict
from balancegame.wording import (
    and_list,
    called,
    capital,
    gets,
    mixture,
    or_list,
    possessive,
    told,
)


def profile_in_words(game: NormalFormGame, profile: Profile) -> str:
    """Return a profile as "Japan plays Comply and the US plays Enforce"."""
    return and_list(
        f"{called(player)} plays {mixture(strategy, names)}"
        for player, strategy, names in zip(game.players, profile, game.actions, strict=True)
    )


def profile_and_payoffs(game: NormalFormGame, profile: Profile) -> Reason:
    """Say what everybody plays and gets."""
    payoffs = gets(game.players, game.payoff(profile))
    return Reason(f"{capital(profile_in_words(game, profile))}; {payoffs}.")


@explains
def _(equilibrium: Equilibrium) -> Iterator[Reason]:
    yield from verdict_reasons(profile_verdict(equilibrium.game, equilibrium))


@explains
def verdict_reasons(verdict: Verdict) -> Iterator[Reason]:
    """Say who would gain by deviating, how much and how; or why nobody would."""
    game = verdict.game
    yield profile_and_payoffs(game, verdict.profile)
    if verdict.rounded:
        whose = and_list(map(called, verdict.rounded))
        yield detail(
            f"The probabilities of {whose} are rounded: they were read as the simplest fractions "
            "beside them."
        )
    for i, (regret, payoff) in enumerate(zip(verdict.regrets, verdict.payoffs, strict=True)):
        if not regret:
            yield why_best(game, i, verdict.profile)
            continue
        best, own, gain = told(payoff + regret), told(payoff), told(regret)
        signed = f"({own})" if own.startswith("-") else own
        yield detail(
            f"{capital(called(game.players[i]))} would gain {gain} by playing "
            f"{verdict.deviations[i]} instead ({best} rather than {own}).",
            f"{best} - {signed} = {gain} > 0",
        )
    if len(game.players) == 1:
        yield Reason("This choice is optimal." if verdict else "So this choice is not optimal.")
    else:
        yield Reason(f"So this is {'' if verdict else 'not '}an equilibrium.")


def why_best(game: NormalFormGame, player: int, profile: Profile) -> Reason:
    """Say why a player with zero regret has no reason to change."""
    values = action_payoffs(game, player, profile)
    actions, best = game.actions[player], max(values)
    name = capital(called(game.players[player]))
    ours = list(zip(actions, values, profile[player], strict=True))
    played = [action for action, _, p in ours if p]
    equal = [action for action, value, p in ours if value == best and not p]
    worse = [(action, value) for action, value, _ in ours if value < best]
    against = _against(game, player, profile)
    if len(played) > 1:
        words = f"is indifferent{against} between {and_list(played)}: each yields {told(best)}"
    elif equal:
        words = f"cannot gain: {and_list(equal)} would yield the same {told(best)}{against}"
    elif worse:
        cost = and_list(f"{told(best - value)} by playing {action}" for action, value in worse)
        return detail(f"{name} would lose {cost} instead.")
    else:
        return detail(f"{name} has no other action.")
    if worse:
        words += f", and {or_list(action for action, _ in worse)} would yield less"
    return detail(f"{name} {words}.")


def _against(game: NormalFormGame, player: int, profile: Profile) -> str:
    others = [i for i in range(len(game.players)) if i != player]
    if not others:
        return ""
    if len(others) > 1:
        return " given what the others play"
    [other] = others
    if max(profile[other]) == 1:
        return f" against {mixture(profile[other], game.actions[other])}"
    return f" against {possessive(called(game.players[other]))} mixture"


def keeps_indifferent(game: NormalFormGame, profile: Profile) -> Iterator[Reason]:
    """Say of each of two players' mixtures whom it keeps indifferent, and between what.

    That is why they mix so only where both mix and no mixture nearby would do. What a mixture does
    to its owner's own payoff has no part in it, which students expect least.
    """
    if len(game.players) != 2 or any(max(strategy) == 1 for strategy in profile):
        return
    for i in (0, 1):
        mine, other = (possessive(called(game.players[k])) for k in (i, 1 - i))
        between = and_list(best_responses(game, 1 - i, profile))
        yield detail(
            f"{capital(mine)} mixture keeps {called(game.players[1 - i])} indifferent "
            f"between {between}: it follows from {other} payoffs alone."
        )
