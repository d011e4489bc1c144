"""Whether automata, grim trigger for one, are subgame-perfect: one-shot deviations in every state.

Automata are a subgame-perfect equilibrium if and only if in no state that a history can lead to
somebody gains by departing once and returning to the automaton (Blackwell 1965; Mailath and
Samuelson 2006, "Repeated Games and Reputations", proposition 2.2.1). Where the world changes, a
state is a pair: of the world and of the automata. Play may start in any state of the world. For
which discount factors that is so, :mod:`.critical_discount_factors` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from balancegame.exact import plain
from balancegame.games.automata import Automaton
from balancegame.games.frozen import Frozen
from balancegame.games.stochastic import StochasticGame
from balancegame.games.transitions import ALWAYS
from balancegame.solvers.repeated.joint_play import (
    JointPlay,
    average_payoffs,
    departures,
    joint_play,
)
from balancegame.solvers.repeated.state_reduction import Values
from balancegame.solvers.solutions import Explained


@dataclass(frozen=True)
class Deviation:
    """What a player best does instead, for one period, in a state of each automaton."""

    player: str
    state: tuple[str, ...]
    action: str
    # How much more that yields on average; 0 or less if the player should not depart.
    gain: Fraction
    # The state of the world; "always" in a repeated game.
    world: str = ALWAYS


@dataclass(frozen=True, repr=False)
class RepeatedVerdict(Frozen, Explained):
    """Whether automata are a subgame-perfect equilibrium, and why."""

    game: StochasticGame
    automata: tuple[Automaton, ...]
    # What the automata yield each player from each state of the world on.
    starts: Mapping[str, tuple[Fraction, ...]]
    # The most that one departure could gain each player.
    regrets: tuple[Fraction, ...]
    # For each player the one-shot deviation that gains most, or loses least.
    deviations: tuple[Deviation | None, ...]
    # Every player's best deviation in every state in which it gains.
    profitable: tuple[Deviation, ...]

    @property
    def payoffs(self) -> tuple[Fraction, ...]:
        """What the automata yield each player on average, from the first state of the world on."""
        return next(iter(self.starts.values()))

    @property
    def holds(self) -> bool:
        """Whether nobody can gain by a one-shot deviation in any state."""
        return not self.profitable

    def __bool__(self) -> bool:
        return self.holds

    def __repr__(self) -> str:
        if self.holds:
            return "<RepeatedVerdict: holds; no one-shot deviation gains in any state>"
        worst = max(self.profitable, key=lambda deviation: deviation.gain)
        world = "" if worst.world == ALWAYS else f"in {worst.world} and "
        return (
            f"<RepeatedVerdict: fails; {world}in state ({', '.join(worst.state)}) {worst.player} "
            f"gains {plain(worst.gain)} by {worst.action}>"
        )


def one_shot_verdict(game: StochasticGame, automata: Any) -> RepeatedVerdict:
    """Return whether automata are subgame-perfect, and each player's best departures."""
    joint = joint_play(game, automata)
    values = average_payoffs(joint)
    listed = [
        Deviation(
            player,
            names,
            joint.stage(state).actions[i][departure[1][i]],
            departure[0],
            game.states[joint.worlds[state]],
        )
        for state, names in enumerate(joint.states)
        for i, player in enumerate(game.players)
        if (departure := best_departure(joint, values, state, i))
    ]
    best = tuple(
        max((d for d in listed if d.player == player), key=lambda d: d.gain, default=None)
        for player in game.players
    )
    return RepeatedVerdict(
        game,
        joint.automata,
        MappingProxyType(dict(zip(game.states, values, strict=False))),
        tuple(max(d.gain, Fraction(0)) if d else Fraction(0) for d in best),
        best,
        tuple(deviation for deviation in listed if deviation.gain > 0),
    )


def best_departure(
    joint: JointPlay, values: Values, state: int, player: int
) -> tuple[Fraction, tuple[int, ...]] | None:
    """Return the gain of a player's best one-shot deviation and its profile, or None without one.

    The values are what every player gets on average from each joint state on.
    """
    gains = departures(joint, values, state, player)
    return max(gains, key=lambda gain: gain[0], default=None)
