"""Payoff sets by QuantEcon's implementation of Abreu and Sannikov; run by its own environment.

A reply is printed for each case as it comes, so that what was answered before a crash is known.
"""

import json
import sys
import time

import numpy as np
from quantecon.game_theory import NormalFormGame, Player, RepeatedGame


def main() -> None:
    """Answer a list of (first payoffs, second payoffs, delta) with vertices and seconds."""
    cases = json.load(sys.stdin)
    replies = []
    # Compiled on a game whose set is a polygon: many others make it raise.
    _answer([[9, 1], [10, 3]], [[9, 10], [1, 3]], 0.5)
    for case in cases:
        start = time.perf_counter()
        try:
            vertices = _answer(*case)
            reply = {"vertices": vertices}
        except Exception as error:
            reply = {"error": type(error).__name__}
        replies.append({**reply, "seconds": time.perf_counter() - start})
    print(json.dumps(replies))


def _answer(first: list, second: list, delta: float) -> list:
    game = NormalFormGame((Player(np.array(first, float)), Player(np.array(second, float).T)))
    hull = RepeatedGame(game, delta).equilibrium_payoffs(method="AS")
    return np.asarray(hull.points[hull.vertices]).tolist()


if __name__ == "__main__":
    main()
