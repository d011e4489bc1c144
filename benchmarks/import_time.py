"""`import balancegame` against `import numpy`: fresh processes, taken in turn."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

ROUNDS = 31
TARGET = 1.5

# What is loaded when first used must not be what makes the import quick.
FIRST_GAME = "import balancegame as bg; bg.equilibria(bg.NormalFormGame([[[2, 0], [0, 1]]] * 2))"


def main() -> None:
    """Print the medians and their ratio, with and without Python's own start."""
    seconds = measure("pass", "import balancegame", "import numpy", FIRST_GAME)
    start, ours, numpy, first = (statistics.median(times) for times in seconds)
    print(f"  median of {ROUNDS} fresh processes; Python alone {start * 1e3:.0f} ms")
    print(f"  import balancegame {ours * 1e3:.0f} ms, import numpy {numpy * 1e3:.0f} ms")
    print(
        f"  ratio {ours / numpy:.2f} (at most {TARGET}); "
        f"without Python's own start {(ours - start) / (numpy - start):.2f}"
    )
    print(f"  import and solve a first game {first * 1e3:.0f} ms, ratio {first / numpy:.2f}")


def measure(*statements: str) -> list[list[float]]:
    """Return the seconds of every run of each statement, the statements taken in turn."""
    seconds: list[list[float]] = [[] for _ in statements]
    for round_ in range(ROUNDS + 1):
        for times, statement in zip(seconds, statements, strict=True):
            begin = time.perf_counter()
            subprocess.run([sys.executable, "-c", statement], check=True)
            if round_:  # The first round fills the caches of files and of byte code.
                times.append(time.perf_counter() - begin)
    return seconds


if __name__ == "__main__":
    main()
