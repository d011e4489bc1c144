"""Run every benchmark, or those that are named: ``python -m benchmarks equilibria regimes``."""

from __future__ import annotations

import importlib
import sys
import traceback

MODULES = (
    "import_time",
    "equilibria",
    "concepts",
    "regimes",
    "sweeps",
    "payoff_sets",
    "explorer_latency",
    "grading",
)


def main(names: list[str]) -> int:
    """Run the benchmarks one after the other; one that cannot run does not stop the others."""
    unknown = sorted(set(names) - set(MODULES))
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}; there are {', '.join(MODULES)}.")
        return 2
    failed = 0
    for name in names or MODULES:
        print(f"== {name}", flush=True)
        try:
            module = importlib.import_module(f"benchmarks.{name}")
        except ModuleNotFoundError as error:
            print(f"  left out: {error}.")
            continue
        try:
            module.main()
        except Exception:
            traceback.print_exc()
            failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
