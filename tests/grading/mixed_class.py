"""A class with submissions of every kind, and the points that each must get."""

from __future__ import annotations

import json
from pathlib import Path

from tests.grading.guide import EXERCISE, handed_in, solution_cells

NAME = f"{EXERCISE}.ipynb"
RIGHT = solution_cells()
ROW_OF_TWO = """
def best_reply(payoffs, column):
    return 0 if payoffs[0][column] > payoffs[1][column] else 1
"""
EQUAL_TO_ALL = """
class Anything(int):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __hash__ = int.__hash__
smallest_sanction = Anything(3)
"""
FORGED = """
import os, sys
for descriptor in range(3, 20):
    try:
        os.write(descriptor, b'{"id": 1, "value": 7}\\n')
    except OSError:
        pass
print("7 passed")
"""
WRITES = """
for name in ("grades.csv", "results.json", "gradebook.sqlite", "conftest.py"):
    try:
        open(name, "w").write("7")
    except OSError:
        pass
"""
PATCHES = """
import builtins, json
json.loads = json.dumps = lambda *a, **k: 7
builtins.abs = builtins.min = builtins.max = lambda *a: 7
"""


def text(changes):
    return lambda path: path.write_text(handed_in(changes), encoding="utf-8")


def raw(content):
    return lambda path: path.write_bytes(content)


def script(changes):
    cells = "\n".join(f"# %%\n# Task {task}\n{source}" for task, source in changes.items())
    return lambda path: path.with_suffix(".py").write_text(cells, encoding="utf-8")


def linked(path):
    target = path.parents[2] / "elsewhere.ipynb"
    target.write_text(handed_in(RIGHT), encoding="utf-8")
    path.symlink_to(target)


def nothing(path):
    pass


def without_metadata_and_doubled(path):
    notebook = json.loads(handed_in(RIGHT))
    untouched = json.loads(handed_in())["cells"]
    notebook["cells"] = [*reversed(notebook["cells"]), *untouched]
    path.write_text(json.dumps(notebook), encoding="utf-8")


# A kind of submission: how it is written, and the points of tasks 1, 2 and 3.
KINDS = {
    "right": (text(RIGHT), (2, 3, 2)),
    "right as a script": (script(RIGHT), (2, 3, 2)),
    "right in another order, with copies": (without_metadata_and_doubled, (2, 3, 2)),
    "wrong": (
        text(
            {
                1: "smallest_sanction = 8",
                2: "def best_reply(p, c): return 99",
                3: "smallest_probability = '1/3'",
            }
        ),
        (0, 0, 0),
    ),
    "one task": (text({1: RIGHT[1]}), (2, 0, 0)),
    "two tasks": (text({1: RIGHT[1], 3: RIGHT[3]}), (2, 0, 2)),
    "fails a hidden check": (text({**RIGHT, 2: ROW_OF_TWO}), (2, 2, 2)),
    "untouched": (text({}), (0, 0, 0)),
    "not handed in": (nothing, (0, 0, 0)),
    "does not parse": (text({**RIGHT, 1: "smallest_sanction = = 7"}), (0, 3, 2)),
    "stops with an error": (text({**RIGHT, 3: "1 / 0"}), (2, 3, 0)),
    "uses magic": (text({**RIGHT, 1: "%reset -f\nsmallest_sanction = 7"}), (0, 3, 2)),
    "empty file": (raw(b""), (0, 0, 0)),
    "not JSON": (raw(b"smallest_sanction = 7"), (0, 0, 0)),
    "not UTF-8": (raw(b'{"cells": "\xff\xfe"}'), (0, 0, 0)),
    "deep nesting": (raw(b"[" * 100_000), (0, 0, 0)),
    "a folder": (lambda path: path.mkdir(), (0, 0, 0)),
    "a link": (linked, (0, 0, 0)),
    "exits": (text({**RIGHT, 1: "import sys; sys.exit(0)"}), (0, 3, 2)),
    "is equal to anything": (text({1: EQUAL_TO_ALL}), (0, 0, 0)),
    "forges replies": (text({1: FORGED}), (0, 0, 0)),
    "writes result files": (text({1: WRITES}), (0, 0, 0)),
    "patches builtins": (text({1: PATCHES}), (0, 0, 0)),
    "ends Python": (text({1: "import os; os._exit(0)"}), (0, 0, 0)),
    "has no number": (text({1: "smallest_sanction = float('nan')"}), (0, 0, 0)),
    "has a formula": (text({1: "smallest_sanction = '=1+1'"}), (0, 0, 0)),
}
SIZE = 32
COMMON = ("right", "wrong", "one task", "two tasks", "fails a hidden check", "untouched")
STRANGE_NAMES = (
    "=cmd|' -C calc'!A0",
    "<script>alert(1)</script>".replace("/", "∕"),
    "大輔",
    "@ann",
)


def write_class(folder: Path, count: int = SIZE) -> dict[str, tuple[int, int, int]]:
    """Write a class and return the points of each student's tasks."""
    kinds = list(KINDS)
    expected = {}
    for number in range(count):
        # Every kind first, then mostly what students do.
        kind = kinds[number] if number < len(kinds) else COMMON[number % len(COMMON)]
        strange = STRANGE_NAMES[number % 4] + " " if number % 10 == 0 else ""
        student = f"{strange}student {number:03}"
        write, points = KINDS[kind]
        (folder / student).mkdir(parents=True)
        write(folder / student / NAME)
        expected[student] = points
    return expected


def write_class_backwards(folder: Path, count: int = SIZE) -> None:
    """Write the same class, its folders made in the opposite order."""
    scratch = folder.with_name(f"{folder.name} forwards")
    write_class(scratch, count)
    folder.mkdir()
    for path in sorted(scratch.iterdir(), reverse=True):
        path.rename(folder / path.name)
