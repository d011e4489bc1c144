"""bg.rationalizing against bg.regimes along one parameter, and against bg.sweep over two."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import balancegame as bg
from benchmarks.sweeps import _model
from tests.random_models import random_model

ALONG = ((2, 1, 30), (3, 1, 30), (4, 1, 12), (3, 2, 12))
ROUNDS = 9


def main() -> None:
    """Print both times and their ratio; either should stay below 2."""
    print("  milliseconds, and how many times that of the verb whose inverse it is (target: 2)")
    for size, degree, count in ALONG:
        models = [random_model(seed, (size, size), degree) for seed in range(count)]
        _row(
            f"{size}x{size}, degree {degree}, one parameter",
            lambda models=models: [bg.rationalizing(m, (0, 0), "t") for m in models],
            lambda models=models: [bg.regimes(m, "t") for m in models],
            count,
        )
    for title, model, axes in (
        ("core-dilemma, 201 x 201", bg.models["core-dilemma"], ("s", "E")),
        ("3x3, 201 x 201", _model(3), ("t", "u")),
        ("4x4, 201 x 201", _model(4), ("t", "u")),
    ):
        _row(
            title,
            lambda m=model, a=axes: bg.rationalizing(m, (0, 0), *a, resolution=201),
            lambda m=model, a=axes: bg.sweep(m, *a, resolution=201),
        )


def _row(
    title: str, ours: Callable[[], object], theirs: Callable[[], object], count: int = 1
) -> None:
    """Time both by turns, so that a busy machine slows both."""
    ours()
    theirs()
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for task, taken in zip((ours, theirs), seconds, strict=True):
            start = time.perf_counter()
            task()
            taken.append((time.perf_counter() - start) * 1e3 / count)
    mine, other = map(statistics.median, seconds)
    print(f"  {title:<30} {mine:8.2f}   against {other:8.2f}   {mine / other:.2f}x", flush=True)


if __name__ == "__main__":
    main()
