"""The tiers in which student code may run: what each holds, and which there are here."""

from __future__ import annotations

import atexit
import re
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from balancegame.errors import GameError
from balancegame.grading.isolation.bubblewrap_forks import Forks, ForkServer, what_is_missing
from balancegame.grading.isolation.channel import InfrastructureFault, Silent, Worker
from balancegame.grading.isolation.fresh_interpreter import start_process
from balancegame.grading.isolation.library import library
from balancegame.grading.isolation.probes import what_does_not_hold
from balancegame.grading.worker.wire import Unreadable
from balancegame.wording import or_list

PROCESS, HARDENED = "process", "hardened"
TIERS = (PROCESS, HARDENED)
"""From the weakest to the strongest."""

LEAKS = "it does not hold here what it should"
"""How a reason begins when the fences of a tier can be set up but let something through."""

_NO_START = "it does not start here"

# A process is forked the sooner, the less it holds.
SLOW_TO_IMPORT = {
    "numpy": re.compile(
        r"\bnumpy\b|\bbg\.(?!check\b|quick_check\b)|\bbalancegame(?=\.|\s+import\b)"
    ),
    "sympy": re.compile(r"\bsympy\b"),
}
"""Open packages that are loaded beforehand only for code that is likely to need them.

Most of what this package offers loads numpy, but for the checks and games made of lists.
"""


@dataclass(frozen=True)
class Tier:
    """One tier on this machine: what it keeps a submission from and what it does not, in words."""

    name: str
    holds: tuple[str, ...]
    does_not_hold: tuple[str, ...]
    missing: str | None = None  # why this machine does not offer it


_PROCESS = Tier(
    PROCESS,
    (
        "student code never shares a process with tests, answers or gradebook",
        "time is limited, and memory, file size and CPU time where the system can limit them",
        "what it prints, returns or raises cannot pass for a result",
    ),
    (
        "code can read and write what the same user can, other submissions and tests included",
        "code can kill other processes of the same user, and leave some behind",
        "code can use the network",
        "code can find its way to imports that a task does not open",
    ),
)
_HARDENED = Tier(
    HARDENED,
    (
        "all that the process tier holds",
        "no files but those of Python, numpy, sympy and the games can be read, none written",
        "no other process can be seen, signaled, traced or started",
        "no network",
        "nothing that it starts outlives it",
        "nothing that another submission or the machine can see is changed",
    ),
    (
        "a fault in the kernel itself",
        "learning from passed and failed what a hidden check asks, one answer for each submission",
    ),
)


def likely_imports(code: str) -> frozenset[str]:
    """Return which of :data:`SLOW_TO_IMPORT` some code is likely to need.

    Examples
    --------
    >>> likely_imports("import balancegame as bg; bg.check()"), likely_imports("bg.GameTree()")
    (frozenset(), frozenset({'numpy'}))
    """
    return frozenset(name for name, sign in SLOW_TO_IMPORT.items() if sign.search(code))


class Workers:
    """Starts workers of one tier; fork servers are started when first needed.

    Where no further packages are open and none is expected, they come from ``forks``, if given,
    for as long as these last.
    """

    def __init__(self, tier: str, forks: Forks | None = None) -> None:
        self._tier = tier
        nothing: frozenset[str] = frozenset()
        self._servers: dict[tuple[frozenset[str], frozenset[str]], Forks] = {}
        if forks is not None:
            self._servers[nothing, nothing] = forks

    def start(
        self, opened: frozenset[str] = frozenset(), expected: frozenset[str] = frozenset()
    ) -> Worker:
        """Start a worker in which some further packages and modules are open.

        ``expected`` says which of :data:`SLOW_TO_IMPORT` the code is likely to need. After an
        InfrastructureFault the next call starts afresh.
        """
        if self._tier == PROCESS:
            return start_process(library(opened))
        kind = opened, expected
        if kind not in self._servers:
            self._servers[kind] = ForkServer(library(opened), expected)
        try:
            return self._servers[kind].start()
        except InfrastructureFault:
            ended = self._servers.pop(kind)
            ended.close()
            if isinstance(ended, ForkServer):
                raise
        # Whoever started the others has ended them; no submission is to suffer from that.
        return self.start(opened, expected)

    def close(self) -> None:
        """End all fork servers with all their workers."""
        for server in self._servers.values():
            server.close()
        self._servers.clear()


def probe() -> tuple[Tier, ...]:
    """Return what each tier holds and whether this machine offers it, found out by trying."""
    return _PROCESS, replace(_HARDENED, missing=_hardened_is_missing())


def available_tiers() -> tuple[str, ...]:
    """Return the names of the tiers that this machine offers, the strongest last."""
    return tuple(tier.name for tier in probe() if tier.missing is None)


def choose(required: str | None) -> str:
    """Return the tier that is required, never a weaker one, or else the strongest there is."""
    if required is None:
        return available_tiers()[-1]
    if required not in TIERS:
        raise GameError(f"there is no isolation {required!r}; choose {or_list(TIERS)}.")
    if required == HARDENED and (missing := _hardened_is_missing()) is not None:
        raise GameError(f"the isolation {required} is required, but {missing}; nothing was graded.")
    return required


def why_weaker() -> str | None:
    """Return a sentence if this machine does not offer the strongest tier, and why; else None."""
    missing = _hardened_is_missing()
    if missing is None:
        return None
    return (
        f"Grading in the isolation tier {PROCESS}, because the tier {HARDENED} is not available: "
        f"{missing}. What students hand in can read and change your own files; "
        f"--require-isolation {HARDENED} refuses to grade like this."
    )


def proved(tier: str) -> Forks | None:
    """Return what forked the workers that have tried the fences of a tier, if there is one here."""
    return _proved[0] if tier == HARDENED and _proved else None


# It takes a second to start, and every grading process would start another.
_proved: list[ForkServer] = []


@lru_cache(maxsize=1)
def begin_probe() -> ForkServer | str:
    """Begin to start what a probe tries, for whoever has something else to do in the meantime.

    If it cannot be started, return why, in words.
    """
    missing = what_is_missing()
    if missing is not None:
        return missing
    try:
        server = ForkServer(library())
    except (InfrastructureFault, OSError) as fault:
        return f"{_NO_START} ({fault})"
    atexit.register(server.close)
    return server


# What a machine offers does not change while a program runs, and trying takes a second.
@lru_cache(maxsize=1)
def _hardened_is_missing() -> str | None:
    server = begin_probe()
    if isinstance(server, str):
        return server
    try:
        open_way = what_does_not_hold(partial(server.start, ahead=0))
    except (InfrastructureFault, Silent, Unreadable, OSError) as fault:
        server.close()
        return f"{_NO_START} ({fault})"
    if open_way is not None:
        server.close()
        return f"{LEAKS}: {open_way}"
    _proved.append(server)
    return None
