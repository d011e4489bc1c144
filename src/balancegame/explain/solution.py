"""Why these are the equilibria: single ones, mixtures, and whole continua."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import compress, permutations, product
from typing import Any

from balancegame.exact.formula import Formula
from balancegame.explain.dispatch import explain, explains, only
from balancegame.explain.explanation import Explanation, Reason, detail
from balancegame.explain.profile import (
    keeps_indifferent,
    profile_and_payoffs,
    profile_in_words,
    why_best,
)
from balancegame.games.normal_form import NormalFormGame, Profile, Strategy
from balancegame.solvers.normal_form.best_response import action_payoffs
from balancegame.solvers.normal_form.lemke_howson import SomeEquilibria
from balancegame.solvers.normal_form.nash import Equilibria, NashSubset, equilibria, pure_equilibria
from balancegame.solvers.normal_form.verdict import profile_verdict
from balancegame.wording import (
    and_list,
    called,
    capital,
    gets,
    mixture,
    number_word,
    or_list,
    told,
)

MOST_SHOWN = 20


@explain.register
def _(game: NormalFormGame, *context: Any) -> Explanation:
    if context:
        return explain(profile_verdict(game, only(context, "a game takes one profile")))
    if len(game.players) > 2:
        return Explanation(tuple(pure_reasons(game, pure_equilibria(game))))
    return explain(equilibria(game))


@explains
def _(solution: Equilibria) -> Iterator[Reason]:
    """Describe every maximal Nash subset and say why nobody gains by leaving it."""
    game = solution.game
    subsets = [subset for component in solution.components for subset in component]
    yield Reason(_count(game, subsets))
    for subset in subsets[:MOST_SHOWN]:
        clause = f"{subset_in_words(game, subset)}{_because(game, subset)}"
        yield Reason(f"{capital(clause)}{_payoffs(game, subset)}.")
        for i, side in enumerate(subset):
            if len(side) == 1:
                yield _why_fixed(game, i, subset)
            else:
                yield from _why_free(game, i, subset)
        if all(len(side) == 1 for side in subset):
            yield from keeps_indifferent(game, _corners(subset)[0])
    yield from more_like_these(subsets)


@explains
def _(solution: SomeEquilibria) -> Iterator[Reason]:
    """Name each equilibrium; why nobody gains would take a line for each of many actions."""
    verb, noun = ("is", "equilibrium") if len(solution) == 1 else ("are", "equilibria")
    every, asked = sum(solution.game.shape), len(solution.labels)
    start = "every label" if asked == every else f"{asked} of {every} labels"
    yield Reason(
        f"Here {verb} {number_word(len(solution))} {noun}, found by following the paths of Lemke "
        f"and Howson from {start}; there may be others."
    )
    for equilibrium in solution[:MOST_SHOWN]:
        yield profile_and_payoffs(solution.game, equilibrium.strategies)
    yield from more_like_these(solution)
    if solution.abandoned:
        yield Reason(f"{len(solution.abandoned)} of the paths were too long to follow to the end.")


def equilibria_in_words(game: NormalFormGame) -> str:
    """Return every equilibrium as a clause; for three and more players those in pure strategies."""
    if len(game.players) <= 2:
        solution = equilibria(game)
        clauses = [subset_in_words(game, s) for part in solution.components for s in part]
    else:
        clauses = [profile_in_words(game, game.profile(p)) for p in pure_equilibria(game)]
    return "; or ".join(clauses) or "no equilibrium in pure strategies"


def pure_reasons(game: NormalFormGame, found: Iterable[Sequence[Any]]) -> Iterator[Reason]:
    """Describe the equilibria in pure strategies of a game of any number of players."""
    profiles = [game.profile(profile) for profile in found]
    yield counted_pure(profiles)
    for profile in profiles[:MOST_SHOWN]:
        yield profile_and_payoffs(game, profile)
        yield from (why_best(game, i, profile) for i in range(len(game.players)))
    yield from more_like_these(profiles)


def counted_pure(found: Sequence[Any]) -> Reason:
    """Say how many equilibria in pure strategies there are."""
    verb, noun = ("is", "equilibrium") if len(found) == 1 else ("are", "equilibria")
    return Reason(f"There {verb} {number_word(len(found))} {noun} in pure strategies.")


def more_like_these(found: Sequence[Any]) -> Iterator[Reason]:
    """Say how many answers are left out, if there are many."""
    if len(found) > MOST_SHOWN:
        yield Reason(f"There are {len(found) - MOST_SHOWN} more like these.")


def subset_in_words(game: NormalFormGame, subset: NashSubset) -> str:
    """Return a maximal Nash subset as a clause naming what each player plays."""
    return and_list(
        f"{called(player)} plays {side_in_words(side, actions)}"
        for player, side, actions in zip(game.players, subset, game.actions, strict=True)
    )


def side_in_words(side: tuple[Strategy, ...], actions: tuple[str, ...]) -> str:
    """Return the mixtures of one player in a maximal Nash subset, in words.

    Examples
    --------
    >>> half = Fraction(1, 2)
    >>> side_in_words(((Fraction(1), Fraction(0)), (half, half)), ("Enforce", "Acquiesce"))
    'any mixture with at least 1/2 on Enforce'
    """
    if len(side) == 1:
        return mixture(side[0], actions)
    used = [a for a in range(len(actions)) if any(vertex[a] for vertex in side)]
    if len(used) == 2:
        low, high = (bound(vertex[used[0]] for vertex in side) for bound in (min, max))
        first, second = (actions[a] for a in used)
        if low == 0 and high == 1:
            return f"any mixture of {first} and {second}"
        if high == 1:
            return f"any mixture with at least {told(low)} on {first}{_rest(actions, second)}"
        if low == 0:
            return f"any mixture with at least {told(1 - high)} on {second}{_rest(actions, first)}"
        return (
            f"any mixture with between {told(low)} and {told(high)} on {first}, the rest on "
            f"{second}"
        )
    if all(max(vertex) == 1 for vertex in side) and len(side) == len(used):
        return f"any mixture of {and_list(actions[a] for a in used)}"
    corners = "; ".join(mixture(vertex, actions) for vertex in side)
    return f"any average of these strategies: {corners}"


def _rest(actions: tuple[str, ...], other: str) -> str:
    return "" if len(actions) == 2 else f", the rest on {other}"


def _count(game: NormalFormGame, subsets: list[NashSubset]) -> str:
    if len(game.players) == 1:
        used = [any(column) for column in zip(*subsets[0][0], strict=True)]
        best = and_list(compress(game.actions[0], used))
        return f"{capital(called(game.players[0]))} does best with {best}."
    single = [subset for subset in subsets if all(len(side) == 1 for side in subset)]
    pure = sum(all(max(side[0]) == 1 for side in subset) for subset in single)
    counts = (pure, "in pure strategies"), (len(single) - pure, "in mixed strategies")
    if len(subsets) == len(single) == 1:
        [kind] = [kind for count, kind in counts if count]
        return f"There is one equilibrium, {kind}."
    continua = len(subsets) - len(single)
    if not continua:
        kinds = [f"{number_word(count)} {kind}" for count, kind in counts if count]
        return f"There are {number_word(len(single))} equilibria: {and_list(kinds)}."
    whole = "a continuum" if continua == 1 else f"{number_word(continua)} continua"
    more = [f"{number_word(len(single))} more"] if single else []
    count = _pure_profiles(subsets)
    pure_ones = number_word(count) if count else "none"
    return (
        f"There are infinitely many equilibria, {pure_ones} of them in pure strategies: "
        f"{and_list([whole, *more])}."
    )


def _pure_profiles(subsets: list[NashSubset]) -> int:
    """Return how many profiles in pure strategies there are, those of the continua included.

    A pure strategy is a corner of all mixtures, so where a side contains it, it is a corner there.
    """
    corners = (tuple([v for v in side if max(v) == 1] for side in subset) for subset in subsets)
    return len({profile for sides in corners for profile in product(*sides)})


def _because(game: NormalFormGame, subset: NashSubset) -> str:
    """Say who is free to mix: a player whom the other leaves indifferent."""
    free = [i for i, side in enumerate(subset) if len(side) > 1]
    if len(subset) == 1 or not free:
        return ""
    if len(free) == 2:
        return ", because each leaves the other indifferent"
    against = side_in_words(subset[1 - free[0]], game.actions[1 - free[0]])
    return f", because {called(game.players[free[0]])} is indifferent against {against}"


def _payoffs(game: NormalFormGame, subset: NashSubset) -> str:
    """Return the payoffs on a subset; they can vary only with what the other player mixes."""
    columns = zip(*map(game.payoff, _corners(subset)), strict=True)
    return f"; {gets(game.players, map(_range, columns))}"


def _why_fixed(game: NormalFormGame, player: int, subset: NashSubset) -> Reason:
    """Say why a player keeps to one strategy, whatever the other does within the subset."""
    profiles = _corners(subset)
    if len(profiles) == 1:
        return why_best(game, player, profiles[0])
    strategy, name = subset[player][0], capital(called(game.players[player]))
    if max(strategy) < 1:
        equal = and_list(compress(game.actions[player], strategy))
        return detail(f"{name} is indifferent between {equal} all along.")
    played = strategy.index(1)
    corners = [action_payoffs(game, player, profile) for profile in profiles]
    losses = and_list(
        f"{_range(values[played] - values[a] for values in corners)} by playing {action}"
        for a, action in enumerate(game.actions[player])
        if a != played
    )
    return detail(f"{name} {f'would lose {losses} instead' if losses else 'has no other action'}.")


def _why_free(game: NormalFormGame, player: int, subset: NashSubset) -> Iterator[Reason]:
    """Say why a player may mix freely, and what the other would do beyond the limits."""
    corners = [action_payoffs(game, player, corner) for corner in _corners(subset)]
    amounts = [max(values) for values in corners]
    best = and_list(
        action
        for action, *values in zip(game.actions[player], *corners, strict=True)
        if values == amounts
    )
    same = "the same, " if len(set(amounts)) > 1 else ""
    yield detail(f"Each of {best} yields {called(game.players[player])} {same}{_range(amounts)}.")
    if len(subset) == 2:
        yield from dict.fromkeys(_limits(game, player, 1 - player, subset))


def _limits(game: NormalFormGame, player: int, other: int, subset: NashSubset) -> Iterator[Reason]:
    """Say what the other player would do if a mixture went beyond an end of a continuum.

    Beyond a vertex v means further along the way from another vertex w of the same side; it leads
    outside the continuum where some reply, as good as the others' at v, gains on them from w to v.
    """
    used = {a for vertex in subset[other] for a, p in enumerate(vertex) if p}
    profiles = product(*(side if i == player else side[:1] for i, side in enumerate(subset)))
    replies = [(profile[player], action_payoffs(game, other, profile)) for profile in profiles]
    for (v, at_v), (w, at_w) in permutations(replies, 2):
        if any(q and not p for p, q in zip(v, w, strict=True)):
            continue
        gains = {a: at_v[a] - at_w[a] for a in range(len(at_v)) if at_v[a] == max(at_v)}
        most = max(gains.values())
        better = [game.actions[other][a] for a in gains if gains[a] == most and a not in used]
        if better and most > max(gains[a] for a in used):
            yield detail(
                f"The limit is {mixture(v, game.actions[player])}: beyond it "
                f"{called(game.players[other])} would rather play {or_list(better)}."
            )


def _range(amounts: Iterable[Fraction]) -> str:
    """Say what amounts lie between: formulas in a parameter have no order that holds throughout."""
    distinct = sorted(set(amounts))
    if len(distinct) == 1:
        return told(distinct[0])
    if any(isinstance(amount, Formula) for amount in distinct):
        return f"somewhere between {and_list(map(told, distinct))}"
    return f"between {told(distinct[0])} and {told(distinct[-1])}"


def _corners(subset: NashSubset) -> list[Profile]:
    return list(product(*subset))
