"""Files that are written whole or not at all, however the writing ends."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import mkstemp

UNFINISHED = ".unfinished"
"""How the names of files end that nobody has finished writing."""


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file in one step: a kill or a full disk leaves the old one or the new one."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    # Nobody else writes to a name of one's own, whatever they are at.
    descriptor, unfinished = mkstemp(UNFINISHED, ".", path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(unfinished).chmod(0o666 & ~_umask())
        Path(unfinished).replace(path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
