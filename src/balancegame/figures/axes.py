"""Axes of a picture over two parameters: ticks at round fractions, and what each stands for."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from html import escape

from balancegame.exact import plain
from balancegame.explain.numbers import symbol_on_a_page
from balancegame.figures.svg import centred, element, label, length, line, shortened, text_width
from balancegame.games.parameter import Parameter

MOST_TICKS = 6

_STEPS = (*(Fraction(1, n) for n in (100, 50, 20, 10, 8, 4, 2)), *map(Fraction, (1, 2, 5, 10, 20)))


def ticks(low: Fraction, high: Fraction) -> tuple[Fraction, ...]:
    """Return round values between two ends, both ends included.

    Examples
    --------
    >>> [str(value) for value in ticks(Fraction(1, 2), Fraction(20))]
    ['1/2', '5', '10', '15', '20']
    """
    span = high - low
    step = next((s for s in _STEPS if span / s <= MOST_TICKS), span / 5)
    between = {step * k for k in range(-(-low // step), high // step + 1)}
    kept = {value for value in between if min(value - low, high - value) * 2 >= step}
    return tuple(sorted({low, high} | kept))


def wrapped(words: str, room: float, size: float) -> list[str]:
    """Break words into lines that fit; a word wider than a line is broken where it must be.

    Examples
    --------
    >>> wrapped("sanction on Japan", 85, 13)
    ['sanction on', 'Japan']
    """
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer, size) <= room:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for character in word:
            if text_width(lines[-1] + character, size) > room and lines[-1]:
                lines.append("")
            lines[-1] += character
    return lines


def axis_title(parameter: Parameter, room: float) -> list[str]:
    """Return what an axis stands for, in at most two lines."""
    *lines, last = wrapped(f"{symbol_on_a_page(parameter.symbol)}: {parameter.meaning}", room, 13)
    if len(lines) < 2:
        return [*lines, last]
    return [lines[0], shortened(" ".join([*lines[1:], last]), room, 13)]


# A slider moves what stands within the frame, and the axes stay.
@lru_cache(maxsize=8)
def axes(x: Parameter, y: Parameter, left: float, top: float, side: float) -> str:
    """Return the ticks and titles of a square frame; its place and size are in pixels."""
    bottom = top + side
    parts = []
    for value in ticks(x.low, x.high):
        at = left + side * float((value - x.low) / (x.high - x.low))
        parts.append(line(at, bottom, at, bottom + 5, stroke="muted"))
        parts.append(centred(at, bottom + 19, plain(value), size=12))
    for value in ticks(y.low, y.high):
        at = bottom - side * float((value - y.low) / (y.high - y.low))
        parts.append(line(left - 5, at, left, at, stroke="muted"))
        parts.append(label(left - 9, at + 4, plain(value), size=12, text_anchor="end"))
    below, beside = axis_title(x, side + 40), axis_title(y, side + 20)
    for k, words in enumerate(below):
        parts.append(_title(left + side / 2, bottom + 41 + 16 * k, words, first=k == 0))
    for k, words in enumerate(reversed(beside)):
        at, middle = left - 42 - 16 * k, top + side / 2
        turned = f"rotate(-90 {length(at)} {length(middle)})"
        parts.append(_title(at, middle, words, first=k == len(beside) - 1, transform=turned))
    return "".join(parts)


def _title(x: float, y: float, words: str, *, first: bool, **attributes: str) -> str:
    """Return a line of a title; a page that is too narrow for it can leave all but the letter."""
    symbol, colon, meaning = words.partition(":") if first else ("", "", words)
    told = element("tspan", escape(colon + meaning), kind="bg-axis-meaning")
    style = {"fill": "ink", "font_size": 13, "text_anchor": "middle", **attributes}
    return element("text", escape(symbol) + told, kind="bg-axis-title", x=x, y=y, **style)
