"""Grading processes: one that ends takes along what it was at, and nothing that lay ready."""

from __future__ import annotations

import os
import pickle
import sys
import threading
import time
from collections import deque
from concurrent.futures import BrokenExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from balancegame.grading.run.collected import Collected
from balancegame.grading.run.graders import Graders, _Grader
from balancegame.grading.run.orders import GraderFault

TESTS = """
import pytest

@pytest.mark.task(1)
def test_one(student):
    assert student.answer("one") == 1
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="graders are forked on Linux only")


@contextmanager
def graders(folder, jobs=1, seconds=60.0):
    tests = folder / "test_01_one.py"
    tests.write_text(TESTS, encoding="utf-8")
    with closing(Collected([tests])) as process:
        process.manifest()
        opened = Graders(jobs, process, None, seconds)
        try:
            yield opened
        finally:
            opened.shutdown()


def test_a_process_that_ends_takes_one_order_along(tmp_path):
    with graders(tmp_path) as opened:
        before = [opened.submit(os.getpid) for _ in range(4)]
        ending = opened.submit(os._exit, 1)
        after = [opened.submit(os.getpid) for _ in range(8)]
        with pytest.raises(BrokenExecutor):
            ending.result(60)
        first, second = ({each.result(60) for each in group} for group in (before, after))
    assert (len(first), len(second)) == (1, 1)
    assert first != second


def test_an_order_without_end_takes_one_order_along(tmp_path):
    with graders(tmp_path, seconds=2.0) as opened:
        endless = opened.submit(time.sleep, 600)
        after = [opened.submit(os.getpid) for _ in range(4)]
        with pytest.raises(GraderFault, match="did not come to an end"):
            endless.result(60)
        assert len({each.result(60) for each in after}) == 1


def test_what_cannot_be_sent_harms_nobody(tmp_path):
    with graders(tmp_path) as opened:
        answers = [opened.submit(os.getpid) for _ in range(3)]
        lost = opened.submit(lambda: 1)
        answers += [opened.submit(os.getpid) for _ in range(3)]
        with pytest.raises(Exception, match=r"pickle|lambda"):
            lost.result(60)
        assert len({each.result(60) for each in answers}) == 1


class FailsOnce:
    """A line to a process that answers at once; the second thing that is sent to it fails."""

    sent = 0

    def __init__(self):
        self.waiting = deque()

    def send_bytes(self, order):
        FailsOnce.sent += 1
        if FailsOnce.sent == 2:
            raise MemoryError("no room to send it")
        self.waiting.append(order)

    def poll(self, seconds):
        return bool(self.waiting)

    def recv_bytes(self):
        return pickle.dumps((True, pickle.loads(self.waiting.popleft())()))

    def close(self):
        self.waiting.clear()


def test_a_reply_is_never_taken_for_anothers(monkeypatch):
    begin = threading.Event()

    def forked(self):
        begin.wait(60)
        return _Grader(FailsOnce(), 0)

    monkeypatch.setattr(Graders, "_forked", forked)
    monkeypatch.setattr(os, "kill", lambda *_: None)
    monkeypatch.setattr(FailsOnce, "sent", 0)
    opened = Graders(1, None, None, 60.0)
    answers = {name: opened.submit(str, name) for name in ("ann", "bob", "cid", "dan")}
    begin.set()
    with pytest.raises(MemoryError):
        answers.pop("ann").result(60)
    assert {name: each.result(60) for name, each in answers.items()} == {
        name: name for name in answers
    }


def test_nobody_waits_for_ever_when_the_run_is_over(tmp_path):
    with graders(tmp_path) as opened:
        opened.submit(os.getpid).result(60)
        left = [opened.submit(time.sleep, 600) for _ in range(6)]
    assert all(each.done() for each in left)


def test_when_there_is_nothing_more_to_grade_all_processes_end_unawaited(tmp_path):
    with graders(tmp_path, jobs=2) as opened:
        for _ in range(8):
            opened.submit(os.getpid).result(60)
        processes = opened.processes
        assert len(processes) > 1
        opened.shutdown(wait=False)
        until = time.monotonic() + 60
        while not all(map(has_ended, processes)):
            assert time.monotonic() < until
            time.sleep(0.01)


def has_ended(process):
    """Return whether a process has ended, though nobody may have asked how."""
    try:
        about = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return True
    return about.rpartition(")")[2].split()[0] == "Z"
