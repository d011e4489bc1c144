"""Every solution concept on games up to 5x5 and 3x3x3; dominance against QuantEcon and Gambit."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import balancegame as bg
from benchmarks.peers import ask_peer

# What a page can wait for.
LIMIT = 50.0

GAMES = 30
SHAPES = ((2, 2), (3, 3), (5, 5), (3, 3, 3))
TIED, APART = range(-2, 3), range(-50, 51)

Verb = Callable[[bg.NormalFormGame], Any]

CONCEPTS: dict[str, Verb] = {
    "pure equilibria": bg.pure_equilibria,
    "undominated, strictly": bg.undominated,
    "undominated, weakly": partial(bg.undominated, dominance="weak"),
    "elimination, strict": bg.eliminate_dominated,
    "elimination, weak": partial(bg.eliminate_dominated, dominance="weak"),
    "security levels": bg.security_levels,
    "correlated, best for all": bg.correlated_equilibrium,
    "correlated, worst for one": partial(bg.correlated_equilibrium, minimize=0),
    "Pareto and sums": bg.welfare,
    "potential": bg.potential,
}
TWO_PLAYERS: dict[str, Verb] = {
    "equilibria": bg.equilibria,
    "fictitious play, 200 rounds": bg.fictitious_play,
    "replicator dynamics": bg.replicator_dynamics,
}


def main() -> None:
    """Print the median and the slowest of each concept and size, then the peers' dominance."""
    for shape in SHAPES:
        games = [_game(seed, shape, p) for p in (TIED, APART) for seed in range(GAMES)]
        verbs = CONCEPTS | (TWO_PLAYERS if len(shape) == 2 else {})
        print(f"  {'x'.join(map(str, shape))}, {len(games)} games, half of them tied")
        for name, verb in verbs.items():
            seconds = _seconds(verb, [bg.NormalFormGame(game) for game in games])
            median, most = statistics.median(seconds) * 1e3, max(seconds) * 1e3
            judged = "" if most < LIMIT else f"   slower than {LIMIT:g} ms"
            print(f"    {name:28} median {median:6.2f} ms, most {most:6.2f} ms{judged}")
        _against_peers(games)


def _against_peers(games: list[Any]) -> None:
    for package, label, script, by in (
        ("quantecon", "QuantEcon", "quantecon_concepts_peer.py", "mixed"),
        ("pygambit", "Gambit", "gambit_concepts_peer.py", "pure"),
    ):
        answers = ask_peer(package, Path(__file__).with_name(script), games)
        if answers is None:
            continue
        verb = partial(bg.undominated, by=by)
        made = [bg.NormalFormGame(game) for game in games]
        ours = statistics.median(_seconds(verb, made)) * 1e3
        theirs = statistics.median(seconds for seconds, _ in answers) * 1e3
        same = sum(
            [[names.index(a) for a in left] for names, left in zip(g.actions, verb(g), strict=True)]
            == found
            for g, (_, found) in zip(made, answers, strict=True)
        )
        print(
            f"    undominated by {by} strategies: ours {ours:.2f} ms, {label} {theirs:.2f} ms "
            f"({theirs / ours:.1f}x); same answer in {same} of {len(games)}",
            flush=True,
        )


def _seconds(verb: Verb, games: list[bg.NormalFormGame]) -> list[float]:
    verb(games[0])
    return [min(_once(verb, game) for _ in range(3)) for game in games]


def _once(verb: Verb, game: bg.NormalFormGame) -> float:
    start = time.perf_counter()
    verb(game)
    return time.perf_counter() - start


def _game(seed: int, shape: tuple[int, ...], payoffs: range) -> Any:
    source = random.Random(f"{seed} {shape} {payoffs}")

    def array(rest: tuple[int, ...]) -> Any:
        if not rest:
            return source.choice(payoffs)
        return [array(rest[1:]) for _ in range(rest[0])]

    return [array(shape) for _ in shape]


if __name__ == "__main__":
    main()
