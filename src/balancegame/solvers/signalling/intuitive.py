r"""The intuitive criterion: which beliefs after an unexpected message make sense.

Take an equilibrium in which type t gets :math:`U_t`, and a message m that nobody sends. The replies
:math:`BR(T', m)` are those that are best given some belief about the types in T'. For type t the
message is *equilibrium-dominated* if no reply that makes sense at all is worth it,

.. math::  U_t > \max_{r \in BR(T, m)} u(t, m, r).

The receiver should not think of these types if any others are left. The equilibrium *fails* the
criterion if then some type gains by m whatever the receiver replies,

.. math::  U_t < \min_{r \in BR(T \setminus D, m)} u(t, m, r).

Mixed replies change neither bound, since payoffs are linear in them.

Source: Cho and Kreps (1987), "Signaling games and stable equilibria", section III.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from balancegame.exact.interval import Interval
from balancegame.games.signalling import SignallingGame
from balancegame.solvers.signalling.supports import Conditions


@dataclass(frozen=True)
class UnexpectedMessage:
    """What the intuitive criterion says about a message that nobody sends.

    Attributes
    ----------
    message : str
    excluded : tuple of str
        Types that would lose by it whatever sensible reply follows.
    replies : tuple of str
        What can be best once the receiver thinks of the other types only.
    gains : tuple of (str, number, number)
        Types that would then gain for sure: the type, what it gets in equilibrium at most, and what
        the message yields at least.
    undecided : bool
        Whether that differs among the equilibria of the set.
    """

    message: str
    excluded: tuple[str, ...]
    replies: tuple[str, ...]
    gains: tuple[tuple[str, Any, Any], ...]
    undecided: bool = False


@dataclass(frozen=True)
class IntuitiveVerdict:
    """Whether an equilibrium survives the intuitive criterion, message by message.

    ``survives`` is None where some equilibria of a connected set do and others do not.
    """

    messages: tuple[UnexpectedMessage, ...]

    @property
    def survives(self) -> bool | None:
        """Whether no type could make itself known by a message that nobody sends."""
        if any(each.gains and not each.undecided for each in self.messages):
            return False
        return None if any(each.undecided for each in self.messages) else True


def intuitive_verdict(
    game: SignallingGame, conditions: Conditions, silent: Sequence[int], payoffs: Sequence[Interval]
) -> IntuitiveVerdict:
    """Return what the criterion says, given the types' equilibrium payoffs."""
    return IntuitiveVerdict(tuple(_judged(game, conditions, m, payoffs) for m in silent))


def _judged(
    game: SignallingGame, conditions: Conditions, m: int, payoffs: Sequence[Interval]
) -> UnexpectedMessage:
    worth = [game.payoffs[0][t][m] for t in conditions.all_types]
    sensible = _best_replies(conditions, m, conditions.all_types)
    highest = [max(worth[t][r] for r in sensible) for t in conditions.all_types]
    excluded = [t for t, most in enumerate(highest) if payoffs[t].low > most]
    undecided = any(payoffs[t].low <= most < payoffs[t].high for t, most in enumerate(highest))
    left = tuple(t for t in conditions.all_types if t not in excluded) or conditions.all_types
    replies = _best_replies(conditions, m, left)
    gains = []
    for t in left:
        least = min(worth[t][r] for r in replies)
        if payoffs[t].low < least:
            gains.append((game.types[t], payoffs[t].high, least))
            undecided = undecided or payoffs[t].high >= least
    return UnexpectedMessage(
        game.messages[m],
        tuple(game.types[t] for t in excluded),
        tuple(game.replies[r] for r in replies),
        tuple(gains),
        undecided,
    )


def _best_replies(conditions: Conditions, m: int, types: tuple[int, ...]) -> list[int]:
    """Return the replies that are best given some belief about some types."""
    return [r for r in range(conditions.options) if conditions.best(m, types, (r,))]
