"""The lock file by which Pyodide knows what it may load: what the course needs, and no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from website.distribution import Distribution
from website.wheels import depends, imports

# JupyterLab brings the page's half of these; the Python in it does without.
FOR_A_SERVER = {"jupyterlab-widgets", "widgetsnbextension"}


def browser_lock(
    found: Distribution,
    folder: Path,
    wheels: Sequence[str],
    later: set[str],
    empty: Mapping[str, str],
) -> dict[str, Any]:
    """Return a lock file of Pyodide's packages and of wheels.

    Parameters
    ----------
    found : Distribution
    folder : Path
        Where the files are.
    wheels : sequence of str
        The names of the files of pure wheels, ours among them.
    later : set of str
        Packages that nothing loads before they are imported.
    empty : mapping
        From packages that are done without to a wheel that holds nothing.
    """
    named = {canonicalize_name(wheel.split("-")[0]): wheel for wheel in wheels}
    known = {*named, *found.packages}
    python = found.lock["info"]["python"]
    entries = {}
    for name in found.packages:
        entry = found.lock["packages"][name]
        kept = [each for each in entry["depends"] if canonicalize_name(each) in known]
        entries[name] = {**entry, "depends": kept}
    for name, wheel in {**named, **empty}.items():
        needs = {*depends(folder / wheel, python, known)}
        entries[name] = {
            "name": name,
            "version": wheel.split("-")[1],
            "file_name": wheel,
            "install_dir": "site",
            "package_type": "package",
            "imports": imports(folder / wheel),
            "depends": sorted(needs - later if name == "balancegame" else needs),
            "unvendored_tests": False,
        }
    for entry in entries.values():
        content = (folder / entry["file_name"]).read_bytes()
        entry["sha256"] = sha256(content).hexdigest()
    return {"info": found.lock["info"], "packages": dict(sorted(entries.items()))}
