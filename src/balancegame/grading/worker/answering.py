"""Running cells and answering calls: a JSON request on each line, a reply to each cell or call.

Or one to all together, if calls come along with the cells.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from fractions import Fraction
from types import ModuleType
from typing import IO, Any

from balancegame.grading.worker.jupyter import Jupyter
from balancegame.grading.worker.namespace import Reply, call, call_each, fetch, run_cell
from balancegame.grading.worker.wire import encode, pack

# After so many calls of a function, Python writes into it what it has learned.
_UNTIL_KNOWN = 8
_REHEARSAL = ("def answer(*values):\n    return [*values]", "raise ValueError", "%magic")


def silence() -> None:
    """Close the student's own input and output, so that neither meets the replies."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.close(nothing)


def rehearse() -> None:
    """Do beforehand what every worker does: what Python finds out as it runs is known to all.

    That is what it loads when first needed, which kind of number a type is, and where names lead.
    """
    asked = (1, Fraction(1, 2), 0.5, True, None, "text", [1], (1,), {1}, {"text": 1})
    kinds = {"arguments": encode(asked)}, {"questions": pack([asked])}
    calls = [{"names": ["answer"]}, *({"name": "answer", **each} for each in kinds)]
    for _ in range(_UNTIL_KNOWN):
        namespace: dict[str, Any] = {}
        for request in ({"cells": _REHEARSAL}, *calls, {"cells": _REHEARSAL, "along": calls}):
            json.dumps(list(_respond(namespace, json.loads(json.dumps(request)))))
    # What kind of number these are is asked at length once, and then known.
    if (numpy := sys.modules.get("numpy")) is not None:
        encode([numpy.array([1]), *(kind(1) for kind in (numpy.bool_, numpy.int64, numpy.float64))])


def fresh_module() -> dict[str, Any]:
    """Return what a notebook begins with; it is the main module from now on."""
    module = ModuleType("__main__")
    sys.modules["__main__"] = module
    namespace = module.__dict__
    namespace["display"] = lambda *_, **__: None
    namespace["get_ipython"] = lambda: Jupyter(namespace)
    return namespace


def serve(requests: IO[bytes], replies: IO[bytes], namespace: dict[str, Any]) -> None:
    """Answer requests until there are no more.

    Every reply carries the number that its request drew at random, so none can be prepared.
    """
    for line in requests:
        request = json.loads(line)
        for reply in _respond(namespace, request):
            replies.write(json.dumps({"id": request["id"], **reply}).encode() + b"\n")
            replies.flush()


def _respond(namespace: dict[str, Any], request: dict[str, Any]) -> Iterator[Reply]:
    if "along" in request:
        ran = [run_cell(namespace, source) for source in request["cells"]]
        replies = [reply for each in request["along"] for reply in _respond(namespace, each)]
        yield {"ran": ran, "replies": replies}
    elif "cells" in request:
        for source in request["cells"]:
            yield run_cell(namespace, source)
    elif "names" in request:
        yield {"replies": [fetch(namespace, name) for name in request["names"]]}
    elif "questions" in request:
        yield {"replies": [*call_each(namespace, request["name"], request["questions"])]}
    elif "arguments" in request:
        yield call(namespace, request["name"], request["arguments"])
    else:
        yield fetch(namespace, request["name"])
