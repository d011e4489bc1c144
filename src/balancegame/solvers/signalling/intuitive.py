r"""The intuitive criterion: which beliefs after an unexpected message make sense.

Take an equilibrium in which type t gets :math:`U_t`, and a message m that nobody sends. The replies
:math:`BR(T', m)` are those that are best given some belief about the types in T'. For type t the
message is *equilibrium-dominated* if no reply that makes sense at all is worth it,

.. math::  U_t > \max_{r \in BR(T, m)} u(t, m, r).

The receiver should not think of these types if any others are left. The equilibrium *fails* the
criterion if then some type gains by m whatever the receiver replies,

.. math::  U_t < \min_{r \in BR(T \setminus D, m)} u(t, m, r).

Mixed replies change neither bound, since payoffs are linear in them. Where the equilibria of a
connected set yield a type different payoffs, those at which D is a given set of types and one of
the others gains, or none does, are a polytope again; its extreme rays say whether it is empty.

Source: Cho and Kreps (1987), "Signaling games and stable equilibria", section III.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product
from typing import Any

from balancegame.exact.cones import extreme_rays
from balancegame.exact.interval import Interval
from balancegame.games.signalling import SignallingGame
from balancegame.solvers.signalling.supports import Conditions, Pattern, reply_places

# What a type gets less some number, as a row over the replies, and whether it may be 0.
Bound = tuple[int, Any, int, bool]


@dataclass(frozen=True)
class UnexpectedMessage:
    """What the intuitive criterion says about a message that nobody sends.

    Attributes
    ----------
    message : str
    excluded : tuple of str
        Types that would lose by it whatever sensible reply follows, at all of the equilibria.
    replies : tuple of str
        What can be best once the receiver thinks of the other types only.
    gains : tuple of (str, number, number)
        Types that would then gain for sure: the type, what it gets in equilibrium at most, and what
        the message yields at least.
    survives : bool or None
        Whether no type would then gain for sure; None if that differs among the equilibria.
    varies : bool
        Whether the equilibria differ in which types would lose or gain.
    """

    message: str
    excluded: tuple[str, ...]
    replies: tuple[str, ...]
    gains: tuple[tuple[str, Any, Any], ...]
    survives: bool | None
    varies: bool = False


@dataclass(frozen=True)
class IntuitiveVerdict:
    """Whether an equilibrium survives the intuitive criterion, message by message.

    Attributes
    ----------
    messages : tuple of UnexpectedMessage
    survives : bool or None
        Whether no type could make itself known by a message that nobody sends; None where some
        equilibria of a connected set survive and others do not.
    """

    messages: tuple[UnexpectedMessage, ...]
    survives: bool | None


def intuitive_verdict(
    game: SignallingGame,
    conditions: Conditions,
    silent: Sequence[int],
    payoffs: Sequence[Interval],
    patterns: Sequence[Pattern],
) -> IntuitiveVerdict:
    """Return what the criterion says, given the types' payoffs and all equilibria of a set."""
    judged = tuple(_judged(game, conditions, m, payoffs, patterns) for m in silent)
    found = [each.survives for each in judged]
    if False in found:
        return IntuitiveVerdict(judged, False)
    differing = [m for m, verdict in zip(silent, found, strict=True) if verdict is None]
    if len(differing) > 1 and not _all_kept_somewhere(game, conditions, differing, patterns):
        return IntuitiveVerdict(judged, False)
    return IntuitiveVerdict(judged, None if differing else True)


def _all_kept_somewhere(
    game: SignallingGame,
    conditions: Conditions,
    messages: Sequence[int],
    patterns: Sequence[Pattern],
) -> bool:
    """Return whether at some equilibrium no type gains by any of several messages."""
    regions = []
    for m in messages:
        worth = [game.payoffs[0][t][m] for t in conditions.all_types]
        regions.append(list(_regions(conditions, m, worth, _highest(conditions, m, worth), False)))
    return any(
        _occurs(game, pattern, list(chain(*bounds)))
        for bounds in product(*regions)
        for pattern in patterns
    )


