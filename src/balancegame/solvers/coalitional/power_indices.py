"""Indices of power that look at minimal winning coalitions, or at critical members.

Deegan and Packel (1978): every minimal winning coalition is as likely as any other, and its members
share equally. Holler (1982), the public good index: its members all enjoy the same, so only the
number of minimal winning coalitions counts. Johnston (1978): every coalition with critical members
counts, and these share equally.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from balancegame.games.coalitional import CoalitionalGame, require_coalitional
from balancegame.solvers.coalitional.minimal_winning import minimal_winning
from balancegame.solvers.coalitional.player_values import PlayerValues
from balancegame.solvers.coalitional.vulnerable import critical_parts
from balancegame.solvers.solutions import Explained


class DeeganPackel(PlayerValues, Explained):
    """The Deegan-Packel index: a number for each player, summing to 1."""


class Johnston(PlayerValues, Explained):
    """The Johnston index: a number for each player, summing to 1."""


class Holler(PlayerValues, Explained):
    """The Holler (public good) index: a number for each player, summing to 1."""


def deegan_packel(game: CoalitionalGame) -> DeeganPackel:
    """Return the Deegan-Packel index of a simple game.

    Parameters
    ----------
    game : CoalitionalGame
        Votes of up to 100 members or so; with several rules about uneven weights of up to 30, of
        more where the weights are small. Any other simple game up to 20 players.

    Returns
    -------
    DeeganPackel
        A tuple with a number for each player; also found by name.

    Raises
    ------
    GameError
        If the game is not simple, or its coalitions are too many to count.

    Examples
    --------
    >>> [str(x) for x in deegan_packel(CoalitionalGame.weighted((3, 2, 1), 4))]
    ['1/2', '1/4', '1/4']
    """
    require_coalitional(game, "deegan_packel")
    found = minimal_winning(game, "the Deegan-Packel index")
    shares = [
        sum((Fraction(number, size) for size, number in enumerate(held) if number), Fraction(0))
        for held in found
    ]
    return DeeganPackel(game, _shared(shares))


def holler(game: CoalitionalGame) -> Holler:
    """Return the Holler (public good) index of a simple game.

    Parameters
    ----------
    game : CoalitionalGame
        As for :func:`deegan_packel`.

    Returns
    -------
    Holler
        A tuple with a number for each player; also found by name.

    Raises
    ------
    GameError
        If the game is not simple, or its coalitions are too many to count.

    Examples
    --------
    >>> [str(x) for x in holler(CoalitionalGame.weighted((3, 1, 1, 1), 4))]
    ['1/2', '1/6', '1/6', '1/6']
    """
    require_coalitional(game, "holler")
    found = minimal_winning(game, "the Holler index")
    return Holler(game, _shared([Fraction(sum(held)) for held in found]))


def johnston(game: CoalitionalGame) -> Johnston:
    """Return the Johnston index of a simple game.

    Parameters
    ----------
    game : CoalitionalGame
        As for :func:`deegan_packel`.

    Returns
    -------
    Johnston
        A tuple with a number for each player; also found by name.

    Raises
    ------
    GameError
        If the game is not simple, or its coalitions are too many to count.

    Examples
    --------
    >>> [str(x) for x in johnston(CoalitionalGame.weighted((3, 2, 1), 4))]
    ['2/3', '1/6', '1/6']
    """
    require_coalitional(game, "johnston")
    return Johnston(game, _shared(critical_parts(game, "the Johnston index")))


def _shared(amounts: Sequence[Fraction]) -> list[Fraction]:
    total = sum(amounts, Fraction(0))
    return [amount / total if total else Fraction(0) for amount in amounts]
