"""The states of the world as a graph, with the chances that one follows another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from balancegame.exact import plain
from balancegame.explain.stochastic import way_in_words
from balancegame.figures import svg
from balancegame.figures.draw import draw, refuse
from balancegame.figures.figure import Figure, figure
from balancegame.figures.norm_strip import norm_strip
from balancegame.figures.state_graph import Node, Way, state_graph, wrapped
from balancegame.games.stochastic import StochasticGame
from balancegame.games.stochastic_model import StochasticModel
from balancegame.solvers.repeated.markov_perfect import MarkovEquilibrium
from balancegame.solvers.repeated.norm_regimes import norm_regimes
from balancegame.wording import and_list, mixture, or_list


def worlds_graph(
    game: StochasticGame,
    lit: str = "",
    then: str = "",
    played: Mapping[str, Sequence[str]] | None = None,
) -> svg.Drawing:
    """Return the graph of a world.

    ``lit`` is the state that the world is in, ``then`` the one that followed, by a thick arrow;
    ``played`` says what stands below each state's name, a line for each player.
    """
    nodes = [
        Node(name, (name, *(played or {}).get(name, ())), "ink", name == lit)
        for name in game.states
    ]
    ways = [
        Way(k, target, wrapped(words), (game.states[k], game.states[target]) == (lit, then))
        for k in range(len(game.states))
        for target, words in _ways(game, k).items()
    ]
    return svg.Drawing(*state_graph(nodes, ways), worlds_in_words(game, lit, then, played))


def worlds_in_words(
    game: StochasticGame,
    lit: str = "",
    then: str = "",
    played: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """Return what the graph shows, in words."""
    parts = [f"The states of the world are {and_list(game.states)}; play starts in the first."]
    parts += [way_in_words(game, k) for k in range(len(game.states))]
    if game.unreached:
        parts.append(f"No other state leads to {and_list(game.unreached)}.")
    parts += [f"In {name}: {', '.join(acts)}." for name, acts in (played or {}).items()]
    if lit:
        onward = f", and {then} follows" if then else ""
        parts.append(f"The world is in {lit}{onward}.")
    return " ".join(parts)


@draw.register
def _(subject: StochasticGame, *, state: str = "", then: str = "", **values: Any) -> Figure:
    refuse(values, "a stochastic game")
    for name in filter(None, (state, then)):
        subject.state_index(name)
    caption = f"How the world changes, at delta = {plain(subject.delta)}."
    return figure(worlds_graph(subject, state, then), caption)


@draw.register
def _(subject: MarkovEquilibrium, **values: Any) -> Figure:
    refuse(values, "an equilibrium")
    game = subject.game
    played = {
        state: [
            mixture(strategy, names)
            for strategy, names in zip(subject.strategies[state], stage.actions, strict=True)
        ]
        for state, stage in zip(game.states, game.stages, strict=True)
    }
    drawing = worlds_graph(game, played=played)
    return figure(drawing, f"A Markov-perfect equilibrium of {and_list(game.players)}.")


@draw.register
def _(subject: StochasticModel, **values: Any) -> Figure:
    setting = subject.values(**values)
    graph = worlds_graph(subject.game(**values))
    first, value = next(iter(setting.items()))
    fixed: dict[str, Any] = {name: number for name, number in setting.items() if name != first}
    strip = norm_strip(norm_regimes(subject, first, fixed), value)
    at = and_list(f"{name} = {plain(number)}" for name, number in setting.items())
    return figure(svg.stacked(graph, strip, gap=20), f"{subject.title}, at {at}.")


def _ways(game: StochasticGame, state: int) -> dict[int, list[str]]:
    """Return for each state that may come next what stands on the arrow to it."""
    stage = game.stages[state]
    found: dict[int, dict[Fraction, list[str]]] = {}
    cells = list(stage.cells())
    for cell in cells:
        for target, chance in game.odds(state, cell).items():
            profile = f"({', '.join(stage.outcome(cell))})"
            found.setdefault(target, {}).setdefault(chance, []).append(profile)
    return {
        target: [_on_the_arrow(chance, after, len(cells)) for chance, after in rows.items()]
        for target, rows in sorted(found.items())
    }


def _on_the_arrow(chance: Fraction, after: list[str], count: int) -> str:
    words = "for certain" if chance == 1 else f"chance {plain(chance)}"
    if len(after) == count:
        return words
    if len(after) == 1 or len(after) < count - 1:
        return f"{words} after {or_list(after)}"
    return f"{words} after all but one profile"
