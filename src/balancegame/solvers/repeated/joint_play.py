"""Automata playing together: the joint states that histories can lead to, and what they yield.

A *joint state* holds one state for each player. Some history leads to it if and only if profiles of
actions, intended or not, lead to it from the start; a one-shot deviation is possible in each of
them and in no other. From a joint state play follows a path that ends in a cycle, and payoffs
solve the linear equations V(q) = (1 - d) u(a(q)) + d V(next(q)): on a cycle of L states

    V(q_0) = (u(a(q_0)) + d u(a(q_1)) + ... + d^(L-1) u(a(q_(L-1)))) / (1 + d + ... + d^(L-1)).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.games.automata import Automaton, named
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.repeated import RepeatedGame, require_repeated
from balancegame.wording import and_list

# Joint states of three automata with thirty states each; more is a mistake, not a strategy.
MOST_STATES = 30_000

Cell = tuple[int, ...]


@dataclass(frozen=True)
class JointPlay:
    """Joint states of automata, by position; play starts at the first.

    Attributes
    ----------
    states : tuple of tuple of str
        For each joint state the state of each player.
    actions : tuple of tuple of int
        The profile that each prescribes.
    moves : tuple of mapping
        The joint state that follows each profile.
    """

    stage: NormalFormGame
    automata: tuple[Automaton, ...]
    states: tuple[tuple[str, ...], ...]
    actions: tuple[Cell, ...]
    moves: tuple[Mapping[Cell, int], ...]

    def after(self, state: int) -> int:
        """Return the joint state that follows if everybody does as prescribed."""
        return self.moves[state][self.actions[state]]

    def choices(self, state: int, player: int) -> list[Cell]:
        """Return the profiles in which one player takes each action and the others obey."""
        cell = self.actions[state]
        return [(*cell[:player], a, *cell[player + 1 :]) for a in range(self.stage.shape[player])]

    def paths(self) -> list[tuple[Cell, Cell]]:
        """Return the way from each joint state to a cycle, if everybody does as prescribed.

        Returns
        -------
        list of (head, cycle)
            The joint states before the cycle, the first of them included, and those of the cycle
            from where it is entered.
        """
        found = []
        for state in range(len(self.states)):
            seen: dict[int, int] = {}
            while state not in seen:
                seen[state] = len(seen)
                state = self.after(state)
            way = tuple(seen)
            found.append((way[: seen[state]], way[seen[state] :]))
        return found


def joint_play(stage: NormalFormGame, automata: Any) -> JointPlay:
    """Return automata playing a stage game together.

    Parameters
    ----------
    stage : NormalFormGame
    automata : Automaton or sequence of Automaton
        One for each player; a single one stands for everybody.

    Raises
    ------
    GameError
        If they are not automata, not one for each player, or do not fit the stage game.
    """
    listed = _one_each(stage, automata)
    machines = [automaton.on(stage, i) for i, automaton in enumerate(listed)]
    order = [(0,) * len(machines)]
    found: dict[Cell, int] = {order[0]: 0}
    states, actions = [], []
    moves: list[dict[Cell, int]] = []
    for joint in order:
        at = list(zip(machines, joint, strict=True))
        states.append(tuple(machine.names[q] for machine, q in at))
        actions.append(tuple(machine.actions[q] for machine, q in at))
        moves.append({})
        for cell in stage.cells():
            following = tuple(machine.moves[q][cell] for machine, q in at)
            if following not in found:
                found[following] = len(order)
                order.append(following)
            moves[-1][cell] = found[following]
        if len(order) > MOST_STATES:
            raise GameError(
                f"the automata have more than {MOST_STATES} joint states; give them fewer states."
            )
    return JointPlay(stage, listed, tuple(states), tuple(actions), tuple(moves))


def average_payoffs(joint: JointPlay, patience: Fraction) -> tuple[tuple[Fraction, ...], ...]:
    """Return the average discounted payoff of each player from each joint state on."""
    payoffs = [[joint.stage.at(i, cell) for i in range(len(cell))] for cell in joint.actions]
    known: dict[int, tuple[Fraction, ...]] = {}
    for head, cycle in joint.paths():
        if cycle[0] not in known:
            weights = [patience**t for t in range(len(cycle))]
            known[cycle[0]] = tuple(
                sum((w * u for w, u in zip(weights, own, strict=True)), Fraction(0)) / sum(weights)
                for own in zip(*(payoffs[q] for q in cycle), strict=True)
            )
        for state in (*reversed(cycle[1:]), *reversed(head)):
            if state not in known:
                known[state] = tuple(
                    (1 - patience) * now + patience * later
                    for now, later in zip(payoffs[state], known[joint.after(state)], strict=True)
                )
    return tuple(known[q] for q in range(len(joint.states)))


def discounted_payoffs(game: RepeatedGame, automata: Any) -> tuple[Fraction, ...]:
    """Return the exact average discounted payoff of each player when automata meet.

    Parameters
    ----------
    game : RepeatedGame
    automata : Automaton or sequence of Automaton
        One for each player; a single one stands for everybody.

    Examples
    --------
    >>> from balancegame.games.reciprocity import always, tit_for_tat
    >>> stage = NormalFormGame(
    ...     [[[3, 0], [5, 1]], [[3, 5], [0, 1]]], actions=(("C", "D"), ("C", "D"))
    ... )
    >>> discounted_payoffs(
    ...     RepeatedGame(stage, "1/2"), (tit_for_tat(("C", "C"), ("D", "D")), always("D"))
    ... )
    (Fraction(1, 2), Fraction(3, 1))
    """
    game = require_repeated(game, "discounted_payoffs")
    return average_payoffs(joint_play(game.stage, automata), game.patience)[0]


def play(stage: NormalFormGame, automata: Any, periods: int) -> tuple[tuple[str, ...], ...]:
    """Return the profiles that automata play together in the first periods.

    Examples
    --------
    >>> from balancegame.games.reciprocity import alternation
    >>> stage = NormalFormGame(
    ...     [[[3, 0], [5, 1]], [[3, 5], [0, 1]]], actions=(("C", "D"), ("C", "D"))
    ... )
    >>> play(stage, alternation([("C", "D"), ("D", "C")], ("D", "D")), 3)
    (('C', 'D'), ('D', 'C'), ('C', 'D'))
    """
    joint = joint_play(stage, automata)
    state, profiles = 0, []
    for _ in range(periods):
        profiles.append(named(stage, joint.actions[state]))
        state = joint.after(state)
    return tuple(profiles)


def _one_each(stage: NormalFormGame, automata: Any) -> tuple[Automaton, ...]:
    if isinstance(automata, Automaton):
        return (automata,) * len(stage.players)
    listed = tuple(automata) if hasattr(automata, "__iter__") else (automata,)
    for entry in listed:
        if not isinstance(entry, Automaton):
            raise GameError(
                f"{entry!r} is not an Automaton; give one for each of {and_list(stage.players)}."
            )
    if len(listed) != len(stage.players):
        raise GameError(
            f"there are {len(listed)} automata; give {len(stage.players)}, one for each of "
            f"{and_list(stage.players)}, or a single one for everybody."
        )
    return listed
