"""Which of the system's libraries programs are linked to, read from their files (ELF)."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from functools import lru_cache
from mmap import ACCESS_READ, mmap
from pathlib import Path

_DYNAMIC, _INTERPRETER, _LOADED = 2, 3, 1
_NEEDED, _NAMES = 1, 5


def linked_to(programs: Iterable[Path], folders: Iterable[Path]) -> dict[Path, Path]:
    """Return the files that programs and libraries are linked to, found in some folders.

    The keys are the places where the loader looks for them, the values the files themselves. What
    is not found there is left out: it lies beside what needs it, or nothing can load it.
    """
    found: dict[Path, Path] = {}
    todo = [*map(str, programs)]
    places = [*map(str, folders)]
    seen: set[str] = set()
    while todo:
        for name in _names(todo.pop()):
            if name in seen:
                continue
            seen.add(name)
            # The loader itself is named by its path, a library by its name.
            wanted = [name] if name.startswith("/") else [f"{each}/{name}" for each in places]
            place = next(filter(os.path.isfile, wanted), None)
            if place is not None:
                file = found[Path(place)] = Path(place).resolve()
                todo.append(str(file))
    return found


@lru_cache(maxsize=4096)
def _names(program: str) -> tuple[str, ...]:
    """Return what the header of a file says that it needs: its loader, and libraries by name."""
    try:
        # Large files, of which only a few pages are looked at.
        with (
            Path(program).open("rb") as file,
            mmap(file.fileno(), 0, access=ACCESS_READ) as content,
        ):
            return tuple(_read(content)) if content[:4] == b"\x7fELF" else ()
    except (OSError, struct.error, ValueError):
        return ()


def _read(content: mmap) -> list[str]:
    # The fields of a file for 64 bits and of one for 32 bits differ in size and order.
    wide = content[4] == 2
    order = "<" if content[5] == 1 else ">"
    (start,) = struct.unpack_from(order + ("Q" if wide else "I"), content, 32 if wide else 28)
    size, count = struct.unpack_from(order + "HH", content, 54 if wide else 42)
    segments = []
    for number in range(count):
        fields = struct.unpack_from(
            order + ("IIQQQQ" if wide else "IIIIII"), content, start + number * size
        )
        kind, offset, address, length = (
            (fields[0], fields[2], fields[3], fields[5]) if wide else (*fields[:3], fields[4])
        )
        segments.append((kind, offset, address, length))
    named = [
        content[offset : offset + length].rstrip(b"\0").decode()
        for kind, offset, _, length in segments
        if kind == _INTERPRETER
    ]
    entries = [
        entry
        for kind, offset, _, length in segments
        if kind == _DYNAMIC
        for entry in struct.iter_unpack(
            order + ("qQ" if wide else "iI"), content[offset : offset + length]
        )
    ]
    table = next((value for tag, value in entries if tag == _NAMES), 0)
    for kind, offset, address, length in segments:
        if kind == _LOADED and address <= table < address + length:
            names = offset + table - address
            for tag, value in entries:
                if tag == _NEEDED:
                    end = content.find(b"\0", names + value)
                    named.append(content[names + value : end].decode())
    return named
