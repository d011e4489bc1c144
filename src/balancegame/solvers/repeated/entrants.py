"""What can be said of one entrant alone: the most that anyone gets from it, and how credible it is.

Both are asked under the rules of a match, mistakes included. If players make mistakes, whoever
departs once does what they mean to do only as often as everybody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from balancegame.solvers.repeated.compact_automata import CompactAutomaton
from balancegame.solvers.repeated.matches import Rules, values_with_mistakes


@dataclass(frozen=True)
class Temptation:
    """What tempts most in a match: whoever departs once, to which action, and what they gain."""

    player: str
    action: str
    gain: Fraction


def most_against(rules: Rules, automaton: CompactAutomaton, role: int) -> Fraction:
    """Return the most that anyone gets on average who plays against an automaton in a role.

    Policy iteration over its states (Howard 1960): some reply that depends on its state alone is
    best after every history.
    """
    me = 1 - role
    stage, states = rules.game.stage, range(len(automaton.actions))
    policy = [0] * len(states)
    while True:
        meant = [_cell(rules, me, policy[t], automaton.actions[t]) for t in states]
        values: list[Fraction] = [both[me] for both in rules.values(meant, automaton.moves)]
        better = list(policy)
        for t in states:
            best = values[t]
            for action in range(stage.shape[me]):
                cell = _cell(rules, me, action, automaton.actions[t])
                worth = _worth(rules, me, cell, [values[to] for to in automaton.moves[t]])
                if worth > best:
                    best, better[t] = worth, action
        if better == policy:
            return values[0]
        policy = better


def worst_temptation(
    rules: Rules, first: CompactAutomaton, second: CompactAutomaton
) -> Temptation | None:
    """Return the one-shot deviation that gains most in any pair of states, None if none gains.

    If there is none, the two are subgame-perfect.
    """
    stage = rules.game.stage
    values = values_with_mistakes(rules, first, second)
    worst: tuple[Fraction, int, int] | None = None
    for (s, t), now in values.items():
        following = [values[to] for to in zip(first.moves[s], second.moves[t], strict=True)]
        actions = first.actions[s], second.actions[t]
        for i in range(2):
            later = [both[i] for both in following]
            for action in range(stage.shape[i]):
                cell = _cell(rules, i, action, actions[1 - i])
                gain = _worth(rules, i, cell, later) - now[i]
                if gain > 0 and (worst is None or gain > worst[0]):
                    worst = gain, i, action
    if worst is None:
        return None
    gain, i, action = worst
    return Temptation(stage.players[i], stage.actions[i][action], gain)


def _cell(rules: Rules, player: int, own: int, other: int) -> int:
    row, column = (own, other) if player == 0 else (other, own)
    columns: int = rules.game.stage.shape[1]
    return row * columns + column


def _worth(rules: Rules, player: int, meant: int, later: list[Fraction]) -> Fraction:
    """Return what a period is worth in which a cell is meant, and what follows what is done."""
    follows = zip(rules.chances[meant], later, strict=True)
    discounted = sum((chance * value for chance, value in follows if chance), Fraction(0))
    return rules.gains[meant][player] + rules.game.patience * discounted
