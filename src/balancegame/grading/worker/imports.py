"""What a student's code may import: Python's own library and the packages that a task opens."""

from __future__ import annotations

import sys
from collections.abc import Container, Mapping, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

from balancegame.grading.worker.unknown import Lack

_PACKAGE = "balancegame"
_PLUMBING = ("balancegame.errors", "balancegame.exact", "balancegame.wording")


class NotOpenError(ModuleNotFoundError):
    """A module is asked for that is not open to the task."""

    def __init__(self, name: str, lack: Lack) -> None:
        super().__init__(f"{lack.what}; {lack.instead}", name=name)
        self.lack = lack


def not_open(name: str, packages: Container[str], modules: Sequence[str]) -> Lack:
    """Return what is said of a module where packages, and modules of this package, are open."""
    shown = [each for each in modules if each.count(".") == 1 and each not in _PLUMBING]
    known = [each for each in ("numpy", "sympy") if each in packages]
    opened = f"{', '.join([*known, *shown])} and Python's own modules"
    return Lack(f"this task does not allow {name}", f"it allows {opened}")


def open_only(roots: Mapping[str, str], modules: Sequence[str]) -> None:
    """Refuse every import but these packages, each with its folder, and modules of this package.

    Whoever sets out to undo this can: it is there so that a forgotten import shows. What must not
    be read is kept away by not being mounted; see ``docs/grading-security.md``.
    """
    folders = {*roots.values()}
    sys.path[:] = [entry for entry in sys.path if entry not in folders]
    sys.meta_path.insert(0, _Gate(roots, modules))


class _Gate:
    def __init__(self, roots: Mapping[str, str], modules: Sequence[str]) -> None:
        self._roots = roots
        self._modules = modules

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        top = fullname.partition(".")[0]
        if top == _PACKAGE and fullname != _PACKAGE and not self._is_open(fullname):
            raise self._refusal(fullname)
        if path is not None or top in sys.stdlib_module_names:
            return None
        if top not in self._roots:
            raise self._refusal(fullname)
        return PathFinder.find_spec(fullname, [self._roots[top]], target)

    def _is_open(self, fullname: str) -> bool:
        return any(f"{fullname}.".startswith(f"{module}.") for module in self._modules)

    def _refusal(self, fullname: str) -> NotOpenError:
        return NotOpenError(fullname, not_open(fullname, self._roots, self._modules))
