"""What tests have asked of earlier submissions, so that the next one is asked it all at once.

Each question that travels alone makes the grader and a worker wait for each other, which takes
longer than most answers do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Request = Mapping[str, Any]
"""A call, as a worker is asked for it."""

Place = tuple[frozenset[str], int]
"""The packages that are open to a worker, and how many of the submission's were parted before."""

# Tests that ask for ever new names, or call without end, would let this grow for ever.
_MOST_NAMES = 100
_MOST_CALLS = 100

# Who is asked in vain what tests then do not ask costs as much as seven who are asked in time.
_ALIKE = 4


class AskedBefore:
    """What the tests of an exercise ask for: names, and calls where all are asked the same.

    Calls are noted for visible tests only. A worker that is asked what hidden tests ask is asked
    nothing else.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = dict.fromkeys(names)
        # The calls that were made last, and how many submissions in a row were asked just them.
        self._calls: dict[Place, tuple[list[Request], int]] = {}

    @property
    def names(self) -> list[str]:
        """The names whose values tests have asked for."""
        return [*self._names]

    def want(self, name: str) -> None:
        """Note that a test asks for the value of a name."""
        if len(self._names) < _MOST_NAMES:
            self._names.setdefault(name)

    def calls(self, place: Place) -> list[Request]:
        """Return the calls that several submissions in a row were asked for at a place."""
        calls, times = self._calls.get(place, ([], 0))
        return calls if times >= _ALIKE else []

    def note(self, place: Place, calls: Sequence[Request]) -> None:
        """Note the calls that a submission was asked for at a place, in their order."""
        asked = [*calls[:_MOST_CALLS]]
        last, times = self._calls.get(place, ([], 0))
        is_alike = len(asked) == len(last) and all(map(is_same, asked, last))
        self._calls[place] = (last, times + 1) if is_alike else (asked, 1)


def is_same(one: Request, other: Request) -> bool:
    """Return whether two requests are the same, in the kinds of their numbers too."""
    return one == other and repr(one.get("arguments")) == repr(other.get("arguments"))
