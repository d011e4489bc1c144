"""Values that nobody can know where answers are graded, for what they need is not there."""

from __future__ import annotations

from typing import NamedTuple, NoReturn


class Lack(NamedTuple):
    """What is not there, and what is there instead, each as a clause."""

    what: str
    instead: str

    def needed(self, place: str = "") -> str:
        """Return the clause of a message that says where it is needed."""
        return f"{self.what}, which is needed{place}; {self.instead}"


def only_in_jupyter(written: str) -> Lack:
    """Return what is said of something that only Jupyter understands."""
    return Lack(f"only Jupyter understands {written}", "write down yourself what it gives")


class UnknownUsed(BaseException):
    """A value is used that nobody can know here.

    In a notebook it is known, so nothing that handles an Exception there may handle this.
    """

    def __init__(self, lack: Lack) -> None:
        super().__init__(lack.what)
        self.lack = lack


class Unknown:
    """The value of a name that nobody can know here.

    Parameters
    ----------
    lack : Lack
    why : str, optional
        The clause of a message that says why.
    """

    __slots__ = ("_lack", "_why")

    def __init__(self, lack: Lack, why: str = "") -> None:
        object.__setattr__(self, "_lack", lack)
        object.__setattr__(self, "_why", why or lack.needed())

    def __getattr__(self, name: str) -> NoReturn:
        _refuse(self)

    @property  # type: ignore[misc]
    def __class__(self) -> NoReturn:  # type: ignore[override]
        # Nobody knows of what class it is.
        _refuse(self)


def why_unknown(unknown: Unknown) -> str:
    """Return the clause of a message that says why a value is unknown."""
    why: str = object.__getattribute__(unknown, "_why")
    return why


def _refuse(unknown: Unknown, *_: object, **__: object) -> NoReturn:
    raise UnknownUsed(object.__getattribute__(unknown, "_lack"))


_ARITHMETIC = (
    "add",
    "sub",
    "mul",
    "matmul",
    "truediv",
    "floordiv",
    "mod",
    "pow",
    "and",
    "or",
    "xor",
)
_SPECIAL = {
    *(f"__{side}{name}__" for name in _ARITHMETIC for side in ("", "r")),
    *(f"__{name}__" for name in ("eq", "ne", "lt", "le", "gt", "ge", "neg", "pos", "abs", "round")),
    *(f"__{name}__" for name in ("bool", "int", "float", "complex", "index", "hash")),
    *(f"__{name}__" for name in ("len", "iter", "next", "contains", "getitem", "setitem")),
    *(f"__{name}__" for name in ("call", "enter", "exit", "await", "aiter", "aenter")),
    *(f"__{name}__" for name in ("str", "repr", "format", "setattr", "delattr", "delitem")),
}
for _name in _SPECIAL:
    setattr(Unknown, _name, _refuse)
