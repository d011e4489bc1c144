"""The process in which a check runs a student's notebook: one JSON request a line, one reply.

It is meant for honest practice. It keeps endless loops, exits and prints away from the tests; it
does not guard secrets, and nothing that counts is decided here.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from balancegame.grading.namespace import Reply, call, fetch, run_cell

__all__ = ["CHECKING", "main"]

CHECKING = "BALANCEGAME_CHECKING"
"""The environment variable by which code knows that a check is running it."""


def main() -> None:
    """Answer requests until the parent closes the pipe."""
    requests = os.fdopen(os.dup(0), encoding="utf-8")
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # What the student prints must not mix with the replies, nor may input() eat the requests.
    with Path(os.devnull).open("r+b") as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
    module = ModuleType("__main__")
    sys.modules["__main__"] = module
    namespace = module.__dict__
    namespace["display"] = lambda *_, **__: None
    for line in requests:
        reply = _respond(namespace, json.loads(line))
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


def _respond(namespace: dict[str, Any], request: dict[str, Any]) -> Reply:
    if "cell" in request:
        return run_cell(namespace, request["cell"])
    if "arguments" in request:
        return call(namespace, request["name"], request["arguments"])
    return fetch(namespace, request["name"])


if __name__ == "__main__":
    main()
