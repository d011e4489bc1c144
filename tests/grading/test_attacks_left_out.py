"""Attacks by what is said to be missing: statements that are left out, and values unknown."""

from __future__ import annotations

import pytest

MADE_UP = (
    "from balancegame.grading.worker.imports import NotOpenError\n"
    "from balancegame.grading.worker.unknown import Lack, Unknown, UnknownUsed\n"
    "lack = Lack('=cmd|<b>\\x1b[31m\\u202e' + 'x' * 10**5, '</script>')\n"
)
LIES = {
    "an error made up": "raise UnknownUsed(lack)",
    "an error with nothing in it": "raise NotOpenError.__new__(NotOpenError)",
    "an error that says it is one": (
        "class Liar(BaseException):\n    __class__ = NotOpenError\n    lack = 42\nraise Liar"
    ),
    "an error that raises another": (
        "class Liar(NotOpenError):\n    lack = property(lambda self: 1 / 0)\n"
        "raise Liar('number', lack)"
    ),
    "an error from a place that is not there": (
        "def f():\n    raise UnknownUsed(lack)\n"
        "f.__code__ = f.__code__.replace(co_name='<module>', co_firstlineno=1)\n"
        "error = UnknownUsed(lack)\nerror.__traceback__ = None\n"
        "try:\n    f()\nexcept BaseException as found:\n    error = found\n"
        "raise error.with_traceback(error.__traceback__.tb_next)"
    ),
    "cells that were never run": (
        "vars()['<cells that were run>'] = ['import nobody']\nnumber = nobody"
    ),
    "a name that no import gave": "from nashpy import *\nnumber = len(nobody) + nobody",
    "a value made up": "number = Unknown(lack, '\\x1b[31m42')",
    "a value that equals anything": (
        "Unknown.__eq__ = Unknown.__int__ = Unknown.__index__ = lambda *_: 42\n"
        "Unknown.__class__ = int\nimport nashpy\nnumber = nashpy.Game"
    ),
    "an import that tries again": (
        "import sys\nsys.meta_path.clear()\nsys.modules['nashpy'] = Unknown(lack)\n"
        "import nashpy\nnumber = nashpy.Game"
    ),
}


@pytest.mark.parametrize("name", LIES)
def test_lying_about_what_is_not_there(name, classroom):
    classroom.attack(
        f"# Task 2\n{MADE_UP}{LIES[name]}",
        f"# Task 3\ndef double(x):\n    return Unknown({name!r})",
    )
    body = LIES[name].replace("\n", "\n    ")
    classroom.attack(f"{MADE_UP}number = 0\ndef double(x):\n    {body}\n    return number")


def test_leaving_out_statements_by_the_thousand(hurried):
    hurried.attack("# Task 2\nimport nashpy\n" + "nashpy.Game\n" * 20_000 + "number = 7")
