"""A page of what the benchmarks printed last: each with its day and its machine."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

NAME = "benchmarks.md"

_HEAD = """\
# Benchmarks

What `make bench` printed last, on which day and which machine. `make bench ARGS="--page docs"`
writes this page, and `make bench ARGS="equilibria --page docs"` the section of one benchmark.
Seconds belong to a machine; ratios, which are measured in turns within one run, say more.
"""


def write_page(folder: Path, told: dict[str, tuple[str, str]], order: tuple[str, ...]) -> None:
    """Put what benchmarks printed in place of what the page said of them.

    Parameters
    ----------
    folder : Path
    told : dict
        From the name of a benchmark to what it measures and what it printed.
    order : tuple of str
        The names of all benchmarks, as the page shows them.
    """
    sections = read_sections(folder)
    for name, (about, printed) in told.items():
        sections[name] = f"{about}\n\n{_where()}\n\n```text\n{dedent(printed).strip()}\n```\n"
    kept = [f"\n## {name}\n\n{sections[name]}" for name in order if name in sections]
    (folder / NAME).write_text(_HEAD + "".join(kept), encoding="utf-8")


def read_sections(folder: Path) -> dict[str, str]:
    """Return what the page says of each benchmark."""
    page = folder / NAME
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    parts = (part.partition("\n\n") for part in text.split("\n## ")[1:])
    return {name: f"{said.strip()}\n" for name, _, said in parts}


def _where() -> str:
    load, processors = os.getloadavg()[0], os.cpu_count() or 1
    busy = f", with {load:.0f} other tasks running" if load > processors else ""
    return (
        f"*{datetime.now(UTC).date().isoformat()}, {_processor()}, {processors} processors{busy}, "
        f"Python {platform.python_version()}*"
    )


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    lines = described.read_text(encoding="utf-8").splitlines() if described.exists() else []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
