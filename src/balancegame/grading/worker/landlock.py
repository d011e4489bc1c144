"""Landlock: rules on files, network and signals that a process can never take off again."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from functools import lru_cache

from balancegame.grading.worker.steps import FREE, Step, closing, libc

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION, _PATH_BENEATH = 1, 1
_WRITE_FILE = 0b10
_READ = 0b1100  # files and folders
_CHANGE = 0b110_0001_1011_0010  # write, cut and rename files; make and remove files and folders
_EVERY_RIGHT = {1: 1 << 13, 2: 1 << 14, 3: 1 << 15, 4: 1 << 15, 5: 1 << 16}
_BIND_AND_CONNECT = 3
_ABSTRACT_SOCKETS_AND_SIGNALS = 3


class _Ruleset(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint64) for name in ("files", "network", "scoped"))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


@lru_cache(maxsize=1)
def version() -> int:
    """Return the version of Landlock that this kernel offers, 0 if none."""
    return max(0, int(libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _ASK_VERSION)))


def restricting(scratch: str) -> Iterator[Step]:
    """Return the steps after which a worker reads what is visible and writes to one folder.

    It also gets no network and sends no signals.
    """
    offered = version()
    if not offered:
        raise OSError("this kernel offers no Landlock")
    every = _EVERY_RIGHT[min(offered, 5)] - 1
    network = _BIND_AND_CONNECT if offered >= 4 else 0
    scoped = _ABSTRACT_SOCKETS_AND_SIGNALS if offered >= 6 else 0
    size = ctypes.c_size_t(8 if offered < 4 else 16 if offered < 6 else 24)
    handled = ctypes.byref(_Ruleset(every, network, scoped))
    ruleset, opened = FREE, FREE + 1
    yield Step("Landlock", libc.syscall, (_CREATE_RULESET, handled, size, 0), ruleset)
    for path, rights in (("/", _READ), (scratch, _READ | _CHANGE), (os.devnull, _WRITE_FILE)):
        rule = ctypes.byref(_Beneath(rights & every, opened))
        yield Step(f"Landlock: {path}", libc.open, (path.encode(), os.O_PATH), opened)
        yield Step("Landlock", libc.syscall, (_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0))
        yield closing(opened)
    yield Step("Landlock", libc.syscall, (_RESTRICT_SELF, ruleset, 0))
    yield closing(ruleset)
