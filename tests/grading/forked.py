"""Processes that start at once, because all that they import is loaded once beforehand.

``Forks`` runs this file as a process of one thread, which forks others by the name of a function.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from balancegame.grading.gradebook.class_run import grade_class
from balancegame.grading.gradebook.html_reports import read_templates
from balancegame.grading.isolation import fresh_interpreter
from balancegame.grading.isolation.fresh_interpreter import start_process
from balancegame.grading.isolation.library import library
from balancegame.grading.isolation.tiers import probe
from balancegame.grading.run.exercise_files import exercises_meant, tests_of
from balancegame.grading.run.grading_process import collect, rehearse
from tests.grading import warm_workers


class Forks:
    """Starts and awaits processes; whatever is still there when it is left is killed."""

    def __enter__(self):
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.grading.forked"],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.running = set()
        return self

    def __exit__(self, *_):
        for pid in [*self.running]:
            self.kill(pid)
        self._server.communicate(timeout=60)

    def collect(self, exercises):
        """Collect tests and try them once, for all graders that are started afterwards."""
        self._ask(["collect", str(exercises)])

    def start(self, function, *arguments):
        """Start one function of this file in a process, and return its number."""
        pid = self._ask([function.__name__, *map(str, arguments)])
        self.running.add(pid)
        return pid

    def wait(self, pid):
        """Wait until a process has ended, and return its exit code, negative for a signal."""
        self.running.discard(pid)
        return self._ask(["wait", pid])

    def kill(self, pid):
        """Kill a process, if it has not ended by itself, and return its exit code."""
        os.kill(pid, signal.SIGKILL)
        return self.wait(pid)

    def _ask(self, order):
        print(json.dumps(order), file=self._server.stdin, flush=True)
        return int(self._server.stdout.readline())


def grade_at_home(submissions, exercises, out):
    """Grade a class in threads of this process."""
    with ThreadPoolExecutor(1) as executor:
        run = grade_class(
            Path(submissions), Path(exercises), Path(out), tier="process", executor=executor
        )
    return 0 if run.complete else 1


def dask_scheduler(port):
    """Run a Dask scheduler."""
    from distributed import Scheduler

    asyncio.run(_until_closed(Scheduler, host="127.0.0.1", port=int(port), dashboard=False))


def dask_worker(address):
    """Run a Dask worker of one thread."""
    from distributed import Worker

    asyncio.run(_until_closed(Worker, address, nthreads=1, dashboard=False))


async def _until_closed(kind, *arguments, **options):
    async with kind(*arguments, **options) as server:
        await server.finished()


# What tests of an exercise import; a cluster may not be installed.
_IMPORTED = ("hypothesis", "balancegame.models")


def _serve():
    for module in _IMPORTED:
        import_module(module)
    with suppress(ImportError):
        import_module("distributed")
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        if name == "collect":
            _collect(Path(arguments[0]))
            print(0, flush=True)
        elif name == "wait":
            print(os.waitstatus_to_exitcode(os.waitpid(arguments[0], 0)[1]), flush=True)
        elif pid := os.fork():
            print(pid, flush=True)
        else:
            _become(globals()[name], arguments)


def _collect(exercises):
    """Do what each grader does before it grades; no thread is left, so others can be forked."""
    tests = tests_of(exercises_meant((), exercises), exercises)
    collect(tests)
    rehearse(tests)
    probe()
    read_templates()
    fresh_interpreter.subprocess = warm_workers
    warm_workers.lend()
    start_process(library()).end()


def _become(function, arguments):
    code = 1
    try:
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nothing, descriptor)
        code = function(*arguments) or 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    _serve()
