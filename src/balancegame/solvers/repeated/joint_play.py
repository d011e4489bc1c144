"""Automata playing together: the joint states that histories can lead to, and what they yield.

A *joint state* holds one state a player. Some history leads to it if and only if profiles of
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
from balancegame.games.automata import Automaton, Machine
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


@dataclass(frozen=True)
class Paths:
    """Where play goes from each joint state if everybody does as prescribed.

    Attributes
    ----------
    heads : tuple of tuple of int
        For each joint state those on the way, itself included, before the cycle.
    cycles : tuple of tuple of int
        For each joint state the cycle, from where it is entered.
    """

    heads: tuple[tuple[int, ...], ...]
    cycles: tuple[tuple[int, ...], ...]


def joint_play(stage: NormalFormGame, automata: Any) -> JointPlay:
    """Return automata playing a stage game together.

    Parameters
    ----------
    stage : NormalFormGame
    automata : Automaton or sequence of Automaton
        One a player; a single one stands for everybody.

    Raises
    ------
    GameError
        If they are not automata, not one a player, or do not fit the stage game.
    """
    listed = _one_each(stage, automata)
    machines = [automaton.on(stage, i) for i, automaton in enumerate(listed)]
    found: dict[Cell, int] = {(0,) * len(machines): 0}
    order = [(0,) * len(machines)]
    moves = []
    for joint in order:
        ways: dict[Cell, int] = {}
        for cell in stage.cells():
            following = tuple(m.moves[q][cell] for m, q in zip(machines, joint, strict=True))
            if following not in found:
                found[following] = len(order)
                order.append(following)
            ways[cell] = found[following]
        moves.append(ways)
        if len(order) > MOST_STATES:
            raise GameError(
                f"the automata have more than {MOST_STATES} joint states; give them fewer states."
            )
    return JointPlay(
        stage,
        listed,
        tuple(_names(machines, joint) for joint in order),
        tuple(tuple(m.actions[q] for m, q in zip(machines, joint, strict=True)) for joint in order),
        tuple(moves),
    )


def paths(joint: JointPlay) -> Paths:
    """Return where play goes from each joint state."""
    heads: list[tuple[int, ...]] = []
    cycles: list[tuple[int, ...]] = []
    for start in range(len(joint.states)):
        seen: dict[int, int] = {}
        state = start
        while state not in seen:
            seen[state] = len(seen)
            state = joint.after(state)
        way = tuple(seen)
        heads.append(way[: seen[state]])
        cycles.append(way[seen[state] :])
    return Paths(tuple(heads), tuple(cycles))


def average_payoffs(joint: JointPlay, patience: Fraction) -> tuple[tuple[Fraction, ...], ...]:
    """Return the average discounted payoff of each player from each joint state on."""
    stage, following = joint.stage, paths(joint)
    players = range(len(stage.players))
    known: dict[int, tuple[Fraction, ...]] = {}
    for head, cycle in zip(following.heads, following.cycles, strict=True):
        if cycle[0] not in known:
            weights = [patience**t for t in range(len(cycle))]
            total = sum(weights, Fraction(0))
            known[cycle[0]] = tuple(
                sum(
                    (
                        w * stage.at(i, joint.actions[q])
                        for w, q in zip(weights, cycle, strict=True)
                    ),
                    Fraction(0),
                )
                / total
                for i in players
            )
        for state in (*reversed(cycle[1:]), *reversed(head)):
            if state not in known:
                later = known[joint.after(state)]
                known[state] = tuple(
                    (1 - patience) * stage.at(i, joint.actions[state]) + patience * later[i]
                    for i in players
                )
    return tuple(known[q] for q in range(len(joint.states)))


def discounted_payoffs(game: RepeatedGame, automata: Any) -> tuple[Fraction, ...]:
    """Return the exact average discounted payoff of each player when automata meet.

    Parameters
    ----------
    game : RepeatedGame
    automata : Automaton or sequence of Automaton
        One a player; a single one stands for everybody.

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
    """Return what automata do together in the first periods, a profile each.

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
        cell = joint.actions[state]
        profiles.append(tuple(n[a] for n, a in zip(stage.actions, cell, strict=True)))
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


def _names(machines: list[Machine], joint: Cell) -> tuple[str, ...]:
    return tuple(machine.names[q] for machine, q in zip(machines, joint, strict=True))
