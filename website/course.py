"""The course in JupyterLite: notebooks, the package as a wheel, and a Python in the tab."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from balancegame.course import PAGES
from balancegame.errors import GameError
from website.browser_lock import FOR_A_SERVER, browser_lock
from website.compiled import compile_wheels
from website.distribution import KEPT, Distribution
from website.wheels import empty_wheel, index_wheels, own_wheel

FOLDER = "course"
"""Where in the site the course is."""

# A notebook and the list of files. JupyterLite's JupyterLab forgets what was open when it is loaded
# again; and what is no notebook is read as a page of the site, which stands in for its editor.
_APPS = ("notebooks", "tree")
_EDITOR = Path(__file__).with_name("editor.html")
# JupyterLite's own takes a third of a megabyte.
_ICON = Path(__file__).parent / "pages" / "_static" / "favicon.ico"
_KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
# All that a first cell needs is loaded side by side while the kernel starts, which would otherwise
# ask for the first of these one after the other.
_BY_KERNEL = ("micropip", "piplite", "sqlite3", "ipykernel", "comm", "pyodide_kernel", "ipython")
_AT_ONCE = (*_BY_KERNEL, "balancegame")
# The kernel asks for these too, and no lesson has a use for them: they take 4 MB. The last two are
# for a terminal.
_DONE_WITHOUT = ("jedi", "ssl", "prompt-toolkit", "wcwidth")
# What an import fetches where it is needed; see balancegame.browser.
_LATER = {"click", "nashpy", "scipy", "sympy"}
# Newer shims of the kernel for what this page does not show.
_UNUSED_SHIMS = "widgetsnbextension"


def build_course(repository: Path, found: Distribution, scratch: Path, target: Path) -> None:
    """Build the course into its folder of a site, working in an empty folder."""
    lite, contents = scratch / "lite", scratch / "contents"
    pyodide = lite / "static" / "pyodide"
    pyodide.mkdir(parents=True)
    contents.mkdir()
    lay_out_contents(repository, contents)
    wheels = _lay_out_wheels(repository, found, scratch, pyodide)
    empty = dict.fromkeys(_DONE_WITHOUT, empty_wheel(pyodide))
    _write_lock(browser_lock(found, pyodide, wheels, _LATER, empty), pyodide)
    compile_wheels(pyodide, contents, [*_AT_ONCE])
    _write_lock(browser_lock(found, pyodide, wheels, _LATER, empty), pyodide)
    (lite / "jupyter-lite.json").write_text(json.dumps(_settings()), encoding="utf-8")
    (lite / "overrides.json").write_text(json.dumps(_OVERRIDES), encoding="utf-8")
    _jupyter_lite(lite, contents, target / FOLDER)
    for app in _APPS:
        shutil.copyfile(_ICON, target / FOLDER / app / "favicon.ico")
    (target / FOLDER / "edit").mkdir()
    shutil.copyfile(_EDITOR, target / FOLDER / "edit" / "index.html")


def lay_out_contents(repository: Path, folder: Path) -> None:
    """Copy what a student sees: lessons, exercises and pages, and no test."""
    for part in ("notebooks", "exercises"):
        (folder / part).mkdir()
        for notebook in sorted((repository / part).glob("[0-9][0-9]_*.ipynb")):
            shutil.copy(notebook, folder / part)
    (folder / "docs").mkdir()
    for page in PAGES:
        shutil.copy(repository / page, folder / page)


def _lay_out_wheels(
    repository: Path, found: Distribution, scratch: Path, pyodide: Path
) -> list[str]:
    """Put together what the browser may load, and return the names of the pure wheels."""
    wheels = scratch / "wheels"
    wheels.mkdir()
    ours = own_wheel(repository, wheels)
    taken = {*found.packages, *FOR_A_SERVER, *_DONE_WITHOUT}
    pure = index_wheels(repository, wheels, repository / KEPT / "wheels", taken)
    static = "labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
    shims = sorted((Path(sys.prefix) / "share" / "jupyter" / static).glob("*.whl"))
    shims = [shim for shim in shims if not shim.name.startswith(_UNUSED_SHIMS)]
    for path in (ours, *pure, *shims, *found.packages.values()):
        shutil.copyfile(path, pyodide / path.name)
    for name, content in found.core.items():
        (pyodide / name).write_bytes(content)
    return [path.name for path in (ours, *pure, *shims)]


def _write_lock(lock: dict[str, object], pyodide: Path) -> None:
    (pyodide / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")


def _settings() -> dict[str, object]:
    kernel = {
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"packages": [*_AT_ONCE, *_DONE_WITHOUT]},
    }
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "balancegame",
            "appUrl": "./tree",
            "exposeAppInBrowser": True,
            "faviconUrl": "./tree/favicon.ico",
            # Names of their own, so that a site which moves keeps what students have done.
            "contentsStorageName": "balancegame course",
            "settingsStorageName": "balancegame settings",
            "workspacesStorageName": "balancegame windows",
            "litePluginSettings": {_KERNEL: kernel},
        },
    }


# Lessons are short enough to keep each explorer where it is.
_OVERRIDES = {"@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"}}


def _jupyter_lite(lite: Path, contents: Path, output: Path) -> None:
    words = [sys.executable, "-m", "jupyterlite_core", "build"]
    words += [f"--apps={app}" for app in _APPS]
    words += [f"--lite-dir={lite}", f"--contents={contents}", f"--output-dir={output}"]
    words += ["--no-sourcemaps", "--no-unused-shared-packages"]
    done = subprocess.run(words, cwd=lite, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise GameError(f"JupyterLite could not be built: {said[-2000:]}")
