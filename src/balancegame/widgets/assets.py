"""Scripts and styles of the widgets, joined: a notebook has no bundler."""

from __future__ import annotations

from importlib.resources import files


def joined(*names: str) -> str:
    """Return files of this folder as one text, in order."""
    folder = files("balancegame.widgets")
    return "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in names)
