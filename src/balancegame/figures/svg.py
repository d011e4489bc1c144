"""Scalable vector graphics as text: elements, words that fit, and drawings side by side.

Every shape carries its colour twice: as an attribute, for a page that shows the picture alone,
and as a class, for a page that has a theme of its own. No picture needs a font, a script or an
identifier, so any number of them can share a page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from html import escape
from itertools import accumulate
from typing import Any, TypeVar

from balancegame.figures.palette import LIGHT

T = TypeVar("T")

FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK JP', sans-serif"

# Attributes shorter than this are worth remembering; outlines are not.
SHORT = 64

_NARROW = frozenset("ijlIft.,:;'|!()[]/ ")
_BROAD = frozenset("mwMWGOQ@%")


@dataclass(frozen=True)
class Drawing:
    """Shapes on an area of a size in pixels, and what they show in words.

    One that was put together of several has them as its parts: where a page is too narrow for all
    of it, they stand below each other.
    """

    width: float
    height: float
    body: str
    alt: str
    parts: tuple[Drawing, ...] = ()


def element(tag: str, content: str = "", /, **attributes: object) -> str:
    """Return an SVG element; ``fill`` and ``stroke`` name a role of the palette.

    Examples
    --------
    >>> element("circle", r=4, fill="ink")
    '<circle class="bg-fill-ink" r="4" fill="#1f2933"/>'
    """
    classes = [str(kind)] if (kind := attributes.pop("kind", "")) else []
    parts = []
    for key, value in attributes.items():
        role, part = _attribute(key, value)
        classes += [role] if role else []
        parts.append(part)
    start = f'{tag} class="{" ".join(classes)}"' if classes else tag
    joined = "".join(parts)
    return f"<{start}{joined}>{content}</{tag}>" if content else f"<{start}{joined}/>"


def _attribute(key: str, value: object) -> tuple[str, str]:
    """Return the class of a colour's role, "" for anything else, and the attribute."""
    if isinstance(value, (float, Fraction)):
        return "", f' {key.replace("_", "-")}="{length(value)}"'
    words = str(value)
    return _worded(key, words) if len(words) < SHORT else _worded.__wrapped__(key, words)


# The same few styles and words return in every picture.
@lru_cache(maxsize=1024)
def _worded(key: str, value: str) -> tuple[str, str]:
    if key in ("fill", "stroke"):
        role = "" if value == "none" else f"bg-{key}-{value}"
        return role, f' {key}="{escape(LIGHT.get(value, value))}"'
    return "", f' {key.replace("_", "-")}="{escape(_clean(value))}"'


def label(
    x: object, y: float, words: str, /, *, size: float = 13, room: Any = None, **attributes: object
) -> str:
    """Return a line of text, shortened to ``room`` pixels; its whole wording is kept within."""
    shown = words if room is None else shortened(words, room, size)
    attributes = {"fill": "ink"} | attributes
    whole = element("title", escape(_clean(words))) if shown != words else ""
    return element("text", escape(_clean(shown)) + whole, x=x, y=y, font_size=size, **attributes)


def centred(x: object, y: float, words: str, /, **attributes: Any) -> str:
    """Return a line of text around a middle; the rest is as for :func:`label`."""
    return label(x, y, words, text_anchor="middle", **attributes)


def lines(x: object, y: float, texts: Iterable[str], /, *, step: float = 16, **style: Any) -> str:
    """Return lines of text below each other, the first at a height."""
    return "".join(label(x, y + step * k, words, **style) for k, words in enumerate(texts))


def upright(x: float, y: float, words: str, /, **attributes: Any) -> str:
    """Return a line of text that reads upwards, around a middle."""
    return centred(x, y, words, transform=f"rotate(-90 {length(x)} {length(y)})", **attributes)


def rect(x: object, y: float, width: object, height: float, /, **style: object) -> str:
    """Return a rectangle by its upper left corner and its size."""
    return element("rect", x=x, y=y, width=width, height=height, **style)


def circle(x: float, y: float, r: float, /, **style: object) -> str:
    """Return a circle by its middle and its radius."""
    return element("circle", cx=x, cy=y, r=r, **style)


