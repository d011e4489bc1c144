"""Time QuantEcon's dominated actions (by mixtures); run by an environment of its own."""

import json
import sys
import time

import numpy as np
from quantecon.game_theory import NormalFormGame, Player


def main() -> None:
    """Answer games, an array of payoffs a player, with seconds and undominated actions."""
    answers = []
    for number, payoffs in enumerate(json.load(sys.stdin)):
        arrays = [np.array(array, float) for array in payoffs]
        players = len(arrays)
        # A player's own axis comes first, then the others' in turn.
        game = NormalFormGame(
            [
                Player(array.transpose([(i + k) % players for k in range(players)]).copy())
                for i, array in enumerate(arrays)
            ]
        )
        if number == 0:
            game.players[0].dominated_actions()
        start = time.perf_counter()
        dominated = [set(map(int, player.dominated_actions())) for player in game.players]
        seconds = time.perf_counter() - start
        left = [
            [a for a in range(n) if a not in gone]
            for n, gone in zip(arrays[0].shape, dominated, strict=True)
        ]
        answers.append([seconds, left])
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
