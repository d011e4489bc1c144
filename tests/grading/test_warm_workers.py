"""A worker that tests fork is what a grader starts: all tests of the process tier rest on that."""

from __future__ import annotations

import os
import subprocess
from types import SimpleNamespace

import pytest

from balancegame.grading.isolation import fresh_interpreter
from balancegame.grading.isolation.library import library
from tests.grading import warm_workers
from tests.grading.confined import closing_worker, run, value

LOOK = """
import os, sys
loaded = sorted(sys.modules)
import resource, threading
own_folder = [os.environ[name] == os.getcwd() for name in ("HOME", "TMPDIR")]
environment = sorted((n, t) for n, t in os.environ.items() if n not in ("HOME", "TMPDIR"))
parent = os.getppid()
leads = os.getpid() == os.getsid(0) == os.getpgid(0)
limits = [resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))
          for name in ("FSIZE", "NOFILE", "CPU", "CORE", "NPROC", "STACK")]
memory = resource.getrlimit(resource.RLIMIT_AS)[1]
numbers = [n for n in range(64) if os.path.exists(f"/proc/self/fd/{n}")]
files = [(n, os.readlink(f"/proc/self/fd/{n}").partition(":")[0]) for n in numbers]
options = [sys.argv, sys.path, repr(sys.flags), threading.active_count(), len(sys.meta_path)]
"""
SEEN = ("loaded", "own_folder", "environment", "parent", "leads", "limits", "files", "options")


@pytest.fixture(autouse=True, scope="module")
def forked_here():
    """Leave this out where each worker is started, because nothing can be forked like this."""
    worker = start()
    worker.end()
    if type(worker.popen) is not warm_workers.Forked:
        pytest.skip("nothing can be forked like this here")


def start():
    return fresh_interpreter.start_process(library())


def seen():
    """Return the number of a new worker, its memory, and what else it sees of itself."""
    server = SimpleNamespace(start=start)
    with closing_worker(server) as worker:
        run(worker, LOOK)
        return worker.popen.pid, value(worker, "memory"), {n: value(worker, n) for n in SEEN}


def test_a_forked_worker_sees_what_a_started_one_sees(monkeypatch):
    _, forked_memory, forked = seen()
    monkeypatch.setattr(fresh_interpreter, "subprocess", subprocess)
    _, started_memory, started = seen()
    assert forked == started
    assert started["parent"] == os.getpid()
    # What the process that forks has loaded besides is gone, but not the memory that it took.
    assert abs(forked_memory - started_memory) < 4 << 20


def test_what_one_forked_worker_does_another_does_not_see():
    server = SimpleNamespace(start=start)
    with closing_worker(server) as first, closing_worker(server) as second:
        run(first, "import os\nos.sep, os.environ['HOME'] = None, '/'\nopen('written', 'w')")
        run(second, "import os\nfound = [os.sep, os.environ['HOME'], os.listdir()]")
        assert value(second, "found") == ["/", second.scratch.name, []]


def test_a_forked_worker_that_ended_is_gone():
    pid, _, _ = seen()
    with pytest.raises(ChildProcessError):
        os.waitpid(pid, 0)
    with pytest.raises(ProcessLookupError):
        os.killpg(pid, 0)