def _highest(conditions: Conditions, m: int, worth: Sequence[Any]) -> list[Any]:
    """Return the most that a message can be worth to each type if the reply makes sense."""
    sensible = _best_replies(conditions, m, conditions.all_types)
    return [max(worth[t][r] for r in sensible) for t in conditions.all_types]


def _judged(
    game: SignallingGame,
    conditions: Conditions,
    m: int,
    payoffs: Sequence[Interval],
    patterns: Sequence[Pattern],
) -> UnexpectedMessage:
    worth = [game.payoffs[0][t][m] for t in conditions.all_types]
    highest = _highest(conditions, m, worth)
    excluded = [t for t, most in enumerate(highest) if payoffs[t].low > most]
    varies = any(payoffs[t].low <= most < payoffs[t].high for t, most in enumerate(highest))
    left = tuple(t for t in conditions.all_types if t not in excluded) or conditions.all_types
    replies = _best_replies(conditions, m, left)
    gains = []
    for t in left:
        least = min(worth[t][r] for r in replies)
        if payoffs[t].low < least:
            gains.append((game.types[t], payoffs[t].high, least))
            varies = varies or payoffs[t].high >= least
    survives: bool | None = not gains
    if varies:
        gained, kept = (
            any(
                _occurs(game, pattern, bounds)
                for bounds in _regions(conditions, m, worth, highest, gains_one)
                for pattern in patterns
            )
            for gains_one in (True, False)
        )
        survives = None if gained and kept else kept
    return UnexpectedMessage(
        game.messages[m],
        tuple(game.types[t] for t in excluded),
        tuple(game.replies[r] for r in replies),
        tuple(gains),
        survives,
        varies,
    )


def _regions(
    conditions: Conditions, m: int, worth: Sequence[Any], highest: Sequence[Any], gained: bool
) -> Iterator[list[Bound]]:
    """Yield bounds on the types' payoffs that together say that some type gains, or that none does.

    A bound is a type, a number, the side on which the payoff lies, and whether it may be there.
    """
    everybody = conditions.all_types
    for size in range(len(everybody) + 1):
        for excluded in combinations(everybody, size):
            left = tuple(t for t in everybody if t not in excluded)
            losing: list[Bound] = [
                (t, highest[t], 1, False) if t in excluded else (t, highest[t], -1, True)
                for t in everybody
            ]
            replies = _best_replies(conditions, m, left or everybody)
            least = {t: min(worth[t][r] for r in replies) for t in left}
            if gained:
                yield from ([*losing, (t, least[t], -1, False)] for t in left)
            else:
                yield [*losing, *((t, least[t], 1, True) for t in left)]


def _occurs(game: SignallingGame, pattern: Pattern, bounds: Sequence[Bound]) -> bool:
    """Return whether payoffs within bounds belong to an equilibrium of a pattern."""
    places, rays = reply_places(pattern), pattern.replies
    weak: list[list[Any]] = []
    strict = [[ray[k] for ray in rays] for k in range(len(places))]
    for t, number, side, may_touch in bounds:
        sent = pattern.sent[t][0]
        row = [
            sum(
                side * (game.payoffs[0][t][m][r] - number) * y
                for (m, r), y in zip(places, ray, strict=True)
                if m == sent
            )
            for ray in rays
        ]
        (weak if may_touch else strict).append(row)
    mixtures = extreme_rays(len(rays), (), [*weak, *strict])
    # All bounds are met at the sum of the mixtures, a strict one if one of these meets it so.
    return all(
        any(sum(a * y for a, y in zip(row, mixture, strict=True)) > 0 for mixture in mixtures)
        for row in strict
    )


def _best_replies(conditions: Conditions, m: int, types: tuple[int, ...]) -> list[int]:
    """Return the replies that are best given some belief about some types."""
    return [r for r in range(conditions.options) if conditions.best(m, types, (r,))]
