"""One automaton of two: what a strategy does in the first role, and what it does in the second.

A state stands for the state of the same number in either role, so nothing but the role decides
which of the two automata moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from balancegame.games.automata import Automaton
from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.repeated.compact_automata import CompactAutomaton


@dataclass(frozen=True)
class _ByRole:
    roles: tuple[CompactAutomaton, ...]
    profiles: tuple[tuple[str, ...], ...]

    def __call__(self, state: str, profile: tuple[str, ...], player: int) -> str:
        moves = self.roles[player].moves
        place = int(state) - 1
        # A state that the role does not have is never reached in it.
        return str(moves[place][self.profiles.index(profile)] + 1) if place < len(moves) else "1"


def in_both_roles(name: str, stage: NormalFormGame, roles: Sequence[CompactAutomaton]) -> Automaton:
    """Return the automaton that does in each role what the one for this role does."""
    actions = {
        str(place + 1): tuple(
            stage.actions[i][role.actions[place] if place < len(role.actions) else 0]
            for i, role in enumerate(roles)
        )
        for place in range(max(len(role.actions) for role in roles))
    }
    profiles = tuple(stage.outcome(cell) for cell in stage.cells())
    return Automaton(name, actions, _ByRole(tuple(roles), profiles))
