"""A limit of time, which a search asks about as it goes.

What counts is processor time: what can be proved must not depend on how much else the machine has
to do, least of all where it decides about points.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import process_time


class OutOfTimeError(Exception):
    """The time that was given is over; nothing follows from it."""


@dataclass(frozen=True)
class Deadline:
    """When to stop, in seconds of processor time."""

    end: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """Return the deadline that is so many seconds of processor time away."""
        return cls(process_time() + seconds)

    def check(self) -> None:
        """Raise OutOfTimeError if the time is over."""
        if process_time() > self.end:
            raise OutOfTimeError

    @property
    def left(self) -> float:
        """Seconds of processor time that are left, 0 at least."""
        return max(self.end - process_time(), 0.0)

    def sooner(self, seconds: float) -> Deadline:
        """Return this deadline, or the one so many seconds away if that is sooner."""
        return Deadline(min(self.end, process_time() + seconds))
