"""Deadlines end what never ends by itself, and leave nothing behind."""

import subprocess
import sys
import time

import pytest

from balancegame.grading.isolation.deadline import Deadline, TakesTooLong


def test_endless_code_is_left_and_said_to_be_over():
    with Deadline(0.1) as deadline:
        while True:
            pass
    assert deadline.over


def test_quick_code_is_not_interrupted():
    with Deadline(60) as deadline:
        done = sum(range(10))
    assert (done, deadline.over) == (45, False)


def test_code_that_catches_everything_is_interrupted_again():
    caught = 0
    with Deadline(0.1) as deadline:
        while caught < 2:
            try:
                while True:
                    pass
            except TakesTooLong:
                caught += 1
    assert (caught, deadline.over) == (2, True)


def test_an_error_of_the_code_itself_is_handed_on():
    with pytest.raises(ZeroDivisionError), Deadline(60):
        _ = 1 / 0


@pytest.mark.parametrize("work", ["pass", "time.sleep(0.3)", "\n        while True: pass"])
def test_a_debugger_works_after_a_deadline(work):
    # CPython 3.11 hung here for ever: an interruption that is taken back leaves a flag behind.
    code = (
        "import sys, time\n"
        "from balancegame.grading.isolation.deadline import Deadline\n"
        "for _ in range(2):\n"
        f"    with Deadline(0.1): {work}\n"
        "sys.settrace(lambda *_: None)\n"
        "def traced(): return 'traced'\n"
        "print(traced())\n"
    )
    finished = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60
    )
    assert finished.stdout == "traced\n", finished.stderr


def test_nothing_interrupts_what_comes_after():
    for _ in range(8):
        with Deadline(0.1):
            time.sleep(0.1)
        assert sum(range(1000)) == 499500
