r"""The nucleolus (Schmeidler 1969): the split under which the coalitions that miss most miss least.

Among splits that give each player at least what it is worth alone, the nucleolus makes the largest
excess as small as possible, then the second largest, and so on. At each *level* a balanced
collection proves that no split does better: its coalitions have weights of more than 0 that cover
every player equally often, but for players held to what they are worth alone and sums settled at
earlier levels. So a smaller excess of one of them means a larger one of another. That the split is
the nucleolus if and only if the coalitions above each excess are balanced in this way is Kohlberg's
criterion (1971).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.games.coalitional import CoalitionalGame, require_coalitional
from balancegame.solvers.coalitional.least_excess import LeastExcess, Programme
from balancegame.solvers.coalitional.player_values import PlayerValues
from balancegame.solvers.solutions import Explained


@dataclass(frozen=True)
class Level:
    """One level of the nucleolus: an excess, and the balanced collection that proves it least.

    Attributes
    ----------
    excess : Fraction
    collection : mapping of tuple of str to Fraction
        Coalitions, all of this excess, with weights that sum to 1.
    individual : mapping of str to Fraction
        Players who get no more than they are worth alone, with their weights.
    """

    excess: Fraction
    collection: Mapping[tuple[str, ...], Fraction]
    individual: Mapping[str, Fraction]


class Nucleolus(PlayerValues, Explained):
    """The nucleolus: a number for each player, and the levels that prove it."""

    levels: tuple[Level, ...] = ()


def nucleolus(game: CoalitionalGame) -> Nucleolus:
    """Return the nucleolus, with a balanced collection for each level as its certificate.

    Parameters
    ----------
    game : CoalitionalGame
        Up to 20 players, all of whose coalitions are listed; 12 take a second or so.

    Returns
    -------
    Nucleolus
        A tuple with a number for each player; ``.levels`` are the certificate.

    Raises
    ------
    GameError
        If the players together are worth less than each of them alone, so that there is no split
        to choose from, or there are too many players.

    Examples
    --------
    >>> estate = CoalitionalGame(
    ...     lambda S: max(0, 200 - sum(c for c in (100, 200, 300) if f"claim {c}" not in S)),
    ...     players=("claim 100", "claim 200", "claim 300"),
    ... )
    >>> [str(part) for part in nucleolus(estate)]
    ['50', '75', '75']
    """
    require_coalitional(game, "nucleolus")
    alone = sum((game.at(1 << i) for i in range(len(game.players))), Fraction(0))
    if alone > game.at(game.everybody):
        raise GameError(
            f"alone the players are worth {plain(alone)}, together only "
            f"{plain(game.at(game.everybody))}, so no split gives everybody enough and there is no "
            "nucleolus."
        )
    levels, split = [], (game.at(1),)
    for level in _levels(game):
        split = level.split
        levels.append(
            Level(
                level.excess,
                {game.members(mask): weight for mask, weight in level.weights.items()},
                {game.members(mask)[0]: weight for mask, weight in level.individual.items()},
            )
        )
    found = Nucleolus(game, split)
    found.levels = tuple(levels)
    return found


def _levels(game: CoalitionalGame) -> Iterator[LeastExcess]:
    if len(game.players) == 1:
        return
    programme = Programme(game, individual=True)
    while True:
        found = programme.solve()
        yield found
        if programme.settle(found):
            return
