"""Functions that are no automata, played out: what they do in the matches of one tournament.

Such a function is asked period by period what it does in each of its matches, for so many periods
that what comes later hardly counts. What it did is an automaton with a state for each history that
came up; after the last of them it repeats its last action for ever. So the function itself decides
those periods, and what is played is defined exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from balancegame.errors import GameError
from balancegame.games.normal_form import NormalFormGame
from balancegame.grading.isolation.channel import InfrastructureFault
from balancegame.grading.tournament.learning import Answers
from balancegame.solvers.repeated.compact_automata import CompactAutomaton

Roles = tuple[CompactAutomaton, CompactAutomaton]


@dataclass
class _Match:
    """A match that goes on: who plays the two roles, the word so far, and states of automata."""

    names: tuple[str, str]
    word: str
    states: list[int]


def played_out(
    stage: NormalFormGame,
    letters: Sequence[str],
    functions: Mapping[str, Sequence[Answers]],
    automata: Mapping[str, Roles],
    periods: int,
) -> dict[str, Roles | Exception]:
    """Return for each function the automata of what it does, or why it could not go on.

    ``functions`` answer in each role; ``automata`` are the others that take part.
    """
    failed: dict[str, Roles | Exception] = {}
    names = [*functions, *automata]
    matches = [
        _Match((first, second), "", [0, 0])
        for first in names
        for second in names
        if first in functions or second in functions
    ]
    for _ in range(periods):
        _ask_all(functions, matches, failed)
        matches = [match for match in matches if not failed.keys() & {*match.names}]
        for match in matches:
            actions = [
                functions[name][role].known[match.word]
                if name in functions
                else automata[name][role].actions[match.states[role]]
                for role, name in enumerate(match.names)
            ]
            cell = actions[0] * stage.shape[1] + actions[1]
            match.word += letters[cell]
            for role, name in enumerate(match.names):
                if name in automata:
                    moves = automata[name][role].moves[match.states[role]]
                    match.states[role] = moves[cell]
    return {
        name: failed.get(name)
        or (
            _as_automaton(stage.shape[0], letters, roles[0]),
            _as_automaton(stage.shape[1], letters, roles[1]),
        )
        for name, roles in functions.items()
    }


def _ask_all(
    functions: Mapping[str, Sequence[Answers]],
    matches: Sequence[_Match],
    failed: dict[str, Roles | Exception],
) -> None:
    """Ask each function in each role what it does now, in all of its matches at once."""
    for name, roles in functions.items():
        for role, answers in enumerate(roles):
            if name in failed:
                break
            try:
                answers.learn(match.word for match in matches if match.names[role] == name)
            except (GameError, InfrastructureFault) as error:
                failed[name] = error


def _as_automaton(own_actions: int, letters: Sequence[str], answers: Answers) -> CompactAutomaton:
    """Return an automaton with a state for each history that came up, and one for each action."""
    words = sorted(answers.known, key=len)
    numbers = {word: number for number, word in enumerate(words)}
    for_ever = range(len(words), len(words) + own_actions)
    moves = [
        tuple(numbers.get(word + letter, for_ever[answers.known[word]]) for letter in letters)
        for word in words
    ]
    moves += [(state,) * len(letters) for state in for_ever]
    actions = [answers.known[word] for word in words]
    return CompactAutomaton((*actions, *range(own_actions)), tuple(moves))
