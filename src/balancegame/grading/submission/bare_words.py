"""Words that somebody gave as an answer without quotes, which Python takes for names."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Container
from functools import lru_cache

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


def _advice(word: str) -> str:
    return f'; if that is meant as a word, put the word in quotes: "{word}"'


@lru_cache(maxsize=256)
def _bare_words(source: str) -> tuple[str, ...]:
    """Return the words that stand alone as a value, or in a set, list or table that is one."""
    if len(source) > _LONGEST:
        return ()
    try:
        # What Python warns of in a student's code is not for whoever checks it.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            program = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    given = [each.value for each in program.body if isinstance(each, (ast.Assign, ast.AnnAssign))]
    words = (part.id for value in given for part in _parts(value) if isinstance(part, ast.Name))
    return tuple(dict.fromkeys(word for word in words if word.lower() not in _NO_WORDS))


def _parts(value: ast.expr | None) -> list[ast.expr]:
    if isinstance(value, ast.Dict):
        inside = [*(key for key in value.keys if key is not None), *value.values]
    elif isinstance(value, (ast.Set, ast.List, ast.Tuple)):
        inside = value.elts
    else:
        return [] if value is None else [value]
    return [part for each in inside for part in _parts(each)]