def line(x1: object, y1: float, x2: object, y2: float, /, **style: object) -> str:
    """Return a straight line between two points."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, **style)


def points(places: Iterable[tuple[float, float]]) -> str:
    """Return points as a polygon or polyline lists them."""
    return " ".join(f"{length(x)},{length(y)}" for x, y in places)


def polygon(places: Iterable[tuple[float, float]], /, **style: object) -> str:
    """Return a polygon by its corners."""
    return element("polygon", points=points(places), **style)


def diamond(x: float, y: float, reach: float, /, **style: object) -> str:
    """Return a diamond by its middle and how far its corners are from it."""
    return polygon(((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)), **style)


def without_overlap(placed: Iterable[tuple[float, float, T]]) -> Iterator[T]:
    """Yield what still has room on a line; each comes with its middle and half its width."""
    taken: list[tuple[float, float]] = []
    for middle, half, thing in placed:
        if all(abs(middle - other) >= half + width for other, width in taken):
            taken.append((middle, half))
            yield thing


def length(pixels: float | Fraction) -> str:
    """Return a number of pixels with at most two decimals."""
    return f"{float(pixels):.2f}".rstrip("0").rstrip(".")


def text_width(words: str, size: float) -> float:
    """Return about how many pixels words take, whatever their script."""
    return size * sum(map(_em, words))


def shortened(words: str, room: float, size: float) -> str:
    """Return the words, or as many of their characters as fit before an ellipsis.

    Examples
    --------
    >>> shortened("Acquiesce", 100, 13), shortened("Acquiesce", 45, 13)
    ('Acquiesce', 'Acqu…')
    """
    if text_width(words, size) <= room:
        return words
    kept = words
    while kept and text_width(kept, size) + size * 0.8 > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def beside(*drawings: Drawing, gap: float = 32) -> Drawing:
    """Return drawings in a row, their tops aligned."""
    edges = [0.0, *accumulate(drawing.width + gap for drawing in drawings)]
    body = "".join(_moved(drawing, x, 0) for drawing, x in zip(drawings, edges, strict=False))
    height = max(drawing.height for drawing in drawings)
    return Drawing(edges[-1] - gap, height, body, _alts(drawings))


def stacked(*drawings: Drawing, gap: float = 24) -> Drawing:
    """Return drawings in a column, their left edges aligned."""
    edges = [0.0, *accumulate(drawing.height + gap for drawing in drawings)]
    body = "".join(_moved(drawing, 0, y) for drawing, y in zip(drawings, edges, strict=False))
    width = max(drawing.width for drawing in drawings)
    return Drawing(width, edges[-1] - gap, body, _alts(drawings))


def in_parts(whole: Drawing, *parts: Drawing) -> Drawing:
    """Return a drawing that a narrow page may show part by part."""
    return replace(whole, parts=tuple(part for each in parts for part in each.parts or (each,)))


def document(drawing: Drawing, title: str, margin: float = 12) -> str:
    """Return a drawing as a whole picture on paper of its own, with a title and a description."""
    width, height = drawing.width + 2 * margin, drawing.height + 2 * margin
    words = element("title", escape(_clean(title))) + element("desc", escape(_clean(drawing.alt)))
    paper = element("rect", width=width, height=height, rx=6, fill="paper")
    size = {"width": width, "height": height, "viewBox": f"0 0 {length(width)} {length(height)}"}
    style = {"xmlns": "http://www.w3.org/2000/svg", "role": "img", "font_family": FONT}
    body = words + paper + _moved(drawing, margin, margin)
    return element("svg", body, kind="balancegame-figure", **size, **style)


def _moved(drawing: Drawing, x: float, y: float) -> str:
    size = {"width": drawing.width, "height": drawing.height}
    return element("svg", drawing.body, x=x, y=y, **size, overflow="visible")


def _alts(drawings: tuple[Drawing, ...]) -> str:
    return " ".join(drawing.alt for drawing in drawings if drawing.alt)


def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Cf"):
        return 0.0
    if character in _NARROW:
        return 0.33
    if character in _BROAD:
        return 0.9
    return 0.65 if character.isupper() or character.isdigit() else 0.57


def _clean(words: str) -> str:
    """Replace characters that XML cannot hold."""
    if words.isprintable():
        return words
    return "".join(
        c if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff" else "\ufffd"
        for c in words
    )
