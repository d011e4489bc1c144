"""Grade one exercise of a class with the fences of the hardened tier, or with none of them.

Run as ``python without_fences.py FOLDER fenced|open``; it prints the seconds of one submission.
Either way workers are forked from a clean process and end after their submission, so the difference
is what bubblewrap, namespaces, Landlock, limits and the filter of system calls cost.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

import lazy_loader

from balancegame.grading.exercise.report import Report
from balancegame.grading.isolation.library import PACKAGE
from balancegame.grading.isolation.tiers import HARDENED
from balancegame.grading.run.collected import collected
from balancegame.grading.run.engine import Engine, open_engine
from balancegame.grading.run.graders import Graders
from balancegame.grading.run.orders import Setting

JOBS, WAITING = 2, 16

# The fork server's own program, with nothing in the place of each fence.
_OPEN = """
import builtins, importlib, json, os, sys
settings = json.loads(sys.argv[1])
sys.path += settings["path"]
vars(builtins).update(exit=sys.exit, quit=sys.exit)
server = importlib.import_module("balancegame.grading.worker.fork_server")
from balancegame.grading.worker.steps import silencing
vars(sys.modules["balancegame"]).update(check=lambda *_, **__: None, quick_check=lambda *_: None)
server.fork_first_process = os.fork
server.seal = lambda: None
server.Networks.enter = lambda networks: os.open(os.devnull, os.O_RDONLY)
server.way_into_confinement = lambda system_calls: (*silencing(),)
server.serve_forks(settings)
"""


def main(folder: Path, fenced: bool) -> None:
    """Print how long a submission takes on average, from the first to the last."""
    exercises = folder / "exercises"
    paths = sorted((folder / "submissions").glob("*/*.ipynb"))
    opened = open_engine(exercises, HARDENED, JOBS, variants=True) if fenced else _open(exercises)
    with opened as engine:
        (exercise,) = engine.manifest
        for path in paths[: 4 * JOBS]:
            engine.grade(path.parent.name, exercise, path)
        waiting: deque[Future[Report]] = deque()
        begin = time.perf_counter()
        for path in paths:
            waiting.append(engine.submit(path.parent.name, exercise, path))
            if len(waiting) > WAITING:
                assert waiting.popleft().result().passed
        assert all(each.result().passed for each in waiting)
        print((time.perf_counter() - begin) / len(paths))


@contextmanager
def _open(exercises: Path) -> Iterator[Engine]:
    """Open an engine whose workers are forked in the open."""
    control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    places = [str(PACKAGE.parent), str(Path(lazy_loader.__file__).parents[1])]
    settings = {"control": theirs.fileno(), "system_calls": "", "path": places}
    settings["preload"] = ["fractions"]
    with theirs:
        command = [sys.executable, "-I", "-S", "-B", "-c", _OPEN, json.dumps(settings)]
        workers = subprocess.Popen(command, pass_fds=[theirs.fileno()])
    control.recv(1)
    process = collected(tuple(sorted(exercises.glob("test_*.py"))))
    graders = Graders(JOBS, process, control, 600.0)
    setting = Setting(process.tests, HARDENED, True)
    engine = Engine(setting, exercises, lambda: graders, process.manifest)
    try:
        yield engine
    finally:
        engine.close()
        workers.kill()
        workers.wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] == "fenced")
