"""A limit of time, which a search asks about as it goes."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic


class OutOfTimeError(Exception):
    """The time that was given is over; nothing follows from it."""


@dataclass(frozen=True)
class Deadline:
    """When to stop, by the clock that never goes back."""

    end: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """Return the deadline that is so many seconds away."""
        return cls(monotonic() + seconds)

    def check(self) -> None:
        """Raise OutOfTimeError if the time is over."""
        if monotonic() > self.end:
            raise OutOfTimeError

    @property
    def left(self) -> float:
        """Seconds that are left, 0 at least."""
        return max(self.end - monotonic(), 0.0)

    def sooner(self, seconds: float) -> Deadline:
        """Return this deadline, or the one so many seconds away if that is sooner."""
        return Deadline(min(self.end, monotonic() + seconds))
