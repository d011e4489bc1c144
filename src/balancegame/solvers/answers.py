"""Several answers to one question, with a type of their own."""

from __future__ import annotations

from typing import Any, SupportsIndex, TypeVar, overload

T = TypeVar("T")


class Answers(tuple[T, ...]):
    """A tuple of answers of one kind.

    It differs from any other tuple by its type alone, even where it is empty, so that what takes
    an answer (``explain``, ``draw``) need not look inside. A part of it is of the same type.
    """

    __slots__ = ()

    @overload
    def __getitem__(self, index: SupportsIndex) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Answers[T]: ...
    def __getitem__(self, index: Any) -> Any:
        found = super().__getitem__(index)
        return type(self)(found) if isinstance(index, slice) else found
