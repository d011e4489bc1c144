"""Gambit's exact lcp_solve on files; run by an environment of its own."""

import io
import json
import sys
import time

import pygambit


def main() -> None:
    """Answer files with the seconds to the first equilibrium, to all, and how many these are."""
    asked = json.load(sys.stdin)
    games = [pygambit.read_nfg(io.BytesIO(text.encode())) for text in asked["games"]]
    pygambit.nash.lcp_solve(games[0], rational=True, stop_after=1)
    answers = []
    for k, game in enumerate(games):
        start = time.perf_counter()
        pygambit.nash.lcp_solve(game, rational=True, stop_after=1)
        middle = time.perf_counter()
        count = None
        if k < asked["whole"]:
            count = len(pygambit.nash.lcp_solve(game, rational=True).equilibria)
        answers.append([middle - start, time.perf_counter() - middle, count])
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
