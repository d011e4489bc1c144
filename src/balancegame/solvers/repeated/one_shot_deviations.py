"""Whether automata, grim trigger for one, are subgame-perfect: one-shot deviations in every state.

Automata are a subgame-perfect equilibrium if and only if in no state that a history can lead to
somebody gains by departing once and returning to the automaton (Blackwell 1965; Mailath and
Samuelson 2006, "Repeated Games and Reputations", proposition 2.2.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from balancegame.exact import plain
from balancegame.games.automata import Automaton
from balancegame.games.repeated import RepeatedGame
from balancegame.solvers.repeated.joint_play import JointPlay, average_payoffs, joint_play
from balancegame.solvers.solutions import Explained


@dataclass(frozen=True)
class Deviation:
    """What a player best does instead, for one period, in a state of each automaton."""

    player: str
    state: tuple[str, ...]
    action: str
    # How much more that yields on average; 0 or less if the player should not depart.
    gain: Fraction


@dataclass(frozen=True, repr=False)
class RepeatedVerdict(Explained):
    """Whether automata are a subgame-perfect equilibrium, and why."""

    game: RepeatedGame
    automata: tuple[Automaton, ...]
    # What the automata yield each player, and the most that one departure could gain.
    payoffs: tuple[Fraction, ...]
    regrets: tuple[Fraction, ...]
    # For each player the one-shot deviation that gains most, or loses least.
    deviations: tuple[Deviation | None, ...]
    # Every player's best deviation in every state in which it gains.
    profitable: tuple[Deviation, ...]

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
        return (
            f"<RepeatedVerdict: fails; in state ({', '.join(worst.state)}) {worst.player} gains "
            f"{plain(worst.gain)} by {worst.action}>"
        )


def one_shot_verdict(game: RepeatedGame, automata: Any) -> RepeatedVerdict:
    """Return whether automata are subgame-perfect, and each player's best departures."""
    joint = joint_play(game.stage, automata)
    values = average_payoffs(joint, game.patience)
    listed = [
        Deviation(player, names, game.stage.actions[i][departure[1][i]], departure[0])
        for state, names in enumerate(joint.states)
        for i, player in enumerate(game.players)
        if (departure := best_departure(joint, game.patience, values, state, i))
    ]
    best = tuple(
        max((d for d in listed if d.player == player), key=lambda d: d.gain, default=None)
        for player in game.players
    )
    return RepeatedVerdict(
        game,
        joint.automata,
        values[0],
        tuple(max(d.gain, Fraction(0)) if d else Fraction(0) for d in best),
        best,
        tuple(deviation for deviation in listed if deviation.gain > 0),
    )


def best_departure(
    joint: JointPlay, patience: Fraction, values: Any, state: int, player: int
) -> tuple[Fraction, tuple[int, ...]] | None:
    """Return the gain of a player's best one-shot deviation and its profile, or None without one.

    The values are what every player gets on average from each joint state on.
    """
    gains = []
    for cell in joint.stage.deviations(player, joint.actions[state]):
        later = values[joint.moves[state][cell]][player]
        worth = (1 - patience) * joint.stage.at(player, cell) + patience * later
        gains.append((worth - values[state][player], cell))
    return max(gains, key=lambda gain: gain[0], default=None)
