"""Reading files into memory beforehand: how long a file takes to read must tell nobody anything."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache

# Asked for more at once, Linux reads a part of it and says nothing.
_STEP = 128 << 10

Folders = tuple[tuple[str, tuple[str, ...]], ...]
"""Folders, each with the names of its files."""


@lru_cache(maxsize=256)
def listed(folder: str, hidden: frozenset[str] = frozenset()) -> Folders:
    """Return what lies in a folder and below, but for what lies in folders of some names.

    Of a file, return the file alone.
    """
    if os.path.isdir(folder):  # noqa: PTH112 - a package has a thousand of them
        return tuple(_walk(folder, hidden))
    inside, name = os.path.split(folder)
    return ((inside, (name,)),)


@lru_cache(maxsize=256)
def warm(folder: str, hidden: frozenset[str] = frozenset()) -> None:
    """Ask the kernel for all files of a folder but those in folders of some names, or for one file.

    A file that somebody has read is fast to read for the next one, for as long as the memory lasts.
    What is fast from the beginning holds no such trace.
    """
    for inside, names in listed(folder, hidden):
        with suppress(OSError):
            place = os.open(inside, os.O_RDONLY | os.O_DIRECTORY)
            try:
                _ask_for(place, names)
            finally:
                os.close(place)


def _ask_for(place: int, names: tuple[str, ...]) -> None:
    for name in names:
        try:
            opened = os.open(name, os.O_RDONLY | os.O_NONBLOCK, dir_fd=place)
            try:
                # There are ten thousand of them, and all that fstat says takes as long again.
                size = os.lseek(opened, 0, os.SEEK_END)
                for begin in range(0, size, _STEP):
                    os.posix_fadvise(opened, begin, _STEP, os.POSIX_FADV_WILLNEED)
            finally:
                os.close(opened)
        except OSError:
            # What cannot be opened here cannot be opened by a worker.
            continue


def _walk(folder: str, hidden: frozenset[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    waiting = [folder]
    while waiting:
        inside = waiting.pop()
        names = []
        try:
            with os.scandir(inside) as entries:
                for entry in entries:
                    if not entry.is_dir():
                        names.append(entry.name)
                    elif entry.name not in hidden and not entry.is_symlink():
                        waiting.append(entry.path)
        except OSError:
            continue
        yield inside, tuple(names)
