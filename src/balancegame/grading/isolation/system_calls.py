"""The system calls that a worker may make, as a filter that libseccomp makes.

Everything is refused that is not named here, so that no call is forgotten and none that a later
kernel adds is open. The filter is made here, where libseccomp is; a worker only hands it to the
kernel.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from errno import EAGAIN, ENOSYS, EPERM
from functools import lru_cache
from typing import Any

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
    "memory": "mmap mmap2 munmap mremap mprotect brk msync",
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

# The C library has other ways where a kernel is too old for these.
_NOT_THERE = ("clone3", "openat2", "preadv2", "pwritev2", "statx")

_LOW_HALF = 0xFFFFFFFF
# F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC: no locks, leases, hints or owners
_DESCRIPTORS = (0, 1, 2, 3, 4, 1030)
# TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX
_ABOUT_DESCRIPTORS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
# MADV_NORMAL, MADV_DONTNEED, MADV_FREE, MADV_HUGEPAGE, MADV_NOHUGEPAGE: about memory of its own
_ADVICE = (0, 4, 8, 14, 15)
_NAME_OF_A_THREAD = (15, 16)
_PRIVATE_FUTEX = 0x80
# CLONE_VM, _FS, _FILES, _SIGHAND, _THREAD: a thread; the other flags of a thread are harmless.
_A_THREAD = 0x00010F00
_HARMLESS = 0x00040000 | 0x00080000 | 0x00100000 | 0x00200000 | 0x00400000 | 0x01000000


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
    for name in " ".join(ALLOWED.values()).split():
        program.add_rule(seccomp.ALLOW, name)
    for name, argument in _with_arguments(seccomp):
        program.add_rule(seccomp.ALLOW, name, *argument)
    # Who waits at a place in a file that others read too could be woken by them.
    shared = seccomp.Arg(1, seccomp.MASKED_EQ, _PRIVATE_FUTEX, 0)
    program.add_rule(seccomp.ERRNO(EAGAIN), "futex", shared)
    for name in _NOT_THERE:
        program.add_rule(seccomp.ERRNO(ENOSYS), name)
    with os.fdopen(os.memfd_create("filter"), "w+b") as file:
        program.export_bpf(file)
        file.seek(0)
        return file.read()


def _with_arguments(seccomp: Any) -> Iterator[tuple[str, tuple[Any, ...]]]:
    def is_one_of(position: int, values: tuple[int, ...]) -> Iterator[tuple[Any, ...]]:
        # The kernel looks at no more than this half of the argument.
        for value in values:
            yield (seccomp.Arg(position, seccomp.MASKED_EQ, _LOW_HALF, value),)

    choices = {
        "fcntl": is_one_of(1, _DESCRIPTORS),
        "fcntl64": is_one_of(1, _DESCRIPTORS),
        "ioctl": is_one_of(1, _ABOUT_DESCRIPTORS),
        "madvise": is_one_of(2, _ADVICE),
        "prctl": is_one_of(0, _NAME_OF_A_THREAD),
        "prlimit64": iter([(seccomp.Arg(2, seccomp.EQ, 0),)]),
        "futex": iter([(seccomp.Arg(1, seccomp.MASKED_EQ, _PRIVATE_FUTEX, _PRIVATE_FUTEX),)]),
        "clone": iter(
            [(seccomp.Arg(0, seccomp.MASKED_EQ, ~_HARMLESS & 0xFFFFFFFFFFFFFFFF, _A_THREAD),)]
        ),
    }
    for name, arguments in choices.items():
        for argument in arguments:
            yield name, argument
