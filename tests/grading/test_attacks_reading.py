"""Attacks that look for answers: in memory, in files, on the network, in earlier calls."""

from __future__ import annotations

import os
import platform
from contextlib import closing

import pytest

from balancegame.grading.isolation.tiers import Workers
from tests.grading.hostile import SECRET, SOLUTION

UNOPENED = (
    *("nashpy", "pygambit", "quantecon", "pytest", "hypothesis", "scipy"),
    *("balancegame.solvers", "balancegame.solvers.normal_form.nash", "balancegame.models"),
    *(
        "balancegame.grading.practice.questions",
        "balancegame.grading.exercise.mistakes",
        "balancegame.explain",
    ),
)


def open_to(room, attempts, words):
    """Try each in one cell; return what neither failed nor failed with the right words."""
    source = f"""# Task 2
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def check(result):
    if result < 0:
        raise PermissionError(ctypes.get_errno(), "refused")
number = []
for name, attempt in {attempts!r}.items():
    try:
        exec(attempt)
        number.append(name)
    except Exception as error:
        if not any(each in str(error) for each in {words!r}):
            number.append((name, type(error).__name__, str(error)))
"""
    room.attack(source, words="number is another one, not [].")


def test_importing_what_the_task_does_not_open(classroom):
    attempts = {name: f"import {name}" for name in UNOPENED}
    open_to(classroom, attempts, ["this task does not allow"])


def test_importing_a_solver_by_its_public_name(classroom):
    names = ("equilibria", "verify", "best_responses", "solve_many", "models")
    attempts = {name: f"import balancegame as bg; bg.{name}" for name in names}
    open_to(classroom, attempts, ["this task does not allow"])


def test_what_is_open(classroom):
    source = (
        "# Task 2\nimport numpy, sympy, fractions, itertools\nimport balancegame as bg\n"
        "game = bg.NormalFormGame([[[1, 0]], [[0, 1]]])\nbg.check('09')\n"
        "number = int(numpy.int64(42)) if sympy.Integer(6) == 6 and game.shape == (1, 2) else 0"
    )
    classroom.attack(source, points=3)


PLACES = {
    "sys.modules": "found = [n for n in sys.modules if 'test_' in n or 'hypothesis' in n]",
    "gc": "import gc\nfound = [o for o in gc.get_objects() if 'ANSWER' in str(type(o))]",
    "inspect": (
        "import inspect\nfound = [f.filename for f in inspect.stack() if 'test_' in f.filename]"
    ),
    "frames": (
        "found, frame = [], sys._getframe()\nwhile frame:\n"
        "    found += [k for k in frame.f_globals if 'ANSWER' in k]\n    frame = frame.f_back"
    ),
    "arguments": "found = sys.argv + list(getattr(sys, 'orig_argv', []))[:0]",
}


@pytest.mark.parametrize("name", PLACES)
def test_reading_answers_in_memory(name, classroom):
    source = f"# Task 2\nimport sys\n{PLACES[name]}\nnumber = [str(x) for x in found if str(x)]"
    classroom.attack(source, words="number is another one, not []")


FOLDERS = """
import glob, os
found = []
for pattern in {patterns!r}:
    found += glob.glob(pattern, recursive=True)
number = found[:3]
"""


@pytest.mark.parametrize(
    "where", ["the exercises", "other submissions", "the gradebook", "solvers"]
)
def test_reading_files_that_are_not_mounted(where, hardened):
    patterns = {
        "the exercises": [str(hardened.exercises), f"{hardened.exercises}/*"],
        "other submissions": [str(hardened.ann), f"{hardened.submissions}/*"],
        "the gradebook": [f"{hardened.folder}/*", "/home/*", "/root/.[a-oq-z]*", "/etc/*"],
        "solvers": [
            "/library/balancegame/**/solvers*",
            "/library/**/nashpy*",
            "/usr/lib/python3*/**/nashpy*",
        ],
    }[where]
    source = "# Task 2" + FOLDERS.format(patterns=patterns)
    hardened.attack(source, words="number is another one, not []")


SYSTEM = (
    *("/proc/self/environ", "/proc/1/cmdline", "/proc/self/mem", "/proc/self/fd"),
    *("/proc/net/tcp", "/sys/kernel", "/etc/passwd", "/etc/shadow", "/dev/mem", "/dev/kmsg"),
    *("/bin/sh", "/usr/bin/env", "/usr/bin/python3", "/var", "/run"),
)


def test_reading_the_system(hardened):
    source = f"# Task 2\nimport os\nnumber = list(filter(os.path.exists, {SYSTEM!r}))"
    hardened.attack(source, words="number is another one, not [].")


def test_tests_cannot_be_opened_by_name(hardened):
    source = f"# Task 2\nnumber = open({str(hardened.exercises / 'solution.txt')!r}).read()"
    hardened.attack(source, words="FileNotFoundError")


