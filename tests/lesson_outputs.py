"""What the cells of a lesson print and show, in words, without a kernel or a page."""

from __future__ import annotations

import ast
from contextlib import redirect_stdout
from io import StringIO
from typing import Any


def outputs(sources: list[str]) -> list[str]:
    """Return what each of the cells leaves below it, where they run one after the other.

    Of an explorer it is what stands where nothing can move: pictures and answers in words.
    """
    names: dict[str, Any] = {"display": lambda shown: print(_in_words(shown))}
    return [_run(source, names) for source in sources]


def _run(source: str, names: dict[str, Any]) -> str:
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = StringIO()
    with redirect_stdout(printed):
        exec(compile(tree, "cell", "exec"), names)
        if isinstance(last, ast.Expr):
            print(_in_words(eval(compile(ast.Expression(last.value), "cell", "eval"), names)))
    return printed.getvalue()


def _in_words(shown: Any) -> str:
    if shown is None:
        return ""
    bundle = shown._repr_mimebundle_() if hasattr(shown, "_repr_mimebundle_") else str(shown)
    bundle = bundle[0] if isinstance(bundle, tuple) else bundle
    return bundle["text/plain"] if isinstance(bundle, dict) else bundle
