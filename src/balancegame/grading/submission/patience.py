"""How long student code may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Patience:
    """How many seconds student code may take: a cell, a call, and all that a submission runs.

    Whoever needs longer than ``at_once`` for many questions together is asked them one by one, each
    with its own time.
    """

    cell: float = 20.0
    call: float = 5.0
    whole: float = 60.0
    at_once: float = 1.0


PATIENCE = Patience()
