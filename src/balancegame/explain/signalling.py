"""What signals say: why each type sends its message, and what the receiver makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from balancegame.exact import plain
from balancegame.exact.interval import Interval
from balancegame.explain.dispatch import explain, explains
from balancegame.explain.explanation import Explanation, Reason, detail, latex
from balancegame.explain.thresholds import where
from balancegame.games.signalling import SignallingGame
from balancegame.solvers.signalling.assessment_verdict import (
    AssessmentVerdict,
    assessment_verdict,
)
from balancegame.solvers.signalling.intuitive import UnexpectedMessage
from balancegame.solvers.signalling.perfect_bayesian import (
    PerfectBayesianEquilibria,
    PerfectBayesianEquilibrium,
    perfect_bayesian,
)
from balancegame.solvers.signalling.signalling_regimes import SignallingRegime, SignallingRegimes
from balancegame.wording import and_list, called, capital, number_word, or_list

_MEANING = {
    "separating": "every message tells which type sent it",
    "pooling": "all types send the same message, which tells nothing",
    "semi-separating": "some message is sent by more than one type, and tells at most a little",
}


@explain.register
def _(game: SignallingGame, *context: Any) -> Explanation:
    if context:
        return explain(assessment_verdict(game, *context))
    return explain(perfect_bayesian(game))


@explains
def _(found: PerfectBayesianEquilibria) -> Iterator[Reason]:
    noun = "equilibrium" if len(found) == 1 else "equilibria"
    yield Reason(
        f"There {'is' if len(found) == 1 else 'are'} {number_word(len(found))} perfect "
        f"Bayesian {noun}, counting a continuum as one."
    )
    for one in found:
        yield from _reasons(one)


@explains
def _(found: PerfectBayesianEquilibrium) -> Iterator[Reason]:
    yield from _reasons(found)


@explains
def _(regime: SignallingRegime) -> Iterator[Reason]:
    yield Reason(f"{capital(where(regime))}: {regime.name}.")
    if regime.sample is not None:
        near = f"{regime.parameter} = {plain(regime.sample)}"
        yield Reason(
            f"In full near {near}; elsewhere in this range what would follow messages that nobody "
            "sends, and the bounds of beliefs, may differ."
        )
    for one in regime.solution:
        yield from _reasons(one)


@explains
def _(regimes: SignallingRegimes) -> Iterator[Reason]:
    """Tell what changes along a parameter, regime by regime."""
    points = [plain(regime.low) for regime in regimes if regime.is_point and len(regimes) > 1]
    verb, noun = ("are", "thresholds") if len(points) > 1 else ("is", "threshold")
    symbol = regimes.parameter
    if points:
        count = number_word(len(points))
        yield Reason(f"There {verb} {count} {noun} of {symbol}: {and_list(points)}.")
    else:
        yield Reason(f"The equilibria keep their form for every value of {symbol}.")
    for regime in regimes:
        yield Reason(f"{capital(where(regime))}: {regime.name}.")


@explains
def _(verdict: AssessmentVerdict) -> Iterator[Reason]:
    """Say of each type and after each message whether anything else would be better."""
    sender, receiver = map(called, verdict.game.players)
    best = "nothing else would yield more"
    for one in verdict.types:
        sends = _chosen(one.chances, verdict.game.messages)
        better = f"{one.better} would yield {plain(one.gain)} more" if one.gain else best
        yield detail(f"Of type {one.name}, {sender} sends {sends}: {better}.")
    for reply in verdict.messages:
        replies = _chosen(reply.chances, verdict.game.replies)
        after = f"After {reply.name}{'' if reply.sent else ', which nobody sends,'}"
        if reply.belief is None:
            yield detail(f"{after} no belief would make it best to reply {replies}.")
            continue
        believed = _chosen(reply.belief, verdict.game.types)
        follows = "" if reply.by_bayes else " by Bayes's rule, not what was given"
        better = f"{reply.better} would yield {plain(reply.gain)} more" if reply.gain else best
        yield detail(
            f"{after} {receiver} takes the type to be {believed}{follows}, and replies {replies}: "
            f"{better}."
        )
    what = "is" if verdict.holds else "is not"
    yield Reason(f"So this {what} a perfect Bayesian equilibrium.")


def _chosen(chances: Sequence[Any], names: Sequence[str]) -> str:
    """Return what is done, or believed, with positive probability."""
    return mixture_in_words(
        {name: Interval(p, p) for name, p in zip(names, chances, strict=True) if p}
    )


def _reasons(found: PerfectBayesianEquilibrium) -> Iterator[Reason]:
    game = found.game
    sends = and_list(
        f"{name} sends {mixture_in_words(messages)}" for name, messages in found.sender.items()
    )
    yield Reason(f"{capital(found.kind)}: {sends}. {capital(_MEANING[found.kind])}.")
    sender, receiver = map(called, game.players)
    for m, message in enumerate(game.messages):
        replies = mixture_in_words(found.receiver[message])
        if m in found.silent:
            yield detail(
                f"Nobody sends {message}. What keeps it so is that {receiver} would reply "
                f"{replies}, which is best if it then takes the type to be "
                f"{_beliefs(found, message)}."
            )
        else:
            yield detail(
                f"After {message} {receiver} takes the type to be {_beliefs(found, message)}, "
                f"and replies {replies}."
            )
    for name, worth in found.worth.items():
        each = and_list(
            f"{interval_in_words(value)} from {message}" for message, value in worth.items()
        )
        yield detail(f"Of type {name}, {sender} gets {each}.")
    first, *others = game.types
    alone = f"{first} has a prior probability" if len(game.types) == 2 else ""
    if alone and not found.prior[first].is_point:
        yield detail(
            f"Such an equilibrium exists where {alone} {interval_in_words(found.prior[first])}."
        )
    elif alone:
        yield detail(
            f"It exists only where {alone} of exactly {interval_in_words(found.prior[first])}."
        )
    else:
        ranges = and_list(
            f"{name} {interval_in_words(found.prior[name])}" for name in (first, *others)
        )
        yield detail(f"Moving one type's prior at a time, it exists for {ranges}.")
    verdict = found.intuitive
    for unexpected in verdict.messages:
        yield _judged(found, unexpected)
    if verdict.survives is False and all(each.survives is not False for each in verdict.messages):
        differing = [each.message for each in verdict.messages if each.survives is None]
        yield detail(
            f"But none of these equilibria survives the intuitive criterion at "
            f"{and_list(differing)} together: whichever is played fails at one of them."
        )


def _judged(found: PerfectBayesianEquilibrium, asked: UnexpectedMessage) -> Reason:
    """Say what the intuitive criterion makes of a message that nobody sends."""
    message = asked.message
    if asked.survives is None:
        return detail(
            f"Whether {message} passes the intuitive criterion differs among these equilibria."
        )
    if asked.varies:
        verb, who = ("survives", "no") if asked.survives else ("fails", "some")
        return detail(
            f"It {verb} the intuitive criterion at {message}: whichever of these equilibria is "
            f"played, {who} type that is not ruled out would gain for sure."
        )
    if asked.gains:
        name, got, least = asked.gains[0]
        others = and_list(asked.excluded)
        left = [kind for kind in found.game.types if kind not in asked.excluded]
        then = "who would then get" if len(left) == 1 else f"and {name} would then get at least"
        return detail(
            f"It fails the intuitive criterion: {others} would lose by {message} whatever "
            f"followed, so {message} must come from {or_list(left)}, {then} {plain(least)} "
            f"rather than {plain(got)}.",
            f"{latex(plain(least))} > {latex(plain(got))}",
        )
    if len(asked.excluded) == len(found.game.types):
        return detail(
            f"It survives the intuitive criterion at {message}, by which every type would lose."
        )
    if not asked.excluded:
        return detail(
            f"It survives the intuitive criterion at {message}: no type would lose by it for sure."
        )
    return detail(
        f"It survives the intuitive criterion at {message}: even if {and_list(asked.excluded)} "
        f"{'is' if len(asked.excluded) == 1 else 'are'} ruled out, no other type would gain for "
        "sure."
    )


def mixture_in_words(probabilities: Mapping[str, Interval]) -> str:
    """Return what somebody does; of two things the second has what is left."""
    (first, chance), *others = probabilities.items()
    if not others:
        return first
    if len(others) == 1 and chance == Interval(Fraction(0), Fraction(1)):
        return f"{first} or {others[0][0]}, with any probabilities"
    likely = f"{first} with probability {interval_in_words(chance)}"
    if len(others) == 1:
        return f"{likely}, otherwise {others[0][0]}"
    return and_list(
        [likely, *(f"{name} with {interval_in_words(other)}" for name, other in others)]
    )


def _beliefs(found: PerfectBayesianEquilibrium, message: str) -> str:
    """Return what the receiver believes; of two types the second has what is left."""
    (first, chance), *others = found.beliefs[message].items()
    if len(others) == 1:
        return f"{first} with probability {interval_in_words(chance)}"
    return and_list(
        f"{name} with {interval_in_words(p)}" for name, p in found.beliefs[message].items()
    )


def interval_in_words(interval: Interval) -> str:
    """Return an interval in words."""
    if interval.is_point:
        return plain(interval.low)
    low, high = plain(interval.low), plain(interval.high)
    if all(interval.closed):
        return f"from {low} to {high}"
    if not any(interval.closed):
        return f"between {low} and {high}"
    end = low if interval.closed[1] else high
    return f"from {low} to {high}, {end} excluded"
