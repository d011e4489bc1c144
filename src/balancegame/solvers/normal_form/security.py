r"""What a player can secure alone: maxmin and minmax, and the value of a zero-sum game.

- The *maxmin* of player i is the most that i can be sure of by mixing:
  :math:`\max_{x_i} \min_{a_{-i}} u_i(x_i, a_{-i})`.
- The *minmax* is the least to which the others can hold i if they may coordinate:
  :math:`\min_{y} \max_{a_i} u_i(a_i, y)` over distributions y on the others' combined actions.

The two are equal (von Neumann 1928). Three or more players who mix *independently* may be unable
to hold i down so far; that other minmax is no linear programme and is not computed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.games.normal_form import NormalFormGame, Strategy, require_numbers
from balancegame.solvers.normal_form.best_response import against_others
from balancegame.solvers.normal_form.linear_programs import maximum
from balancegame.solvers.solutions import Explained, Solutions
from balancegame.wording import and_list


@dataclass(frozen=True, repr=False)
class SecurityLevel(Explained):
    """What one player can secure, and how the others can hold the player to it.

    ``strategy`` secures the maxmin. ``against`` lists actions of the others, in the order of the
    players, with the probabilities that hold the player to the minmax. If nobody may mix,
    ``pure_strategy`` secures ``pure_maxmin``.
    """

    game: NormalFormGame = field(compare=False)
    player: str
    maxmin: Fraction
    strategy: Strategy
    minmax: Fraction
    against: tuple[tuple[tuple[str, ...], Fraction], ...]
    pure_maxmin: Fraction
    pure_minmax: Fraction
    pure_strategy: str

    def __repr__(self) -> str:
        return f"<SecurityLevel of {self.player}: {plain(self.maxmin)}>"


class SecurityLevels(Solutions[SecurityLevel]):
    """What each player of a game can secure, in the order of the players."""

    __slots__ = ()


@dataclass(frozen=True, repr=False)
class ZeroSumValue(Explained):
    """The value to the first player of a game whose payoffs have one sum, and optimal strategies.

    In a zero-sum game the ``total`` is 0; the second player gets the total less the value.
    """

    game: NormalFormGame = field(compare=False)
    value: Fraction
    strategies: tuple[Strategy, Strategy]
    total: Fraction = Fraction(0)

    def __repr__(self) -> str:
        return f"<ZeroSumValue: {plain(self.value)} to {self.game.players[0]}>"


def security_levels(game: NormalFormGame) -> SecurityLevels:
    """Return for each player what the player can secure in mixed strategies, and how.

    Parameters
    ----------
    game : NormalFormGame
        Of any number of players.

    Returns
    -------
    SecurityLevels
        A tuple of SecurityLevel, in the order of the players.

    Examples
    --------
    >>> pennies = NormalFormGame([[[3, -1], [-1, 1]], [[-3, 1], [1, -1]]])
    >>> [(str(level.maxmin), str(level.pure_maxmin)) for level in security_levels(pennies)]
    [('1/3', '-1'), ('-1/3', '-1')]
    """
    require_numbers(game, "security_levels")
    return SecurityLevels(_level(game, i) for i in range(len(game.players)))


def zero_sum_value(game: NormalFormGame) -> ZeroSumValue:
    """Return the value of a zero-sum game of two players and optimal strategies.

    Payoffs that have another sum everywhere, such as shares of 100, are opposed in the same way.

    Raises
    ------
    GameError
        If there are not two players, or their payoffs do not have the same sum everywhere.

    Notes
    -----
    Terms of the glossary:

    value of a game (value of the game)
        of a zero-sum game: what the first side can be sure to get, and the other not to exceed
    zero-sum
        of a game: what one side loses, the other gains

    Examples
    --------
    >>> found = zero_sum_value(NormalFormGame([[[3, -1], [-1, 1]], [[-3, 1], [1, -1]]]))
    >>> str(found.value), [[str(p) for p in strategy] for strategy in found.strategies]
    ('1/3', [['1/3', '2/3'], ['1/3', '2/3']])
    """
    if len(require_numbers(game, "zero_sum_value").players) != 2:
        raise GameError(
            f"zero_sum_value takes games of 2 players and this one has {len(game.players)}; use "
            "security_levels(game)."
        )
    start, *others = game.cells()
    total = sum(game.payoffs_at(start), Fraction(0))
    for cell in others:
        other = sum(game.payoffs_at(cell), Fraction(0))
        if other != total:
            raise GameError(
                f"the payoffs sum to {plain(total)} at {and_list(game.outcome(start))} and to "
                f"{plain(other)} at {and_list(game.outcome(cell))}, so interests are not strictly "
                "opposed; use security_levels(game)."
            )
    value, first, second = matrix_value(game.payoffs[0])
    return ZeroSumValue(game, value, (first, second), total)


def matrix_value(matrix: Sequence[Sequence[Fraction]]) -> tuple[Fraction, Strategy, Strategy]:
    """Return the value of a matrix to the chooser of rows, with optimal mixtures of both.

    With every entry raised to at least 1, z >= 0 with matrix z <= 1 and the largest sum is the
    column chooser's mixture divided by the value; the prices are the row chooser's (Dantzig 1951).
    """
    lift = 1 - min(entry for row in matrix for entry in row)
    lifted = [[entry + lift for entry in row] for row in matrix]
    one = Fraction(1)
    found = maximum([one] * len(matrix[0]), lifted, [one] * len(matrix))
    return (
        1 / found.value - lift,
        tuple(y / found.value for y in found.prices),
        tuple(z / found.value for z in found.point),
    )


def _level(game: NormalFormGame, player: int) -> SecurityLevel:
    matrix = against_others(game, player)
    value, own, held = matrix_value(matrix)
    names = product(*(actions for i, actions in enumerate(game.actions) if i != player))
    worst = [min(row) for row in matrix]
    return SecurityLevel(
        game,
        game.players[player],
        value,
        own,
        value,
        tuple((others, p) for others, p in zip(names, held, strict=True) if p),
        max(worst),
        min(max(column) for column in zip(*matrix, strict=True)),
        game.actions[player][worst.index(max(worst))],
    )
