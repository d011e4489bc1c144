"""Cells that Python cannot read: nothing in them ran, and what ran before them is no answer.

A running notebook keeps the source of every cell that was run, one that Python could not read too.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Sequence
from functools import lru_cache

from balancegame.grading.submission.cells import task_in_comment
from balancegame.grading.submission.untouched import names_given
from balancegame.wording import capital

_LONGEST = 20_000
_SHOWN = 80
# Whoever stopped may have said so: no more digits than a line's number has.
_CANNOT_READ = re.compile(r"\APython cannot read it in line (\d{1,9})\b")
# What Python raises at a source that nobody writes by hand, such as one with a null character.
_NOT_BY_HAND = (ValueError, RecursionError, MemoryError, OverflowError)
_MAGIC = "get_ipython().run_cell_magic("
_UNSEEN_AFTER_NUMBER = re.compile("[0-9][\u200b-\u200f\u2060\ufeff]")
_FRACTION = re.compile("[\u00bc-\u00be\u2150-\u215e]")
_CURLY = re.compile("[\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb]")
_DASHES = re.compile("[\u2012\u2013\u2014\u2212]")
# A single = where only a comparison can stand.
_COMPARES = re.compile(r"\s*(?:return|if|elif|while|assert|and|or|not)\b.*[^=<>!:]=(?!=)")


def complaint_of_unreadable_cell(sources: Sequence[str], name: str) -> str | None:
    """Return what is wrong with the cell that should have given a name, if it cannot be read.

    Parameters
    ----------
    sources : sequence of str
        The sources of the cells, in the order in which they were run.
    name : str
        What the answer is called.
    """
    word = re.compile(rf"\b{re.escape(name)}\b")
    mentions = [source for source in sources if word.search(source)]
    # Whoever misspells the name itself is known by the task that the cell is for.
    tasks = {task for source in mentions if (task := task_in_comment(source)) is not None}
    for source in reversed(sources):
        of_task = task_in_comment(source) in tasks
        if not (name in source or of_task) or len(source) > _LONGEST:
            continue
        error = _error_in(source)
        if error is not None and (of_task or name in names_given(source)):
            return _complaint(source, error)
        if error is None and (of_task or _gives(source, name)):
            return None
    return None


def advice_in(source: str, stopped: str) -> str:
    """Return a clause of advice if what stopped a cell is a line that Python cannot read."""
    found = _CANNOT_READ.match(stopped)
    advice = _advice(_line(source, int(found[1])), stopped) if found else ""
    return f"; {advice}" if advice else ""


@lru_cache(maxsize=256)
def _error_in(source: str) -> SyntaxError | None:
    """Return what keeps Python from reading a source."""
    try:
        # What Python warns of in a student's code is not for whoever checks it.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
            compile(source, "<your cell>", "exec", flags, dont_inherit=True)
    except SyntaxError as error:
        return error.with_traceback(None)
    except _NOT_BY_HAND:
        return None
    return None


def _gives(source: str, name: str) -> bool:
    """Return whether a source that Python can read gives a name a value anywhere."""
    if source.startswith(_MAGIC):
        return True
    try:
        tree = ast.parse(source)
    except _NOT_BY_HAND:
        return False
    return any(
        (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id == name)
        or (isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == name)
        for node in ast.walk(tree)
    )


def _complaint(source: str, error: SyntaxError) -> str:
    number = error.lineno or 1
    line = _line(source, number)
    shown = line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
    mend = _advice(line, error.msg) or "correct that line"
    return (
        f"Your cell did not run{_to_its_end(source)}, so your answer was not checked. Python "
        f"cannot read line {number}, which is {shown} ({error.msg}). {capital(mend)}; then run the "
        "cell and check again."
    )


def _line(source: str, number: int) -> str:
    lines = source.split("\n")
    return lines[min(max(number, 1), len(lines)) - 1].strip()


def _advice(line: str, message: str) -> str:
    """Return how to mend a line that Python cannot read, where that is plain to see."""
    # What is copied from a page or a PDF may hold spaces that are none to Python, or have no width.
    # Up to Python 3.11.2 the number before one of them gets the blame.
    if "non-printable character" in message or _UNSEEN_AFTER_NUMBER.search(line):
        return "type the spaces of that line again, because some of them only look like spaces"
    if curly := _CURLY.search(line):
        return f'replace the curly quotation marks, such as {curly[0]}, with straight ones (")'
    if dash := _DASHES.search(line):
        return f"replace the dash {dash[0]} with the minus sign of the keyboard (-)"
    if fraction := _FRACTION.search(line):
        return f"write {fraction[0]} with a slash, as in 1/2, or in quotation marks"
    if "invalid syntax" in message and _COMPARES.match(line):
        return "to ask whether two things are equal, write == instead of ="
    return ""


def _to_its_end(source: str) -> str:
    """Return what to add where IPython ran the statements above one that nobody can run."""
    try:
        ast.parse(source)
    except SyntaxError:
        return ""
    return " to its end"
