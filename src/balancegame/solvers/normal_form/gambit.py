"""Mixed equilibria of three and more players, by way of Gambit.

They solve systems of polynomial equations and can be irrational, so nothing here is exact by
birth: Gambit's support enumeration (Porter, Nudelman and Shoham 2008) proposes profiles in floats,
each is rounded to simple fractions, and exact arithmetic says by how much, if at all, anybody
could still gain.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from io import BytesIO
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.games.nfg import nfg_text
from balancegame.games.normal_form import NormalFormGame, Profile, Strategy, require_numbers
from balancegame.solvers.normal_form.verdict import profile_verdict

# Gambit's answers are this near to an equilibrium or nearer.
CLOSE = Fraction(1, 10**6)


@dataclass(frozen=True, repr=False)
class MixedEquilibrium:
    """A profile that Gambit proposed, and what exact arithmetic says about it.

    The regret is the most that anybody could gain: 0 at an equilibrium, tiny next to one that is
    irrational.
    """

    game: NormalFormGame = field(compare=False)
    strategies: Profile
    payoffs: tuple[Fraction, ...]
    regret: Fraction

    @property
    def exact(self) -> bool:
        """Whether this is an equilibrium and not only near one."""
        return not self.regret

    def __repr__(self) -> str:
        sides = "; ".join(", ".join(map(plain, strategy)) for strategy in self.strategies)
        near = "" if self.exact else f" near one, regret {float(self.regret):.1e}"
        return f"<MixedEquilibrium{near}: {sides}>"


def mixed_equilibria(game: NormalFormGame) -> tuple[MixedEquilibrium, ...]:
    """Return the isolated equilibria of a game of any number of players, pure ones included.

    Parameters
    ----------
    game : NormalFormGame

    Returns
    -------
    tuple of MixedEquilibrium
        Continua of equilibria are not in it. For two players ask :func:`equilibria` instead,
        which is exact and complete.

    Raises
    ------
    GameError
        If pygambit is not installed or the game has irrational payoffs.
    """
    require_numbers(game, "mixed_equilibria")
    try:
        import pygambit
    except ImportError:
        raise GameError(
            "mixed equilibria of three or more players need Gambit; install it with "
            "`pip install pygambit`, or ask pure_equilibria(game)."
        ) from None
    # Gambit refuses names in other scripts, so it gets the game without any.
    unnamed = NormalFormGame(game.payoffs)
    asked = pygambit.read_nfg(BytesIO(nfg_text(unnamed).encode()))
    try:
        found = [_floats(unnamed, profile) for profile in _solved(pygambit, asked)]
    except Exception as error:  # whatever a peer raises must not take what was solved without it
        version = getattr(pygambit, "__version__", "of an unknown version")
        raise GameError(
            f"pygambit {version} did not find mixed equilibria ({type(error).__name__}: "
            f"{' '.join(str(error).split())[:120]}); pure_equilibria(game) needs no Gambit."
        ) from error
    distinct = {_near(game, floats) for floats in found}
    exact = [one for one in distinct if one.exact]
    # Gambit may deliver one equilibrium several times, in floats that differ a little.
    kept = [one for one in distinct if one.exact or not any(_beside(one, each) for each in exact)]
    return tuple(sorted(kept, key=lambda near: near.strategies, reverse=True))


def _solved(pygambit: Any, asked: Any) -> Any:
    """Return the profiles that Gambit proposes."""
    return pygambit.nash.enumpoly_solve(asked).equilibria


def _floats(unnamed: NormalFormGame, profile: Any) -> list[list[float]]:
    """Return a profile's probabilities: pygambit 16 looks them up by strategy, 17 by two names."""
    players = list(profile.game.players)
    if all(isinstance(player, str) for player in players):
        named = zip(unnamed.players, unnamed.actions, strict=True)
        return [[float(profile[player][action]) for action in actions] for player, actions in named]
    return [[float(profile[action]) for action in player.strategies] for player in players]


def _near(game: NormalFormGame, floats: list[list[float]]) -> MixedEquilibrium:
    """Return the equilibrium that floats mean, or the profile beside them.

    The simplest fractions beside the floats are tried first; fractions further away would be
    another profile, and perhaps another equilibrium.
    """
    for denominator in (12, 120, 10_000, 1_000_000):
        profile = tuple(_rounded(mixture, denominator) for mixture in floats)
        close = all(
            abs(p - Fraction(q)) <= CLOSE
            for side, given in zip(profile, floats, strict=True)
            for p, q in zip(side, given, strict=True)
        )
        if not close and denominator < 1_000_000:
            continue
        verdict = profile_verdict(game, profile)
        if verdict.holds:
            break
    return MixedEquilibrium(game, verdict.profile, verdict.payoffs, max(verdict.regrets))


def _beside(one: MixedEquilibrium, other: MixedEquilibrium) -> bool:
    """Return whether two profiles are as near as floats that mean the same."""
    return all(
        abs(p - q) <= CLOSE
        for ours, theirs in zip(one.strategies, other.strategies, strict=True)
        for p, q in zip(ours, theirs, strict=True)
    )


def _rounded(mixture: list[float], denominator: int) -> Strategy:
    parts = [max(Fraction(0), Fraction(p).limit_denominator(denominator)) for p in mixture]
    total = sum(parts, Fraction(0))
    # All may be rounded away, as three probabilities of a third to whole numbers.
    return tuple(p / total for p in parts) if total else tuple(map(Fraction, mixture))
