"""The exact best reply to automata: dynamic programming over their joint states.

Against automata a player faces a decision problem whose states are the others' joint states. Some
reply that depends on that state alone is best after every history; policy iteration finds it
(Howard 1960), each policy valued exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from balancegame.exact import plain
from balancegame.games.automata import Automaton
from balancegame.games.reciprocity import always
from balancegame.games.repeated import RepeatedGame, require_repeated
from balancegame.solvers.repeated.joint_play import JointPlay, average_payoffs, joint_play


@dataclass(frozen=True, repr=False)
class BestReply:
    """The most that a player can get against automata, and how.

    Attributes
    ----------
    player : str
    payoff : Fraction
        The average discounted payoff.
    choices : tuple of (tuple of str, str)
        For each joint state of the others that can come up, the others' states and the action.
    automaton : Automaton
        A best reply, its states named by those of the others.
    """

    player: str
    payoff: Fraction
    choices: tuple[tuple[tuple[str, ...], str], ...]
    automaton: Automaton

    def __repr__(self) -> str:
        how = "; ".join(f"{', '.join(states)}: {action}" for states, action in self.choices)
        return f"<BestReply of {self.player}: {plain(self.payoff)} by {how}>"


def best_reply(game: RepeatedGame, player: str | int, automata: Any) -> BestReply:
    """Return an exact best reply of one player to the automata of the others.

    Parameters
    ----------
    game : RepeatedGame
    player : str or int
        The player's name or position.
    automata : Automaton or sequence
        One a player; the player's own entry is not read and may be None. A single one stands for
        every other player.

    Examples
    --------
    >>> from balancegame.games.normal_form import NormalFormGame
    >>> from balancegame.games.reciprocity import tit_for_tat
    >>> stage = NormalFormGame(
    ...     [[[3, 0], [5, 1]], [[3, 5], [0, 1]]], actions=(("C", "D"), ("C", "D"))
    ... )
    >>> echo = tit_for_tat(("C", "C"), ("D", "D"))
    >>> best_reply(RepeatedGame(stage, "1/10"), 0, echo).payoff
    Fraction(23, 5)
    >>> best_reply(RepeatedGame(stage, "1/2"), 0, echo)
    <BestReply of player 1: 10/3 by agreed: D; punishment: C>
    """
    game = require_repeated(game, "best_reply")
    stage, patience = game.stage, game.patience
    i = stage.player_index(player)
    given = [automata] * len(game.players) if isinstance(automata, Automaton) else automata
    blank = always(stage.actions[i][0])
    joint = joint_play(stage, [blank if j == i else a for j, a in enumerate(given)])
    policy = [0] * len(joint.states)
    while True:
        followed = _following(joint, i, policy)
        values = average_payoffs(followed, patience)
        better = []
        for q, current in enumerate(policy):
            worth = [_value(joint, i, patience, values, q, a) for a in range(stage.shape[i])]
            most = max(worth)
            better.append(current if worth[current] == most else worth.index(most))
        if better == policy:
            break
        policy = better
    reached = _reached(joint, i)
    others = [
        tuple(name for j, name in enumerate(joint.states[q]) if j != i) for q in range(len(policy))
    ]
    names = [", ".join(states) for states in others]
    choices = tuple((others[q], stage.actions[i][policy[q]]) for q in reached)
    automaton = Automaton(
        f"best reply of {game.players[i]}",
        {names[q]: stage.actions[i][policy[q]] for q in range(len(policy))},
        {
            names[q]: {
                tuple(n[a] for n, a in zip(stage.actions, cell, strict=True)): names[target]
                for cell, target in joint.moves[q].items()
            }
            for q in range(len(policy))
        },
    )
    return BestReply(game.players[i], values[0][i], choices, automaton)


def _value(
    joint: JointPlay, i: int, patience: Fraction, values: Any, state: int, action: int
) -> Fraction:
    cell = joint.actions[state]
    chosen = (*cell[:i], action, *cell[i + 1 :])
    now: Fraction = joint.stage.at(i, chosen)
    return (1 - patience) * now + patience * values[joint.moves[state][chosen]][i]  # type: ignore[no-any-return]


def _following(joint: JointPlay, i: int, policy: list[int]) -> JointPlay:
    """Return the same joint states with the player's actions taken from a policy."""
    actions = tuple((*cell[:i], policy[q], *cell[i + 1 :]) for q, cell in enumerate(joint.actions))
    return JointPlay(joint.stage, joint.automata, joint.states, actions, joint.moves)


def _reached(joint: JointPlay, i: int) -> list[int]:
    """Return the joint states that the player's own choices can lead to, in order of discovery."""
    found = [0]
    for state in found:
        cell = joint.actions[state]
        for action in range(joint.stage.shape[i]):
            target = joint.moves[state][(*cell[:i], action, *cell[i + 1 :])]
            if target not in found:
                found.append(target)
    return found
