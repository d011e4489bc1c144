"""System calls that are prepared once and made by every worker.

A worker that has just been forked shares its memory with the process it comes from, and each page
that it writes to, be it to count a reference, is copied for it. So the way into its confinement is
one list of calls whose arguments are all there, and one loop.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

libc = ctypes.CDLL(None, use_errno=True)
"""The C library, whose functions the steps call."""

FREE = 4
"""The lowest number of an open file that is free in a worker: its line to the grader is 3."""


class Step(NamedTuple):
    """One call: what it is for, the function, its arguments, and what it has to return."""

    what: str
    call: Callable[..., int]
    arguments: tuple[Any, ...]
    returns: int | None = 0  # None if it may fail


def take(steps: Iterable[Step]) -> None:
    """Make calls one after the other; OSError says which failed."""
    for step in steps:
        # What it is for is looked at only if it fails.
        returned, expected = step.call(*step.arguments), step.returns
        if returned != expected and expected is not None:
            error = ctypes.get_errno()
            raise OSError(error, f"{step.what}: {os.strerror(error)}")


def silencing() -> Iterator[Step]:
    """Return the steps after which no other file is open, and nothing is read or printed.

    It is opened afresh: whoever shares an open file sees what the others do with it.
    """
    # However high the numbers are: a grader may have many files open.
    close_range, highest = 436, ctypes.c_uint(0xFFFFFFFF)
    yield Step("close descriptors", libc.syscall, (close_range, FREE, highest, 0))
    yield Step("open nothing", libc.open, (os.devnull.encode(), os.O_RDWR), FREE)
    for number in (0, 1, 2):
        yield Step("be silent", libc.dup2, (FREE, number), number)
    yield closing()


def writing(file: str, content: bytes, needed: bool = True) -> Iterator[Step]:
    """Return the steps that write into a file; where it is not ``needed``, they may fail."""
    written = FREE, content, ctypes.c_size_t(len(content))
    steps = (
        Step(f"open {file}", libc.open, (file.encode(), os.O_WRONLY), FREE),
        Step(f"write {file}", libc.write, written, len(content)),
        closing(),
    )
    for step in steps:
        yield step if needed else step._replace(returns=None)


def closing(number: int = FREE) -> Step:
    """Return the step that closes a file."""
    return Step("close", libc.close, (number,))
