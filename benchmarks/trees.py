"""Game trees: backward induction on large trees and on ties, and hidden information against Gambit.

With ``--against DIR`` a complete binary tree of 8,192 ends is built and solved side by side with an
earlier checkout.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import balancegame as bg
from balancegame.games.efg import efg_text, parse_efg
from benchmarks.large_trees_peer import best_of
from benchmarks.peers import ask_peer

DEPTH = 13
PAYOFFS = range(-50, 51)
TREES = 40


def main() -> None:
    """Print seconds and ratios, kind by kind."""
    _large()
    _linear()
    _tied()
    _hidden()


def _large() -> None:
    against = os.environ.get("BENCHMARK_AGAINST")
    if against is None:
        seconds, _ = best_of(DEPTH, 7)
        print(f"  {2**DEPTH} ends, built and solved: {seconds * 1e3:.0f} ms")
        return
    ours, theirs = [], []
    # In turn, so that a busy machine slows both down.
    for _ in range(3):
        ours.append(_in_environment(Path.cwd()))
        theirs.append(_in_environment(Path(against)))
    (mine, payoffs), (before, known) = min(ours), min(theirs)
    same = "same payoffs" if payoffs == known else "OTHER PAYOFFS"
    print(
        f"  {2**DEPTH} ends, built and solved: {mine * 1e3:.0f} ms, before {before * 1e3:.0f} ms "
        f"({before / mine:.1f}x), {same}"
    )


def _in_environment(folder: Path) -> Any:
    script = Path(__file__).with_name("large_trees_peer.py")
    finished = subprocess.run(
        [folder / ".venv/bin/python", script],
        input=json.dumps([DEPTH, 5]),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(finished.stdout.splitlines()[-1])


def _linear() -> None:
    """Compare trees of 50,000 and of 100,000 ends."""
    small, large = _wide(50_000), _wide(100_000)
    pairs = [(_seconds(small), _seconds(large)) for _ in range(5)]
    few, many = (min(times) for times in zip(*pairs, strict=True))
    print(f"  50,000 ends {few * 1e3:.0f} ms, 100,000 ends {many * 1e3:.0f} ms ({many / few:.2f}x)")


def _wide(ends: int) -> Callable[[], Any]:
    source = random.Random(1)
    payoffs = [(source.randrange(10**9), source.randrange(10**9)) for _ in range(ends)]

    def solve() -> Any:
        level: list[Any] = payoffs
        mover = 0
        while len(level) > 1:
            mover = 1 - mover
            groups = (level[k : k + 10] for k in range(0, len(level), 10))
            level = [
                bg.Decision("AB"[mover], {f"move {k}": node for k, node in enumerate(group)})
                for group in groups
            ]
        return bg.subgame_perfect(bg.GameTree(level[0], ("A", "B")))[0].payoffs

    return solve


def _tied() -> None:
    """Solve trees in which nearly everything ties."""
    for depth in (5, 10, 13):
        source = random.Random(depth)

        def node(levels: int, source: random.Random = source) -> Any:
            if not levels:
                return source.randint(0, 1), source.randint(0, 1)
            below = {action: node(levels - 1) for action in ("left", "right")}
            return bg.Decision("AB"[levels % 2], below)

        tree = bg.GameTree(node(depth), ("A", "B"))
        start = time.perf_counter()
        found = bg.subgame_perfect(tree)
        digits = len(str(found.number)) if depth < 13 else "thousands of"
        outcomes = len(found.outcomes)
        print(
            f"  {2**depth} ends that pay 0 or 1: {(time.perf_counter() - start) * 1e3:.0f} ms, a "
            f"number of {digits} digits, {outcomes} outcomes"
        )


def _hidden() -> None:
    """Compare reduced normal forms and all equilibria of two-player trees with Gambit."""
    texts = [efg_text(hidden_tree(seed)) for seed in range(TREES)]
    peer = Path(__file__).with_name("gambit_trees_peer.py")
    answers = ask_peer("pygambit", peer, texts)
    groups: dict[str, list[tuple[float, float, bool]]] = {}
    bg.equilibria(parse_efg(texts[0]).normal_form())
    for k, text in enumerate(texts):
        seconds, found = min((_solved(text) for _ in range(3)), key=lambda run: run[0])
        rows, columns = found.game.shape
        size = f"{rows} x {columns}"
        theirs, count = (sum(answers[k][0]), answers[k][1]) if answers else (0.0, 0)
        groups.setdefault(size, []).append((seconds, theirs, len(found) == count))
    for size in sorted(groups):
        mine, theirs, same = zip(*groups[size], strict=True)
        line = f"  hidden information, {size}, {len(mine)} files: ours {_ms(mine)}"
        if answers:
            ratios = [b / a for a, b in zip(mine, theirs, strict=True)]
            line += f", Gambit {_ms(theirs)}; median ratio {statistics.median(ratios):.1f}x, "
            line += f"ahead on {sum(r > 1 for r in ratios)}; as many equilibria in {sum(same)}"
        print(line, flush=True)


def _solved(text: str) -> tuple[float, bg.Equilibria]:
    start = time.perf_counter()
    found = bg.equilibria(parse_efg(text).normal_form())
    return time.perf_counter() - start, found


def hidden_tree(seed: int) -> bg.GameTree:
    """Return a tree of a draw of chance and two players who see only part of what was done."""
    source = random.Random(seed)
    cards = source.choice([2, 2, 3])  # more, and Gambit takes minutes

    def end() -> tuple[int, int]:
        return source.choice(PAYOFFS), source.choice(PAYOFFS)

    def answer(seen: str) -> bg.Decision:
        return bg.Decision("B", {"accept": end(), "refuse": end()}, seen)

    def deal() -> bg.Decision:
        stop = answer("stop") if source.random() < 0.5 else end()
        return bg.Decision("A", {"act": answer("act"), "stop": stop})

    drawn = {f"card {k}": (f"1/{cards}", deal()) for k in range(cards)}
    return bg.GameTree(bg.Chance(drawn), ("A", "B"))


def _seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _ms(seconds: tuple[float, ...]) -> str:
    return f"{statistics.median(seconds) * 1e3:.2f} ms"


if __name__ == "__main__":
    main()
