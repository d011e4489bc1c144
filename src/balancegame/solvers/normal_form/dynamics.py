"""Learning and adaptation over time, by way of nashpy.

- *Fictitious play* (Brown 1951): each round both play a best response to how often the other has
  taken each action so far.
- *Replicator dynamics* (Taylor 1979): actions that yield more than the average spread.

These are floating-point simulations, to be looked at: they never decide what an equilibrium is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from warnings import catch_warnings, simplefilter

from balancegame.errors import GameError
from balancegame.games.normal_form import NormalFormGame, require_numbers
from balancegame.solvers.solutions import Explained

MOST_STEPS = 100_000


@dataclass(frozen=True, repr=False)
class Path(Explained):
    """How the mixtures of two players move over time, in floats.

    The process is "fictitious play" or "replicator dynamics". ``strategies`` has at each time a
    tuple of probabilities for each player: in fictitious play how often each action was taken.
    """

    game: NormalFormGame = field(compare=False)
    process: str
    times: tuple[float, ...]
    strategies: tuple[tuple[tuple[float, ...], tuple[float, ...]], ...]

    @property
    def end(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Where the path ends."""
        return self.strategies[-1]

    def __repr__(self) -> str:
        return f"<Path of {self.process}, {len(self.times)} points, until time {self.times[-1]:g}>"


def fictitious_play(
    game: NormalFormGame, start: Any = None, steps: int = 200, seed: int = 0
) -> Path:
    """Return how often each action has been taken, round by round.

    Parameters
    ----------
    game : NormalFormGame
        Of two players.
    start : profile, optional
        The beliefs of the first round, as if seen once; by default everybody's first action.
    steps : int
    seed : int
        Among several best responses chance chooses; the same seed gives the same path.

    Notes
    -----
    Terms of the glossary:

    fictitious play
        each side looks back at what the other has done so far, and answers that as well as it can

    Examples
    --------
    >>> game = NormalFormGame([[[2, 0], [3, 1]], [[2, 3], [0, 1]]])
    >>> fictitious_play(game, steps=3).end
    ((0.25, 0.75), (0.25, 0.75))
    """
    _require(game, "fictitious_play", steps)
    import numpy as np

    beliefs = game.profile([0, 0] if start is None else start)
    counts = [np.array(strategy, dtype=float) for strategy in beliefs]
    with _seeded(seed):
        played = list(game.to_nashpy().fictitious_play(steps, play_counts=counts))
    return Path(
        game,
        "fictitious play",
        tuple(float(t) for t in range(steps + 1)),
        tuple(tuple(tuple((c / c.sum()).tolist()) for c in pair) for pair in played),  # type: ignore[misc]
    )


def replicator_dynamics(
    game: NormalFormGame, start: Any = None, time: float | None = None, steps: int = 200
) -> Path:
    """Return how two populations' shares of each action move, a population for each player.

    Parameters
    ----------
    game : NormalFormGame
        Of two players.
    start : profile, optional
        By default every action is equally frequent. An action that nobody takes never appears.
    time : float, optional
        When to stop; by default 100 over the largest difference between payoffs, so that the same
        game in other units looks the same.
    steps : int
        Into how many equal steps the time is divided.

    Examples
    --------
    >>> game = NormalFormGame([[[2, 0], [3, 1]], [[2, 3], [0, 1]]])
    >>> [round(p, 3) for p in replicator_dynamics(game).end[0]]
    [0.0, 1.0]
    """
    _require(game, "replicator_dynamics", steps)
    time = _usual_time(game) if time is None else time
    if not 0 < time < float("inf"):
        raise GameError(f"the time is {time!r}; give a positive number.")
    import numpy as np

    even = [[f"1/{n}"] * n for n in game.shape]
    start = game.profile(even if start is None else start)
    first, second = (np.array(strategy, dtype=float) for strategy in start)
    times = np.linspace(0, time, steps + 1)
    points = _followed(game.to_nashpy(), first, second, times)
    if points is None:
        raise GameError(
            f"the dynamics move too fast to follow until time {time:g} in {steps} steps; give a "
            "shorter time or more steps."
        )
    return Path(
        game,
        "replicator dynamics",
        tuple(times.tolist()),
        tuple((tuple(x.tolist()), tuple(y.tolist())) for x, y in points),
    )


def _followed(game: Any, first: Any, second: Any, times: Any) -> list[tuple[Any, Any]] | None:
    """Return the pairs of mixtures at given times, or None where not even one step succeeds."""
    points = _integrated(game, first, second, times)
    if points is not None or len(times) == 2:
        return points
    # Over a long time the integrator gives up; over each half it has less to do at once.
    middle = len(times) // 2
    early = _followed(game, first, second, times[: middle + 1])
    late = early and _followed(game, *early[-1], times[middle:])
    return [*early, *late[1:]] if early and late else None


def _integrated(game: Any, first: Any, second: Any, times: Any) -> list[tuple[Any, Any]] | None:
    """Return the pairs of mixtures at given times, or None where the integrator complains."""
    from scipy.integrate import ODEintWarning

    with catch_warnings():
        simplefilter("error", ODEintWarning)
        try:
            xs, ys = game.asymmetric_replicator_dynamics(first, second, times)
        except ODEintWarning:
            return None
    pairs = [(x.clip(0), y.clip(0)) for x, y in zip(xs, ys, strict=True)]
    if not all(0.5 < mixture.sum() < 2 for pair in pairs for mixture in pair):
        return None
    return [(x / x.sum(), y / y.sum()) for x, y in pairs]


def _usual_time(game: NormalFormGame) -> float:
    entries = zip(*map(game.payoffs_at, game.cells()), strict=True)
    spread = float(max(max(listed) - min(listed) for listed in entries))
    return 100 / spread if spread else 1.0


def _require(game: NormalFormGame, verb: str, steps: int) -> None:
    if len(require_numbers(game, verb).players) != 2:
        raise GameError(f"{verb} takes games of 2 players; this one has {len(game.players)}.")
    if not 1 <= steps <= MOST_STEPS:
        raise GameError(f"the number of steps is {steps!r}; give one from 1 to {MOST_STEPS}.")


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """Make nashpy's draws repeatable, and leave everybody else's as they were."""
    import numpy as np

    state = np.random.get_state()
    np.random.seed(seed)
    try:
        yield
    finally:
        np.random.set_state(state)
