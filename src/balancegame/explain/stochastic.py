"""How the world of a stochastic game changes, and what players do in it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from balancegame.explain.dispatch import explain, explains, only
from balancegame.explain.explanation import Explanation, Reason, detail
from balancegame.games.stochastic import StochasticGame
from balancegame.solvers.repeated.markov_perfect import MarkovEquilibria, MarkovEquilibrium
from balancegame.solvers.repeated.one_shot_deviations import one_shot_verdict
from balancegame.wording import (
    amounts,
    and_list,
    capital,
    mixture,
    number_word,
    or_list,
    told,
)

MOST_LISTED = 12


@explain.register
def _(game: StochasticGame, *context: Any) -> Explanation:
    if not context:
        return Explanation(tuple(world_reasons(game)))
    return explain(one_shot_verdict(game, only(context, "a stochastic game takes automata")))


def world_reasons(game: StochasticGame) -> Iterator[Reason]:
    """Say from each state of the world what may come next, and after what."""
    size = len(game.states)
    states = f"{number_word(size)} {'state' if size == 1 else 'states'}, {and_list(game.states)}"
    yield Reason(
        f"The world has {states}; a payoff a period later counts {told(game.delta)} times as much."
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
        return f"From {name} the world {_onward(game, state, dict(row))}, whatever is played."
    most = max(rows, key=lambda row: len(rows[row]))
    parts = [
        f"after {or_list(profiles)} it {_onward(game, state, dict(row))}"
        for row, profiles in rows.items()
        if row != most
    ]
    rest = rows[most][0] if len(rows[most]) == 1 else "anything else"
    return f"From {name}: {'; '.join(parts)}; after {rest} it {_onward(game, state, dict(most))}."


def _onward(game: StochasticGame, state: int, odds: Mapping[int, Fraction]) -> str:
    """Return where the world goes: "stays with probability 3/4 and goes to hostile with 1/4"."""
    ways = ["stays" if later == state else f"goes to {game.states[later]}" for later in odds]
    if len(odds) == 1:
        return f"{ways[0]} for certain"
    (first, chance), *others = zip(ways, odds.values(), strict=True)
    rest = (f"{way} with {told(p)}" for way, p in others)
    return and_list([f"{first} with probability {told(chance)}", *rest])


@explains
def _(found: MarkovEquilibria) -> Iterator[Reason]:
    """Say how many equilibria there are, and what is done and worth in each."""
    count = len(found)
    how = "" if found.mixed else " in pure strategies; there may be others, in which somebody mixes"
    words = f"{number_word(count)} Markov-perfect {'equilibrium' if count == 1 else 'equilibria'}"
    yield Reason(
        f"There {'is' if count == 1 else 'are'} {words}{how}: what is done depends on the state of "
        "the world alone."
    )
    for equilibrium in found[:MOST_LISTED]:
        yield detail(f"{capital(markov_in_words(equilibrium))}.")
    if count > MOST_LISTED:
        yield detail(f"The other {count - MOST_LISTED} are in the answer, which is a sequence.")
    for group in found.continua:
        numbers = and_list([str(k + 1) for k in group])
        yield Reason(
            f"Numbers {numbers} of these lie in one continuum of equilibria: where two of them "
            "differ only in what one player does in one state, every mixture of the two is an "
            "equilibrium too."
        )
    if found.degenerate:
        yield Reason(
            "In some of these a player is indifferent to an action that it does not take, so there "
            "may be further equilibria, in mixed strategies, between those listed."
        )


@explains
def _(equilibrium: MarkovEquilibrium) -> Iterator[Reason]:
    """Say what is done and worth in each state."""
    yield Reason(f"{capital(markov_in_words(equilibrium))}.")
    yield Reason(
        "Nobody gains by acting otherwise in any state, now or for ever, so this is Markov-perfect."
    )


def markov_in_words(equilibrium: MarkovEquilibrium) -> str:
    """Return what is done in each state and what play is worth from there on."""
    game = equilibrium.game
    parts = []
    for state, stage in zip(game.states, game.stages, strict=True):
        sides = zip(equilibrium.strategies[state], stage.actions, strict=True)
        does = ", ".join(mixture(strategy, names) for strategy, names in sides)
        parts.append(
            f"in {state} ({does}), worth {amounts(game.players, equilibrium.payoffs[state])}"
        )
    return "; ".join(parts)
