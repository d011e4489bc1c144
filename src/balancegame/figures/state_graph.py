"""States as circles in a row and arrows with words: of an automaton, or of the world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import hypot

from balancegame.figures import svg

RADIUS = 46.0
GAP = 150.0
ENTRY = 36.0
SIZE = 11.0
LINE = 14.0
# A profile wider than this is broken after a comma.
WIDEST = 210.0
APART = 14.0


@dataclass(frozen=True)
class Node:
    """A state: its name, what stands in it, and whether play is there."""

    name: str
    # Lines of words from the top, the first of them bold.
    words: tuple[str, ...]
    paint: str
    lit: bool = False


@dataclass(frozen=True)
class Way:
    """An arrow from a state to a state, and the lines of words beside it."""

    start: int
    end: int
    lines: tuple[str, ...]
    taken: bool = False

    @property
    def span(self) -> int:
        """How many states apart the ends are."""
        return abs(self.end - self.start)

    @property
    def width(self) -> float:
        """How many pixels the words take."""
        return max(svg.text_width(line, SIZE) for line in self.lines) + 8

    @property
    def side(self) -> int:
        """1 if the arrow and its words lie above the states, -1 if below."""
        return 1 if self.end >= self.start else -1


def state_graph(nodes: Sequence[Node], ways: list[Way]) -> tuple[float, float, str]:
    """Return width, height and shapes of a graph; play starts in the first state."""
    step = _step(ways)
    heights = {side: _heights(ways, side) for side in (1, -1)}
    level, depth = (
        max([RADIUS, *(_top(way, heights[side]) for way in ways if way.side == side)]) + 12
        for side in (1, -1)
    )
    loops = {way.start: way.width / 2 for way in ways if way.span == 0}
    first = max(14 + ENTRY + RADIUS, loops.get(0, 0.0) + 4)
    places = [(first + k * step, level) for k in range(len(nodes))]
    entry = first - RADIUS
    body = svg.line(entry - ENTRY, level, entry - 6, level, stroke="ink", stroke_width=2)
    body += _head((entry, level), (1, 0))
    drawn = [
        _arrow(places, way, heights[way.side].get(way.span, 0.0), _is_inside(way, ways, step))
        for way in ways
    ]
    # Words lie over every arrow.
    body += "".join(arrow for arrow, _ in drawn) + "".join(words for _, words in drawn)
    body += "".join(_circle(node, *place) for node, place in zip(nodes, places, strict=True))
    width = places[-1][0] + max(RADIUS, loops.get(len(nodes) - 1, 0.0)) + APART
    return width, level + depth, body


def _circle(node: Node, x: float, y: float) -> str:
    style = {"fill": "panel", "stroke": "ink", "stroke_width": 1.6}
    paints = [node.paint, *["ink"] * (len(node.words) - 1)]
    if node.lit:
        style |= {"fill": "equilibrium", "stroke_width": 4}
        # On the lit state only dark words can be read, on a dark page too.
        paints = ["badge"] * len(node.words)
    body = svg.circle(x, y, RADIUS, kind="bg-state", data_state=node.name, **style)
    top = y - 2 - 9 * (len(node.words) - 2)
    for k, (words, paint) in enumerate(zip(node.words, paints, strict=True)):
        look = {"font_weight": 600, "room": 2 * RADIUS - 8} if not k else {"size": 11}
        look = {"room": 2 * RADIUS - 10} | look
        body += svg.centred(x, top + 18 * k, words, fill=paint, **look)
    return body


def wrapped(profiles: list[str]) -> tuple[str, ...]:
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


def _step(ways: list[Way]) -> float:
    """Return how far apart neighbouring states must be for words beside each other to fit."""
    step = 2 * RADIUS + GAP
    for one, other in combinations([way for way in ways if way.span < 2], 2):
        # Twice the middles' distance, in steps: a loop's is its state.
        apart = abs((one.start + one.end) - (other.start + other.end))
        if one.side == other.side and apart in (1, 2):
            step = max(step, (one.width + other.width + 2 * APART) / apart)
    return step


def _heights(ways: list[Way], side: int) -> dict[int, float]:
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


def _top(way: Way, heights: Mapping[int, float]) -> float:
    """Return how far from the states' middle a way and its words reach."""
    text = LINE * len(way.lines)
    return (RADIUS + 40 if way.span == 0 else heights[way.span] + 5) + text


def _is_inside(way: Way, ways: list[Way], step: float) -> bool:
    """Return whether words stand between an arrow and the states, out of a longer arrow's way."""
    longer = any(other.span > way.span and other.side == way.side for other in ways)
    fits = len(way.lines) <= 2 and way.width <= step - 1.6 * RADIUS
    return way.span == 1 and longer and fits


def _arrow(
    places: list[tuple[float, float]], way: Way, height: float, inside: bool
) -> tuple[str, str]:
    (x0, y), (x1, _) = places[way.start], places[way.end]
    style = {"fill": "none", "stroke": "ink", "stroke_width": 4 if way.taken else 1.6}
    kind = "bg-way bg-taken" if way.taken else "bg-way"
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
    if inside:
        # The arrow is nearer to the states where the words begin and end than where it turns.
        off = 1 - (way.width / (b[0] - a[0])) ** 2
        edge = a[1] + (turn - a[1]) * off
        last = edge + 14 + LINE * (len(way.lines) - 1) if side == 1 else edge - 7
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
