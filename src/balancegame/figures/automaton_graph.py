"""An automaton as a graph: states as circles, and arrows for what the players were seen to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import hypot
from typing import Any

from balancegame.errors import GameError
from balancegame.figures import svg
from balancegame.figures.draw import draw, refuse
from balancegame.figures.figure import Figure, figure
from balancegame.figures.player_looks import looks
from balancegame.games.automata import Automaton
from balancegame.games.normal_form import NormalFormGame, require_game
from balancegame.wording import called, capital, or_list

RADIUS = 46.0
GAP = 150.0
ENTRY = 36.0
SIZE = 11.0
LINE = 14.0
# A profile wider than this is broken after a comma.
WIDEST = 210.0
APART = 14.0


def automaton_graph(
    automaton: Automaton, stage: NormalFormGame, player: int = 0, lit: str = "", then: str = ""
) -> svg.Drawing:
    """Return the graph of an automaton in one player's role.

    ``lit`` is the state that play is in, ``then`` the one it goes to from there, by a thick arrow.
    """
    machine = automaton.on(stage, player)
    names = machine.names
    ways = [
        _Way(k, target, _lines(profiles))
        for k, moves in enumerate(machine.moves)
        for target, profiles in _ways(stage, moves).items()
    ]
    step = _step(ways)
    heights = {side: _heights(ways, side) for side in (1, -1)}
    level, depth = (
        max([RADIUS, *(_top(way, heights[side]) for way in ways if way.side == side)]) + 12
        for side in (1, -1)
    )
    loops = {way.start: way.width / 2 for way in ways if way.span == 0}
    first = max(14 + ENTRY + RADIUS, loops.get(0, 0.0) + 4)
    places = [(first + k * step, level) for k in range(len(names))]
    entry = first - RADIUS
    body = svg.line(entry - ENTRY, level, entry - 6, level, stroke="ink", stroke_width=2)
    body += _head((entry, level), (1, 0))
    drawn = []
    for way in ways:
        taken = (names[way.start], names[way.end]) == (lit, then)
        drawn.append(_arrow(places, way, heights[way.side].get(way.span, 0.0), taken))
    # Words lie over every arrow.
    body += "".join(arrow for arrow, _ in drawn) + "".join(words for _, words in drawn)
    own = looks(stage.players)[player].paint
    for k, (x, y) in enumerate(places):
        style = {"fill": "panel", "stroke": "ink", "stroke_width": 1.6}
        does, calls = own, "ink"
        if names[k] == lit:
            style |= {"fill": "equilibrium", "stroke_width": 4}
            # On the lit state only dark words can be read, on a dark page too.
            does = calls = "badge"
        body += svg.circle(x, y, RADIUS, kind="bg-state", data_state=names[k], **style)
        action = stage.actions[player][machine.actions[k]]
        body += svg.centred(x, y - 2, action, font_weight=600, room=2 * RADIUS - 8, fill=does)
        body += svg.centred(x, y + 16, names[k], size=11, room=2 * RADIUS - 10, fill=calls)
    width = places[-1][0] + max(RADIUS, loops.get(len(names) - 1, 0.0)) + APART
    words = automaton_in_words(automaton, stage, player, lit, then)
    return svg.Drawing(width, level + depth, body, words)


@draw.register
def _(
    subject: Automaton,
    *,
    stage: Any = None,
    player: str | int = 0,
    state: str = "",
    then: str = "",
    **values: Any,
) -> Figure:
    refuse(values, "an automaton")
    if stage is None:
        raise GameError(
            "an automaton is drawn in a role of a game; write draw(automaton, stage=..., "
            "player=...)."
        )
    game = require_game(stage, "draw")
    i = game.player_index(player)
    drawing = automaton_graph(subject, game, i, state, then)
    return figure(drawing, f"{capital(subject.name)}, as {called(game.players[i])} plays it.")


def automaton_in_words(
    automaton: Automaton, stage: NormalFormGame, player: int = 0, lit: str = "", then: str = ""
) -> str:
    """Return states, actions and transitions in words."""
    machine = automaton.on(stage, player)
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


@dataclass(frozen=True)
class _Way:
    """An arrow from a state to a state, and the lines of words beside it."""

    start: int
    end: int
    lines: tuple[str, ...]

    @property
    def span(self) -> int:
        return abs(self.end - self.start)

    @property
    def width(self) -> float:
        return max(svg.text_width(line, SIZE) for line in self.lines) + 8

    @property
    def side(self) -> int:
        """1 if the arrow and its words lie above the states, -1 if below."""
        return 1 if self.end >= self.start else -1


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


def _lines(profiles: list[str]) -> tuple[str, ...]:
    """Return one line for each profile, joined by "or"; a wide profile takes several lines."""
    *most, last = profiles
    lines = []
    for profile in (*(f"{profile} or" for profile in most), last):
        line = ""
        for part in profile.replace(", ", ",\n").split("\n"):
            joined = f"{line} {part}".strip()
            if line and svg.text_width(joined, SIZE) > WIDEST:
                lines.append(line)
                joined = part
            line = joined
        lines.append(line)
    return tuple(lines)


def _step(ways: list[_Way]) -> float:
    """Return how far apart neighbouring states must be for words beside each other to fit."""
    step = 2 * RADIUS + GAP
    for one, other in combinations([way for way in ways if way.span < 2], 2):
        # Twice the middles' distance, in steps: a loop's is its state.
        apart = abs((one.start + one.end) - (other.start + other.end))
        if one.side == other.side and apart in (1, 2):
            step = max(step, (one.width + other.width + 2 * APART) / apart)
    return step


def _heights(ways: list[_Way], side: int) -> dict[int, float]:
    """Return by span how far from the states' middle arrows of that side turn."""
    here = [way for way in ways if way.side == side]
    root = RADIUS * 0.47
    heights: dict[int, float] = {}
    for span in sorted({way.span for way in here if way.span}):
        height = root + (34.0 if side == 1 else 22.0)
        for way in here:
            if way.span < span and span > 1:
                top = _top(way, heights) + 8
                # A shorter arrow's words may lie off the middle, where a parabola is lower.
                share = 1.0 if way.span == 0 else 0.62
                height = max(height, root + (top - root) / share)
        heights[span] = height
    return heights


