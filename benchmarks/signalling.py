"""bg.perfect_bayesian on random signalling games, and maps of a model with two of everything."""

from __future__ import annotations

import random
import statistics
import time
from typing import Any

import balancegame as bg

SIZES = (((2, 2, 2), 200), ((3, 2, 2), 60), ((3, 3, 3), 20))


def main() -> None:
    """Print how long all equilibria take with all that is said of them, and a map."""
    print("All perfect Bayesian equilibria with beliefs, priors and the intuitive criterion")
    for sizes, count in SIZES:
        games = [_game(seed, sizes) for seed in range(count)]
        times = sorted(_seconds(game) for game in games)
        middle, longest = statistics.median(times), times[-1]
        print(
            f"  {' x '.join(map(str, sizes))}: {1000 * middle:7.2f} ms, at most "
            f"{1000 * longest:.2f} ms"
        )
    model = bg.models["costly-signal"]
    for x, y in (("p", "B"), ("s_L", "B")):
        start = time.perf_counter()
        diagram = bg.sweep(model, x, y)
        seconds = time.perf_counter() - start
        print(
            f"  map of 101 x 101 over {x} and {y}: {1000 * seconds:.0f} ms, "
            f"{len(diagram.legend)} regimes"
        )

    print("Models of a random game in which a third of the payoffs move")
    for sizes in ((2, 2, 2), (3, 2, 2), (3, 3, 3)):
        model = _model(1, sizes)
        start = time.perf_counter()
        count = len(bg.regimes(model, "c"))
        middle = time.perf_counter()
        legend = bg.sweep(model, "c", "d").legend
        end = time.perf_counter()
        print(
            f"  {' x '.join(map(str, sizes))}: {count} regimes over one parameter in "
            f"{1000 * (middle - start):.0f} ms, map of 101 x 101 in "
            f"{1000 * (end - middle):.0f} ms, {len(legend)} regimes"
        )


def _model(seed: int, sizes: tuple[int, int, int]) -> bg.SignallingModel:
    source = random.Random(f"model {seed} {sizes}")
    game = _game(seed, sizes)

    def moving(payoff: Any) -> str:
        return f"{payoff} + {source.choice(('0', '0', '0', '0', '2*c', '2*d'))}"

    def moved(array: Any) -> Any:
        return tuple(map(moved, array)) if isinstance(array, tuple) else moving(array)

    return bg.SignallingModel(
        name="random",
        title="A random game",
        types=game.types,
        prior=game.prior,
        messages=game.messages,
        replies=game.replies,
        payoffs=moved(game.payoffs),
        parameters=[bg.Parameter(name, f"what {name} is", 0, 0, 4) for name in "cd"],
    )


def _game(seed: int, sizes: tuple[int, int, int]) -> bg.SignallingGame:
    source = random.Random(f"{seed} {sizes}")
    types, messages, replies = sizes

    def table() -> Any:
        return [
            [[source.randint(-9, 9) for _ in range(replies)] for _ in range(messages)]
            for _ in range(types)
        ]

    names = [[f"{what}{k}" for k in range(size)] for what, size in zip("tmr", sizes, strict=True)]
    prior = ["1/2", "1/2"] if types == 2 else ["1/2", "1/3", "1/6"]
    return bg.SignallingGame(names[0], prior, names[1], names[2], (table(), table()))


def _seconds(game: bg.SignallingGame) -> float:
    start = time.perf_counter()
    for found in bg.perfect_bayesian(game):
        assert found.beliefs
        assert found.sender
        assert found.receiver
        assert found.prior
        assert found.intuitive
    return time.perf_counter() - start
