"""Why a split holds, a core is empty, a coalition objects; and who counts in a game."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from balancegame.explain.change import moving, two_settings
from balancegame.explain.concepts import MOST_SHOWN
from balancegame.explain.dispatch import explain, explains, only
from balancegame.explain.explanation import Explanation, Reason, detail
from balancegame.explain.power import members_in_words
from balancegame.explain.thresholds import where
from balancegame.games.coalitional import CoalitionalGame
from balancegame.games.coalitional_model import CoalitionalModel
from balancegame.solvers.coalitional.coalitional_regimes import (
    CoalitionalRegime,
    CoalitionalRegimes,
)
from balancegame.solvers.coalitional.cores import Core, LeastCore
from balancegame.solvers.coalitional.nucleolus import Nucleolus
from balancegame.solvers.coalitional.roles import dictators, dummies, symmetric, vetoers
from balancegame.solvers.coalitional.smallest_weights import SmallestWeights
from balancegame.solvers.coalitional.split_verdict import SplitVerdict, split_verdict
from balancegame.solvers.coalitional.superadditivity import Property, superadditive
from balancegame.solvers.coalitional.values import shapley
from balancegame.wording import amounts, and_list, called, capital, counted, number_word, told


@explain.register
def _(game: CoalitionalGame, *context: Any) -> Explanation:
    if context:
        split = only(context, "a coalitional game is explained by itself or with one split")
        return explain(split_verdict(game, split))
    return Explanation(tuple(_game(game)))


def _game(game: CoalitionalGame) -> Iterator[Reason]:
    """Say how a coalition wins or what it is worth, and who counts."""
    n = len(game.players)
    votes = game.votes
    if votes is not None:
        needs = [
            f"at least {told(rule.quota)} of {told(sum(rule.weights, Fraction(0)))} votes"
            for rule in votes.rules
        ]
        yield Reason(f"{n} players vote; a coalition wins with {and_list(needs)}.")
        if len(votes.rules) == 1 and not superadditive(game):
            first, second = superadditive(game).against
            yield Reason(
                "Two disjoint coalitions can both win, such as that of "
                f"{members_in_words(first)} and that of {members_in_words(second)}: the quota is "
                "no more than half of the votes."
            )
    else:
        everybody = told(game.at(game.everybody))
        yield Reason(f"{n} players are together worth {everybody}.")
        if n <= 4:
            for mask in sorted(range(1, game.everybody), key=int.bit_count):
                worth = told(game.at(mask))
                yield detail(f"{capital(members_in_words(game.members(mask)))}: {worth}.")
    yield from _roles(game)


def _roles(game: CoalitionalGame) -> Iterator[Reason]:
    dictator = dictators(game)
    if dictator:
        yield Reason(f"{capital(called(dictator[0]))} is a dictator: nobody else counts.")
        return
    needed = vetoers(game)
    if needed:
        verb = "has" if len(needed) == 1 else "have"
        yield Reason(
            f"{capital(members_in_words(needed))} {verb} a veto: nothing is won unless "
            f"{'it joins' if len(needed) == 1 else 'all of them join'}."
        )
    idle = dummies(game)
    if idle:
        noun = "is a dummy, who" if len(idle) == 1 else "are dummies, who"
        verb = "adds" if len(idle) == 1 else "add"
        yield Reason(
            f"{capital(members_in_words(idle))} {noun} {verb} to every coalition just what "
            f"{'it is' if len(idle) == 1 else 'they are'} worth alone."
        )
    for group in symmetric(game):
        if len(group) > 1 and group[0] not in idle:
            yield Reason(
                f"{capital(members_in_words(group))} can replace each other in any coalition."
            )


@explains
def _(verdict: SplitVerdict) -> Iterator[Reason]:
    """Say who objects to a split, and by how much."""
    game = verdict.game
    yield Reason(f"The split: {amounts(game.players, verdict.split)}.")
    if verdict.left_over > 0:
        yield Reason(f"{told(verdict.left_over)} is left over, so all could have more.")
    elif verdict.left_over < 0:
        yield Reason(f"That is {told(-verdict.left_over)} more than there is.")
    for objection in verdict.objections[:MOST_SHOWN]:
        one = len(objection.coalition) == 1
        yield detail(
            f"{capital(members_in_words(objection.coalition))} could have "
            f"{told(objection.worth)} {'alone' if one else 'by themselves'} and "
            f"{'gets' if one else 'get'} {told(objection.gets)}: {told(objection.excess)} too "
            "little."
        )
    rest = len(verdict.objections) - MOST_SHOWN
    if rest > 0:
        yield detail(f"{counted(rest, 'more coalition objects', 'more coalitions object')}.")
    if verdict.holds:
        yield Reason("No coalition can do better alone, so the split is in the core.")
    else:
        yield Reason("So the split is not in the core.")


@explains
def _(core: Core) -> Iterator[Reason]:
    """Say why a core is empty, or between which splits it lies."""
    game = core.game
    everybody = told(game.at(game.everybody))
    if core.empty:
        yield Reason("The core is empty: whatever the split, some coalition can do better alone.")
        yield from _covering(core.collection, game)
        yield Reason(
            f"Each player gives all of its time, so what these coalitions need, "
            f"{told(core.bound)}, must come out of the {everybody} that everybody is worth."
        )
        return
    corners = core.vertices
    if len(corners) == 1:
        yield Reason(f"One split is in the core: {amounts(game.players, corners[0])}.")
    else:
        yield Reason(
            f"The core holds every split between its {number_word(len(corners))} corners, and no "
            "coalition can do better alone."
        )
        for corner in corners[:MOST_SHOWN]:
            yield detail(f"{capital(amounts(game.players, corner))}.")
        if len(corners) > MOST_SHOWN:
            yield detail(f"There are {len(corners) - MOST_SHOWN} more.")


def _covering(
    collection: Mapping[tuple[str, ...], Fraction], game: CoalitionalGame
) -> Iterator[Reason]:
    yield Reason("Let these coalitions each meet for a part of the time:")
    for members, weight in collection.items():
        yield detail(
            f"{capital(members_in_words(members))} for {told(weight)} of the time; at a worth of "
            f"{told(game.value(members))} that needs {told(weight * game.value(members))}."
        )


@explains
def _(found: LeastCore) -> Iterator[Reason]:
    """Say how little the coalition that misses most can be made to miss, and why no less."""
    game, excess = found.game, found.excess
    if not found.collection:
        yield Reason(f"There is only one split: {amounts(game.players, found.split)}.")
        return
    if excess > 0:
        yield Reason(f"Some coalition always misses at least {told(excess)}.")
    elif not excess:
        yield Reason("Every coalition can be given what it is worth, but not all of them more.")
    else:
        yield Reason(f"Every coalition can be given {told(-excess)} more than it is worth.")
    yield detail(f"That is reached by {amounts(game.players, found.split)}.")
    worth = sum((w * game.value(S) for S, w in found.collection.items()), Fraction(0))
    yield detail(
        f"It cannot be better, since {_weighted(found.collection)} cover all players equally; on "
        f"average they are worth {told(worth)}, and get {told(worth - excess)} at every split."
    )


@explains
def _(found: Nucleolus) -> Iterator[Reason]:
    """Say at each level which coalitions miss most, and why they cannot all miss less."""
    yield Reason(
        f"The nucleolus is {amounts(found.game.players, found)}: the coalitions that miss most "
        "miss as little as possible, then the next."
    )
    for level in found.levels[:MOST_SHOWN]:
        excess = level.excess
        what = f"misses {told(excess)}" if excess > 0 else f"has {told(-excess)} to spare"
        alone = and_list(map(called, level.individual))
        each = "each is" if len(level.individual) > 1 else "it is"
        held = f", with {alone} held to what {each} worth alone" if alone else ""
        yield detail(
            f"Each of {_weighted(level.collection)} {what}; taken with these weights they cover "
            f"all players equally{held}, so that one can gain only if another loses."
        )


def _weighted(collection: Mapping[tuple[str, ...], Fraction]) -> str:
    shown = [
        f"{members_in_words(members)} (weight {told(weight)})"
        for members, weight in list(collection.items())[:6]
    ]
    more = len(collection) - len(shown)
    return f"{'; '.join(shown)}{f'; and {more} more' if more else ''}"


_PROPERTIES = {
    "superadditive": (
        "disjoint coalitions lose nothing by joining",
        "the coalitions of {0} and of {1} are worth more apart than together",
    ),
    "convex": (
        "every player adds at least as much to a larger coalition",
        "the coalitions of {0} and of {1} are worth more than all of them and those in both",
    ),
    "balanced": ("the core is not empty", "balanced coalitions need more than there is"),
    "simple": (
        "every coalition wins or loses, and none loses because somebody joins",
        "the coalition of {0} wins and that of {1}, which holds it, loses",
    ),
}


@explains
def _(found: Property) -> Iterator[Reason]:
    """Say what a property means, and which coalitions break it."""
    means, broken = _PROPERTIES[found.name]
    if found.holds:
        yield Reason(f"The game is {found.name}: {means}.")
        return
    shown = [members_in_words(members) if members else "nobody" for members in found.against]
    if found.name == "simple" and len(shown) == 1:
        worth = found.game.value(found.against[0])
        broken = f"the coalition of {{0}} is worth {told(worth)}, neither 0 nor 1"
        if not worth:
            broken = "nobody wins, not even all together"
    yield Reason(f"The game is not {found.name}: {broken.format(*shown)}.")


@explains
def _(found: SmallestWeights) -> Iterator[Reason]:
    """Give the weights, or the trade that no weights survive."""
    if found.weights is not None:
        yield Reason(
            f"The same coalitions win with the quota {found.quota} and these weights; no smaller "
            "whole weights, equal for players who can replace each other, will do."
        )
        weights = found.weights
        for share in sorted(set(weights), reverse=True):
            names = [n for n, w in zip(found.game.players, weights, strict=True) if w == share]
            each = " each" if len(names) > 1 else ""
            yield detail(f"{capital(members_in_words(tuple(names)))}: {told(share)}{each}.")
        return
    winning, losing = found.trade
    yield Reason("No weights and quota give these winning coalitions.")
    yield detail(
        f"Take the winning coalitions {_weighted(winning)}. Their members, or more, make up the "
        f"losing coalitions {_weighted(losing)}, no more of them than there were winning ones; but "
        "with weights the winning ones would weigh more."
    )


@explains
def _(regime: CoalitionalRegime) -> Iterator[Reason]:
    """Say what holds in a regime: power, and the core."""
    yield Reason(f"{capital(where(regime))}: {regime.name}.")
    solution = regime.solution
    yield detail(f"Shapley value: {amounts(regime.model.players, solution.shapley)}.")
    yield from explain(solution.core).reasons


@explains
def _(regimes: CoalitionalRegimes) -> Iterator[Reason]:
    """Tell the story along a parameter, regime by regime."""
    symbol = regimes.parameter
    if len(regimes) == 1:
        yield Reason(f"Nothing changes along {symbol}.")
    else:
        edges = list(dict.fromkeys(told(regime.low) for regime in regimes[1:]))
        noun = "a threshold" if len(edges) == 1 else "thresholds"
        yield Reason(
            f"Along {symbol} there {'is' if len(edges) == 1 else 'are'} {noun} at "
            f"{and_list(edges)}."
        )
    for regime in regimes:
        shares = ""
        if regime.model.worth is not None:
            shares = f"; Shapley value {amounts(regime.model.players, regime.solution.shapley)}"
        yield detail(f"{capital(where(regime))}: {regime.name}{shares}.")


@explain.register
def _(model: CoalitionalModel, *context: Any) -> Explanation:
    if not context:
        return explain(model.game())
    return Explanation(tuple(_moved(model, *two_settings(context))))


def _moved(
    model: CoalitionalModel, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Reason]:
    """Say whose Shapley value changes between two settings, and by how much."""
    old, new = (shapley(model.game(**setting)) for setting in (before, after))
    yield moving(model, before, after)
    groups: dict[tuple[Fraction, Fraction], list[str]] = {}
    for name, a, b in zip(model.players, old, new, strict=True):
        groups.setdefault((a, b), []).append(name)
    for (a, b), names in groups.items():
        who = capital(members_in_words(tuple(names)))
        each = " each" if len(names) > 1 else ""
        if a == b:
            verb = "keeps" if len(names) == 1 else "keep"
            yield detail(f"{who} {verb} {told(a)}{each}.")
        else:
            up, down = ("gains", "loses") if len(names) == 1 else ("gain", "lose")
            verb = up if b > a else down
            yield detail(f"{who} {verb} {told(abs(b - a))}{each}: {told(b)} instead of {told(a)}.")
