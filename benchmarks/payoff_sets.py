"""bg.payoff_set on random stage games against QuantEcon's Abreu and Sannikov, in a child process.

QuantEcon starts from the feasible set with threats of its own choosing, we from the pure minmax
payoffs: most of the difference in speed comes from that start. Ours carries its proof.
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

__all__ = ["main"]

SIZES = ((2, 40), (3, 40), (4, 40), (6, 20), (8, 20))
PEER = Path(__file__).with_name("quantecon_payoff_sets_peer.py")
NEAR = 1e-3


def main() -> None:
    """Print times, how many sets are exact, and how many QuantEcon gets wrong."""
    print("  milliseconds a set, certificate included: median (slowest); delta from .1 to .99")
    for size, count in SIZES:
        cases = [_case(random.Random(f"{size} {k}"), size) for k in range(count)]
        found, times = [], []
        bg.payoff_set(_game(cases[0]))
        for case in cases:
            start = time.perf_counter()
            found.append(bg.payoff_set(_game(case)))
            times.append((time.perf_counter() - start) * 1e3)
        exact = sum(not answer.error for answer in found)
        close = sum(0 < answer.error < Fraction(1, 10**6) for answer in found)
        print(
            f"  {size}x{size}: {statistics.median(times):6.1f} ({max(times):.0f})   {exact} of "
            f"{count} exact, {close} enclosed to a millionth",
            flush=True,
        )
        replies = ask_peer("quantecon", PEER, [(a, b, float(d)) for a, b, d in cases], 900)
        if replies is None:
            continue
        raised = sum("error" in reply for reply in replies)
        wrong = sum(
            "error" not in reply and not _agree(answer, reply["vertices"])
            for answer, reply in zip(found, replies, strict=True)
        )
        ours = [t for t, reply in zip(times, replies, strict=True) if "error" not in reply]
        theirs = [reply["seconds"] * 1e3 for reply in replies if "error" not in reply]
        if theirs:
            print(
                f"       QuantEcon {statistics.median(theirs):6.1f} ({max(theirs):.0f}) where it "
                f"answers, ours there {statistics.median(ours):.1f}; it raises on {raised} and "
                f"differs by more than {NEAR:g} on {wrong}",
                flush=True,
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
