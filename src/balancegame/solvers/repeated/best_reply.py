"""The exact best reply to automata: dynamic programming over their joint states.

Against automata a player faces a decision problem whose states are pairs: of the world and of the
others' automata. Some reply that depends on the pair alone is best after every history; policy
iteration finds it (Howard 1960): departures that gain once, taken for ever, gain more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from balancegame.exact import plain
from balancegame.games.automata import Automaton
from balancegame.games.profile_patterns import OTHERWISE
from balancegame.games.reciprocity import always
from balancegame.games.stochastic import StochasticGame, require_stochastic
from balancegame.games.transitions import ALWAYS
from balancegame.solvers.repeated.joint_play import JointPlay, average_payoffs, joint_play
from balancegame.solvers.repeated.one_shot_deviations import best_departure
from balancegame.solvers.solutions import Explained


@dataclass(frozen=True, repr=False)
class BestReply(Explained):
    """The most that a player can get against automata on average, and how."""

    player: str
    payoff: Fraction
    # For each joint state of the others that can come up, their states and the action, and the
    # state of the world.
    choices: tuple[tuple[tuple[str, ...], str], ...]
    worlds: tuple[str, ...]
    # Its states are named by those of the others.
    automaton: Automaton

    def __repr__(self) -> str:
        how = "; ".join(
            f"{'' if world == ALWAYS else f'{world}, '}{', '.join(states)}: {action}"
            for world, (states, action) in zip(self.worlds, self.choices, strict=True)
        )
        return f"<BestReply of {self.player}: {plain(self.payoff)} by {how}>"


def best_reply(game: StochasticGame, player: str | int, automata: Any) -> BestReply:
    """Return an exact best reply of one player to the automata of the others.

    Parameters
    ----------
    game : RepeatedGame or StochasticGame
    player : str or int
        The player's name or position.
    automata : Automaton or sequence
        One for each player; the player's own entry is not read and may be None. A single one
        stands for every other player.

    Examples
    --------
    >>> from balancegame.games.normal_form import NormalFormGame
    >>> from balancegame.games.reciprocity import tit_for_tat
    >>> from balancegame.games.repeated import RepeatedGame
    >>> stage = NormalFormGame(
    ...     [[[3, 0], [5, 1]], [[3, 5], [0, 1]]], actions=(("C", "D"), ("C", "D"))
    ... )
    >>> echo = tit_for_tat(("C", "C"), ("D", "D"))
    >>> best_reply(RepeatedGame(stage, "1/10"), 0, echo).payoff
    Fraction(23, 5)
    >>> best_reply(RepeatedGame(stage, "1/2"), 0, echo)
    <BestReply of player 1: 10/3 by agreed: D; punishment: C>
    """
    game = require_stochastic(game, "best_reply")
    i = game.stages[0].player_index(player)
    given = [automata] * len(game.players) if isinstance(automata, Automaton) else automata
    blank = always({w: s.actions[i][0] for w, s in zip(game.states, game.stages, strict=True)})
    joint = joint_play(game, [blank if j == i else a for j, a in enumerate(given)])
    while True:
        values = average_payoffs(joint)
        better = []
        for state, cell in enumerate(joint.actions):
            departure = best_departure(joint, values, state, i)
            better.append(departure[1] if departure and departure[0] > 0 else cell)
        if tuple(better) == joint.actions:
            break
        joint = replace(joint, actions=tuple(better))
    others = [tuple(name for j, name in enumerate(names) if j != i) for names in joint.states]
    # The joint states that the player's own choices can lead to, in order of discovery.
    reached = list(range(len(game.states)))
    for state in reached:
        cell = joint.actions[state]
        cells = sorted((cell, *joint.stage(state).deviations(i, cell)))
        following = (target for c in cells for target in joint.moves[state][c].values())
        reached += [target for target in dict.fromkeys(following) if target not in reached]
    actions = [joint.stage(q).actions[i][cell[i]] for q, cell in enumerate(joint.actions)]
    return BestReply(
        game.players[i],
        values[0][i],
        tuple((others[state], actions[state]) for state in reached),
        tuple(game.states[joint.worlds[state]] for state in reached),
        _automaton(game, joint, f"best reply of {game.players[i]}", others, actions),
    )


def _automaton(
    game: StochasticGame, joint: JointPlay, name: str, others: list[Any], actions: list[str]
) -> Automaton:
    """Return a reply as an automaton, whose states are named by those of the others."""
    names = [", ".join(states) for states in others]
    does: dict[str, dict[str, Any]] = {}
    ways: dict[str, dict[str, Any]] = {}
    for state, moves in enumerate(joint.moves):
        world, stage = game.states[joint.worlds[state]], joint.stage(state)
        does.setdefault(names[state], {})[world] = actions[state]
        # Whatever the world does next, the others go on to the same states.
        ways.setdefault(names[state], {})[world] = {
            stage.outcome(cell): names[next(iter(targets.values()))]
            for cell, targets in moves.items()
        }
    # Pairs that no history leads to need an entry all the same.
    return Automaton(
        name,
        {state: {**said, OTHERWISE: 0} for state, said in does.items()},
        {state: {**way, OTHERWISE: state} for state, way in ways.items()},
    )
