"""Lines that only Jupyter understands, and that cost nothing but what they give: the rest counts.

What counts is what a notebook gives when it is run. There, ``%matplotlib inline``, ``!pip install``
or ``print?`` beside an answer leaves it as it is, and ``files = !ls`` gives a value to no other
name. A line that may give any name another meaning, such as ``%run``, stays where it is, and the
cell stops at it.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Sequence

from balancegame.grading.worker.jupyter import GIVEN, IDLE_MAGICS, RUNNING_MAGICS

# To read programs takes long, and longer than their length; nobody writes as much by hand.
_LONGEST, _MOST_READ = 20_000, 200_000

_MARKED = re.compile(r"^[ \t]*[%!?]|=[ \t]*[%!]|\?[ \t]*;?$", re.MULTILINE)
_COMMAND = re.compile(r"([ \t]*)(?:!|%(\w+)\b[ \t]*(.*))", re.DOTALL)
_GIVEN = re.compile(rf"([ \t]*{GIVEN})(?:!|%(\w+)\b[ \t]*)(.*)", re.DOTALL)
_HELP = re.compile(r"([ \t]*)(?:\?{1,2}[\w.%*]+|%{0,2}[\w.*]+\?{1,2})[ \t]*;?[ \t]*")
_WHOLE_CELL = re.compile(r"\s*%%(\w+)[^\n]*")
# A text that is not closed ends with its line, so that no line is read again from each mark in it.
_PIECE = re.compile(
    r"#.*|\"{3}|'{3}|\"(?:\\.|[^\"\\])*+\"?|'(?:\\.|[^'\\])*+'?|[()\[\]{}]", re.DOTALL
)
_ENDS = {mark: re.compile(rf"(?:\\.|[^\\])*?{mark}", re.DOTALL) for mark in ('"""', "'''")}


def without_idle_lines(cells: Sequence[str]) -> list[str]:
    r"""Return cells without Jupyter's lines that give nothing a value; every line keeps its number.

    Examples
    --------
    >>> without_idle_lines(["%matplotlib inline\nx = 7 % 2\nx?"])
    ['\nx = 7 % 2\n']
    """
    left = _MOST_READ
    found = []
    for source in cells:
        marked = len(source) <= _LONGEST and _MARKED.search(source) is not None
        left -= len(source) if marked else 0
        is_plain = not marked or left < 0 or _is_python(source)
        found.append(source if is_plain else _without_idle_lines(source))
    return found


def _without_idle_lines(source: str) -> str:
    lines = source.split("\n")
    if whole := _WHOLE_CELL.match(source):
        if whole[1] not in RUNNING_MAGICS:
            return source
        lines[whole[0].count("\n")] = ""
    written = []
    # What a line looks like that goes on with another makes it no command: "!= 3", or a text.
    text, depth, goes_on, is_idle = "", 0, False, False
    for line in lines:
        plain = line
        if not (text or depth or goes_on):
            plain = _as_python(line)
            is_idle = plain != line and not plain.endswith("\\")
        elif goes_on and is_idle:
            plain = ""
        text, depth = _left_open(plain, text, depth)
        goes_on = line.endswith("\\") and not line.lstrip().startswith("#")
        written.append(plain)
    return "\n".join(written)


def _left_open(line: str, text: str, depth: int) -> tuple[str, int]:
    """Return which quotation mark and how many brackets are open after a line of Python."""
    start = 0
    while True:
        if text:
            end = _ENDS[text].match(line, start)
            if end is None:
                return text, depth
            start = end.end()
        piece = _PIECE.search(line, start)
        if piece is None:
            return "", depth
        start = piece.end()
        text = piece[0] if piece[0] in _ENDS else ""
        if piece[0] in "([{":
            depth += 1
        elif piece[0] in ")]}":
            depth = max(depth - 1, 0)


def _as_python(line: str) -> str:
    """Return what a line of Jupyter's does to names, as Jupyter itself writes it in Python."""
    if found := _HELP.fullmatch(line):
        return _nothing(found[1])
    if (found := _GIVEN.match(line)) and found[2] in (None, "time", *IDLE_MAGICS):
        given, name, rest = found.groups()
        if name == "time":
            return f"{given}{rest}"
        call = f"getoutput({rest!r})" if name is None else f"run_line_magic({name!r}, {rest!r})"
        return f"{given}get_ipython().{call}"
    found = _COMMAND.match(line)
    if found is None:
        return line
    indent, name, rest = found.groups()
    if name == "time" and rest:
        return f"{indent}{rest}"
    return _nothing(indent) if name is None or name in IDLE_MAGICS else line


def _nothing(indent: str) -> str:
    # A block needs a statement; above the first comment, which names the task, none may stand.
    return f"{indent}pass" if indent else ""


def _is_python(source: str) -> bool:
    try:
        # What Python warns of in a student's code is not for whoever grades it.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
