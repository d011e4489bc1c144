"""What a worker may import, found on this machine: numpy, sympy, games, and what a task opens."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from balancegame.errors import GameError

PACKAGE = Path(__file__).resolve().parents[2]
"""The folder of this package."""

ALWAYS = ("lazy_loader", "numpy", "sympy")
"""Packages that are open to every task."""

_NAME = PACKAGE.name
_MODULES = ("errors", "exact", "games", "wording")
_WORKER = ("__init__", "grading.__init__")


@dataclass(frozen=True)
class Library:
    """What is open to a worker."""

    # Files and folders of other packages, by their names under site-packages.
    packages: tuple[tuple[str, Path], ...]
    # Open modules of this package.
    modules: tuple[str, ...]

    @property
    def roots(self) -> dict[str, str]:
        """The folder in which each other package lies, by the name that an import uses."""
        return {
            name.removesuffix(".py"): str(path.parent)
            for name, path in self.packages
            if not name.endswith(".libs")
        }

    @property
    def own_files(self) -> tuple[Path, ...]:
        """The files and folders of this package that a worker needs or may import."""
        needed = [*_WORKER, "grading.worker", *(name.partition(".")[2] for name in self.modules)]
        return (PACKAGE / "__init__.pyi", *(_file(name) for name in needed))


@lru_cache(maxsize=32)
def library(allowed: frozenset[str] = frozenset()) -> Library:
    """Return what is open to a task that opens further packages or modules.

    These are installed packages, with all that they need, and modules of this package.
    """
    own = {name for name in allowed if name.split(".")[0] == _NAME}
    for name in own:
        if name == _NAME or not _file(name.partition(".")[2]).exists():
            raise GameError(f"a test opens {name}, and this package has no such module.")
    found: dict[str, Path] = {}
    for name in (*ALWAYS, *sorted(allowed - own)):
        _add(name, found, ())
    return Library(tuple(sorted(found.items())), own_modules(allowed))


def own_modules(allowed: frozenset[str]) -> tuple[str, ...]:
    """Return the modules of this package that are open to a task that opens further ones."""
    own = {name for name in allowed if name.partition(".")[0] == _NAME}
    return tuple(sorted({*own, *(f"{_NAME}.{module}" for module in _MODULES)}))


def _tops(package: Distribution) -> Iterable[str]:
    """Return the names under site-packages of a package's files and folders."""
    listed = package.read_text("RECORD")
    if listed is None:
        return dict.fromkeys(file.parts[0] for file in package.files or ())
    # A path for each of thousands of files takes longer than all else that is looked up here.
    return dict.fromkeys(row[0].partition("/")[0] for row in csv.reader(listed.splitlines()) if row)


def _file(module: str) -> Path:
    place = PACKAGE.joinpath(*module.split("."))
    return place if place.is_dir() else place.with_suffix(".py")


def _add(name: str, found: dict[str, Path], needed_by: tuple[str, ...]) -> None:
    if name in needed_by:
        return
    try:
        package = distribution(name)
    except PackageNotFoundError:
        if needed_by:
            return
        raise GameError(f"a test opens {name}, and no such package is installed.") from None
    for top in _tops(package):
        skipped = top in {"..", "__pycache__", "isympy.py"}
        if not skipped and not top.endswith((".dist-info", ".pth")):
            found[top] = Path(str(package.locate_file(top))).resolve()
    for requirement in package.requires or ():
        # What an extra asks for is left out: nobody needs it to import the package.
        match = None if "extra ==" in requirement else re.match(r"[\w.-]+", requirement)
        if match:
            _add(match[0], found, (*needed_by, name))
