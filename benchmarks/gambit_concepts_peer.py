"""Time Gambit's actions not strictly dominated by pure ones; run by an environment of its own."""

import json
import sys
import time

import numpy as np
import pygambit
from pygambit.supports import undominated_strategies_solve


def main() -> None:
    """Answer games, an array of payoffs a player, with seconds and undominated actions."""
    answers = []
    for payoffs in json.load(sys.stdin):
        game = pygambit.Game.from_arrays(*(np.array(array) for array in payoffs))
        start = time.perf_counter()
        found = undominated_strategies_solve(game.strategy_support_profile(), strict=True)
        seconds = time.perf_counter() - start
        kept = set(found)
        left = [
            [a for a, strategy in enumerate(player.strategies) if strategy in kept]
            for player in game.players
        ]
        answers.append([seconds, left])
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
