"""The student's answers as exercise tests see them, from a live notebook or from its file."""

from __future__ import annotations

import json
import os
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Protocol

from balancegame.errors import GameError
from balancegame.grading.child import CHECKING
from balancegame.grading.feedback import Unattempted, wrong
from balancegame.grading.namespace import Reply, call, fetch
from balancegame.grading.notebook import CodeCell, read_code_cells
from balancegame.grading.wire import decode, encode

__all__ = ["LiveAnswers", "NotebookAnswers", "Student"]

SECONDS_A_CELL = 30.0
SECONDS_A_CALL = 10.0
MAX_REPLY = 1_000_000


class Answers(Protocol):
    """Where answers come from."""

    def fetch(self, name: str) -> Reply:
        """Return the reply that holds the value of a name."""

    def call(self, name: str, arguments: Any) -> Reply:
        """Return the reply that holds what a function answers."""

    def why_missing(self, name: str, task: int | None) -> str | None:
        """Return what stopped the cell that should have given an answer, if anything did."""


class Student:
    """What a test knows of a student: named answers, and functions to call.

    Parameters
    ----------
    answers : LiveAnswers or NotebookAnswers
    task : int, optional
        The task under test, to name the right cell when an answer is missing.
    """

    def __init__(self, answers: Answers, task: int | None = None) -> None:
        self._answers = answers
        self._task = task

    def answer(self, name: str) -> Any:
        """Return the value that the student gave a name.

        Raises
        ------
        Unattempted
            If there is none, or it still holds the three dots.
        Wrong
            If the cell that should give it stopped with an error.
        """
        return self._value(name, self._answers.fetch(name))

    def call(self, name: str, *arguments: object) -> Any:
        """Return what the student's function answers to plain arguments.

        Raises
        ------
        Unattempted
            If there is no such function yet, or it still returns the three dots.
        Wrong
            If the function stops with an error or takes too long.
        """
        reply = self._answers.call(name, encode(arguments))
        shown = ", ".join(map(repr, arguments))
        if "stopped" in reply:
            wrong("function-stopped", f"{name}({shown}) stopped: {reply['stopped']}.")
        value = self._value(name, reply)
        if "not_a_function" in reply:
            wrong(
                "not-a-function",
                f"{name} is not a function any more; keep the line that starts with def {name}.",
            )
        return value

    def _value(self, name: str, reply: Reply) -> Any:
        value = ... if "missing" in reply else decode(reply["value"])
        if not _has_dots(value):
            return value
        reason = self._answers.why_missing(name, self._task)
        if reason is not None:
            wrong("cell-stopped", reason)
        if "missing" in reply:
            raise Unattempted(
                name,
                f"There is no {name} yet; give your answer exactly this name and run its cell.",
            )
        raise Unattempted(name, f"{name} still holds the three dots; put your answer there.")


