"""Automata in as few states as they need, everything by number, for matches by the thousand.

Two states are one if they take the same action, and after each profile lead to states that are one
(Moore 1956, "Gedanken-experiments on sequential machines"). States that nothing leads to are left
out, and the others are numbered in the order in which profiles lead to them from the start. So two
automata that always do the same are equal here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from balancegame.games.automata import Automaton
from balancegame.games.normal_form import NormalFormGame


@dataclass(frozen=True)
class CompactAutomaton:
    """An automaton in one role; play starts in state 0."""

    # For each state the action, and the next state after each profile, in the order of the cells.
    actions: tuple[int, ...]
    moves: tuple[tuple[int, ...], ...]


def compact(stage: NormalFormGame, automaton: Automaton, player: int) -> CompactAutomaton:
    """Return an automaton in one player's role of a stage game, as small as it can be."""
    machine = automaton.on(stage, player)
    cells = list(stage.cells())
    return smallest(machine.actions, [[move[cell] for cell in cells] for move in machine.moves])


def smallest(actions: Sequence[int], moves: Sequence[Sequence[int]]) -> CompactAutomaton:
    """Return the smallest automaton that does the same as one given by its actions and moves."""
    kinds = list(actions)
    count = len(set(kinds))
    while True:
        # States part where their own kind or that of a state that follows differs.
        looks = [(kinds[q], *(kinds[to] for to in moves[q])) for q in range(len(kinds))]
        numbers = {look: number for number, look in enumerate(dict.fromkeys(looks))}
        kinds = [numbers[look] for look in looks]
        if len(numbers) == count:
            break
        count = len(numbers)
    order, chosen = {kinds[0]: 0}, [0]
    for state in chosen:
        for following in moves[state]:
            if kinds[following] not in order:
                order[kinds[following]] = len(order)
                chosen.append(following)
    return CompactAutomaton(
        tuple(actions[q] for q in chosen),
        tuple(tuple(order[kinds[to]] for to in moves[q]) for q in chosen),
    )
