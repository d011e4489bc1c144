"""Finitely repeated games: backward induction over the pure equilibria of the stage.

In the last period a pure equilibrium of the stage game is played. Before it, a profile can be
played with some continuation if and only if nobody gains by departing from it, when departing
leads to the worst continuation for whoever departs (Benoit and Krishna 1985, "Finitely repeated
games"). Payoffs are sums, the payoff of period t counted delta^t times.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.games.repeated import RepeatedGame, require_repeated

MOST_OUTCOMES = 20_000

Payoffs = tuple[Fraction, ...]


@dataclass(frozen=True)
class FiniteOutcome:
    """A payoff of a finitely repeated game and a path of play that leads to it.

    Attributes
    ----------
    payoffs : tuple of Fraction
        The discounted sum of each player.
    path : tuple of tuple of str
        A profile a period.
    """

    payoffs: Payoffs
    path: tuple[tuple[str, ...], ...]


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
    size = len(stage.players)
    gains = {cell: _gains(game, cell) for cell in stage.cells()}
    found: dict[Payoffs, tuple[tuple[str, ...], ...]] = {(Fraction(0),) * size: ()}
    for _ in range(periods):
        if not found:
            break
        worst = [min(payoffs[i] for payoffs in found) for i in range(size)]
        reached: dict[Payoffs, tuple[tuple[str, ...], ...]] = {}
        for cell, gain in gains.items():
            profile = tuple(n[a] for n, a in zip(stage.actions, cell, strict=True))
            for later, path in found.items():
                if all(patience * (later[i] - worst[i]) >= gain[i] for i in range(size)):
                    payoffs = tuple(stage.at(i, cell) + patience * later[i] for i in range(size))
                    reached.setdefault(payoffs, (profile, *path))
        if len(reached) > MOST_OUTCOMES:
            raise GameError(
                f"there are more than {MOST_OUTCOMES} equilibrium payoffs; take fewer periods."
            )
        found = reached
    return tuple(FiniteOutcome(payoffs, found[payoffs]) for payoffs in sorted(found))


def _gains(game: RepeatedGame, cell: tuple[int, ...]) -> Payoffs:
    """Return what each player could gain at once by departing from a profile."""
    stage = game.stage
    return tuple(
        max(stage.at(i, (*cell[:i], a, *cell[i + 1 :])) for a in range(stage.shape[i]))
        - stage.at(i, cell)
        for i in range(len(stage.players))
    )
