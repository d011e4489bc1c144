"""A seccomp filter: no new processes, no tracing, no mounts, no way into another namespace.

It is made of the kernel's classic filter instructions, for the processors whose numbers of system
calls are known here.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct

_SET_SECCOMP, _FILTER = 22, 2
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _PROCESSOR, _FIRST_ARGUMENT, _SECOND_ARGUMENT = 0, 4, 16, 24
_NOT_PERMITTED, _NOT_KNOWN = 1, 38
_THREAD = 0x00010000
_NEW_NAMESPACES = 0x7E020080

_PROCESSORS = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE3 = 435
_FCNTL = {"x86_64": 72, "aarch64": 25}
# Two workers that see the same files could tell each other things by locks and leases on them.
_LOCKS_AND_LEASES = (5, 6, 7, 36, 37, 38, 1024, 1025, 1026)
_REFUSED = {
    "x86_64": (
        *(57, 58, 59, 322),  # fork, vfork, execve, execveat
        *(101, 310, 311, 312),  # ptrace, process_vm_readv, process_vm_writev, kcmp
        *(155, 161, 163, 165, 166, 167, 168, 169),  # pivot_root ... mount, swapon, reboot
        *(246, 248, 249, 250, 272, 298, 308, 320, 321, 323),  # kexec, keys, unshare, perf, setns
        *(303, 304, 175, 176, 313, 212, 153, 172, 173),  # file handles, kernel modules, io ports
        *(425, 426, 427, 428, 429, 430, 431, 432, 433, 442),  # io_uring, new mount calls
        *(434, 438, 424, 62, 200, 234, 129, 297),  # pidfd_open and getfd, every way to send signals
        *(29, 30, 31, 67, 64, 65, 66, 220, 68, 69, 70, 71),  # shared memory, semaphores, messages
        *(240, 241, 242, 243, 244, 245, 319, 447),  # message queues, files in memory alone
        *(73, 253, 254, 255, 294, 300, 301),  # locks on files and watching them
        41,  # socket
    ),
    "aarch64": (
        *(221, 281),  # execve, execveat
        *(117, 270, 271, 272),  # ptrace, process_vm_readv, process_vm_writev, kcmp
        *(39, 40, 41, 51, 142, 224, 225),  # umount2, mount, pivot_root, chroot, reboot, swap
        *(97, 104, 217, 218, 219, 241, 268, 280, 282, 294),  # unshare, kexec, keys, perf, setns
        *(264, 265, 105, 106, 273),  # file handles, kernel modules
        *(425, 426, 427, 428, 429, 430, 431, 432, 433, 442),  # io_uring, new mount calls
        *(434, 438, 424, 129, 130, 131, 138, 240),  # pidfd_open and getfd, sending signals
        *(194, 195, 196, 197, 190, 191, 192, 193, 186, 187, 188, 189),  # shared memory and the like
        *(180, 181, 182, 183, 184, 185, 279, 447),  # message queues, files in memory alone
        *(32, 26, 27, 28, 262, 263),  # locks on files and watching them
        198,  # socket
    ),
}

_prctl = ctypes.CDLL(None, use_errno=True).prctl


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def is_known() -> bool:
    """Return whether the system calls of this processor are known."""
    return platform.machine() in _PROCESSORS


def restrict_system_calls() -> None:
    """Refuse, from now on and for good, what no solution of an exercise needs."""
    if not _PROGRAM:
        raise OSError(f"the system calls of {platform.machine()} are not known")
    asked = _Program(len(_PROGRAM) // 8, _PROGRAM)
    if _prctl(_SET_SECCOMP, _FILTER, ctypes.byref(asked), 0, 0):
        raise OSError(ctypes.get_errno(), f"seccomp: {os.strerror(ctypes.get_errno())}")


def _program(machine: str) -> bytes:
    refused = _ERROR | _NOT_PERMITTED
    steps = [
        _step(_LOAD, _PROCESSOR),
        _step(_JUMP_EQUAL, _PROCESSORS[machine], 1, 0),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER),
    ]
    if machine == "x86_64":
        # The same calls under the numbers of another convention.
        steps += [_step(_JUMP_AT_LEAST, 0x40000000, 0, 1), _step(_RETURN, _KILL)]
    for number in _REFUSED[machine]:
        steps += [_step(_JUMP_EQUAL, number, 0, 1), _step(_RETURN, refused)]
    commands = [_step(_LOAD, _SECOND_ARGUMENT)]
    for command in _LOCKS_AND_LEASES:
        commands += [_step(_JUMP_EQUAL, command, 0, 1), _step(_RETURN, refused)]
    commands.append(_step(_RETURN, _ALLOW))
    steps += [_step(_JUMP_EQUAL, _FCNTL[machine], 0, len(commands)), *commands]
    steps += [
        # The C library falls back to clone, whose flags a filter can see.
        _step(_JUMP_EQUAL, _CLONE3, 0, 1),
        _step(_RETURN, _ERROR | _NOT_KNOWN),
        _step(_JUMP_EQUAL, _CLONE[machine], 1, 0),
        _step(_RETURN, _ALLOW),
        _step(_LOAD, _FIRST_ARGUMENT),
        _step(_JUMP_ANY_BIT, _NEW_NAMESPACES, 1, 0),
        _step(_JUMP_ANY_BIT, _THREAD, 1, 0),
        _step(_RETURN, refused),
        _step(_RETURN, _ALLOW),
    ]
    return b"".join(steps)


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


# Built in the process that all workers are forked from, once.
_PROGRAM = _program(platform.machine()) if is_known() else b""
