"""How the shares of strategies in a population change over generations, as lines with names."""

from __future__ import annotations

from typing import Any

from balancegame.explain.tournament import percent
from balancegame.figures import svg
from balancegame.figures.draw import draw, refuse
from balancegame.figures.figure import Figure, figure
from balancegame.figures.palette import PLAYER_COLOURS
from balancegame.figures.player_looks import DASHES
from balancegame.solvers.repeated.shares import Evolution
from balancegame.wording import and_list, counted

WIDTH, HEIGHT, LEFT, NAMES = 520.0, 260.0, 44.0, 190.0
_MOST_LINES = PLAYER_COLOURS
_STEP = 17.0


def share_lines(found: Evolution) -> svg.Drawing:
    """Return a line for each of the strategies whose share is largest at some time."""
    shown = _most_common(found)
    top = max(max(float(now[i]) for now in found.shares) for i in shown)
    end = next(each for each in (0.1, 0.2, 0.5, 1.0) if top <= each)
    parts = []
    for k in range(5):
        y = HEIGHT - HEIGHT * k / 4
        parts += [
            svg.line(LEFT, y, LEFT + WIDTH, y, stroke="rule"),
            svg.label(LEFT - 6, y + 4, f"{25 * k * end:g} %", size=12, text_anchor="end"),
        ]
    last = len(found.shares) - 1
    ends = _apart([HEIGHT - HEIGHT * float(found.shares[-1][i]) / end for i in shown])
    for place, (i, y) in enumerate(zip(shown, ends, strict=True)):
        path = [
            (LEFT + WIDTH * t / last, HEIGHT - HEIGHT * float(now[i]) / end)
            for t, now in enumerate(found.shares)
        ]
        paint = f"player-{place + 1}"
        dash = {"stroke_dasharray": DASHES[place]} if DASHES[place] else {}
        line = {"stroke": paint, "stroke_width": 2.5, **dash}
        parts.append(svg.element("polyline", points=svg.points(path), fill="none", **line))
        x = LEFT + WIDTH + 8
        parts.append(svg.line(x, y, x + 30, y, **line))
        words = f"{percent(found.shares[-1][i])} {found.names[i]}"
        parts.append(svg.label(x + 36, y + 4, words, size=12, room=NAMES - 40))
    parts += [
        svg.label(LEFT, HEIGHT + 20, "generation 0", size=12),
        svg.label(LEFT + WIDTH, HEIGHT + 20, f"generation {last}", size=12, text_anchor="end"),
    ]
    height = max(HEIGHT + 28, *(y + 10 for y in ends))
    return svg.Drawing(LEFT + WIDTH + NAMES, height, "".join(parts), shares_in_words(found))


def shares_in_words(found: Evolution) -> str:
    """Return the shares at the start and at the end of those that are drawn."""
    first, last = found.shares[0], found.shares[-1]
    told = and_list(
        f"{found.names[i]} goes from {percent(first[i])} to {percent(last[i])}"
        for i in _most_common(found)
    )
    left_out = len(found.names) - _MOST_LINES
    more = f" {counted(left_out, 'other is', 'others are')} not drawn." if left_out > 0 else ""
    return f"Over {counted(len(found.shares) - 1, 'generation', 'generations')}, {told}.{more}"


@draw.register
def _(subject: Evolution, /, **values: Any) -> Figure:
    refuse(values, "an evolution of shares")
    return figure(share_lines(subject), "The share of each strategy over the generations.")


def _most_common(found: Evolution) -> list[int]:
    """Return the strategies that are largest at some time, those with most at the end first."""
    most = [max(shares) for shares in zip(*found.shares, strict=True)]
    listed = sorted(range(len(most)), key=lambda i: (-found.shares[-1][i], -most[i]))
    kept = set(sorted(listed, key=lambda i: -most[i])[:_MOST_LINES])
    return [i for i in listed if i in kept]


def _apart(heights: list[float]) -> list[float]:
    """Return heights for names, none closer to the next than a line of text."""
    order = sorted(range(len(heights)), key=lambda k: heights[k])
    moved = list(heights)
    at = 0.0
    for k in order:
        at = moved[k] = max(moved[k], at)
        at += _STEP
    over = max(moved) - HEIGHT
    if over > 0:
        for k in reversed(order):
            moved[k] = min(moved[k], HEIGHT - _STEP * (len(order) - 1 - order.index(k)))
    return moved
