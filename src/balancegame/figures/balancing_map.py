"""Which game the allies play when China looks before it asserts itself: a map of model M16."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from balancegame.exact import plain
from balancegame.figures.axes import axes
from balancegame.figures.figure import Figure
from balancegame.figures.hatching import hatching
from balancegame.figures.svg import Drawing, document, element, label, length, text_width
from balancegame.models.balancing import BALANCING_AT_ONCE, balancing_situation

__all__ = ["balancing_map"]

LEFT, TOP, SIDE = 74.0, 12.0, 400.0

# Corners in shares of the two axes (g up to twice kappa's end), pattern, and a place for the name.
_AREAS = {
    "Chicken": (((0, 0), (0.5, 1), (0, 1)), 1, (0.16, 0.8)),
    "Stag Hunt": (((0, 0), (1, 1), (0.5, 1)), 2, (0.62, 0.86)),
    "giving up": (((0, 0), (1, 0), (1, 1)), 3, (0.68, 0.3)),
}


def balancing_map(**points: Any) -> Figure:
    """Draw the regions of China's gain g and the cost kappa, for costs below the losses.

    Parameters
    ----------
    **points : pair of numbers
        Values of g and kappa to mark, each under its name.

    Notes
    -----
    The boundaries are the lines kappa = g and kappa = g/2; on each China is taken to hold back.

    Examples
    --------
    >>> print(balancing_map(A=(3, 2)).alt)
    Chicken where g is at most kappa; Stag Hunt where g is above kappa and at most 2 kappa; giving \
up where g is above 2 kappa. Point A at g = 3, kappa = 2: Stag Hunt.
    """
    x, y = (BALANCING_AT_ONCE.parameters[name] for name in ("g", "kappa"))
    marked = {name: (x.value(g), y.value(kappa)) for name, (g, kappa) in points.items()}
    parts = [element("rect", x=LEFT, y=TOP, width=SIDE, height=SIDE, fill="paper")]
    for k, (corners, pattern, _) in enumerate(_AREAS.values(), 1):
        outline = [_pixels(*corner) for corner in corners]
        path = " ".join(f"{length(a)},{length(b)}" for a, b in outline)
        parts.append(element("polygon", points=path, fill=f"area-{k}", stroke="ink"))
        parts.append(hatching([outline], pattern, f"hatch-{k}"))
    for name, (_, _, place) in _AREAS.items():
        parts.append(_named(name, *_pixels(*place)))
    parts.append(element("rect", x=LEFT, y=TOP, width=SIDE, height=SIDE, fill="none", stroke="ink"))
    parts.extend(
        _point(name, *_pixels(float(g / x.high), float(kappa / y.high)))
        for name, (g, kappa) in marked.items()
    )
    drawing = Drawing(
        LEFT + SIDE + 16,
        TOP + SIDE + 66,
        "".join(parts) + axes(x, y, LEFT, TOP, SIDE),
        _in_words(marked),
    )
    caption = "What the allies play if China sees them balance: regions of g and kappa."
    return Figure(document(drawing, caption), drawing.alt, caption)


def _pixels(across: float, up: float) -> tuple[float, float]:
    return LEFT + SIDE * across, TOP + SIDE * (1 - up)


def _named(name: str, x: float, y: float) -> str:
    width = text_width(name, 14) + 14
    badge = element("rect", x=x - width / 2, y=y - 13, width=width, height=22, rx=4, fill="paper")
    return badge + label(x, y + 3, name, size=14, text_anchor="middle")


def _point(name: str, x: float, y: float) -> str:
    dot = element("circle", cx=x, cy=y, r=5, fill="ink", stroke="paper", stroke_width=1.5)
    return dot + _named(name, x + 9 + text_width(name, 14) / 2 + 7, y)


def _in_words(marked: Mapping[str, tuple[Fraction, Fraction]]) -> str:
    words = (
        "Chicken where g is at most kappa; Stag Hunt where g is above kappa and at most 2 kappa; "
        "giving up where g is above 2 kappa."
    )
    return " ".join(
        [
            words,
            *(
                f"Point {name} at g = {plain(g)}, kappa = {plain(kappa)}: "
                f"{balancing_situation(g, kappa)}."
                for name, (g, kappa) in marked.items()
            ),
        ]
    )
