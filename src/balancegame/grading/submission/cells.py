"""A student's notebook as code cells, each with the task that it belongs to."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from balancegame.errors import GameError
from balancegame.grading.submission.jupyter_lines import without_idle_lines
from balancegame.grading.submission.untouched import without_undone_answers

MAX_CELLS = 2_000
MAX_CODE = 4 * 2**20
"""More code than this, in characters, is pasted data, or meant to keep the grader busy."""

CHECKING = "BALANCEGAME_CHECKING"
"""The environment variable by which code knows that a check is running it."""

POINTS_PROMISED = re.compile(r"#+ Task (\d+)[^\n\"]*\((\d+) points?\)")
"""A heading such as "## Task 3. Write a function (4 points)"."""

# Each bracket of JSON becomes an object of Python's, which takes many times its size.
_MAX_BRACKETS = 500_000
_MANY_TASKS = 10_000
_LONGEST_NAME = 255
_TASK_COMMENT = re.compile(r"\A\s*#\s*task\s+(\d{1,4})\b", re.IGNORECASE)
_TASK_TAG = re.compile(r"task-(\d{1,4})")
# Editors, nbconvert and Databricks each part the cells of a script in their own way.
_NEXT_CELL = re.compile(r"^# ?(?:%%.*|In\[[ \d]*\]:|COMMAND -+) *\n?", re.MULTILINE)


@dataclass(frozen=True)
class CodeCell:
    """One code cell."""

    number: int  # its place among the code cells, from 1
    task: int | None  # which its metadata, a tag or its first comment names
    source: str

    @property
    def place(self) -> str:
        """How a message names the cell."""
        task = f"the cell of task {self.task}" if self.task else "a cell"
        return f"{task} (code cell {self.number} from the top)"


def parse_notebook(content: bytes) -> tuple[tuple[CodeCell, ...], str]:
    """Return the code cells of a notebook, and the student it says it was made out to, if any.

    Notebooks of every format are read, from the first on. Empty cells are left out, and so are the
    three dots where another cell has the answer. The message of a GameError is a clause.
    """
    if not content.strip():
        raise GameError("it is empty; save the notebook and hand it in again")
    if content.count(b"{") + content.count(b"[") > _MAX_BRACKETS:
        raise GameError(
            f"it holds more than {_MAX_BRACKETS:,} lists and objects; clear its outputs and hand "
            "it in again"
        )
    try:
        notebook = json.loads(content.decode("utf-8-sig"))
        code = [cell for cell in _listed(notebook) if cell.get("cell_type") == "code"]
        listed = [({**(cell.get("metadata") or {})}, _source(cell)) for cell in code]
        student = _mapping((notebook.get("metadata") or {}).get("balancegame")).get("student", "")
    except UnicodeDecodeError:
        raise GameError("it is not written in UTF-8; open it in Jupyter and save it") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise GameError(
            "it is not a readable notebook; open it in Jupyter, or take a fresh copy"
        ) from None
    # A name that cannot be printed is no folder's.
    named = isinstance(student, str) and student.isprintable() and len(student) <= _LONGEST_NAME
    return _cells(listed), student if named else ""


def parse_script(content: bytes) -> tuple[CodeCell, ...]:
    """Return the cells of a Python script, each of which starts with a line such as ``# %%``."""
    if len(content) > MAX_CODE:
        raise GameError(_too_much_code())
    try:
        text = _with_plain_line_ends(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise GameError("it is not written in UTF-8; save it again as UTF-8") from None
    parts = _NEXT_CELL.split(text, maxsplit=MAX_CELLS)
    return _cells([({}, part) for part in parts])


def task_in_comment(source: str) -> int | None:
    """Return the task that the first comment of a cell names, as in ``# Task 3``."""
    match = _TASK_COMMENT.match(source)
    return int(match[1]) if match else None


def _listed(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    # Before format 4, cells lay on worksheets, of which there was one.
    if "worksheets" in notebook:
        return [cell for sheet in notebook["worksheets"] for cell in sheet.get("cells", ())]
    return list(notebook["cells"])


def _cells(listed: Sequence[tuple[Mapping[str, Any], str]]) -> tuple[CodeCell, ...]:
    """Return the cells of which the metadata and the source are listed."""
    if len(listed) > MAX_CELLS:
        raise GameError(
            f"it has more than {MAX_CELLS:,} code cells; delete those that answer nothing"
        )
    if sum(len(source) for _, source in listed) > MAX_CODE:
        raise GameError(_too_much_code())
    sources = without_idle_lines([source for _, source in listed])
    tasks = [_task(metadata, source) for (metadata, _), source in zip(listed, sources, strict=True)]
    written = without_undone_answers([*zip(tasks, sources, strict=True)])
    return tuple(
        CodeCell(number, task, source)
        for number, (task, source) in enumerate(zip(tasks, written, strict=True), start=1)
        if source.strip()
    )


def _too_much_code() -> str:
    return (
        f"it holds more than {MAX_CODE // 2**20} MB of code; take out what is no code, such as "
        "pasted data"
    )


def _source(cell: Mapping[str, Any]) -> str:
    # Formats 2 and 3 called it "input", format 1 "code".
    (source,) = [cell[name] for name in ("source", "input", "code") if name in cell][:1]
    return _with_plain_line_ends(source if isinstance(source, str) else "".join(source))


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _task(metadata: Mapping[str, Any], source: str) -> int | None:
    # Tools strip metadata, so a tag or the cell's own first comment will do as well.
    named = _mapping(metadata.get("balancegame")).get("task")
    if isinstance(named, int) and 0 <= named < _MANY_TASKS:
        return named
    tags = metadata.get("tags")
    for tag in tags if isinstance(tags, list) else ():
        if match := _TASK_TAG.fullmatch(str(tag)):
            return int(match[1])
    return task_in_comment(source)


def _mapping(value: Any) -> Mapping[str, Any]:
    """Return what anybody may have written into a notebook's metadata, if it is what we write."""
    return value if isinstance(value, dict) else {}
