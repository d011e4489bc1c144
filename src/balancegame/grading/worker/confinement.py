"""What Linux offers to confine a process without special rights: namespaces and no way back."""

from __future__ import annotations

import ctypes
import os
import resource
from contextlib import suppress
from functools import lru_cache

from balancegame.grading.worker.landlock import restrict_files

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
_CLOSE_RANGE, _HIGHEST = 436, ctypes.c_uint(0xFFFFFFFF)
_MOUNT_SETATTR, _HERE, _AND_ALL_BELOW = 442, -100, 0x8000
_THREADS, _HIGHEST_NUMBER = 64, 400

# All that a worker does before it serves costs every submission: what can be looked up and built
# beforehand is, in the process that all workers are forked from.
_libc = ctypes.CDLL(None, use_errno=True)
_unshare, _setns, _mount, _prctl = _libc.unshare, _libc.setns, _libc.mount, _libc.prctl
_capset, _syscall = _libc.capset, _libc.syscall
_HEADER = (ctypes.c_uint32 * 2)(_CAPABILITIES_VERSION, 0)
_NONE = (ctypes.c_uint32 * 6)()


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def close_from(lowest: int) -> None:
    """Close every descriptor from one on, however high: a grader may have many files open."""
    _check(_syscall(_CLOSE_RANGE, lowest, _HIGHEST, 0), "close descriptors")


def seal() -> None:
    """Make all that is mounted read-only, once and for every worker that is forked afterwards.

    What a worker mounts is seen nowhere else. Times, modes and other metadata outlive whoever
    changed them, so they must not change either.
    """
    _check(_mount(b"none", b"/", None, _RECURSIVE | _PRIVATE, None), "mount")
    _set_mounts("/", _AND_ALL_BELOW, on=_READ_ONLY | _NO_SUID)
    # A worker is given its numbers of users here, and then loses sight of the folder.
    _set_mounts("/proc", 0, off=_READ_ONLY)


def fork_first_process() -> int:
    """Fork; the child is the first process of fresh ones, that end with it.

    It takes the right to administer the namespaces that this process lives in, and returns what
    ``os.fork`` does: 0 in the child, the number of the child in the parent.
    """
    _check(_unshare(_NEW_PID), "unshare processes")
    child = -1
    try:
        child = os.fork()
    finally:
        if child:
            # From elsewhere there is no way into fresh processes a second time.
            _check(_setns(_own_processes(), _NEW_PID), "return to the own processes")
    return child


def confine(system_calls: bytes) -> None:
    """Leave the first process of fresh ones a scratch folder, and nothing else any more.

    It gets users, mounts, network, message queues and a host name of its own. It must have a single
    thread. The filter of its system calls has eight bytes for each instruction.
    """
    user, group = os.geteuid(), os.getegid()
    flags = _NEW_USER | _NEW_NET | _NEW_MOUNT | _NEW_IPC | _NEW_HOST
    _check(_unshare(flags), "unshare")
    _write("/proc/self/setgroups", b"deny")
    _write("/proc/self/uid_map", b"%d %d 1" % (_USER, user))
    _write("/proc/self/gid_map", b"%d %d 1" % (_USER, group))
    _mount_memory(SCRATCH, 0, f"size=16m,nr_inodes=1k,mode=700,uid={_USER},gid={_USER}")
    _limit_threads(user)
    # An empty folder over /proc: the processes of the fork server's namespace stay out of sight.
    _mount_memory("/proc", _READ_ONLY, "size=4k,nr_inodes=2,mode=555")
    os.chdir(SCRATCH)
    os.setsid()
    _check(_prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0), "no new privileges")
    _check(_prctl(_DUMPABLE, 0, 0, 0, 0), "not dumpable")
    _drop_capabilities()
    restrict_files(SCRATCH)
    program = _Filter(len(system_calls) // 8, system_calls)
    _check(_prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0), "filter system calls")


@lru_cache(maxsize=1)
def _own_processes() -> int:
    return os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)


def _mount_memory(folder: str, flags: int, options: str) -> None:
    flags |= _NO_SUID | _NO_DEVICES | _NO_EXEC
    done = _mount(b"tmpfs", folder.encode(), b"tmpfs", flags, options.encode())
    _check(done, f"mount {folder}")


def _set_mounts(folder: str, depth: int, on: int = 0, off: int = 0) -> None:
    attributes = (ctypes.c_uint64 * 4)(on, off, 0, 0)
    size = ctypes.c_size_t(ctypes.sizeof(attributes))
    done = _syscall(_MOUNT_SETATTR, _HERE, folder.encode(), depth, ctypes.byref(attributes), size)
    _check(done, f"seal {folder}")


def _limit_threads(user: int) -> None:
    # In users of its own, a process is counted apart from all others of the person who grades.
    resource.setrlimit(resource.RLIMIT_NPROC, (_THREADS, _THREADS))
    if user == 0:
        # Linux never counts root's threads; since 6.14, fresh processes may have a highest number.
        with suppress(OSError):
            _write("/proc/sys/kernel/pid_max", b"%d" % _HIGHEST_NUMBER)


def _write(file: str, content: bytes) -> None:
    opened = os.open(file, os.O_WRONLY)
    try:
        os.write(opened, content)
    finally:
        os.close(opened)


def _drop_capabilities() -> None:
    # No program can be started, so there is none that could give back what is dropped here.
    _prctl(_AMBIENT, _CLEAR_ALL, 0, 0, 0)
    _check(_capset(_HEADER, _NONE), "capset")


def _check(result: int, what: str) -> None:
    if result:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")
