"""Limits that the operating system holds for a process and all that it starts."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import lru_cache

try:
    import resource
except ImportError:
    resource = None  # type: ignore[assignment]

MEMORY = 1 << 30
"""Bytes that a submission may take beyond what the worker itself needs."""

_FILE = 16 << 20
_OPEN_FILES = 64
_CPU_SECONDS = 120


def limit() -> None:
    """Limit this process as far as the system can: memory, file size, open files, CPU time."""
    for kind, value in limits():
        # Not every system knows every limit, and none may be raised above the one inherited.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, value))


@lru_cache(maxsize=1)
def limits() -> tuple[tuple[int, int], ...]:
    """Return the limits, once for this process and all that are forked from it."""
    if resource is None:
        return ()
    wanted = {
        resource.RLIMIT_AS: _in_use() + MEMORY,
        resource.RLIMIT_FSIZE: _FILE,
        resource.RLIMIT_NOFILE: _OPEN_FILES,
        resource.RLIMIT_CPU: _CPU_SECONDS,
        resource.RLIMIT_CORE: 0,
    }
    return tuple((kind, _lowered(kind, value)) for kind, value in wanted.items())


def _lowered(kind: int, value: int) -> int:
    with suppress(ValueError, OSError):
        highest = resource.getrlimit(kind)[1]
        return value if highest == resource.RLIM_INFINITY else min(value, highest)
    return value


def _in_use() -> int:
    try:
        statm = os.open("/proc/self/statm", os.O_RDONLY)
        pages = int(os.read(statm, 100).split()[0])
        os.close(statm)
    except (OSError, ValueError):
        return MEMORY
    return pages * resource.getpagesize()