FCNTL = {"x86_64": 72}.get(platform.machine(), 25)
SHARED = "os.open('/library/numpy/__init__.py', os.O_RDONLY)"
CALLS = {
    "a process": "os.fork()",
    "a program": "import subprocess; subprocess.run(['/bin/sh'])",
    "a spawned process": "os.posix_spawn('/bin/sh', ['sh'], {})",
    "tracing the grader": "check(libc.ptrace(16, os.getppid() or 1, 0, 0))",
    "reading its memory": "check(libc.process_vm_readv(1, 0, 0, 0, 0, 0))",
    "a new user namespace": "check(libc.unshare(0x10000000))",
    "a mount": "check(libc.mount(b'none', b'/tmp', b'tmpfs', 0, 0))",
    "another's namespace": "check(libc.setns(0, 0))",
    "another root": "os.chroot('/tmp')",
    "a kernel ring": "check(libc.syscall(425, 1, 0))",
    "the kernel's keys": "check(libc.syscall(250, 0, 0, 0))",
    "a program in the kernel": "check(libc.syscall(321, 0, 0, 0))",
    "shared memory": "check(libc.shmget(0, 4096, 0o1600))",
    "a message queue": "check(libc.msgget(0, 0o1600))",
    "semaphores": "check(libc.semget(0, 1, 0o1600))",
    "memory without a file": "os.memfd_create('x')",
    "a lock that others see": f"import fcntl; fcntl.flock({SHARED}, fcntl.LOCK_EX)",
    "a lock on a part of a file": f"import fcntl; fcntl.lockf({SHARED}, fcntl.LOCK_SH)",
    "a lock asked for in a roundabout way": (
        f"check(libc.syscall({FCNTL}, {SHARED}, ctypes.c_long((1 << 32) + 6), bytes(64)))"
    ),
    "a lease": f"import fcntl; fcntl.fcntl({SHARED}, 1024, 0)",
    "watching what others read": "check(libc.inotify_init1(0))",
    "a TCP connection": "import socket; socket.create_connection(('127.0.0.1', 80), 1)",
    "a UDP packet": "import socket; socket.socket(2, 2).sendto(b'x', ('127.0.0.1', 53))",
    "a server": "import socket; socket.socket().bind(('', 8080))",
    "a local socket": "import socket; socket.socket(1).connect('\\0control')",
    "a download": "import urllib.request; urllib.request.urlopen('http://127.0.0.1', timeout=1)",
}


def test_no_descriptor_of_the_grader_is_inherited(hardened):
    # A long run may have many files open, and its control socket a high number.
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
    held = [os.open(os.devnull, os.O_RDONLY) for _ in range(1100)]
    try:
        with closing(Workers("hardened")) as workers:
            worker = workers.start()
            source = (
                "import os\nfound = []\nfor number in range(4096):\n    try: os.fstat(number)\n"
                "    except OSError: continue\n    found.append(number)"
            )
            worker.channel.ask({"cells": [source]}, 20)
            found = worker.channel.ask({"name": "found"}, 20)["value"]["list"]
            worker.end()
    finally:
        for number in held:
            os.close(number)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    # Its own input, output and errors, all of them nothing, and the line to the grader, twice.
    assert found == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("words", ["refused", "not permitted"])
def test_system_calls_that_are_refused(words, hardened):
    attempts = {name: c for name, c in CALLS.items() if ("check(" in c) == (words == "refused")}
    open_to(hardened, attempts, [words])


@pytest.mark.skipif(platform.machine() != "x86_64", reason="a convention of this processor")
def test_a_system_call_under_another_number_ends_the_process(hardened):
    source = "# Task 2\nimport ctypes\nctypes.CDLL(None).syscall(0x40000000 + 39)\nnumber = 42"
    hardened.attack(source, words="it ended Python")


@pytest.mark.skipif(platform.machine() != "x86_64", reason="a convention of this processor")
def test_a_system_call_of_32_bits_ends_the_process(hardened):
    # mov eax, 20; int 0x80; ret: getpid, as programs of 32 bits ask for it
    source = """# Task 2
import ctypes, mmap
page = mmap.mmap(-1, 4096, prot=7)
page.write(b"\\xb8\\x14\\0\\0\\0\\xcd\\x80\\xc3")
ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
number = 42"""
    hardened.attack(source, words="it ended Python")


def test_dns(hardened):
    source = "# Task 2\nimport socket\nsocket.getaddrinfo('example.org', 80)\nnumber = 42"
    hardened.attack(source, words="gaierror")


def test_writing_anywhere_but_the_scratch_folder(hardened):
    places = ("/usr/lib/x", "/library/x", "/x", "/dev/shm/x", "/proc/x", "/root/x")
    attempts = {path: f"open({path!r}, 'w')" for path in places}
    open_to(hardened, attempts, ["Read-only", "Permission denied", "No such file"])


def test_memory_between_calls(classroom):
    """A hidden check meets a process that knows nothing of the checks before it."""
    classroom.attack(
        "# Task 4\nseen = []\ndef length(text):\n    seen.append(text)\n"
        "    return [25, 26][len(seen) > 1] + 999 * (len(seen) == 1)",
    )


def test_memory_on_disk(classroom):
    source = """# Task 4
import os, pathlib
def length(text):
    note = pathlib.Path("note")
    before = note.read_text() if note.exists() else ""
    note.write_text(before + text)
    return -1 if not before else len(text)
"""
    classroom.attack(source)


LEAKS = {
    "an exception": "raise ValueError(text)",
    "an exception of a class named so": "raise type(text, (Exception,), {})",
    "printing": "print(text); return 0",
    "the answer": "return text",
    "the answer's type": "return type(text, (), {})()",
    "ending Python with words": "import sys; sys.exit(text)",
    "remembering it for a visible check": "remembered.append(text); return 0",
}


@pytest.mark.parametrize("name", LEAKS)
def test_showing_hidden_inputs(name, classroom):
    """That no message holds the hidden input is asserted for every attack."""
    source = (
        "# Task 3\nremembered = []\n"
        f"def length(text):\n    {LEAKS[name]}\n"
        "def double(x):\n    raise ValueError(remembered)"
    )
    result = classroom.attack(source, words="A hidden check is not passed yet")
    assert SECRET not in repr(result.outcomes)


def test_an_answer_of_its_own_after_another_is_right(classroom):
    classroom.attack(*SOLUTION[1:], points=8)
