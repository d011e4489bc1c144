"""Run every benchmark, or those that are named: ``python -m benchmarks equilibria regimes``.

With ``--against DIR`` explorers and the grading of the exercises are measured side by side with
those of an earlier checkout of this repository, which has an environment of its own in ``.venv``.
With ``--page DIR`` the page of the last figures in that folder is renewed.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import traceback
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from benchmarks.page import write_page

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


def main(names: list[str], page: Path | None = None) -> int:
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
        printed = _Both()
        try:
            with redirect_stdout(printed):
                module.main()
        except Exception:
            traceback.print_exc()
            failed += 1
            continue
        if page:
            about = (module.__doc__ or "").partition("\n\n")[0].replace("\n", " ")
            write_page(page, {name: (about, printed.getvalue())}, MODULES)
    return 1 if failed else 0


class _Both(StringIO):
    """Text that is shown at once, and kept."""

    def write(self, text: str) -> int:
        sys.__stdout__.write(text)
        sys.__stdout__.flush()
        return super().write(text)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MODULES))
    parser.add_argument("--against", metavar="DIR", help="an earlier checkout with its .venv")
    parser.add_argument("--page", metavar="DIR", type=Path, help="where the page of figures is")
    given = parser.parse_args()
    if given.against:
        os.environ["BENCHMARK_AGAINST"] = given.against
    sys.exit(main(given.names, given.page))
