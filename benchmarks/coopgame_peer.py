"""Time coopgame's Shapley value, power indices and exact nucleolus; run by its own environment."""

import json
import sys
import time

import coopgame


def main() -> None:
    """Answer weighted games with seconds and Shapley values, games of values with nucleoli."""
    request = json.load(sys.stdin)
    answers = {"votes": [], "indices": [], "nucleoli": []}
    for weights, quota in request["votes"]:
        game = coopgame.Game.weighted_voting(weights, quota)
        times = []
        for _ in range(3):
            start = time.perf_counter()
            value = coopgame.shapley(game)
            times.append(time.perf_counter() - start)
        answers["votes"].append([min(times), list(value)])
    for weights, quota in request["indices"]:
        game = coopgame.Game.weighted_voting(weights, quota)
        start = time.perf_counter()
        coopgame.power_indices(game)
        answers["indices"].append(time.perf_counter() - start)
    for values in request["nucleoli"]:
        start = time.perf_counter()
        found = coopgame.nucleolus_exact(values)
        seconds = time.perf_counter() - start
        answers["nucleoli"].append([seconds, [str(part) for part in found["allocation"]]])
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
