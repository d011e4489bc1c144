"""Automata playing together: the joint states that histories can lead to, and what they yield.

A *joint state* holds a state of the world and one state for each player. Some history leads to it
if and only if profiles of actions, intended or not, and chance lead to it from a start: any state
of the world, with every automaton in its first state. A one-shot deviation is possible in each of
them and in no other. Payoffs solve the linear equations

    V(q) = (1 - d) u(a(q)) + d (sum over what may come next: its chance times V(next))

of which those of a repeated game, where nothing is left to chance, are a case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.games.automata import Automaton
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.stochastic import StochasticGame, require_stochastic
from balancegame.games.transitions import Cell
from balancegame.solvers.repeated.state_reduction import Values, solve
from balancegame.wording import and_list

# Joint states of three automata with thirty states each; more is a mistake, not a strategy.
MOST_STATES = 30_000


@dataclass(frozen=True)
class JointPlay:
    """Joint states of automata, by position; the first ones are the starts, one for each world.

    What a period yields and what the next one counts are numbers, or functions of a parameter.
    """

    stages: tuple[NormalFormGame, ...]
    automata: tuple[Automaton, ...]
    # For each joint state the world, the state of each player, and the profile prescribed.
    worlds: tuple[int, ...]
    states: tuple[tuple[str, ...], ...]
    actions: tuple[Cell, ...]
    # What follows each profile: a joint state for each world that may come next.
    moves: tuple[Mapping[Cell, Mapping[int, int]], ...]
    # For each world and profile what everybody gets at once as a part of the average, and how much
    # each world that may come next counts: its chance times the discount factor.
    gains: tuple[Mapping[Cell, Sequence[Any]], ...]
    shares: tuple[Mapping[Cell, Mapping[int, Any]], ...]

    def stage(self, state: int) -> NormalFormGame:
        """Return what is played in a joint state."""
        return self.stages[self.worlds[state]]

    def now(self, state: int, cell: Cell) -> Sequence[Any]:
        """Return what everybody gets at once from a profile in a joint state."""
        return self.gains[self.worlds[state]][cell]

    def later(self, state: int, cell: Cell) -> dict[int, Any]:
        """Return how much each joint state that may follow a profile counts."""
        shares, targets = self.shares[self.worlds[state]][cell], self.moves[state][cell]
        return {targets[world]: share for world, share in shares.items()}


def joint_play(game: StochasticGame, automata: Any) -> JointPlay:
    """Return automata, one for each player or one for everybody, playing a game together."""
    listed = _one_each(game.players, automata)
    # What an automaton does in a state depends on the world, which states it has does not.
    machines = [
        [automaton.on(stage, i, world) for i, automaton in enumerate(listed)]
        for world, stage in zip(game.states, game.stages, strict=True)
    ]
    order = [(world, (0,) * len(listed)) for world in range(len(game.states))]
    found = {joint: k for k, joint in enumerate(order)}
    states, actions = [], []
    moves: list[dict[Cell, dict[int, int]]] = []
    for world, joint in order:
        at = list(zip(machines[world], joint, strict=True))
        states.append(tuple(machine.names[q] for machine, q in at))
        actions.append(tuple(machine.actions[q] for machine, q in at))
        onward: dict[Cell, dict[int, int]] = {}
        for cell in game.stages[world].cells():
            following = tuple(machine.moves[q][cell] for machine, q in at)
            targets = {}
            for later in game.odds(world, cell):
                target = (later, following)
                if target not in found:
                    found[target] = len(order)
                    order.append(target)
                targets[later] = found[target]
            onward[cell] = targets
        moves.append(onward)
        if len(order) > MOST_STATES:
            raise GameError(
                f"the automata have more than {MOST_STATES} joint states; give them fewer states."
            )
    return JointPlay(
        game.stages,
        listed,
        tuple(world for world, _ in order),
        tuple(states),
        tuple(actions),
        tuple(moves),
        *_weighted(game),
    )


def _weighted(game: StochasticGame) -> tuple[Any, Any]:
    """Return what a period yields as a part of the average, and what the next one counts."""
    d = game.patience
    now = 1 - d
    gains, shares = [], []
    for world, stage in enumerate(game.stages):
        cells = list(stage.cells())
        gains.append({cell: [now * u for u in stage.payoffs_at(cell)] for cell in cells})
        rows = {cell: game.odds(world, cell).items() for cell in cells}
        shares.append({cell: {later: d * p for later, p in row} for cell, row in rows.items()})
    return tuple(gains), tuple(shares)


def average_payoffs(joint: JointPlay) -> Values:
    """Return the average discounted payoff of each player from each joint state on."""
    prescribed = list(enumerate(joint.actions))
    return solve([joint.now(*way) for way in prescribed], [joint.later(*way) for way in prescribed])


def departures(
    joint: JointPlay, values: Values, state: int, player: int
) -> Iterator[tuple[Any, Cell]]:
    """Yield what a player gains by each one-shot deviation in a joint state, and its profile.

    The values are what every player gets on average from each joint state on.
    """
    for cell in joint.stage(state).deviations(player, joint.actions[state]):
        worth = joint.now(state, cell)[player]
        for target, share in joint.later(state, cell).items():
            worth = worth + share * values[target][player]
        yield worth - values[state][player], cell


def discounted_payoffs(
    game: StochasticGame, automata: Any, state: str | int = 0
) -> tuple[Fraction, ...]:
    """Return the exact average discounted payoff of each player when automata meet.

    Parameters
    ----------
    game : RepeatedGame or StochasticGame
    automata : Automaton or sequence of Automaton
        One for each player; a single one stands for everybody.
    state : str or int, optional
        The state of the world in which play starts, by default the first.

    Examples
    --------
    >>> from balancegame.games.reciprocity import always, tit_for_tat
    >>> from balancegame.games.repeated import RepeatedGame
    >>> stage = NormalFormGame(
    ...     [[[3, 0], [5, 1]], [[3, 5], [0, 1]]], actions=(("C", "D"), ("C", "D"))
    ... )
    >>> discounted_payoffs(
    ...     RepeatedGame(stage, "1/2"), (tit_for_tat(("C", "C"), ("D", "D")), always("D"))
    ... )
    (Fraction(1, 2), Fraction(3, 1))
    """
    game = require_stochastic(game, "discounted_payoffs")
    start = game.state_index(state)
    return average_payoffs(joint_play(game, automata))[start]


def _one_each(players: tuple[str, ...], automata: Any) -> tuple[Automaton, ...]:
    if isinstance(automata, Automaton):
        return (automata,) * len(players)
    several = hasattr(automata, "__iter__") and not isinstance(automata, str)
    listed = tuple(automata) if several else (automata,)
    for entry in listed:
        if not isinstance(entry, Automaton):
            raise GameError(
                f"{entry!r} is not an Automaton; give one for each of {and_list(players)}."
            )
    if len(listed) != len(players):
        raise GameError(
            f"there are {len(listed)} automata; give {len(players)}, one for each of "
            f"{and_list(players)}, or a single one for everybody."
        )
    return listed
