"""Progress of long work."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from typing import TypeVar

T = TypeVar("T")


def with_progress(steps: Iterable[T], doing: str) -> Iterable[T]:
    """Return steps that show their progress once they have taken over a second.

    Examples
    --------
    >>> sum(with_progress(range(3), "counting"))
    3
    """
    if isinstance(steps, Sized) and len(steps) < 2:
        return steps
    # It takes longer to load than most work takes.
    from tqdm.auto import tqdm

    shown: Iterable[T] = tqdm(steps, desc=doing, delay=1, leave=False)
    return shown
