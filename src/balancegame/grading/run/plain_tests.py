"""Exercise tests that take nothing but the student and their own parameters.

pytest looks up fixtures, calls some thirty hooks and writes three reports for each test, which
takes longer than most tests of an exercise. A test that has no use for any of it is called as
pytest would call it in the end: with its arguments, by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from inspect import isasyncgenfunction, iscoroutinefunction, isgeneratorfunction, signature
from typing import Any

import pytest

_STUDENT = "student"
# What the fixture of that name asks for; a test that asks for it itself is not plain.
_UNUSED = "request"
_HEEDED_BY_PYTEST = ("skip", "skipif", "xfail", "usefixtures", "filterwarnings")
_NOT_RUN_BY_A_CALL = (iscoroutinefunction, isasyncgenfunction, isgeneratorfunction)


def parameters_if_plain(item: pytest.Item) -> Mapping[str, Any] | None:
    """Return the values of the parameters of a test that takes ``student`` and nothing more.

    None for a test in a class, with fixtures of its own or of its module, parameters that fixtures
    read, or marks that pytest itself heeds, and for one that is asynchronous.
    """
    if not isinstance(item, pytest.Function) or item.cls is not None:
        return None
    # Calling one of these runs nothing; pytest says so.
    if any(kind(item.obj) for kind in _NOT_RUN_BY_A_CALL):
        return None
    if any(item.get_closest_marker(name) for name in _HEEDED_BY_PYTEST):
        return None
    parameters = dict(item.callspec.params) if hasattr(item, "callspec") else {}
    taken = {_STUDENT, *parameters}
    # A newer pytest may keep this elsewhere; then no test is plain.
    known = getattr(getattr(item, "_fixtureinfo", None), "name2fixturedefs", {})
    of_its_own = len(known.get(_STUDENT, ())) != 1
    if of_its_own or not taken | {_UNUSED} >= set(item.fixturenames):
        return None
    plain = taken == set(signature(item.obj).parameters) and not parameters.keys() - _direct(item)
    return parameters if plain else None


def _direct(item: pytest.Function) -> set[str]:
    """Return the parameters whose values a test takes as they are listed."""
    names: set[str] = set()
    for mark in item.iter_markers("parametrize"):
        if len(mark.args) <= 2 and not mark.kwargs.get("indirect"):
            listed = mark.args[0] if mark.args else mark.kwargs["argnames"]
            names.update(
                [name.strip() for name in listed.split(",")] if isinstance(listed, str) else listed
            )
    return names
