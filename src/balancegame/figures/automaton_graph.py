"""An automaton as a graph: states as circles, and arrows for what the players were seen to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from balancegame.errors import GameError
from balancegame.figures import svg
from balancegame.figures.draw import draw, refuse
from balancegame.figures.figure import Figure, figure
from balancegame.figures.player_looks import looks
from balancegame.figures.state_graph import Node, Way, state_graph, wrapped
from balancegame.games.automata import Automaton
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.stochastic import StochasticGame
from balancegame.games.transitions import ALWAYS
from balancegame.wording import called, capital, or_list


def automaton_graph(
    automaton: Automaton,
    stage: NormalFormGame,
    player: int = 0,
    lit: str = "",
    then: str = "",
    world: str = ALWAYS,
) -> svg.Drawing:
    """Return the graph of an automaton in one player's role, in one state of the world.

    ``lit`` is the state that play is in, ``then`` the one it goes to from there, by a thick arrow.
    """
    machine = automaton.on(stage, player, world)
    names = machine.names
    ways = [
        Way(k, target, wrapped(profiles), (names[k], names[target]) == (lit, then))
        for k, moves in enumerate(machine.moves)
        for target, profiles in _ways(stage, moves).items()
    ]
    own = looks(stage.players)[player].paint
    nodes = [
        Node(name, (stage.actions[player][action], name), own, name == lit)
        for name, action in zip(names, machine.actions, strict=True)
    ]
    words = automaton_in_words(automaton, stage, player, lit, then, world)
    return svg.Drawing(*state_graph(nodes, ways), words)


@draw.register
def _(
    subject: Automaton,
    *,
    stage: Any = None,
    player: str | int = 0,
    state: str = "",
    then: str = "",
    world: str = ALWAYS,
    **values: Any,
) -> Figure:
    refuse(values, "an automaton")
    if isinstance(stage, StochasticGame):
        k = stage.state_index(0 if world == ALWAYS else world)
        world, game = stage.states[k], stage.stages[k]
    elif isinstance(stage, NormalFormGame):
        game = stage
    else:
        raise GameError(
            "an automaton is drawn in a role of a game; write draw(automaton, stage=..., "
            "player=...)."
        )
    i = game.player_index(player)
    drawing = automaton_graph(subject, game, i, state, then, world)
    where = "" if world == ALWAYS else f" in {world}"
    return figure(
        drawing, f"{capital(subject.name)}, as {called(game.players[i])} plays it{where}."
    )


def automaton_in_words(
    automaton: Automaton,
    stage: NormalFormGame,
    player: int = 0,
    lit: str = "",
    then: str = "",
    world: str = ALWAYS,
) -> str:
    """Return states, actions and transitions in words."""
    machine = automaton.on(stage, player, world)
    who = called(stage.players[player])
    parts = [f"{automaton.name}, as {who} plays it; it starts in {machine.names[0]}."]
    for k, name in enumerate(machine.names):
        action = stage.actions[player][machine.actions[k]]
        turns = []
        for target, profiles in _ways(stage, machine.moves[k]).items():
            turn = "stays" if target == k else f"goes to {machine.names[target]}"
            turns.append(f"after {or_list(profiles)} it {turn}")
        parts.append(f"In {name} it plays {action}; {'; '.join(turns)}.")
    if lit:
        onward = f" and goes to {then}" if then != lit else " and stays"
        parts.append(f"Play is in {lit}{onward if then else ''}.")
    return " ".join(parts)


def _ways(stage: NormalFormGame, moves: Mapping[tuple[int, ...], int]) -> dict[int, list[str]]:
    """Return for each next state what leads to it; the commonest of several is "anything else"."""
    groups: dict[int, list[str]] = {}
    for cell, target in moves.items():
        profile = ", ".join(names[a] for names, a in zip(stage.actions, cell, strict=True))
        groups.setdefault(target, []).append(f"({profile})")
    if len(groups) == 1:
        return {target: ["anything"] for target in groups}
    most = max(groups, key=lambda target: len(groups[target]))
    rest = groups.pop(most)
    return {**groups, most: ["anything else"] if len(rest) > 1 else rest}
