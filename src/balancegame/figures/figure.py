"""A figure: a picture, the same in words, and a caption."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from dataclasses import dataclass, field
from html import escape
from io import StringIO
from pathlib import Path
from typing import Any

from balancegame.errors import GameError
from balancegame.explain.numbers import on_a_page
from balancegame.figures.palette import DARK_PAGE, dark_style
from balancegame.figures.svg import Drawing, document

# On a narrow page the parts of a picture stand below each other, and each is shrunk only as far as
# it can be read; then it is scrolled.
READABLE = 0.62
# A map shrinks further: its words do not shrink with it, and of its axes the letters stay.
SMALLEST_MAP = 0.51
_NARROW_MAP = (
    "<style>@media (max-width: 340px) { .bg-phase text, .bg-phase ~ text { font-size: 19px } "
    "[font-style=italic] text { font-size: 15px } .bg-axis-title[transform] { translate: -14px } "
    ".bg-axis-meaning { display: none } }</style>"
)
_THEMES = (
    "<style>.balancegame-still { overflow-x: auto } "
    ".balancegame-still img { color-scheme: light; max-width: 100%; vertical-align: top } "
    f":is({DARK_PAGE}) .balancegame-still img {{ color-scheme: dark }}</style>"
)


@dataclass(frozen=True)
class Figure:
    """A picture that a notebook, a page and a screen reader can all show.

    Parameters
    ----------
    svg : str
        The picture, complete in itself: no font, script or file from elsewhere.
    alt : str
        What the picture shows, in words.
    caption : str
        The line beneath it.
    parts : tuple of Drawing, optional
        What it was put together of, if a narrow page may show that one below the other.

    Examples
    --------
    >>> figure = Figure("<svg xmlns='http://www.w3.org/2000/svg'/>", "Nothing.", "An empty page")
    >>> print(figure)
    An empty page
    Nothing.
    """

    svg: str = field(repr=False)
    alt: str
    caption: str
    parts: tuple[Drawing, ...] = field(default=(), repr=False)

    @classmethod
    def from_matplotlib(cls, drawn: Any, alt: str, caption: str = "") -> Figure:
        """Return a figure of matplotlib as one that a screen reader can read too.

        Parameters
        ----------
        drawn : matplotlib.figure.Figure or matplotlib.axes.Axes
            It is closed, so that a notebook does not show it twice.
        alt : str
            What the picture shows, in words.
        caption : str, optional
            The line beneath it.
        """
        if not str(alt or "").strip():
            raise GameError(
                "say in alt what the picture shows, for readers who cannot see it, such as "
                '"A line of prices that rises".'
            )
        figure = getattr(drawn, "figure", drawn)
        if not hasattr(figure, "savefig"):
            raise GameError(
                f"from_matplotlib takes a figure or axes of matplotlib, not {type(drawn).__name__}."
            )
        import matplotlib.pyplot as plt

        written = StringIO()
        figure.savefig(written, format="svg", bbox_inches="tight")
        plt.close(figure)
        return cls(written.getvalue(), alt, caption)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the picture to an SVG file and return its path."""
        target = Path(path)
        target.write_text(self.svg, encoding="utf-8")
        return target

    def __str__(self) -> str:
        return f"{self.caption}\n{self.alt}".strip()

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        # JupyterLab calls what has no words "Image"; a legend's words stand with what it explains.
        pictures = [
            (document(part, self.caption), part.alt or "The legend.") for part in self.parts
        ]
        images = "".join(_image(svg, alt) for svg, alt in pictures or [(self.svg, self.alt)])
        below = (
            f"<figcaption>{escape(on_a_page(self.caption))}</figcaption>" if self.caption else ""
        )
        return (
            f'<figure class="balancegame-still" style="margin: 0.5em 0">{_THEMES}'
            f"{images}{below}</figure>"
        )

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self._repr_html_(), "image/svg+xml": self.svg, "text/plain": str(self)}


def figure(drawing: Drawing, caption: str, margin: float = 12) -> Figure:
    """Return a drawing as a figure with a caption."""
    return Figure(document(drawing, caption, margin), drawing.alt, caption, drawing.parts)


def _image(svg: str, alt: str) -> str:
    # Pages that strip inline SVG, such as GitHub's, keep an image that carries its data. It takes
    # the colour scheme of its element, which a notebook's theme decides.
    head, tag, rest = svg.partition("<svg")
    start, end, body = rest.partition(">")
    is_map = 'class="bg-phase"' in body
    style = dark_style() + (_NARROW_MAP if is_map else "")
    data = b64encode("".join((head, tag, start, end, style, body)).encode()).decode("ascii")
    width = re.search(r'\bwidth="([\d.]+)(pt)?"', start)
    # A point, in which matplotlib measures, is 4/3 of a pixel.
    pixels = float(width[1]) * (4 / 3 if width[2] else 1) if width else 0
    part = SMALLEST_MAP if is_map else READABLE
    least = f"min-width: {pixels * part:.0f}px; " if pixels else ""
    return (
        f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(alt)}" '
        f'style="{least}max-width: 100%; height: auto"/>'
    )
