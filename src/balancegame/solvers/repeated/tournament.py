"""Round-robin tournaments of automata: exact payoffs of every pair, and evolution among them.

Everybody meets everybody, itself included, in both roles; a score is the average of the two. Rows
of the table are whose payoff it is, columns whom it met.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.games.automata import Automaton
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.repeated import RepeatedGame, require_repeated
from balancegame.solvers.normal_form.dynamics import replicator_dynamics
from balancegame.solvers.repeated.joint_play import discounted_payoffs


@dataclass(frozen=True, repr=False)
class Tournament:
    """What every automaton gets against every other.

    Attributes
    ----------
    names : tuple of str
    payoffs : tuple of tuple of Fraction
        Of the row's automaton against the column's, averaged over both roles.
    """

    names: tuple[str, ...]
    payoffs: tuple[tuple[Fraction, ...], ...]

    @property
    def scores(self) -> dict[str, Fraction]:
        """The average over all opponents, highest first."""
        totals = (sum(row, Fraction(0)) for row in self.payoffs)
        means = {n: total / len(self.names) for n, total in zip(self.names, totals, strict=True)}
        return dict(sorted(means.items(), key=lambda entry: -entry[1]))

    def evolution(self, start: Sequence[float] = (), periods: int = 100) -> Any:
        """Return shares of the population over time, an array of shape (periods, automata).

        Replicator dynamics of the table, from equal shares unless others are given: two
        populations that are alike now remain so.
        """
        import numpy as np

        count = len(self.names)
        if start and len(start) != count:
            raise GameError(f"there are {len(start)} shares; give {count}, one for each automaton.")
        weights = [exact(share, "a share") for share in start or [1] * count]
        if min(weights) < 0 or not any(weights):
            raise GameError(
                "no share may be negative, and one must be more than 0; give other shares."
            )
        shares = [weight / sum(weights) for weight in weights]
        table = NormalFormGame([self.payoffs, tuple(zip(*self.payoffs, strict=True))])
        path = replicator_dynamics(table, [shares, shares], periods, periods - 1)
        return np.array([first for first, _ in path.strategies])

    def __repr__(self) -> str:
        width = max(map(len, self.names))
        lines = [f"  {name:<{width}}  {plain(score)}" for name, score in self.scores.items()]
        return "\n".join(["<Tournament, average payoff against all:", *lines]) + ">"


def round_robin(
    game: RepeatedGame, automata: Sequence[Automaton] | Mapping[str, Automaton]
) -> Tournament:
    """Return what each automaton gets against each, exactly, in both roles.

    Parameters
    ----------
    game : RepeatedGame
        Of two players.
    automata : sequence of Automaton, or mapping from names

    Examples
    --------
    >>> from balancegame.games.normal_form import NormalFormGame
    >>> from balancegame.games.reciprocity import always, grim_trigger
    >>> stage = NormalFormGame(
    ...     [[[3, 0], [5, 1]], [[3, 5], [0, 1]]], actions=(("C", "D"), ("C", "D"))
    ... )
    >>> grim = grim_trigger(("C", "C"), ("D", "D"))
    >>> round_robin(RepeatedGame(stage, "1/2"), [grim, always("D")]).payoffs
    ((Fraction(3, 1), Fraction(1, 2)), (Fraction(3, 1), Fraction(1, 1)))
    """
    game = require_repeated(game, "round_robin")
    if len(game.players) != 2:
        raise GameError(f"a tournament is for two players; this game has {len(game.players)}.")
    if not isinstance(automata, Mapping):
        listed = list(automata)
        automata = {automaton.name: automaton for automaton in listed}
        if len(automata) < len(listed):
            raise GameError("two automata have the same name; give a mapping from other names.")
    if not automata:
        raise GameError("there is no automaton; give at least one.")
    met = [[discounted_payoffs(game, (a, b)) for b in automata.values()] for a in automata.values()]
    roles = range(len(met))
    table = tuple(tuple((met[j][k][0] + met[k][j][1]) / 2 for k in roles) for j in roles)
    return Tournament(tuple(automata), table)
