"""bg.regimes on random models: thresholds alone, and with every solution written out."""

from __future__ import annotations

import statistics
import time

import balancegame as bg
from tests.random_models import random_model

# Actions a player, degree in the parameter, models, and the target for the median in ms.
CASES = ((2, 1, 40, None), (3, 1, 40, 20), (4, 1, 20, 300), (3, 2, 20, None), (4, 2, 8, None))


def main() -> None:
    """Print median and slowest times."""
    print("  milliseconds a model: median (slowest); the first column is bg.regimes itself")
    for size, degree, count, target in CASES:
        found, solved, ends = [], [], []
        bg.regimes(random_model(-1, (size, size), degree), "t")
        for seed in range(count):
            model = random_model(seed, (size, size), degree)
            start = time.perf_counter()
            along = bg.regimes(model, "t")
            middle = time.perf_counter()
            for regime in along:
                _ = regime.solution
            found.append((middle - start) * 1e3)
            solved.append((time.perf_counter() - start) * 1e3)
            ends.append(len(along))
        goal = f"   target for the first {target}" if target else ""
        print(
            f"  {size}x{size}, degree {degree}: {_times(found)}   with every solution "
            f"{_times(solved)}   {statistics.median(ends):.0f} regimes a model{goal}",
            flush=True,
        )


def _times(milliseconds: list[float]) -> str:
    return f"{statistics.median(milliseconds):7.1f} ({max(milliseconds):.1f})"


if __name__ == "__main__":
    main()
