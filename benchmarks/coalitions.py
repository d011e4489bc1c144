"""Power counted and not listed, and exact nucleoli; against coopgame, which lists coalitions."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import balancegame as bg
from balancegame.solvers.coalitional.counting import counts
from benchmarks.peers import ask_peer

MEMBERS = (10, 12, 14, 16, 18, 20, 22, 24)
GAMES = 3
LARGEST_WEIGHT = 100
AHEAD = 10  # times as fast, from so many members on
FROM = 20

INDICES: dict[str, Callable[[bg.CoalitionalGame], Any]] = {
    "Shapley": bg.shapley,
    "Banzhaf": bg.banzhaf,
    "Deegan-Packel": bg.deegan_packel,
    "Holler": bg.holler,
    "Johnston": bg.johnston,
}


def main() -> None:
    """Print the seconds of large councils, of the peer's games, and of nucleoli."""
    _large_councils()
    votes = [_votes(n, seed) for n in MEMBERS for seed in range(GAMES)]
    nucleoli = [_values(8, seed) for seed in range(5)]
    request = {"votes": votes, "indices": votes[: GAMES * 4], "nucleoli": nucleoli}
    answers = ask_peer("coopgame-py==0.3.0", Path(__file__).with_name("coopgame_peer.py"), request)
    _against_the_peer(votes, answers)
    _nucleoli(nucleoli, answers)


def _large_councils() -> None:
    print("  Large councils, each index counted from nothing")
    people = [83_120, 66_990, 59_260, 47_330, 38_390, 19_330, 17_400, 11_520, 10_640, 10_480]
    people += [10_290, 9_980, 9_770, 8_930, 7_000, 5_790, 5_520, 5_430, 4_890, 4_110]
    people += [2_790, 2_080, 1_930, 1_320, 870, 600, 480]
    source = random.Random(50)
    councils = {
        "Security Council": (bg.CoalitionalGame.weighted([7] * 5 + [1] * 10, 39), 0.002),
        "27, states and people": (
            bg.CoalitionalGame.weighted([[1] * 27, people], [15, sum(people) * Fraction(13, 20)]),
            2,
        ),
        "27, people to the thousand": (
            bg.CoalitionalGame.weighted(
                [[1] * 27, [p + source.randrange(10) for p in people]], [15, 285_000]
            ),
            2,
        ),
        "27, two uneven rules": (_both(27, 9_000, source), 3),
        "40, two uneven rules": (_both(40, 10, source), 3),
        "50, total 20,000": (_council(50, 20_000, source), 2),
        "100, total 20,000": (_council(100, 20_000, source), None),
        "100, number and total 20,000": (_council(100, 20_000, source, 55), None),
    }
    for title, (game, limit) in councils.items():
        for name, index in INDICES.items():
            try:
                seconds = min(_seconds(index, game) for _ in range(3 if limit else 1))
            except bg.GameError as error:
                print(f"    {title:27} {name:14} refused: {error}")
                continue
            late = f"   slower than {limit:g} s" if limit and seconds > limit else ""
            print(f"    {title:27} {name:14} {seconds * 1e3:10.2f} ms{late}", flush=True)


