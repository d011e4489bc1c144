"""What Linux offers to confine a process without special rights: namespaces and no way back."""

from __future__ import annotations

import ctypes
import os
import resource
import select
from collections.abc import Iterator
from functools import lru_cache

from balancegame.grading.worker.landlock import restricting
from balancegame.grading.worker.limits import limits
from balancegame.grading.worker.steps import Step, libc, silencing, take, writing

SCRATCH = "/tmp"
"""The only folder that a confined worker may write to, in memory and its own."""

_NEW_USER, _NEW_PID, _NEW_NET = 0x10000000, 0x20000000, 0x40000000
_NEW_MOUNT, _NEW_IPC, _NEW_HOST = 0x00020000, 0x08000000, 0x04000000
_READ_ONLY, _NO_SUID, _NO_DEVICES, _NO_EXEC = 1, 2, 4, 8
_RECURSIVE, _PRIVATE = 16384, 1 << 18
_NO_NEW_PRIVILEGES, _DUMPABLE, _AMBIENT, _CLEAR_ALL = 38, 4, 47, 4
_SET_SECCOMP, _FILTER = 22, 2
_CAPABILITIES_VERSION = 0x20080522
_USER = 1000
_MOUNT_SETATTR, _HERE, _AND_ALL_BELOW = 442, -100, 0x8000
_THREADS, _HIGHEST_NUMBER = 64, 400
_NOWHERE = b"none"


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


class _Limit(ctypes.Structure):
    _fields_ = (("soft", ctypes.c_ulong), ("hard", ctypes.c_ulong))


def seal() -> None:
    """Make all that is mounted read-only, once and for every worker that is forked afterwards.

    What a worker mounts is seen nowhere else. Times, modes and other metadata outlive whoever
    changed them, so they must not change either.
    """
    private = _NOWHERE, b"/", None, _RECURSIVE | _PRIVATE, None
    take(
        (
            Step("mount", libc.mount, private),
            _set_mounts("/", _AND_ALL_BELOW, on=_READ_ONLY | _NO_SUID),
            # A worker is given its numbers of users here, and then loses sight of the folder.
            _set_mounts("/proc", 0, off=_READ_ONLY),
        )
    )


class Networks:
    """Networks that nobody is connected to, each for one worker at a time.

    Linux takes longer to make one and to take it away than for all else that a worker is given, and
    who has left one has left nothing there: it takes an open socket to be in a network, and a right
    that no worker has to change it.
    """

    def __init__(self) -> None:
        self._free: list[int] = []
        self._taken: dict[int, int] = {}  # by the handle of the worker that is in it
        self._ended = select.poll()

    def enter(self) -> int:
        """Enter one that nobody is in, and return it: who is forked next is in it as well."""
        for handle, _ in self._ended.poll(0):
            self._ended.unregister(handle)
            os.close(handle)
            self._free.append(self._taken.pop(handle))
        if self._free:
            network = self._free.pop()
            take([Step("enter a network", libc.setns, (network, _NEW_NET))])
            return network
        take([Step("make a network", libc.unshare, (_NEW_NET,))])
        return os.open("/proc/self/ns/net", os.O_RDONLY | os.O_CLOEXEC)

    def leave(self, network: int, worker: int) -> None:
        """Leave one to the worker with some handle, until that and all that it started end."""
        self._taken[worker] = network
        self._ended.register(worker, select.POLLIN)


def fork_first_process() -> int:
    """Fork; the child is the first process of fresh ones, that end with it.

    It takes the right to administer the namespaces that this process lives in, and returns what
    ``os.fork`` does: 0 in the child, the number of the child in the parent.
    """
    take(_FRESH_PROCESSES)
    child = -1
    try:
        child = os.fork()
    finally:
        if child:
            # From elsewhere there is no way into fresh processes a second time.
            take(_own_processes())
    return child


def way_into_confinement(system_calls: bytes) -> tuple[Step, ...]:
    """Return the steps that leave the first process of fresh ones a scratch folder and a line.

    It gets users, mounts, message queues and a host name of its own, and keeps the network that it
    is in. It must have a single thread. The filter of its system calls has eight bytes for each
    instruction.
    """
    return tuple(_way(system_calls, os.geteuid(), os.getegid()))


def _way(system_calls: bytes, user: int, group: int) -> Iterator[Step]:
    yield from silencing()
    for kind, value in limits():
        yield _limiting(kind, value)
    yield Step("unshare", libc.unshare, (_NEW_USER | _NEW_MOUNT | _NEW_IPC | _NEW_HOST,))
    yield from writing("/proc/self/setgroups", b"deny")
    yield from writing("/proc/self/uid_map", b"%d %d 1" % (_USER, user))
    yield from writing("/proc/self/gid_map", b"%d %d 1" % (_USER, group))
    yield _memory(SCRATCH, 0, f"size=16m,nr_inodes=1k,mode=700,uid={_USER},gid={_USER}")
    # In users of its own, a process is counted apart from all others of the person who grades.
    yield _limiting(resource.RLIMIT_NPROC, _THREADS)
    if user == 0:
        # Linux never counts root's threads; since 6.14, fresh processes may have a highest number.
        yield from writing("/proc/sys/kernel/pid_max", b"%d" % _HIGHEST_NUMBER, needed=False)
    # An empty folder over /proc: the processes of the fork server's namespace stay out of sight.
    yield _memory("/proc", _READ_ONLY, "size=4k,nr_inodes=2,mode=555")
    yield Step("go to the scratch folder", libc.chdir, (SCRATCH.encode(),))
    yield Step("begin a session", libc.setsid, (), 1)
    yield Step("no new privileges", libc.prctl, (_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    yield Step("not dumpable", libc.prctl, (_DUMPABLE, 0, 0, 0, 0))
    # No program can be started, so there is none that could give back what is dropped here.
    yield Step("drop rights", libc.prctl, (_AMBIENT, _CLEAR_ALL, 0, 0, 0), None)
    header, none = (ctypes.c_uint32 * 2)(_CAPABILITIES_VERSION, 0), (ctypes.c_uint32 * 6)()
    yield Step("drop rights", libc.capset, (header, none))
    yield from restricting(SCRATCH)
    program = ctypes.byref(_Filter(len(system_calls) // 8, system_calls))
    yield Step("filter system calls", libc.prctl, (_SET_SECCOMP, _FILTER, program, 0, 0))


_FRESH_PROCESSES = (Step("unshare processes", libc.unshare, (_NEW_PID,)),)


@lru_cache(maxsize=1)
def _own_processes() -> tuple[Step]:
    own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
    return (Step("return to the own processes", libc.setns, (own, _NEW_PID)),)


def _memory(folder: str, flags: int, options: str) -> Step:
    flags |= _NO_SUID | _NO_DEVICES | _NO_EXEC
    arguments = b"tmpfs", folder.encode(), b"tmpfs", flags, options.encode()
    return Step(f"mount {folder}", libc.mount, arguments)


def _limiting(kind: int, value: int) -> Step:
    return Step("limit", libc.setrlimit, (kind, ctypes.byref(_Limit(value, value))))


def _set_mounts(folder: str, depth: int, on: int = 0, off: int = 0) -> Step:
    attributes = ctypes.byref((ctypes.c_uint64 * 4)(on, off, 0, 0))
    arguments = _MOUNT_SETATTR, _HERE, folder.encode(), depth, attributes, ctypes.c_size_t(32)
    return Step(f"seal {folder}", libc.syscall, arguments)
