"""Payoff sets by QuantEcon's implementation of Abreu and Sannikov; run by its own environment.

Each case is answered in a child process, because some crash the interpreter.
"""

import json
import os
import sys
import time
import warnings

import numpy as np
from quantecon.game_theory import NormalFormGame, Player, RepeatedGame


def main() -> None:
    """Answer a list of (first payoffs, second payoffs, delta) with vertices and seconds of CPU.

    The seconds are those of the payoff set alone, and those with the game that is made for it.
    """
    request = json.load(sys.stdin)
    warnings.simplefilter("ignore")
    # Compiled before the children are forked, on a game whose set is a polygon: many others make
    # it raise.
    for our_start in (False, True):
        _answer(*_game([[9, 1], [10, 3]], [[9, 10], [1, 3]], 0.5, our_start))
    replies = [
        {
            "its own start": _apart(case, False, request["repeats"]),
            "our start": _apart(case, True, request["repeats"]),
        }
        for case in request["cases"]
    ]
    print(json.dumps(replies))


def _apart(case: list, our_start: bool, repeats: int) -> dict:
    """Return the answer of a child process, with the least CPU time of a few."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        alone = whole = float("inf")
        try:
            for _ in range(repeats + 1):
                start = time.process_time()
                game, options = _game(*case, our_start)
                made = time.process_time()
                vertices = _answer(game, options)
                done = time.process_time()
                alone, whole = min(alone, done - made), min(whole, done - start)
            reply = {"vertices": vertices, "seconds": alone, "with the game": whole}
        except Exception as error:
            reply = {"error": type(error).__name__}
        os.write(write, json.dumps(reply).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as told:
        words = told.read()
    os.waitpid(child, 0)
    return json.loads(words) if words else {"error": "crash"}


def _game(first: list, second: list, delta: float, our_start: bool) -> tuple:
    rows, columns = np.array(first, float), np.array(second, float)
    game = NormalFormGame((Player(rows), Player(columns.T)))
    options = {}
    if our_start:
        options["u_init"] = np.array([rows.max(axis=0).min(), columns.max(axis=1).min()])
    return RepeatedGame(game, delta), options


def _answer(game: RepeatedGame, options: dict) -> list:
    hull = game.equilibrium_payoffs(method="AS", options=options)
    return np.asarray(hull.points[hull.vertices]).tolist()


if __name__ == "__main__":
    main()
