"""What results have in common: a notebook shows them in words, and several have a type too."""

from __future__ import annotations

from typing import Any, SupportsIndex, TypeVar, overload

T = TypeVar("T")


class Explained:
    """A result that a notebook shows as it is explained, with the reasons."""

    __slots__ = ()

    def _repr_markdown_(self) -> str:
        # English lives in explain, above all solvers: the words are made when somebody reads them.
        from balancegame.explain import explain

        return explain(self).markdown


class Solutions(tuple[T, ...], Explained):
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
