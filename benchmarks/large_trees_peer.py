"""Builds and solves a complete binary tree; run by the environment of an earlier checkout too."""

import json
import random
import sys
import time

import balancegame as bg


def main() -> None:
    """Answer a depth, and how often, with the seconds of the best run and the payoffs found."""
    depth, times = json.load(sys.stdin)
    print(json.dumps(best_of(depth, times)))


def best_of(depth: int, times: int) -> tuple[float, list[str]]:
    """Return the seconds to build and solve a tree of that depth, and what play yields."""
    seconds, found = float("inf"), []
    for _ in range(times):
        start = time.perf_counter()
        tree = bg.GameTree(node(depth, random.Random(1)), ("A", "B"))
        found = bg.subgame_perfect(tree)
        payoffs = found[0].payoffs
        seconds = min(seconds, time.perf_counter() - start)
    return seconds, list(map(str, payoffs))


def node(depth: int, source: random.Random) -> object:
    """Return a complete binary tree in which two players move in turn, without ties."""
    if not depth:
        return source.randint(0, 10**9), source.randint(0, 10**9)
    below = {action: node(depth - 1, source) for action in ("left", "right")}
    return bg.Decision("AB"[depth % 2], below)


if __name__ == "__main__":
    main()
