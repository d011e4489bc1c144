"""Files that are written whole or not at all, however the writing ends."""

from __future__ import annotations

import secrets
from io import BufferedWriter
from pathlib import Path

UNFINISHED = ".unfinished"
"""How the names of files end that nobody has finished writing."""


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file in one step: a kill or a full disk leaves the old one or the new one."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    # Nobody else writes to a name of one's own, whatever they are at.
    unfinished = path.with_name(f".{secrets.token_hex(8)}{UNFINISHED}")
    try:
        with _created(unfinished) as file:
            file.write(data)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _created(path: Path) -> BufferedWriter:
    try:
        return path.open("xb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("xb")