class LiveAnswers:
    """Answers in the namespace of a running notebook."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace

    def fetch(self, name: str) -> Reply:
        """Return the reply that holds the value of a name."""
        return fetch(self._namespace, name)

    def call(self, name: str, arguments: Any) -> Reply:
        """Return the reply that holds what a function answers."""
        return call(self._namespace, name, arguments)

    def why_missing(self, name: str, task: int | None) -> str | None:
        """Return what stopped the cell that should have given an answer, if anything did."""
        return None

    def close(self) -> None:
        """Do nothing: the notebook stays as it is."""


class NotebookAnswers:
    """Answers of a notebook file, run in a process of its own, cell by cell.

    A cell that fails does not stop those after it. A cell that never ends, or ends the process,
    is left out of a second run.

    Parameters
    ----------
    path : Path
        The notebook.
    """

    def __init__(self, path: Path) -> None:
        self._folder = path.resolve().parent
        self._failed: dict[CodeCell, str] = {}
        self._fatal: set[int] = set()
        self._process: _Process | None = None
        self._broken = ""
        try:
            self._cells = read_code_cells(path)
        except GameError as error:
            self._cells, self._broken = (), str(error)

    def fetch(self, name: str) -> Reply:
        """Return the reply that holds the value of a name."""
        return self._ask({"name": name}) or {"missing": True}

    def call(self, name: str, arguments: Any) -> Reply:
        """Return the reply that holds what a function answers."""
        reply = self._ask({"name": name, "arguments": arguments})
        if reply is not None:
            return reply
        return {
            "stopped": f"it gave no answer within {SECONDS_A_CALL:g} seconds, or ended Python; "
            "look for a loop that never ends"
        }

    def why_missing(self, name: str, task: int | None) -> str | None:
        """Return what stopped the cell that should have given an answer, if anything did."""
        if self._broken:
            return self._broken[:1].upper() + self._broken[1:]
        # A cell that lost its task is known by the answer that it gives.
        gives = re.compile(rf"^(?:def\s+)?{re.escape(name)}\s*[=(,]", re.MULTILINE)
        for cell in sorted(self._failed, key=lambda cell: cell.number):
            if cell.task == task or (cell.task is None and gives.search(cell.source)):
                place = cell.place[:1].upper() + cell.place[1:]
                return f"{place} stopped: {self._failed[cell]}."
        return None

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.end()
            self._process = None

    def _ask(self, request: Mapping[str, Any]) -> Reply | None:
        if self._process is None:
            self._process = self._started()
        reply = self._process.ask(request, SECONDS_A_CALL)
        if reply is None:
            self.close()
        return reply

    def _started(self) -> _Process:
        process = _Process(self._folder)
        for cell in self._cells:
            if cell.number in self._fatal:
                continue
            reply = process.ask({"cell": cell.source}, SECONDS_A_CELL)
            if reply is None:
                process.end()
                self._fatal.add(cell.number)
                self._failed[cell] = (
                    f"it was not done within {SECONDS_A_CELL:g} seconds, or it ended Python; look "
                    "for a loop that never ends"
                )
                return self._started()
            if "stopped" in reply:
                self._failed[cell] = reply["stopped"]
        return process


class _Process:
    """One child process and the pipe to it."""

    def __init__(self, folder: Path) -> None:
        self._popen = subprocess.Popen(
            [sys.executable, "-m", "balancegame.grading.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={**os.environ, CHECKING: "1", "MPLBACKEND": "agg", "PYTHONIOENCODING": "utf-8"},
        )
        assert self._popen.stdin is not None
        assert self._popen.stdout is not None
        self._requests: IO[bytes] = self._popen.stdin
        self._lines: queue.Queue[bytes] = queue.Queue()
        # A pipe cannot be read with a deadline on every system; a queue can.
        threading.Thread(
            target=_forward, args=(self._popen.stdout, self._lines), daemon=True
        ).start()

    def ask(self, request: Mapping[str, Any], seconds: float) -> Reply | None:
        """Return the reply, or None if none came in time."""
        try:
            self._requests.write(json.dumps(request).encode() + b"\n")
            self._requests.flush()
            reply = json.loads(self._lines.get(timeout=seconds))
        except (OSError, ValueError, queue.Empty):
            return None
        return reply if isinstance(reply, dict) else None

    def end(self) -> None:
        """Kill the process and wait for it."""
        self._popen.kill()
        self._popen.wait()
        with suppress(OSError):
            self._requests.close()


def _forward(pipe: IO[bytes], lines: queue.Queue[bytes]) -> None:
    with pipe:
        while line := pipe.readline(MAX_REPLY):
            lines.put(line)
    lines.put(b"")


def _has_dots(value: Any) -> bool:
    if value is ...:
        return True
    if isinstance(value, (list, tuple, set)):
        return any(map(_has_dots, value))
    if isinstance(value, dict):
        return any(map(_has_dots, value.values()))
    return False
