"""Progress of long work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from time import monotonic
from typing import TypeVar

T = TypeVar("T")

_PATIENCE = 1.0


def with_progress(steps: Iterable[T], doing: str) -> Iterable[T]:
    """Return steps that show their progress once they have taken over a second.

    Examples
    --------
    >>> sum(with_progress(range(3), "counting"))
    3
    """
    return steps if isinstance(steps, Sized) and len(steps) < 2 else _timed(steps, doing)


def _timed(steps: Iterable[T], doing: str) -> Iterator[T]:
    rest, begin, done = iter(steps), monotonic(), 0
    for step in rest:
        yield step
        done += 1
        if monotonic() - begin > _PATIENCE:
            break
    else:
        return
    # A bar takes longer to load than most work takes.
    from tqdm.auto import tqdm

    total = len(steps) if isinstance(steps, Sized) else None
    yield from tqdm(rest, desc=doing, leave=False, initial=done, total=total)
