"""What a worker must not be able to do, found out by trying, before anything is graded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from balancegame.grading.isolation import system_calls
from balancegame.grading.isolation.bubblewrap_forks import Fork
from balancegame.grading.isolation.channel import InfrastructureFault

HIGHEST_CALL = 600
"""Beyond the numbers of all system calls that there are."""

# Numbers that x86 keeps for its own probes, past every filter: they do nothing to who calls them.
_UNFILTERED = {335, 336}

_SECONDS = 20.0

_CALL = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def call(name, *arguments):
    number = {numbers}[name]
    if libc.syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), name)
"""
_BY_NUMBER = (
    *("add_key", "futex", "ioctl", "keyctl", "mq_open", "msgget", "prlimit64", "quotactl"),
    *("semget", "shmget", "sysinfo"),
)
# What stops a probe must be a fence, and not a slip in the probe.
_REFUSALS = (
    *("PermissionError", "FileNotFoundError", "BlockingIOError", "OSError"),
    "ModuleNotFoundError",
)

CHANNELS = {
    "processes": ("import os; os.fork()", "import os; os.kill(1, 0)", "open('/proc/1/status')"),
    "the network": ("import socket; socket.socket()",),
    "abstract sockets": (
        "import socket; socket.socket(socket.AF_UNIX).bind(chr(0) + 'name')",
        "import socket; socket.socketpair()",
    ),
    "names of files": (
        "open('/library/written', 'w')",
        "open('/dev/shm/written', 'w')",
        "open('/dev/written', 'w')",
        "import os; os.mkdir('/written')",
        "import os; os.mkfifo('/tmp/written')",
        "import os; os.link('/library/numpy/__init__.py', '/tmp/written')",
    ),
    "times of files": (
        "import os; os.utime('/dev/null')",
        "import os; os.utime('/')",
        "import os; os.utime(0)",
    ),
    "metadata of files": (
        "import os; os.setxattr('/dev', 'user.x', b'1')",
        "import os; os.setxattr(0, 'user.x', b'1')",
        "import os; os.getxattr('/dev', 'user.x')",
        "import os; os.chmod('/dev/null', 0o666)",
        "import os; os.chmod(0, 0o666)",
        "import os; os.chown('/library', -1, -1)",
        "call('ioctl', 0, 0x40086602, bytes(8))",
    ),
    "locks, leases and hints on files": (
        "import fcntl; fcntl.flock(0, fcntl.LOCK_SH)",
        "import fcntl; fcntl.lockf(open('/library/numpy/__init__.py'), fcntl.LOCK_SH)",
        "import fcntl; fcntl.fcntl(open('/library/numpy/__init__.py'), 1024, 0)",
        "import fcntl; fcntl.fcntl(open('/library/numpy/__init__.py'), 1036, bytes(8))",
    ),
    "the cache of files": (
        "import os; os.posix_fadvise(0, 0, 0, os.POSIX_FADV_DONTNEED)",
        "import os; os.preadv(0, [bytearray(1)], 0, os.RWF_NOWAIT)",
        "import mmap; mmap.mmap(-1, 4096).madvise(21)",
    ),
    "counters of the system": (
        "open('/proc/sys/kernel/random/boot_id')",
        "open('/proc/sys/fs/file-nr')",
        "open('/sys/kernel/notes')",
        "import os; os.pipe()",
        "import os; os.eventfd(0)",
        "call('sysinfo', bytes(512))",
    ),
    "quota": (
        "import os; os.statvfs('/')",
        "call('quotactl', 0x80000700, b'/', 0, bytes(512))",
    ),
    "key rings": (
        "call('keyctl', 0, -3, 1)",
        "call('add_key', b'user', b'name', b'1', 1, -3)",
    ),
    "POSIX queues": ("call('mq_open', b'/queue', 0o100, 0o600, 0)",),
    "System V's queues and memory": (
        "call('msgget', 0, 0o1600)",
        "call('semget', 0, 1, 0o1600)",
        "call('shmget', 0, 4096, 0o1600)",
    ),
    "places to wait for another": ("call('futex', bytes(8), 1, 1)",),
    "priorities and limits": (
        "import os; os.nice(1)",
        "import os; os.sched_setaffinity(0, [0])",
        "call('prlimit64', 0, 7, bytes(16), 0)",
        "import mmap; mmap.mmap(-1, 1 << 21, flags=0x40022)",
        "import mmap; mmap.mmap(-1, 4096, flags=0x2022)",
    ),
    "solvers": (
        "import balancegame; open(balancegame.__path__[0] + '/solvers/__init__.py')",
        "import balancegame; open(balancegame.__path__[0] + '/solvers/verify.py')",
    ),
}
"""What must not be possible, each by the name of the way that it would open."""

