"""bg.payoff_set on random stage games against QuantEcon's Abreu and Sannikov, in child processes.

QuantEcon starts with each player's least payoff as the threat, we with the pure minmax payoffs,
which saves most of the steps. So it is measured a second time from our start: that is what is left
of the gain. Ours carries its proof, theirs runs in compiled floats.
"""

from __future__ import annotations

import random
import statistics
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import balancegame as bg
from benchmarks.peers import ask_peer

SIZES = ((2, 40), (3, 40), (4, 40), (6, 20), (8, 20))
PEER = Path(__file__).with_name("quantecon_payoff_sets_peer.py")
NEAR = 1e-3
REPEATS = 7


def main() -> None:
    """Print times, how many sets are exact, how many QuantEcon gets wrong, and ratios."""
    print(
        "  milliseconds of CPU a set, its proof included: median (slowest); delta from .1 to .99; "
        "the game is made before, here and there"
    )
    ratios: dict[str, list[tuple[float, float]]] = {}
    for size, count in SIZES:
        cases = [_case(random.Random(f"{size} {k}"), size) for k in range(count)]
        found, times, wholes = zip(*map(_timed, cases), strict=True)
        exact = sum(not answer.error for answer in found)
        widest = max(float(answer.error) for answer in found)
        print(
            f"  {size}x{size}: {statistics.median(times):6.1f} ({max(times):.0f})   {exact} of "
            f"{count} exact{f', others enclosed within {widest:.0e}' if widest else ''}",
            flush=True,
        )
        requests = [(a, b, float(d)) for a, b, d in cases]
        replies = ask_peer("quantecon", PEER, {"cases": requests, "repeats": REPEATS}, 900)
        if replies is None:
            continue
        for start in ("its own start", "our start"):
            replied = [reply[start] for reply in replies]
            answered, with_the_game = (
                [
                    (ours, reply[seconds] * 1e3)
                    for ours, reply in zip(measured, replied, strict=True)
                    if "vertices" in reply
                ]
                for measured, seconds in ((times, "seconds"), (wholes, "with the game"))
            )
            wrong = sum(
                "vertices" in reply and not _agree(answer, reply["vertices"])
                for answer, reply in zip(found, replied, strict=True)
            )
            ratios.setdefault(start, []).extend(answered)
            print(
                f"       QuantEcon from {start}: {_compared(answered)}; raises or crashes on "
                f"{count - len(answered)}, differs by more than {NEAR:g} on {wrong}\n"
                f"         with the game that is made first: {_compared(with_the_game)}",
                flush=True,
            )
    for start, answered in ratios.items():
        print(f"  all sizes, QuantEcon from {start}: {_compared(answered)}")


def _timed(case: tuple[Any, Any, Fraction]) -> tuple[bg.PayoffSet, float, float]:
    """Return the answer and the least CPU time of a few, without and with its game, in ms."""
    alone, whole = [], []
    for _ in range(REPEATS + 1):
        start = time.process_time()
        game = _game(case)
        made = time.process_time()
        found = bg.payoff_set(game)
        done = time.process_time()
        alone.append((done - made) * 1e3)
        whole.append((done - start) * 1e3)
    return found, min(alone), min(whole)


def _compared(answered: list[tuple[float, float]]) -> str:
    """Return medians where the peer answers, theirs over ours, and the median of the ratios."""
    if not answered:
        return "no answer"
    ours, theirs = (statistics.median(listed) for listed in zip(*answered, strict=True))
    each = statistics.median(b / a for a, b in answered)
    slowest = max(theirs for _, theirs in answered)
    return (
        f"{theirs:.1f} ({slowest:.0f}) where it answers, ours there {ours:.1f}: "
        f"{theirs / ours:.1f} times, game by game {each:.1f}"
    )


def _case(rng: random.Random, size: int) -> tuple[Any, Any, Fraction]:
    tables = [[[rng.randint(-10, 10) for _ in range(size)] for _ in range(size)] for _ in range(2)]
    return tables[0], tables[1], Fraction(rng.randint(10, 99), 100)


def _game(case: tuple[Any, Any, Fraction]) -> bg.RepeatedGame:
    first, second, delta = case
    return bg.RepeatedGame(bg.NormalFormGame([first, second]), delta)


def _agree(found: bg.PayoffSet, theirs: list[list[float]]) -> bool:
    """Return whether two sets reach equally far in sixteen directions, up to rounding."""
    import numpy as np

    if not found.vertices or not theirs:
        return bool(found.vertices) == bool(theirs)
    angles = np.arange(16) * np.pi / 8
    directions = np.stack([np.cos(angles), np.sin(angles)])
    ours = np.array([[float(x), float(y)] for x, y in found.vertices])
    gap = (ours @ directions).max(axis=0) - (np.array(theirs) @ directions).max(axis=0)
    return bool(np.abs(gap).max() < NEAR + float(found.error))


if __name__ == "__main__":
    main()
