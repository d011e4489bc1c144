"""A student's notebook as code cells, each with the task that it belongs to."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from balancegame.errors import GameError

__all__ = ["CodeCell", "jupyter_only_line", "read_code_cells"]

_TASK_COMMENT = re.compile(r"\A\s*#\s*task\s+(\d+)\b", re.IGNORECASE)
_TASK_TAG = re.compile(r"task-(\d+)")
_JUPYTER_LINE = re.compile(r"^\s*([%!]\S*|\?\S+|\S+\?)", re.MULTILINE)


@dataclass(frozen=True)
class CodeCell:
    """One code cell.

    Attributes
    ----------
    number : int
        Its place among the code cells, from 1.
    task : int or None
        The task that its metadata, a tag or its first comment names.
    source : str
    """

    number: int
    task: int | None
    source: str

    @property
    def place(self) -> str:
        """How a message names the cell."""
        task = f"the cell of task {self.task}" if self.task else "a cell"
        return f"{task} (code cell {self.number} from the top)"


def read_code_cells(path: Path) -> tuple[CodeCell, ...]:
    """Return the code cells of a notebook, empty ones left out.

    Raises
    ------
    GameError
        If the file is not a notebook.
    """
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        listed = [(_task(cell), _source(cell)) for cell in cells if cell.get("cell_type") == "code"]
    except OSError as error:
        raise GameError(
            f"{path.name} cannot be read ({error.strerror}); see that it exists."
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise GameError(
            f"{path.name} is not a readable notebook; open it in Jupyter, or take a fresh copy."
        ) from None
    return tuple(
        CodeCell(number, task, source)
        for number, (task, source) in enumerate(listed, start=1)
        if source.strip()
    )


def jupyter_only_line(source: str) -> str | None:
    """Return what makes a source Jupyter's rather than Python's: a magic or shell command.

    Examples
    --------
    >>> jupyter_only_line("%matplotlib inline")
    '%matplotlib'
    >>> jupyter_only_line("x = 7 % 2") is None
    True
    """
    try:
        ast.parse(source)
    except (SyntaxError, ValueError):
        match = _JUPYTER_LINE.search(source)
        return match[1] if match else None
    return None


def _source(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


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
