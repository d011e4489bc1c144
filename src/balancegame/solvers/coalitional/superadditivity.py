r"""Whether it pays to join: superadditive and convex games, and what a game has to be simple.

A game is *superadditive* if disjoint coalitions lose nothing by joining,
:math:`v(S \cup T) \ge v(S) + v(T)`, and *convex* (Shapley 1971) if a player adds at least as much
to a larger coalition. It is *balanced* if its core is not empty, and *simple* if each coalition
wins (1) or loses (0), everybody wins, and a coalition that contains a winning one wins.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from balancegame.games.coalitional import CoalitionalGame, require_coalitional
from balancegame.games.votes import Votes
from balancegame.progress_bar import with_progress
from balancegame.solvers.coalitional.marginals import joined, whole_values
from balancegame.solvers.solutions import Explained

# Sums of weights that are listed, a bit each for every member.
MOST_SUMS = 2**24


@dataclass(frozen=True, repr=False)
class Property(Explained):
    """Whether a game has a property; true if it does.

    Attributes
    ----------
    game : CoalitionalGame
    name : str
    holds : bool
    against : tuple
        Where it fails, the coalitions (tuples of names) that show it.
    """

    game: CoalitionalGame
    name: str
    holds: bool
    against: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return self.holds

    def __repr__(self) -> str:
        shown = " and ".join("+".join(S) or "nobody" for S in self.against)
        return f"<{self.name}: {self.holds}{f', see {shown}' if shown else ''}>"


def superadditive(game: CoalitionalGame) -> Property:
    """Return whether disjoint coalitions lose nothing by joining.

    Parameters
    ----------
    game : CoalitionalGame
        Votes of any size, if there is one rule or some rule asks for more than half; any other
        game of up to 16 players or so.

    Returns
    -------
    Property
        True or false; where it fails, ``.against`` names two coalitions that lose by joining.

    Raises
    ------
    GameError
        If it is not a coalitional game, or has too many players.

    Examples
    --------
    >>> superadditive(CoalitionalGame.weighted((1, 1, 1), 1, ("A", "B", "C")))
    <superadditive: False, see A and B+C>
    """
    require_coalitional(game, "superadditive")
    against: tuple[int, ...]
    votes = game.votes
    if votes is not None and (_majority_needed(votes) or _few_sums(votes)):
        against = disjoint_winners(votes, len(game.players))
    else:
        against = _lose_by_joining(game)
    return Property(game, "superadditive", not against, tuple(map(game.members, against)))


def convex(game: CoalitionalGame) -> Property:
    """Return whether every player adds at least as much to a larger coalition.

    Parameters
    ----------
    game : CoalitionalGame
        Up to 20 players.

    Returns
    -------
    Property
        True or false; where it fails, ``.against`` names two coalitions S and T with
        v(S) + v(T) > v(S or T) + v(S and T).

    Raises
    ------
    GameError
        If it is not a coalitional game, or has too many players.

    Examples
    --------
    >>> convex(CoalitionalGame({"A": 0, "B": 0, ("A", "B"): 1})).holds
    True
    """
    require_coalitional(game, "convex")
    values, _ = whole_values(game)
    size = len(game.players)
    for i in range(size):
        without, holding = joined(values, i)
        gains = holding - without
        for j in range(i, size - 1):
            # Player j + 1 has moved down to place j among the others.
            before, after = joined(gains, j)
            if (after < before).any():
                place = int(np.flatnonzero(after < before)[0])
                rest = _widened(_widened(place, j), i)
                pair = rest | 1 << i, rest | 1 << j + 1
                return Property(game, "convex", False, tuple(map(game.members, pair)))
    return Property(game, "convex", True)


def simple(game: CoalitionalGame) -> Property:
    """Return whether coalitions win or lose, all together win, and none loses by growing.

    Parameters
    ----------
    game : CoalitionalGame
        Votes of any size; any other game up to 20 players.

    Returns
    -------
    Property
        True or false; where it fails, ``.against`` names a coalition with another value than 0 and
        1 (or everybody, if not even all together win), or two of which the first wins and the
        second, which contains it, loses.

    Raises
    ------
    GameError
        If it is not a coalitional game, or has too many players.

    Examples
    --------
    >>> simple(CoalitionalGame({"A": 1, "B": 0, ("A", "B"): 0}))
    <simple: False, see A and A+B>
    """
    require_coalitional(game, "simple")
    if game.votes is not None:
        return Property(game, "simple", True)
    table = game.table
    odd = next((mask for mask, value in enumerate(table) if value not in (0, 1)), None)
    if odd is not None:
        return Property(game, "simple", False, (game.members(odd),))
    size = len(game.players)
    for mask, value in enumerate(table):
        for i in range(size):
            if value > table[mask | 1 << i]:
                pair = game.members(mask), game.members(mask | 1 << i)
                return Property(game, "simple", False, pair)
    if not table[-1]:
        return Property(game, "simple", False, (game.players,))
    return Property(game, "simple", True)


def disjoint_winners(votes: Votes, size: int) -> tuple[int, ...]:
    """Return two disjoint coalitions that both win, none if there are none.

    There are none where some rule asks for more than half, or somebody has a veto; otherwise there
    must be one rule.

    Such coalitions exist if and only if some coalition weighs at least the quota and leaves as
    much outside. The sums of weights that coalitions reach are the bits of an integer.
    """
    if votes.vetoes or _majority_needed(votes):
        return ()
    weights, quota = votes.rules[0].whole()
    total = sum(weights)
    reached = [1]
    for weight in weights:
        reached.append(reached[-1] | reached[-1] << weight)
    enough = reached[-1] >> quota & (1 << total - 2 * quota + 1) - 1
    if not enough:
        return ()
    left, mask = quota + (enough & -enough).bit_length() - 1, 0
    for i in reversed(range(size)):
        if not reached[i] >> left & 1:
            mask |= 1 << i
            left -= weights[i]
    return mask, (1 << size) - 1 & ~mask


def _majority_needed(votes: Votes) -> bool:
    """Whether some rule asks for more than half of its weights."""
    return any(2 * rule.quota > sum(rule.weights) for rule in votes.rules)


def _few_sums(votes: Votes) -> bool:
    """Whether there is one rule, and the sums of its weights can be listed."""
    return len(votes.rules) == 1 and sum(votes.rules[0].whole()[0]) < MOST_SUMS


def _lose_by_joining(game: CoalitionalGame) -> tuple[int, ...]:
    values, _ = whole_values(game)
    size = len(game.players)
    everybody = (1 << size) - 1
    masks = sorted(range(1, everybody), key=int.bit_count)
    for mask in with_progress(masks, "comparing"):
        others = _subsets(everybody & ~mask)
        lost = values[others | mask] < values[others] + values[mask]
        if lost.any():
            return mask, int(others[int(lost.argmax())])
    return ()


def _subsets(mask: int) -> Any:
    found = np.zeros(1, dtype=np.int64)
    while mask:
        bit = mask & -mask
        found = np.concatenate([found, found | bit])
        mask ^= bit
    return found


def _widened(place: int, bit: int) -> int:
    """Return a coalition among others as one among all, without the player at a bit."""
    return (place >> bit << bit + 1) | place & (1 << bit) - 1
