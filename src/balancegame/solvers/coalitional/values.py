r"""The Shapley value and the Banzhaf value.

A player's *marginal contribution* to a coalition S is :math:`v(S \cup i) - v(S)`. The Shapley value
(Shapley 1953; of votes Shapley and Shubik 1954) is its average over all orders in which the players
may come together, the Banzhaf value (Penrose 1946; Banzhaf 1965) over all coalitions of the others:

.. math:: \phi_i = \sum_S \frac{s! (n - s - 1)!}{n!} (v(S \cup i) - v(S)), \qquad
          \beta_i = \frac{1}{2^{n - 1}} \sum_S (v(S \cup i) - v(S)).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial
from typing import Any

from balancegame.games.coalitional import CoalitionalGame, require_coalitional
from balancegame.solvers.coalitional.marginals import marginal_sums
from balancegame.solvers.coalitional.player_values import PlayerValues, numbered
from balancegame.solvers.solutions import Explained


class Shapley(PlayerValues, Explained):
    """The Shapley value: a number for each player, in the order of the players."""


@dataclass(frozen=True, repr=False)
class Banzhaf(Explained):
    """The Banzhaf value, and the index of power that follows from it.

    Attributes
    ----------
    game : CoalitionalGame
    swings : tuple
        The sum of each player's marginal contributions: of votes the number of coalitions that the
        player turns from losing to winning.
    raw : PlayerValues
        The average marginal contribution: of votes the chance that the player decides.
    normalised : PlayerValues
        Each player's part of all swings; 0 for everybody if there are none.
    """

    game: CoalitionalGame
    swings: tuple[Fraction, ...]

    @property
    def raw(self) -> PlayerValues:
        """The average marginal contribution over all coalitions of the others."""
        coalitions = 2 ** (len(self.swings) - 1)
        return PlayerValues(self.game, (swing / Fraction(coalitions) for swing in self.swings))

    @property
    def normalised(self) -> PlayerValues:
        """Each player's part of all swings."""
        swings = _whole(self.swings)
        total = _total(swings)
        return PlayerValues(
            self.game, (_quotient(x, total) if total else Fraction(0) for x in swings)
        )

    def __repr__(self) -> str:
        return f"<Banzhaf: swings {numbered(self.swings[:12])}{self._more()}>"

    def _more(self) -> str:
        return ", ..." if len(self.swings) > 12 else ""


def shapley(game: CoalitionalGame) -> Shapley:
    """Return the Shapley value, of votes also called the Shapley-Shubik index.

    Parameters
    ----------
    game : CoalitionalGame
        Votes of up to 100 members or so, whose coalitions are counted and not listed; any other
        game up to 20 players.

    Returns
    -------
    Shapley
        A tuple with a number for each player; ``value["Japan"]`` finds one by name.

    Raises
    ------
    GameError
        If it is not a coalitional game, or its coalitions are too many to count.

    Notes
    -----
    Terms of the glossary:

    pivotal
        of a member who joins: it turns a losing coalition into a winning one
    Shapley value
        what a player adds to those who came before it, on average over all orders
    Shapley-Shubik index
        the Shapley value of a vote: how often a member is pivotal

    Examples
    --------
    >>> game = CoalitionalGame.weighted((4, 3, 2), 5)
    >>> [str(part) for part in shapley(game)]
    ['1/3', '1/3', '1/3']
    """
    require_coalitional(game, "shapley")
    n = len(game.players)
    weights, orders = [factorial(s) * factorial(n - s - 1) for s in range(n)], factorial(n)
    return Shapley(
        game,
        (
            _quotient(_total([w * x for w, x in zip(weights, _whole(s), strict=True)]), orders)
            for s in marginal_sums(game)
        ),
    )


def banzhaf(game: CoalitionalGame) -> Banzhaf:
    """Return the Banzhaf value: swings, raw and normalised.

    Parameters
    ----------
    game : CoalitionalGame
        As for :func:`shapley`.

    Returns
    -------
    Banzhaf

    Raises
    ------
    GameError
        If it is not a coalitional game, or its coalitions are too many to count.

    Notes
    -----
    Terms of the glossary:

    a priori (a-priori)
        of an index of power: it knows the rules, but not what anybody wants
    Banzhaf index
        of a vote: in which part of all swings a member is the one who turns losing into winning

    Examples
    --------
    >>> found = banzhaf(CoalitionalGame.weighted((3, 2, 1), 4, ("A", "B", "C")))
    >>> [int(x) for x in found.swings], str(found.normalised["A"])
    ([3, 1, 1], '3/5')
    """
    require_coalitional(game, "banzhaf")
    swings = (_quotient(_total(_whole(sums)), 1) for sums in marginal_sums(game))
    return Banzhaf(game, tuple(swings))


def _whole(sums: Sequence[Any]) -> Sequence[Any]:
    """Return numbers as integers if all are whole, as of votes: sums of them are quicker."""
    if all(isinstance(x, Fraction) and x.denominator == 1 for x in sums):
        return [x.numerator for x in sums]
    return sums


def _total(numbers: Sequence[Any]) -> Any:
    """Return a sum, of integers as an integer."""
    return sum(numbers) if {*map(type, numbers)} <= {int} else sum(numbers, Fraction(0))


def _quotient(number: Any, divisor: Any) -> Any:
    """Return an exact quotient, of integers as of other numbers."""
    if type(number) is type(divisor) is int:
        return Fraction(number, divisor)
    return number / divisor
