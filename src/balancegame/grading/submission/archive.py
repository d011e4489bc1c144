"""A zip file that was handed in: what lies in it, read by a worker, which is not believed."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from balancegame.errors import GameError
from balancegame.grading.isolation.channel import InfrastructureFault, Silent, Worker
from balancegame.grading.submission.file_names import LESSON, shown
from balancegame.grading.submission.plain_file import MAX_BYTES, read_plain_file
from balancegame.grading.worker.wire import Unreadable, decode, encode

_READER = f"{__package__}.archive_reader"
_OPENED = (".ipynb", ".json", ".txt", ".py")
SKIPPED = ("__MACOSX", "__pycache__", "node_modules", "site-packages")
"""Folders that programs fill and nobody works in."""

_PIECE = 400_000
_SECONDS = 20.0
_WHY = {
    "locked": "is locked with a password; hand it in without one",
    "too large": "is too large; clear its outputs",
    "broken": "is damaged; pack it again",
    "missing": "is not in it",
    "lesson": LESSON,
}


@dataclass(frozen=True)
class Member:
    """One file in a zip file: its name there, whether it looks like a notebook, and a hash."""

    name: str
    is_notebook: bool = False
    content: str = ""  # the hash
    problem: str = ""  # why it cannot be read, as the end of a sentence


@dataclass(frozen=True)
class Archive:
    """What lies in a zip file, or a sentence that says why nobody knows."""

    members: tuple[Member, ...] = ()
    problem: str = ""
    left_out: int = 0  # how many files there are besides


def read_archive(path: Path, start: Callable[[], Worker]) -> Archive:
    """Return what lies in a zip file; ``start`` starts a worker."""
    try:
        with _opened(path, start) as ask:
            listed = ask("listing", list(_OPENED), list(SKIPPED))
            if not isinstance(listed, tuple) or len(listed) != 2 or type(listed[1]) is not int:
                raise _unreadable(path)
            return Archive(tuple(_members(listed[0])), left_out=listed[1])
    except GameError as problem:
        return Archive(problem=str(problem))


def read_member(path: Path, name: str, start: Callable[[], Worker]) -> bytes:
    """Return the content of one file in a zip file.

    The message of a GameError is a sentence for the student.
    """
    with _opened(path, start) as ask:
        length = ask("unpack", name)
        if isinstance(length, str):
            why = _WHY.get(length, "cannot be read")
            raise GameError(f"{shown(name)} in {shown(path.name)} {why}.")
        if type(length) is not int or not 0 <= length <= MAX_BYTES:
            raise _unreadable(path)
        pieces = [ask("piece", begin, _PIECE) for begin in range(0, length, _PIECE)]
        try:
            content = b"".join(base64.b64decode(piece, validate=True) for piece in pieces)
        except (binascii.Error, TypeError, ValueError):
            raise _unreadable(path) from None
    if len(content) != length:
        raise _unreadable(path)
    return content


@contextmanager
def _opened(path: Path, start: Callable[[], Worker]) -> Iterator[Callable[..., Any]]:
    """Hand a zip file to a worker, and open a way to ask it."""
    content = read_plain_file(path)
    worker = start()

    def ask(function: str, *arguments: object) -> Any:
        request = {"name": function, "arguments": encode(arguments)}
        reply = worker.channel.ask(request, _SECONDS)
        if "value" not in reply:
            raise _unreadable(path)
        return decode(reply["value"])

    try:
        begun = worker.channel.ask({"cells": [_source_of(_READER)]}, _SECONDS)
        if "done" not in begun:
            raise InfrastructureFault(f"the reader of zip files does not run: {begun}")
        for begin in range(0, len(content), _PIECE):
            ask("add", base64.b64encode(content[begin : begin + _PIECE]).decode())
        yield ask
    except (Silent, Unreadable):
        raise _unreadable(path) from None
    finally:
        worker.end()


def _members(listed: Any) -> Iterator[Member]:
    if not isinstance(listed, list):
        raise Unreadable("it is no list")
    for each in listed:
        if not isinstance(each, tuple) or len(each) != 3:
            raise Unreadable("it is no list of files")
        name, says, content = each
        if not isinstance(name, str) or not isinstance(content, str):
            raise Unreadable("it is no list of files")
        problem = _WHY.get(says, "") if isinstance(says, str) else ""
        yield Member(name, says is True, content, problem)


def _unreadable(path: Path) -> GameError:
    return GameError(
        f"{shown(path.name)} cannot be opened as a zip file; hand in the notebook itself."
    )


def _source_of(module: str) -> str:
    found = find_spec(module)
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).read_text(encoding="utf-8")
