"""Verdicts on automata in worlds that change, and all Markov-perfect equilibria, at random."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import balancegame as bg

# Worlds, actions of each player, states of each automaton; goals of 20 ms and of a second.
VERDICTS = ((2, 2, 2), (3, 3, 2), (3, 3, 4))
PERFECT = ((2, 2), (3, 3), (4, 3))


def main() -> None:
    """Print how long verdicts and searches for equilibria take."""
    print("Automata verified in every pair of world and state")
    for worlds, actions, states in VERDICTS:
        games = [_game(seed, worlds, actions) for seed in range(40)]
        subjects = [
            (game, [_automaton(seed, game, i, states) for i in (0, 1)])
            for seed, game in enumerate(games)
        ]
        times = [_seconds(lambda game, pair: bg.verify(game, pair), *each) for each in subjects]
        name = f"{worlds} worlds, {actions} x {actions} stages, {states} states each"
        print(f"  {name}: {_told(times)}")
    print("All Markov-perfect equilibria")
    for worlds, actions in PERFECT:
        games = [_game(seed, worlds, actions) for seed in range(12)]
        times = [_seconds(bg.markov_perfect, game) for game in games]
        print(f"  {worlds} worlds, {actions} x {actions} stages: {_told(times)}")


def _told(times: list[float]) -> str:
    return f"{1000 * statistics.median(times):6.1f} ms, at most {1000 * max(times):.1f} ms"


def _seconds(work: Callable[..., Any], *given: Any) -> float:
    start = time.perf_counter()
    work(*given)
    return time.perf_counter() - start


def _game(seed: int, worlds: int, size: int) -> bg.StochasticGame:
    source = random.Random(f"{seed} {worlds} {size}")
    states = [f"w{k}" for k in range(worlds)]
    actions = tuple(f"a{k}" for k in range(size))

    def payoffs() -> Any:
        return [[source.randint(-5, 5) for _ in actions] for _ in actions]

    def chances() -> dict[str, Fraction]:
        weights = [source.randint(0, 3) for _ in states]
        weights[0] += not any(weights)
        return {
            name: Fraction(weight, sum(weights))
            for name, weight in zip(states, weights, strict=True)
        }

    stages = [bg.NormalFormGame([payoffs(), payoffs()], actions=(actions, actions)) for _ in states]
    transitions = {w: {(a, b): chances() for a in actions for b in actions} for w in states}
    return bg.StochasticGame(states, stages, transitions, "9/10")


def _automaton(seed: int, game: bg.StochasticGame, player: int, count: int) -> bg.Automaton:
    source = random.Random(f"{seed} {player}")
    names = [f"q{k}" for k in range(count)]
    stage = game.stages[0]
    profiles = [stage.outcome(cell) for cell in stage.cells()]
    return bg.Automaton(
        "random",
        {q: {w: source.choice(stage.actions[player]) for w in game.states} for q in names},
        {
            q: {w: {seen: source.choice(names) for seen in profiles} for w in game.states}
            for q in names
        },
    )
