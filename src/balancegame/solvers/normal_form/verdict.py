"""Whether a profile is an equilibrium, and what each player would gain by deviating.

A profile is a Nash equilibrium if and only if no player has an action that yields more than the
player's strategy does, given the strategies of the others. The most that a player could gain is
the player's *regret*; it is zero for everyone exactly at an equilibrium.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from balancegame.exact import plain
from balancegame.games.normal_form import NormalFormGame, Profile, require_numbers
from balancegame.games.rounded_mixtures import exact_mixture
from balancegame.solvers.normal_form.best_response import action_payoffs
from balancegame.solvers.normal_form.nash import Equilibrium
from balancegame.solvers.solutions import Explained


@dataclass(frozen=True, repr=False)
class Verdict(Explained):
    """Whether a profile is an equilibrium, and why.

    The regrets are the most that each player could gain. ``deviations`` are actions that yield
    each player most; at zero regret one that the player plays.
    """

    game: NormalFormGame
    profile: Profile
    payoffs: tuple[Fraction, ...]
    regrets: tuple[Fraction, ...]
    deviations: tuple[str, ...]
    # Players whose probabilities were rounded, and were read as the exact ones near them.
    rounded: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nobody can gain by deviating."""
        return not any(self.regrets)

    def __bool__(self) -> bool:
        return self.holds

    def __repr__(self) -> str:
        each = zip(self.game.players, self.regrets, self.deviations, strict=True)
        regrets = ", ".join(
            f"{player} {plain(regret)} ({action})" if regret else f"{player} 0"
            for player, regret, action in each
        )
        return f"<Verdict: {'holds' if self.holds else 'fails'}; regrets {regrets}>"


def profile_verdict(game: NormalFormGame, profile: Any) -> Verdict:
    """Return whether a profile is an equilibrium and what each player would gain by deviating."""
    if not isinstance(profile, Equilibrium):
        require_numbers(game, "verify")
    entries, rounded = _unrounded(game, profile)
    strategies = game.profile(entries)
    payoffs, regrets, deviations = [], [], []
    for i, strategy in enumerate(strategies):
        values = action_payoffs(game, i, strategies)
        payoff = sum((p * v for p, v in zip(strategy, values, strict=True)), Fraction(0))
        best = max(range(len(values)), key=lambda a: (values[a], bool(strategy[a]), -a))
        payoffs.append(payoff)
        regrets.append(values[best] - payoff)
        deviations.append(game.actions[i][best])
    found = strategies, tuple(payoffs), tuple(regrets), tuple(deviations)
    return Verdict(game, *found, rounded)


def _unrounded(game: NormalFormGame, profile: Any) -> tuple[Any, tuple[str, ...]]:
    """Return a profile with exact probabilities in place of rounded ones, and whose those were."""
    if isinstance(profile, Equilibrium | str | Mapping) or not hasattr(profile, "__iter__"):
        return profile, ()
    entries = list(profile)
    read = [exact_mixture(entry) for entry in entries]
    rounded = tuple(name for name, mended in zip(game.players, read, strict=False) if mended)
    return [mended or entry for mended, entry in zip(read, entries, strict=True)], rounded
