"""Whether automata are subgame-perfect: one-shot deviations in every joint state.

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


@dataclass(frozen=True)
class Deviation:
    """A player's best one-shot deviation in a joint state.

    Attributes
    ----------
    player : str
    state : tuple of str
        The state of each player's automaton.
    action : str
        What the player does instead, for one period.
    gain : Fraction
        How much more that yields on average; 0 or less if the player should not depart.
    """

    player: str
    state: tuple[str, ...]
    action: str
    gain: Fraction


@dataclass(frozen=True, repr=False)
class RepeatedVerdict:
    """Whether automata are a subgame-perfect equilibrium, and why.

    Attributes
    ----------
    holds : bool
        True if nobody gains by a one-shot deviation in any state.
    payoffs, regrets : tuple of Fraction
        What the automata yield each player, and the most that one departure could gain.
    deviations : tuple of Deviation
        For each player the one-shot deviation that gains most, or loses least.
    profitable : tuple of Deviation
        Every player's best deviation in every state in which it gains.
    """

    game: RepeatedGame
    automata: tuple[Automaton, ...]
    payoffs: tuple[Fraction, ...]
    regrets: tuple[Fraction, ...]
    deviations: tuple[Deviation | None, ...]
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
        deviation
        for state in range(len(joint.states))
        for deviation in deviations_in(joint, game.patience, values, state)
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


def deviations_in(
    joint: JointPlay, patience: Fraction, values: Any, state: int
) -> tuple[Deviation, ...]:
    """Return each player's best one-shot deviation in a joint state; none with one action."""
    stage, cell = joint.stage, joint.actions[state]
    found = []
    for i, player in enumerate(stage.players):
        choices = []
        for action in range(stage.shape[i]):
            if action != cell[i]:
                other = (*cell[:i], action, *cell[i + 1 :])
                value = (1 - patience) * stage.at(i, other) + patience * (
                    values[joint.moves[state][other]][i]
                )
                choices.append((value - values[state][i], -action))
        if choices:
            gain, action = max(choices)
            found.append(Deviation(player, joint.states[state], stage.actions[i][-action], gain))
    return tuple(found)
