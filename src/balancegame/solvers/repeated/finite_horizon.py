"""Finitely repeated games: backward induction over the pure equilibria of the stage.

In the last period a pure equilibrium of the stage game is played. Before it, a profile can be
played with some continuation if and only if nobody gains by departing from it, when departing
leads to the worst continuation for whoever departs (Benoit and Krishna 1985, "Finitely repeated
games"). A payoff in period t counts delta^t times, and payoffs are added up.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.games.automata import named
from balancegame.games.repeated import RepeatedGame, require_repeated

MOST_OUTCOMES = 20_000

Payoffs = tuple[Fraction, ...]
# A profile for each period.
Path = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class FiniteOutcome:
    """A payoff of a finitely repeated game and a path of play that leads to it.

    Attributes
    ----------
    payoffs : tuple of Fraction
        The discounted sum of each player.
    path : tuple of tuple of str
        A profile for each period.
    """

    payoffs: Payoffs
    path: Path


def finitely_repeated(game: RepeatedGame, periods: Any) -> tuple[FiniteOutcome, ...]:
    """Return every payoff of a subgame-perfect equilibrium in pure strategies.

    Parameters
    ----------
    game : RepeatedGame
        The stage game and what a later period counts.
    periods : int
        How many periods there are.

    Returns
    -------
    tuple of FiniteOutcome
        A path for each payoff, in increasing order of payoffs; empty if the stage game has no
        equilibrium in pure strategies.

    Raises
    ------
    GameError
        If the periods are not a positive whole number, or there are too many payoffs to list.

    Examples
    --------
    >>> from balancegame.games.normal_form import NormalFormGame
    >>> stage = NormalFormGame(
    ...     [[[3, 0], [5, 1]], [[3, 5], [0, 1]]], actions=(("C", "D"), ("C", "D"))
    ... )
    >>> [outcome.path for outcome in finitely_repeated(RepeatedGame(stage, "1/2"), 3)]
    [(('D', 'D'), ('D', 'D'), ('D', 'D'))]
    """
    game = require_repeated(game, "finitely_repeated")
    if not isinstance(periods, int) or isinstance(periods, bool) or periods < 1:
        raise GameError(f"{periods!r} is not a number of periods; give a whole number from 1.")
    stage, patience = game.stage, game.patience
    players = range(len(stage.players))
    now = {cell: [stage.at(i, cell) for i in players] for cell in stage.cells()}
    # What each player gets at once by the best departure from a profile.
    best = {
        cell: [
            max(now[(*cell[:i], a, *cell[i + 1 :])][i] for a in range(stage.shape[i]))
            for i in players
        ]
        for cell in now
    }
    found: dict[Payoffs, Path] = {tuple(Fraction(0) for _ in players): ()}
    for _ in range(periods):
        worst = [min(payoffs) for payoffs in zip(*found, strict=True)]
        reached: dict[Payoffs, Path] = {}
        for cell, own in now.items():
            for later, path in found.items():
                payoffs = tuple(u + patience * w for u, w in zip(own, later, strict=True))
                punished = [u + patience * w for u, w in zip(best[cell], worst, strict=True)]
                if all(kept >= gone for kept, gone in zip(payoffs, punished, strict=True)):
                    reached.setdefault(payoffs, (named(stage, cell), *path))
        if len(reached) > MOST_OUTCOMES:
            raise GameError(
                f"there are more than {MOST_OUTCOMES} equilibrium payoffs; take fewer periods."
            )
        found = reached
    return tuple(FiniteOutcome(payoffs, found[payoffs]) for payoffs in sorted(found))
