"""Attacks on time, memory, processes and disk: the run goes on, and says what happened."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

EATERS = {
    "an endless loop": ("while True: pass", "endless loop"),
    "sleep": ("import time; time.sleep(999)", "endless loop"),
    "a loop that catches everything": (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "endless loop",
    ),
    "memory": ("x = [bytes(8 * 10**8)] + [b'x' * 10**7 for _ in range(10**4)]", "MemoryError"),
    "memory that nobody fills": ("x = [bytes(10**8) for _ in range(10**4)]", "MemoryError"),
    "memory at once": ("x = bytearray(1 << 40)", "MemoryError"),
    "memory by numpy": ("import numpy; numpy.ones(1 << 32)", "Error"),
    "a deep recursion": ("def f(n): return f(n + 1)\nf(0)", "calls itself without end"),
    "a deeper recursion": (
        "import sys; sys.setrecursionlimit(10**9)\ndef f(n): return f(n + 1)\nf(0)",
        "stopped",
    ),
    "endless printing": ("while True: print('x' * 10**6)", "endless loop"),
    "a huge file": ("f = open('huge', 'wb')\nwhile True: f.write(b'x' * 10**7)", "stopped"),
    "many files": ("for n in range(10**5): open(str(n), 'w').write('x' * 5000)", "stopped"),
    "many open files": ("files = [open('f', 'w') for _ in range(10**4)]", "Too many open files"),
    "a source that takes long to read": ("eval('(' * 150 + '1' + ')' * 150 + '+1' * 10**5)", ""),
    "a regular expression that explodes": (
        "import re; re.match('(a+)+b', 'a' * 99)",
        "endless loop",
    ),
}


# Without a limit of its own on recursion, Python fills the memory very slowly.
ENDLESS = [
    name
    for name, (_, words) in EATERS.items()
    if words == "endless loop" or name == "a deeper recursion"
]
ENDING = [name for name in EATERS if name not in ENDLESS]


@pytest.mark.parametrize("name", ENDLESS)
def test_endless(name, hurried):
    source, words = EATERS[name]
    attack = hurried.attack_twice if name in {"an endless loop", "sleep"} else in_a_cell(hurried)
    attack(f"{source}\nnumber = 43", words)


def in_a_cell(room):
    return lambda source, words: room.attack(f"# Task 2\n{source}", words=words)


@pytest.mark.parametrize("name", ENDING)
def test_resources_at_import(name, classroom, tier):
    source, words = EATERS[name]
    if tier == "process" and name == "many files":
        pytest.skip("a full disk is not kept away by the process tier")
    classroom.attack(f"# Task 2\n{source}\nnumber = 43", words=words)


@pytest.mark.parametrize("name", ["memory that nobody fills", "a deep recursion"])
def test_resources_in_an_answer(name, classroom):
    source, words = EATERS[name]
    body = source.replace("\n", "\n    ")
    classroom.attack(f"# Task 3\ndef double(x):\n    {body}", words=words)


def test_every_cell_an_endless_loop(exhausted):
    # What ends them is a clock, whether they are busy or not.
    cells = ["# Task 2\nimport time\nwhile True: time.sleep(0.01)"] * 30
    exhausted.attack(*cells, points=0, words="the time for one check is used up")


def test_slow_answers_use_up_the_time_of_their_submission_only(exhausted):
    # Three calls fit into the time there is, and twenty more do not.
    source = "# Task 3\ndef double(x):\n    import time\n    time.sleep(0.25)\n    return 2 * x"
    exhausted.attack(source, points=3, words="the time for one check is used up")


def test_a_fork_bomb(hardened):
    source = "import os\nwhile True:\n    try: os.fork()\n    except OSError as e: raise"
    hardened.attack(f"# Task 2\n{source}", words="Operation not permitted")


def test_a_bomb_of_threads(classroom):
    source = (
        "import threading, time\nfor _ in range(10**5):\n"
        "    threading.Thread(target=time.sleep, args=(99,), daemon=True).start()"
    )
    classroom.attack(f"# Task 2\n{source}", words="stopped")


def test_a_bomb_of_small_threads(hardened):
    """Threads that take hardly any memory of their own take the kernel's."""
    source = (
        "import threading, time\nthreading.stack_size(32768)\nnumber = 0\ntry:\n"
        "    while number < 1000:\n"
        "        threading.Thread(target=time.sleep, args=(99,), daemon=True).start()\n"
        "        number += 1\nexcept RuntimeError:\n    number = f'at most {100 * (number // 100)}'"
    )
    most = 300 if os.geteuid() == 0 else 0
    hardened.attack(f"# Task 2\n{source}", words=f"not 'at most {most}'")


NAMED = 'import ctypes\nctypes.CDLL(None).prctl(15, b"left-behind", 0, 0, 0)'


def test_threads_left_behind(classroom):
    source = "import threading, time\nthreading.Thread(target=time.sleep, args=(999,)).start()"
    if Path("/proc").exists():
        source += f"\n{NAMED}"
    classroom.attack(f"# Task 2\n{source}")
    classroom.see_that_ann_gets_everything()
    wait_until_gone("left-behind")


@pytest.mark.skipif(not Path("/proc").exists(), reason="needs /proc to look for processes")
@pytest.mark.parametrize("leaves", [False, True], ids=["its group", "a setsid grandchild"])
def test_a_grandchild_left_behind(leaves, classroom, tier, request):
    if leaves and tier == "process":
        pytest.skip("the process tier does not claim this: docs/grading-security.md")
    setsid = "os.setsid()" if leaves else "pass"
    source = f"""# Task 2
import os, time, ctypes
try:
    if os.fork() == 0:
        {setsid}
        ctypes.CDLL(None).prctl(15, b"left-behind", 0, 0, 0)
        time.sleep(600)
        os._exit(0)
except OSError:
    pass
"""
    classroom.attack(source)
    wait_until_gone("left-behind")


def wait_until_gone(name):
    """Wait until no process has this name; a minute is long enough for a slow machine."""
    deadline = time.monotonic() + 60
    while (left := named_processes(name)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left == []


def named_processes(name):
    """Return the numbers of the processes of this name."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "comm").read_text(encoding="utf-8").strip() == name:
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def test_the_folder_for_temporary_files_stays_as_it_was(hardened):
    hardened.attack("# Task 2\nopen('/tmp/mallory-was-here', 'w').write('x')")
    assert not Path("/tmp/mallory-was-here").exists()
