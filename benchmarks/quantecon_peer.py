"""Time QuantEcon's support enumeration on given games; run by its own environment."""

import json
import sys
import time

import numpy as np
from quantecon.game_theory import NormalFormGame, Player, support_enumeration


def main() -> None:
    """Answer a list of pairs of payoff tables with the median seconds a game."""
    games = [
        NormalFormGame((Player(np.array(first, float)), Player(np.array(second, float).T)))
        for first, second in json.load(sys.stdin)
    ]
    support_enumeration(games[0])
    rounds = []
    for _ in range(3):
        start = time.perf_counter()
        for game in games:
            support_enumeration(game)
        rounds.append((time.perf_counter() - start) / len(games))
    print(json.dumps(sorted(rounds)[1]))


if __name__ == "__main__":
    main()
