"""Reading files into memory beforehand: how long a file takes to read must tell nobody anything."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=256)
def warm(folder: Path, hidden: frozenset[str]) -> None:
    """Ask the kernel for all files of a folder but those in folders of some names.

    A file that somebody has read is fast to read for the next one, for as long as the memory lasts.
    What is fast from the beginning holds no such trace.
    """
    for inside, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in hidden]
        for name in files:
            # What cannot be opened here cannot be opened by a worker.
            with suppress(OSError):
                opened = os.open(f"{inside}/{name}", os.O_RDONLY | os.O_NONBLOCK)
                try:
                    os.posix_fadvise(opened, 0, 0, os.POSIX_FADV_WILLNEED)
                finally:
                    os.close(opened)
