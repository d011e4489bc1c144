r"""Correlated equilibria: a mediator recommends, and obeying is best for everyone.

A distribution p on the combinations of actions is a correlated equilibrium (Aumann 1974) if nobody
who is advised to take an action gains by taking another:

.. math:: \sum_{a_{-i}} p(a, a_{-i}) \bigl(u_i(a, a_{-i}) - u_i(a', a_{-i})\bigr) \ge 0
          \quad \text{for every player } i \text{ and actions } a, a'.

These *obedience constraints* are linear, so the best correlated equilibrium for any weighting of
payoffs is a vertex that linear programming finds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import permutations
from types import MappingProxyType

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.games.normal_form import NormalFormGame, require_numbers
from balancegame.solvers.normal_form.linear_programs import maximum_by_search
from balancegame.solvers.solutions import Explained
from balancegame.wording import or_list

Cell = tuple[int, ...]


@dataclass(frozen=True)
class Obedience:
    """What a player advised to take one action would lose by taking another; never negative.

    The loss is weighted by the probability of this advice.
    """

    player: str
    told: str
    instead: str
    loss: Fraction

    @property
    def binds(self) -> bool:
        """Whether the player is indifferent."""
        return not self.loss


@dataclass(frozen=True, repr=False)
class CorrelatedEquilibrium(Explained):
    """A distribution on the combinations of actions that everyone obeys.

    Attributes
    ----------
    distribution : mapping of tuple of str to Fraction
        Combinations of actions with positive probability.
    payoffs : tuple of Fraction
    aim : str
        What was maximised or minimised.
    constraints : tuple of Obedience
        For every action that is recommended with positive probability.
    """

    game: NormalFormGame = field(compare=False)
    distribution: Mapping[tuple[str, ...], Fraction]
    payoffs: tuple[Fraction, ...]
    aim: str
    constraints: tuple[Obedience, ...]

    def __hash__(self) -> int:
        return hash((frozenset(self.distribution.items()), self.aim))

    def __repr__(self) -> str:
        parts = ", ".join(f"({', '.join(c)}) {plain(p)}" for c, p in self.distribution.items())
        return f"<CorrelatedEquilibrium: {parts}; payoffs {', '.join(map(plain, self.payoffs))}>"


def correlated_equilibrium(
    game: NormalFormGame, maximize: str | int | None = "welfare", minimize: str | int | None = None
) -> CorrelatedEquilibrium:
    """Return a correlated equilibrium that is best for all together, or best or worst for one.

    Parameters
    ----------
    game : NormalFormGame
        Of any number of players.
    maximize, minimize : "welfare" or a player
        Welfare is the sum of payoffs. To minimise, give ``minimize`` alone.

    Returns
    -------
    CorrelatedEquilibrium
        A vertex of the set of correlated equilibria, exact and certified by dual prices.

    Examples
    --------
    >>> chicken = NormalFormGame([[[6, 2], [7, 0]], [[6, 7], [2, 0]]])
    >>> found = correlated_equilibrium(chicken)
    >>> [str(p) for p in found.distribution.values()], [str(u) for u in found.payoffs]
    (['1/2', '1/4', '1/4'], ['21/4', '21/4'])
    >>> [str(u) for u in correlated_equilibrium(chicken, minimize="player 1").payoffs]
    ['2', '7']
    """
    require_numbers(game, "correlated_equilibrium")
    aim = maximize if minimize is None else minimize
    if minimize is not None and maximize not in (None, "welfare"):
        raise GameError("a correlated equilibrium has one aim; give maximize or minimize.")
    if aim == "welfare":
        whom, players = "all together", range(len(game.players))
    elif aim is None or (isinstance(aim, str) and aim not in game.players):
        raise GameError(f'{aim!r} is no aim; give "welfare" or a player: {or_list(game.players)}.')
    else:
        i = game.player_index(aim)
        whom, players = game.players[i], range(i, i + 1)
    verb, sign = ("best", 1) if minimize is None else ("worst", -1)
    cells = list(game.cells())
    weights = [sign * sum((game.at(i, cell) for i in players), Fraction(0)) for cell in cells]
    # Raised above 0, the objective is best with all probability spent, so that no equation is left.
    lift = 1 - min(weights)
    rows, limits = _constraints(game, cells)
    found = maximum_by_search([w + lift for w in weights], rows, limits)
    used = {cell: p for cell, p in zip(cells, found.point, strict=True) if p}
    return CorrelatedEquilibrium(
        game,
        MappingProxyType({game.outcome(cell): p for cell, p in used.items()}),
        tuple(
            sum((p * game.at(i, cell) for cell, p in used.items()), Fraction(0))
            for i in range(len(game.players))
        ),
        f"{verb} for {whom}",
        obedience(game, used),
    )


def obedience(
    game: NormalFormGame, probabilities: Mapping[Cell, Fraction]
) -> tuple[Obedience, ...]:
    """Return what each disobedience would cost, for recommendations of positive probability."""
    losses: dict[tuple[int, int, int], Fraction] = {}
    for cell, p in probabilities.items():
        for i in range(len(cell)):
            for deviation in game.deviations(i, cell):
                key = (i, cell[i], deviation[i])
                loss = game.at(i, cell) - game.at(i, deviation)
                losses[key] = losses.get(key, Fraction(0)) + p * loss
    return tuple(
        Obedience(game.players[i], game.actions[i][a], game.actions[i][b], losses[i, a, b])
        for i, a, b in sorted(losses)
    )


def _constraints(
    game: NormalFormGame, cells: list[Cell]
) -> tuple[list[list[Fraction]], list[Fraction]]:
    """Return a row for each player, action and other action, and one for the sum."""
    rows: dict[tuple[int, int, int], list[Fraction]] = {
        (i, a, b): [Fraction(0)] * len(cells)
        for i, size in enumerate(game.shape)
        for a, b in permutations(range(size), 2)
    }
    for k, cell in enumerate(cells):
        for i in range(len(cell)):
            for deviation in game.deviations(i, cell):
                gain = game.at(i, deviation) - game.at(i, cell)
                rows[i, cell[i], deviation[i]][k] = gain
    ones = [Fraction(1)] * len(cells)
    return [*rows.values(), ones], [*[Fraction(0)] * len(rows), Fraction(1)]
