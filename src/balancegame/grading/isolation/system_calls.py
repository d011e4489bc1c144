"""The system calls that a worker may make, as a filter that libseccomp makes.

Everything is refused that is not named here, so that no call is forgotten and none that a later
kernel adds is open. The filter is made here, where libseccomp is; a worker only hands it to the
kernel.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from errno import EAGAIN, ENOSYS, EPERM
from functools import lru_cache

ALLOWED = {
    "reading and writing what is open": (
        "read write readv writev pread64 pwrite64 preadv pwritev lseek _llseek sendfile sendfile64 "
        "close close_range dup dup2 dup3 poll ppoll select _newselect pselect6 ftruncate "
        "ftruncate64 fallocate fsync fdatasync"
    ),
    "files by name": (
        "open openat creat stat lstat fstat stat64 lstat64 fstat64 newfstatat fstatat64 access "
        "faccessat faccessat2 readlink readlinkat getdents getdents64 getcwd chdir fchdir umask "
        "mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 link linkat symlink "
        "symlinkat truncate truncate64"
    ),
    "memory": "munmap mremap mprotect brk msync",
    "threads and the end": (
        "set_robust_list get_robust_list set_tid_address rseq gettid sched_yield "
        "sched_getaffinity sched_getparam sched_getscheduler sched_get_priority_max "
        "sched_get_priority_min exit exit_group"
    ),
    "its own signals": (
        "rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend rt_sigtimedwait "
        "sigreturn sigaltstack alarm getitimer setitimer pause restart_syscall"
    ),
    "time": (
        "clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time times getrusage "
        "clock_gettime64 clock_getres_time64 clock_nanosleep_time64 ppoll_time64 pselect6_time64"
    ),
    "who and where it is": (
        "getpid getppid getpgid getpgrp getsid getuid geteuid getgid getegid getresuid getresgid "
        "getgroups getuid32 geteuid32 getgid32 getegid32 getcpu uname getrlimit ugetrlimit "
        "getrandom"
    ),
}
"""Calls that change nothing but this process and its own files, whatever their arguments are.

What is left out, besides the obvious: calls that change or ask for what others share, such as file
metadata, the cache of files (mincore, fadvise64, preadv2), counters of the whole system (sysinfo,
and every new pipe or socket pair draws a number from one), and the limits of the user who grades
(timers, message queues, pipes).
"""

_UNKNOWN = -1
_ALL = 0xFFFFFFFFFFFFFFFF
# The kernel looks at no more than this half of most arguments.
_LOW_HALF = 0xFFFFFFFF
_PRIVATE = 0x80
# CLONE_VM, _FS, _FILES, _SIGHAND and _THREAD make a thread, CLONE_SYSVSEM, _SETTLS, _PARENT_SETTID,
# _CHILD_CLEARTID, _DETACHED and _CHILD_SETTID may come with them.
_THREAD = 0x00010F00
_WITH_A_THREAD = 0x017C0000

BY_ARGUMENT = {
    # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC: no locks, leases, hints, owners
    "fcntl": (1, _LOW_HALF, (0, 1, 2, 3, 4, 1030)),
    "fcntl64": (1, _LOW_HALF, (0, 1, 2, 3, 4, 1030)),
    # TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX
    "ioctl": (1, _LOW_HALF, (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)),
    # MADV_NORMAL, MADV_DONTNEED, MADV_FREE, MADV_HUGEPAGE, MADV_NOHUGEPAGE: of its own memory
    "madvise": (2, _LOW_HALF, (0, 4, 8, 14, 15)),
    # Without MAP_LOCKED and MAP_HUGETLB: of those pages there are only so many for everybody.
    "mmap": (3, 0x42000, (0,)),
    "mmap2": (3, 0x42000, (0,)),
    # PR_SET_NAME and PR_GET_NAME
    "prctl": (0, _LOW_HALF, (15, 16)),
    # Asking for limits, not setting them.
    "prlimit64": (2, _ALL, (0,)),
    "futex": (1, _PRIVATE, (_PRIVATE,)),
    "clone": (0, _ALL & ~_WITH_A_THREAD, (_THREAD,)),
}
"""Calls that are allowed if an argument, behind a mask, has one of some values."""

# The C library has other ways where a kernel is too old for these.
_NOT_THERE = ("clone3", "openat2", "preadv2", "pwritev2", "statx")


def is_missing() -> bool:
    """Return whether this machine has no libseccomp."""
    try:
        import pyseccomp  # noqa: F401
    except (ImportError, RuntimeError):
        return True
    return False


@lru_cache(maxsize=1)
def filter_program() -> bytes:
    """Return the filter as instructions for the kernel."""
    import pyseccomp as seccomp

    program = seccomp.SyscallFilter(seccomp.ERRNO(EPERM))
    # The same calls under the numbers of another convention, such as those of 32 bits.
    program.set_attr(seccomp.Attr.ACT_BADARCH, seccomp.KILL_PROCESS)
    # As a tree instead of a list: the kernel goes through it for every call of every worker.
    program.set_attr(seccomp.Attr.CTL_OPTIMIZE, 2)
    for name, number in numbers(_names()).items():
        # An older libseccomp does not know the newest calls, which then stay closed.
        if number != _UNKNOWN:
            program.add_rule(seccomp.ALLOW, name)
    for name, (position, mask, values) in BY_ARGUMENT.items():
        for value in values:
            argument = seccomp.Arg(position, seccomp.MASKED_EQ, mask, value)
            program.add_rule(seccomp.ALLOW, name, argument)
    # Whoever waits at a place in a file could be woken by another who reads that file.
    shared = seccomp.Arg(1, seccomp.MASKED_EQ, _PRIVATE, 0)
    program.add_rule(seccomp.ERRNO(EAGAIN), "futex", shared)
    for name, number in numbers(_NOT_THERE).items():
        if number != _UNKNOWN:
            program.add_rule(seccomp.ERRNO(ENOSYS), name)
    with os.fdopen(os.memfd_create("filter"), "w+b") as file:
        program.export_bpf(file)
        file.seek(0)
        return file.read()


def open_numbers() -> frozenset[int]:
    """Return the numbers of the calls that are not refused whatever their arguments are."""
    # A call that this machine does not have has a negative number.
    return frozenset(n for n in numbers((*_names(), *BY_ARGUMENT)).values() if n >= 0)


def numbers(names: Iterable[str]) -> dict[str, int]:
    """Return the numbers that system calls have on this machine."""
    import pyseccomp as seccomp

    return {name: seccomp.resolve_syscall(seccomp.Arch.NATIVE, name) for name in names}


def _names() -> list[str]:
    return " ".join(ALLOWED.values()).split()
