"""Several solutions of one kind, such as security levels or regimes, with a type of their own."""

from __future__ import annotations

from typing import Any, SupportsIndex, TypeVar, overload

T = TypeVar("T")


class Solutions(tuple[T, ...]):
    """A tuple of solutions of one kind.

    It differs from any other tuple by its type alone, even where it is empty, so that what takes
    a solution (``explain``, ``draw``) need not look inside. A part of it is of the same type.
    """

    __slots__ = ()

    @overload
    def __getitem__(self, index: SupportsIndex) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Solutions[T]: ...
    def __getitem__(self, index: Any) -> Any:
        found = super().__getitem__(index)
        return type(self)(found) if isinstance(index, slice) else found
