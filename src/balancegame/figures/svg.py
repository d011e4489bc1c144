"""Scalable vector graphics as text: elements, words that fit, and drawings side by side.

Every shape carries its colour twice: as an attribute, for a page that shows the picture alone,
and as a class, for a page that has a theme of its own. No picture needs a font, a script or an
identifier, so any number of them can share a page.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from html import escape

PAINT = {
    "paper": "#ffffff",
    "panel": "#eef2f6",
    "rule": "#c5d0db",
    "ink": "#1f2933",
    "muted": "#52606d",
    "equilibrium": "#f2b705",
    "badge": "#1f2933",
    "region-1": "#dfeaf4",
    "region-2": "#f6e7da",
    "area-1": "#d3e6f5",
    "area-2": "#fbe0c3",
    "area-3": "#d5ecd9",
    "area-4": "#f3d6e4",
    "area-5": "#fbf2b8",
    "area-6": "#ddd8f0",
    "area-7": "#e4e4e0",
    "area-8": "#cdeeee",
    "hatch-1": "#5b9bcb",
    "hatch-2": "#d98a3d",
    "hatch-3": "#5aa56c",
    "hatch-4": "#c26a95",
    "hatch-5": "#b59b1e",
    "hatch-6": "#8676bd",
    "hatch-7": "#8b8b85",
    "hatch-8": "#3fa0a0",
    "player-1": "#0b63a5",
    "player-2": "#b4490f",
    "player-3": "#6b3fa0",
    "player-4": "#2f6f4f",
}
"""Colours by role; the players' differ in lightness and hue for every kind of colour vision."""

FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK JP', sans-serif"

# Attributes shorter than this are worth remembering; outlines are not.
SHORT = 64

_PAINTS = frozenset({"fill", "stroke"})

_NARROW = frozenset("ijlIft.,:;'|!()[]/ ")
_BROAD = frozenset("mwMWGOQ@%")


@dataclass(frozen=True)
class Drawing:
    """Shapes on an area of a given size, and what they show in words."""

    width: float
    height: float
    body: str
    alt: str


def element(tag: str, content: str = "", /, **attributes: object) -> str:
    """Return an SVG element; ``fill`` and ``stroke`` name a role of :data:`PAINT`.

    Examples
    --------
    >>> element("circle", r=4, fill="ink")
    '<circle class="bg-fill-ink" r="4" fill="#1f2933"/>'
    """
    classes = [str(kind)] if (kind := attributes.pop("kind", "")) else []
    parts = []
    for key, value in attributes.items():
        role, part = _painted(key, str(value)) if key in _PAINTS else ("", _attribute(key, value))
        classes += [role] if role else []
        parts.append(part)
    start = f'{tag} class="{" ".join(classes)}"' if classes else tag
    joined = "".join(parts)
    return f"<{start}{joined}>{content}</{tag}>" if content else f"<{start}{joined}/>"


@lru_cache(maxsize=256)
def _painted(key: str, value: str) -> tuple[str, str]:
    """Return the class of a colour's role and the attribute that sets the colour."""
    role = "" if value == "none" else f"bg-{key}-{value}"
    return role, f' {key}="{escape(PAINT.get(value, value))}"'


def _attribute(key: str, value: object) -> str:
    if isinstance(value, str):
        return _worded(key, value) if len(value) < SHORT else _worded.__wrapped__(key, value)
    if isinstance(value, (float, Fraction)):
        return f' {key.replace("_", "-")}="{length(value)}"'
    return _worded(key, str(value))


# The same few styles and words return in every picture.
@lru_cache(maxsize=1024)
def _worded(key: str, value: str) -> str:
    return f' {key.replace("_", "-")}="{escape(_clean(value))}"'


def label(x: object, y: float, words: str, /, *, size: float = 13, **attributes: object) -> str:
    """Return a line of text; its whole wording is kept where it had to be shortened.

    Pass ``room`` to shorten the words to that many pixels.
    """
    room = attributes.pop("room", None)
    shown = words if room is None else shortened(words, float(str(room)), size)
    attributes = {"fill": "ink"} | attributes
    whole = element("title", escape(_clean(words))) if shown != words else ""
    return element("text", escape(_clean(shown)) + whole, x=x, y=y, font_size=size, **attributes)


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
    body, x = [], 0.0
    for drawing in drawings:
        body.append(_moved(drawing, x, 0))
        x += drawing.width + gap
    height = max(drawing.height for drawing in drawings)
    return Drawing(x - gap, height, "".join(body), _alts(drawings))


def stacked(*drawings: Drawing, gap: float = 24) -> Drawing:
    """Return drawings in a column, their left edges aligned."""
    body, y = [], 0.0
    for drawing in drawings:
        body.append(_moved(drawing, 0, y))
        y += drawing.height + gap
    width = max(drawing.width for drawing in drawings)
    return Drawing(width, y - gap, "".join(body), _alts(drawings))


def document(drawing: Drawing, title: str, margin: float = 12) -> str:
    """Return a drawing as a whole picture on paper of its own, with a title and a description."""
    width, height = drawing.width + 2 * margin, drawing.height + 2 * margin
    paper = element("rect", width=width, height=height, rx=6, fill="paper")
    return element(
        "svg",
        element("title", escape(_clean(title)))
        + element("desc", escape(_clean(drawing.alt)))
        + paper
        + _moved(drawing, margin, margin),
        kind="balancegame-figure",
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height,
        viewBox=f"0 0 {length(width)} {length(height)}",
        role="img",
        font_family=FONT,
    )


def _moved(drawing: Drawing, x: float, y: float) -> str:
    return element(
        "svg",
        drawing.body,
        x=x,
        y=y,
        width=drawing.width,
        height=drawing.height,
        overflow="visible",
    )


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
