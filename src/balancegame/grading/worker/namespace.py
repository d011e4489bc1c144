"""What happens next to a student's code: run a cell, hand over an answer, call a function.

These few functions serve both a live notebook and the separate process of a check. A request and
its reply are JSON data; see :mod:`balancegame.grading.worker.wire`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from types import CodeType
from typing import Any

from balancegame.grading.worker.jupyter import GIVEN
from balancegame.grading.worker.left_out import lack_behind, rest_after
from balancegame.grading.worker.unknown import Unknown, UnknownUsed, why_unknown
from balancegame.grading.worker.wire import decode, encode, unpack

Reply = dict[str, Any]

CELL_NAME = "<your cell>"
_SHOWN = 160
# No statement gives a value to a name that is written like this.
_CELLS = "<cells that were run>"
_JUPYTER_LINE = re.compile(rf"^[ \t]*(?:(?:{GIVEN})?([%!]\S*)|(\?\S+|\S+\?))", re.MULTILINE)


def fetch(namespace: dict[str, Any], name: str) -> Reply:
    """Return the value of a name."""
    if name not in namespace:
        return {"missing": True}
    return _written(namespace[name])


def call(namespace: dict[str, Any], name: str, arguments: Any) -> Reply:
    """Return what a function answers, or what stopped it."""
    return _called(namespace, name, decode(arguments))


def call_each(namespace: dict[str, Any], name: str, packed: str) -> Iterator[Reply]:
    """Return what a function answers to each of many questions, or what stopped it."""
    for question in unpack(packed):
        yield _called(namespace, name, question)


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
        return match[1] or match[2] if match else None
    return None


def run_cell(namespace: dict[str, Any], source: str) -> Reply:
    """Run one cell, without the statements that need what is not there."""
    try:
        code = _compiled(source)
    except BaseException as error:
        magic = jupyter_only_line(source)
        advice = "delete that line, or move it to a cell of its own"
        uses_jupyter = f"it uses {magic}, which only Jupyter understands; {advice}"
        return {"stopped": uses_jupyter if magic else describe(error)}
    cells = namespace.setdefault(_CELLS, [])
    cells.append(source)
    rest = None
    while True:
        try:
            _run(code, namespace)
        except BaseException as error:
            why = describe(error, cells)
            lack = lack_behind(error, cells)
            if lack is None:
                return {"stopped": why}
            rest = rest_after(
                rest or ast.parse(source), error.__traceback__, Unknown(lack, why), namespace
            )
            code = _compiled(rest)
        else:
            return {"done": True}


def _compiled(program: str | ast.Module) -> CodeType:
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    code: CodeType = compile(program, CELL_NAME, "exec", flags=flags, dont_inherit=True)
    return code


def _run(code: CodeType, namespace: dict[str, Any]) -> None:
    waiting = eval(code, namespace)
    if waiting is None:
        return
    # A cell that awaits something goes on at once: no other task is there to wait for.
    with suppress(StopIteration):
        while True:
            waiting.send(None)


def describe(error: BaseException, cells: Sequence[str] = ()) -> str:
    """Return one clause that says what stopped a student's code, and in which line."""
    try:
        return _described(error, cells)
    except BaseException:
        # An exception of a class of its own may fail to say what it is.
        return "it raises an exception that cannot be shown"


def _described(error: BaseException, cells: Sequence[str]) -> str:
    line = _line(error)
    place = f" in line {line}" if line else ""
    if isinstance(error, SyntaxError):
        return f"Python cannot read it{place}: {_short(error.msg).rstrip('?')}"
    if lack := lack_behind(error, cells):
        return lack.needed(place)
    if isinstance(error, SystemExit):
        return f"it calls exit(){place}; delete that call"
    if isinstance(error, EOFError):
        return f"it waits for input(){place}, and nobody is there to type; write the value instead"
    if isinstance(error, RecursionError):
        return f"a function calls itself without end{place}"
    try:
        message = _short(str(error))
    except BaseException:
        message = ""
    return f"{type(error).__name__}{place}" + (f": {message}" if message else "")


def _called(namespace: dict[str, Any], name: str, arguments: Iterable[Any]) -> Reply:
    if name not in namespace:
        return {"missing": True}
    function = namespace[name]
    if type(function) is Unknown:
        return {"stopped": why_unknown(function)}
    if not callable(function):
        return {"not_a_function": True, **_written(function)}
    try:
        return {"value": encode(function(*arguments))}
    except BaseException as error:
        return {"stopped": describe(error, namespace.get(_CELLS, ()))}


def _written(value: object) -> Reply:
    if type(value) is Unknown:
        return {"missing": True, "stopped": why_unknown(value)}
    try:
        return {"value": encode(value)}
    except UnknownUsed as error:
        return {"missing": True, "stopped": describe(error)}
    except Exception:
        # What has a class of its own may raise whatever it is asked.
        return {"value": {"other": "value that cannot be read"}}


def _line(error: BaseException) -> int | None:
    if isinstance(error, SyntaxError):
        return error.lineno
    line, step = None, error.__traceback__
    while step is not None:
        file = step.tb_frame.f_code.co_filename
        # Jupyter runs each cell under the name of a temporary file.
        if file == CELL_NAME or "ipykernel_" in file:
            line = step.tb_lineno
        step = step.tb_next
    return line


def _short(message: str | None) -> str:
    text = " ".join(str(message or "").split()).rstrip(".")
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
