"""How the world of a stochastic game changes, in words; and whether automata are an equilibrium."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from balancegame.explain.dispatch import explain, only
from balancegame.explain.explanation import Explanation, Reason, detail
from balancegame.games.stochastic import StochasticGame
from balancegame.solvers.repeated.one_shot_deviations import one_shot_verdict
from balancegame.wording import and_list, counted, or_list, told


@explain.register
def _(game: StochasticGame, *context: Any) -> Explanation:
    if not context:
        return Explanation(tuple(world_reasons(game)))
    return explain(one_shot_verdict(game, only(context, "a stochastic game takes automata")))


def world_reasons(game: StochasticGame) -> Iterator[Reason]:
    """Say from each state of the world what may come next, and after what."""
    size = counted(len(game.states), "state", "states")
    yield Reason(
        f"The world has {size}, {and_list(game.states)}, and a payoff one period later counts "
        f"{told(game.delta)} times as much."
    )
    for state in range(len(game.states)):
        yield detail(way_in_words(game, state))
    if game.unreached:
        which = "it" if len(game.unreached) == 1 else "them"
        yield Reason(
            f"No other state leads to {and_list(game.unreached)}, so play meets {which} only if it "
            "starts there."
        )


def way_in_words(game: StochasticGame, state: int) -> str:
    """Return what may come after one state of the world."""
    stage, name = game.stages[state], game.states[state]
    rows: dict[tuple[tuple[int, Fraction], ...], list[str]] = {}
    for cell in stage.cells():
        row = tuple(sorted(game.odds(state, cell).items()))
        rows.setdefault(row, []).append(f"({', '.join(stage.outcome(cell))})")
    if len(rows) == 1:
        (row,) = rows
        return f"From {name}, {_chances(game, dict(row))}, whatever is played."
    most = max(rows, key=lambda row: len(rows[row]))
    parts = [
        f"after {or_list(profiles)} {_chances(game, dict(row))}"
        for row, profiles in rows.items()
        if row != most
    ]
    rest = rows[most][0] if len(rows[most]) == 1 else "anything else"
    return f"From {name}, {'; '.join(parts)}; after {rest} {_chances(game, dict(most))}."


def _chances(game: StochasticGame, odds: Mapping[int, Fraction]) -> str:
    if len(odds) == 1:
        return f"{game.states[next(iter(odds))]} follows for certain"
    listed = [f"{game.states[later]} with probability {told(p)}" for later, p in odds.items()]
    return f"{and_list(listed)} follow"
