r"""The smallest weights that give the same winning coalitions, or a proof that there are none.

Weights w and a quota q describe a simple game if :math:`w(S) \ge q` for its minimal winning
coalitions and :math:`w(S) < q` for its maximal losing ones. Coalitions are kept by how many members
they have of each group of symmetric players, who get equal weights. First a linear programme finds
the largest margin between winning and losing; if it is 0, its prices are a *trade*: winning
coalitions whose members, dealt out anew, make only losing ones (Taylor and Zwicker 1999). Then
whole weights with the smallest sum are found by branch and bound over exact linear programmes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import ceil, prod

from balancegame.errors import GameError
from balancegame.games.coalitional import CoalitionalGame, require_coalitional
from balancegame.solvers.coalitional.player_values import PlayerValues, numbered
from balancegame.solvers.coalitional.roles import symmetric
from balancegame.solvers.coalitional.superadditivity import simple
from balancegame.solvers.normal_form.linear_programs import maximum
from balancegame.solvers.solutions import Explained

# Kinds of coalitions that are compared with each other.
MOST_KINDS = 20_000

# More than any price of a feasible programme: prices are ratios of small determinants.
_NO_PRICE = 10**40

Kind = tuple[int, ...]
Trade = tuple[dict[tuple[str, ...], Fraction], dict[tuple[str, ...], Fraction]]


@dataclass(frozen=True, repr=False)
class SmallestWeights(Explained):
    """Whole weights with the smallest sum that give a game, or a trade that proves there are none.

    It is true if there are weights.

    Attributes
    ----------
    game : CoalitionalGame
    weights : PlayerValues or None
        Equal for symmetric players.
    quota : int or None
    trade : tuple of two mappings
        Where there are none: winning coalitions and losing ones, each with how often it occurs; no
        player is more often in the winning ones, of which there are no fewer.
    """

    game: CoalitionalGame
    weights: PlayerValues | None
    quota: int | None
    trade: Trade = ({}, {})

    def __bool__(self) -> bool:
        return self.weights is not None

    def __repr__(self) -> str:
        if self.weights is None:
            return "<SmallestWeights: none, no weights give these winning coalitions>"
        return f"<SmallestWeights: {numbered(self.weights)}; quota {self.quota}>"


def smallest_weights(game: CoalitionalGame) -> SmallestWeights:
    """Return the smallest whole weights that give the same winning coalitions.

    Parameters
    ----------
    game : CoalitionalGame
        A simple game: votes, or any other of up to 20 players.

    Returns
    -------
    SmallestWeights
        The weights, whose sum is as small as it can be with equal weights for symmetric players,
        and the quota; or, where no weights will do, a trade that proves it.

    Raises
    ------
    GameError
        If the game is not simple, or has too many kinds of coalitions.

    Examples
    --------
    >>> smallest_weights(CoalitionalGame.weighted((50, 49, 1), 51))
    <SmallestWeights: 2, 1, 1; quota 3>
    """
    require_coalitional(game, "smallest_weights")
    verdict = simple(game)
    if not verdict:
        shown = " and ".join("+".join(S) or "nobody" for S in verdict.against)
        raise GameError(f"smallest_weights is for simple games, and this one is not; see {shown}.")
    groups = [[game.player_index(name) for name in group] for group in symmetric(game)]
    kinds = _Kinds(game, groups)
    trade = _trade(kinds)
    if trade is not None:
        return SmallestWeights(game, None, None, trade)
    weights, quota = _fewest(kinds)
    parts = [Fraction(0)] * len(game.players)
    for group, weight in zip(groups, weights, strict=True):
        for i in group:
            parts[i] = Fraction(weight)
    return SmallestWeights(game, PlayerValues(game, parts), quota)


class _Kinds:
    """Coalitions by how many members of each group they have, and which of them matter."""

    def __init__(self, game: CoalitionalGame, groups: Sequence[Sequence[int]]):
        self.game, self.groups = game, groups
        self.sizes = tuple(map(len, groups))
        number = prod(size + 1 for size in self.sizes)
        if number > MOST_KINDS:
            raise GameError(
                f"the coalitions of this game are of {number:,} kinds, and up to {MOST_KINDS:,} "
                "are compared; leave out players."
            )
        every = list(product(*(range(size + 1) for size in self.sizes)))
        wins = {kind: bool(game.at(self.mask(kind))) for kind in every}
        self.winning = [
            kind for kind in every if wins[kind] and not any(wins[k] for k in _smaller(kind))
        ]
        self.losing = [
            kind
            for kind in every
            if not wins[kind] and all(wins[k] for k in _larger(kind, self.sizes))
        ]

    def mask(self, kind: Kind) -> int:
        """Return one coalition of a kind."""
        chosen = (group[:count] for group, count in zip(self.groups, kind, strict=True))
        return sum(1 << i for members in chosen for i in members)


def _trade(kinds: _Kinds) -> Trade | None:
    """Return winning and losing coalitions that no weights can tell apart, None if some can.

    The programme: maximise a margin d with q <= w(S) for winning S, w(S) + d <= q for losing S,
    weights summing to 1 at most.
    """
    groups = len(kinds.sizes)
    rows = [[*(-count for count in kind), 1, 0] for kind in kinds.winning]
    rows += [[*kind, -1, 1] for kind in kinds.losing]
    rows.append([*kinds.sizes, 0, 0])
    matrix = [[Fraction(x) for x in row] for row in rows]
    limits = [Fraction(0)] * (len(rows) - 1) + [Fraction(1)]
    found = maximum([Fraction(0)] * (groups + 1) + [Fraction(1)], matrix, limits)
    if found.value > 0:
        return None
    members, count = kinds.game.members, len(kinds.winning)
    sides = (
        zip(kinds.winning, found.prices[:count], strict=True),
        zip(kinds.losing, found.prices[count:-1], strict=True),
    )
    winning, losing = (
        {members(kinds.mask(kind)): price for kind, price in side if price} for side in sides
    )
    return winning, losing


def _fewest(kinds: _Kinds) -> tuple[list[int], int]:
    """Return whole weights of the smallest sum, and the quota, by branch and bound."""
    groups = len(kinds.sizes)
    rows = [([*kind, -1], 0) for kind in kinds.winning]
    rows += [([*(-count for count in kind), 1], 1) for kind in kinds.losing]
    best: tuple[int, list[int]] | None = None
    pending: list[list[tuple[list[int], int]]] = [[]]
    while pending:
        branch = pending.pop()
        found = _cheapest([*kinds.sizes, 0], [*rows, *branch])
        if found is None or (best is not None and ceil(found[0]) >= best[0]):
            continue
        weights = found[1][:groups]
        broken = next((k for k, weight in enumerate(weights) if weight.denominator > 1), None)
        if broken is None:
            best = int(found[0]), [int(weight) for weight in weights]
            continue
        unit = [int(k == broken) for k in range(groups + 1)]
        above = ceil(weights[broken])
        pending.append([*branch, (unit, above)])
        pending.append([*branch, ([-x for x in unit], 1 - above)])
    assert best is not None, "weights with a margin can be scaled until they are whole"
    weights_found = best[1]
    lost = (sum(w * c for w, c in zip(weights_found, kind, strict=True)) for kind in kinds.losing)
    return weights_found, max(lost) + 1


def _cheapest(
    costs: Sequence[int], rows: Sequence[tuple[Sequence[int], int]]
) -> tuple[Fraction, tuple[Fraction, ...]] | None:
    """Return the least cost of numbers x >= 0 with ``row . x >= limit`` for all rows, and them.

    They are the prices of the dual programme, which starts from 0. Its variables are bounded by
    one more row, whose price shows that there are no such numbers.
    """
    dual = [[Fraction(row[k]) for row, _ in rows] for k in range(len(costs))]
    dual.append([Fraction(1)] * len(rows))
    found = maximum(
        [Fraction(limit) for _, limit in rows], dual, [*map(Fraction, costs), Fraction(_NO_PRICE)]
    )
    return None if found.prices[-1] else (found.value, found.prices[:-1])


def _smaller(kind: Kind) -> Iterator[Kind]:
    for k, count in enumerate(kind):
        if count:
            yield (*kind[:k], count - 1, *kind[k + 1 :])


def _larger(kind: Kind, sizes: Kind) -> Iterator[Kind]:
    for k, (count, size) in enumerate(zip(kind, sizes, strict=True)):
        if count < size:
            yield (*kind[:k], count + 1, *kind[k + 1 :])
