"""Run every benchmark, or those that are named: ``python -m benchmarks equilibria regimes``.

With ``--against DIR`` explorers and the grading of the exercises are measured side by side with
those of an earlier checkout of this repository, which has an environment of its own in ``.venv``.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import traceback

MODULES = (
    "import_time",
    "equilibria",
    "lemke_howson",
    "concepts",
    "regimes",
    "sweeps",
    "rationalizing",
    "signalling",
    "payoff_sets",
    "stochastic",
    "tournament",
    "trees",
    "coalitions",
    "claims",
    "explorer_latency",
    "grading",
    "site",
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
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MODULES))
    parser.add_argument("--against", metavar="DIR", help="an earlier checkout with its .venv")
    given = parser.parse_args()
    if given.against:
        os.environ["BENCHMARK_AGAINST"] = given.against
    sys.exit(main(given.names))
