"""The system calls that no solution of an exercise needs, as a filter that libseccomp makes.

The filter is made here, where libseccomp is; a worker only hands it to the kernel.
"""

from __future__ import annotations

import os
from errno import ENOSYS, EPERM
from functools import lru_cache

_REFUSED = (
    "fork vfork execve execveat",
    "ptrace process_vm_readv process_vm_writev kcmp",
    "kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo",
    "pidfd_open pidfd_getfd pidfd_send_signal",
    "unshare setns chroot pivot_root mount umount2 mount_setattr",
    "open_tree move_mount fsopen fsconfig fsmount fspick",
    "swapon swapoff acct reboot vhangup kexec_load kexec_file_load",
    "init_module finit_module delete_module iopl ioperm",
    "bpf perf_event_open userfaultfd lookup_dcookie",
    "io_uring_setup io_uring_enter io_uring_register",
    "add_key request_key keyctl name_to_handle_at open_by_handle_at",
    "shmget shmat shmctl shmdt semget semop semctl semtimedop msgget msgsnd msgrcv msgctl",
    "mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr",
    "memfd_create memfd_secret socket",
    "flock inotify_init inotify_init1 inotify_add_watch inotify_rm_watch",
    "fanotify_init fanotify_mark",
)
# Two workers that see the same files could tell each other things by locks and leases on them.
_LOCKS_AND_LEASES = (5, 6, 7, 36, 37, 38, 1024, 1025, 1026)
_THREAD = 0x00010000
_NEW_NAMESPACES = (0x80, *(1 << bit for bit in (17, 25, 26, 27, 28, 29, 30)))
_LOW_HALF = 0xFFFFFFFF


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

    program = seccomp.SyscallFilter(seccomp.ALLOW)
    # The same calls under the numbers of another convention, such as those of 32 bits.
    program.set_attr(seccomp.Attr.ACT_BADARCH, seccomp.KILL_PROCESS)
    refuse = seccomp.ERRNO(EPERM)
    for name in " ".join(_REFUSED).split():
        program.add_rule(refuse, name)
    for command in _LOCKS_AND_LEASES:
        # The kernel looks at no more than this half of the argument.
        asked = seccomp.Arg(1, seccomp.MASKED_EQ, _LOW_HALF, command)
        program.add_rule(refuse, "fcntl", asked)
    # The C library falls back to clone, whose flags a filter can see.
    program.add_rule(seccomp.ERRNO(ENOSYS), "clone3")
    program.add_rule(refuse, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, _THREAD, 0))
    for flag in _NEW_NAMESPACES:
        program.add_rule(refuse, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, flag, flag))
    with os.fdopen(os.memfd_create("filter"), "w+b") as file:
        program.export_bpf(file)
        file.seek(0)
        return file.read()
