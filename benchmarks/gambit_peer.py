"""Gambit's exact enumeration on given games; run by an environment of its own."""

import json
import sys
import time

import numpy as np
import pygambit


def main() -> None:
    """Answer a list of pairs of integer payoff tables with seconds and profiles, a game each."""
    answers = []
    games = [
        pygambit.Game.from_arrays(np.array(first), np.array(second))
        for first, second in json.load(sys.stdin)
    ]
    pygambit.nash.enummixed_solve(games[0], rational=True)
    for game in games:
        start = time.perf_counter()
        found = pygambit.nash.enummixed_solve(game, rational=True).equilibria
        seconds = time.perf_counter() - start
        answers.append(
            [
                seconds,
                [
                    [str(profile[s]) for p in game.players for s in p.strategies]
                    for profile in found
                ],
            ]
        )
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
