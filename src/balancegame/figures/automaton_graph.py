"""An automaton as a graph: states as circles, and arrows for what the players were seen to do."""

from __future__ import annotations

from collections.abc import Mapping
from math import hypot

from balancegame.figures.svg import Drawing, element, label, length, text_width
from balancegame.games.automata import Automaton
from balancegame.games.normal_form import NormalFormGame
from balancegame.wording import called, or_list

__all__ = ["automaton_graph", "automaton_in_words"]

RADIUS = 46.0
GAP = 150.0
LEVEL = 120.0
ENTRY = 50.0


def automaton_graph(
    automaton: Automaton, stage: NormalFormGame, player: int = 0, lit: str = "", then: str = ""
) -> Drawing:
    """Return the graph of an automaton in one player's role.

    Parameters
    ----------
    automaton : Automaton
    stage : NormalFormGame
    player : int
        The player's position.
    lit : str, optional
        The state that play is in.
    then : str, optional
        The state that play goes to from there; the arrow is drawn thick.
    """
    machine = automaton.on(stage, player)
    ways = [_ways(stage, moves) for moves in machine.moves]
    count = len(machine.names)
    longest = max(max(0, target - k) for k, targets in enumerate(ways) for target in targets)
    level = LEVEL + 66 * max(0, longest - 1)
    places = [(ENTRY + RADIUS + k * (2 * RADIUS + GAP), level) for k in range(count)]
    body = element("path", d=f"M14 {length(level)}h30", stroke="ink", fill="none", stroke_width=2)
    body += _head((ENTRY, level), (1, 0))
    drawn = 0.0
    for k, targets in enumerate(ways):
        for target, words in targets.items():
            taken = (machine.names[k], machine.names[target]) == (lit, then)
            path, reach = _arrow(places, k, target, words, taken)
            body += path
            drawn = max(drawn, reach)
    for k, (x, y) in enumerate(places):
        here = machine.names[k] == lit
        body += element(
            "circle", kind="bg-state", cx=x, cy=y, r=RADIUS,
            fill="equilibrium" if here else "panel", stroke="ink",
            stroke_width=4 if here else 1.6, data_state=machine.names[k],
        )  # fmt: skip
        action = stage.actions[player][machine.actions[k]]
        body += label(x, y - 2, action, size=13, text_anchor="middle", font_weight=600,
                      room=2 * RADIUS - 8)  # fmt: skip
        body += label(x, y + 16, machine.names[k], size=11, text_anchor="middle",
                      room=2 * RADIUS - 10)  # fmt: skip
    width = places[-1][0] + RADIUS + 110
    return Drawing(width, level + max(RADIUS + 20, drawn + 24), body,
                   automaton_in_words(automaton, stage, player, lit, then))  # fmt: skip


def automaton_in_words(
    automaton: Automaton, stage: NormalFormGame, player: int = 0, lit: str = "", then: str = ""
) -> str:
    """Return states, actions and transitions in words."""
    machine = automaton.on(stage, player)
    who = called(stage.players[player])
    parts = [f"{automaton.name}, as {who} plays it; it starts in {machine.names[0]}."]
    for k, name in enumerate(machine.names):
        action = stage.actions[player][machine.actions[k]]
        turns = "; ".join(
            f"after {words} it goes to {machine.names[target]}" if target != k
            else f"after {words} it stays"
            for target, words in _ways(stage, machine.moves[k]).items()
        )  # fmt: skip
        parts.append(f"In {name} it plays {action}; {turns}.")
    if lit and then:
        parts.append(f"Play is in {lit} and goes to {then}." if then != lit
                     else f"Play is in {lit} and stays.")  # fmt: skip
    elif lit:
        parts.append(f"Play is in {lit}.")
    return " ".join(parts)


def _ways(stage: NormalFormGame, moves: Mapping[tuple[int, ...], int]) -> dict[int, str]:
    """Return for each next state what leads to it; the commonest of several is "anything else"."""
    groups: dict[int, list[str]] = {}
    for cell, target in moves.items():
        profile = ", ".join(names[a] for names, a in zip(stage.actions, cell, strict=True))
        groups.setdefault(target, []).append(f"({profile})")
    if len(groups) == 1:
        return dict.fromkeys(groups, "anything")
    most = max(groups, key=lambda target: len(groups[target]))
    named = {target: or_list(listed) for target, listed in groups.items() if target != most}
    rest = "anything else" if len(groups[most]) > 1 else groups[most][0]
    return {**named, most: rest}


def _arrow(
    places: list[tuple[float, float]], start: int, end: int, words: str, taken: bool
) -> tuple[str, float]:
    """Return an arrow with its words, and how far it reaches below the states' middle."""
    (x0, y), (x1, _) = places[start], places[end]
    style = {"fill": "none", "stroke": "ink", "stroke_width": 4 if taken else 1.6}
    kind = "bg-way bg-taken" if taken else "bg-way"
    if start == end:
        d = f"M{length(x0 - 16)} {length(y - RADIUS + 3)}c-20 -48 52 -48 32 0"
        path = element("path", kind=kind, d=d, **style)
        path += _head((x0 + 16, y - RADIUS + 3), (0.35, 1))
        return path + _words(x0, y - RADIUS - 44, words), 0.0
    forward = end > start
    bend = (-1 if forward else 1) * (22 + 66 * (abs(end - start) - 1) + (0 if forward else 12))
    side = 1 if forward else -1
    a = (x0 + side * RADIUS * 0.88, y + (-1 if forward else 1) * RADIUS * 0.47)
    b = (x1 - side * RADIUS * 0.88, y + (-1 if forward else 1) * RADIUS * 0.47)
    middle = ((a[0] + b[0]) / 2, a[1] + bend * 2)
    d = f"M{length(a[0])} {length(a[1])}Q{length(middle[0])} {length(middle[1])} "
    path = element("path", kind=kind, d=f"{d}{length(b[0])} {length(b[1])}", **style)
    path += _head(b, (b[0] - middle[0], b[1] - middle[1]))
    top = a[1] + bend
    place = top - 7 if forward else top + 16
    return path + _words(middle[0], place, words), max(0.0, place - y)


def _head(tip: tuple[float, float], direction: tuple[float, float]) -> str:
    size = hypot(*direction) or 1.0
    ux, uy = direction[0] / size, direction[1] / size
    left = (tip[0] - 9 * ux + 5 * uy, tip[1] - 9 * uy - 5 * ux)
    right = (tip[0] - 9 * ux - 5 * uy, tip[1] - 9 * uy + 5 * ux)
    corners = "L".join(f"{length(x)} {length(y)}" for x, y in (tip, left, right))
    return element("path", d=f"M{corners}Z", fill="ink")


def _words(x: float, y: float, words: str) -> str:
    width = min(text_width(words, 11), 210.0) + 8
    paper = element("rect", x=x - width / 2, y=y - 11, width=width, height=15, fill="paper",
                    opacity=0.85)  # fmt: skip
    return paper + label(x, y, words, size=11, text_anchor="middle", room=210)
