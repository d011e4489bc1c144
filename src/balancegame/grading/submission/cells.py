"""A student's notebook as code cells, each with the task that it belongs to."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from balancegame.errors import GameError

_TASK_COMMENT = re.compile(r"\A\s*#\s*task\s+(\d+)\b", re.IGNORECASE)
_GIVES = re.compile(r"^(?:def\s+)?([^\W\d]\w*)\s*[=(,]", re.MULTILINE)
_TASK_TAG = re.compile(r"task-(\d+)")


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

    Empty cells and copies of cells are left out. The message of a GameError is a clause.
    """
    if not content.strip():
        raise GameError("it is empty; save the notebook and hand it in again")
    try:
        notebook = json.loads(content.decode("utf-8-sig"))
        code = [cell for cell in notebook["cells"] if cell.get("cell_type") == "code"]
        listed = [(_task(cell), _source(cell)) for cell in code]
        made_out = (notebook.get("metadata") or {}).get("balancegame") or {}
        student = made_out.get("student", "")
    except UnicodeDecodeError:
        raise GameError("it is not written in UTF-8; open it in Jupyter and save it") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise GameError(
            "it is not a readable notebook; open it in Jupyter, or take a fresh copy"
        ) from None
    return _cells(listed), student if isinstance(student, str) else ""


def parse_script(content: bytes) -> tuple[CodeCell, ...]:
    """Return the cells of a Python script, each of which starts with a line ``# %%``."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise GameError("it is not written in UTF-8; save it again as UTF-8") from None
    parts = re.split(r"^# ?%%.*\n?", text, flags=re.MULTILINE)
    return _cells([(_task({"source": part}), part) for part in parts])


def _cells(listed: list[tuple[int | None, str]]) -> tuple[CodeCell, ...]:
    cells = [
        CodeCell(number, task, source)
        for number, (task, source) in enumerate(listed, start=1)
        if source.strip()
    ]
    # An untouched copy of an answered cell must not undo the answer, wherever it stands.
    answered = {(c.task, name) for c in cells if "..." not in c.source for name in _gives(c)}
    return tuple(
        cell
        for cell in cells
        if "..." not in cell.source
        or not (names := _gives(cell))
        or not all((cell.task, name) in answered for name in names)
    )


def _gives(cell: CodeCell) -> set[str]:
    return set(_GIVES.findall(cell.source))


def _source(cell: dict[str, Any]) -> str:
    source = cell["source"]
    text = source if isinstance(source, str) else "".join(source)
    return text.replace("\r\n", "\n")


def _task(cell: dict[str, Any]) -> int | None:
    # Tools strip metadata, so a tag or the cell's own first comment will do as well.
    metadata = cell.get("metadata") or {}
    named = (metadata.get("balancegame") or {}).get("task")
    if isinstance(named, int):
        return named
    for tag in metadata.get("tags") or ():
        if match := _TASK_TAG.fullmatch(str(tag)):
            return int(match[1])
    match = _TASK_COMMENT.match(_source(cell))
    return int(match[1]) if match else None