def _top(way: _Way, heights: Mapping[int, float]) -> float:
    """Return how far from the states' middle a way and its words reach."""
    text = LINE * len(way.lines)
    return (RADIUS + 40 if way.span == 0 else heights[way.span] + 5) + text


def _arrow(
    places: list[tuple[float, float]], way: _Way, height: float, taken: bool
) -> tuple[str, str]:
    (x0, y), (x1, _) = places[way.start], places[way.end]
    style = {"fill": "none", "stroke": "ink", "stroke_width": 4 if taken else 1.6}
    kind = "bg-way bg-taken" if taken else "bg-way"
    if way.span == 0:
        d = f"M{svg.length(x0 - 16)} {svg.length(y - RADIUS + 3)}c-20 -48 52 -48 32 0"
        path = svg.element("path", kind=kind, d=d, **style)
        path += _head((x0 + 16, y - RADIUS + 3), (0.35, 1))
        return path, _words(x0, y - RADIUS - 44, way.lines)
    side = way.side
    a = (x0 + side * RADIUS * 0.88, y - side * RADIUS * 0.47)
    b = (x1 - side * RADIUS * 0.88, a[1])
    turn = y - side * height
    # A parabola turns half-way to its control point.
    middle = ((a[0] + b[0]) / 2, 2 * turn - a[1])
    d = f"M{svg.length(a[0])} {svg.length(a[1])}Q{svg.length(middle[0])} {svg.length(middle[1])} "
    path = svg.element("path", kind=kind, d=f"{d}{svg.length(b[0])} {svg.length(b[1])}", **style)
    path += _head(b, (b[0] - middle[0], b[1] - middle[1]))
    last = turn - 7 if side == 1 else turn + 16 + LINE * (len(way.lines) - 1)
    return path, _words(middle[0], last, way.lines)


def _head(tip: tuple[float, float], direction: tuple[float, float]) -> str:
    size = hypot(*direction) or 1.0
    ux, uy = direction[0] / size, direction[1] / size
    left = (tip[0] - 9 * ux + 5 * uy, tip[1] - 9 * uy - 5 * ux)
    right = (tip[0] - 9 * ux - 5 * uy, tip[1] - 9 * uy + 5 * ux)
    return svg.polygon((tip, left, right), fill="ink")


def _words(x: float, last: float, lines: tuple[str, ...]) -> str:
    """Return lines of words around x, the last one on a given height."""
    width, height = max(svg.text_width(line, SIZE) for line in lines) + 8, LINE * len(lines)
    first = last - height + LINE
    box = svg.rect(x - width / 2, first - 11, width, height + 1, fill="paper", opacity=0.85)
    return box + "".join(
        svg.centred(x, first + LINE * k, line, size=SIZE, kind="bg-way-words")
        for k, line in enumerate(lines)
    )
