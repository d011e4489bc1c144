"""Whether anything that students see shows what hidden tests ask.

What hidden tests ask is heard while the right answers are given to them. It must not stand in the
files that are handed out, and no visible test may print it or say it to a wrong answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from balancegame.grading.handout.rehearsal import Rehearsal, Rehearsed

_LONG_ENOUGH = 8


def _gives_nothing(*_: object) -> None:
    return None


def _stops(*_: object) -> None:
    raise ValueError("stopped")


def _gives_back(*given: object) -> object:
    return given


def _gives_a_number(*_: object) -> int:
    return 987_654


def _agrees(*_: object) -> bool:
    return True


def _disagrees(*_: object) -> bool:
    return False


# Some tests speak of an answer only if it is of the kind that they ask for.
_STRANGE: tuple[Callable[..., object], ...] = (
    *(_gives_nothing, _stops, _gives_back),
    *(_gives_a_number, _agrees, _disagrees),
)


def complaints_of_leaks(
    rehearsal: Rehearsal,
    right: Mapping[str, Any],
    handed_out: Mapping[str, str],
    heard: Sequence[Rehearsed],
) -> Iterator[str]:
    """Yield a sentence for each way in which students would see hidden inputs.

    ``right`` holds answers with which all tests go through, ``handed_out`` the files that students
    get, and ``heard`` what the tests said to known mistakes.
    """
    best = rehearsal.run(right)
    criteria = rehearsal.criteria
    hidden: dict[str, set[str]] = {}
    visible: set[str] = set()
    for criterion, segment in zip(criteria, best.segments, strict=False):
        if criterion.hidden:
            hidden[criterion.name] = set(segment.inputs)
        else:
            visible |= set(segment.inputs)
    for name, inputs in hidden.items():
        if inputs and inputs <= visible:
            yield (
                f'the hidden test "{name}" asks nothing that visible tests do not ask too; give it '
                "inputs of its own."
            )
    secret = {
        text for inputs in hidden.values() for text in inputs - visible if len(text) >= _LONG_ENOUGH
    }
    if not secret:
        return
    for name, text in handed_out.items():
        packed = re.sub(r"\s", "", text)
        if shown := _found(secret, packed):
            yield (
                f"{name}, which students get, holds the input {shown} of a hidden test; keep it in "
                "the hidden test alone."
            )
    told: set[str] = set()
    for found in (best, *heard, *_strange_runs(rehearsal, right)):
        for criterion, outcome, segment in zip(
            criteria, found.outcomes, found.segments, strict=False
        ):
            if criterion.hidden or criterion.name in told:
                continue
            said = " ".join([outcome.message, outcome.answered, *outcome.hints, segment.printed])
            if shown := _found(secret, re.sub(r"\s", "", said)):
                told.add(criterion.name)
                yield (
                    f'the visible test "{criterion.name}" shows the input {shown} of a hidden '
                    "test; let it say that in other words."
                )


def _strange_runs(rehearsal: Rehearsal, right: Mapping[str, Any]) -> Iterator[Rehearsed]:
    """Yield runs in which visible tests have reason to speak, though no known mistake is made."""
    yield rehearsal.run({})
    functions = [name for name, value in right.items() if callable(value)]
    for strange in _STRANGE:
        yield rehearsal.run({**right, **dict.fromkeys(functions, strange)})


def _found(secret: set[str], packed: str) -> str:
    """Return the first secret that a text without spaces holds, if it holds one."""
    return next((each for each in sorted(secret) if re.sub(r"\s", "", each) in packed), "")
