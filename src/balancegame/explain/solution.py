"""Why these are the equilibria: single ones, mixtures, and whole continua."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import compress
from typing import Any

from balancegame.exact import plain
from balancegame.exact.formula import Formula
from balancegame.explain.explanation import Explanation, Reason
from balancegame.explain.profile import keeps_indifferent, profile_in_words, why_best
from balancegame.games.normal_form import NormalFormGame, Profile, Strategy
from balancegame.solvers.normal_form.best_response import action_payoffs
from balancegame.solvers.normal_form.nash import Equilibria, NashSubset, equilibria, pure_equilibria
from balancegame.wording import and_list, called, capital, mixture, number_word, or_list

MOST_SHOWN = 20


def explain_equilibria(solution: Equilibria) -> Explanation:
    """Describe every maximal Nash subset and say why nobody gains by leaving it."""
    game = solution.game
    subsets = [subset for component in solution.components for subset in component]
    reasons = [Reason(_count(game, subsets))]
    for subset in subsets[:MOST_SHOWN]:
        clause = f"{subset_in_words(game, subset)}{_because(game, subset)}"
        reasons.append(Reason(f"{capital(clause)}{_payoffs(game, subset)}."))
        for i, side in enumerate(subset):
            if len(side) == 1:
                reasons.append(_why_fixed(game, i, subset))
            else:
                reasons.extend(_why_free(game, i, subset))
        if all(len(side) == 1 for side in subset):
            reasons.extend(keeps_indifferent(game, _corners(subset)[0]))
    if len(subsets) > MOST_SHOWN:
        reasons.append(Reason(f"There are {len(subsets) - MOST_SHOWN} more like these."))
    return Explanation(tuple(reasons))


def equilibria_in_words(game: NormalFormGame) -> str:
    """Return every equilibrium as a clause; for three and more players those in pure strategies."""
    if len(game.players) <= 2:
        solution = equilibria(game)
        clauses = [subset_in_words(game, s) for part in solution.components for s in part]
    else:
        clauses = [profile_in_words(game, game.profile(p)) for p in pure_equilibria(game)]
    return "; or ".join(clauses) or "no equilibrium in pure strategies"


def explain_pure_equilibria(
    game: NormalFormGame, equilibrium_profiles: Iterable[Sequence[Any]]
) -> Explanation:
    """Describe the equilibria in pure strategies of a game of any number of players."""
    profiles = [game.profile(profile) for profile in equilibrium_profiles]
    verb, noun = ("is", "equilibrium") if len(profiles) == 1 else ("are", "equilibria")
    reasons = [Reason(f"There {verb} {number_word(len(profiles))} {noun} in pure strategies.")]
    for profile in profiles[:MOST_SHOWN]:
        payoffs = zip(game.players, game.payoff(profile), strict=True)
        stated = and_list(f"{called(player)} {plain(payoff)}" for player, payoff in payoffs)
        words = capital(profile_in_words(game, profile))
        reasons.append(Reason(f"{words}; the payoffs are {stated}."))
        reasons.extend(why_best(game, i, profile) for i in range(len(game.players)))
    if len(profiles) > MOST_SHOWN:
        reasons.append(Reason(f"There are {len(profiles) - MOST_SHOWN} more like these."))
    return Explanation(tuple(reasons))


def subset_in_words(game: NormalFormGame, subset: NashSubset) -> str:
    """Return a maximal Nash subset as a clause naming what each player plays."""
    if all(len(side) == 1 for side in subset):
        return profile_in_words(game, tuple(side[0] for side in subset))
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
            return f"any mixture with at least {plain(low)} on {first}{_rest(actions, second)}"
        if low == 0:
            return f"any mixture with at least {plain(1 - high)} on {second}{_rest(actions, first)}"
        return (
            f"any mixture with between {plain(low)} and {plain(high)} on {first}, the rest on "
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
    mixed, continua = len(single) - pure, len(subsets) - len(single)
    kinds = [
        f"{number_word(count)} {kind}"
        for count, kind in (
            (pure, "in pure strategies"),
            (mixed, "in mixed strategies"),
        )
        if count
    ]
    if not continua:
        noun = "equilibrium" if len(single) == 1 else "equilibria"
        if len(single) == 1:
            return f"There is one equilibrium, {kinds[0].split(' ', 1)[1]}."
        return f"There are {number_word(len(single))} {noun}: {and_list(kinds)}."
    whole = "a continuum" if continua == 1 else f"{number_word(continua)} continua"
    if not single:
        return f"There are infinitely many equilibria: {whole}."
    return f"There are infinitely many equilibria: {and_list([*kinds, whole])}."


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
    corners = [game.payoff(profile) for profile in _corners(subset)]
    parts = []
    for i, player in enumerate(game.players):
        parts.append(f"{called(player)} {_range(corner[i] for corner in corners)}")
    return f"; the payoff{'s are' if len(parts) > 1 else ' is'} {and_list(parts)}"


def _why_fixed(game: NormalFormGame, player: int, subset: NashSubset) -> Reason:
    """Say why a player keeps to one strategy, whatever the other does within the subset."""
    corners = [action_payoffs(game, player, corner) for corner in _corners(subset)]
    strategy = subset[player][0]
    if len(corners) == 1:
        return why_best(game, player, _corners(subset)[0])
    if max(strategy) < 1:
        equal = and_list(compress(game.actions[player], strategy))
        name = capital(called(game.players[player]))
        return Reason(f"{name} is indifferent between {equal} all along.", detail=True)
    played = strategy.index(1)
    losses = []
    for a, action in enumerate(game.actions[player]):
        if a != played:
            margins = _range(values[played] - values[a] for values in corners)
            losses.append(f"{margins} by playing {action}")
    name = capital(called(game.players[player]))
    if not losses:
        return Reason(f"{name} has no other action.", detail=True)
    return Reason(f"{name} would lose {and_list(losses)} instead.", detail=True)


def _why_free(game: NormalFormGame, player: int, subset: NashSubset) -> list[Reason]:
    """Say why a player may mix freely, and what the other would do beyond the limits."""
    corners = [action_payoffs(game, player, corner) for corner in _corners(subset)]
    best = [
        a for a in range(game.shape[player]) if all(values[a] == max(values) for values in corners)
    ]
    amounts = [max(values) for values in corners]
    same = "the same, " if len(set(amounts)) > 1 else ""
    reasons = [
        Reason(
            f"Each of {and_list(game.actions[player][a] for a in best)} yields "
            f"{called(game.players[player])} {same}{_range(amounts)}.",
            detail=True,
        )
    ]
    for other in range(len(subset)):
        if other != player:
            reasons.extend(_limits(game, player, other, subset))
    return reasons


def _limits(game: NormalFormGame, player: int, other: int, subset: NashSubset) -> list[Reason]:
    """Say what the other player would do if a mixture went beyond an end of a continuum.

    Beyond a vertex v means further along the way from another vertex w of the same side; it leads
    outside the continuum where some reply, as good as the others' at v, gains on them from w to v.
    """
    used = {a for vertex in subset[other] for a, p in enumerate(vertex) if p}
    side = subset[player]
    replies = [
        action_payoffs(game, other, tuple(v if i == player else subset[i][0] for i in range(2)))
        for v in side
    ]
    found: dict[str, Reason] = {}
    for v, at_v in zip(side, replies, strict=True):
        for w, at_w in zip(side, replies, strict=True):
            if v == w or any(q and not p for p, q in zip(v, w, strict=True)):
                continue
            gains = {a: at_v[a] - at_w[a] for a in range(len(at_v)) if at_v[a] == max(at_v)}
            most = max(gains.values())
            better = [game.actions[other][a] for a in gains if gains[a] == most and a not in used]
            if better and most > max(gains[a] for a in used):
                words = (
                    f"The limit is {mixture(v, game.actions[player])}: beyond it "
                    f"{called(game.players[other])} would rather play {or_list(better)}."
                )
                found.setdefault(words, Reason(words, detail=True))
    return list(found.values())


def _range(amounts: Iterable[Fraction]) -> str:
    """Say what amounts lie between: formulas in a parameter have no order that holds throughout."""
    distinct = sorted(set(amounts))
    if len(distinct) == 1:
        return plain(distinct[0])
    if any(isinstance(amount, Formula) for amount in distinct):
        return f"somewhere between {and_list(map(plain, distinct))}"
    return f"between {plain(distinct[0])} and {plain(distinct[-1])}"


def _corners(subset: NashSubset) -> list[Profile]:
    corners: list[Profile] = [()]
    for side in subset:
        corners = [(*corner, vertex) for corner in corners for vertex in side]
    return corners
