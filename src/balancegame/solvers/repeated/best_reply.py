"""The exact best reply to automata: dynamic programming over their joint states.

Against automata a player faces a decision problem whose states are the others' joint states. Some
reply that depends on that state alone is best after every history; policy iteration finds it
(Howard 1960): departures that gain once, taken for ever, gain more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from balancegame.exact import plain
from balancegame.games.automata import Automaton
from balancegame.games.reciprocity import always
from balancegame.games.repeated import RepeatedGame, require_repeated
from balancegame.solvers.repeated.joint_play import average_payoffs, joint_play
from balancegame.solvers.repeated.one_shot_deviations import best_departure
from balancegame.solvers.solutions import Explained


@dataclass(frozen=True, repr=False)
class BestReply(Explained):
    """The most that a player can get against automata on average, and how."""

    player: str
    payoff: Fraction
    # For each joint state of the others that can come up, their states and the action.
    choices: tuple[tuple[tuple[str, ...], str], ...]
    # Its states are named by those of the others.
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
        One for each player; the player's own entry is not read and may be None. A single one
        stands for every other player.

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
    stage = game.stage
    i = stage.player_index(player)
    given = [automata] * len(game.players) if isinstance(automata, Automaton) else automata
    blank = always(stage.actions[i][0])
    joint = joint_play(stage, [blank if j == i else a for j, a in enumerate(given)])
    while True:
        values = average_payoffs(joint, game.patience)
        better = []
        for state, cell in enumerate(joint.actions):
            departure = best_departure(joint, game.patience, values, state, i)
            better.append(departure[1] if departure and departure[0] > 0 else cell)
        if tuple(better) == joint.actions:
            break
        joint = replace(joint, actions=tuple(better))
    others = [tuple(name for j, name in enumerate(names) if j != i) for names in joint.states]
    names = [", ".join(states) for states in others]
    actions = [stage.actions[i][cell[i]] for cell in joint.actions]
    automaton = Automaton(
        f"best reply of {game.players[i]}",
        dict(zip(names, actions, strict=True)),
        {
            names[state]: {stage.outcome(cell): names[target] for cell, target in moves.items()}
            for state, moves in enumerate(joint.moves)
        },
    )
    # The states that the player's own choices can lead to, in order of discovery.
    reached = [0]
    for state in reached:
        cell = joint.actions[state]
        following = (joint.moves[state][c] for c in sorted((cell, *stage.deviations(i, cell))))
        reached += [target for target in dict.fromkeys(following) if target not in reached]
    choices = tuple((others[state], actions[state]) for state in reached)
    return BestReply(game.players[i], values[0][i], choices, automaton)
