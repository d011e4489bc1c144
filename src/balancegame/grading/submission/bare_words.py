"""Words that somebody gave as an answer without quotes, which Python takes for names."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Container
from functools import lru_cache

from balancegame.grading.submission.untouched import names_given

_LONGEST = 20_000
# Whoever writes these means no word; Python has its own spelling for them.
_NO_WORDS = frozenset({"true", "false", "none", "nan", "inf"})
_NOT_DEFINED = re.compile(r"\ANameError.*: name '(\w+)' is not defined")


def advice_on_bare_word(source: str, stopped: str) -> str:
    """Return a clause of advice if a bare word is what stopped a cell, else nothing."""
    found = _NOT_DEFINED.match(stopped)
    return _advice(found[1]) if found and found[1] in _bare_words(source) else ""


def complaint_of_bare_word(source: str, known: Container[str]) -> str | None:
    """Return what is wrong with a cell that gives a bare word, where some names are known."""
    word = next((word for word in _bare_words(source) if word not in known), None)
    return None if word is None else f"Your cell stopped at {word}{_advice(word)}."


def stopped_before(source: str, name: str, known: Container[str]) -> bool:
    """Return whether a cell stopped at a bare word no later than where it gives a name.

    The name then still means what another run of the cell gave it.
    """
    for statement, words in _statements(source):
        if any(word not in known for word in words):
            return True
        if name in names_given(statement):
            return False
    return False


def _advice(word: str) -> str:
    return f'; if that is meant as a word, put the word in quotes: "{word}"'


def _bare_words(source: str) -> tuple[str, ...]:
    """Return the words that stand alone as a value, or in a set, list or table that is one."""
    return tuple(dict.fromkeys(word for _, words in _statements(source) for word in words))


@lru_cache(maxsize=256)
def _statements(source: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the first line of each statement, and the bare words that it gives as a value."""
    if len(source) > _LONGEST:
        return ()
    try:
        # What Python warns of in a student's code is not for whoever checks it.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            program = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    lines = source.split("\n")
    return tuple((lines[each.lineno - 1], _words(each)) for each in program.body)


def _words(statement: ast.stmt) -> tuple[str, ...]:
    if not isinstance(statement, (ast.Assign, ast.AnnAssign)):
        return ()
    words = [part.id for part in _parts(statement.value) if isinstance(part, ast.Name)]
    return tuple(word for word in words if word.lower() not in _NO_WORDS)


def _parts(value: ast.expr | None) -> list[ast.expr]:
    if isinstance(value, ast.Dict):
        inside = [*(key for key in value.keys if key is not None), *value.values]
    elif isinstance(value, (ast.Set, ast.List, ast.Tuple)):
        inside = value.elts
    else:
        return [] if value is None else [value]
    return [part for each in inside for part in _parts(each)]