EVERY_CALL = """
opened = []
for number in {numbers}:
    ctypes.set_errno(0)
    if libc.syscall(number, -1, -1, -1, -1, -1, -1) >= 0 or ctypes.get_errno() not in (1, 38):
        opened.append(number)
if not opened:
    raise PermissionError
"""
"""Tries all system calls of some numbers, each with arguments that mean nothing."""

# What takes memory and threads as NumPy is loaded are the libraries that it is linked to. To import
# all of it takes ten times as long.
_MUST_WORK = """
import ctypes, glob, threading, time
thread = threading.Thread(target=time.sleep, args=(0.01,))
thread.start()
thread.join()
with open("work", "w+") as file:
    file.write("done")
parts = "*core/_multiarray_umath", "linalg/_umath_linalg"
for part in parts:
    (file,) = glob.glob(f"/library/numpy/{part}*.so")
    ctypes.CDLL(file)
"""


def what_does_not_hold(start: Callable[[], Fork]) -> str | None:
    """Return in a few words what a worker can do and must not, or None if there is nothing.

    All that there may be is tried: every channel in :data:`CHANNELS`, every system call that is not
    meant to be open, and every place where something is mounted.
    """
    # Not every system has what this module looks up when it is imported.
    from balancegame.grading.worker.confinement import SCRATCH

    begin = (prelude(), _MUST_WORK)
    tried = [(name, source) for name, sources in CHANNELS.items() for source in sources]
    tried.append(("system calls", EVERY_CALL.format(numbers=sorted(closed_numbers()))))
    worker = start()
    try:
        cells = [*begin, *(source for _, source in tried)]
        replies = [worker.channel.ask({"cells": cells}, _SECONDS, replies=len(cells))]
        replies += [worker.channel.reply(_SECONDS) for _ in cells[1:]]
        for reply in replies[: len(begin)]:
            if "stopped" in reply:
                raise InfrastructureFault(f"a worker cannot work: {reply['stopped']}")
        for (name, _), reply in zip(tried, replies[len(begin) :], strict=True):
            if not str(reply.get("stopped")).startswith(_REFUSALS):
                return name
        return None if changeable_mounts(worker) == {SCRATCH} else "what is mounted"
    finally:
        worker.end()


def prelude() -> str:
    """Return a cell that defines ``call``, which makes a system call by its name."""
    return _CALL.format(numbers=system_calls.numbers(_BY_NUMBER))


def closed_numbers() -> set[int]:
    """Return the numbers of all system calls that are always refused, those to come included."""
    return {*range(HIGHEST_CALL)} - system_calls.open_numbers() - _UNFILTERED


def changeable_mounts(worker: Fork) -> set[str]:
    """Return the places where something is mounted that a worker could change."""
    found = {}
    mounts = Path(f"/proc/{worker.process}/mountinfo").read_text(encoding="utf-8")
    for line in mounts.splitlines():
        place, options = line.split()[4:6]
        # A later mount at a place hides the earlier one.
        found[place] = options.split(",")
    return {place for place, options in found.items() if "ro" not in options}
