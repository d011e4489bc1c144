"""Python in a browser's tab: packages that come when they are first imported, and no threads.

Pyodide loads the packages that a cell names before it runs the cell. No cell names what balancegame
imports only where it is needed, such as SymPy. So pure Python packages that the site serves are
fetched by the import itself, for which a worker of the page may wait.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Sequence
from importlib import invalidate_caches
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from io import BytesIO
from sysconfig import get_path
from types import ModuleType
from typing import Any
from zipfile import ZipFile


def make_at_home() -> None:
    """Fetch packages when they are imported, and do without what has no sense in a tab."""
    # Behind Python's own finder, and before Pyodide's, which only says what is missing.
    sys.meta_path.insert(sys.meta_path.index(PathFinder) + 1, Fetching())
    from tqdm import tqdm

    # It would start a thread to watch its bars.
    tqdm.monitor_interval = 0
    # Each tab has to look for fonts anew, and a student would take the notice of it for an error.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)


class Fetching(MetaPathFinder):
    """Finds packages of Pyodide's lock file that have not been loaded yet."""

    def __init__(self) -> None:
        import pyodide_js
        from js import XMLHttpRequest

        self._pyodide, self._request = pyodide_js, XMLHttpRequest
        self._packages: dict[str, Any] = pyodide_js._api.lockfile_packages.to_py()
        self._of_import = {
            top: name for name, each in self._packages.items() for top in each["imports"]
        }

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Fetch what an import at the top level needs, if the site has it."""
        package = self._of_import.get(name) if path is None else None
        missing = [] if package is None else [*self._missing(package, set())]
        if not missing:
            return None
        if any("wasm32" in self._packages[each]["file_name"] for each in missing):
            raise ModuleNotFoundError(
                f"{name} must be loaded before a cell runs: write import {name} as the first line "
                "of this cell, and run it again.",
                name=name,
            )
        for each in missing:
            self._fetch(each)
        invalidate_caches()
        return PathFinder.find_spec(name)

    def _missing(self, package: str, seen: set[str]) -> Iterator[str]:
        """Name what a package needs, itself included, and what is not loaded."""
        if package in seen:
            return
        seen.add(package)
        if not hasattr(self._pyodide.loadedPackages, package):
            yield package
        for each in self._packages[package]["depends"]:
            yield from self._missing(each, seen)

    def _fetch(self, package: str) -> None:
        file = self._packages[package]["file_name"]
        request = self._request.new()
        request.open("GET", f"{self._pyodide._api.config.indexURL}{file}", False)
        request.responseType = "arraybuffer"
        request.send()
        if request.status != 200:
            raise ModuleNotFoundError(
                f"{package} could not be fetched ({request.status}): look whether the page that "
                "you opened is still there, and run the cell again.",
                name=package,
            )
        with ZipFile(BytesIO(request.response.to_bytes())) as wheel:
            wheel.extractall(get_path("purelib"))
        setattr(self._pyodide.loadedPackages, package, "default channel")
