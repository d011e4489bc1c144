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

# The simplest fractions that a float can mean are tried first.
_DENOMINATORS = (12, 120, 10_000, 1_000_000)


@dataclass(frozen=True, repr=False)
class MixedEquilibrium:
    """A profile that Gambit proposed, and what exact arithmetic says about it.

    Attributes
    ----------
    strategies : tuple of tuple of Fraction
    payoffs : tuple of Fraction
    regret : Fraction
        The most that anybody could gain: 0 at an equilibrium, tiny next to an irrational one.
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
    pygambit = _pygambit()
    # Gambit refuses names in other scripts, so it gets the game without any.
    text = nfg_text(NormalFormGame(game.payoffs))
    found = pygambit.nash.enumpoly_solve(pygambit.read_nfg(BytesIO(text.encode())))
    distinct: dict[Profile, MixedEquilibrium] = {}
    for profile in found.equilibria:
        floats = [
            [float(profile[strategy]) for strategy in player.strategies]
            for player in found.game.players
        ]
        equilibrium = _near(game, floats)
        distinct.setdefault(equilibrium.strategies, equilibrium)
    return tuple(distinct[key] for key in sorted(distinct, reverse=True))


def _pygambit() -> Any:
    try:
        import pygambit
    except ImportError:
        raise GameError(
            "mixed equilibria of three or more players need Gambit; install it with "
            "`pip install pygambit`, or ask pure_equilibria(game)."
        ) from None
    return pygambit


def _near(game: NormalFormGame, floats: list[list[float]]) -> MixedEquilibrium:
    for denominator in _DENOMINATORS:
        profile = tuple(_rounded(mixture, denominator) for mixture in floats)
        verdict = profile_verdict(game, profile)
        if verdict.holds:
            break
    return MixedEquilibrium(game, verdict.profile, verdict.payoffs, max(verdict.regrets))


def _rounded(mixture: list[float], denominator: int) -> Strategy:
    parts = [Fraction(p).limit_denominator(denominator) for p in mixture]
    parts = [max(Fraction(0), p) for p in parts]
    total = sum(parts, Fraction(0))
    return tuple(p / total for p in parts)