def _against_the_peer(votes: list[Any], answers: Any) -> None:
    print("  Shapley values of random weighted games, the best of three runs each")
    for k, n in enumerate(MEMBERS):
        ours, rounded, errors = [], 0, [0.0]
        for at in range(k * GAMES, (k + 1) * GAMES):
            weights, quota = votes[at]
            game = bg.CoalitionalGame.weighted(weights, quota)
            value = bg.shapley(game)
            ours.append(min(_seconds(bg.shapley, game) for _ in range(3)))
            if answers is not None:
                theirs = answers["votes"][at][1]
                rounded += any(Fraction(a) != b for a, b in zip(theirs, value, strict=True))
                errors += [abs(float(Fraction(a) - b)) for a, b in zip(theirs, value, strict=True)]
        middle = statistics.median(ours)
        line = f"    {n} members: ours {middle * 1e3:8.2f} ms"
        if answers is not None:
            times = [answers["votes"][at][0] for at in range(k * GAMES, (k + 1) * GAMES)]
            ratio = statistics.median(times) / middle
            late = f"   less than {AHEAD}x" if n >= FROM and ratio < AHEAD else ""
            line += (
                f", coopgame {statistics.median(times) * 1e3:8.2f} ms ({ratio:.1f}x); rounded in "
                f"{rounded} of {GAMES} games, by up to {max(errors):.0e}{late}"
            )
        print(line, flush=True)
    if answers is not None:
        small = votes[: GAMES * 4]
        ours = [
            sum(_seconds(INDICES[name], bg.CoalitionalGame.weighted(*game)) for name in INDICES)
            for game in small
        ]
        print(
            f"    all indices, 10 to 16 members: ours {statistics.median(ours) * 1e3:.2f} ms, "
            f"coopgame's power_indices {statistics.median(answers['indices']) * 1e3:.2f} ms"
        )


def _nucleoli(games: list[Any], answers: Any) -> None:
    print("  Exact nucleoli of random games")
    ours, same = [], 0
    for k, values in enumerate(games):
        game = _game(values)
        seconds, found = _timed(partial(bg.nucleolus, game))
        ours.append(seconds)
        if answers is not None:
            same += tuple(map(Fraction, answers["nucleoli"][k][1])) == found
    line = f"    8 players: ours {statistics.median(ours) * 1e3:.2f} ms"
    if answers is not None:
        theirs = statistics.median(seconds for seconds, _ in answers["nucleoli"])
        line += (
            f", coopgame {theirs * 1e3:.2f} ms ({theirs / statistics.median(ours):.1f}x); the same "
            f"in {same} of {len(games)}"
        )
    print(line)
    for n in (10, 12, 14):
        made = [_game(_values(n, seed)) for seed in range(3)]
        seconds = [_timed(partial(bg.nucleolus, game))[0] for game in made]
        print(f"    {n} players: ours {statistics.median(seconds) * 1e3:.2f} ms", flush=True)


def _seconds(index: Callable[[bg.CoalitionalGame], Any], game: bg.CoalitionalGame) -> float:
    return _timed(partial(index, game))[0]


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    counts.cache_clear()
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def _council(
    members: int, total: int, source: random.Random, number: int = 0
) -> bg.CoalitionalGame:
    cuts = sorted(source.sample(range(1, total), members - 1))
    weights = [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]
    if number:
        return bg.CoalitionalGame.weighted([[1] * members, weights], [number, total // 2 + 1])
    return bg.CoalitionalGame.weighted(weights, total // 2 + 1)


def _both(members: int, largest: int, source: random.Random) -> bg.CoalitionalGame:
    columns = [[source.randint(1, largest) for _ in range(members)] for _ in range(2)]
    return bg.CoalitionalGame.weighted(columns, [sum(column) * 13 // 20 for column in columns])


def _votes(members: int, seed: int) -> tuple[list[int], int]:
    source = random.Random(f"{members} {seed}")
    weights = [source.randint(1, LARGEST_WEIGHT) for _ in range(members)]
    return weights, source.randint(sum(weights) // 2 + 1, sum(weights) * 3 // 4)


def _values(players: int, seed: int) -> list[int]:
    """Return a random value for every coalition but nobody, larger for larger ones."""
    source = random.Random(f"{players} {seed}")
    values = [source.randrange(100) * mask.bit_count() for mask in range(1, 2**players)]
    values[-1] = 100 * players
    return values


def _game(values: list[int]) -> bg.CoalitionalGame:
    size = len(values).bit_length()
    names = [f"player {k + 1}" for k in range(size)]
    place = {name: 1 << k for k, name in enumerate(names)}
    return bg.CoalitionalGame(lambda S: values[sum(place[p] for p in S) - 1] if S else 0, names)


if __name__ == "__main__":
    main()
