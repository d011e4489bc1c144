"""bg.lemke_howson on integer games of 20 x 20, against Gambit 17's exact lcp_solve."""

from __future__ import annotations

import random
import statistics
import time
from pathlib import Path

import balancegame as bg
from balancegame.games.nfg import nfg_text
from benchmarks.peers import ask_peer

SIZE, GAMES, WHOLE = 20, 12, 4
# What we promise: the first within twice its time, all labels 20 times faster than its default.
FIRST, ALL = 2.0, 20.0


def main() -> None:
    """Print the time to the first certified equilibrium and to what all labels reach."""
    games = [_game(seed) for seed in range(GAMES)]
    bg.lemke_howson(games[0])
    ours = [_timed(bg.NormalFormGame(game.payoffs)) for game in games]
    peer = ask_peer(
        "pygambit==17.0.0b2",
        Path(__file__).with_name("lemke_howson_peer.py"),
        {"games": list(map(nfg_text, games)), "whole": WHOLE},
    )
    first = statistics.median(seconds for seconds, _, _ in ours)
    every = statistics.median(seconds for _, seconds, _ in ours)
    print(f"  first: ours {first * 1e3:.1f} ms; all {2 * SIZE} labels: {every * 1e3:.0f} ms")
    if peer is None:
        return
    theirs = statistics.median(seconds for seconds, _, _ in peer)
    ratio = first / theirs
    print(
        f"  first: Gambit {theirs * 1e3:.1f} ms, ours in {ratio:.2f} of its time"
        f"{'' if ratio <= FIRST else f'   slower than {FIRST:g}'}"
    )
    for (_, mine, found), (_, seconds, count) in zip(ours[:WHOLE], peer[:WHOLE], strict=True):
        times = seconds / mine
        print(
            f"  all: Gambit {seconds:.1f} s for {count} it can reach, ours {mine * 1e3:.0f} ms for "
            f"the {found} of all labels: {times:.0f}x{'' if times >= ALL else '   too slow'}"
        )


def _game(seed: int) -> bg.NormalFormGame:
    chosen = random.Random(seed)
    drawn = [
        [[chosen.randint(-100, 100) for _ in range(SIZE)] for _ in range(SIZE)] for _ in range(2)
    ]
    return bg.NormalFormGame(drawn)


def _timed(game: bg.NormalFormGame) -> tuple[float, float, int]:
    start = time.perf_counter()
    [first] = bg.lemke_howson(game, labels=[0])
    assert bg.verify(game, first).holds
    middle = time.perf_counter()
    found = bg.lemke_howson(game)
    assert all(bg.verify(game, equilibrium).holds for equilibrium in found)
    return middle - start, time.perf_counter() - middle, len(found)


if __name__ == "__main__":
    main()
