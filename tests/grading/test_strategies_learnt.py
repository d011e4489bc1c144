"""Automata that are learnt from what a function answers."""

from __future__ import annotations

from random import Random

import pytest

from balancegame.grading.tournament.learning import Answers, NoAutomaton, learnt
from balancegame.solvers.repeated.compact_automata import smallest
from tests.repeated_games import random_game


@pytest.mark.parametrize("seed", range(30))
def test_a_random_automaton_is_learnt_from_its_answers(seed):
    rng = Random(f"learn {seed}")
    stage = random_game(rng, rng.choice([(2, 2), (2, 3), (1, 2)]))
    cells = list(stage.cells())
    size = rng.randint(1, 8)
    drawn = smallest(
        [rng.randrange(stage.shape[0]) for _ in range(size)],
        [[rng.randrange(size) for _ in cells] for _ in range(size)],
    )
    letters = [chr(97 + k) for k in range(len(cells))]
    asked = []

    def ask(words):
        asked.extend(words)
        states = []
        for word in words:
            state = 0
            for letter in word:
                state = drawn.moves[state][letters.index(letter)]
            states.append(drawn.actions[state])
        return states

    found = learnt(Answers(ask), letters, lambda letter: cells[letters.index(letter)][0])
    assert smallest(found.automaton.actions, found.automaton.moves) == drawn
    assert found.certain_up_to >= len(drawn.actions)
    assert len(asked) == len(set(asked))


def test_what_is_certain_is_certain():
    """Every automaton of so many states that agrees where it was asked is the one that is found."""
    letters, echo = "ab", {}
    found = learnt(
        Answers(lambda words: [echo.setdefault(w, int(w[-1:] == "b")) for w in words]),
        letters,
        letters.index,
    )
    assert found.automaton.actions == (0, 1)
    # A counter that differs only after more periods than were asked is beyond what is certain.
    longest = max(len(word) for word in echo)
    assert found.certain_up_to < longest


def test_whoever_counts_without_end_is_found_out():
    def majority(words):
        return [int(2 * word.count("b") > len(word)) for word in words]

    with pytest.raises(NoAutomaton, match="no automaton of at most 60 states"):
        learnt(Answers(majority), "ab", "ab".index)
