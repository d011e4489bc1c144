"""bg.equilibria against Gambit's exact enumeration and nashpy's support enumeration."""

from __future__ import annotations

import random
import statistics
import time
import warnings
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

import balancegame as bg
from benchmarks.peers import ask_peer
from tests.brute_force import solved

# Actions a player and how many games.
SIZES = ((2, 60), (3, 60), (4, 60), (5, 40), (6, 25))

# Payoffs of a course land on ties: small whole numbers.
TIED = ((3, range(-5, 6), 300), (3, range(3), 300), (2, range(3), 300))

Game = tuple[list[list[int]], list[list[int]]]


def main() -> None:
    """Print medians and ratios on random games, then who is right on tied ones."""
    for size, count in SIZES:
        games = [_game(seed, size, range(-50, 51)) for seed in range(count)]
        gambit = ask_peer("pygambit", Path(__file__).with_name("gambit_peer.py"), games)
        _speed(size, games, gambit)
    for size, payoffs, count in TIED:
        games = [_game(seed, size, payoffs) for seed in range(count)]
        gambit = ask_peer("pygambit", Path(__file__).with_name("gambit_peer.py"), games)
        _correctness(size, payoffs, games, gambit)


def _game(seed: int, size: int, payoffs: range) -> Game:
    source = random.Random(f"{seed} {size} {payoffs}")
    first, second = (
        [[source.choice(payoffs) for _ in range(size)] for _ in range(size)] for _ in range(2)
    )
    return first, second


def _speed(size: int, games: list[Game], gambit: Any | None) -> None:
    ours, nashpy = [], []
    made = [bg.NormalFormGame(game) for game in games]
    theirs = [game.to_nashpy() for game in made]
    bg.equilibria(made[0])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        list(theirs[0].support_enumeration())
        for game, other in zip(made, theirs, strict=True):
            start = time.perf_counter()
            bg.equilibria(game)
            middle = time.perf_counter()
            list(other.support_enumeration())
            ours.append(middle - start)
            nashpy.append(time.perf_counter() - middle)
    mine = statistics.median(ours)
    line = f"  {size}x{size}: ours {mine * 1e3:6.2f} ms   {_against('nashpy', nashpy, mine)}"
    if gambit is not None:
        line += f"   {_against('Gambit', [seconds for seconds, _ in gambit], mine)}"
        same = sum(
            _profiles(bg.equilibria(game)) == _gambits(found)
            for game, (_, found) in zip(made, gambit, strict=True)
        )
        line += f"   same answer as Gambit in {same} of {len(games)}"
    print(line, flush=True)


def _against(name: str, seconds: list[float], mine: float) -> str:
    median = statistics.median(seconds)
    return f"{name} {median * 1e3:8.2f} ms ({median / mine:.1f}x)"


def _correctness(size: int, payoffs: range, games: list[Game], gambit: Any | None) -> None:
    """Count right answers; the judge is a brute force over all supports."""
    ours = wrong = silent = right = tied = 0
    for k, (first, second) in enumerate(games):
        extreme, _, degenerate = solved(first, second)
        tied += degenerate
        game = bg.NormalFormGame((first, second))
        ours += {e.strategies for e in bg.equilibria(game)} == extreme
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            found = list(game.to_nashpy().support_enumeration())
        if not _same(found, extreme):
            wrong += 1
            silent += not caught
        if gambit is not None:
            right += _gambits(gambit[k][1]) == {tuple(p for x in e for p in x) for e in extreme}
    print(
        f"  {size}x{size}, payoffs {payoffs[0]} to {payoffs[-1]}, {len(games)} games, {tied} "
        f"degenerate: ours right in {ours}, nashpy's set is another in {wrong}, {silent} of them "
        "without a warning" + (f", Gambit right in {right}" if gambit is not None else ""),
        flush=True,
    )


def _same(found: list[Any], extreme: set[Any]) -> bool:
    if len(found) != len(extreme):
        return False
    known = [np.array([float(p) for x in e for p in x]) for e in extreme]
    given = [np.concatenate(pair) for pair in found]
    return all(any(np.allclose(a, b, atol=1e-7) for b in given) for a in known)


def _profiles(solution: bg.Equilibria) -> set[tuple[Fraction, ...]]:
    return {tuple(p for x in e.strategies for p in x) for e in solution}


def _gambits(found: list[list[str]]) -> set[tuple[Fraction, ...]]:
    return {tuple(Fraction(p) for p in profile) for profile in found}


if __name__ == "__main__":
    main()
