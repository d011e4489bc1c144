"""bg.sweep and bg.solve_many against loops over nashpy and QuantEcon, a cell."""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import balancegame as bg
from benchmarks.peers import ask_peer

RESOLUTION = 201
SAMPLE = 400
MANY = 100_000


def main() -> None:
    """Print seconds a cell and ratios."""
    print("Sweeps of 40,401 cells and 100,000 unrelated games, microseconds a game")
    rows = [
        ("core-dilemma, 2x2", bg.models["core-dilemma"], ("s", "E"), 2),
        ("random model, 3x3", _model(3), ("t", "u"), 3),
        ("random model, 4x4", _model(4), ("t", "u"), 4),
    ]
    for title, model, axes, _ in rows:
        cells = RESOLUTION**2
        ours = _median(lambda m=model, a=axes: bg.sweep(m, *a, resolution=RESOLUTION)) / cells
        diagram = bg.sweep(model, *axes, resolution=RESOLUTION)
        _row(title, ours, _sampled(model, axes, diagram))
    source = np.random.default_rng(1)
    for size in (2, 3):
        first, second = source.integers(-5, 5, size=(2, MANY, size, size), endpoint=True)
        ours = _median(lambda a=first, b=second: bg.solve_many(a, b)) / MANY
        games = [(first[k].tolist(), second[k].tolist()) for k in range(SAMPLE)]
        _row(f"{MANY:,} unrelated, {size}x{size}", ours, games)
    labels = bg.solve_many(first, second)
    start = time.perf_counter()
    count = len(labels.supports)
    print(
        f"  naming the {count:,} distinct solutions of these: {time.perf_counter() - start:.2f} s"
    )
    print(f"  a million cells of 3x3: {_memory():.0f} MB at the peak")


def _row(title: str, ours: float, games: list[Any]) -> None:
    nashpy = _nashpy(games)
    quantecon = ask_peer("quantecon", Path(__file__).with_name("quantecon_peer.py"), games)
    line = (
        f"  {title:<24} ours {ours * 1e6:8.3f}   nashpy {nashpy * 1e6:9.1f} ({nashpy / ours:,.0f}x)"
    )
    if quantecon is not None:
        line += f"   QuantEcon {quantecon * 1e6:7.2f} ({quantecon / ours:,.1f}x)"
    print(line, flush=True)


def _median(task: Callable[[], object], rounds: int = 7) -> float:
    task()
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        task()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def _sampled(model: bg.Model, axes: tuple[str, str], diagram: Any) -> list[Any]:
    source = random.Random(0)
    games = []
    for _ in range(SAMPLE):
        values = (source.choice(diagram.x), source.choice(diagram.y))
        game = model.game(**dict(zip(axes, values, strict=True)))
        games.append([[[float(p) for p in row] for row in array] for array in game.payoffs])
    return games


def _nashpy(games: list[Any]) -> float:
    import nashpy

    ready = [nashpy.Game(np.array(first), np.array(second)) for first, second in games]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        start = time.perf_counter()
        for game in ready:
            list(game.support_enumeration())
        return (time.perf_counter() - start) / len(games)


def _model(size: int) -> bg.Model:
    source = random.Random(size)

    def payoff() -> str:
        constant, across, up = source.randint(-5, 5), source.randint(-3, 3), source.randint(-3, 3)
        return f"{constant} + {across}*t + {up}*u"

    return bg.Model(
        name="random",
        title="Random",
        players=("A", "B"),
        actions=tuple(tuple(f"{name}{k}" for k in range(size)) for name in "ab"),
        payoffs=[[[payoff() for _ in range(size)] for _ in range(size)] for _ in range(2)],
        parameters=(bg.Parameter("t", "x", 0, -4, 4), bg.Parameter("u", "y", 0, -4, 4)),
    )


def _memory() -> float:
    """Return the most memory that a sweep of a million cells holds at once, in MB."""
    script = (
        "import sys, tracemalloc\n"
        "import balancegame as bg\n"
        "from benchmarks.sweeps import _model\n"
        "bg.sweep(_model(3), 't', 'u', resolution=2)\n"
        "tracemalloc.start()\n"
        "bg.sweep(_model(3), 't', 'u', resolution=1000)\n"
        "print(tracemalloc.get_traced_memory()[1])\n"
    )
    finished = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return int(finished.stdout) / 1e6


if __name__ == "__main__":
    main()
